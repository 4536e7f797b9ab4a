"""The known minimum, or maximum, that a point is at or near."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.simulation.pieces import at_once, pieces

#: Distances that count as there, and as near, as a share of the width of each bound.
THERE, NEAR = 1e-3, 1e-2
#: So much above its value, for each unit of that, is as low; and so many times what the slope accounts for.
_LOW, _ACCOUNTED = 1e-9, 4.0
#: Places to look for a ridge at, as shares of the way from a minimum to a point.
_WAYS = np.arange(1, 10) / 10


def reach(objective: Objective, share: float) -> float:
    """The distance that is a share of the bounds; no longer in many dimensions, where minima are as close as in two."""
    return share * math.sqrt(min(objective.dimension, 2))


def distances(objective: Objective, places: Sequence[Sequence[float]], points: Array) -> Array:
    """The distances of points ``(d, …)`` from each place, each coordinate in widths of its bounds, ``(places, …)``."""
    # halved: bounds may be as far apart as numbers are
    half = objective.bounds[:, 1] / 2 - objective.bounds[:, 0] / 2
    at = np.array(places, dtype=np.float64).reshape(len(places), len(half), *[1] * (points.ndim - 1)) / 2
    found = np.zeros((len(places), *points.shape[1:]))
    with np.errstate(all="ignore"):  # far enough out, the square is infinite
        # a coordinate at a time: all offsets at once would be read and written several times over
        for i, width in enumerate(half):
            offset = (points[i] / 2 - at[:, i]) / width
            found += np.multiply(offset, offset, out=offset)
        np.sqrt(found, out=found)
    return found


def nearest(objective: Objective, known: Sequence[Minimum], points: Array) -> tuple[NDArray[np.int64], Array]:
    """The number of the nearest of some known places, and how far it is as in `distances`: ``(…)`` of ``(d, …)``.

    Of places as far away the first; where none is known, -1 and infinitely far.
    """
    if not known:
        return np.full(points.shape[1:], -1), np.full(points.shape[1:], np.inf)
    away = distances(objective, [place.position for place in known], points)
    # argmin would take nan for the least
    away[np.isnan(away)] = np.inf
    return np.argmin(away, axis=0), np.min(away, axis=0)


def as_low(objective: Objective, points: Array, values: Array, place: Minimum) -> NDArray[np.bool_]:
    """Return whether values ``(…)`` at points ``(d, …)`` are that of a place, but for what the slope explains.

    In a hollow, which is convex, f falls by no more than its slope along the way to the bottom times that way, and all
    the way: a point that is higher by more, or behind a ridge, lies in another one. Of a maximum likewise.
    """
    with np.errstate(all="ignore"):
        gap = values - place.value
        low: NDArray[np.bool_] = np.abs(gap) <= _LOW * max(1.0, abs(place.value))
        high = np.flatnonzero(~low.ravel())
        if high.size < low.size:
            # the rest costs more, and most ends of runs are as low as the bottom itself
            if high.size:
                flat = points.reshape(len(points), -1)[:, high]
                low.ravel()[high] = as_low(objective, flat, values.ravel()[high], place)
            return low
        bottom = np.reshape(place.position, (-1, *[1] * (points.ndim - 1)))
        offset, sign = points - bottom, np.sign(gap)
        fall = sign * np.sum(objective.gradient(points) * offset, axis=0)
        allowed = np.nan_to_num(_ACCOUNTED * fall, nan=np.inf if place.corner else 0.0)
        # (d, ways, …)
        between = bottom[:, None] + offset[:, None] * np.reshape(_WAYS, (-1, *[1] * (points.ndim - 1)))
        # of the lowest place that was found, the bottom may lie beside it, and lower
        heights = np.maximum(sign * (np.concatenate([objective.value(between), values[None]]) - place.value), 0.0)
        ridge = (np.diff(heights, axis=0) < -_LOW * np.abs(gap)).any(axis=0)
        found: NDArray[np.bool_] = (np.abs(gap) <= allowed) & ~ridge
    return found


def reached(
    objective: Objective,
    points: Array,
    values: Array,
    share: float,
    ascent: bool = False,
    places: Sequence[Minimum] | None = None,
) -> NDArray[np.int64]:
    """The number of the known minimum (uphill, maximum) that each of points ``(d, …)`` is at, ``(…)``; -1 for none.

    The nearest one counts, if it is no farther than a `share` of the bounds and the value ``(…)`` is its own. Places of
    one's own may stand in for those that the objective knows.
    """
    known = places if places is not None else objective.maxima if ascent else objective.minima
    if not known:
        return np.full(points.shape[1:], -1)
    size = at_once(objective)
    # each point brings those on its ways with it: all at once might not fit
    if values.size > size:
        flat, each = points.reshape(len(points), -1), values.ravel()
        parts = [
            reached(objective, flat[:, piece], each[piece], share, ascent, known) for piece in pieces(each.size, size)
        ]
        return np.concatenate(parts).reshape(values.shape)
    which, away = nearest(objective, known, points)
    near = away <= reach(objective, share)
    which = np.where(near, which, -1)
    # most ends of runs are as low as the bottom itself
    rest = near & ~_at_the_bottom(values, which, known)
    for k in np.unique(which[rest]).tolist():
        there = rest & (which == k)
        which[there] = np.where(as_low(objective, points[:, there], values[there], known[k]), k, -1)
    return which


def _at_the_bottom(values: Array, which: NDArray[np.int64], known: Sequence[Minimum]) -> NDArray[np.bool_]:
    """Return whether values ``(…)`` are those of the places of these numbers."""
    bottoms = np.array([place.value for place in known])
    with np.errstate(all="ignore"):
        gap = values - bottoms[which]
        low: NDArray[np.bool_] = np.abs(gap, out=gap) <= (_LOW * np.maximum(1.0, np.abs(bottoms)))[which]
    return low
