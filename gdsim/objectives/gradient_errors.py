"""Distance of a numerical gradient from the exact one: against h, and along a path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.gradients import GradientMode


@dataclass(frozen=True, eq=False)
class Valley:
    """The error at one point against h: truncation falls with h until rounding takes over.

    Attributes
    ----------
    h
        ``(k,)``: the distances that were tried.
    central, forward
        ``(k,)``: the length of numerical − exact gradient; nan where the function is undefined.
    """

    h: Array
    central: Array
    forward: Array


def valley(objective: Objective, point: Array, h: Array) -> Valley:
    """Errors of both differences at a point ``(d,)`` for every h ``(k,)``: three evaluations of many points."""
    d, k = len(point), len(h)
    moved = np.broadcast_to(point[:, None, None], (d, d, k))  # (coordinate, the one that is moved, h)
    above, below = moved.copy(), moved.copy()
    for i in range(d):
        above[i, i] += h
        below[i, i] -= h
    with np.errstate(all="ignore"):
        up, down, here = objective.value(above), objective.value(below), objective.value(point)
        exact = objective.gradient(point)[:, None]
        # divided by h itself, as the modes do: that x ± h is rounded belongs to their error
        return Valley(h, _length((up - down) / (2 * h) - exact), _length((up - here) / h - exact))


def errors_at(objective: Objective, mode: GradientMode, points: Array) -> Array:
    """Length of numerical − exact gradient at points ``(d, n)``, as ``(n,)``."""
    with np.errstate(all="ignore"):
        return _length(mode.gradient(objective, points) - objective.gradient(points))


def _length(vectors: Array) -> Array:
    length: Array = np.sqrt(np.sum(vectors * vectors, axis=0))
    return length
