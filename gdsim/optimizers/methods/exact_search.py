"""The first minimum along a line, to the last digits."""

from __future__ import annotations

import numpy as np

from gdsim.optimizers.methods.lines import Line, LinePoint, search

#: Relative accuracy of the length; so many slopes are looked at for it, at most.
_CLOSE, _MOST = 1e-10, 200
#: A value that is higher by no more than this share of itself is as low: near a minimum the slope tells more.
_ROUNDING = 1e-15


def first_minimum(line: Line, first: float) -> LinePoint | None:
    """The minimum between the beginning of a line and where it first is seen to lead up; None if it leads nowhere.

    It is where the slope is 0, by Brent's method: the value alone would tell it to half of the digits only.
    """
    highest = line.value + _ROUNDING * abs(line.value)
    slopes = {0.0: line.slope}

    def judge(point: LinePoint) -> int:
        slopes[point.length] = point.slope
        return -1 if point.slope < 0 else 0 if point.slope >= 0 else 1

    result = search(line, first, lambda _, value: -np.inf < value <= highest, judge)
    end = result.found
    if end is None or end.slope == 0:
        # a corner, the edge of where f is defined, or no end: there is nothing lower on the line than this
        return end or result.short
    found = _levelled(line, slopes, end)
    return found if found.value <= max(end.value, highest) else end


def _levelled(line: Line, slopes: dict[float, float], end: LinePoint) -> LinePoint:
    """The point where the slope is 0 between the longest that leads down and one that leads up."""
    from scipy.optimize import brentq

    def slope(length: float) -> float:
        if length not in slopes:
            steep = float(line.problem.gradient(line.point(length)) @ line.direction)
            # what is no number lies beyond
            slopes[length] = 1.0 if np.isnan(steep) else steep
        return slopes[length]

    before = max(length for length, steep in slopes.items() if steep < 0)
    length = float(brentq(slope, before, end.length, xtol=1e-300, rtol=_CLOSE, maxiter=_MOST, disp=False))
    x = line.point(length)
    return line.with_slope(length, x, line.problem.value(x))
