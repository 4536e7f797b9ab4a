"""Candidates for a run that did not arrive: changes to try, the likeliest first."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from gdsim.objectives import Exact
from gdsim.optimizers import Cosine, Exponential
from gdsim.simulation.advice.advice import Changes
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.starts import starts_of
from gdsim.simulation.trajectories import Trajectories

#: The range in which rates are tried, one of 1, 2, 5 × 10ⁿ after the other; where theory says so, below it.
LOWEST, HIGHEST = 1e-8, 10.0
#: Rates that suit features of one size; a target of another size is far away for steps that go by η alone.
COMMON = (10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
#: By what shares of the bounds a start is moved; of more coordinates than these nobody sees where it is.
_MOVES, _MOST_MOVED = (0.01, 0.05, 0.2), 2
#: Runs are not made longer than this many times, or than so many steps.
_LONGER, _LONGER_MODEL, MOST_STEPS = 20, 4, 50_000
_MOST_CURVED = 50
#: Features are of different size if the largest is so many times the smallest, or as far from 0 or 1.
_APART = 5.0


def rates_below(rate: float, theory: float) -> list[float]:
    """Rates 1, 2, 5 × 10ⁿ below a rate, largest first; two decades below what theory says are enough."""
    lowest = min(LOWEST, theory / 100) if theory > 0 else LOWEST
    return [number for number in reversed(_numbers(lowest, HIGHEST)) if number < rate]


def rates_above(rate: float) -> list[float]:
    """Rates 1, 2, 5 × 10ⁿ above a rate, smallest first."""
    return [number for number in _numbers(LOWEST, HIGHEST) if number > rate]


def _numbers(low: float, high: float) -> list[float]:
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    # read from text: a digit times a power of ten need not be the double nearest to it
    numbers = [float(f"{digit}e{decade}") for decade in decades for digit in (1, 2, 5)]
    return [number for number in numbers if low <= number <= high]


def theory_of(raced: Trajectories, optimizer: int) -> float:
    """1/λ at the best place the runs of one optimizer came to: half the η at which descent is stable there; 0: unknown.

    λ is the largest curvature.
    """
    objective = raced.objective
    if objective.dimension > _MOST_CURVED:
        return 0.0
    losses = raced.losses[:, optimizer, 0]
    with np.errstate(all="ignore"):
        worth = np.where(np.isfinite(losses), -losses if raced.ascent else losses, np.inf)
        best = raced.positions[int(np.argmin(worth)), optimizer, :, 0]
        hessian = objective.hessian(best)
        if not np.isfinite(hessian).all():
            return 0.0
        steepest = float(np.abs(np.linalg.eigvalsh(hessian)).max())
    return 1 / steepest if steepest > 0 else 0.0


def lengths(experiment: Experiment) -> list[int]:
    """Numbers of steps 1, 2, 5 × 10ⁿ to try beyond those there are; a model takes long for each."""
    steps = experiment.steps
    most = min((_LONGER if experiment.objective.effort == 1 else _LONGER_MODEL) * steps, MOST_STEPS)
    return [int(number) for number in _numbers(1.0, 1e7) if steps < number <= most]


def schedules(steps: int) -> Iterator[Changes]:
    """Ways for η to fall, for those who never settle at one that stays."""
    yield (("schedule", Cosine()),)
    # to some 1e-9 of what it was, and told in few digits
    # rounded as 1 − γ: of γ itself, near 1, the first digits say nothing
    lessens = 1 - 10 ** (-9 / steps)
    gamma = round(1 - round(lessens, -math.floor(math.log10(lessens))), 8)
    if 0.5 < gamma < 1:
        yield (("schedule", Exponential(gamma=gamma)),)


def momenta(raced: Trajectories, optimizer: int) -> Iterator[Changes]:
    """Other values of β, for those who live by it."""
    rule = raced.rules[optimizer]
    if any(hyper.follows == "momentum" for hyper in rule.hypers()):
        now = rule.momentum  # type: ignore[attr-defined]
        yield from ((("momentum", beta),) for beta in (0.5, 0.8, 0.9, 0.95, 0.99) if beta != now)


def clips(raced: Trajectories, optimizer: int) -> Iterator[Changes]:
    """Lengths to cut gradients to."""
    now = raced.lanes[optimizer].clip
    yield from ((("clip", length),) for length in (10.0, 1.0, 0.1) if not 0 < now <= length)


def standardised(experiment: Experiment) -> Iterator[Changes]:
    """Features brought to one size, where they are not."""
    objective = experiment.objective
    features = getattr(objective, "X", None)
    if features is None or experiment.function != getattr(objective, "key", None):
        return
    if experiment.options.get("standardise") or not _is_apart(features):
        return
    yield (("standardise", True),)


def _is_apart(features: np.ndarray) -> bool:
    sizes = np.sqrt((features * features).mean(axis=0))
    sizes = np.append(sizes[sizes > 0], 1.0)  # beside the 1 that the bias goes by
    return bool(sizes.max() > _APART * sizes.min())


def starts(experiment: Experiment) -> Iterator[Changes]:
    """Other places to start from, in few digits: near by, to any side, and then the first that restarts begin at."""
    objective = experiment.objective
    if objective.dimension > _MOST_MOVED:
        return
    now = np.array(objective.start if experiment.start is None else experiment.start)
    width = objective.bounds[:, 1] - objective.bounds[:, 0]
    # off the diagonals, on which a function may be the same as on the other side
    aside = width * np.array([1.0, 0.7])[: len(now)]
    near = [now + share * sign * aside for share in _MOVES for sign in (1.0, -1.0)]
    far = starts_of(objective, tuple(now), range(1, 1 + len(_MOVES)), experiment.seed).T
    digits = [2 - math.floor(math.log10(size)) for size in width]
    for point in (*near, *far):
        yield (("start", tuple(round(float(x), each) for x, each in zip(point, digits, strict=True))),)


def without_differences(experiment: Experiment) -> Iterator[Changes]:
    """The exact gradient, in which nothing vanishes."""
    if not isinstance(experiment.gradient, Exact):
        yield (("gradient", Exact()),)
