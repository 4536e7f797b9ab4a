"""Which of the known minima, or maxima, a point is at or near."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Minimum, Objective

#: How close counts as there, and as near, as a share of the width of each bound.
THERE, NEAR = 1e-3, 1e-2
#: So much above its value, for each unit of that, is as low; and so many times what the slope accounts for.
_LOW, _ACCOUNTED = 1e-9, 4.0


def reach(objective: Objective, share: float) -> float:
    """The distance that is a share of the bounds; no longer in many dimensions, where minima are as close as in two."""
    return share * math.sqrt(min(objective.dimension, 2))


def distance(objective: Objective, place: Sequence[float], points: Array) -> Array:
    """How far points ``(d, …)`` are from a place, each coordinate in widths of its bounds, ``(…)``."""
    shape = (-1, *[1] * (points.ndim - 1))
    # halved: bounds may be as far apart as numbers are
    half = np.reshape(objective.bounds[:, 1] / 2 - objective.bounds[:, 0] / 2, shape)
    with np.errstate(all="ignore"):  # far enough out, the square is infinite
        offset = (points / 2 - np.reshape(place, shape) / 2) / half
        found: Array = np.sqrt(np.sum(offset * offset, axis=0))
    return found


def nearest(objective: Objective, known: Sequence[Minimum], points: Array) -> tuple[NDArray[np.int64], Array]:
    """The number of the nearest of some known places, and how far it is as in `distance`: ``(…)`` of ``(d, …)``.

    Of places as far away the first; where none is known, -1 and infinitely far.
    """
    away = np.stack([np.full(points.shape[1:], np.inf), *(distance(objective, p.position, points) for p in known)])
    away = np.where(np.isnan(away), np.inf, away)
    # the first row only stands for none
    which = np.argmin(away, axis=0) - 1
    return which, np.take_along_axis(away, which[None] + 1, axis=0)[0]


def as_low(objective: Objective, points: Array, values: Array, place: Minimum) -> NDArray[np.bool_]:
    """Whether values ``(…)`` at points ``(d, …)`` are that of a place, but for what the slope there accounts for.

    In a hollow, f falls by no more than the length of the gradient times the way to its bottom; a point from which it
    falls by more, or is higher by something without a slope, lies in another one. Of a maximum likewise.
    """
    with np.errstate(all="ignore"):
        gap = np.abs(values - place.value)
        slope = np.sqrt(np.sum(objective.gradient(points) ** 2, axis=0))
        offset = points - np.reshape(place.position, (-1, *[1] * (points.ndim - 1)))
        way = np.sqrt(np.sum(offset * offset, axis=0))
        allowed = np.nan_to_num(_ACCOUNTED * slope * way, nan=np.inf if place.corner else 0.0)
        found: NDArray[np.bool_] = gap <= np.maximum(_LOW * max(1.0, abs(place.value)), allowed)
    return found


def reached(
    objective: Objective, points: Array, values: Array, share: float, ascent: bool = False
) -> NDArray[np.int64]:
    """The number of the known minimum (uphill, maximum) that each of points ``(d, …)`` is at, ``(…)``; -1 for none.

    The nearest one counts, if it is no farther than a `share` of the bounds and the value ``(…)`` is its own.
    """
    known = objective.maxima if ascent else objective.minima
    which, away = nearest(objective, known, points)
    which = np.where(away <= reach(objective, share), which, -1)
    for k, place in enumerate(known):
        there = which == k
        if there.any():
            which[there] = np.where(as_low(objective, points[:, there], values[there], place), k, -1)
    return which
