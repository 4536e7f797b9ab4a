"""The cost of each step's batch, where the step starts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

#: Whole numbers.
Counts = Sequence[int] | NDArray[np.int64]


def batch_losses(race: Trajectories, runs: Counts, steps: Counts | None = None) -> Array:
    """The losses that steps went by, of one run of each optimizer.

    Parameters
    ----------
    runs
        ``(optimizers,)``: the run of each.
    steps
        ``(k,)``: which steps, counted from 1; all of them if None.

    Returns
    -------
    Array
        ``(k, optimizers)``: the cost over the batch of step t at the iterate that it starts from, ``positions[t - 1]``;
        nan where a run has ended before.
    """
    lanes: NDArray[np.int64] = np.arange(len(race.rules))
    chosen = np.asarray(runs, dtype=np.int64)
    asked = np.arange(1, race.steps + 1) if steps is None else np.asarray(steps, dtype=np.int64)
    found = np.full((len(asked), len(lanes)), np.nan)
    if len(lanes) == 0:
        return found
    stepwise = race.course.stepwise
    for row, t in zip(found, asked.tolist(), strict=True):
        starts = race.positions[t - 1, lanes, :, chosen]
        row[:] = stepwise.at(t).value(np.ascontiguousarray(starts.T))
    found[asked[:, None] > race.ended[lanes, chosen]] = np.nan
    return found
