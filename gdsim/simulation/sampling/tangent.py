"""The derivative at one point of a run of one variable: secant, tangent, and the step that follows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.descent import GradientDescent
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories

#: A step that goes no farther than this share of the way to where the slope is 0 crawls, and one that comes as near
#: as this reaches it.
_CRAWLS, _REACHES = 0.1, 0.03


@dataclass(frozen=True)
class Tangent:
    """The derivative at one point as it is seen; nan for what there is not.

    Attributes
    ----------
    x, y, slope
        Where, the value and the derivative there.
    dx, beyond, quotient
        Δx, f(x + Δx) and Δy/Δx, as floats give them: with small Δx, rounding and all.
    """

    x: float
    y: float
    slope: float
    dx: float
    beyond: float
    quotient: float


@dataclass(frozen=True)
class NextStep:
    """The step that a run takes next; nan for what there is not.

    Attributes
    ----------
    to, height
        Where to, and the value there.
    rate, gradient
        η and the gradient that the rule is handed for it.
    plain
        Whether the rule is plain descent, so that η times the gradient is all there is to it.
    ended, lost
        Whether the run has ended before, and whether it ends with this step because that leads nowhere.
    """

    to: float
    height: float
    rate: float
    gradient: float
    plain: bool
    ended: bool
    lost: bool


def tangent_at(objective: Objective, x: float, dx: float) -> Tangent:
    """Look at the derivative at a point."""
    y, beyond = value_at(objective, x), value_at(objective, x + dx)
    with np.errstate(all="ignore"):
        slope = math.nan if math.isnan(y) else float(objective.gradient(np.array([x]))[0])
        # numpy's floats give inf or nan where Python's raise
        quotient = float((np.float64(beyond) - np.float64(y)) / np.float64(dx))
    return Tangent(x, y, slope, dx, beyond, quotient)


def next_step(race: Trajectories, optimizer: int, run: int, step: int, rates: Array) -> NextStep:
    """Look at what a run does after a step; `rates` is what `learning_rates` says of it."""
    rule = race.rules[optimizer]
    plain = isinstance(rule, GradientDescent) and rule.weight_decay == 0
    last = int(race.ended[optimizer, run])
    lost = race.kinds[optimizer, run] in (Kind.DIVERGED, Kind.LEFT_DOMAIN)
    if step >= min(last, race.steps):
        return NextStep(math.nan, math.nan, math.nan, math.nan, plain, True, bool(lost))
    gradient = float(race.used_gradient(optimizer, run, step)[0])
    rate = float(rates[step])
    if lost and step == last - 1:
        return NextStep(math.nan, math.nan, rate, gradient, plain, False, True)
    to, height = race.positions[step + 1, optimizer, 0, run], race.losses[step + 1, optimizer, run]
    return NextStep(float(to), float(height), rate, gradient, plain, False, False)


def value_at(objective: Objective, x: float) -> float:
    """The value of a function of one variable."""
    with np.errstate(all="ignore"):
        return float(objective.value(np.array([x])))


def judge(x: float, to: float, extrema: Array) -> str:
    """Compare a step from x with the way to where the slope is 0 next, in its direction.

    "crawls", "reaches", "overshoots", or "" where none of them is true.
    """
    ahead = extrema[(extrema > x) if to > x else (extrema < x)]
    if to == x or not math.isfinite(to) or ahead.size == 0:
        return ""
    share = (to - x) / (float(ahead[np.argmin(np.abs(ahead - x))]) - x)
    if abs(share - 1) <= _REACHES:
        return "reaches"
    return "overshoots" if share > 1 else "crawls" if share < _CRAWLS else ""
