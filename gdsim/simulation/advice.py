"""What to try after a run that did not arrive: a value that was tried out and does better."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from gdsim.simulation.course import Lane
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.outcomes import Kind
from gdsim.simulation.trajectories import Trajectories

#: How many learning rates are tried above and below, and within which range.
_UP, _DOWN = 9, 16
LOWEST, HIGHEST = 1e-8, 10.0
#: Longer runs are not tried: two dozen of them would take seconds.
_LONGEST = 50_000


@dataclass(frozen=True)
class Advice:
    """A value to try.

    Attributes
    ----------
    name
        ``learning_rate`` of the optimizer, or ``steps`` of the experiment.
    value
        What to set it to.
    """

    name: str
    value: float


def advise(result: Trajectories, optimizer: int, tolerance: float, pulse: Pulse | None = None) -> Advice | None:
    """What would help run 0 of one optimizer; None if it needs none, or nothing that was tried helps.

    A diverged run gets the largest of the smaller learning rates 1, 2, 5 × 10ⁿ with which it goes down; one that is out
    of steps the rate, larger or smaller, that ends lowest, or else twice the steps. In ascent, up and highest. All else
    is as in the race: schedule, clipping, noise and the way the gradient is worked out.
    """
    if result.steps > _LONGEST:
        return None
    kind = result.outcome(optimizer, 0).kind
    tried = _Tries(result, optimizer, tolerance, pulse)
    if kind is Kind.DIVERGED:
        for rate in tried.rates(up=False):
            end = tried.with_rate(rate)
            if end < tried.first:
                return Advice("learning_rate", rate)
    if kind is Kind.OUT_OF_STEPS:
        now = tried.sign * float(result.losses[-1, optimizer, 0])
        ends = {rate: tried.with_rate(rate) for rate in (*tried.rates(up=True), *tried.rates(up=False))}
        best = min(ends, key=lambda rate: ends[rate], default=0.0)
        if best and ends[best] < now:
            return Advice("learning_rate", best)
        if tried.with_steps(2 * result.steps) < now:
            return Advice("steps", 2 * result.steps)
    return None


class _Tries:
    """Runs of one optimizer from one start, each with one value changed."""

    def __init__(self, result: Trajectories, optimizer: int, tolerance: float, pulse: Pulse | None) -> None:
        self.course = result.course
        self.lane = result.lanes[optimizer]
        self.start = np.ascontiguousarray(result.positions[0, optimizer, :, :1])
        self.steps = result.steps
        #: Uphill, losses are compared with their sign turned: less is better either way.
        self.sign = -1.0 if result.ascent else 1.0
        self.first = self.sign * float(result.losses[0, optimizer, 0])
        self.tolerance = tolerance
        self.pulse = pulse

    def rates(self, up: bool) -> list[float]:
        """The next numbers 1, 2, 5 × 10ⁿ above or below the learning rate, nearest first."""
        rate = self.lane.rate
        if rate <= 0:
            return []
        decade = math.floor(math.log10(rate))
        numbers = [float(f"{m}e{decade + k}") for k in range(-6, 7) for m in (1, 2, 5)]
        if up:
            return [n for n in numbers if rate < n <= HIGHEST][:_UP]
        return [n for n in reversed(numbers) if LOWEST <= n < rate][:_DOWN]

    def with_rate(self, rate: float) -> float:
        """The loss at the end with another learning rate; inf if the run is lost."""
        rule = dataclasses.replace(self.lane.rule, learning_rate=rate)  # type: ignore[call-arg]
        return self._end(dataclasses.replace(self.lane, rule=rule), self.steps)

    def with_steps(self, steps: int) -> float:
        """The loss at the end of a longer run; inf if it is lost or would be too long to try."""
        return self._end(self.lane, steps) if steps <= _LONGEST else math.inf

    def _end(self, lane: Lane, steps: int) -> float:
        tried = race(self.course, [lane], self.start, steps, self.tolerance, self.pulse)
        arrived = tried.kinds[0, 0] in (Kind.CONVERGED, Kind.OUT_OF_STEPS)
        return self.sign * float(tried.losses[-1, 0, 0]) if arrived else math.inf
