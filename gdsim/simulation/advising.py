"""Finding out what helps an optimizer that did not arrive: nothing is advised that was not tried."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from gdsim.simulation import remedies
from gdsim.simulation.advice import Advice, Changes, Found
from gdsim.simulation.descend import Pulse
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.faults import MENDABLE, TOO_LONG, Fault, fault_of
from gdsim.simulation.outcomes import LOST, Kind
from gdsim.simulation.trajectories import Trajectories
from gdsim.simulation.trials import StoppedError, Trials, Tried, alone, sample_of, tried_of

#: On so many runs a change is tried first; so many of those that help these are tried on all.
_PROBES, _VERIFIED = 4, 4
#: A slower descent is looked for no further after so many that are slower and slower.
_PATIENCE = 3
#: By what share of the way gone so far, and of the loss, the end has to be lower to be worth a change.
_WORTH, _TINY = 0.1, 1e-6
#: Advice that leaves something to be advised is followed for so many times, before it is given.
_LINKS = 3


def advise(
    experiment: Experiment, optimizer: int = 0, race: Trajectories | None = None, pulse: Pulse | None = None
) -> Advice | None:
    """Try out what would make the runs of one optimizer arrive that do not.

    Rates, numbers of steps, momentum, schedules, clipping and standardised features are tried, all else as it is, and
    of those with which every run arrives that can the one is taken with which they are there first. What is advised
    leaves nothing of the kind to be advised again. A run that grows is never advised a larger η, and one whose f falls
    without end no η at all.

    Parameters
    ----------
    experiment, race
        The experiment, and what it came to: it is run if that is not given.
    optimizer
        The place of the optimizer among those that take part.
    pulse
        Called now and then; returning True ends the search.

    Returns
    -------
    Advice
        With the changes, or with none where nothing that was tried helps; None if there is nothing wrong, the race was
        cancelled, or the search was ended.
    """
    raced = experiment.run(pulse) if race is None else race
    if raced.steps < experiment.steps or _all_rest(raced, optimizer):
        return None
    try:
        return _followed(experiment, raced, optimizer, pulse)
    except StoppedError:
        return None


def _all_rest(raced: Trajectories, optimizer: int) -> bool:
    """Whether all runs have ended where they stay, the first where it should: a look that takes no time."""
    moving = np.isin(raced.kinds[optimizer], [Kind.OUT_OF_STEPS, *LOST])
    return not moving.any() and fault_of(raced, optimizer, 0) is Fault.NONE


def _followed(experiment: Experiment, raced: Trajectories, place: int, pulse: Pulse | None) -> Advice | None:
    """Advice that helps some runs only is followed to its end: what would be advised next is part of it."""
    first = advice = _Search(experiment, raced, place, pulse).advice()
    for _ in range(_LINKS):
        if advice is None or first is None or advice.found not in (Found.MORE, Found.LOWER):
            break
        experiment = advice.applied(alone(experiment, advice.optimizer))
        raced = experiment.run(pulse)
        further = _Search(experiment, raced, 0, pulse).advice()
        if further is None or not further.changes:
            break
        advice = further
        first = first.followed_by(further)
    return first


class _Search:
    """Looks for what helps one optimizer of a race."""

    def __init__(self, experiment: Experiment, raced: Trajectories, place: int, pulse: Pulse | None) -> None:
        self.experiment, self.raced, self.place = experiment, raced, place
        self.trials = Trials(experiment, place, pulse)
        self.runs = sample_of(raced, place)
        self.now = tried_of(raced, place, self.runs)
        faulty = [run for run, fault in zip(self.runs, self.now.faults, strict=True) if fault in MENDABLE]
        self.probes = tuple(sorted({0, *faulty[:_PROBES]}))
        self.first = tried_of(raced, place, self.probes)

    def advice(self) -> Advice | None:
        """What helps, or that nothing does; None where nothing is wrong."""
        if any(fault in MENDABLE for fault in self.now.faults):
            best = self._best()
            if best is None:
                return self._nothing()
        else:
            # where it rests it would rest with any other value, too
            moved = remedies.starts(self.experiment) if self.now.faults[0] is Fault.STRANDED else ()
            best = self._verified(self._probed(moved))
            if best is None:
                return None
        if best.mended_since(self.now):
            return self._told(Found.ARRIVES if best.over or len(self.runs) > 1 else Found.NEAR, best)
        return self._told(Found.MORE if best.arrived > self.now.arrived else Found.LOWER, best)

    def _nothing(self) -> Advice | None:
        """That nothing helps, where that is worth saying."""
        found_no_end = self.trials.endless and not _has_end(self.raced)
        if self.now.faults[0] is Fault.RUNAWAY or self._is_endless or found_no_end:
            return self._told(Found.RUNAWAY, self.now)
        # who is well on the way needs nothing; of a model the end is seldom known
        is_fine = self.now.calm or hasattr(self.raced.objective, "is_classes")
        on_its_way = is_fine and all(fault is Fault.SLOW for fault in self.now.faults if fault in MENDABLE)
        return None if self.trials.count == 0 or on_its_way else self._told(Found.NOTHING, self.now)

    def _told(self, found: Found, end: Tried) -> Advice:
        sign = -1.0 if self.raced.ascent else 1.0
        return Advice(
            self.trials.id,
            found,
            end.changes,
            runs=len(self.runs),
            of=self.raced.runs,
            arrived=end.arrived,
            before=self.now.arrived,
            lost=end.lost,
            step=end.step,
            loss=sign * end.loss,
            loss_before=sign * self.now.loss,
            tried=self.trials.count,
            ascent=self.raced.ascent,
        )

    # --- what is tried, in this order

    def _best(self) -> Tried | None:
        """What ends the fault of every run; else what ends that of most, or at least gets lower."""
        some: Tried | None = None
        probes: list[Tried] = []
        for tried in self._stages():
            probes += tried
            found = self._verified(tried)
            if found is not None and found.mended_since(self.now):
                return found
            if found is not None and (some is None or found.arrived > some.arrived):
                some = found
        return some if some or self._is_endless else self._lower(probes)

    def _stages(self) -> Iterator[list[Tried]]:
        """Probes, kind by kind."""
        yield self._probed(remedies.without_differences(self.experiment))
        rates = self._of_rates()
        yield rates
        if self._is_endless:
            return
        scaled = self._standardised()
        yield scaled
        yield self._probed(remedies.momenta(self.raced, self.place))
        if self.raced.lanes[self.place].schedule is None:
            yield self._probed(remedies.schedules(self.experiment.steps))
        most = 2 if self.raced.objective.effort == 1 else 1
        yield self._longer([*_best_of(rates)[:most], *_best_of(scaled)[:1]])
        if Fault.LOST in self.now.faults:
            yield self._probed(remedies.clips(self.raced, self.place))

    def _probed(self, candidates: Iterable[Changes]) -> list[Tried]:
        tried = (self.trials.run(changes, self.probes) for changes in candidates)
        return [each for each in tried if each is not None]

    def _of_rates(self) -> list[Tried]:
        """Larger and smaller rates; for those who are lost, or who do not settle, only smaller ones."""
        rate, theory = self.raced.lanes[self.place].rate, remedies.theory_of(self.raced, self.place)
        below = remedies.rates_below(rate, theory)
        if not any(fault in TOO_LONG for fault in self.now.faults):
            return [*self._along(remedies.rates_above(rate), until_lost=True), *self._along(below)]
        stable = [number for number in below if number <= 4 * theory]
        likely = self._along(stable) if stable else []
        if any(self._helps(each) for each in likely):
            return likely
        return [*likely, *self._along([number for number in below if number not in stable])]

    def _along(self, rates: Sequence[float], until_lost: bool = False) -> list[Tried]:
        """Probes of one rate after the other, until they get worse and worse."""
        found: list[Tried] = []
        best, worse = (1, math.inf, math.inf), 0
        for rate in rates:
            tried = self.trials.run((("learning_rate", rate),), self.probes)
            if tried is None or (until_lost and tried.lost):
                break
            found.append(tried)
            worth = (-tried.arrived, tried.step, tried.loss)
            worse = 0 if worth < best or tried.lost else worse + 1
            best = min(best, worth)
            if worse == _PATIENCE:
                break
        return found

    def _standardised(self) -> list[Tried]:
        found = []
        for changes in remedies.standardised(self.experiment):
            found += self._probed([changes])
            if not any(self._helps(each) for each in found):
                found += self._probed((*changes, ("learning_rate", rate)) for rate in remedies.COMMON)
        return found

    def _longer(self, tried: Sequence[Tried]) -> list[Tried]:
        """More steps: with nothing else changed, or with what is on the way."""
        unchanged: list[Changes] = [()] if self.first.lost == 0 else []
        candidates = [*unchanged, *(each.changes for each in tried)]
        for steps in remedies.lengths(self.experiment):
            found = self._probed((*changes, ("steps", steps)) for changes in candidates)
            if any(self._helps(each) for each in found):
                return found
            # who rests where it should not does so after more steps, too
            candidates = [each.changes[:-1] for each in found if not each.over]
        return []

    @property
    def _is_endless(self) -> bool:
        """Whether all that is wrong is that runs find no end."""
        return {fault for fault in self.now.faults if fault in MENDABLE} == {Fault.RUNAWAY}

    # --- how good it is

    def _helps(self, probe: Tried) -> bool:
        return probe.mended_since(self.first) and probe.arrived > self.first.arrived

    def _verified(self, probes: Sequence[Tried]) -> Tried | None:
        """The best of what helps when it is tried on all runs."""
        helpful = [each for each in probes if each.arrived > self.first.arrived]
        helpful.sort(key=lambda each: (-each.arrived, each.step, each.loss))
        best: Tried | None = None
        for each in helpful[:_VERIFIED]:
            whole = each if self.probes == self.runs else self.trials.run(each.changes, self.runs)
            if whole is None or whole.arrived <= self.now.arrived or self._harms(whole):
                continue
            if whole.arrived == len(self.runs):
                return whole
            if best is None or whole.arrived > best.arrived:
                best = whole
        return best

    def _lower(self, probes: Sequence[Tried]) -> Tried | None:
        """What ends lowest with no run lost, where there is a bottom or the slope gives out; it has to be worth it."""
        bounces = Fault.CYCLING in self.now.faults
        has_end = _has_end(self.raced) or bounces
        begun = float(self.raced.losses[0, self.place, 0]) * (-1.0 if self.raced.ascent else 1.0)
        worth = max(_WORTH * abs(begun - self.now.loss), _TINY * max(1.0, abs(self.now.loss)))
        enough = begun if self.now.lost else self.now.loss - worth
        calmer = [each for each in probes if Fault.CYCLING not in each.faults]
        # another rate is the plainer word
        calmer = sorted(_best_of(calmer), key=lambda each: [name for name, _ in each.changes] != ["learning_rate"])
        for each in calmer[:_VERIFIED]:
            whole = each if self.probes == self.runs else self.trials.run(each.changes, self.runs)
            if whole is None or self._harms(whole) or whole.lost or whole.loss >= enough:
                continue
            if bounces and Fault.CYCLING in whole.faults:
                continue
            if has_end or whole.calm:
                return whole
        return None

    def _harms(self, whole: Tried) -> bool:
        """Whether it is worse for the first run, or for more runs than it helps."""
        first = self.now.faults[0] is Fault.NONE and whole.faults[0] is not Fault.NONE
        return first or whole.arrived < self.now.arrived


def _best_of(probes: Iterable[Tried]) -> list[Tried]:
    """Those with no run lost, best first."""
    return sorted((each for each in probes if each.lost == 0), key=lambda each: (-each.arrived, each.loss))


def _has_end(raced: Trajectories) -> bool:
    """Whether f is known to have a lowest value; uphill, a highest."""
    objective = raced.objective
    if raced.ascent:
        return bool(objective.maxima)
    return bool(objective.minima) or objective.lowest is not None or hasattr(objective, "is_classes")
