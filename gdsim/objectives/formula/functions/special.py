"""Functions that numpy does not have: the same operations in the same order for floats and for arrays.

The error function is W. J. Cody's "Rational Chebyshev approximations for the error function", Mathematics of
Computation 23 (1969), 631-637. The spherical Bessel functions j₁ and j₂ are derivatives of sin(u)/u (Abramowitz &
Stegun, 10.1.2 and 10.1.20): near 0 their power series, elsewhere what they are in sines and cosines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

#: A float, or an array of any shape.
Number = Any


def ratio(a: Number, b: Number) -> Number:
    """a/b, and 0 where b is 0: a derivative almost everywhere stays finite at a corner."""
    shape = np.broadcast_shapes(np.shape(a), np.shape(b))
    # what `where` leaves out stays as `out` has it: 0 here, and any number without
    return np.divide(a, b, out=np.zeros(shape), where=np.not_equal(b, 0.0))


def float_ratio(a: float, b: float) -> float:
    """`ratio` of floats."""
    return a / b if b != 0.0 else 0.0


def _polynomial(coefficients: Sequence[float], at: Number) -> Number:
    """By Horner's rule, the highest power first."""
    total = coefficients[0] * at + coefficients[1]
    for c in coefficients[2:]:
        total = total * at + c
    return total


def _pair(
    near: Callable[[Number], Number], far: Callable[[Number], Number], limit: float, odd: bool
) -> tuple[Callable[[Number], Number], Callable[[float], float]]:
    """A function that is even or odd, for arrays and for floats: `near` is taken up to the limit, and `far` beyond."""

    def of_arrays(u: Number) -> Number:
        size = np.absolute(u)
        inside = size <= limit
        # each is worked out for what lies on its side only
        found: Number = np.where(inside, near(np.where(inside, size, 0.0)), far(np.where(inside, limit, size)))
        return np.where(np.less(u, 0.0), -found, found) if odd else found

    def of_floats(u: float) -> float:
        size = abs(u)
        found = float(near(size) if size <= limit else far(size))
        return -found if odd and u < 0.0 else found

    return of_arrays, of_floats


_NEAR = (
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_UNDER_NEAR = (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3)
_FAR = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_UNDER_FAR = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
#: From here on it is 1 in doubles.
_ERF_IS_ONE = 6.0


def _erf_near(u: Number) -> Number:
    square = u * u
    return u * _polynomial(_NEAR, square) / _polynomial(_UNDER_NEAR, square)


def _erf_far(u: Number) -> Number:
    # far out both polynomials are infinite, and their quotient is no number
    u = np.minimum(u, _ERF_IS_ONE)
    return 1.0 - np.exp(-(u * u)) * (_polynomial(_FAR, u) / _polynomial(_UNDER_FAR, u))


erf, float_erf = _pair(_erf_near, _erf_far, 0.46875, odd=True)


def _series(n: int) -> tuple[float, ...]:
    """The power series of jₙ(u)/uⁿ in u², the highest power first."""
    term = 1.0 / math.prod(range(1, 2 * n + 2, 2))
    found = [term]
    for k in range(1, 17):
        term /= -2.0 * k * (2 * n + 2 * k + 1)
        found.append(term)
    return tuple(reversed(found))


_ONE, _TWO = _series(1), _series(2)


def _j1_far(u: Number) -> Number:
    return (np.sin(u) / u - np.cos(u)) / u


def _j2_far(u: Number) -> Number:
    return ((3.0 / (u * u) - 1.0) * np.sin(u) - 3.0 * np.cos(u) / u) / u


# near 0 the terms of the closed forms cancel: those have no digits left there
j1, float_j1 = _pair(lambda u: u * _polynomial(_ONE, u * u), _j1_far, 1.5, odd=True)
j2, float_j2 = _pair(lambda u: u * u * _polynomial(_TWO, u * u), _j2_far, 2.5, odd=False)


def sinc(u: Number) -> Number:
    """sin(u)/u, and 1 at 0."""
    there = np.not_equal(u, 0.0)
    # both sides of a where are worked out: 0/0 must not come up in one
    return np.where(there, np.sin(u) / np.where(there, u, 1.0), 1.0)


def float_sinc(u: float) -> float:
    """`sinc` of a float."""
    # numpy's sine: that of `math` may differ from it in the last bit
    return float(np.sin(u)) / u if u != 0.0 else 1.0


def root(a: Number, n: Number) -> Number:
    """The n-th root: of a negative number if n is an odd whole number."""
    size = np.power(np.absolute(a), np.divide(1.0, n))
    below = np.where(np.equal(np.remainder(n, 2.0), 1.0), -size, math.nan)
    return np.where(np.less(a, 0.0), below, size)


def float_root(a: float, n: float) -> float:
    """`root` of floats."""
    size = float(np.power(abs(a), 1.0 / n))
    if a < 0.0:
        return -size if n % 2.0 == 1.0 else math.nan
    return size


def within(value: Number, *witnesses: Number) -> Number:
    """A value, and nan where a witness is nan: what a formula comes to where all of its parts are defined."""
    for witness in witnesses:
        value = np.where(np.isnan(witness), math.nan, value)
    return value
