"""Runs by numpy, in portions that stay in the processor's cache."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.array_steps import ArraySteps
from gdsim.simulation.maps.runs.found_ends import Ends, Indices, Pulse
from gdsim.simulation.maps.runs.plan import Plan

#: So many runs go on together, and so many steps between two looks at which of them have ended.
ARRAY_PORTION, _BLOCK = 2**13, 8
#: So many runs are looked at closely at once: all their positions within a block are kept for it.
_CLOSELY = 2**12
#: Once such a share has ended, the others go on by themselves.
_ENDED = 0.25


def run_arrays(plan: Plan, starts: Array, settings: dict[str, Array], ends: Ends, pulse: Pulse) -> None:
    """Fill the ends of a portion of runs from starts ``(d, runs)``."""
    _Portion(plan, starts, settings, ends).run(pulse)


class _Portion:
    """Portion of the runs, which go on together."""

    def __init__(self, plan: Plan, starts: Array, settings: dict[str, Array], ends: Ends) -> None:
        self._plan, self._ends, self._runs = plan, ends, np.arange(starts.shape[1])
        self._active = np.ones(len(self._runs), dtype=bool)
        self._fast = plan.radius > 0
        self._steps = ArraySteps(plan)
        self._rows = plan.first_rows(starts, settings, len(self._runs))
        # the square of a gradient is rounded, and of a short one it may be 0
        self._short = max(plan.tolerance**2 * (1 + 1e-6), 1e-300) if plan.tolerance > 0 else -1.0

    def run(self, pulse: Pulse) -> bool:
        """Take all steps; whether it came to the end."""
        t, plan = 0, self._plan
        if plan.steps == 0:
            self._look_closely(np.arange(len(self._runs)), self._rows, 0, 0)
        while t < plan.steps and len(self._runs):
            give_up_if_unwanted()
            count = plan.block(t, _BLOCK)
            self._go_on(t, count)
            t += count
            self._ends.watch(plan, self._runs, t, self._rows[: plan.dimension])
            if t < plan.steps and pulse(t / plan.steps):
                self._note(t, Kind.CANCELLED)
                return False
        self._note(t, Kind.OUT_OF_STEPS)
        return not pulse(1.0)

    def _go_on(self, t: int, count: int) -> None:
        """Take steps t + 1 … t + count, and take out what has ended if that is much."""
        if self._fast:
            before, low = self._rows.copy(), np.full(len(self._runs), np.inf)
            sizes = np.abs(before[: self._plan.dimension])
            self._steps.take(self._rows, t, count, None, (low, sizes))
            suspects = self._suspects(low, sizes)
        else:
            before, suspects = self._rows, np.flatnonzero(self._active)
        for first in range(0, len(suspects), _CLOSELY):
            give_up_if_unwanted()
            self._look_closely(suspects[first : first + _CLOSELY], before, t, count)
        if np.count_nonzero(self._active) <= (1 - _ENDED) * len(self._runs):
            self._keep(np.flatnonzero(self._active))

    def _suspects(self, low: Array, sizes: Array) -> Indices:
        """The runs that may have ended: their gradient was short, or they were too far out to tell."""
        found = low <= self._short
        for size in sizes:
            # what is no number is not within it, either
            found |= ~(size <= self._plan.radius)
        return np.flatnonzero(found & self._active)

    def _look_closely(self, some: Indices, before: Array, t: int, count: int) -> None:
        """Take the steps, or take them again, with some of the runs, and find out which of them end."""
        rows = np.ascontiguousarray(before[:, some])
        positions = np.empty((count + 1, self._plan.dimension, len(some)))
        positions[0] = rows[: self._plan.dimension]
        self._steps.take(rows, t, count, positions[1:])
        if not self._fast:
            self._rows[:, some] = rows
        over = self._ends.find(self._plan, self._runs[some], positions, t)
        self._active[some[over]] = False

    def _note(self, t: int, kind: Kind) -> None:
        """Note that the runs that have not ended do so after t steps, where they are."""
        some = np.flatnonzero(self._active)
        self._ends.note(self._runs[some], self._rows[: self._plan.dimension, some], t, kind)

    def _keep(self, some: Indices) -> None:
        """Go on with some of the runs alone."""
        self._rows, self._runs = np.ascontiguousarray(self._rows[:, some]), self._runs[some]
        self._active = np.ones(len(some), dtype=bool)
