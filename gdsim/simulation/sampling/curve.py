"""Sampling a function of one variable for display: curve, slope, extrema, and where it is undefined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective

#: Points of a curve.
RESOLUTION = 3001
#: Beyond these quantiles, widened by that share of what lies between, values are cut off: a pole has no top.
_LOW, _HIGH, _BEYOND = 0.02, 0.98, 0.75
#: Room above and below the curve, as a share of the height.
_MARGIN = 0.07
#: No axis goes beyond this.
_FARTHEST = 1e250
#: Halvings until a jump or a zero is as narrow as floats allow, from the distance of two samples.
_HALVINGS = 48
#: More places than these are not looked into: they could not be told apart.
_MOST = 200


@dataclass(frozen=True, eq=False)
class Curve:
    """A function of one variable and its derivative, sampled from left to right.

    Attributes
    ----------
    x, y, slope
        ``(n,)`` each; y and slope are nan where the function is undefined, and once within each jump.
    extrema
        ``(k,)``: where the slope goes through 0.
    undefined
        ``(m, 2)``: from where to where the function is not a number.
    """

    x: Array
    y: Array
    slope: Array
    extrema: Array
    undefined: Array

    def fit(self, left: float, right: float) -> tuple[float, float]:
        """The lowest and highest y that a picture from `left` to `right` shows."""
        return _fit(self.y[(self.x >= left) & (self.x <= right)])

    def fit_slope(self, left: float, right: float) -> tuple[float, float]:
        """The same for the slope; 0 is always among it."""
        slopes = self.slope[(self.x >= left) & (self.x <= right)]
        low, high = _fit(slopes)
        margin = _MARGIN * (max(high, 0.0) - min(low, 0.0))
        return min(low, -margin), max(high, margin)


def sample_curve(objective: Objective, left: float, right: float, resolution: int = RESOLUTION) -> Curve:
    """Sample a function of one variable."""
    with np.errstate(all="ignore"):
        x = np.linspace(left, right, resolution)
        points = x[None]
        y, slope = objective.value(points), objective.gradient(points)[0]
        # a formula of the slope may have values where the function has none
        slope = np.where(np.isnan(y), np.nan, slope)
        undefined = _spans(x, np.isnan(y))
        extrema = _zeros(objective, x, slope)
        jumps = np.union1d(_jumps(objective, x, y, slope), _turned_poles(y))
        x, y, slope = _with_gaps(x, y, slope, jumps)
    return Curve(x, y, slope, extrema, undefined)


def _fit(values: Array) -> tuple[float, float]:
    values = np.clip(values[np.isfinite(values)], -_FARTHEST, _FARTHEST)
    if values.size == 0:
        return -1.0, 1.0
    low, high = float(values.min()), float(values.max())
    most_low, most_high = (float(q) for q in np.quantile(values, (_LOW, _HIGH)))
    beyond = _BEYOND * (most_high - most_low)
    if beyond > 0:
        low, high = max(low, most_low - beyond), min(high, most_high + beyond)
    margin = _MARGIN * (high - low)
    # a flat curve, but for rounding, has no height to take a share of
    if margin <= 1e-12 * max(abs(low), abs(high)):
        margin = max(1.0, 0.1 * abs(low))
    return low - margin, high + margin


def _spans(x: Array, wrong: NDArray[np.bool_]) -> Array:
    """From where to where at least two neighbours are wrong, ``(m, 2)``."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wrong, [False]]).astype(np.int8)))
    first, last = edges[::2], edges[1::2] - 1
    wide = last > first
    half = (x[1] - x[0]) / 2
    spans: Array = np.stack([x[first[wide]] - half, x[last[wide]] + half], axis=-1)
    return spans


def _jumps(objective: Objective, x: Array, y: Array, slope: Array) -> NDArray[np.int64]:
    """After which samples the curve jumps: halving the distance again and again does not halve the rise."""
    rise = np.diff(y)
    told = (slope[1:] + slope[:-1]) / 2 * np.diff(x)
    finite = np.isfinite(y)
    # a steep piece between two samples looks like a jump, too: the rise that the slopes do not tell of is looked into
    odd = np.flatnonzero((np.abs(rise - told) > 0.5 * np.abs(rise)) & finite[1:] & finite[:-1] & (rise != 0))[:_MOST]
    if odd.size == 0:
        return odd
    a, b, ya, yb = x[odd], x[odd + 1], y[odd], y[odd + 1]
    for _ in range(_HALVINGS):
        middle = (a + b) / 2
        at = objective.value(middle[None])
        # an undefined middle splits the curve as well
        right = np.abs(yb - at) > np.abs(at - ya)
        a, ya = np.where(right, middle, a), np.where(right, at, ya)
        b, yb = np.where(right, b, middle), np.where(right, yb, at)
    left_over = ~(np.abs(yb - ya) < 0.25 * np.abs(rise[odd]))
    return odd[left_over]


def _turned_poles(y: Array) -> NDArray[np.int64]:
    """After which samples the curve jumps to or from a pole that a sample has hit: it comes from the other side."""
    pole, turned = np.isinf(y), np.sign(y[1:]) * np.sign(y[:-1]) == -1
    return np.flatnonzero((pole[1:] | pole[:-1]) & turned)


def _with_gaps(x: Array, y: Array, slope: Array, jumps: NDArray[np.int64]) -> tuple[Array, Array, Array]:
    """Not a number in the middle of every jump."""
    places = jumps + 1
    return (
        np.insert(x, places, (x[jumps] + x[jumps + 1]) / 2),
        np.insert(y, places, np.nan),
        np.insert(slope, places, np.nan),
    )


def _zeros(objective: Objective, x: Array, slope: Array) -> Array:
    """Find where the slope changes its sign by going through 0: no corner and no pole."""
    sign = np.sign(slope)
    # a sample may lie on the zero itself
    exact = 1 + np.flatnonzero((sign[1:-1] == 0) & (sign[:-2] * sign[2:] == -1))
    change = np.flatnonzero(sign[1:] * sign[:-1] == -1)[:_MOST]
    a, b, sa, sb = x[change], x[change + 1], slope[change], slope[change + 1]
    ends = np.minimum(np.abs(sa), np.abs(sb))
    for _ in range(_HALVINGS if change.size else 0):
        middle = (a + b) / 2
        at = objective.gradient(middle[None])[0]
        same = np.sign(at) == np.sign(sa)
        a, sa = np.where(same, middle, a), np.where(same, at, sa)
        b, sb = np.where(same, b, middle), np.where(same, sb, at)
    # at a corner or a pole the slope does not shrink with the interval
    found = np.minimum(np.abs(sa), np.abs(sb)) < 0.5 * ends
    return np.sort(np.concatenate([x[exact], (a + b)[found] / 2]))
