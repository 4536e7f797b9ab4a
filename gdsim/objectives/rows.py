"""The rows of a table: read as tuples of numbers, kept as one array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np

from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array

#: A table of one's own may have so many numbers.
MOST_NUMBERS = 25_000_000
#: A model takes so many features.
MOST_FEATURES = 500

Row = tuple[float, ...]


class Rows(Sequence[Row]):
    """Rows of numbers that nobody changes.

    A large table is a fifth of the size that tuples of Python's numbers would have, and is compared and hashed at once.
    It equals tuples that hold the same, but is not to be looked up by them: the hash is of its own.

    Attributes
    ----------
    table
        ``(rows, columns)``, read-only.
    """

    def __init__(self, table: Array) -> None:
        self.table = table
        table.flags.writeable = False

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        found = self.table[at].tolist()
        return tuple(map(tuple, found)) if isinstance(at, slice) else tuple(found)

    def __iter__(self) -> Iterator[Row]:
        # row by row: as numbers of Python all at once would take five times the memory
        for row in self.table:
            yield tuple(row.tolist())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.table, dtype) if copy else np.asarray(self.table, dtype)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Rows):
            return bool(np.array_equal(self.table, other.table))
        return isinstance(other, tuple) and len(other) == len(self) and tuple(self) == other

    @cached_property
    def _hash(self) -> int:
        # 0 and -0 are equal, and so must their hashes be
        return hash((self.table.shape, checksum_of((self.table + 0.0).tobytes())))

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return Rows, (np.array(self.table),)


def as_rows(given: object) -> Rows:
    """`given` as rows of finite numbers of one length, each with a feature and a target."""
    if isinstance(given, Rows):
        return given
    table = _table(given)
    if table.size > MOST_NUMBERS:
        raise GdsimError("data may hold {most} numbers, not {given}", "data", most=MOST_NUMBERS, given=table.size)
    wrong = np.argwhere(~np.isfinite(table))
    if len(wrong):
        i, k = wrong[0].tolist()
        raise GdsimError(
            "data must be finite numbers; rows[{i}][{k}] is {given:g}", "data", i=i, k=k, given=float(table[i, k])
        )
    return Rows(table)


def checksum_of(content: bytes) -> str:
    """The beginning of the SHA-256 of a file's bytes, by which a change of it is noticed."""
    from hashlib import sha256  # brings OpenSSL along, which only tables need

    return sha256(content).hexdigest()[:16]


def _table(given: object) -> Array:
    if isinstance(given, np.ndarray) and given.ndim == 2 and given.dtype == np.float64:
        # a copy: `Rows` makes it read-only, and the caller's stays as it is
        table = np.array(given)
    else:
        rows = _checked(given)
        table = np.array(rows, dtype=np.float64) if len({len(row) for row in rows}) == 1 else np.empty((0, 0))
    if len(table) < 2 or table.shape[1] < 2:
        raise GdsimError("data must be two rows or more of one length, each with a feature and a target", "data")
    return table


def _checked(given: object) -> list[Row]:
    try:
        rows = [tuple(map(float, row)) for row in _iterated(given)]
    except (TypeError, ValueError, OverflowError) as error:
        raise GdsimError("data must be rows of numbers: {reason}", "data", reason=shown(str(error))) from error
    for i, row in enumerate(rows):
        # of too few rows or columns another error says more
        if len(row) != len(rows[0]) and len(rows) > 1 and len(rows[0]) > 1:
            raise GdsimError(
                "data must be rows of one length; rows[{i}] has {given} numbers, rows[0] has {width}",
                "data",
                i=i,
                given=len(row),
                width=len(rows[0]),
            )
    return rows


def _iterated(given: object) -> Iterable[Any]:
    return iter(given)  # type: ignore[call-overload,no-any-return]
