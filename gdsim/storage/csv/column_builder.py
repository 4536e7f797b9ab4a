"""A column of a table while it grows: numbers, gaps, and texts by their number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.storage.csv.cells import (
    LARGEST,
    PLAIN_GAPS,
    Spelling,
    has_thousands,
    is_gap,
    kind_of_text,
    may_be_gap,
)
from gdsim.storage.csv.dialect import Dialect
from gdsim.storage.csv.digits import Cells, Places, words_of
from gdsim.storage.csv.growable import MOST_WORDS, GrowableArray, WordCache
from gdsim.storage.csv.units import common_unit, is_share

#: More texts than that are not told apart, and after so many rows more than two are not.
MOST_TEXTS, _MANY = 1_000, 20_000
#: So many cells are told one by one.
_FEW = 50
#: What stands for all texts that are not told apart.
OTHERS = "…"
#: What stands for a gap, and for a number, in place of the number of a text.
GAP, NUMBER = -1, 0

Codes = NDArray[np.int16]


class ColumnBuilder:
    """A column that grows.

    Attributes
    ----------
    texts
        What stands there that is no number, with the number of each, from 1.
    nothing
        Whether there was nothing in it so far.
    thousands
        Whether something parts the thousands of its numbers.
    expected
        How many cells there will be, as far as can be seen.

    Parameters
    ----------
    unit
        What is to stand behind each of its numbers, if anything is.
    """

    def __init__(self, dialect: Dialect, unit: str = "") -> None:
        self.texts: dict[str, int] = {}
        self.nothing = True
        self.thousands = False
        self.expected = 0
        self._spelling: Spelling = replace(dialect.spelling, unit=unit)
        self._encoding = "utf-8" if dialect.encoding.startswith("utf") else dialect.encoding
        self._values = GrowableArray(np.float64)
        self._codes: GrowableArray | None = None
        self._seen: dict[str | bytes, tuple[float, int]] = {}
        self._known = WordCache()
        self._is_text = True

    def take(self, cells: Cells, i: int, expected: int) -> None:
        """Take more cells, those of column `i`, of which most are numbers already; so many are expected in all."""
        self.expected = expected
        values, there = cells.values[:, i], cells.missing[:, i]
        if not there.any():
            self._keep(values, None)
            return
        missing = np.flatnonzero(there)
        starts, ends = cells.starts[:, i].take(missing), cells.ends[:, i].take(missing)
        if not (ends > starts).any():
            values[missing] = math.nan
            self._keep(values, np.multiply(there, GAP, dtype=np.int16))
            return
        codes = np.zeros(len(values), dtype=np.int16)
        if self._has_enough and len(missing) == len(values):
            values.fill(math.nan)
            codes[:] = np.where(ends > starts, self._number_of(OTHERS), GAP)
        else:
            values[missing], codes[missing] = self._read_cells(cells.text, starts, ends)
        self._keep(values, codes if codes.any() else None)

    def _read_cells(self, text: bytes, starts: Places, ends: Places) -> tuple[Array, Codes]:
        """Read the cells between some places: numbers, and codes for those that are none."""
        parts = (int((ends - starts).max()) + 7) // 8
        if len(starts) <= _FEW or parts > MOST_WORDS:
            return self._read_each(text, starts, ends)
        words = words_of(text, starts, ends, max(1, parts))  # the same ones are told once
        values, codes, known = self._known.look_up(words)
        if not known.all():
            new = np.flatnonzero(~known)
            values[new], codes[new] = self._read_each(text, starts[new], ends[new])
            new = new[codes[new] != NUMBER]  # an odd number hardly ever comes again
            if len(new) and len(self._known) < MOST_TEXTS:
                self._known.learn(words[:, new], values[new], codes[new])
        return values, codes

    def _read_each(self, text: bytes, starts: Places, ends: Places) -> tuple[Array, Codes]:
        seen = self._seen
        some = [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        if len(some) > _FEW and b"_" not in b" ".join(some) and (found := _as_floats(some)) is not None:
            return found, np.zeros(len(some), dtype=np.int16)
        pairs = [seen.get(cell) or self._read_bytes(cell) for cell in some]
        values = np.fromiter((pair[0] for pair in pairs), np.float64, len(pairs))
        return values, np.fromiter((pair[1] for pair in pairs), np.int16, len(pairs))

    def add(self, cells: Sequence[str]) -> None:
        """Take more cells as texts."""
        values = self._numbers(cells)
        if values is not None:
            self._keep(values, None)
            return
        cells = [cell.strip() for cell in cells]
        if self._add_with_gaps(cells):
            return
        seen = self._seen
        pairs = [seen.get(cell) or self._read_cell(cell) for cell in cells]
        self._keep(np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs], dtype=np.int16))
        self.nothing = self.nothing and not any(cells)

    @property
    def unit(self) -> str:
        """The unit behind all numbers seen so far, if there was nothing but numbers with it; "" else."""
        texts = [text for text in self.texts if text != OTHERS and not may_be_gap(text)]
        if self._spelling.unit or self._spelling.plain or not self._is_text or not texts:
            return self._spelling.unit
        unit = common_unit(texts)
        if is_share(unit):
            return unit
        # small and large ones may be told apart as 1 l and 5 l are: two texts are two values
        return "" if len(texts) == 2 or kind_of_text(texts[0]) == "dates" else unit

    @property
    def _has_enough(self) -> bool:
        """Tell whether it is known for a column of texts, of more than two."""
        return self._is_text and len(self.texts) > 3 and (self._values.count > _MANY or len(self.texts) >= MOST_TEXTS)

    def _keep(self, values: Array, codes: Codes | None) -> None:
        if codes is not None and self._codes is None:
            self._codes = GrowableArray(np.int16, self._values.count, self.expected)
        self._values.more(len(values), self.expected)[:] = values
        if self._codes is not None:
            place = self._codes.more(len(values), self.expected)
            if codes is not None:
                place[:] = codes
        if (self._is_text or self.nothing) and (codes is None or (codes == NUMBER).any()):
            self._is_text = self.nothing = False
        elif self.nothing and self.texts:
            self.nothing = False

    def _add_with_gaps(self, cells: list[str]) -> bool:
        """Take cells that are numbers and a few gaps; whether they are."""
        gaps = [i for i, cell in enumerate(cells) if cell in PLAIN_GAPS]
        if not gaps or len(gaps) == len(cells):
            return False
        plain = cells.copy()
        for i in gaps:
            plain[i] = "0"
        values = self._numbers(plain)
        if values is None:
            return False
        codes = np.zeros(len(cells), dtype=np.int16)
        codes[gaps] = [(self._seen.get(cells[i]) or self._read_cell(cells[i]))[1] for i in gaps]
        values[gaps] = math.nan
        self._keep(values, codes)
        return True

    def _numbers(self, cells: Sequence[str]) -> Array | None:
        """The cells as numbers; None if one of them is none that can be told at once."""
        joined = "\n".join(cells)
        if not joined.isascii() or "_" in joined or (self._spelling.comma and "." in joined):
            return None
        if not self._spelling.comma:
            return _as_floats(cells)
        pointed = joined.replace(",", ".").split("\n")
        return _as_floats(pointed) if len(pointed) == len(cells) else None  # a cell may hold the end of a line

    def _read_bytes(self, cell: bytes) -> tuple[float, int]:
        read = self._read_cell(cell.decode(self._encoding, errors="replace").strip())
        if len(self._seen) < 10 * MOST_TEXTS:
            self._seen[cell] = read
        return read

    def _read_cell(self, cell: str) -> tuple[float, int]:
        """The number of a cell, and what stands for it among texts."""
        number = self._spelling.sound(cell)
        if not math.isnan(number):
            self.thousands = self.thousands or has_thousands(cell, number)
            read = (number, NUMBER)
        else:
            read = (math.nan, GAP if is_gap(cell) else self._number_of(cell))
            self.nothing = self.nothing and not cell
        if len(self._seen) < 10 * MOST_TEXTS:
            self._seen[cell] = read
        return read

    def _number_of(self, text: str) -> int:
        if text not in self.texts and len(self.texts) >= MOST_TEXTS:
            text = OTHERS
        return self.texts.setdefault(text, len(self.texts) + 1)

    def whole(self) -> tuple[Array, Codes | None]:
        """All numbers, and what stands for those that are none; None where all are numbers."""
        return self._values.whole(), None if self._codes is None else self._codes.whole()


def _as_floats(cells: Sequence[str] | Sequence[bytes]) -> Array | None:
    """Cells as Python reads them; None if one of them is none, or one that has to be told apart."""
    try:
        found = np.array(list(map(float, cells)))
    except ValueError:
        return None
    # not a number and infinite are told one by one, and so is what is too large
    return found if (np.abs(found) <= LARGEST).all() else None
