"""Numbers of more digits than a float holds, divided by a power of ten: rounded once, as Python does it.

The quotient of two floats is corrected by what is left over, which is found exactly. Where the correction, a little
larger and a little smaller than it is, leads to the same float, that is the one; else it is not known.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

#: Powers of ten that are exact as floats.
POWERS: Array = np.power(10.0, np.arange(23), dtype=np.float64)
#: As a float, every whole number up to this is exact.
EXACT = np.uint64(2**53)
#: What is larger is not divided: its float, as a whole number, may run over.
_MOST = np.uint64(2**62)
#: What parts a float into two of half as many digits.
_HALVES = 2.0**27 + 1
_UNSURE = 2.0**-40


def rounded(numbers: NDArray[np.uint64], powers: NDArray[np.int64]) -> tuple[Array, NDArray[np.bool_]]:
    """Whole numbers over powers of ten, and where that is known to be the nearest float."""
    divisor = POWERS[powers]
    whole = np.minimum(numbers, _MOST).astype(np.int64)
    high = whole.astype(np.float64)
    low = (whole - high.astype(np.int64)).astype(np.float64)
    quotient = high / divisor
    correction = (_left(high, quotient, divisor) + low) / divisor
    least = quotient + correction * (1 - _UNSURE)
    return least, (least == quotient + correction * (1 + _UNSURE)) & (numbers <= _MOST)


def _left(number: Array, quotient: Array, divisor: Array) -> Array:
    """What is left of a number by a rounded quotient, exactly."""
    product = quotient * divisor
    a, b = _halves(quotient)
    c, d = _halves(divisor)
    return (number - product) - (((a * c - product) + a * d + b * c) + b * d)


def _halves(number: Array) -> tuple[Array, Array]:
    spread = number * _HALVES
    high = spread - (spread - number)
    return high, number - high
