"""Finding out where each run ended, and holding it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import InterruptedWorkError
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.lost import LostRuns
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.pieces import at_once, in_pieces, norm, slopes_at
from gdsim.simulation.trajectories import Trajectories

Indices = NDArray[np.int64]


class _Ended(NamedTuple):
    """Runs that end within a block, each ``(n,)``.

    Attributes
    ----------
    o, r
        The optimizer and the run.
    step, kept
        The step at which it ends, and that at which it stays.
    kinds
        How it ends.
    """

    o: Indices
    r: Indices
    step: Indices
    kept: Indices
    kinds: NDArray[np.object_]


class EndFinder:
    """Makes trajectories of what the loop leaves, which knows nothing of endings, block by block.

    Parameters
    ----------
    positions
        ``(steps + 1, optimizers, d, runs)``; changed in place.
    tolerance
        See `descend.race`.
    """

    def __init__(self, objective: Objective, positions: Array, tolerance: float) -> None:
        steps, optimizers, _, runs = positions.shape
        self.objective = objective
        self.positions = positions
        self.tolerance = tolerance
        self.steps: int = steps - 1
        #: The steps each run took.
        self.done: Indices = np.full((optimizers, runs), self.steps)
        self.losses = np.empty((steps, optimizers, runs))
        self.kinds = _kinds((optimizers, runs), Kind.OUT_OF_STEPS)
        self.ended: Indices = np.full((optimizers, runs), self.steps)
        self.over = np.zeros((optimizers, runs), dtype=bool)
        #: The places at which the runs that are over stay.
        self.held = positions[0].copy()
        self._lost = LostRuns(objective)
        some = at_once(objective)
        #: The first row that is not settled, so many are at a time, and so many runs of them at once.
        self._first, self._block = 0, max(1, some // max(1, self.over.size))
        self._band = max(1, some // max(1, optimizers))

    def follow(self, done: int) -> None:
        """Settle what is there of a race that has done so many steps, in whole blocks."""
        while self._first + self._block <= done + 1:
            self._close_block(self._first + self._block)

    def settle(self) -> None:
        """Find out which runs end within the rows that are there, and where."""
        with np.errstate(all="ignore"):
            while self._first <= self.steps and not self.over.all():
                self._close_block(min(self._first + self._block, self.steps + 1))

    def trajectories(
        self,
        course: Course,
        lanes: tuple[Lane, ...],
        done: Indices,
        pulse: Callable[[float], bool] | None = None,
    ) -> Trajectories:
        """The trajectories of a race, of which there may be less than was asked for.

        Parameters
        ----------
        done
            ``(optimizers, runs)``: the steps each run took. One that took fewer than all, and has not ended by then,
            was cancelled; where no run took all, the race is as long as the longest.
        pulse
            Called now and then; returning True ends the race where it is. None if it was asked before.
        """
        self.done = done
        with np.errstate(all="ignore"):
            rows = self._work_through(pulse)
        positions, losses = self.positions[:rows], self.losses[:rows]
        for array in (positions, losses, self.kinds, self.ended):
            array.flags.writeable = False
        return Trajectories(course, lanes, positions, losses, self.kinds, self.ended, self.steps)

    def _work_through(self, pulse: Callable[[float], bool] | None) -> int:
        """Settle all runs; the number of rows that are filled."""
        rows = min(int(self.done.max(initial=0)), self.steps) + 1
        while self._first < rows:
            try:
                self._close_block(min(self._first + self._block, rows))
            except InterruptedWorkError:
                if self._first == 0 or not (pulse is None or pulse(1.0)):
                    raise
                return self._cut()
            if self.over.all():
                break
            if pulse is not None and self._first < rows and pulse(1.0):
                return self._cut()
        self._cancel(self.done, self._first)
        return self._fill_up(self._first) if self.over.all() else self._first

    def _cut(self) -> int:
        """End the race with what is settled; the number of rows."""
        self._cancel(np.full_like(self.done, self._first - 1), self._first)
        return self._first

    def _close_block(self, last: int) -> None:
        """Settle the rows up to one, all or none of them: one may give up before anything is noted."""
        first, runs = self._first, self.over.shape[1]
        bands = (slice(k, min(k + self._band, runs)) for k in range(0, runs, self._band))
        found = [self._found(first, last, band) for band in bands]
        for ended in found:
            if ended is not None:
                self._end(ended, first, last)
        self._first = last
        self._cancel(np.where(self.done < min(last, self.steps), self.done, self.steps), last)

    def _found(self, first: int, last: int, band: slice) -> _Ended | None:
        """Find the runs that end within a block, whose losses are filled in."""
        p, losses, over = self.positions[first:last, :, :, band], self.losses[first:last, :, band], self.over[:, band]
        if over.any():
            # the loop, which knows of no ends, has gone on with these
            np.copyto(p, self.held[:, :, band], where=over[:, None, :])
        losses[...] = in_pieces(self.objective, self.objective.value, p.transpose(2, 0, 1, 3))
        lost = ~np.isfinite(losses)
        # f may be a number where the point is none, as 1/x is at infinity
        lost |= ~np.isfinite(p).all(axis=2)
        happened = lost if self.tolerance == 0 else lost | self._converged(first, last, band)
        if not happened.any():
            return None
        # nothing counts after a run's last step
        happened &= ~over & (np.arange(first, last)[:, None, None] <= self.done[:, band])
        o, r = np.nonzero(happened.any(axis=0))
        if o.size == 0:
            return None
        k = np.argmax(happened[:, o, r], axis=0)
        is_lost, step = lost[k, o, r], first + k
        # a copy, as runs that are lost stay at another step than that at which they end
        ended = _Ended(o, r + band.start, step, step.copy(), _kinds(o.shape, Kind.CONVERGED))
        if is_lost.any():
            self._lose(ended, np.flatnonzero(is_lost))
        return ended

    def _converged(self, first: int, last: int, band: slice) -> NDArray[np.bool_]:
        """Mark the rows with a short gradient at the end of a short step, ``(rows, optimizers, runs)``."""
        over, before = self.over[:, band], max(first - 1, 0)
        found = np.zeros((last - first, *over.shape), dtype=bool)
        short = norm(np.diff(self.positions[before:last, :, :, band], axis=0), axis=2) <= self.tolerance
        # the gradient, which costs more, is worked out only where the step is short
        t, o, r = np.nonzero(short & ~over)
        t += before + 1
        small = slopes_at(self.objective, self.positions[t, o, :, r + band.start].T) <= self.tolerance
        found[t[small] - first, o[small], r[small]] = True
        return found

    def _lose(self, ended: _Ended, lost: Indices) -> None:
        """Say of some of the runs that end how they are lost: where they came to there is no number."""
        o, r, step = ended.o[lost], ended.r[lost], ended.step[lost]
        before = np.maximum(step - 1, 0)
        left, here = self.positions[before, o, :, r].T, self.positions[step, o, :, r].T
        undefined = self._lost.left_domain(left, here, self.losses[step, o, r])
        ended.kinds[lost] = Kind.DIVERGED
        ended.kinds[lost[undefined]] = Kind.LEFT_DOMAIN
        ended.kept[lost] = before
        none = lost[(step > 0) & self._lost.has_no_gradient(left)]
        ended.kinds[none] = Kind.NO_GRADIENT
        ended.step[none] = ended.kept[none]

    def _cancel(self, done: Indices, last: int) -> None:
        """End the runs that go no farther than `done` ``(optimizers, runs)``."""
        o, r = np.nonzero(~self.over & (done < self.steps))
        if o.size:
            step = done[o, r]
            first = max(int(step.min()), 0)
            self._end(_Ended(o, r, step, step, _kinds(o.shape, Kind.CANCELLED)), first, last)

    def _end(self, ended: _Ended, first: int, last: int) -> None:
        """End some runs; each stays where it was at a step, in the rows from the first to before the last."""
        o, r, step, kept, kinds = ended
        self.kinds[o, r], self.ended[o, r], self.over[o, r] = kinds, step, True
        self.held[o, :, r] = self.positions[kept, o, :, r]
        stays = np.full(self.over.shape, last)
        stays[o, r] = kept
        losses = np.zeros(self.over.shape)
        losses[o, r] = self.losses[kept, o, r]
        after = np.arange(first, last)[:, None, None] > stays
        np.copyto(self.positions[first:last], self.held, where=after[:, :, None, :])
        np.copyto(self.losses[first:last], losses, where=after)

    def _fill_up(self, last: int) -> int:
        """All runs are over from row `last` on: fill the rest, or leave it away if the race was cancelled."""
        if (self.kinds == Kind.CANCELLED).any() and (self.done < self.steps).all():
            return int(self.ended.max()) + 1
        self.positions[last:] = self.held
        self.losses[last:] = self.losses[last - 1]
        return self.steps + 1


def _kinds(shape: tuple[int, ...], kind: Kind) -> NDArray[np.object_]:
    """So many times one kind."""
    kinds = np.empty(shape, dtype=object)
    kinds.fill(kind)  # np.full would make plain text of it
    return kinds
