"""Many cells of a table as numbers at once, each Python's to the last bit.

Eight digits at a time are taken as one whole number of 64 bits, and become the number that they write in three
multiplications. Digits of up to 2⁵³ and their power of ten are both exact as floats, and so their quotient is rounded
once, as it is when Python reads the text; of more digits `rounding` has the quotient. What is longer, has an
exponent, or is none is left to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.storage.csv.rounding import EXACT, POWERS, rounded

_NEWLINE, _POINT, _QUOTE, _MINUS, _PLUS = b'\n."-+'
_ZERO = np.uint8(ord("0"))
#: Digits that are read, before a point and behind it; what stands before the text, so that there are always as many.
_MOST = 24
_BEFORE = b"0" * _MOST
#: So many digits never run over, nor do more of them whose first eight are a number no larger than this.
_SAFE, _LARGEST_HIGH = 19, 1843
#: Zeros where there is more than 64 bits hold: there the digits before the point must be none but zeros.
_WHOLE_POWERS = np.array([10**k if k <= _SAFE else 0 for k in range(len(POWERS))], dtype=np.uint64)
#: By number of digits: where they stand in eight letters, the last being the highest byte.
_MASKS = np.array([0, *((2**64 - 1 << 8 * (8 - k)) % 2**64 for k in range(1, 9))], dtype=np.uint64)
#: Of two neighbours only the second is marked.
_SECOND = 256
_SIGNS = np.array([1.0, -1.0])
_ZEROS, _NINES, _HIGH = (np.uint64(int(byte * 8, 16)) for byte in ("30", "76", "80"))
#: Neighbours become one number of twice the bits: multiplied so that the first, times its power of ten, comes upon the
#: second, and moved down from there.
_JOINS = (("<u2", 2561), ("<u4", 6553601), ("<u8", 42949672960001))

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
    text = b"".join((_BEFORE, text, bytes(8 + -len(text) % 8)))
    letters = np.frombuffer(text, dtype=np.uint8)
    stops, kinds, of_cells = _stops(text, letters, separator)
    ends = stops if of_cells is None else stops[of_cells].copy()
    if not len(ends) or len(ends) % width:
        return None
    lines = (kinds if of_cells is None else kinds[of_cells]) == _NEWLINE
    if not lines[width - 1 :: width].all() or np.count_nonzero(lines) * width != len(lines):
        return None
    starts = np.empty_like(ends)
    starts[0] = _MOST
    np.add(ends[:-1], 1, out=starts[1:])
    points = None if of_cells is None else _points(stops, ends, of_cells)
    if b'"' in text:
        inside = _unquoted(letters, starts, ends)
        if inside is None:
            return None
        starts, ends = inside
        if points is not None:  # where there is none, it is where the cell is over
            points[0][:] = np.minimum(points[0], ends)
    begins, minus = starts, None
    if b"-" in text or b"+" in text:
        first = letters.take(starts)
        minus = first == _MINUS
        begins = starts + (minus | (first == _PLUS))
    values, missing = _numbers(text, begins, ends, points)
    if minus is not None:
        values *= _SIGNS.take(minus)
    shape = (-1, width)
    return Cells(text, starts.reshape(shape), ends.reshape(shape), values.reshape(shape), missing.reshape(shape))


def _stops(
    text: bytes, letters: NDArray[np.uint8], separator: str
) -> tuple[Places, NDArray[np.uint8], slice | Places | None]:
    """Find where points are and cells are over, what stands there, and which are no points; None if there are none.

    These are told by a slice where every cell has one point.
    """
    found = letters == _NEWLINE
    found |= letters == ord(separator)
    if b"." not in text:
        stops = np.flatnonzero(found)
        return stops, letters[stops], None
    found |= letters == _POINT
    stops = np.flatnonzero(found)
    kinds = letters.take(stops)
    over = kinds != _POINT
    if len(over) % 2 == 0 and (over.view("<u2") == _SECOND).all():
        return stops, kinds, slice(1, None, 2)
    return stops, kinds, np.flatnonzero(over)


def _points(stops: Places, ends: Places, of_cells: slice | Places) -> tuple[Places, Marks | None, Marks | None]:
    """By cell: where its point is, or where it is over; whether it has one; and whether it has several."""
    if isinstance(of_cells, slice):
        return stops[::2].copy(), None, None
    count = np.diff(of_cells, prepend=-1)
    pointed = count == 2
    return stops.take(of_cells - pointed), pointed, count > 2


def _unquoted(letters: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places] | None:
    """Beginnings and ends of cells within their quotation marks; None if there are others."""
    opened = letters[starts] == _QUOTE
    closed = (letters[ends - 1] == _QUOTE) & (ends - starts > 1)
    if (opened != closed).any() or 2 * int(opened.sum()) != int((letters == _QUOTE).sum()):
        return None
    return starts + opened, ends - closed


def words_of(text: bytes, starts: Places, ends: Places, count: int) -> _Words:
    """``(count, cells)``: cells of up to eight times `count` letters as whole numbers, by which they are told apart."""
    eights, lengths = _eights(text, ends), ends - starts
    return np.stack([next(eights) & _MASKS.take(lengths - 8 * k, mode="clip") for k in range(count)])


def _eights(text: bytes, ends: Places) -> Iterator[_Words]:
    """The eight letters before some places, then the eight before those, and so on; put together from aligned ones."""
    words: _Words = np.frombuffer(text, "<u8")
    at = ends >> 3
    within = (ends & 7).view(np.uint64) << np.uint64(3)
    beyond = np.uint64(64) - within
    later = words.take(at)
    while True:
        at -= 1
        earlier = words.take(at)
        later <<= beyond
        later |= earlier >> within
        yield later
        later = earlier


def _numbers(
    text: bytes, starts: Places, ends: Places, points: tuple[Places, Marks | None, Marks | None] | None
) -> tuple[Array, Marks]:
    """The numbers of cells without their signs, and where there is none."""
    if points is None:
        lengths = ends - starts
        found, missing = _digits(text, ends, lengths)
        missing |= lengths < 1
        return found.astype(np.float64), missing
    point, pointed, several = points
    before, behind = point - starts, ends - point
    behind -= 1 if pointed is None else pointed
    found, missing = _digits(text, point, before)
    parts, wrong = _digits(text, ends, behind)
    missing |= wrong
    if several is not None:
        missing |= several
    before += behind
    missing |= before < 1
    if int(before.max()) > _SAFE:
        missing |= (before > _SAFE) & (found > 0) | (behind >= len(POWERS))
    found *= _WHOLE_POWERS.take(behind, mode="clip")
    found += parts
    values = found.astype(np.float64)
    values /= POWERS.take(behind, mode="clip")
    if int(found.max()) > EXACT:
        values, known = rounded(values, found, behind)
        missing |= (found > EXACT) & ~known
    return values, missing


def _digits(text: bytes, ends: Places, lengths: Places) -> tuple[_Words, Marks]:
    """The numbers that so many digits write up to some places, and where there are too many, or other letters."""
    longest, shortest = int(lengths.max()), int(lengths.min())
    if 0 <= shortest <= longest == 1:
        return _single(text, ends, lengths)
    eights, wrong = _eights(text, ends), lengths > _MOST
    if shortest < 0:
        wrong |= lengths < 0
    found = _joined(next(eights), lengths, longest, wrong)
    for already in range(8, min(longest, _MOST), 8):
        longer, earlier = lengths > already, next(eights)
        # all of them are done sooner than some that have to be picked
        long = slice(None) if 3 * np.count_nonzero(longer) > len(longer) else np.flatnonzero(longer)
        other = wrong[long]
        high = _joined(earlier[long], lengths[long] - already, longest - already, other)
        if already == 16:
            other |= high > _LARGEST_HIGH
        found[long] += high * _WHOLE_POWERS[already]
        wrong[long] = other
    return found, wrong


def _single(text: bytes, ends: Places, lengths: Places) -> tuple[_Words, Marks]:
    """The same where none has more than one digit."""
    found = np.frombuffer(text, dtype=np.uint8).take(ends - 1) - _ZERO
    found *= lengths.astype(np.uint8)
    return found.astype(np.uint64), found > 9


def _joined(words: _Words, lengths: Places, longest: int, wrong: Marks) -> _Words:
    """The numbers that the last letters of each eight write; where these are no digits is marked."""
    words ^= _ZEROS
    words &= _MASKS.take(lengths, mode="clip")
    odd = words + _NINES
    odd |= words
    if np.bitwise_or.reduce(odd) & _HIGH:
        wrong |= (odd & _HIGH) != 0
    bits = 8
    for kind, factor in _JOINS[: (min(longest, 8) - 1).bit_length()]:
        parts = words.view(kind)
        parts *= parts.dtype.type(factor)
        parts >>= parts.dtype.type(bits)
        bits *= 2
    words >>= np.uint64(64 - bits)
    return words
