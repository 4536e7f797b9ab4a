"""Looking for what helps one optimizer: what is tried, in which order, and what of it is best."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from gdsim.simulation.advice import candidates
from gdsim.simulation.advice.advice import Changes
from gdsim.simulation.advice.problems import AT_REST, NOWHERE, SOLVABLE, TOO_LONG, Problem
from gdsim.simulation.advice.trials import Trial, TrialRunner, sample_of, trial_of
from gdsim.simulation.descend import Pulse
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.pieces import norm
from gdsim.simulation.trajectories import Trajectories

#: On so many runs a change is tried first; so many of those that help these are tried on all.
_PROBES, _VERIFIED = 4, 4
#: A slower descent is looked for no further after so many that are slower and slower.
_PATIENCE = 3
#: By what share of the way gone so far, and of the loss, the end has to be lower to be worth a change.
_WORTH, _TINY = 0.1, 1e-6


class Search:
    """Looks for what helps one optimizer of a race."""

    def __init__(self, experiment: Experiment, raced: Trajectories, place: int, pulse: Pulse | None) -> None:
        self.experiment, self.raced, self.place = experiment, raced, place
        self.trials = TrialRunner(experiment, place, pulse)
        self.runs = sample_of(raced, place)
        self.now = trial_of(raced, place, self.runs, pulse=pulse)
        faulty = [run for run, problem in zip(self.runs, self.now.problems, strict=True) if problem in SOLVABLE]
        self.probes = tuple(sorted({0, *faulty[:_PROBES]}))
        self.first = trial_of(raced, place, self.probes, pulse=pulse)
        self._is_known = raced.reached.known or bool(raced.objective.maxima if raced.ascent else raced.objective.minima)

    def best(self) -> Trial | None:
        """Find what solves the problem of every run; else that of most, or at least gets lower."""
        if not self.is_mendable:
            return self._elsewhere() if self.is_needed else None
        some: Trial | None = None
        probes: list[Trial] = []
        for tried in self._stages():
            probes += tried
            found = self._verified(tried)
            if found is not None and found.solves(self.now):
                return found
            if found is not None and (some is None or found.arrived > some.arrived):
                some = found
        if self.is_endless:
            return some
        lower = self._lower(probes)
        # one run that chances upon a corner is worth less than that all come close
        closer = some is None or (self._bounces and lower is not None and lower.loss < some.loss - self._worth)
        return lower if closer else some

    def _elsewhere(self) -> Trial | None:
        """The nearest other start that helps: where the run rests it would rest with any other value, too."""
        found = (self._verified(self._probed([changes])) for changes in candidates.starts(self.experiment))
        return next((each for each in found if each is not None), None)

    def _stages(self) -> Iterator[list[Trial]]:
        """Probes, kind by kind."""
        yield self._probed(candidates.without_differences(self.experiment))
        rates = self._of_rates()
        yield rates
        if self.is_endless:
            return
        scaled = self._standardised()
        yield scaled
        if self._is_training:
            return
        yield self._probed(candidates.momenta(self.raced, self.place))
        if self.raced.lanes[self.place].schedule is None:
            yield self._probed(candidates.schedules(self.experiment.steps))
        most = 2 if self.raced.objective.effort == 1 else 1
        yield self._longer([*_best_of(rates)[:most], *_best_of(scaled)[:1]])
        if Problem.LOST in self.now.problems:
            yield self._probed(candidates.clips(self.raced, self.place))

    def _probed(self, several: Iterable[Changes]) -> list[Trial]:
        tried = (self._run(changes, self.probes) for changes in several)
        return [each for each in tried if each is not None]

    def _run(self, changes: Changes, runs: Sequence[int]) -> Trial | None:
        """Try some changes on some runs; where no minimum is known one that is no lower for it is the worse."""
        tried = self.trials.run(changes, runs)
        if tried is None or self._is_known:
            return tried
        before = self.now if len(runs) == len(self.runs) else self.first
        problems = zip(tried.problems, before.problems, tried.losses, before.losses, before.levels, strict=True)
        return dataclasses.replace(tried, problems=tuple(_judged(*each) for each in problems))

    def _of_rates(self) -> list[Trial]:
        """Larger and smaller rates; for those who are lost, or who do not settle, only smaller ones."""
        rate, theory = self.raced.lanes[self.place].rate, candidates.theory_of(self.raced, self.place)
        below = candidates.rates_below(rate, theory)
        if not any(problem in TOO_LONG for problem in self.now.problems):
            return [*self._along(candidates.rates_above(rate), until_lost=True), *self._along(below)]
        stable = [number for number in below if number <= 4 * theory]
        likely = self._along(stable) if stable else []
        if any(self._helps(each) for each in likely):
            return likely
        return [*likely, *self._along([number for number in below if number not in stable])]

    def _along(self, rates: Sequence[float], until_lost: bool = False) -> list[Trial]:
        """Probes of one rate after the other, until they get worse and worse."""
        found: list[Trial] = []
        best, worse = (1, math.inf, math.inf), 0
        for rate in rates:
            tried = self._run((("learning_rate", rate),), self.probes)
            if tried is None or (until_lost and tried.lost):
                break
            found.append(tried)
            worth = (-tried.arrived, tried.step, tried.loss)
            worse = 0 if worth < best or tried.lost else worse + 1
            best = min(best, worth)
            if worse == _PATIENCE:
                break
        return found

    def _standardised(self) -> list[Trial]:
        found = []
        for changes in candidates.standardised(self.experiment):
            found += self._probed([changes])
            if not any(self._helps(each) for each in found):
                found += self._probed((*changes, ("learning_rate", rate)) for rate in candidates.COMMON)
        return found

    def _longer(self, tried: Sequence[Trial]) -> list[Trial]:
        """More steps: with nothing else changed, or with what is on the way."""
        unchanged: list[Changes] = [()] if self.first.lost == 0 else []
        promising = [*unchanged, *(each.changes for each in tried)]
        for steps in candidates.lengths(self.experiment):
            found = self._probed((*changes, ("steps", steps)) for changes in promising)
            if any(self._helps(each) for each in found):
                return found
            # who rests where it should not does so after more steps, too
            promising = [each.changes[:-1] for each in found if not each.over]
        return []

    @property
    def is_mendable(self) -> bool:
        """Return whether there is something that other values may mend."""
        return any(problem in SOLVABLE for problem in self.now.problems)

    @property
    def is_needed(self) -> bool:
        """Return whether there is something to look for."""
        return self.is_mendable or self.now.problems[0] is Problem.STRANDED

    @property
    def is_endless(self) -> bool:
        """Return whether all that is wrong is that runs find no end."""
        return {problem for problem in self.now.problems if problem in SOLVABLE} == {Problem.RUNAWAY}

    @property
    def _is_training(self) -> bool:
        """Return whether it is a model on its way to a bottom that is not known: a lower end is all one can ask."""
        objective, slow = self.raced.objective, {Problem.SLOW, *AT_REST}
        is_open = not objective.minima and objective.lowest is None and hasattr(objective, "is_classes")
        return is_open and set(self.now.problems) <= slow

    def _helps(self, probe: Trial) -> bool:
        return probe.solves(self.first) and probe.arrived > self.first.arrived

    def _verified(self, probes: Sequence[Trial]) -> Trial | None:
        """The best of what helps when it is tried on all runs."""
        helpful = [each for each in probes if each.arrived > self.first.arrived]
        helpful.sort(key=lambda each: (-each.arrived, each.step, each.loss))
        best: Trial | None = None
        for each in helpful[:_VERIFIED]:
            whole = self._whole(each)
            if whole is None or whole.arrived <= self.now.arrived or self._harms(whole):
                continue
            if whole.arrived == len(self.runs):
                return whole
            if best is None or whole.arrived > best.arrived:
                best = whole
        return best

    def _lower(self, probes: Sequence[Trial]) -> Trial | None:
        """Find what ends lowest with no run lost, where there is a bottom or the slope gives out, if it is worth it."""
        is_bounded = self._bounces or has_end(self.raced)
        enough = self._begun if self.now.lost else self.now.loss - self._worth
        calmer = _best_of(each for each in probes if not {Problem.CYCLING, Problem.WORSE} & set(each.problems))
        if not self._bounces:  # of those one asks how close they end; else another rate is the plainer word
            calmer.sort(key=lambda each: [name for name, _ in each.changes] != ["learning_rate"])
        for each in calmer[:_VERIFIED]:
            whole = self._whole(each)
            if whole is None or self._harms(whole) or whole.lost or not whole.loss < enough:
                continue
            if self._bounces and Problem.CYCLING in whole.problems:
                continue
            if is_bounded or whole.calm:
                return whole
        return None

    def _whole(self, probe: Trial) -> Trial | None:
        return probe if self.probes == self.runs else self._run(probe.changes, self.runs)

    @property
    def _bounces(self) -> bool:
        return Problem.CYCLING in self.now.problems

    @property
    def _begun(self) -> float:
        """The loss at which the first run begins."""
        return float(self.raced.losses[0, self.place, 0]) * (-1.0 if self.raced.ascent else 1.0)

    @property
    def _worth(self) -> float:
        """The least gain that is worth a change: a share of the way gone; or of a step, at the bottom."""
        gone = abs(self._begun - self.now.loss)
        if self._bounces:
            gone = min(gone, gain_of(self.raced, self.place, self.runs))
        return max(_WORTH * gone, _TINY * max(1.0, abs(self.now.loss)))

    def _harms(self, whole: Trial) -> bool:
        """Return whether it is worse for the first run, or for more runs than it helps."""
        first = self.now.problems[0] is Problem.NONE and whole.problems[0] is not Problem.NONE
        higher = self.now.problems[0] not in NOWHERE and whole.losses[0] > self.now.losses[0] + _tiny(
            self.now.losses[0]
        )
        return first or (higher and not self._is_known) or whole.arrived < self.now.arrived


def _judged(problem: Problem, before: Problem, loss: float, loss_before: float, level_before: float) -> Problem:
    """Name the problem of a run after a change: its own, or that it is at rest and no lower for it."""
    if problem not in AT_REST or before in NOWHERE:
        return problem
    # a higher end is no arrival; whoever was at rest before has no lower one to come to
    about = loss_before + _tiny(loss_before)
    lowest = about if before in AT_REST else min(about, level_before)
    return problem if loss < lowest else Problem.WORSE


def _tiny(loss: float) -> float:
    return _TINY * max(1.0, abs(loss))


def _best_of(probes: Iterable[Trial]) -> list[Trial]:
    """Give the trials with no run lost, best first."""
    return sorted((each for each in probes if each.lost == 0), key=lambda each: (-each.arrived, each.loss))


def gain_of(raced: Trajectories, place: int, runs: Sequence[int]) -> float:
    """Estimate what the last step of some runs could gain: its length times the gradient's, the median over them."""
    chosen = list(runs)
    with np.errstate(all="ignore"):
        before, last = (raced.positions[step, place][:, chosen] for step in (max(0, raced.steps - 1), raced.steps))
        slopes = norm(raced.objective.gradient(last), axis=0)
        return float(np.median(np.nan_to_num(norm(last - before, axis=0) * slopes)))


def has_end(raced: Trajectories) -> bool:
    """Return whether f is known to have a lowest value; uphill, a highest."""
    objective = raced.objective
    if raced.ascent:
        return bool(objective.maxima)
    return bool(objective.minima) or objective.lowest is not None or hasattr(objective, "is_classes")
