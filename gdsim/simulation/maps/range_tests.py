"""The range test that people do in practice: one run whose η grows with every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers import Schedule
from gdsim.optimizers.schedules import Factors
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.descend import race

#: The share of the least loss's η that is advised.
_BELOW = 10.0


@dataclass(frozen=True)
class _Growing(Schedule):
    """η grows by the same factor every step, up to so many times what it starts from."""

    key = "growing"

    times: float = 1.0

    def factors(self, steps: int) -> Factors:
        return np.geomspace(1.0, self.times, steps) if steps > 1 else np.ones(steps)


@dataclass(frozen=True, eq=False)
class RangeTest:
    """Run of one optimizer with a growing η.

    Smith, "Cyclical learning rates for training neural networks" (2017), section 3.3; what to read off is common use.

    Attributes
    ----------
    lane
        The optimizer.
    rates
        ``(steps,)``: η of each step.
    losses
        ``(steps,)``: f after it; not a number from where the run was lost.
    """

    lane: Lane
    rates: Array
    losses: Array

    @property
    def at_least_loss(self) -> float | None:
        """The η after whose step the loss is least; None where there is no loss at all."""
        if not np.isfinite(self.losses).any():
            return None
        return float(self.rates[np.nanargmin(np.where(np.isfinite(self.losses), self.losses, np.nan))])

    @property
    def a_tenth(self) -> float | None:
        """A tenth of that: the advice "minimum ÷ 10"."""
        least = self.at_least_loss
        return None if least is None else least / _BELOW

    @property
    def steepest(self) -> float | None:
        """The η at which the loss falls fastest along the logarithmic axis; None where it does not fall."""
        finite = np.isfinite(self.losses)
        # up to the least loss: beyond it, a fall is a return from a jump
        last = int(np.argmax(self.rates == self.at_least_loss)) + 1 if finite.any() else 0
        if last < 2:
            return None
        slopes = np.gradient(self.losses[:last], np.log(self.rates[:last]))
        k = int(np.nanargmin(slopes))
        return float(self.rates[k]) if slopes[k] < 0 else None


def range_test(course: Course, lane: Lane, start: Array, low: float, high: float, steps: int) -> RangeTest:
    """Run the test from a start ``(d,)``, with η from `low` to `high` in so many steps."""
    rule: Any = lane.rule
    growing = replace(lane, rule=replace(rule, learning_rate=low), schedule=_Growing(times=high / low))
    found = race(course, [growing], start[:, None], steps)
    losses = found.losses[1:, 0, 0].copy()
    # from its end on, a race repeats the last loss
    losses[int(found.ended[0, 0]) - (found.kinds[0, 0] != "out_of_steps") :] = np.nan
    padded = np.full(steps, np.nan)
    padded[: len(losses)] = losses
    sign = -1.0 if course.ascent else 1.0
    return RangeTest(lane, low * _Growing(times=high / low).factors(steps), sign * padded)
