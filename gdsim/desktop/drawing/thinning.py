"""What of a race is drawn: pure decisions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

#: More runs of an optimizer than these are not drawn: nobody could tell them apart.
MOST_RUNS = 64
#: With more points than these only every so many-th step is drawn.
MOST_POINTS = 300_000


@dataclass(frozen=True, eq=False)
class Drawn:
    """The part of a race that is drawn.

    Attributes
    ----------
    steps
        Which steps, ``(k,)``, ascending, from 0 to the last.
    positions
        ``(k, optimizers, d, runs)``.
    losses
        ``(k, optimizers, runs)``.
    """

    steps: NDArray[np.int64]
    positions: Array
    losses: Array

    @property
    def runs(self) -> int:
        """How many runs of each optimizer are drawn."""
        return int(self.positions.shape[-1])


def drawn(race: Trajectories) -> Drawn:
    """Decide which runs and steps of a race are drawn."""
    runs = min(race.runs, MOST_RUNS)
    points = (race.steps + 1) * len(race.rules) * runs
    stride = max(1, -(-points // MOST_POINTS))
    steps = np.unique(np.append(np.arange(0, race.steps + 1, stride), race.steps))
    if stride == 1:
        return Drawn(steps, race.positions[..., :runs], race.losses[..., :runs])
    return Drawn(steps, race.positions[steps][..., :runs], race.losses[steps][..., :runs])


def kept_points(x: Array, y: Array) -> NDArray[np.bool_]:
    """Which points of paths ``(k, …)`` in pixels are drawn: those half a pixel from the one before."""
    keep = np.ones(x.shape, dtype=bool)
    cell_x, cell_y = np.rint(2 * x).astype(np.int32), np.rint(2 * y).astype(np.int32)
    keep[1:] = (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    return keep
