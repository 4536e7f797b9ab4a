"""The steps of a map on arrays, for every function and rule there is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers.compiled.array_step import array_look, array_step
from gdsim.optimizers.compiled.lane_lines import Powers
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.arrays import shortening
from gdsim.simulation.maps.runs.plan import Plan, Rows


class ArraySteps:
    """Steps of many runs by numpy: the operations of a race, on rows of numbers."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._powers: tuple[Array, Powers] | None = None

    def take(
        self,
        rows: Array,
        first: int,
        count: int,
        positions: Array | None = None,
        met: tuple[Array, Array] | None = None,
    ) -> None:
        """Take the steps first + 1 … first + count of all runs.

        Parameters
        ----------
        rows
            ``(rows, runs)``, changed in place.
        positions
            ``(count, d, runs)``, to be filled.
        met
            ``(runs,)``, lowered to the least square of the gradient's length, and ``(d, runs)``, raised to the largest
            size of each coordinate.
        """
        plan, where = self._plan, Rows(self._plan, rows)
        step = array_step(plan.lane.rule, where.x.shape, plan.level, plan.lanes)
        read = [where.read[plan.varying.index(name)] for name in plan.lanes]
        ts = range(first + 1, first + count + 1)
        raised = self._powers_of(rows, read).at(ts)
        handed, handle = self._handling(where, read)
        rate = self._rate(where)
        square, size = np.empty((2, rows.shape[1])), np.empty_like(where.x)
        for k, t in enumerate(ts):
            now = rate(t)
            handle(t, now)
            step(t, where.x, handed, *where.state, *read, *raised[k], *now)
            plan.course.mode.gradient(plan.course.stepwise.at(t + 1), where.x, where.g)
            if met is not None:
                _lower(met[0], where.g, square)
                # what is no number stays so
                np.maximum(met[1], np.abs(where.x, out=size), out=met[1])
            if positions is not None:
                positions[k] = where.x

    def _powers_of(self, rows: Array, read: list[Array]) -> Powers:
        """The powers of the runs of some rows: mostly those of before, and what differs takes time to find out."""
        if self._powers is None or self._powers[0] is not rows:
            values = dict(zip(self._plan.lanes, read, strict=True))
            self._powers = rows, Powers(self._plan.record, self._plan.lane.rule, values)
        return self._powers[1]

    def _handling(
        self, where: Rows, read: list[Array]
    ) -> tuple[Array, Callable[[int, tuple[float | Array, ...]], None]]:
        """The values that the rule is handed, and what makes them of the gradient."""
        plan = self._plan
        if plan.is_plain:
            return where.g, lambda t, now: None
        handed, point = np.empty_like(where.g), np.empty_like(where.x)
        look = array_look(plan.lane.rule, where.x.shape, plan.level, plan.lanes)
        cut = shortening(handed[None], [plan.lane.clip]) if plan.lane.clip else None

        def handle(t: int, now: tuple[float | Array, ...]) -> None:
            if look is None:
                np.copyto(handed, where.g)
            else:
                look(t, point, where.x, *where.state, *read, *now)
                plan.course.mode.gradient(plan.course.stepwise.at(t), point, handed)
            if plan.course.ascent:
                np.negative(handed, out=handed)
            if plan.noise is not None:
                np.add(handed, plan.noise[t - 1][:, None], out=handed)
            if cut is not None:
                cut()

        return handed, handle

    def _rate(self, where: Rows) -> Callable[[int], tuple[float | Array, ...]]:
        """η of a step as the rule is handed it; nothing where it does not change."""
        plan = self._plan
        if plan.lane.plateau:
            return lambda t: (self._watched(where),)
        if plan.level is Level.ELEMENT:
            own = where.read[plan.varying.index("learning_rate")]
            return lambda t: (own * plan.factors[t - 1],)
        if plan.level is Level.STEP:
            return lambda t: (float(plan.lane.rate * plan.factors[t - 1]),)
        return lambda t: ()

    def _watched(self, where: Rows) -> Array:
        """η after a look at the loss before a step."""
        plateau = self._plan.lane.plateau
        assert plateau is not None
        losses = self._plan.course.objective.value(where.x)
        if self._plan.course.ascent:
            losses = -losses
        for row, new in zip(where.memory, plateau.reduced(losses, *where.memory), strict=True):
            row[:] = new
        rates: Array = where.memory[0]
        return rates


def _lower(low: Array, gradients: Array, square: Array) -> None:
    """Lower `low` ``(runs,)`` to the square of the length of gradients ``(d, runs)``."""
    np.multiply(gradients[0], gradients[0], out=square[0])
    for g in gradients[1:]:
        np.multiply(g, g, out=square[1])
        np.add(square[0], square[1], out=square[0])
    # what is no number is left out: a run with such a gradient is no number itself after the next step
    np.fmin(low, square[0], out=low)
