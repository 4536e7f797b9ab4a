"""Evaluations that the runs of a race asked for: how often, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gdsim.simulation.methods.follow import follow
from gdsim.simulation.methods.records import Counts, Marks

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: So many numbers of one run are kept where it is run once more: 1 GB.
_ROOM = 2**27


class Evaluations(NamedTuple):
    """Counts of what every run had asked for by each step, each ``(steps + 1, optimizers, runs)``, read-only.

    A gradient by differences counts as one. After its end a run asks for nothing more; of a method that looked for a
    further step in vain, that is counted as well.
    """

    values: Counts
    gradients: Counts
    hessians: Counts

    @property
    def total(self) -> Counts:
        """All together."""
        return self.values + self.gradients + self.hessians


def evaluations_of(race: Trajectories) -> Evaluations:
    """Count: a rule takes one gradient a step, and a value where its schedule watches the loss."""
    counts = np.zeros((3, race.steps + 1, *race.ended.shape), dtype=np.int64)
    for (o, r), record in race.records.items():
        counts[:, :, o, r] = record.filled(race.steps, int(race.ended[o, r])).T
    rules = [o for o in range(len(race.lanes)) if (o, 0) not in race.records]
    counts[1][:, rules] = np.minimum(np.arange(race.steps + 1)[:, None, None], race.ended[rules])
    watching = [o for o in rules if race.lanes[o].plateau]
    counts[0][:, watching] = counts[1][:, watching]
    counts.flags.writeable = False
    return Evaluations(*counts)


def marks_of(race: Trajectories, optimizer: int, run: int) -> Marks:
    """The marks of one run; of a rule there are none, nor of a run that is too large even for itself.

    Where those of all runs were too many to keep, it is run once more.
    """
    record = race.records.get((optimizer, run))
    none = Marks(np.empty((0, race.objective.dimension)), np.zeros(race.steps + 1, dtype=np.int64), None)
    if record is None:
        return none
    if record.marks is not None:
        return record.marks
    again = race.positions[: len(record.counts), optimizer, :, run].copy()
    with np.errstate(all="ignore"):
        return (
            follow(race.course, race.lanes[optimizer], again, record.tolerance, lambda _: False, _ROOM)[1].marks or none
        )
