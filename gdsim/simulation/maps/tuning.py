"""Tuning: every optimizer of a race is given the same budget to find its own best setting."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.nearest import THERE, reached
from gdsim.simulation.endings.outcome_kinds import LOST, Kind
from gdsim.simulation.entry import Entry
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.limits import check_work
from gdsim.simulation.maps.runs.found_ends import CODES, Pulse, within
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule, drawn_settings
from gdsim.simulation.pieces import pieces
from gdsim.simulation.starts import generator

#: The stream of random numbers; see `gdsim.simulation.starts`.
_TUNING = 6
#: A difference of this many standard errors is more than chance; losses that differ by less than this are the same.
_ERRORS, _ALIKE = 2.0, 1e-6
#: The rules that are gradient descent where their momentum is 0.
_HOLD_DESCENT = ("momentum", "nesterov")
#: So many runs go on together: few cost as much as one, and of more some would be lost when it is stopped.
_TOGETHER = 256


@dataclass(frozen=True, eq=False)
class Result:
    """Results of a setting on some starts, each ``(runs,)``.

    Attributes
    ----------
    loss
        f at the ends; infinite of lost runs.
    steps
        The steps until a run converges; infinite if it does not.
    reached
        Whether it ended at a global minimum.
    """

    loss: Array
    steps: Array
    reached: NDArray[np.bool_]

    def judged(self, criterion: Criterion, ascent: bool = False) -> Array:
        """Return what each run is judged by, ``(runs,)``, the smaller the better."""
        if criterion is Criterion.LOSS:
            return -self.loss if ascent else self.loss
        return self.steps if criterion is Criterion.STEPS else -self.reached.astype(np.float64)

    def score(self, criterion: Criterion, ascent: bool = False) -> tuple[float, float]:
        """The figure that is judged, the smaller the better, and the one that decides between equals."""
        loss = _median(-self.loss if ascent else self.loss)
        if criterion is Criterion.LOSS:
            return loss, _median(self.steps)
        return (_median(self.steps) if criterion is Criterion.STEPS else -float(self.reached.mean())), loss


@dataclass(frozen=True, eq=False)
class Tuned:
    """The search for one optimizer.

    Attributes
    ----------
    entry
        Its entry as it was.
    axes
        The hyperparameters that were searched.
    tried
        ``(tries, hyperparameters)``: the settings; the first is the one it had.
    scores
        ``(tries,)``: what each is judged by on the starts it was tried from, the smaller the better.
    best
        The number of the best one.
    before, after
        The results of the first and of the best one on the starts of the race, from which none was tried.
    """

    entry: Entry
    axes: tuple[Axis, ...]
    tried: Array
    scores: Array
    best: int
    before: Result
    after: Result

    @property
    def setting(self) -> dict[str, float]:
        """The values of the best setting, by name."""
        return dict(zip([axis.name for axis in self.axes], self.tried[self.best].tolist(), strict=True))

    @cached_property
    def best_of(self) -> Array:
        """The expected best score of k tried settings, for k = 1 … tries; see `expected_best`."""
        return expected_best(self.scores)


@dataclass(frozen=True)
class Containment:
    """The comparison of a tuned optimizer with one that it contains, and which it can therefore not be worse than.

    Attributes
    ----------
    larger, smaller
        Their ids: Momentum and gradient descent, say, which is Momentum at β = 0.
    worse, better
        From how many starts of the race the larger one does worse, and better, by the criterion of the search.
    """

    larger: str
    smaller: str
    worse: int
    better: int

    @property
    def is_worse(self) -> bool:
        """Tell whether the larger one is worse by more than chance, by the sign test: its search did not suffice."""
        return self.worse - self.better > _ERRORS * math.sqrt(self.worse + self.better)


@dataclass(frozen=True, eq=False)
class Tuning:
    """A tuning of a whole race.

    Attributes
    ----------
    rule
        What every optimizer was given.
    optimizers
        The search for each.
    experiment
        The race with the best settings.
    containments
        What has to hold between optimizers of which one contains the other.
    is_whole
        False if it was stopped: the settings that were not tried count as the worst.
    """

    rule: TuningRule
    optimizers: tuple[Tuned, ...]
    experiment: Experiment
    containments: tuple[Containment, ...]
    is_whole: bool = True


def checked_axes(experiment: Experiment, rule: TuningRule) -> list[tuple[Axis, ...]]:
    """Axes that are searched for each optimizer, or `GdsimError` where a rule does not fit a race, or is too much."""
    rule.check_names(experiment)
    axes = [rule.axes(entry.id, lane.rule) for entry, lane in zip(experiment.racing, experiment.lanes, strict=True)]
    for lane, own in zip(experiment.lanes, axes, strict=True):
        if not own:
            template = "{name} finds out by itself how far to go: leave it out of the tuning, or give ranges for it"
            raise GdsimError(template, "optimizers", name=lane.rule.title)
    # before and after are run from the starts of the race
    runs = rule.tries * rule.starts + 2 * (experiment.restarts + 1)
    check_work(len(axes) * runs, experiment.steps, experiment.objective.effort)
    return axes


def tuned(experiment: Experiment, rule: TuningRule, pulse: Pulse | None = None, threads: int = 1) -> Tuning:
    """Tune every optimizer of a race."""
    axes, objective, runs = checked_axes(experiment, rule), experiment.objective, rule.starts
    starts = np.stack([objective.draw(generator(rule.seed, _TUNING, run)) for run in range(runs)], axis=1)
    # other noise, too, than that of the race
    course = replace(experiment.course, seed=experiment.seed + 2**32)
    found, stopped = [], False

    def ask(k: int, share: float) -> bool:
        nonlocal stopped
        stopped = stopped or (pulse is not None and pulse((k + share) / len(axes)))
        return stopped

    for k, (entry, lane) in enumerate(zip(experiment.racing, experiment.lanes, strict=True)):
        search = _Search(experiment, course, entry, lane, axes[k], rule, threads)
        found.append(search.run(starts, lambda share, k=k: ask(k, share)))  # type: ignore[misc]
    return Tuning(
        rule,
        tuple(found),
        _with_settings(experiment, found),
        _containments(found, rule.criterion, experiment.ascent),
        not stopped,
    )


@dataclass(frozen=True, eq=False)
class _Search:
    experiment: Experiment
    course: Course
    entry: Entry
    lane: Lane
    axes: tuple[Axis, ...]
    rule: TuningRule
    threads: int

    def run(self, starts: Array, pulse: Pulse) -> Tuned:
        tries = self.rule.tries
        drawn = drawn_settings(self.axes, tries - 1, self.rule.seed)
        own = {axis.name: float(getattr(self.lane.rule, axis.name)) for axis in self.axes}
        settings = {name: np.concatenate([[own[name]], values]) for name, values in drawn.items()}
        results = self._results(self.course, starts, settings, pulse)
        ascent = self.experiment.ascent
        scores = np.array([result.score(self.rule.criterion, ascent) for result in results])
        best = int(np.lexsort([scores[:, 1], scores[:, 0]])[0])
        tried = np.stack(list(settings.values()), axis=1)
        race = self.experiment
        two = {name: values[[0, best]] for name, values in settings.items()}
        before, after = self._results(race.course, race.starts, two, lambda _: False)
        return Tuned(self.entry, self.axes, tried, scores[:, 0], best, before, after)

    def _results(self, course: Course, starts: Array, settings: dict[str, Array], pulse: Pulse) -> list[Result]:
        """The results of every setting on all starts ``(d, runs)``."""
        race, count, runs = self.experiment, len(next(iter(settings.values()))), starts.shape[1]
        loss, steps, best = (np.full((runs, count), np.inf) for _ in range(3))
        # noise goes by the number of the run
        size = 1 if course.noise > 0 else max(1, _TOGETHER // count)
        for some in pieces(runs, size):
            n = len(loss[some])
            start, all_ = np.repeat(starts[:, some], count, axis=1), {k: np.tile(v, n) for k, v in settings.items()}
            part, first = within(pulse, some.start / runs, n / runs), int(some.start)
            ends = ends_of(course, self.lane, start, race.steps, race.tolerance, all_, first, part, self.threads)
            values = course.objective.value(ends.positions)
            lost = np.isin(ends.kinds, [CODES[kind] for kind in (*LOST, Kind.CANCELLED)]) | ~np.isfinite(values)
            converged = ends.kinds == CODES[Kind.CONVERGED]
            loss[some] = np.where(lost, -np.inf if course.ascent else np.inf, values).reshape(n, count)
            steps[some] = np.where(converged, ends.steps, np.inf).reshape(n, count)
            best[some] = (_is_global(course, ends.positions, values) & ~lost).reshape(n, count)
        return [Result(loss[:, k], steps[:, k], best[:, k] > 0) for k in range(count)]


def _is_global(course: Course, points: Array, values: Array) -> NDArray[np.bool_]:
    """Tell whether points ``(d, n)`` lie at a global minimum (uphill, maximum) that is known."""
    places = course.objective.maxima if course.ascent else course.objective.minima
    # one more at the end, which the -1 of nowhere picks
    is_global = np.array([*(place.is_global for place in places), False])
    return np.asarray(is_global[reached(course.objective, points, values, THERE, course.ascent)])


def expected_best(scores: Array) -> Array:
    """The expected best of k of N scores, for k = 1 … N: Σᵢ yᵢ·C(N − i, k − 1)/C(N, k) of y₁ ≤ … ≤ y_N.

    Infinite as long as k tries may all have failed.
    """
    ordered, n = np.sort(scores), len(scores)
    found = np.empty(n)
    for k in range(1, n + 1):
        some = ordered[: n - k + 1]
        # C(N − i, k − 1)/C(N, k), each from the one before: no number of them overflows
        i = np.arange(1, n - k + 1)
        weights = np.cumprod(np.concatenate([[k / n], (n - k - i + 1) / (n - i)]))
        # a weight may be too small for a number, and 0 times infinity is none
        found[k - 1] = some[-1] if np.isinf(some[-1]) else float(weights @ some)
    return found


def _with_settings(experiment: Experiment, found: Sequence[Tuned]) -> Experiment:
    """The race in which every optimizer has its best setting."""
    best = {each.entry.id: each.setting for each in found}
    entries = [
        replace(entry, values={**entry.values, **best[entry.id]}) if entry.enabled else entry
        for entry in experiment.optimizers
    ]
    return replace(experiment, optimizers=tuple(entries))


def _containments(found: Sequence[Tuned], criterion: Criterion, ascent: bool) -> tuple[Containment, ...]:
    """Pairs of which one optimizer is the other at β = 0, which its range holds."""
    pairs = []
    for larger in found:
        momentum = next((axis for axis in larger.axes if axis.name == "momentum"), None)
        # RMSProp has a momentum, too, and divides by what it remembers of gradients all the same
        if larger.entry.key not in _HOLD_DESCENT or momentum is None or momentum.low > 0:
            continue
        pairs += [_compared(larger, smaller, criterion, ascent) for smaller in found if smaller.entry.key == "gd"]
    return tuple(pairs)


def _compared(larger: Tuned, smaller: Tuned, criterion: Criterion, ascent: bool) -> Containment:
    one, other = (each.after.judged(criterion, ascent) for each in (larger, smaller))
    with np.errstate(all="ignore"):
        # two that are lost, or that lie at the same minimum, are as good
        alike = (one == other) | (np.abs(one - other) <= _ALIKE * np.maximum(1.0, np.abs(other)))
    worse, better = (int(np.count_nonzero(~alike & less)) for less in (one > other, one < other))
    return Containment(larger.entry.id, smaller.entry.id, worse, better)


def _median(values: Array) -> float:
    ordered = np.sort(values)
    return float(ordered[(len(ordered) - 1) // 2])
