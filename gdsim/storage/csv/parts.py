"""The rows of a table part by part: as cells that are told at once, or as texts where anything about them is odd."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from gdsim.errors import GdsimError
from gdsim.storage.csv.dialect import Dialect, in_words, rows_of
from gdsim.storage.csv.digits import Cells, cells_in

#: Cells and rows that are looked at together, and bytes of cells that are told at once; the first, with the names.
_CELLS, _ROWS, _AT_ONCE, _FIRST = 100_000, 5_000, 1 << 19, 1 << 12
_NEWLINE, _QUOTE = b'\n"'

Texts = list[list[str]]


class LooseQuotesError(Exception):
    """Something stands between the end of a quotation and the next separator."""


@dataclass
class ReadPosition:
    """Position of a reader in a file.

    Attributes
    ----------
    bytes, read, there
        So many bytes and rows, and so many rows that are not blank.
    top
        The first row that is not blank.
    blank
        The rows that are.
    """

    bytes: int = 0
    read: int = 0
    there: int = 0
    top: int = 0
    blank: list[int] = field(default_factory=list)

    def below(self, chunk: Texts, first: int, width: int) -> Texts:
        """Drop blank rows from the next ones, and the first ones of the file, which have names."""
        at, self.read = self.read, self.read + len(chunk)
        if self.there >= max(1, first) and set(map(len, chunk)) == {width}:
            self.there += len(chunk)
            return chunk
        rows = [(at + i, row) for i, row in enumerate(chunk) if row]
        self.blank += [at + i for i, row in enumerate(chunk) if not row]
        if not self.there and rows:
            self.top = rows[0][0]
        names, self.there = max(0, first - self.there), self.there + len(rows)
        _check_shape(rows[names:], width, self.top + 1)
        return [row for _, row in rows[names:]]


def parts_of(content: bytes, dialect: Dialect, position: ReadPosition) -> Iterator[Cells | Texts]:
    """The rows below the names."""
    width = len(dialect.names)
    if dialect.encoding == "utf-16" or dialect.separator == " ":
        yield from _texts(content, dialect, position, 0)
        return
    if b"\n" not in content and b'"' not in content:  # as on a Mac once
        content = content.replace(b"\r", b"\n")
    at = 0
    while at < len(content):
        end = _end_of_rows(content, at)
        part = content[at:end]
        cells = None
        # with a decimal comma, a point may part thousands
        if position.there >= max(1, dialect.first) and not (dialect.spelling.comma and b"." in part):
            cells = cells_in(_plain(part, dialect), dialect.separator, width)
        if cells is None:
            yield from _texts(part, dialect, position, at)
        else:
            position.read += len(cells.values)
            position.there += len(cells.values)
            position.bytes = end
            yield cells
        at = end


def _texts(part: bytes, dialect: Dialect, position: ReadPosition, before: int) -> Iterator[Texts]:
    """Yield some rows at a time of a part that has so many bytes `before` it."""
    width = len(dialect.names)
    together = max(1, min(_ROWS, _CELLS // width))
    lines = io.BytesIO(part)
    rows = rows_of(lines, dialect, before == 0)
    while True:
        chunk: Texts = []
        try:
            chunk.extend(islice(rows, together))
        except csv.Error as error:
            if "expected after" in str(error) and dialect.strict:
                raise LooseQuotesError from error
            position.below(chunk, dialect.first, width)  # what is wrong further up is said first
            raise GdsimError(
                "row {row} cannot be read: {reason}", "data", row=position.read + 1, reason=in_words(str(error))
            ) from error
        if not chunk:
            return
        position.bytes = before + lines.tell()
        yield position.below(chunk, dialect.first, width)


def _end_of_rows(content: bytes, at: int) -> int:
    """End of some rows that begin at a place: the end of a line, no quotation being open."""
    size = _AT_ONCE if at else _FIRST
    while at + size < len(content):
        if content.find(b'"', at, at + size) < 0:
            if end := content.rfind(b"\n", at, at + size) + 1:
                return end
            size *= 2
            continue
        letters = np.frombuffer(content, dtype=np.uint8, count=size, offset=at)
        lines = np.flatnonzero(letters == _NEWLINE)
        lines = lines[np.cumsum(letters == _QUOTE)[lines] % 2 == 0]
        if len(lines):
            return at + int(lines[-1]) + 1
        size *= 2
    return len(content)


def _plain(part: bytes, dialect: Dialect) -> bytes:
    """Rewrite some rows with the ends of lines and the decimal points of numbers as they are most often."""
    if b"\r" in part:
        part = part.replace(b"\r\n", b"\n")
    separator = dialect.separator.encode()
    if separator + b" " in part[:_FIRST] and b'"' not in part:
        part = part.replace(separator + b" ", separator)
    if dialect.spelling.comma:
        part = part.replace(b",", b".")
    return part if part.endswith(b"\n") else part + b"\n"


def _check_shape(rows: Sequence[tuple[int, Sequence[str]]], width: int, top: int) -> None:
    for place, row in rows:
        if len(row) != width:
            template = "row {row} has {given} columns, where row {first} has {width}"
            raise GdsimError(
                "row {row} has 1 column, where row {first} has {width}" if len(row) == 1 else template,
                "data",
                row=place + 1,
                given=len(row),
                first=top,
                width=width,
            )
