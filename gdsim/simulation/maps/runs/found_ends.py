"""The ends that were found so far, and what finds out how a run ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.endings.end_finder import EndFinder
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.plan import Plan
from gdsim.simulation.pieces import gradients_at

#: The kinds of ends, by the number that stands for each.
KINDS = tuple(Kind)
CODES = {kind: code for code, kind in enumerate(KINDS)}

Indices = NDArray[np.int64]
#: Which of many: by their numbers, or those from one to another.
Runs = Indices | slice
#: Asked now and then with the share of the work that is done; True stops it.
Pulse = Callable[[float], bool]


def within(pulse: Pulse | None, before: float, share: float) -> Pulse:
    """Ask about a part of the work that begins when so much is done, and is such a share of it."""
    return lambda part: pulse is not None and pulse(before + part * share)


@dataclass(frozen=True, eq=False)
class Ends:
    """The ends of many runs.

    Attributes
    ----------
    positions
        ``(d, runs)``: where each stays.
    steps
        ``(runs,)``: the steps each took.
    kinds
        ``(runs,)``: how each ended, a number in `KINDS`.
    gradients
        ``(watched, d, runs)``: the gradient after each of the steps that were watched, of those that had not ended by
        then.
    """

    positions: Array
    steps: NDArray[np.int32]
    kinds: NDArray[np.int8]
    gradients: Array

    @classmethod
    def cancelled(cls, starts: Array, watched: int = 0) -> Self:
        """Ends of runs that were cancelled at their starts ``(d, runs)``."""
        count = starts.shape[1]
        kinds = np.full(count, CODES[Kind.CANCELLED], np.int8)
        return cls(starts.copy(), np.zeros(count, np.int32), kinds, np.zeros((watched, *starts.shape)))

    def part(self, runs: Runs) -> Ends:
        """Ends of some of the runs, to be filled and then `put`."""
        return Ends(self.positions[:, runs], self.steps[runs], self.kinds[runs], self.gradients[:, :, runs])

    def put(self, runs: Runs, part: Ends) -> None:
        """Take over the ends of some runs; those of a slice are filled in here as they are there."""
        if not isinstance(runs, slice):
            self.positions[:, runs], self.gradients[:, :, runs] = part.positions, part.gradients
            self.steps[runs], self.kinds[runs] = part.steps, part.kinds

    def watch(self, plan: Plan, runs: Runs, t: int, points: Array) -> None:
        """Note the gradients of some runs, at points ``(d, runs)``, if the steps they have taken are watched."""
        if t in plan.watched:
            self.gradients[plan.watched.index(t)][:, runs] = gradients_at(plan.course.objective, points)

    def note(self, runs: Indices, positions: Array, steps: int | Array, kind: Kind) -> None:
        """Note how some runs end, at positions ``(d, runs)``."""
        self.positions[:, runs] = positions
        self.steps[runs] = steps
        self.kinds[runs] = CODES[kind]

    def find(self, plan: Plan, runs: Indices, positions: Array, before: int | NDArray[np.int64]) -> NDArray[np.bool_]:
        """Find out which runs end within some steps, and note it; ``(runs,)``: whether they do.

        Parameters
        ----------
        positions
            ``(steps + 1, d, runs)``: the first row is where they were before; changed.
        before
            The steps that each had taken by then.
        """
        finder = EndFinder(plan.course.objective, positions[:, None], plan.tolerance)
        finder.settle()
        over: NDArray[np.bool_] = finder.over[0]
        some = np.flatnonzero(over)
        if some.size:
            self.positions[:, runs[some]] = finder.held[0][:, some]
            self.steps[runs[some]] = np.broadcast_to(before, runs.shape)[some] + finder.ended[0, some]
            kinds = finder.kinds[0, some]
            for kind in set(kinds.tolist()):
                self.kinds[runs[some[kinds == kind]]] = CODES[kind]
        return over
