"""The conditions that all runs of a map share, and the rows of numbers that they go on from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gdsim.objectives import Exact
from gdsim.objectives.base import Array
from gdsim.optimizers.compiled.record import Record, lane_record, look_record
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.maps.runs.total import total_radius
from gdsim.simulation.noise import noise_of

#: So many numbers fill a line of the cache: a vector that lies across two costs twice.
_LINE = 8


@dataclass(frozen=True, eq=False)
class Plan:
    """Conditions of one optimizer on one function, for runs that differ in their starts or in some hyperparameters.

    Attributes
    ----------
    course, lane
        What is raced on, and the optimizer.
    steps, tolerance
        As in a race.
    varying
        The hyperparameters that differ from run to run.
    run
        The number of the run in a race that each of them is: its noise goes by that.
    watched
        The steps after which the gradient is noted, in order.
    """

    course: Course
    lane: Lane
    steps: int
    tolerance: float
    varying: tuple[str, ...] = ()
    run: int = 0
    watched: tuple[int, ...] = ()

    def block(self, t: int, most: int) -> int:
        """The number of steps to be taken at once after t of them."""
        ends = (self.steps, t + most, *(after for after in self.watched if after > t))
        return min(ends) - t

    @property
    def dimension(self) -> int:
        """The number of coordinates."""
        return self.course.objective.dimension

    @cached_property
    def level(self) -> Level:
        """Tell how often η changes; if it also differs from run to run, it is handed to every element."""
        if self.lane.plateau or (self.lane.scheduled and "learning_rate" in self.varying):
            return Level.ELEMENT
        return Level.STEP if self.lane.scheduled else Level.RACE

    @property
    def lanes(self) -> tuple[str, ...]:
        """The hyperparameters that stand in the record of the rule as differing."""
        return tuple([n for n in self.varying if n != "learning_rate" or self.level is Level.RACE])

    @cached_property
    def record(self) -> Record:
        """The record of the rule's step."""
        return lane_record(self.lane.rule, self.lanes, self.level)

    @cached_property
    def look(self) -> Record | None:
        """The record of the point at which the rule takes its gradient; None if that is x."""
        return look_record(self.lane.rule, self.lanes, self.level)

    @cached_property
    def factors(self) -> Array:
        """Factors that η is multiplied by in each step, ``(steps,)``."""
        schedule = self.lane.schedule
        return schedule.factors(self.steps) if schedule and self.lane.scheduled else np.ones(self.steps)

    @cached_property
    def noise(self) -> Array | None:
        """The noise on every gradient, ``(steps, d)``, the same for all runs of the map."""
        if not self.course.noise > 0:
            return None
        return noise_of(self.course.noise, self.course.seed, self.run, self.dimension, self.steps)

    @cached_property
    def radius(self) -> float:
        """No run ends as long as no coordinate is farther from 0 and the gradient not short; 0 where none is known."""
        if not isinstance(self.course.mode, Exact) or self.course.batch:
            return 0.0
        return total_radius(self.course.objective)

    @property
    def is_plain(self) -> bool:
        """Return whether the rule is handed the gradient at x as it is."""
        return not (self.course.ascent or self.course.noise > 0 or self.lane.clip or self.look)

    def first_rows(self, starts: Array, settings: dict[str, Array], size: int, more: int = 0) -> Array:
        """The numbers of all runs before the first step, ``(rows, size)``: see `Rows`; those beyond the runs are 0.

        `more` rows follow, which are 0.
        """
        rows = _zeros(len(self.names) + more, size)
        where, count = Rows(self, rows), starts.shape[1]
        where.x[:, :count] = starts
        for row, name in zip(where.read, self.varying, strict=True):
            row[:count] = settings[name]
        # a state may begin at a hyperparameter, which may be one that differs
        rule = object.__new__(type(self.lane.rule))
        rule.__dict__.update(self.lane.rule.__dict__, **dict(zip(self.varying, where.read, strict=True)))
        for state, name in zip(where.state, rule.state, strict=True):
            state[:] = rule.initial(name, where.x)
        if self.lane.plateau:
            where.memory[0, :count] = settings.get("learning_rate", self.lane.rate)
            where.memory[1] = np.inf
        with np.errstate(all="ignore"):
            self.course.mode.gradient(self.course.stepwise.at(1), where.x, where.g)
        return rows

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all rows, in order."""
        kept = ["x", *(f"s{k}" for k in range(len(self.lane.rule.state))), "g"]
        named = [f"{name}_{i}" for name in kept for i in range(self.dimension)]
        memory = ("rate", "best", "bad") if self.lane.plateau else ()
        return (*named, *(f"h_{name}" for name in self.varying), *memory)


def _zeros(rows: int, size: int) -> Array:
    """An array of zeros that begins where a line of the processor's cache does."""
    whole = np.zeros(rows * size + _LINE)
    first = -(whole.ctypes.data // whole.itemsize) % _LINE
    return whole[first : first + rows * size].reshape(rows, size)


class Rows:
    """Views of the rows of numbers ``(rows, runs)`` that runs go on from.

    Attributes
    ----------
    x, g
        ``(d, runs)``: the points, and the gradients there.
    state
        Those of the rule, each ``(d, runs)``.
    read
        ``(hyperparameters, runs)``: those that differ.
    memory
        ``(3, runs)``: η, the best loss and the steps without a better one, of a schedule that watches the loss.
    """

    def __init__(self, plan: Plan, rows: Array) -> None:
        d, states = plan.dimension, len(plan.lane.rule.state)
        blocks = [rows[k * d : (k + 1) * d] for k in range(2 + states)]
        self.x, self.g = blocks[0], blocks[-1]
        self.state: Sequence[Array] = blocks[1:-1]
        rest = rows[(2 + states) * d :]
        self.read, self.memory = rest[: len(plan.varying)], rest[len(plan.varying) :]
