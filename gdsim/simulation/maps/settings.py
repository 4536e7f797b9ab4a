"""Setting maps: how one optimizer does with every pair of values of two of its hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import LOST, Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.limits import check_numbers, check_work
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS, Pulse, within
from gdsim.simulation.maps.shrinking import shrinking

#: Rates that differ by less than such a share are the same, as they are measured. √β is that of many settings.
_ALIKE = 1e-5
#: What a cell may be judged by.
MEASURES = ("steps", "loss", "rate")


@dataclass(frozen=True, eq=False)
class SettingMap:
    """The ends of one optimizer with each of many settings.

    Attributes
    ----------
    course, lane, max_steps, tolerance
        What was run; of the lane's rule, two hyperparameters are those of the cell.
    x, y
        The hyperparameters along the columns and up the rows.
    starts
        ``(d, runs)``: where every cell was started.
    end
        ``(d, runs, rows, columns)``: where each run ends.
    steps, kinds
        ``(runs, rows, columns)``: the steps it took, and how it ended, a number in `KINDS`.
    loss
        ``(runs, rows, columns)``: f where it ends.
    """

    course: Course
    lane: Lane
    max_steps: int
    tolerance: float
    x: Axis
    y: Axis
    starts: Array
    end: Array
    steps: NDArray[np.int32]
    kinds: NDArray[np.int8]
    loss: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.steps.shape[1], self.steps.shape[2]

    @cached_property
    def x_values(self) -> Array:
        """``(columns,)``."""
        return self.x.values(self.shape[1])

    @cached_property
    def y_values(self) -> Array:
        """``(rows,)``."""
        return self.y.values(self.shape[0])

    @cached_property
    def outcome(self) -> NDArray[np.str_]:
        """Tell how most runs of each cell ended, in words: ``(rows, columns)`` of "converged", "diverged", …."""
        return np.array([kind.value for kind in KINDS])[self.kind]

    @cached_property
    def kind(self) -> NDArray[np.int8]:
        """Tell how most runs of each cell ended, ``(rows, columns)``: of those as many the first in `KINDS`."""
        counts = np.stack([np.count_nonzero(self.kinds == code, axis=0) for code in range(len(KINDS))])
        kind: NDArray[np.int8] = counts.argmax(axis=0).astype(np.int8)
        return kind

    @cached_property
    def median_steps(self) -> Array:
        """The median steps until convergence, ``(rows, columns)``; infinite where fewer than half of them converge."""
        steps = np.where(self.kinds == CODES[Kind.CONVERGED], self.steps, np.inf)
        return _middle(steps)

    @cached_property
    def median_loss(self) -> Array:
        """The median of f at the ends, ``(rows, columns)``; as bad as can be of runs lost or cancelled."""
        worst = -np.inf if self.course.ascent else np.inf
        lost = np.isin(self.kinds, [CODES[kind] for kind in (*LOST, Kind.CANCELLED)]) | ~np.isfinite(self.loss)
        return _middle(np.where(lost, worst, self.loss))

    @cached_property
    def median_rate(self) -> Array:
        """The median factor by which the gradient shrinks a step, ``(rows, columns)``: see `shrinking`."""
        return _middle(self.rate)

    @cached_property
    def rate(self) -> Array:
        """The factor of each run, ``(runs, rows, columns)``: see `shrinking`."""
        rows, columns = self.shape
        values = cell_values((self.x, self.y), rows, columns)
        found = [
            shrinking(self.course, self.lane, self.starts[:, run], values, self.max_steps, self.tolerance, run)
            for run in range(len(self.steps))
        ]
        return np.stack(found).reshape(self.steps.shape)

    @property
    def is_rate_known(self) -> bool:
        """Return whether the rates have been measured, which takes as long as the map itself."""
        return "rate" in self.__dict__

    def measured(self, measure: str) -> Array:
        """A measure of every cell, ``(rows, columns)``; the smaller the better, but for the loss uphill."""
        if measure not in MEASURES:
            raise GdsimError("measure must be steps, loss or rate, not {given}", "measure", given=repr(measure)[:60])
        measured: Array = getattr(self, f"median_{measure}")
        return measured

    def best(self, measure: str = "steps") -> tuple[int, int] | None:
        """The row and the column of the best cell; None where there is none.

        Of cells with as few steps, those with the best loss; of those with as good a loss, those with the fewest steps;
        of these, and of those with the same rate, the middle.
        """
        values = self.measured(measure)
        sign = -1 if self.course.ascent else 1
        judged = values * sign if measure == "loss" else values
        if not np.isfinite(judged).any():
            return None
        if measure == "rate":
            return _middle_of(judged <= judged.min() * (1 + _ALIKE))
        equal = judged == judged.min()
        other = self.median_steps if measure == "loss" else sign * self.median_loss
        return _middle_of(equal & (other == other[equal].min()))

    def setting(self, row: int, column: int) -> dict[str, float]:
        """The values of a cell, by name."""
        return {self.y.name: float(self.y_values[row]), self.x.name: float(self.x_values[column])}


def settings_map(
    course: Course,
    lane: Lane,
    axes: tuple[Axis, Axis],
    starts: Array,
    size: tuple[int, int],
    steps: int,
    tolerance: float,
    pulse: Pulse | None = None,
    threads: int = 1,
) -> SettingMap:
    """Work a setting map out: columns of the first axis, rows of the second, every start ``(d, runs)`` in each cell."""
    x, y = axes
    if x.name == y.name:
        raise GdsimError("x and y must be two hyperparameters, not {name} twice", "y", name=x.name)
    rows, columns = size
    runs = starts.shape[1]
    check_work(rows * columns * runs, steps, course.objective.effort)
    check_numbers(rows * columns * runs, len(starts))
    values = cell_values(axes, rows, columns)
    end = np.empty((len(starts), runs, rows * columns))
    taken, kinds = np.empty(end.shape[1:], np.int32), np.empty(end.shape[1:], np.int8)
    for run in range(runs):
        of = within(pulse, run / runs, 1 / runs)
        start = np.broadcast_to(starts[:, [run]], (len(starts), rows * columns))
        ends = ends_of(course, lane, start, steps, tolerance, values, run, of, threads)
        end[:, run], taken[run], kinds[run] = ends.positions, ends.steps, ends.kinds
    loss = course.objective.value(end)
    shape = (runs, rows, columns)
    return SettingMap(
        course,
        lane,
        steps,
        tolerance,
        x,
        y,
        starts,
        end.reshape(-1, *shape),
        taken.reshape(shape),
        kinds.reshape(shape),
        loss.reshape(shape),
    )


def cell_values(axes: tuple[Axis, Axis], rows: int, columns: int) -> dict[str, Array]:
    """The values of both hyperparameters in every cell, by name: ``(rows * columns,)`` each."""
    x, y = axes
    return {x.name: np.tile(x.values(columns), rows), y.name: np.repeat(y.values(rows), columns)}


def _middle_of(cells: NDArray[np.bool_]) -> tuple[int, int]:
    """The cell of some that is nearest to the middle of all of them."""
    places = np.argwhere(cells)
    row, column = places[np.argmin(np.sum((places - places.mean(axis=0)) ** 2, axis=1))]
    return int(row), int(column)


def _middle(values: Array) -> Array:
    """The median over runs, the first axis; of an even number the mean of the two in the middle."""
    ordered = np.sort(values, axis=0)
    low, high = ordered[(len(values) - 1) // 2], ordered[len(values) // 2]
    with np.errstate(all="ignore"):
        middle: Array = np.where(low == high, low, (low + high) / 2)
    return middle
