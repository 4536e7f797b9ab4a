"""What of a race is drawn: pure decisions, no Qt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

#: More points than these are not drawn: runs beyond are left out.
_MOST_POINTS = 600_000


def drawn_runs(trajectories: Trajectories) -> int:
    """How many runs of each optimizer are drawn."""
    points = len(trajectories.positions) * max(1, len(trajectories.rules))
    return max(1, min(trajectories.runs, _MOST_POINTS // points))


def kept_points(x: Array, y: Array) -> NDArray[np.bool_]:
    """Which points of paths ``(steps + 1, …)`` in pixels are drawn: those half a pixel from the one before."""
    keep = np.ones(x.shape, dtype=bool)
    cell_x, cell_y = np.rint(2 * x).astype(np.int32), np.rint(2 * y).astype(np.int32)
    keep[1:] = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    return keep
