"""Dialect of a table: its encoding, separator, decimal sign and whether its first row has names."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gdsim.errors import GdsimError, shown
from gdsim.storage.csv.cells import Spelling, uses_decimal_comma
from gdsim.storage.csv.header import has_names
from gdsim.storage.csv.units import split_unit

#: Bytes that are looked at, and how many rows of them at least, if they are no longer than so many bytes.
SEEN_AT_ONCE, _FEWEST, SEEN_AT_MOST = 200_000, 4, 1_600_000
#: A table may have so many columns.
MOST_COLUMNS = 20_000
#: What can stand between columns. A line of decimal commas between semicolons has both; blanks are between words, too.
_SEPARATORS = ("\t", ";", ",", "|", " ")
#: What could when files were read as they were before.
_BEFORE = ("\t", ";", ",")
#: Rows by which the separator is chosen, and by which all else is.
_LOOKED_AT, _JUDGED_BY = 50, 400
_TOLD = re.compile(r'"?sep=(.)"?[ \t;,|]*(?:\r\n|\r|\n)', re.IGNORECASE)
_ALL_REMARKS, _REMARKS = re.compile(r"(?:#.*(?:\r\n|\r|\n))*"), re.compile(r"#.*(?:\r\n|\r|\n)")
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b")) + b"\x7f"


@dataclass(frozen=True)
class Dialect:
    """Dialect of a table.

    Attributes
    ----------
    encoding
        Of its letters.
    spelling
        Of its numbers.
    names
        What its columns are called, as it stands there; "" for one without a name.
    header
        Whether the names were in the file.
    first
        How many rows stand before the first of numbers, blank ones not counted.
    skipped
        How many lines before the table say what parts its columns, or are remarks.
    strict
        Whether a quotation mark must end a cell.
    """

    encoding: str
    spelling: Spelling
    names: tuple[str, ...] = ()
    header: bool = False
    first: int = 0
    skipped: int = 0
    strict: bool = True

    @property
    def separator(self) -> str:
        """Separator of the columns."""
        return self.spelling.separator


def dialect_of(content: bytes, header: bool | None = None, before: bool = False) -> tuple[Dialect, list[list[str]]]:
    """Find the dialect of a table, and its first rows; whether the first has names is seen from the rest unless told.

    Raises
    ------
    GdsimError
        If it is not text, empty, of one column, of too many, or has no rows.
    """
    encoding = _encoding(content)
    text, whole = beginning_of(content, encoding)
    told = None if before else _TOLD.match(text)
    remarks = [] if before or told else _REMARKS.findall(_ALL_REMARKS.match(text)[0])  # type: ignore[index]
    body = text[told.end() if told else sum(map(len, remarks)) :]
    separators = _BEFORE if before else (told[1],) if told else _SEPARATORS
    separator = _separator(body, separators, whole, before)
    skipped = 1 if told else len(remarks)
    dialect = Dialect(encoding, Spelling(False if before else None, separator, before), skipped=skipped)
    rows = _rows(body, dialect, whole)
    if not rows:
        raise GdsimError("the file is empty", "data")
    _check_width(rows[0])
    if not before:
        cells = [cell for row in rows[1:50] for cell in row[:200]]
        comma = uses_decimal_comma([cell if (parts := split_unit(cell)) is None else parts[0] for cell in cells])
        dialect = replace(dialect, spelling=replace(dialect.spelling, comma=comma))
    if remarks and header is None:
        names = _rows(remarks[-1].lstrip("#").strip(), dialect, True)
        if names and len(names[0]) == len(rows[0]) and not has_names(rows, dialect.spelling):
            return replace(dialect, names=tuple(names[0]), header=True), rows
    return with_names(dialect, rows, header, before), rows


def _check_width(row: list[str]) -> None:
    if len(row) > MOST_COLUMNS:
        raise GdsimError(
            "the file has {count} columns, where {most} are the most", "data", count=len(row), most=MOST_COLUMNS
        )


def with_names(dialect: Dialect, rows: list[list[str]], header: bool | None, before: bool = False) -> Dialect:
    """The dialect with the names of the columns, if the first of some rows has them."""
    first, width = rows[0], len(rows[0])
    if len(rows) > 1 and header is not False and not before and {len(row) for row in rows[1:]} == {width + 1}:
        # R writes no name for the numbers of the rows; others end each row, but the first, with a separator
        ends = not any(row[-1] for row in rows[1:])
        names = (*first, "") if ends else ("", *first)
        return replace(dialect, names=names, header=True, first=1)
    if header is None:
        header = has_names(rows, dialect.spelling, before)
    return replace(dialect, names=tuple(first) if header else ("",) * width, header=header, first=int(header))


def rows_of(content: io.BytesIO, dialect: Dialect, from_start: bool = True) -> Iterator[list[str]]:
    """All rows of a table, or of a part of it; blank ones, and lines before the table, are empty lists."""
    stream = io.TextIOWrapper(content, dialect.encoding, errors="replace", newline="")
    for _ in range(dialect.skipped if from_start else 0):
        stream.readline()
        yield []
    try:
        for row in _reader(stream, dialect):
            yield row if len(row) > 1 or (row and row[0].strip()) else []
    finally:
        stream.detach()


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    if dialect.separator == " ":
        lines = (
            " ".join(line.split()) + "\n" if '"' not in line else line.strip().replace("\t", " ") + "\n"
            for line in lines
        )
    before = dialect.spelling.plain
    return csv.reader(lines, delimiter=dialect.separator, strict=dialect.strict, skipinitialspace=not before)


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in content:
        raise GdsimError(
            "the file is not text: there is a null byte in row {row}",
            "data",
            row=content.count(b"\n", 0, content.index(b"\0")) + 1,
        )
    if content.isascii() or _is_utf8(content):
        return "utf-8-sig"
    if len(content.translate(None, _NO_TEXT)) < len(content):
        raise GdsimError("the file is not text", "data")
    return "cp1252"


def _is_utf8(content: bytes) -> bool:
    decoder, view = codecs.getincrementaldecoder("utf-8")(), memoryview(content)
    try:
        for at in range(0, len(content), 1 << 20):
            decoder.decode(view[at : at + (1 << 20)])
    except UnicodeDecodeError:
        return False
    return True


def beginning_of(content: bytes, encoding: str) -> tuple[str, bool]:
    """The first lines of a text, each whole, and whether that is all of it."""
    size = SEEN_AT_ONCE
    while True:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        text = decoder.decode(content[:size])
        if size >= len(content):
            return text, True
        end = max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1
        few = len(text[:end].splitlines()) < _FEWEST
        if not few or size >= SEEN_AT_MOST:
            return text[: end or len(text)], False
        size *= 2


def _separator(text: str, separators: tuple[str, ...], whole: bool, before: bool) -> str:
    """Find what parts the most lines into equally many columns, at least two; of several, by the most numbers."""
    found, most = separators[0] if len(separators) == 1 else ",", (0, 0.0)
    for separator in separators:
        spelling = Spelling(None, separator, before)
        try:
            rows = _rows(text, Dialect("", spelling), whole, _LOOKED_AT)
        except GdsimError:
            continue
        width, agreeing = max(Counter(len(row) for row in rows if len(row) > 1).items(), key=_by_count, default=(0, 0))
        cells = [cell for row in rows[1:] if len(row) == width for cell in row[:500]]
        numbers = sum(spelling.number(cell) is not None for cell in cells)
        score = (agreeing, 0.0 if before or not cells else numbers / len(cells))
        if score > most:
            found, most = separator, score
    return found


def _by_count(item: tuple[int, int]) -> int:
    return item[1]


def _rows(text: str, dialect: Dialect, whole: bool, most: int = _JUDGED_BY) -> list[list[str]]:
    """The first rows that are not blank, without blanks around their cells."""
    rows = []
    reader = _reader(io.StringIO(text, newline=""), replace(dialect, strict=False))
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) or len(cells) > 1:
                rows.append(cells)
                if len(rows) >= most:
                    break
    except csv.Error as error:
        if not rows or "limit" in str(error):
            raise GdsimError(
                "row {row} cannot be read: {reason}", "data", row=len(rows) + 1, reason=in_words(str(error))
            ) from error
        # what is wrong further down is said by whoever reads it all
    return rows


def in_words(reason: str) -> str:
    """Complaint of Python's reader, as a sentence."""
    return "a quotation mark is not closed" if reason == "unexpected end of data" else reason


def names_of(given: Iterable[str]) -> tuple[str, ...]:
    """Names that can be shown and told apart."""
    names: list[str] = []
    taken: set[str] = set()
    last: dict[str, int] = {}
    for i, cell in enumerate(given, 1):
        name = first = " ".join(shown(cell).split()) or f"column {i}"
        while name in taken:
            last[first] = last.get(first, 1) + 1
            name = f"{first} ({last[first]})"
        names.append(name)
        taken.add(name)
    return tuple(names)
