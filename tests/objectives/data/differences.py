"""Gradients by central differences of the value."""

import numpy as np


def by_differences(objective, points, h=1e-5):
    """At points ``(d, …)``, as ``(d, …)``."""
    found = np.empty(points.shape)
    for i in range(len(points)):
        above, below = points.copy(), points.copy()
        above[i] += h
        below[i] -= h
        found[i] = (objective.value(above) - objective.value(below)) / (2 * h)
    return found
