"""What to try after a run that did not arrive: a value that was tried out and does better."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.base import Rule
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.outcomes import Ground, Kind
from gdsim.simulation.trajectories import Trajectories

#: Learning rates tried, upwards or downwards.
_TRIES = 16


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

    A diverged run gets the largest of the smaller learning rates 1, 2, 5 × 10ⁿ that does not diverge and goes down; one
    that is out of steps on its way the larger one that ends lowest; one that is nearly there, more steps.
    """
    outcome = result.outcome(optimizer, 0)
    rule, start = result.rules[optimizer], result.positions[0, optimizer, :, :1]
    if outcome.kind is Kind.DIVERGED:
        return _slower(result.objective, rule, start, result.steps, tolerance, pulse)
    if outcome.kind is Kind.OUT_OF_STEPS:
        if outcome.ground is not Ground.SLOPE:
            return Advice("steps", 2 * result.steps)
        end = float(result.losses[-1, optimizer, 0])
        return _faster(result.objective, rule, start, result.steps, end, pulse)
    return None


def _slower(
    objective: Objective, rule: Rule, start: Array, steps: int, tolerance: float, pulse: Pulse | None
) -> Advice | None:
    for rate in _series(_rate(rule), up=False):
        tried = _try(objective, rule, rate, start, steps, tolerance, pulse)
        if tried is None:
            return None
        if tried.kinds[0, 0] is not Kind.DIVERGED and tried.losses[-1, 0, 0] < tried.losses[0, 0, 0]:
            return Advice("learning_rate", rate)
    return None


def _faster(
    objective: Objective, rule: Rule, start: Array, steps: int, end: float, pulse: Pulse | None
) -> Advice | None:
    best, best_rate = end, 0.0
    for rate in _series(_rate(rule), up=True):
        tried = _try(objective, rule, rate, start, steps, 0.0, pulse)
        if tried is None or tried.kinds[0, 0] is Kind.DIVERGED:
            break
        if tried.losses[-1, 0, 0] < best:
            best, best_rate = float(tried.losses[-1, 0, 0]), rate
    return Advice("learning_rate", best_rate) if best_rate else None


def _try(
    objective: Objective, rule: Rule, rate: float, start: Array, steps: int, tolerance: float, pulse: Pulse | None
) -> Trajectories | None:
    """The run with another learning rate; None if cancelled."""
    changed = dataclasses.replace(rule, learning_rate=rate)  # type: ignore[call-arg]
    tried = race(objective, [changed], np.ascontiguousarray(start), steps, tolerance, pulse)
    return None if tried.kinds[0, 0] is Kind.CANCELLED else tried


def _rate(rule: Rule) -> float:
    return float(getattr(rule, "learning_rate", 0.0))


def _series(rate: float, up: bool) -> list[float]:
    """The next numbers 1, 2, 5 × 10ⁿ above or below a rate, nearest first, within the slider's range."""
    if rate <= 0:
        return []
    decade = math.floor(math.log10(rate))
    numbers = [float(f"{m}e{decade + k}") for k in range(-6, 7) for m in (1, 2, 5)]
    if up:
        return [n for n in numbers if rate < n <= 10][:_TRIES]
    return [n for n in reversed(numbers) if 1e-8 <= n < rate][:_TRIES]
