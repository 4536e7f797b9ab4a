"""How a run moves at its end: seen in its last steps, not worked out from its rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Array

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories


class Motion(StrEnum):
    """How a run moves that used up its steps, or that was lost."""

    ON_THE_WAY = "on the way"
    STILL = "still"  # where it is, though it has not converged
    GROWING = "growing"  # its steps are longer and longer: η is too large
    RUNAWAY = "runaway"  # f falls without end along its way; uphill, it rises
    FLUNG = "flung"  # far out, higher than where it began
    CYCLING = "cycling"  # between some points, or in bursts, for ever
    NOISY = "noisy"  # kept moving by noise, or by batches
    SHRINKING = "shrinking"  # to and fro, less each time
    CREEPING = "creeping"  # the same way, by steps that are tiny beside what lies before it


#: So many steps at the end are looked at, or all of a shorter run; in so many parts.
_LAST, _PARTS = 2000, 8
#: A run goes on as before if the longest step of its second half is no shorter than this share of that of its first.
_STEADY = 0.8
#: A run goes to and fro if the second half of its steps brings it no farther than this share of their length.
_STRAIGHT = 0.5
#: A run that stays gains nothing if the mean of f falls by no more than this share of how far it goes up and down.
_GAIN = 0.1
#: A run creeps if the last quarter of its steps brings it no farther than this share of the bounds, and if its gradient
#: is afterwards no shorter than that share of what it was before; the slope of one that runs away stays as well.
_CREEPING_WAY, _KEPT_SLOPE = 0.02, 0.8
#: Of fewer steps that is not said.
_FEWEST = 20


def motion_of(race: Trajectories, optimizer: int, run: int) -> Motion:
    """How one run of a race moves in the last steps that it took."""
    lost = race.is_lost(optimizer, run)
    # a lost run stays where it was a step before its end
    end = min(int(race.ended[optimizer, run]) - int(lost), race.steps)
    seen = slice(max(0, end - _LAST), max(end, 0) + 1)
    with np.errstate(all="ignore"):
        points, losses = race.positions[seen, optimizer, :, run], race.losses[seen, optimizer, run]
        sign = -1.0 if race.ascent else 1.0
        first = sign * float(race.losses[0, optimizer, run])
        return _Moves(race, points, sign * losses, first, lost).kind()


@dataclass(frozen=True)
class _Moves:
    """The last iterates of a run.

    Attributes
    ----------
    points, losses
        ``(k + 1, d)`` and ``(k + 1,)``; uphill, the losses have their sign turned.
    first
        The loss at its start, likewise.
    lost
        Whether there is a step after them that leads to no number.
    """

    race: Trajectories
    points: Array
    losses: Array
    first: float
    lost: bool

    @cached_property
    def steps(self) -> Array:
        """From each to the next, in widths of the bounds, ``(k, d)``."""
        low, high = self.race.objective.bounds.T
        found: Array = np.diff(self.points, axis=0) / (high - low)
        return found

    @cached_property
    def lengths(self) -> Array:
        """How long each step is, ``(k,)``."""
        found: Array = np.sqrt(np.sum(self.steps * self.steps, axis=1))
        return found

    def kind(self) -> Motion:
        """What it is called."""
        course, last_quarter = self.race.course, self.lengths[-(len(self.lengths) // 4 or 1) :]
        if not (self.lost or last_quarter.any()):
            return Motion.STILL
        if self._runs_away():
            return Motion.RUNAWAY
        if self._grows():
            return Motion.GROWING
        if self.losses[-1] > self.first and self._is_outside():
            return Motion.FLUNG
        stays, turns = self._stays(), self._turns()
        if stays and (course.noise > 0 or course.epoch_steps > 1):
            return Motion.NOISY
        if turns and stays:
            return Motion.ON_THE_WAY if self._gains() else Motion.CYCLING
        if turns:
            return Motion.SHRINKING
        return Motion.CREEPING if self._creeps() else Motion.ON_THE_WAY

    def _grows(self) -> bool:
        """Whether its steps are longer and longer, and lead up."""
        if len(self.lengths) == 0:
            return self.lost
        if not self.losses[-1] > self.losses[0]:
            return False
        return self.lost or bool((np.diff(_peaks(self.lengths)) > 0).all() and (np.diff(_peaks(self.losses)) > 0).all())

    def _runs_away(self) -> bool:
        """Whether f falls and falls on its way, out of all bounds, along a slope that stays."""
        if len(self.lengths) == 0 or (np.diff(-_peaks(-self.losses)) >= 0).any():
            return False
        return (self.lost or self._is_outside()) and self._slope_stays()

    def _is_outside(self) -> bool:
        """Whether it is farther outside the bounds than these are wide."""
        low, high = self.race.objective.bounds.T
        point, width = self.points[-1], high - low
        return bool(((point < low - width) | (point > high + width)).any())

    def _slope_stays(self) -> bool:
        """Whether the gradient at the end is about as long as it was before the last quarter, or longer."""
        before = -1 - (len(self.lengths) // 4 or 1)
        slopes = np.sqrt(np.sum(self.race.objective.gradient(self.points[[before, -1]].T) ** 2, axis=0))
        return bool(slopes[1] >= _KEPT_SLOPE * slopes[0] > 0)

    def _stays(self) -> bool:
        """Whether its longest steps are as long as before; how it began does not count."""
        first, half = len(self.lengths) // 4, 5 * len(self.lengths) // 8
        return half > first and bool(self.lengths[half:].max() >= _STEADY * self.lengths[first:half].max())

    def _turns(self) -> bool:
        """Whether it goes to and fro."""
        half = len(self.lengths) // 2
        return len(self.lengths) > 1 and self._way(half) < _STRAIGHT * float(self.lengths[half:].sum())

    def _way(self, first: int) -> float:
        """How far its steps from one on bring it."""
        return float(np.sqrt(np.sum(self.steps[first:].sum(axis=0) ** 2)))

    def _gains(self) -> bool:
        """Whether f is lower in the second half of its steps."""
        half = len(self.losses) // 2
        first, second = self.losses[:half], self.losses[half:]
        return bool(first.mean() - second.mean() > _GAIN * (self.losses.max() - self.losses.min()))

    def _creeps(self) -> bool:
        """Whether its steps are tiny beside what lies before it."""
        quarter = len(self.lengths) // 4 or 1
        return len(self.lengths) >= _FEWEST and self._way(-quarter) < _CREEPING_WAY and self._slope_stays()


def _peaks(numbers: Array) -> Array:
    """The highest of each part, in order."""
    parts = np.array_split(numbers, min(_PARTS, len(numbers)))
    return np.array([part.max() for part in parts])
