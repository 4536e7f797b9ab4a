"""Finding out where each run ended, and holding it there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.kinds import Kind
from gdsim.simulation.trajectories import Trajectories, norm

#: Points worked on at once, so that what is in between stays in the cache; of a model, points times its examples and
#: parameters, and points at least: a block takes a few milliseconds, so that whoever waits is soon served.
_BLOCK, _WORK, _FEWEST = 2**14, 2**20, 64
#: A point farther out than this many bounds is lost, not outside a domain.
_FAR = 1e6


def settle(
    course: Course,
    lanes: tuple[Lane, ...],
    positions: Array,
    done: NDArray[np.int64],
    tolerance: float,
    pulse: Callable[[float], bool] | None = None,
) -> Trajectories:
    """Make trajectories of what the loop left, which knows nothing of endings.

    Parameters
    ----------
    positions
        ``(steps + 1, optimizers, d, runs)``; changed in place.
    done
        ``(optimizers, runs)``: the steps each run took. One that took fewer than all, and has not ended by then, was
        cancelled; where no run took all, the race is as long as the longest.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops. However the
        gradient was worked out on the way, and whatever noise was on it: here it is the exact one.
    pulse
        Called now and then; returning True ends the race where it is.
    """
    ends = _Ends(course.objective, positions, done, tolerance)
    with np.errstate(all="ignore"):
        rows = ends.work_through(pulse)
    positions, losses = positions[:rows], ends.losses[:rows]
    for array in (positions, losses, ends.kinds, ends.ended):
        array.flags.writeable = False
    return Trajectories(course, lanes, positions, losses, ends.kinds, ends.ended, ends.steps)


class _Ends:
    """Goes through a race block by block and notes how each run ends."""

    def __init__(self, objective: Objective, positions: Array, done: NDArray[np.int64], tolerance: float) -> None:
        self.objective = objective
        self.positions = positions
        self.done = done
        self.tolerance = tolerance
        self.steps = len(positions) - 1
        self.losses = np.empty((self.steps + 1, *done.shape))
        self.kinds = np.empty(done.shape, dtype=object)
        self.kinds.fill(Kind.OUT_OF_STEPS)  # np.full would make plain text of it
        self.ended = np.full(done.shape, self.steps)
        self.over = np.zeros(done.shape, dtype=bool)
        #: Where the runs that are over stay.
        self.held = positions[0].copy()
        self.far = _FAR * (1 + float(np.abs(objective.bounds).max()))

    def work_through(self, pulse: Callable[[float], bool] | None) -> int:
        """Settle all runs; the number of rows that are filled."""
        rows = self.steps + 1
        at_once = min(_BLOCK, max(_FEWEST, _WORK // self.objective.effort))
        block = max(1, at_once // max(1, self.done.size))
        for first in range(0, rows, block):
            last = min(first + block, rows)
            self._settle_block(first, last)
            if self.over.all():
                return self._fill_up(last)
            if pulse is not None and last < rows and pulse(1.0):
                self._cancel(np.full_like(self.done, last - 1))
                return last
        return rows

    def _settle_block(self, first: int, last: int) -> None:
        p, losses = self.positions[first:last], self.losses[first:last]
        if self.over.any():
            np.copyto(p, self.held, where=self.over[:, None, :])
        losses[...] = self.objective.value(p.transpose(2, 0, 1, 3))
        lost = ~np.isfinite(losses)
        lost |= ~np.isfinite(p).all(axis=2)
        happened = lost if self.tolerance == 0 else lost | self._converged(first, last)
        if happened.any():
            # nothing counts after a run's last step
            happened &= ~self.over & (np.arange(first, last)[:, None, None] <= self.done)
            for o, r in np.argwhere(happened.any(axis=0)):
                k = int(np.argmax(happened[:, o, r]))
                if lost[k, o, r]:
                    self._lose(o, r, first + k, last)
                else:
                    self._end(Kind.CONVERGED, o, r, first + k, first + k, last)
        self._cancel(np.where(self.done < min(last, self.steps), self.done, self.steps), last)

    def _converged(self, first: int, last: int) -> NDArray[np.bool_]:
        """Which rows have a short gradient at the end of a short step, ``(rows, optimizers, runs)``."""
        found = np.zeros((last - first, *self.over.shape), dtype=bool)
        before = max(first - 1, 0)
        short = norm(np.diff(self.positions[before:last], axis=0), axis=2) <= self.tolerance
        t, o, r = np.nonzero(short & ~self.over)
        t += before + 1
        small = norm(self.objective.gradient(self.positions[t, o, :, r].T), axis=0) <= self.tolerance
        found[t[small] - first, o[small], r[small]] = True
        return found

    def _lose(self, o: int, r: int, step: int, last: int) -> None:
        before = max(step - 1, 0)
        if step > 0 and self._has_no_gradient(self.positions[before, o, :, r]):
            self._end(Kind.NO_GRADIENT, o, r, before, before, last)
            return
        kind = Kind.LEFT_DOMAIN if self._is_undefined(o, r, step, before) else Kind.DIVERGED
        self._end(kind, o, r, step, before, last)

    def _is_undefined(self, o: int, r: int, step: int, before: int) -> bool:
        """Whether it is the function that ends there, rather than the run that goes out of all bounds.

        Not a number: near the bounds only an undefined function gives that; far out, overflow does. Infinite: a pole,
        if it is met where one looks at the function; farther out, overflow may be all there is to it.
        """
        here, left = self.positions[step, o, :, r], self.positions[before, o, :, r]
        if np.isnan(here).any() or np.isnan(self.losses[step, o, r]):
            return bool(np.abs(left).max() < self.far)
        return bool(np.isfinite(here).all()) and self._in_sight(here)

    def _has_no_gradient(self, point: Array) -> bool:
        """Whether a point ``(d,)`` where the function is defined, and that one looks at, has no gradient."""
        return self._in_sight(point) and not np.isfinite(self.objective.gradient(point)).all()

    def _in_sight(self, point: Array) -> bool:
        """Whether a point ``(d,)`` lies within the bounds, or no farther outside than they are wide."""
        low, high = self.objective.bounds.T
        width = high - low
        return bool(((point >= low - width) & (point <= high + width)).all())

    def _cancel(self, done: NDArray[np.int64], last: int = 0) -> None:
        """End the runs that go no farther than `done` ``(optimizers, runs)``."""
        for o, r in np.argwhere(~self.over & (done < self.steps)):
            self._end(Kind.CANCELLED, o, r, int(done[o, r]), int(done[o, r]), last)

    def _end(self, kind: Kind, o: int, r: int, step: int, kept: int, last: int) -> None:
        """End one run at a step; it stays where it was at the step `kept`, up to the row before `last`."""
        self.kinds[o, r], self.ended[o, r], self.over[o, r] = kind, step, True
        self.held[o, :, r] = self.positions[kept, o, :, r]
        self.positions[kept + 1 : last, o, :, r] = self.held[o, :, r]
        self.losses[kept + 1 : last, o, r] = self.losses[kept, o, r]

    def _fill_up(self, last: int) -> int:
        """All runs are over from row `last` on: fill the rest, or leave it away if the race was cancelled."""
        if (self.kinds == Kind.CANCELLED).any() and (self.done < self.steps).all():
            return max(int(self.ended.max()) + 1, 1)
        self.positions[last:] = self.held
        self.losses[last:] = self.losses[last - 1]
        return self.steps + 1
