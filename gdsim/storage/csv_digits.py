"""Many cells of a table as numbers at once, each Python's to the last bit.

Eight digits at a time are taken as one whole number of 64 bits, and become the number that they write in three
multiplications. Digits of up to 2⁵³ and their power of ten are both exact as floats, and so their quotient is rounded
once, as it is when Python reads the text. What is longer, has an exponent, or is none is left to whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

_NEWLINE, _POINT, _QUOTE, _MINUS, _PLUS, _ZERO = b'\n."-+0'
#: What a letter is.
_ELSE, _SIGN, _DOT, _END = range(4)
#: Digits that are read, before a point and behind it; what stands before the text, so that there are always as many.
_MOST = 16
_BEFORE = b"0" * _MOST
_POWERS = 10.0 ** np.arange(_MOST + 1)
_WHOLE_POWERS = 10 ** np.arange(_MOST + 1, dtype=np.uint64)
#: As a float, every whole number up to this is exact.
_EXACT = np.uint64(2**53)
#: By number of digits: where they stand in eight letters, the last being the highest byte.
_MASKS = np.array([0, *((2**64 - 1 << 8 * (8 - k)) % 2**64 for k in range(1, 9))], dtype=np.uint64)
_ZEROS, _NINES, _HIGH = (np.uint64(int(byte * 8, 16)) for byte in ("30", "76", "80"))
#: Two neighbours at a time: multiplied so that ten times the first comes upon the second, moved there, and left alone.
_JOINS = ((2561, 8, 0x00FF00FF00FF00FF), (6553601, 16, 0x0000FFFF0000FFFF), (42949672960001, 32, 0xFFFFFFFF))

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
_Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of some rows, all of one length.

    Attributes
    ----------
    text
        The bytes they stand in.
    starts, ends
        ``(rows, columns)``: where each begins, and where it is over.
    values
        ``(rows, columns)``: their numbers, where they were found.
    missing
        ``(rows, columns)``: where none was found.
    """

    text: bytes
    starts: Places
    ends: Places
    values: Array
    missing: Marks


def cells_in(text: bytes, separator: str, width: int) -> Cells | None:
    """The cells of some whole rows of so many columns; None if they are not all of that length, or oddly quoted."""
    text = _BEFORE + text
    letters = np.frombuffer(text, dtype=np.uint8)
    kinds = np.frombuffer(text.translate(_kinds(separator)), dtype=np.uint8)
    stops = np.flatnonzero(kinds >= _DOT)
    of_cells = np.flatnonzero(kinds[stops] == _END) if b"." in text else None
    ends = stops if of_cells is None else stops[of_cells]
    if not len(ends) or len(ends) % width:
        return None
    lines = (letters[ends] == _NEWLINE).reshape(-1, width)
    if not lines[:, -1].all() or lines[:, :-1].any():
        return None
    starts = np.empty_like(ends)
    starts[0], starts[1:] = _MOST, ends[:-1] + 1
    if b'"' in text:
        inside = _unquoted(letters, starts, ends)
        if inside is None:
            return None
        starts, ends = inside
    lengths = ends - starts
    if signed := b"-" in text or b"+" in text:
        lengths -= kinds[starts] == _SIGN
    values, missing = _numbers(text, lengths, ends, stops, of_cells)
    if signed:
        np.negative(values, out=values, where=letters[starts] == _MINUS)
    shape = (-1, width)
    return Cells(text, starts.reshape(shape), ends.reshape(shape), values.reshape(shape), missing.reshape(shape))


@lru_cache(maxsize=8)
def _kinds(separator: str) -> bytes:
    kinds = np.full(256, _ELSE, dtype=np.uint8)
    kinds[[_MINUS, _PLUS]] = _SIGN
    kinds[_POINT] = _DOT
    kinds[[ord(separator), _NEWLINE]] = _END
    return kinds.tobytes()


def _unquoted(letters: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places] | None:
    """Where cells begin and end within their quotation marks; None if there are others."""
    opened = letters[starts] == _QUOTE
    closed = (letters[ends - 1] == _QUOTE) & (ends - starts > 1)
    if (opened != closed).any() or 2 * int(opened.sum()) != int((letters == _QUOTE).sum()):
        return None
    return starts + opened, ends - closed


def short_words(text: bytes, starts: Places, ends: Places) -> NDArray[np.uint64]:
    """Cells of up to eight letters as a whole number each, by which they are told apart."""
    words: _Words = np.ndarray((len(text) - 7,), "<u8", buffer=text, strides=(1,))
    return words[ends - 8] & _MASKS.take(ends - starts)


def _numbers(text: bytes, lengths: Places, ends: Places, stops: Places, of_cells: Places | None) -> tuple[Array, Marks]:
    """The numbers of cells so long without their signs, and where there is none.

    Points are among the `stops` that are no ends `of_cells`, which are None where there are none.
    """
    words: _Words = np.ndarray((len(text) - 7,), "<u8", buffer=text, strides=(1,))
    if of_cells is None:
        found, missing = _digits(words, ends, lengths)
        missing |= lengths < 1
        missing |= found > _EXACT
        return found.astype(np.float64), missing
    points = np.diff(of_cells, prepend=-1) - 1
    pointed = points == 1
    at = slice(None) if pointed.all() else np.flatnonzero(pointed)
    point = stops[of_cells[at] - 1]
    behind = ends[at] - point - 1
    lengths[at] -= behind + 1
    until = ends.copy()
    until[at] = point
    found, missing = _digits(words, until, lengths)
    parts, wrong = _digits(words, ends[at], behind)
    missing[at] |= wrong
    missing |= points > 1
    scale = np.clip(behind, 0, _MOST)
    found[at] = found[at] * _WHOLE_POWERS.take(scale) + parts
    lengths[at] += behind
    # of more digits than that the sum may have run over
    missing |= (lengths < 1) | (lengths > 18) | (found > _EXACT)
    values = found.astype(np.float64)
    values[at] /= _POWERS.take(scale)
    return values, missing


def _digits(words: _Words, ends: Places, lengths: Places) -> tuple[_Words, Marks]:
    """The numbers that so many digits write up to some places, and where there are too many, or other letters."""
    found, wrong = _joined(words[ends - 8], lengths)
    wrong |= lengths < 0
    if int(lengths.max()) > 8:
        wrong |= lengths > _MOST
        long = np.flatnonzero(lengths > 8)
        high, other = _joined(words[ends[long] - 16], lengths[long] - 8)
        found[long] += high * _WHOLE_POWERS[8]
        wrong[long] |= other
    return found, wrong


def _joined(words: _Words, lengths: Places) -> tuple[_Words, Marks]:
    """The numbers that the last letters of each eight write, and where these are no digits."""
    words ^= _ZEROS
    words &= _MASKS.take(lengths, mode="clip")
    wrong = ((words + _NINES | words) & _HIGH) != 0
    for factor, shift, kept in _JOINS:
        words *= np.uint64(factor)
        words >>= np.uint64(shift)
        words &= np.uint64(kept)
    return words, wrong
