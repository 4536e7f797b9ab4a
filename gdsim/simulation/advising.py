"""Finding out what helps an optimizer that did not arrive: nothing is advised that was not tried."""

from __future__ import annotations

import numpy as np

from gdsim.simulation.advice import Advice, Found
from gdsim.simulation.descend import Pulse
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.faults import MENDABLE, Fault, fault_of
from gdsim.simulation.outcomes import LOST, Kind
from gdsim.simulation.search import Search, has_end
from gdsim.simulation.trajectories import Trajectories
from gdsim.simulation.trials import StoppedError, Tried, alone, is_affordable

#: Advice that leaves something to be advised is followed for so many times, before it is given.
_LINKS = 3


def advise(
    experiment: Experiment, optimizer: int = 0, race: Trajectories | None = None, pulse: Pulse | None = None
) -> Advice | None:
    """Try out what would make the runs of one optimizer arrive that do not.

    Rates, numbers of steps, momentum, schedules, clipping and standardised features are tried, all else as it is, and
    of those with which every run arrives that can the one is taken with which they are there first. What is advised
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
    first = advice = _advised(Search(experiment, raced, place, pulse))
    for _ in range(_LINKS):
        if advice is None or first is None or advice.found not in (Found.MORE, Found.LOWER):
            break
        experiment = advice.applied(alone(experiment, advice.optimizer))
        if not is_affordable(experiment):
            break
        raced = experiment.run(pulse)
        if raced.steps < experiment.steps:
            raise StoppedError
        further = _advised(Search(experiment, raced, 0, pulse))
        if further is None or not further.changes:
            break
        advice = further
        first = first.followed_by(further)
    return first


def _advised(search: Search) -> Advice | None:
    """What helps, or that nothing does; None where nothing is wrong."""
    best = search.best()
    if best is None:
        return _nothing(search) if search.is_mendable else None
    if best.mended_since(search.now):
        return _told(search, Found.ARRIVES if best.over or len(search.runs) > 1 else Found.NEAR, best)
    return _told(search, Found.MORE if best.arrived > search.now.arrived else Found.LOWER, best)


def _nothing(search: Search) -> Advice | None:
    """That nothing helps, where that is worth saying."""
    now, is_bounded = search.now, has_end(search.raced)
    if now.faults[0] is Fault.RUNAWAY or search.is_endless or (search.trials.endless and not is_bounded):
        return _told(search, Found.RUNAWAY, now)
    # who is well on the way to what nobody knows needs nothing; of a model the end is seldom known
    is_fine = hasattr(search.raced.objective, "is_classes") or (now.calm and not is_bounded)
    on_its_way = is_fine and all(fault is Fault.SLOW for fault in now.faults if fault in MENDABLE)
    return None if search.trials.count == 0 or on_its_way else _told(search, Found.NOTHING, now)


def _told(search: Search, found: Found, end: Tried) -> Advice:
    sign = -1.0 if search.raced.ascent else 1.0
    return Advice(
        search.trials.id,
        found,
        end.changes,
        runs=len(search.runs),
        of=search.raced.runs,
        arrived=end.arrived,
        before=search.now.arrived,
        lost=end.lost,
        step=end.step,
        loss=sign * end.loss,
        loss_before=sign * search.now.loss,
        tried=search.trials.count,
        ascent=search.raced.ascent,
    )
