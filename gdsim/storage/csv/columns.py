"""The columns of a table as arrays, and what kind each is of."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted, tell
from gdsim.objectives.rows import MOST_NUMBERS
from gdsim.storage.csv.cells import kind_of_text, may_be_gap
from gdsim.storage.csv.column_builder import GAP, MOST_TEXTS, NUMBER, Codes, ColumnBuilder
from gdsim.storage.csv.dialect import Dialect, beginning_of, names_of
from gdsim.storage.csv.digits import Cells
from gdsim.storage.csv.parts import LooseQuotesError, ReadPosition, parts_of

#: Rows that may be in a file: of two columns, as many as a `Source` holds.
_MOST_ROWS = MOST_NUMBERS // 2
#: So many texts show what a column is of.
_TELLING = 50


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a table.

    Attributes
    ----------
    name
        What it is called.
    named
        Whether that stands in the file.
    values
        ``(rows,)``: its numbers; nan where there is none.
    codes
        ``(rows,)``: 0 for a number, -1 for a gap, k for the text k - 1; None where all are numbers.
    texts
        What stands there that is no number.
    kind
        "numbers", "two" (texts), "text", "dates", "money", "percent", "units" or "empty".
    thousands
        Whether something parts the thousands of its numbers.
    unit
        What stands behind each of its numbers; "" for nothing.
    """

    name: str
    named: bool
    values: Array
    codes: Codes | None
    texts: tuple[str, ...]
    kind: str
    thousands: bool = False
    unit: str = ""

    def gaps(self) -> NDArray[np.bool_]:
        """``(rows,)``: where nothing is known."""
        return np.zeros(len(self.values), dtype=bool) if self.codes is None else self.codes == GAP

    def numbers(self) -> Array:
        """Values of it that are numbers."""
        return self.values if self.codes is None else self.values[self.codes == NUMBER]


@dataclass(frozen=True, eq=False)
class Columns:
    """Contents of a table.

    Attributes
    ----------
    columns
        Those that were asked for; a column with no name and nothing in it is none.
    names
        The names of all.
    count
        How many rows there are.
    """

    columns: tuple[Column, ...]
    names: tuple[str, ...]
    count: int
    dialect: Dialect
    blank: tuple[int, ...] = field(repr=False)

    def place(self, row: int) -> int:
        """The number of a row in the file, the first line being 1."""
        place = self.dialect.first + row
        for at in self.blank:
            if at > place:
                break
            place += 1
        return place + 1

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def columns_in(content: bytes, dialect: Dialect, wanted: Collection[str] | None = None) -> Columns:
    """All columns of a table, or those with some names; names of the file are changed where two are the same.

    Raises
    ------
    GdsimError
        If a row has another length than the first, or cannot be read.
    """
    try:
        return _read_columns(content, dialect, wanted)
    except LooseQuotesError:
        return _read_columns(content, replace(dialect, strict=False), wanted)


def beginning(content: bytes, dialect: Dialect) -> tuple[Columns, bool]:
    """The columns of the first rows of a table, and whether that is all of it."""
    text, whole = beginning_of(content, dialect.encoding)
    return columns_in(text.encode(), replace(dialect, encoding="utf-8-sig")), whole


def _read_columns(content: bytes, dialect: Dialect, wanted: Collection[str] | None) -> Columns:
    width = len(dialect.names)
    # whether there is anything in a column without a name is only seen in the end
    given = names_of(dialect.names)
    taken = [i for i in range(width) if wanted is None or not dialect.names[i] or given[i] in wanted]
    builders = {i: ColumnBuilder(dialect) for i in taken}
    position = _fill(builders, content, dialect)
    if position.there <= dialect.first:
        raise GdsimError("the file has names of columns, but no rows below them", "data")
    there = [i for i in range(width) if dialect.names[i] or not builders[i].nothing]
    if len(there) < 2:
        raise GdsimError(
            "the file has one column, where a feature and a target are needed; between columns there must "
            "be commas, semicolons, tabs, blanks or |",
            "data",
        )
    builders |= _with_units(builders, content, dialect)
    names = dict(zip(there, names_of(dialect.names[i] for i in there), strict=True))
    columns = [_column(builders.pop(i), names[i], bool(dialect.names[i])) for i in taken if i in names]
    return Columns(
        tuple(columns), tuple(names.values()), position.there - dialect.first, dialect, tuple(position.blank)
    )


def _fill(builders: dict[int, ColumnBuilder], content: bytes, dialect: Dialect) -> ReadPosition:
    """Read all rows into some columns; the position behind the last."""
    position = ReadPosition()
    for part in parts_of(content, dialect, position):
        give_up_if_unwanted()
        if position.there - dialect.first > _MOST_ROWS:  # told before memory runs out
            raise GdsimError("the file has more than {most} rows, which is the most", "data", most=_MOST_ROWS)
        _take(part, builders, _expected(position, len(content)))
        tell(min(1.0, position.bytes / len(content)))
    return position


def _with_units(builders: dict[int, ColumnBuilder], content: bytes, dialect: Dialect) -> dict[int, ColumnBuilder]:
    """Read the columns again that have one unit behind all they hold; those of which that is true to the end."""
    again = {i: ColumnBuilder(dialect, one.unit) for i, one in builders.items() if one.unit}
    if again:
        _fill(again, content, dialect)
    return {i: one for i, one in again.items() if all(map(may_be_gap, one.texts))}


def _expected(position: ReadPosition, size: int) -> int:
    """Number of rows there will be, if all are as long as those so far."""
    return min(_MOST_ROWS, int(1.02 * position.there * size / max(1, position.bytes)))


def _take(part: Cells | list[list[str]], builders: dict[int, ColumnBuilder], expected: int) -> None:
    if isinstance(part, Cells):
        for i, one in builders.items():
            one.take(part, i, expected)
    elif part:
        cells = list(zip(*part, strict=True))
        for i, one in builders.items():
            one.add(cells[i])


def _column(found: ColumnBuilder, name: str, named: bool) -> Column:
    """Column of what was found, and of its kind."""
    values, codes = found.whole()
    if codes is None:
        return Column(name, named, values, None, (), "numbers", found.thousands, found.unit)
    texts = list(found.texts)
    numbers = int((codes == NUMBER).sum())
    soft = [k for k, text in enumerate(texts, 1) if may_be_gap(text)]
    slips = int(((codes > 0) & ~np.isin(codes, soft)).sum())
    numeric = 2 * numbers >= numbers + slips > 0
    if numbers and not numeric:
        texts += _numbers_as_texts(values, codes, len(texts))
        values = np.full(len(values), math.nan)
    # a sign for nothing is one, unless it is one of two things that are told apart, as + and -
    gaps = soft if numeric or len(texts) != 2 or len(soft) != 1 else []
    kept = [k for k in range(1, len(texts) + 1) if k not in gaps]
    new = np.full(len(texts) + 2, GAP, dtype=np.int16)
    new[NUMBER] = NUMBER
    new[kept] = np.arange(1, len(kept) + 1)
    told = tuple(texts[k - 1] for k in kept)
    codes = new[codes] if gaps else codes
    kind = "numbers" if numeric else _kind(told)
    return Column(name, named, values, codes, told, kind, found.thousands, found.unit if numeric else "")


def _numbers_as_texts(values: Array, codes: Codes, count: int) -> list[str]:
    """Give the numbers of a column of texts codes after those of its `count` texts, in place, and their texts."""
    different, at = np.unique(values[codes == NUMBER], return_inverse=True)
    some = min(len(different), MOST_TEXTS)
    codes[codes == NUMBER] = count + 1 + np.minimum(at, some - 1)  # of both, some 2,000 at most
    return [f"{number:g}" for number in different[:some].tolist()]


def _kind(texts: Sequence[str]) -> str:
    if not texts:
        return "empty"
    some = texts[:_TELLING]
    (kind, count), *_ = Counter(map(kind_of_text, some)).most_common(1)
    if len(texts) == 2 and kind == "units":
        return "two"
    if kind != "text" and count >= 0.8 * len(some):
        return kind
    return "two" if len(texts) == 2 else "text"
