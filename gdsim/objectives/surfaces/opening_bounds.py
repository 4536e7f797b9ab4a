"""The box in which a typed function shows something: found from its formula alone, and the same wherever it is typed.

Boxes of many sizes round 0 (or beside it, of a function that is defined on one side only) are looked at along lines.
The best is one where the function is defined, turns, turns no more often than a picture shows, and is not flat but for
a wall; of those as good −5 … 5 comes first, and then what is nearest to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.objectives.formula.local_slopes import VALUES
from gdsim.objectives.formula.nodes import CONSTANTS, Node, count_nodes, fold

Box = tuple[tuple[float, float], ...]

#: Half the width of the boxes, those first that are taken where several are as good.
HALVES = (
    5.0,
    10.0,
    2.0,
    20.0,
    1.0,
    50.0,
    0.5,
    100.0,
    0.2,
    200.0,
    0.1,
    500.0,
    0.05,
    1000.0,
    0.02,
    2000.0,
    0.01,
    5000.0,
    10000.0,
)
#: Points along a line of a function of one, of two and of more variables; and how many lines there are along each axis
#: that is looked along.
_POINTS, _LINES, _AXES = (193, 97, 65), (1, 5, 2), 4
#: Where the lines lie, as shares of the way across the box: none through the middle, where poles are.
_ACROSS = (0.503, 0.21, 0.79, 0.36, 0.65)
_GOLDEN = 0.6180339887498949
#: What turns by less than this share of the height is not seen; and beyond these quantiles, widened by that share of
#: what lies between, a pole is cut off.
_SEEN, _LOW, _HIGH, _BEYOND = 0.05, 0.02, 0.98, 0.75
#: Turns nearer to an end than this share of the line do not count, nor do those of a line that is flatter than that
#: share of the whole.
_END, _FLATTER = 0.04, 1e-3
#: A line is flat if more than this share of it lies within one of so many equal steps of its height; a line turns too
#: often for a picture where there are fewer points than this to a turn.
_FLAT, _STEPS, _TO_A_TURN = 0.85, 50, 4
#: The share of a box in which a function has to be defined.
_DEFINED = 0.6
#: What being flat, and turning too often, takes off.
_FLAT_COSTS, _RESTLESS_COSTS = 2, 4
#: So many numbers are worked on at a time.
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class _Looks:
    """Marks for the looks of boxes: of each ``(boxes,)``, and of each of its axes ``(boxes, axes)``."""

    scores: NDArray[np.int64]
    axes: NDArray[np.int64]

    @property
    def best(self) -> int:
        return int(np.argmax(self.scores))


def telling_box(tree: Node, names: Sequence[str]) -> Box:
    """The box that a formula is shown in, ``((low, high), …)``, with 1 for each of its parameters."""
    d = len(names)
    ends = np.array([[(-half, half)] * d for half in HALVES])
    values = _values(tree, names, ends)
    for sides in _sides(ends, values):
        other = ends * sides + 0.0  # no -0
        there = _values(tree, names, other)
        if np.isfinite(there).mean() > np.isfinite(values).mean():
            ends, values = other, there
    looks = _looks(values, ends)
    best, score = ends[looks.best], int(looks.scores[looks.best])
    if d == 2:
        for axis in np.flatnonzero(looks.axes[looks.best] <= 0):
            # the one variable may be told in thousands, the other in parts of a thousand
            others = np.repeat(best[None], len(HALVES), axis=0)
            others[:, axis] = ends[:, axis]
            found = _looks(_values(tree, names, others), others)
            if int(found.scores[found.best]) > score:
                best, score = others[found.best], int(found.scores[found.best])
    return tuple((float(low), float(high)) for low, high in best)


def shows_as_much(tree: Node, names: Sequence[str], box: Box, own: Box) -> bool:
    """Tell whether a formula shows as much in a box as in its own."""
    ends = np.array([box, own])
    mine, best = _looks(_values(tree, names, ends), ends).scores
    return bool(mine >= best)


def _places(d: int) -> Array:
    """The places to look at, as shares of the way across a box: ``(axes, lines, points, d)``."""
    kind = min(d, 3) - 1
    axes = sorted({0, 1, d // 2, d - 1}) if d > 1 else [0]
    lines, points = _LINES[kind], _POINTS[kind]
    # each within its own part of the line: what swings evenly is not met in step
    along = (np.arange(points) + np.arange(points) * _GOLDEN % 1.0) / points
    found = np.empty((len(axes), lines, points, d))
    for (i, axis), k in product(enumerate(axes), range(lines)):
        found[i, k] = (_ACROSS[k] + np.arange(d) * _GOLDEN * (d > 2)) % 1.0
        found[i, k, :, axis] = along
    return found


def _values(tree: Node, names: Sequence[str], ends: Array) -> Array:
    """The values in boxes ``(boxes, d, 2)``, ``(boxes, axes, lines, points)``; nan where there is none."""
    shares = _places(len(names))
    low, high = (ends[:, None, None, None, :, k] for k in (0, 1))
    points = np.moveaxis(low + (high - low) * shares, -1, 0)
    pieces = max(1, _AT_ONCE // (count_nodes(tree) * shares[..., 0].size))
    with np.errstate(all="ignore"):
        found = [_evaluated(tree, names, points[:, i : i + pieces]) for i in range(0, len(ends), pieces)]
    values = np.concatenate(found)
    # of still larger ones differences overflow
    values[~(np.abs(values) < 1e300)] = np.nan
    return values


def _evaluated(tree: Node, names: Sequence[str], points: Array) -> Array:
    """A formula at points ``(d, …)``, operation by operation: nothing has to be derived or compiled for that."""
    where = dict(zip(names, points, strict=True))

    def value(node: Node, args: list[Any]) -> Any:
        if node.op == "number":
            return np.float64(node.value or 0.0)
        if node.op == "name":
            return where.get(node.name, np.float64(CONSTANTS.get(node.name, 1.0)))
        return VALUES[node.op](*args)

    return np.array(np.broadcast_to(fold(tree, value), points.shape[1:]))


def _sides(ends: Array, values: Array) -> list[Array]:
    """Factors to try on the ends of each axis, ``(d, 2)`` each: 0 for an end on whose side there are no values.

    Of more than two variables all have the same box: there may be no values until all are on one side.
    """
    d = ends.shape[1]
    shares, there = _places(d), np.isfinite(values)
    if d > 2:
        return [] if there.mean() >= _DEFINED else [np.array([side] * d) for side in ((0.0, 1.0), (1.0, 0.0))]
    sides = np.ones((d, 2))
    for axis in range(d):
        below = shares[..., axis] < 0.5
        found = [there[:, where].any() for where in (below, ~below)]
        sides[axis] = found if any(found) else 1.0
    return [sides] if (sides == 0).any() else []


def _looks(values: Array, ends: Array) -> _Looks:
    """Judge boxes ``(boxes, d, 2)`` by the values ``(boxes, axes, lines, points)`` in them."""
    defined = np.isfinite(values).mean(axis=(1, 2, 3))
    heights, height = _heights(values, ends.shape[1])
    whole = height.max(axis=(1, 2), keepdims=True)
    seen = (height > 0) & (height >= _FLATTER * whole)
    turns, tops, bottoms = _turns(heights, _SEEN * height)
    inner, lowest = (np.where(seen, each, 0).max(axis=2) for each in (tops + bottoms, bottoms))
    # it turns; there is a bottom; and wells that a wider box would hide: a narrower one need not be left for more
    wide = np.abs(ends).max(axis=(1, 2)) > HALVES[0]
    tiers = (inner > 0).astype(np.int64) + (lowest > 0) + ((lowest > 0) & (inner > 2) & ~wide[:, None])
    restless = (turns * _TO_A_TURN > values.shape[-1]).mean(axis=2) > 0.5
    flat = _is_flat(heights, height).mean(axis=(1, 2)) > 0.5
    axes = np.where(restless, -_RESTLESS_COSTS, tiers)
    undefined = np.maximum(0, np.ceil(10 * (_DEFINED - defined))).astype(np.int64)
    return _Looks(axes.sum(axis=1) - _FLAT_COSTS * flat - 2 * undefined, axes)


def _heights(values: Array, d: int) -> tuple[Array, Array]:
    """The height of each value in the picture of its line, and the height of that picture ``(boxes, axes, lines)``.

    A curve shows heights as they are; colours show more of what is low.
    """
    counts = np.isfinite(values).sum(axis=-1, keepdims=True)
    ordered = np.sort(values, axis=-1)  # with what is not a number last

    def quantile(share: float) -> Array:
        place = np.maximum(0, np.round(share * (counts - 1))).astype(np.int64)
        found: Array = np.take_along_axis(ordered, place, axis=-1)
        return found

    low, high = quantile(0.0), quantile(1.0)
    most_low, most_high = quantile(_LOW), quantile(_HIGH)
    with np.errstate(all="ignore"):
        beyond = _BEYOND * (most_high - most_low)
        low = np.where(beyond > 0, np.maximum(low, most_low - beyond), low)
        high = np.where(beyond > 0, np.minimum(high, most_high + beyond), high)
        size = np.maximum(np.abs(low), np.abs(high))
        height = np.where(high - low > 1e-12 * size, high - low, 0.0)
        heights = np.clip(values - low, 0.0, height)
        if d > 1:
            heights, height = np.cbrt(heights) ** 2, np.cbrt(height) ** 2
    return heights, np.nan_to_num(height[..., 0])


def _turns(heights: Array, least: Array) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count each line's turns ``(…, points)`` by more than `least` ``(…)``; its tops and bottoms not near an end."""
    n = heights.shape[-1]
    lines, places, values = _extremes(heights.reshape(-1, n))
    found = np.zeros((least.size, 3), dtype=np.int64)
    starts = np.searchsorted(lines, np.arange(least.size + 1)).tolist()
    # in plain Python: of most lines few values are left
    at, height, enough = places.tolist(), values.tolist(), least.ravel().tolist()
    for line, (first, last) in enumerate(pairwise(starts)):
        found[line] = _counted(at[first:last], height[first:last], enough[line], (_END * n, (1 - _END) * n))
    turns, tops, bottoms = np.moveaxis(found.reshape(*least.shape, 3), -1, 0)
    return turns, tops, bottoms


def _extremes(lines: Array) -> tuple[NDArray[np.int64], NDArray[np.int64], Array]:
    """Find where lines ``(lines, points)`` begin, turn and end: the line, the place and the value of each.

    Of equal neighbours the first counts, and what is not a number does not.
    """
    row, place = np.nonzero(np.isfinite(lines))
    value = lines[row, place]
    if not len(row):
        return row, place, value
    begins = _differs(row)
    other = begins | _differs(value)
    row, place, value, begins = row[other], place[other], value[other], begins[other]
    ends = np.append(begins[1:], True)
    rises = np.append(False, value[1:] > value[:-1])
    turned = np.append(_differs(rises)[1:], True)  # the next one goes another way
    kept = begins | ends | turned
    return row[kept], place[kept], value[kept]


def _differs(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mask of what differs from the one before it ``(n,)``."""
    return np.append(True, values[1:] != values[:-1])


def _counted(
    places: Sequence[int], values: Sequence[float], least: float, inner: tuple[float, float]
) -> tuple[int, int, int]:
    """Count the turns of a line by more than `least`, and its tops and bottoms within `inner`, from its extremes."""
    turns = tops = bottoms = way = high_at = low_at = 0
    high, low = -np.inf, np.inf
    for i, now in zip(places, values, strict=True):
        if now > high:
            high, high_at = now, i
        if now < low:
            low, low_at = now, i
        if way >= 0 and now < high - least:
            turns += way
            tops += way == 1 and inner[0] <= high_at <= inner[1]
            way = -1
        elif way <= 0 and now > low + least:
            turns -= way
            bottoms += way == -1 and inner[0] <= low_at <= inner[1]
            way = 1
        else:
            continue
        high, high_at, low, low_at = now, i, now, i  # what is looked for next begins here
    return turns, tops, bottoms


def _is_flat(heights: Array, height: Array) -> NDArray[np.bool_]:
    """Mask ``(…)`` of those lines ``(…, points)`` that are nearly all at one height."""
    n = heights.shape[-1]
    with np.errstate(all="ignore"):
        steps = np.nan_to_num(np.minimum(_STEPS * heights / height[..., None], _STEPS - 1)).astype(np.int64)
    # each line counts in a range of its own, so that a single bincount does for all
    lines = np.arange(height.size)[:, None] * _STEPS
    counts = np.bincount((steps.reshape(-1, n) + lines).ravel(), minlength=height.size * _STEPS)
    found: NDArray[np.bool_] = counts.reshape(*height.shape, _STEPS).max(axis=-1) > _FLAT * n
    return found
