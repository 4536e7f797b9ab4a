"""Evaluations that a method asked for on its way, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Marks:
    """The points that one run of a method tried, and its simplex at each iterate; read-only.

    Attributes
    ----------
    points
        ``(n, d)``: all of them, in order.
    ends
        ``(steps + 1,)``: how many had been tried when the run came to each iterate.
    simplices
        ``(steps, d + 1, d)``: after each step, the best vertex first; None for a method that has none.
    """

    points: Array
    ends: Counts
    simplices: Array | None

    def tried(self, step: int) -> Array:
        """The points tried for a step, from 1, ``(d, n)``; after the last step, those that led nowhere."""
        first = int(self.ends[min(step, len(self.ends)) - 1]) if step > 0 else len(self.points)
        last = int(self.ends[step]) if step < len(self.ends) else len(self.points)
        # behind the step that led nowhere there is nothing
        return self.points[first:last].T if step <= len(self.ends) else self.points[:0].T

    def simplex(self, step: int) -> Array | None:
        """The simplex at a step, ``(d, d + 1)``; None where there is none."""
        if self.simplices is None or not 0 < step < len(self.ends):
            return None
        found: Array = self.simplices[step - 1].T
        return found


@dataclass(frozen=True, eq=False)
class Record:
    """Evaluations that one run of a method asked for.

    Attributes
    ----------
    counts
        ``(steps + 1, 3)``: how many values, gradients and Hessians it had asked for when it came to each iterate.
    total
        ``(3,)``: in all; more than at its last iterate, if it looked for a further one in vain.
    tolerance
        That of the race.
    marks
        The points it tried; None where they are so many that they are found out anew when they are asked for.
    """

    counts: Counts
    total: Counts
    tolerance: float
    marks: Marks | None

    @property
    def size(self) -> int:
        """Count the numbers that are kept of what it tried."""
        if self.marks is None:
            return 0
        return self.marks.points.size + (0 if self.marks.simplices is None else self.marks.simplices.size)

    def filled(self, steps: int, end: int) -> Counts:
        """The counts of a race of so many steps, ``(steps + 1, 3)``, whose run ended at one: there they stay."""
        along = np.concatenate([self.counts, self.total[None]])
        found: Counts = along[np.minimum(np.minimum(np.arange(steps + 1), end), len(along) - 1)]
        return found
