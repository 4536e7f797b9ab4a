"""The motion of a run at its end: seen in its last steps, not worked out from its rule."""

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
    """The motion of a run that used up its steps, or that was lost."""

    ON_THE_WAY = "on the way"
    STILL = "still"  # where it is, though it has not converged
    GROWING = "growing"  # its steps are longer and longer: η is too large
    RUNAWAY = "runaway"  # f falls without end along its way; uphill, it rises
    FLUNG = "flung"  # far out, higher than where it began
    CYCLING = "cycling"  # between some points, or in bursts, for ever
    NOISY = "noisy"  # kept moving by noise, or by batches
    SHRINKING = "shrinking"  # to and fro, less each time
    ENDED = "ended"  # its method found no further step
    CREEPING = "creeping"  # the same way, by steps that are tiny beside what lies before it


#: So many steps at the end are looked at, or all of a shorter run; in so many parts.
_LAST, _PARTS = 2000, 8
#: A run goes on as before if the steps of its second half are, by their longest or by their mean, no shorter than
#: these shares of those of its first.
_STEADY, _STEADY_MEAN = 0.8, 0.7
#: A run goes to and fro if the second half of its steps brings it no farther than this share of their length.
_STRAIGHT = 0.5
#: A run that stays gains nothing if the mean of f falls by no more than this share of how far it goes up and down.
_GAIN = 0.25
#: A run creeps if the last quarter of its steps brings it no farther than this share of the bounds, and if its gradient
#: is afterwards no shorter than that share of what it was before. What runs away falls by no less in the last quarter
#: than that share of what it fell by in the one before.
_CREEPING_WAY, _KEPT_SLOPE = 0.02, 0.8
#: Nor is its slope a smaller share than this of that at its start.
_STEEP = 0.1
#: Of fewer steps that is not said.
_FEWEST = 20
#: A cycle has no more points than these; it has come back to each, but for that share of its width, so many times.
_LONGEST, _SAME, _ROUNDS = 16, 1e-6, 3
#: A run that is flung out is farthest out after so many steps.
_FLUNG = 10


def motion_of(race: Trajectories, optimizer: int, run: int) -> Motion:
    """Classify how one run of a race moves in the last steps that it took."""
    lost = race.is_lost(optimizer, run)
    # a lost run stays where it was a step before its end
    end = min(int(race.ended[optimizer, run]) - int(lost), race.steps, race.last_move(optimizer, run))
    first, end = max(0, end - _LAST), max(end, 0) + 1
    with np.errstate(all="ignore"):
        points, losses = race.positions[:end, optimizer, :, run], race.losses[first:end, optimizer, run]
        sign = -1.0 if race.ascent else 1.0
        began = sign * float(race.losses[0, optimizer, run])
        moves = _Moves(race, points[first:], sign * losses, points[: _FLUNG + 1], began, lost)
        if race.gave_up(optimizer, run):
            return moves.kind_of_ended()
        return moves.kind()


@dataclass(frozen=True)
class _Moves:
    """The last iterates of a run.

    Attributes
    ----------
    points, losses
        ``(k + 1, d)`` and ``(k + 1,)``; uphill, the losses have their sign turned.
    beginning, began
        Its first points ``(n, d)``, and the loss at its start, likewise.
    lost
        Whether there is a step after them that leads to no number.
    """

    race: Trajectories
    points: Array
    losses: Array
    beginning: Array
    began: float
    lost: bool

    @cached_property
    def steps(self) -> Array:
        """From each to the next, in widths of the bounds, ``(k, d)``."""
        found: Array = np.diff(self.points, axis=0) / self._width
        return found

    @property
    def _width(self) -> Array:
        low, high = self.race.objective.bounds.T
        found: Array = high - low
        return found

    @cached_property
    def lengths(self) -> Array:
        """The length of each step, ``(k,)``."""
        found: Array = np.sqrt(np.sum(self.steps * self.steps, axis=1))
        return found

    def kind(self) -> Motion:
        """The name of the motion."""
        if not (self.lost or self.lengths[-self._quarter :].any()):
            return Motion.STILL
        if self._runs_away():
            return Motion.RUNAWAY
        if self._grows():
            return Motion.GROWING
        if self._is_flung():
            return Motion.FLUNG
        return self._to_and_fro() or (Motion.CREEPING if self._creeps() else Motion.ON_THE_WAY)

    def kind_of_ended(self) -> Motion:
        """The name of the motion of a run whose method found no further step."""
        return Motion.RUNAWAY if self._runs_away() else Motion.ENDED

    def _to_and_fro(self) -> Motion | None:
        """The motion if it goes to and fro; None if it does not."""
        turns = self._turns()
        if turns and self._is_cycle():
            return Motion.CYCLING
        course, stays = self.race.course, self._stays()
        if stays and (course.noise > 0 or course.epoch_steps > 1):
            return Motion.NOISY
        if not turns:
            return None
        if not stays or self._shrinks():
            return Motion.SHRINKING
        return Motion.ON_THE_WAY if self._gains() else Motion.CYCLING

    @property
    def _quarter(self) -> int:
        return len(self.lengths) // 4 or 1

    def _grows(self) -> bool:
        """Return whether its steps are longer and longer, and lead up."""
        if len(self.lengths) == 0:
            return self.lost
        if not self.losses[-1] > max(self.losses[0], self.began):
            return False
        return self.lost or bool((np.diff(_peaks(self.lengths)) > 0).all() and (np.diff(_peaks(self.losses)) > 0).all())

    def _runs_away(self) -> bool:
        """Return whether f falls and falls out of all bounds, no less than before; not where it is known to end."""
        if len(self.lengths) == 0 or self.race.objective.is_bounded(self.race.ascent):
            return False
        falls = self.losses[-1] < min(self.began, self.losses[:-1].min())
        if self.lost:
            return bool(falls)
        quarter, bottoms = self._quarter, -_peaks(-self.losses)
        last = self.losses[-1 - quarter] - self.losses[-1]
        before = self.losses[-1 - 2 * quarter] - self.losses[-1 - quarter] if len(self.losses) > 2 * quarter else last
        goes_on = (np.diff(bottoms[len(bottoms) // 2 :]) < 0).all() and last >= _KEPT_SLOPE * before > 0
        if not (falls and goes_on and self._is_outside() and self._slope_stays()):
            return False
        # far out on a plain that rises to a wall behind it, all that falls is next to nothing
        began, now = self._slopes(np.stack([self.beginning[0], self.points[-1]]))
        return bool(now >= _STEEP * began)

    def _is_flung(self) -> bool:
        """Return whether its first steps brought it out of all bounds, higher than it began, and none farther."""
        if not (self.losses[-1] > self.began and self._is_outside()):
            return False
        first, later = (
            np.sqrt(np.sum(((points - self.beginning[0]) / self._width) ** 2, axis=1)).max()
            for points in (self.beginning, self.points)
        )
        return bool(first >= later)

    def _is_cycle(self) -> bool:
        """Return whether it comes back to the same points again and again."""
        for period in range(1, min(_LONGEST, (len(self.points) - 1) // _ROUNDS) + 1):
            last = self.points[-_ROUNDS * period - 1 :]
            width = np.ptp(last, axis=0)
            if width.any() and (np.abs(last[period:] - last[:-period]) <= _SAME * width).all():
                return True
        return False

    def _is_outside(self) -> bool:
        """Return whether it is farther outside the bounds than these are wide."""
        low, high = self.race.objective.bounds.T
        point, width = self.points[-1], self._width
        return bool(((point < low - width) | (point > high + width)).any())

    def _slope_stays(self) -> bool:
        """Return whether the gradient at the end is about as long as it was before the last quarter, or longer."""
        before, now = self._slopes(self.points[[-1 - self._quarter, -1]])
        return bool(now >= _KEPT_SLOPE * before > 0)

    def _slopes(self, points: Array) -> Array:
        """The length of the gradient at points ``(n, d)``, ``(n,)``."""
        found: Array = np.sqrt(np.sum(self.race.objective.gradient(points.T) ** 2, axis=0))
        return found

    def _stays(self) -> bool:
        """Return whether its steps are as long as before; how it began does not count."""
        first, half = len(self.lengths) // 4, 5 * len(self.lengths) // 8
        if half <= first:
            return False
        before, after = self.lengths[first:half], self.lengths[half:]
        return bool(after.max() >= _STEADY * before.max() or after.mean() >= _STEADY_MEAN * before.mean())

    def _shrinks(self) -> bool:
        """Return whether its steps are shorter and shorter, if by very little, and not towards a length they keep."""
        peaks = _peaks(self.lengths)
        apart = (len(peaks) - 1) // 2
        if apart == 0:
            return False
        first, second = np.diff(peaks[[-1 - 2 * apart, -1 - apart, -1]])
        # Aitken's extrapolation of three of them
        end = peaks[-1] - second * second / (second - first)
        return bool((np.diff(peaks) < 0).all() and abs(end) < peaks[-1] / 2)

    def _turns(self) -> bool:
        """Return whether it goes to and fro."""
        half = len(self.lengths) // 2
        return len(self.lengths) > 1 and self._way(half) < _STRAIGHT * float(self.lengths[half:].sum())

    def _way(self, first: int) -> float:
        """The distance that its steps from one on bring it."""
        return float(np.sqrt(np.sum(self.steps[first:].sum(axis=0) ** 2)))

    def _gains(self) -> bool:
        """Return whether f is lower in the second half of its steps."""
        half = len(self.losses) // 2
        first, second = self.losses[:half], self.losses[half:]
        return bool(first.mean() - second.mean() > _GAIN * (self.losses.max() - self.losses.min()))

    def _creeps(self) -> bool:
        """Return whether its steps are tiny beside what lies before it."""
        return len(self.lengths) >= _FEWEST and self._way(-self._quarter) < _CREEPING_WAY and self._slope_stays()


def _peaks(numbers: Array) -> Array:
    """The highest of each of some parts of the last numbers, all as long, in order."""
    parts = min(_PARTS, len(numbers))
    size = len(numbers) // parts
    peaks: Array = numbers[-parts * size :].reshape(parts, size).max(axis=1)
    return peaks
