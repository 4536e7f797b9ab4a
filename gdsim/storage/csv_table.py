"""Bytes of a CSV file → rows of texts with names for the columns, whatever the bytes are."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from gdsim.errors import GdsimError, shown
from gdsim.objectives.source import MOST_NUMBERS
from gdsim.storage.checking import located
from gdsim.storage.contents import contents

#: What a file of examples may hold, in bytes.
MOST_BYTES = 50_000_000
#: Rows that may be in it: of two columns, as many as a `Source` holds.
_MOST_ROWS = MOST_NUMBERS // 2
#: What can stand between columns. A line of decimal commas between semicolons has both: the comma is tried last.
_SEPARATORS = ("\t", ";", ",")
#: Lines by which the separator is chosen.
_LOOKED_AT = 50
#: What stands for a number that is not known.
_GAPS = frozenset(("", "na", "n/a", "nan", "null", "?"))


@dataclass(frozen=True)
class Table:
    """What a CSV file holds.

    Attributes
    ----------
    columns
        A name for each column, no two the same.
    rows
        Its cells as texts, without blanks around them; as many in each row as there are columns.
    places
        By row: its number in the file, the first line being 1.
    header
        Whether the names were in the file.
    separator
        What stands between columns.
    """

    columns: tuple[str, ...]
    rows: list[list[str]]
    places: list[int]
    header: bool
    separator: str


def is_gap(cell: str) -> bool:
    """Whether a cell says that nothing is known."""
    return cell.lower() in _GAPS


def number_in(cell: str) -> float | None:
    """The number that a cell is, or None; what Python alone takes for one, such as 1_000, is none."""
    if "_" in cell or not cell.isascii():
        return None
    try:
        return float(cell)
    except ValueError:
        return None


def content_of(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """The bytes of a file, only the first of them if `most` says so.

    Raises
    ------
    GdsimError
        If it cannot be read or, without `most`, is larger than MOST_BYTES: that is found out before it is read.
    """
    return contents(path, MOST_BYTES, "data", begin=most, pipes=most is None)


def table_in(content: bytes, header: bool | None = None) -> Table:
    """The table in a file; whether its first row has names is seen from there being no number in it, unless told.

    Raises
    ------
    GdsimError
        If it is no text in UTF-8, empty, of one column or ragged.
    """
    text = _text(content)
    separator = _separator(text)
    rows, places = _records(text, separator)
    if not rows:
        raise GdsimError("the file is empty", "data")
    _check_shape(rows, places)
    if header is None:
        header = not any(number_in(cell) is not None for cell in rows[0]) and any(rows[0])
    given = rows.pop(0) if header else [""] * len(rows[0])
    if header:
        places.pop(0)
    if not rows:
        raise GdsimError("the file has names of columns, but no rows below them", "data")
    kept = [i for i, name in enumerate(given) if name or any(row[i] for row in rows)]
    if len(kept) < len(given):  # a separator at the end of every line makes a column of nothing
        rows = [[row[i] for i in kept] for row in rows]
    if len(kept) < 2:
        raise _one_column()
    return Table(_names([given[i] for i in kept]), rows, places, header, separator)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GdsimError("the file is UTF-16 text: save it as CSV in UTF-8", "data")
    try:
        text = content.decode("utf-8-sig")  # spreadsheets put a mark in front
    except UnicodeDecodeError as error:
        raise GdsimError(
            "the file is not UTF-8 text, in row {row}: save it as CSV in UTF-8",
            "data",
            row=content.count(b"\n", 0, error.start) + 1,
        ) from error
    if "\0" in text:
        raise GdsimError("the file is no text: it has zero bytes in row {row}", "data",
                         row=text.count("\n", 0, text.index("\0")) + 1)  # fmt: skip
    return text


def _separator(text: str) -> str:
    """What parts the most lines into equally many columns, at least two."""
    found, most = ",", 0
    for separator in _SEPARATORS:
        try:
            rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), _LOOKED_AT)
            widths = Counter(len(row) for row in rows if row)
        except csv.Error:
            continue
        agreeing = max((count for width, count in widths.items() if width > 1), default=0)
        if agreeing > most:
            found, most = separator, agreeing
    return found


def _records(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """Rows of cells and their numbers; a line with nothing on it is none, but counts."""
    rows: list[list[str]] = []
    places: list[int] = []
    place = 0
    try:
        for place, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            cells = [cell.strip() for cell in row]
            if any(cells) or len(cells) > 1:
                rows.append(cells)
                places.append(place)
                if len(rows) > _MOST_ROWS:  # told before memory runs out
                    raise GdsimError("the file has more than {most} rows, which is the most", "data", most=_MOST_ROWS)
    except csv.Error as error:
        raise GdsimError("row {row} cannot be read: {reason}", "data", row=place + 1,
                         reason=_in_words(str(error))) from error  # fmt: skip
    return rows, places


def _in_words(reason: str) -> str:
    return "a quotation mark is not closed" if reason == "unexpected end of data" else reason


def _check_shape(rows: list[list[str]], places: list[int]) -> None:
    width = len(rows[0])
    for row, place in zip(rows, places, strict=True):
        if len(row) != width:
            raise GdsimError(
                "row {row} has {given} columns, where row {first} has {width}",
                "data",
                row=place,
                given=len(row),
                first=places[0],
                width=width,
            )
    if width < 2:
        raise _one_column()


def _one_column() -> GdsimError:
    return GdsimError(
        "the file has one column, where a feature and a target are needed; between columns there must be commas, "
        "semicolons or tabs",
        "data",
    )


def _names(given: list[str]) -> tuple[str, ...]:
    """Names that can be shown and told apart."""
    names: list[str] = []
    for i, cell in enumerate(given, 1):
        name = first = " ".join(shown(cell).split()) or f"column {i}"
        again = 2
        while name in names:
            name, again = f"{first} ({again})", again + 1
        names.append(name)
    return tuple(names)


def in_file(error: GdsimError, path: str | os.PathLike[str]) -> GdsimError:
    """The same error with the name of the file before its sentence."""
    made = located(error, Path(path).name)
    made.field = "data"
    return made
