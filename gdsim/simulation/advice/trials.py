"""Trying: one optimizer's runs again with some values changed, as long as the means last."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.advice.advice import Changes, changed
from gdsim.simulation.advice.problems import SOLVABLE, Problem, is_at_minimum, problem_in
from gdsim.simulation.descend import Pulse, race
from gdsim.simulation.endings.outcomes import LOST, Kind, Outcome
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.pieces import norm
from gdsim.simulation.starts import starts_of
from gdsim.simulation.trajectories import Trajectories

#: What may be spent on one optimizer: about so many microseconds, as `_price` reckons, so that all machines try alike.
_MEANS = 1e6
#: Of more runs so many are tried: the first, some of those that have a problem, and some of the others.
SAMPLE, _WITH_PROBLEM = 64, 40


#: A gradient is short that is no more than this share of what it was at the start.
_CALM = 0.1
#: The height to which a run bounces is seen in this part of its steps at the end.
_CYCLE = 8
#: What may be wrong with the first run afterwards, by what was wrong before: it rests where it should not if it did.
_FIRST = dict.fromkeys(Problem, (Problem.NONE,)) | {
    each: (Problem.NONE, each) for each in (Problem.STRANDED, Problem.UNTOLD)
}


class StoppedError(Exception):
    """Somebody has something newer to do."""


@dataclass(frozen=True)
class Trial:
    """The ends of some runs with some values changed.

    Attributes
    ----------
    changes
        What was changed.
    problems
        What is wrong with each.
    outcome
        How the first of them ended.
    there, best
        How many are at or near a minimum (uphill, a maximum), and at the global one; None where none is known.
    step
        The step at which the last of them ended.
    losses, levels
        Where each ends; and, if it bounces, how high: by chance it may end far below. Uphill with the sign turned, so
        that less is better. What is not a number is infinite.
    over
        Whether all runs ended before their steps were used up.
    calm
        Whether the gradient of every run has become short.
    """

    changes: Changes
    problems: tuple[Problem, ...]
    outcome: Outcome
    there: int
    best: int | None
    step: int
    losses: tuple[float, ...]
    levels: tuple[float, ...]
    over: bool
    calm: bool

    @property
    def arrived(self) -> int:
        """The number of runs that have no problem."""
        return self.problems.count(Problem.NONE)

    @property
    def loss(self) -> float:
        """The median of the levels."""
        return float(np.median(self.levels))

    @property
    def endless(self) -> int:
        """The number of runs that find no end."""
        return self.problems.count(Problem.RUNAWAY)

    @property
    def lost(self) -> int:
        """The number of runs that are lost, or find no end."""
        return self.problems.count(Problem.LOST) + self.endless

    def solves(self, before: Trial) -> bool:
        """Return whether no run has a problem left but such as no value mends, and more runs arrive than before."""
        still = any(problem in SOLVABLE for problem in self.problems)
        return self.problems[0] in _FIRST[before.problems[0]] and self.arrived > before.arrived and not still


class TrialRunner:
    """Tries out changes for one optimizer of an experiment.

    Parameters
    ----------
    experiment, place
        The experiment, and the optimizer's place in its race.
    pulse
        Called now and then; where it returns True, `run` raises `StoppedError`.
    """

    def __init__(self, experiment: Experiment, place: int, pulse: Pulse | None) -> None:
        self.experiment = experiment
        self.id = experiment.racing[place].id
        self.count = 0
        self.left = _MEANS
        self._pulse = pulse
        self._stopped = False

    def run(self, changes: Changes, runs: Sequence[int]) -> Trial | None:
        """Try some changes on runs of these numbers; None where that is not possible, or costs too much.

        Noise is drawn as for the first runs of a race: on a part of them it is another, and what helps is tried on all.
        """
        raced = self._raced(changes, runs)
        if raced is None:
            return None
        self.count += 1
        return trial_of(raced, 0, range(raced.runs), changes, self._pulse)

    def _raced(self, changes: Changes, runs: Sequence[int]) -> Trajectories | None:
        try:
            experiment = dataclasses.replace(alone(changed(self.experiment, self.id, changes), self.id), restarts=0)
        except GdsimError:  # too long to be held, or of no sense for this function
            return None
        price = _price(experiment.objective, experiment.steps, len(runs))
        if price > self.left:
            return None
        self.left -= price
        start = experiment.objective.start if experiment.start is None else experiment.start
        starts = starts_of(experiment.objective, start, runs, experiment.seed)
        try:
            raced = race(experiment.course, experiment.lanes, starts, experiment.steps, experiment.tolerance, self._ask)
        except GdsimError:
            return None
        if self._stopped:
            raise StoppedError
        return raced

    def _ask(self, share: float) -> bool:
        self._stopped = self._stopped or (self._pulse is not None and self._pulse(share))
        return self._stopped


def alone(experiment: Experiment, optimizer: str) -> Experiment:
    """An experiment with one of its optimizers only, by its id."""
    entries = tuple(entry for entry in experiment.optimizers if entry.id == optimizer)
    return dataclasses.replace(experiment, optimizers=entries)


def is_affordable(experiment: Experiment) -> bool:
    """Return whether one optimizer's runs may be raced for advice, all of them."""
    return _price(experiment.objective, experiment.steps, experiment.restarts + 1) <= _MEANS


def trial_of(
    raced: Trajectories, optimizer: int, runs: Sequence[int], changes: Changes = (), pulse: Pulse | None = None
) -> Trial:
    """Sum up how some runs of one optimizer ended; `StoppedError` where `pulse` returns True."""
    chosen = list(runs)
    outcomes = _outcomes(raced, optimizer, chosen, pulse)
    pairs = list(zip(chosen, outcomes, strict=True))
    problems = tuple(problem_in(raced, optimizer, run, outcome) for run, outcome in pairs)
    there = sum(is_at_minimum(raced, optimizer, run, outcome) for run, outcome in pairs)
    best = int(np.count_nonzero(raced.reached.best[optimizer, chosen])) if raced.reached.known else None
    # (steps, runs), the last of them
    losses = raced.losses[-1 - raced.steps // _CYCLE :, optimizer][:, chosen]
    losses = np.nan_to_num(-losses if raced.ascent else losses, nan=np.inf)
    levels = np.where([problem is Problem.CYCLING for problem in problems], losses.max(axis=0), losses[-1])
    with np.errstate(all="ignore"):
        points = raced.positions[[0, -1], optimizer][:, :, chosen].swapaxes(0, 1)
        slopes = norm(raced.objective.gradient(points), axis=0)
    over = not np.isin(raced.kinds[optimizer, chosen], [Kind.OUT_OF_STEPS]).any()
    calm = bool((slopes[1] <= _CALM * slopes[0]).all())
    step = int(raced.ended[optimizer, chosen].max())
    ends, highs = tuple(losses[-1].tolist()), tuple(levels.tolist())
    return Trial(changes, problems, outcomes[0], there, best, step, ends, highs, over, calm)


def _outcomes(raced: Trajectories, optimizer: int, runs: Sequence[int], pulse: Pulse | None) -> list[Outcome]:
    found = []
    for done, run in enumerate(runs):
        # how a run ends can take a millisecond to find out, and of dozens of them nobody who has news waits
        if pulse is not None and pulse(done / len(runs)):
            raise StoppedError
        found.append(raced.outcome(optimizer, run))
    return found


def sample_of(raced: Trajectories, optimizer: int) -> tuple[int, ...]:
    """The numbers of the runs that changes are tried on: all, or of many the first, some with a problem and others."""
    if raced.runs <= SAMPLE:
        return tuple(range(raced.runs))
    lost = np.isin(raced.kinds[optimizer], LOST)
    late = np.isin(raced.kinds[optimizer], [Kind.OUT_OF_STEPS])
    worst_first = np.argsort(np.where(lost, 0, np.where(late, 1, 2)), kind="stable")
    chosen = dict.fromkeys([0, *worst_first[:_WITH_PROBLEM].tolist(), *range(raced.runs)])
    return tuple(sorted(list(chosen)[:SAMPLE]))


def _price(objective: Objective, steps: int, runs: int) -> float:
    """About how many microseconds some runs take; what is asked about their ends included."""
    if objective.effort > 1:
        step = 40 + 0.004 * objective.effort * runs
    else:
        wide = objective.dimension * runs / 2
        step = wide if runs <= 8 else 20 + 0.1 * wide
    return steps * step + 300 * runs
