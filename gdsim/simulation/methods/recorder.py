"""The problem that a method is given in a race: it counts, keeps what was tried, and ends the run in time."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers.methods.problem import EndedError
from gdsim.simulation.course import Course
from gdsim.simulation.methods.evaluators import gradient_of, hessian_of, value_of
from gdsim.simulation.methods.records import Marks, Record
from gdsim.simulation.pieces import norm

#: So many evaluations of a formula lie between two looks at whether to go on.
_LOOK = 16


class Recorder:
    """Keeps one run of a method.

    Parameters
    ----------
    positions
        ``(steps + 1, d)``: the first row is the start; the iterates are written into the others.
    ask
        Asked now and then with the share of the steps that are taken; True stops the run.
    room
        So many numbers may be kept of what was tried.
    """

    def __init__(
        self, course: Course, positions: Array, tolerance: float, ask: Callable[[float], bool], room: int
    ) -> None:
        self.tolerance = tolerance
        #: The steps that are taken.
        self.done = 0
        self._positions, self._ask, self._room = positions, ask, room
        self._objective = course.objective
        self._value, self._gradient, self._hessian = value_of(course), gradient_of(course), hessian_of(course)
        self._counts = [0, 0, 0]
        self._along = array("q", [0, 0, 0])
        self._tried, self._ends = array("d"), array("q", [0])
        self._simplices: list[Array] = []
        self._wait = self._look = 1 if course.objective.effort > 1 else _LOOK

    def value(self, x: Array) -> float:  # noqa: D102
        self._note(0, x)
        return self._value(x)

    def gradient(self, x: Array) -> Array:  # noqa: D102
        self._note(1, x)
        return self._gradient(x)

    def hessian(self, x: Array) -> Array:  # noqa: D102
        self._note(2, x)
        return self._hessian(x)

    def arrive(self, x: Array, simplex: Array | None = None) -> None:  # noqa: D102
        self.done += 1
        self._positions[self.done] = x
        self._along.extend(self._counts)
        self._ends.append(len(self._tried))
        if simplex is not None and self._has_room:
            self._simplices.append(simplex.copy())
            self._room -= simplex.size
        if self.done == len(self._positions) - 1 or self._is_over(x, self._positions[self.done - 1]):
            raise EndedError

    def _is_over(self, x: Array, before: Array) -> bool:
        """Return whether a run that came to x is over, as `EndFinder` has it, which nobody need be told."""
        if not np.isfinite(x).all():
            return True
        short = self.tolerance > 0 and float(norm(x - before, axis=0)) <= self.tolerance
        return short and float(norm(self._objective.gradient(x), axis=0)) <= self.tolerance

    @property
    def _has_room(self) -> bool:
        return len(self._tried) < self._room

    def _note(self, what: int, x: Array) -> None:
        self._counts[what] += 1
        self._wait -= 1
        if self._wait == 0:
            self._wait = self._look
            if self._ask(self.done / (len(self._positions) - 1)):
                raise EndedError
        if self._has_room:
            point = x.tolist()
            # the gradient is asked for where the value was, mostly
            if self._ends[-1] == len(self._tried) or self._tried[-len(point) :].tolist() != point:
                self._tried.extend(point)

    def record(self) -> Record:
        """All that was kept, read-only."""
        counts = np.array(self._along).reshape(-1, 3)
        total = np.array(self._counts)
        for kept in (counts, total):
            kept.flags.writeable = False
        return Record(counts, total, self.tolerance, self._marks() if self._has_room else None)

    def _marks(self) -> Marks:
        dimension = self._positions.shape[1]
        points = np.array(self._tried).reshape(-1, dimension)
        ends = np.array(self._ends) // dimension
        simplices = np.array(self._simplices) if self._simplices else None
        for kept in (points, ends, simplices):
            if kept is not None:
                kept.flags.writeable = False
        return Marks(points, ends, simplices)
