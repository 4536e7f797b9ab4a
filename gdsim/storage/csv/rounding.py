"""Numbers of more digits than a float holds, divided by a power of ten: rounded once, as Python does it.

A quotient of floats is off by little more than its last bit. It is taken apart into a whole number and a power of two;
what it leaves of the number is then a small whole number, which 64 bits hold though its parts run over. That is how far
the quotient is off, exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

#: Powers of ten that are exact as floats.
POWERS: Array = np.power(10.0, np.arange(23), dtype=np.float64)
#: As a float, every whole number up to this is exact.
EXACT = np.uint64(2**53)
#: Twos that are added on both sides, so that no number is so large that it would have to be divided by some.
_MORE = 11
#: What remains of powers of ten when their own twos are taken out.
_FIVES = np.array([5**k << _MORE for k in range(len(POWERS))])
#: The bits of a float: those that are its digits, the one before them, which is not written, and what is before that.
_DIGITS, _FIRST, _WIDTH = 2**52 - 1, 2**52, 52
#: The exponent, as it is written, of a float whose last digit counts one.
_OF_ONES = 1075
#: In last digits; what is nearer to the middle between two floats is not told.
_MIDDLE = 0.5 - 2.0**-30


def rounded(
    quotients: Array, numbers: NDArray[np.uint64], powers: NDArray[np.int64]
) -> tuple[Array, NDArray[np.bool_]]:
    """The floats nearest to whole numbers over powers of ten, given such quotients, and where these are known.

    Where they are not, the quotients are left alone. At powers of two they never are: below these, floats are nearer to
    each other.
    """
    bits, fives = quotients.view(np.int64), _FIVES.take(powers, mode="clip")
    digits = (bits & _DIGITS) | _FIRST
    twos = _OF_ONES + _MORE - (bits >> _WIDTH) - powers
    left = (numbers << twos.view(np.uint64)).view(np.int64) - digits * fives
    off = left / fives
    step = np.rint(off)
    known = np.abs(off - step) < _MIDDLE
    known &= digits != _FIRST
    return np.where(known, bits + step.astype(np.int64), bits).view(np.float64), known
