"""Examples out of a CSV file: what is in it, and which columns and rows are taken."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.objectives.source import Source, checksum_of
from gdsim.storage.csv_table import Table, content_of, in_file, is_gap, number_in, table_in

#: What is done with a row that has a gap in a chosen column.
GAPS = ("drop", "reject")
#: Beyond this size, squares overflow.
_LARGEST = 1e100
#: Bytes that a preview reads, so that a large file is seen at once.
_SEEN_AT_ONCE = 200_000
#: It may be a decimal comma as well.
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[-+]?[\d.]*,\d+(e[-+]?\d+)?", re.IGNORECASE)


class ChangedError(GdsimError):
    """A file is not what it was."""


@dataclass(frozen=True)
class Preview:
    """What is at the beginning of a CSV file, for a person to choose columns by.

    Attributes
    ----------
    columns
        Their names.
    numeric
        By column: whether it holds numbers, and so can be a feature.
    rows
        The first rows, as texts.
    count, gaps
        How many rows there are, and how many of them have a gap in any column; of what was read.
    whole
        Whether all of the file was read.
    header
        Whether the names were in the file.
    separator
        What stands between columns.
    """

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    gaps: int
    whole: bool
    header: bool
    separator: str

    @property
    def target(self) -> str:
        """The column that is the target unless another is named: the last."""
        return self.columns[-1]

    def features(self, target: str) -> tuple[str, ...]:
        """The columns that are features unless others are named: all others with numbers."""
        return tuple(n for n, numbers in zip(self.columns, self.numeric, strict=True) if numbers and n != target)


def preview(path: str | os.PathLike[str], header: bool | None = None, most: int = 20) -> Preview:
    """Look into a CSV file.

    Parameters
    ----------
    path
        The file.
    header
        Whether its first row has names; None to see for itself.
    most
        How many rows are shown.

    Raises
    ------
    GdsimError
        If it cannot be read, or is none.
    """
    content = content_of(path, _SEEN_AT_ONCE)
    whole = len(content) < _SEEN_AT_ONCE
    try:
        # what comes after the last line that is whole would be half a row
        table = table_in(content if whole else content[: content.rfind(b"\n") + 1], header)
    except GdsimError as error:
        raise in_file(error, path) from error
    return Preview(
        table.columns,
        tuple(_is_of_numbers(table, name) for name in table.columns),
        tuple(map(tuple, table.rows[:most])),
        len(table.rows),
        sum(any(map(is_gap, row)) for row in table.rows),
        whole,
        table.header,
        table.separator,
    )


def read_csv(
    path: str | os.PathLike[str],
    features: Sequence[str] | None = None,
    target: str | None = None,
    header: bool | None = None,
    gaps: str = "drop",
    *,
    seed: int = 0,
    held_out: float | None = None,
    checksum: str = "",
) -> tuple[Source, int]:
    """Read examples from a CSV file.

    Parameters
    ----------
    path
        The file: UTF-8, columns parted by commas, semicolons or tabs.
    features, target
        Names of columns (one feature may be a text alone), "column 1", "column 2", … where the file has none. If None,
        the target is the last column and features are all others that hold numbers. A target of two texts becomes 0 and
        1, in the order of the alphabet.
    header
        Whether the first row has names; None to see for itself.
    gaps
        "drop" leaves out rows with a gap in a chosen column, "reject" refuses the file.
    seed, held_out
        Which examples are held out, and what share; see `Source`.
    checksum
        What the file must have; "" for any.

    Returns
    -------
    tuple
        The examples, and how many rows were left out.

    Raises
    ------
    GdsimError
        If it cannot be read, or holds something else than examples: the message names row and column.
    """
    if gaps not in GAPS:
        raise GdsimError("gaps must be drop or reject, not {given}", "gaps", given=repr(gaps)[:60])
    features = [features] if isinstance(features, str) else features
    content = content_of(path)
    found = checksum_of(content)
    try:
        if checksum and found != checksum:
            raise ChangedError("the file has changed since it was chosen: choose it again", "data")
        fields, dropped = _fields(content, features, target, header, gaps)
        whole = Source(seed=seed, held_out=held_out, path=os.path.abspath(path), checksum=found, **fields)
        return whole, dropped
    except GdsimError as error:
        raise in_file(error, path) from error


def _fields(
    content: bytes, features: Sequence[str] | None, target: str | None, header: bool | None, gaps: str
) -> tuple[dict[str, Any], int]:
    """The fields of a `Source` that stand in a file, and how many rows are left out."""
    table = table_in(content, header)
    named = [*(features or ()), *([] if target is None else [target])]
    if header is None and not set(named) <= set(table.columns):
        # names of columns tell what the first row is
        other = table_in(content, not table.header)
        table = other if set(named) <= set(other.columns) else table
    for name in named:
        if name not in table.columns:
            raise UnknownNameError("column", name, table.columns, "data")
    target = table.columns[-1] if target is None else target
    chosen = _chosen(table, features, target)
    kept, dropped = _without_gaps(table, [*chosen, target], gaps)
    targets, classes = _targets(kept, target)
    columns = [*(_numbers(kept, name) for name in chosen), targets]
    for name, column in zip([*chosen, target], columns, strict=True):
        if min(column) == max(column):
            raise GdsimError("column '{name}' is the same in every row: there is nothing to learn from it; choose the "
                             "columns without it", "data", name=name)  # fmt: skip
    rows = tuple(zip(*columns, strict=True))
    return {"rows": rows, "features": tuple(chosen), "target": target, "classes": classes}, dropped


def _chosen(table: Table, features: Sequence[str] | None, target: str) -> list[str]:
    """The names of the features."""
    if features is None:
        features = [name for name in table.columns if name != target and _is_of_numbers(table, name)]
    if not features:
        raise GdsimError("no column holds numbers beside the target, '{name}'", "data", name=target)
    for i, name in enumerate(features):
        if name == target or name in features[:i]:
            raise GdsimError("column '{name}' is chosen twice", "data", name=name)
    return list(features)


def _is_of_numbers(table: Table, name: str) -> bool:
    """Whether a column is one of numbers, a slip here and there apart."""
    cells = [cell for cell in _cells(table, name) if not is_gap(cell)]
    numbers = sum(number_in(cell) is not None or bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    return 2 * numbers >= len(cells) > 0


def _cells(table: Table, name: str) -> list[str]:
    i = table.columns.index(name)
    return [row[i] for row in table.rows]


def _without_gaps(table: Table, names: Sequence[str], gaps: str) -> tuple[Table, int]:
    """The rows without gaps in some columns, and how many are left out."""
    at = [table.columns.index(name) for name in names]
    kept = [k for k, row in enumerate(table.rows) if not any(is_gap(row[i]) for i in at)]
    dropped = len(table.rows) - len(kept)
    if dropped and gaps == "reject":
        k = next(k for k in range(len(table.rows)) if k >= len(kept) or kept[k] != k)
        name = next(name for name, i in zip(names, at, strict=True) if is_gap(table.rows[k][i]))
        raise GdsimError("row {row}, column '{name}' is empty; rows with gaps: {count}", "data", row=table.places[k],
                         name=name, count=dropped)  # fmt: skip
    if len(kept) < 2:
        raise GdsimError("there must be two rows or more without gaps in the chosen columns, not {given}", "data",
                         given=len(kept))  # fmt: skip
    rows, places = [table.rows[k] for k in kept], [table.places[k] for k in kept]
    return replace(table, rows=rows, places=places), dropped


def _numbers(table: Table, name: str) -> list[float]:
    """A column without gaps as numbers."""
    found = []
    for cell, place in zip(_cells(table, name), table.places, strict=True):
        number = number_in(cell)
        if number is None or not abs(number) <= _LARGEST:
            raise _no_number(cell, number, place, name)
        found.append(number)
    return found


def _no_number(cell: str, number: float | None, row: int, name: str) -> GdsimError:
    template = "row {row}, column '{name}': '{given}' is no number"
    if number is not None:
        template = "row {row}, column '{name}': {given} is no finite number, or too large to reckon with"
    elif _THOUSANDS.fullmatch(cell):
        template = "row {row}, column '{name}': '{given}' has a comma; numbers are written as 1000 or as 1.5"
    elif _DECIMAL_COMMA.fullmatch(cell):
        template = "row {row}, column '{name}': '{given}' has a decimal comma; numbers are written with a point, as 1.5"
    return GdsimError(template, "data", row=row, name=name, given=shown(cell))


def _targets(table: Table, name: str) -> tuple[list[float], tuple[str, ...]]:
    """The target as numbers, and what 0 and 1 stand for where they are classes."""
    if _is_of_numbers(table, name):
        numbers = _numbers(table, name)
        return numbers, ("0", "1") if set(numbers) == {0.0, 1.0} else ()
    cells = _cells(table, name)
    texts = sorted(set(cells))
    if len(texts) > 2:
        some = ", ".join(map(shown, texts[:3])) + (", …" if len(texts) > 3 else "")
        raise GdsimError("column '{name}' has {count} classes ({given}), where a target has two", "data", name=name,
                         count=len(texts), given=some)  # fmt: skip
    if len(texts) == 1:
        raise GdsimError("column '{name}' has one class ({given}), where a target has two", "data", name=name,
                         given=shown(texts[0]))  # fmt: skip
    return [float(texts.index(cell)) for cell in cells], tuple(
        " ".join(shown(text).split()) or f"class {i}" for i, text in enumerate(texts)
    )
