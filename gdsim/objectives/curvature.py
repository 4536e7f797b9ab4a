"""Second derivatives by differences of the gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.objectives.base import Array, Objective

#: The step as a share of the size of a coordinate (at least 1): the cube root of the rounding of a double.
_STEP = 6e-6
#: So many rounds find the largest curvature, or a change below this share.
_ROUNDS, _CLOSE = 30, 1e-3


def differenced_hessian(objective: Objective, points: Array) -> Array:
    """At points ``(d, …)`` as ``(d, d, …)``, symmetric; one call of the gradient a coordinate."""
    points = np.asarray(points, dtype=np.float64)
    found = np.empty((len(points), *points.shape))
    with np.errstate(all="ignore"):
        for i in range(len(points)):
            h = _STEP * np.maximum(1.0, np.abs(points[i]))
            above, below = points.copy(), points.copy()
            above[i] += h
            below[i] -= h
            # the step as it came out after rounding
            found[i] = (objective.gradient(above) - objective.gradient(below)) / (above[i] - below[i])
        # rounding leaves the two halves unlike, and numpy's eigh reads only one of them
        symmetric: Array = (found + found.swapaxes(0, 1)) / 2
    return symmetric


def steepest_curvature(gradient: Callable[[Array], Array], place: Array) -> float:
    """The largest curvature, by size, at a place ``(d,)``: power iteration on differences of the gradient.

    Golub & Van Loan, "Matrix Computations", 7.3. It begins along every coordinate at once, so that it is the same each
    time; nan where the gradient is no number.
    """
    ahead = np.ones(len(place)) / np.sqrt(len(place))
    h = _STEP * max(1.0, float(np.abs(place).max()))
    found = 0.0
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            turned = (gradient(place + h * ahead) - gradient(place - h * ahead)) / (2 * h)
            length = float(np.linalg.norm(turned))
            if not np.isfinite(length):
                return np.nan
            # of a symmetric matrix these lengths never fall; a length of 0 ends here, before it divides
            if length <= found * (1 + _CLOSE):
                return max(length, found)
            found, ahead = length, turned / length
    return found
