"""Sweeps as they are asked for: of each optimizer all that its result depends on. Pure, no Qt."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from gdsim.checks import as_count, as_float
from gdsim.objectives.base import Array
from gdsim.optimizers import OPTIMIZERS, Method
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.range_tests import RangeTest, range_test
from gdsim.simulation.maps.sweeps import Sweep, sweep_of

RATE = "learning_rate"
#: A first sweep has so many values and starts; no sweep has more starts, or values, than these.
COARSE, _FEW, MOST_STARTS, _MOST_VALUES = 25, 5, 100, 2000
#: A range test takes as many steps as the race, but no fewer and no more than these.
_FEWEST_STEPS, _MOST_STEPS = 100, 1000


@dataclass(frozen=True)
class SweepRange:
    """The values of η that are tried.

    Attributes
    ----------
    low, high, count
        From which to which, and how many.
    target
        The loss that makes an η workable; None if half of the runs have to converge.
    """

    low: float = 1e-5
    high: float = 10.0
    count: int = 121
    target: float | None = None

    def changed(self, **fields: Any) -> SweepRange:
        """The same with another value, or `GdsimError`."""
        new = replace(self, **fields)
        axis_of((RATE, new.low, new.high, "log"), OPTIMIZERS["gd"], RATE)
        count = as_count(new.count, "count", 2, _MOST_VALUES)
        return replace(new, count=count, target=None if new.target is None else as_float(new.target, "target"))


@dataclass(frozen=True)
class Asked:
    """All that the sweep of one optimizer depends on: not its own η.

    Attributes
    ----------
    course, steps, tolerance
        As in the race.
    lane
        The optimizer, at an η that means nothing.
    starts
        A tuple a start of the race, the first of them if there are very many.
    within
        The values that are tried.
    """

    course: Course
    lane: Lane
    steps: int
    tolerance: float
    starts: tuple[tuple[float, ...], ...]
    within: SweepRange

    @property
    def runs(self) -> int:
        """The number of starts."""
        return len(self.starts)

    @property
    def is_small(self) -> bool:
        """Return whether the first sweep is all of it."""
        return self.within.count <= COARSE and self.runs <= _FEW

    def cost(self, whole: bool) -> int:
        """Return how much there is to do, in runs."""
        return self.within.count * self.runs if whole else min(COARSE, self.within.count) * min(self.runs, _FEW)


@dataclass(frozen=True, eq=False)
class Found:
    """A sweep, the range test beside it, and what they were asked for."""

    asked: Asked
    sweep: Sweep
    test: RangeTest | None
    whole: bool
    seconds: float = 0.0

    @property
    def rest(self) -> float:
        """About how many seconds the whole sweep takes, after a first one: time grows with starts, less with values."""
        if self.whole:
            return 0.0
        more = self.asked.runs / min(self.asked.runs, _FEW), self.asked.within.count / COARSE
        return self.seconds * more[0] * math.sqrt(max(1.0, more[1]))

    @cached_property
    def best(self) -> float | None:
        """The best η; None where every run is lost."""
        return self.sweep.best_rate(0)


def asked_of(experiment: Experiment, within: SweepRange) -> dict[str, Asked]:
    """Return what is to be worked out, by `Entry.id`; methods have no η to try."""
    course, steps, tolerance = experiment.course, experiment.steps, experiment.tolerance
    few = experiment if experiment.restarts < MOST_STARTS else replace(experiment, restarts=MOST_STARTS - 1)
    starts = tuple(map(tuple, few.starts.T.tolist()))
    lanes = [lane for lane in experiment.lanes if not isinstance(lane.rule, Method)]
    return {lane.id: Asked(course, _without_rate(lane), steps, tolerance, starts, within) for lane in lanes}


def worked_out(asked: Asked, whole: bool, test: RangeTest | None, pulse: Any) -> Found:
    """Work a sweep out, a first one with the range test."""
    within = asked.within
    axis = axis_of((RATE, within.low, within.high, "log"), asked.lane.rule, RATE)
    starts: Array = np.array(asked.starts if whole else asked.starts[:_FEW]).T
    count, began = within.count if whole else min(COARSE, within.count), time.thread_time()
    sweep = sweep_of(
        asked.course, [asked.lane], axis, count, starts, asked.steps, asked.tolerance, within.target, pulse
    )
    seconds = time.thread_time() - began
    if test is None and not pulse.stopped:
        steps = min(max(asked.steps, _FEWEST_STEPS), _MOST_STEPS)
        with np.errstate(all="ignore"):
            test = range_test(asked.course, asked.lane, starts[:, 0], within.low, within.high, steps)
    return Found(asked, sweep, test, whole or asked.is_small, seconds)


def _without_rate(lane: Lane) -> Lane:
    rule: Any = lane.rule
    return replace(lane, rule=replace(rule, learning_rate=1.0))
