"""The few functions a rule needs, for one float, an array or a `Term` of a recorded step alike.

All work on each coordinate by itself but `total`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdsim.optimizers.compiled.terms import Term

#: A Python float, a float64 array of any shape, or a `Term` while a step is being recorded.
Real = Any


def sqrt(x: Real) -> Real:
    """Square root; correctly rounded, hence the same for every kind of input."""
    if isinstance(x, Term):
        return Term("sqrt", x)
    # by type: np.float64 is a float, too, and math.sqrt raises where numpy gives nan
    return math.sqrt(x) if type(x) is float else np.sqrt(x)


def absolute(x: Real) -> Real:
    """Absolute value."""
    return Term("absolute", x) if isinstance(x, Term) else abs(x)


def maximum(a: Real, b: Real) -> Real:
    """The larger of two; not a number if either is."""
    if isinstance(a, Term) or isinstance(b, Term):
        return Term("maximum", a, b)
    return larger(a, b) if type(a) is type(b) is float else np.maximum(a, b)


def where(condition: Any, yes: Real, no: Real) -> Real:
    """`yes` where the condition holds, else `no`."""
    if yes is no:
        return yes
    if isinstance(condition, Term):
        return Term("where", condition, yes, no)
    return (yes if condition else no) if type(condition) is bool else np.where(condition, yes, no)


def minimum(a: Real, b: Real) -> Real:
    """The smaller of two; `a` if either is not a number."""
    return where(a > b, b, a)


def sign(x: Real) -> Real:
    """1, −1 or 0 with the sign of x; not a number if x is none."""
    return where(x > 0, 1.0, where(x < 0, -1.0, x - x))


def total(x: Real) -> Real:
    """The sum over the coordinates of a run, in their order, for each of them."""
    if isinstance(x, Term):
        return Term("total", x)
    # a float is all there is of a run; and numpy's own sum goes about the order of many otherwise
    return x if type(x) is float else np.add.accumulate(x, axis=0)[-1]


def larger(a: float, b: float) -> float:
    """`maximum` of two floats."""
    # no comparison with nan is true: a that is nan is told by a != a, and b is the rest
    return a if a > b or a != a else b
