"""The runs of a map in machine code, where the function is arithmetic."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from gdsim.objectives import Exact
from gdsim.objectives.base import Array
from gdsim.optimizers.compiled.float_loop import gradient_lines
from gdsim.optimizers.compiled.lane_lines import LaneLines, Powers, lane_lines
from gdsim.optimizers.compiled.record import LOOK, RATE
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.maps.runs.kernel import Kernel, kernel_for, padded, parameters_of
from gdsim.simulation.maps.runs.kernel_code import CONVERGED, ENDED, Shape
from gdsim.simulation.maps.runs.plan import Plan

#: Lengths are summed in the order of the coordinates up to so many of them; numpy goes about more in another order.
_MOST_COORDINATES = 7


class KernelSteps:
    """Steps of many runs by a kernel; `kernel` is None where there is none for it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.kernel = self._found() if self._is_fit else None

    @property
    def _is_fit(self) -> bool:
        plan = self._plan
        exact = isinstance(plan.course.mode, Exact) and not plan.course.batch
        return exact and not plan.lane.plateau and plan.dimension <= _MOST_COORDINATES

    def _found(self) -> Kernel | None:
        plan, objective = self._plan, self._plan.course.objective
        gradient, value = objective.float_gradient(), objective.float_value()
        if gradient is None or value is None:
            return None
        handled, table = self._handling(getattr(gradient, "source", ""))
        kept = tuple([name for name in plan.names if not name.startswith("h_")])
        read = tuple([name for name in plan.names if name.startswith("h_")])
        fed = plan.record.lanes[len(plan.lanes) :]
        given = parameters_of(value) | ({"clip": float(plan.lane.clip)} if plan.lane.clip else {})
        self._given = np.array(list(given.values()))
        looked = () if self._look is None else self._look.table
        self._shape = Shape(kept, read, fed, (*self._lines.table, *looked, *table), tuple(given), plan.radius > 0)
        return kernel_for(self._shape, (*handled, *self._lines.lines), gradient, value, plan.dimension)

    @cached_property
    def _lines(self) -> LaneLines:
        return lane_lines(self._plan.record, self._plan.dimension)

    @cached_property
    def _look(self) -> LaneLines | None:
        """The lines for the point at which the gradient is taken; None where that is x."""
        look = self._plan.look
        # a letter of its own: the numbers of the step stand in the same table
        return None if look is None else lane_lines(look, self._plan.dimension, prefix="k")

    def _handling(self, gradient: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines that turn the gradient into what the rule is handed, and the numbers of a step that they need."""
        plan = self._plan
        gs = [f"g_{i}" for i in range(plan.dimension)]
        lines: list[str] = []
        table: list[str] = []
        if plan.level is Level.ELEMENT:
            table.append("factor")
            lines += [f"{RATE}_{i} = h_learning_rate * factor" for i in range(plan.dimension)]
        if self._look is not None:
            # the gradient at x tells which runs have converged, and another one is handed to the rule
            lines += [*self._look.lines, *gradient_lines(plan.dimension, gradient, LOOK)]
        if plan.course.ascent:
            lines += [f"{g} = -{g}" for g in gs]
        if plan.noise is not None:
            names = [f"w_{i}" for i in range(plan.dimension)]
            table += names
            lines += [f"{g} = {g} + {w}" for g, w in zip(gs, names, strict=True)]
        if plan.lane.clip:
            lines.append(f"length = root({' + '.join(f'{g} * {g}' for g in gs)})")
            lines.append("length = clip / length if length > clip else 1.0")
            lines += [f"{g} = {g} * length" for g in gs]
        return tuple(lines), tuple(table)

    @cached_property
    def _table(self) -> Array:
        """The numbers of every step, ``(steps, names)``."""
        plan = self._plan
        rates = (plan.lane.rate * plan.factors).tolist() if plan.level is Level.STEP else None
        printed = [self._lines] if self._look is None else [self._lines, self._look]
        columns = [
            np.array(each.numbers(plan.lane.rule, plan.steps, rates)).reshape(plan.steps, -1) for each in printed
        ]
        if plan.level is Level.ELEMENT:
            columns.append(plan.factors[:, None])
        if plan.noise is not None:
            columns.append(plan.noise)
        return np.ascontiguousarray(np.concatenate(columns, axis=1))

    @cached_property
    def _most(self) -> float:
        """The largest square whose root is within the tolerance."""
        tolerance = self._plan.tolerance
        if tolerance <= 0:
            return -1.0
        most = tolerance * tolerance
        while math.sqrt(most) > tolerance:
            most = math.nextafter(most, 0.0)
        while math.sqrt(math.nextafter(most, math.inf)) <= tolerance:
            most = math.nextafter(most, math.inf)
        return most

    def begin(self, starts: Array, settings: dict[str, Array]) -> KernelRows:
        """The rows of runs from their starts ``(d, runs)``."""
        size = padded(starts.shape[1])
        rows = self._plan.first_rows(starts, settings, size, len(ENDED) + self._plan.dimension)
        found = KernelRows(rows, self._plan)
        found.status[starts.shape[1] :] = CONVERGED
        powers = Powers(self._plan.record, self._plan.lane.rule, dict(zip(self._plan.varying, found.read, strict=True)))
        found.powers = powers if self._shape.fed else None
        return found

    def advance(self, rows: KernelRows, t: int, count: int) -> bool:
        """Take the steps t + 1 … t + count of all runs that go on; whether there still may be any."""
        assert self.kernel is not None
        fed = None if rows.powers is None else rows.powers.at(range(t + 1, t + count + 1))
        table = self._table[t : t + count]
        return self.kernel.advance(rows.all, table, fed, self._given, t, self._most, self._plan.radius)


class KernelRows:
    """Views of the rows that a kernel works on.

    Attributes
    ----------
    all
        ``(rows, runs)``.
    x, left
        ``(d, runs)``: where each run is, and of one that was lost where it was before.
    status, ended
        ``(runs,)``: how it ended, and after how many steps.
    read
        ``(hyperparameters, runs)``: those that differ.
    """

    def __init__(self, rows: Array, plan: Plan) -> None:
        d, extra = plan.dimension, len(ENDED) + plan.dimension
        self.all, self.x, self.left = rows, rows[:d], rows[len(rows) - d :]
        self.status, self.ended = rows[len(rows) - extra : len(rows) - d]
        self.read = rows[len(rows) - extra - len(plan.varying) : len(rows) - extra]
        self.powers: Powers | None = None
