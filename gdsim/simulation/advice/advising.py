"""Finding out what helps an optimizer that did not arrive: nothing is advised that was not tried."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.optimizers import Method
from gdsim.simulation.advice.advice import Advice, Found
from gdsim.simulation.advice.problems import SOLVABLE, Problem, problem_of
from gdsim.simulation.advice.search import Search, gain_of, has_end
from gdsim.simulation.advice.trials import StoppedError, Trial, alone, is_affordable
from gdsim.simulation.descend import Pulse
from gdsim.simulation.endings.critical_points import ground_at
from gdsim.simulation.endings.outcomes import AIMS, AIMS_UPHILL, LOST, Kind
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories

#: Advice that leaves something to be advised is followed for so many times, before it is given.
_LINKS = 3
#: Nothing is left to gain for whom a step leads no lower than by this share of the way gone.
_CLOSE = 1e-5


def advise(
    experiment: Experiment,
    optimizer: int = 0,
    race: Trajectories | None = None,
    pulse: Pulse | None = None,
    begun: Callable[[], object] = lambda: None,
) -> Advice | None:
    """Try out what would make the runs of one optimizer arrive that do not.

    A run arrives that ends at or near a minimum (uphill, a maximum); where none is known no change is better unless it
    ends lower than without. Rates, numbers of steps, momentum, schedules, clipping and standardised features are tried,
    all else as it is, and of those with which every run arrives that can the one is taken with which they are there
    first. Of runs that bounce at a corner, the one with which they end closest. What is advised
    leaves nothing of the kind to be advised again. A run that grows is never advised a larger η, but where features are
    standardised, too, which makes another function of a model; one whose f falls without end is advised no η but a
    smaller one with which it does not. Who rests on a saddle point is told another start.

    Parameters
    ----------
    experiment, race
        The experiment, and what it came to: it is run if that is not given.
    optimizer
        The place of the optimizer among those that take part.
    pulse
        Called now and then; returning True ends the search.
    begun
        Called once if something is wrong and the search begins.

    Returns
    -------
    Advice
        With the changes, or with none where nothing that was tried helps; None if there is nothing wrong, the race was
        cancelled, or the search was ended.
    """
    raced = experiment.run(pulse) if race is None else race
    if not _is_advisable(experiment, raced, optimizer):
        return None
    try:
        return _followed(experiment, raced, optimizer, pulse, begun)
    except StoppedError:
        return None


def needs_advice(experiment: Experiment, raced: Trajectories, optimizer: int) -> bool:
    """Return whether one optimizer of a race wants advice: seen at a glance, by its first run or by lost ones."""
    if not _is_advisable(experiment, raced, optimizer):
        return False
    is_lost = np.isin(raced.kinds[optimizer], LOST) & (raced.ended[optimizer] > 0)
    return bool(is_lost.any()) or problem_of(raced, optimizer, 0) in (*SOLVABLE, Problem.STRANDED)


def _is_advisable(experiment: Experiment, raced: Trajectories, optimizer: int) -> bool:
    """Return whether there may be something to say: the race is whole, some run goes on, and there is an η to turn."""
    whole = raced.steps >= experiment.steps
    return whole and not isinstance(raced.rules[optimizer], Method) and not _all_rest(raced, optimizer)


def _all_rest(raced: Trajectories, optimizer: int) -> bool:
    """Return whether all runs have ended where they stay, the first where it should: a look that takes no time."""
    moving = np.isin(raced.kinds[optimizer], [Kind.OUT_OF_STEPS, *LOST])
    return not moving.any() and problem_of(raced, optimizer, 0) is Problem.NONE


def _followed(
    experiment: Experiment, raced: Trajectories, place: int, pulse: Pulse | None, begun: Callable[[], object]
) -> Advice | None:
    """Advice that helps some runs only is followed to its end: what would be advised next is part of it."""
    search = Search(experiment, raced, place, pulse)
    if not search.is_needed or _has_come_close(search):
        return None
    begun()
    first = advice = _advised(search)
    for _ in range(_LINKS):
        if advice is None or first is None or advice.found not in (Found.MORE, Found.LOWER):
            break
        experiment = advice.applied(alone(experiment, advice.optimizer))
        if not is_affordable(experiment):
            break
        raced = experiment.run(pulse)
        if raced.steps < experiment.steps:
            raise StoppedError
        search = Search(experiment, raced, 0, pulse)
        further = None if _has_come_close(search) else _advised(search)
        if further is None or not further.changes:
            break
        advice = further
        first = first.followed_by(further)
    return first


def _advised(search: Search) -> Advice | None:
    """Give advice that helps, or say that nothing does; None where nothing is wrong."""
    best = search.best()
    if best is None:
        return _nothing(search) if search.is_mendable else None
    if best.solves(search.now):
        return _told(search, Found.ARRIVES if best.over or len(search.runs) > 1 else Found.NEAR, best)
    return _told(search, Found.MORE if best.arrived > search.now.arrived else Found.LOWER, best)


def _nothing(search: Search) -> Advice | None:
    """Say that nothing helps, where that is worth saying."""
    now, is_bounded = search.now, has_end(search.raced)
    if now.problems[0] is Problem.RUNAWAY or search.is_endless:
        return _told(search, Found.RUNAWAY, now)
    # who is well on the way to what nobody knows needs nothing; of a model the end is seldom known
    is_fine = hasattr(search.raced.objective, "is_classes") or (now.calm and not is_bounded)
    on_its_way = is_fine and all(problem is Problem.SLOW for problem in now.problems if problem in SOLVABLE)
    return None if search.trials.count == 0 or on_its_way else _told(search, Found.NOTHING, now)


def _has_come_close(search: Search) -> bool:
    """Return whether η has fallen along a schedule with nothing left to gain: at a corner that is the end."""
    raced, place, now = search.raced, search.place, search.now
    if not raced.lanes[place].scheduled or not set(now.problems) <= {Problem.NONE, Problem.SLOW}:
        return False
    slow = [run for run, problem in zip(search.runs, now.problems, strict=True) if problem is Problem.SLOW]
    gone = np.abs(raced.losses[-1, place, slow] - raced.losses[0, place, slow])
    if not gain_of(raced, place, slow) <= _CLOSE * np.median(gone):
        return False
    aims, ends = AIMS_UPHILL if raced.ascent else AIMS, raced.positions[-1, place]
    return all(ground_at(raced.objective, ends[:, run], raced.ascent) in aims for run in slow)


def _told(search: Search, found: Found, end: Trial) -> Advice:
    sign = -1.0 if search.raced.ascent else 1.0
    return Advice(
        search.trials.id,
        found,
        end.changes,
        runs=len(search.runs),
        of=search.raced.runs,
        arrived=end.there,
        before=search.now.there,
        best=end.best,
        best_before=search.now.best,
        endless=end.endless,
        ground=end.outcome.ground,
        step=end.step,
        loss=sign * end.loss,
        loss_before=sign * search.now.loss,
        bounced=search.now.problems[0] is Problem.CYCLING,
        tried=search.trials.count,
        ascent=search.raced.ascent,
    )
