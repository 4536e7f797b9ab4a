"""Second derivatives by differences of the gradient."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.base import Array, Objective

#: The step as a share of the size of a coordinate (at least 1): the cube root of the rounding of a double.
_STEP = 6e-6


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
        symmetric: Array = (found + found.swapaxes(0, 1)) / 2
    return symmetric
