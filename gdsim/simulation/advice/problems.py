"""The problems that a run may end with, as far as something can be tried against them."""

from __future__ import annotations

from enum import StrEnum

from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcomes import LOST, Kind, Outcome
from gdsim.simulation.trajectories import Trajectories


class Problem(StrEnum):
    """The reasons why a run does not get where it should go."""

    NONE = "none"
    LOST = "lost"  # its steps are too long: it diverges, grows, or leaves the domain
    CYCLING = "cycling"  # its steps do not get shorter
    FROZEN = "frozen"  # its differences vanish in rounding
    SLOW = "slow"  # it is on the way
    RUNAWAY = "runaway"  # there is no end to its way, unless it was a step too long that brought it there
    STRANDED = "stranded"  # it rests where it should not
    UNTOLD = "untold"  # it rests, and nobody knows on what: that is no minimum yet
    WORSE = "worse"  # with some change: it rests, but no lower than without, where nobody knows how low f gets


#: Problems that other values may mend.
SOLVABLE = (Problem.LOST, Problem.CYCLING, Problem.FROZEN, Problem.SLOW, Problem.RUNAWAY, Problem.WORSE)
#: In these a run is at rest.
AT_REST = (Problem.NONE, Problem.STRANDED, Problem.UNTOLD)
#: The loss at which these end says nothing of what could be.
NOWHERE = (Problem.LOST, Problem.RUNAWAY)
#: Problems that longer steps can only make worse.
TOO_LONG = (Problem.LOST, Problem.CYCLING, Problem.RUNAWAY)
_BY_MOTION = {Motion.GROWING: Problem.LOST, Motion.FLUNG: Problem.LOST, Motion.CYCLING: Problem.CYCLING}


def problem_of(race: Trajectories, optimizer: int, run: int) -> Problem:
    """Name the problem of one run of a race."""
    return problem_in(race, optimizer, run, race.outcome(optimizer, run))


def is_at_minimum(race: Trajectories, optimizer: int, run: int, outcome: Outcome) -> bool:
    """Return whether a run is at or near a minimum (uphill, a maximum), as the tally and the table say."""
    return outcome.arrived or bool(race.reached.known and race.reached.best[optimizer, run])


def problem_in(race: Trajectories, optimizer: int, run: int, outcome: Outcome) -> Problem:
    """Name the problem of a run that ended in this way."""
    if outcome.kind is Kind.CANCELLED or is_at_minimum(race, optimizer, run, outcome):
        return Problem.NONE
    if outcome.motion is Motion.RUNAWAY:
        return Problem.RUNAWAY
    if outcome.kind in (Kind.CONVERGED, Kind.NO_GRADIENT) or _never_left(outcome):
        return Problem.UNTOLD if outcome.ground is Ground.UNTOLD else Problem.STRANDED
    if outcome.motion is not Motion.CYCLING and (outcome.kind in LOST or _ends_worse(race, optimizer, run)):
        return Problem.LOST
    if outcome.ground is Ground.ROUNDING:
        return Problem.FROZEN
    return _BY_MOTION.get(outcome.motion, Problem.SLOW)


def _never_left(outcome: Outcome) -> bool:
    return outcome.kind in LOST and outcome.step == 0


def _ends_worse(race: Trajectories, optimizer: int, run: int) -> bool:
    """Return whether a run ends higher than it began (uphill: lower): longer steps are then not what it needs."""
    first, last = race.losses[[0, -1], optimizer, run]
    return bool(last < first if race.ascent else last > first)
