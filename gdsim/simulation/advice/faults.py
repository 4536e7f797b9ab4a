"""What is wrong with how a run ended, as far as something can be tried against it."""

from __future__ import annotations

from enum import StrEnum

from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcomes import LOST, Kind, Outcome
from gdsim.simulation.trajectories import Trajectories


class Fault(StrEnum):
    """What keeps a run from where it should go."""

    NONE = "none"
    LOST = "lost"  # its steps are too long: it diverges, grows, or leaves the domain
    CYCLING = "cycling"  # its steps do not get shorter
    FROZEN = "frozen"  # its differences vanish in rounding
    SLOW = "slow"  # it is on the way
    RUNAWAY = "runaway"  # there is no end to its way, unless it was a step too long that brought it there
    STRANDED = "stranded"  # it rests where it should not
    UNTOLD = "untold"  # it rests, and nobody knows on what: that is no minimum yet
    WORSE = "worse"  # with some change: it rests, but no lower than without, where nobody knows how low f gets


#: What other values may mend.
MENDABLE = (Fault.LOST, Fault.CYCLING, Fault.FROZEN, Fault.SLOW, Fault.RUNAWAY, Fault.WORSE)
#: In these a run is at rest.
AT_REST = (Fault.NONE, Fault.STRANDED, Fault.UNTOLD)
#: The loss at which these end says nothing of what could be.
NOWHERE = (Fault.LOST, Fault.RUNAWAY)
#: What longer steps can only make worse.
TOO_LONG = (Fault.LOST, Fault.CYCLING, Fault.RUNAWAY)
_BY_MOTION = {Motion.GROWING: Fault.LOST, Motion.FLUNG: Fault.LOST, Motion.CYCLING: Fault.CYCLING}


def fault_of(race: Trajectories, optimizer: int, run: int) -> Fault:
    """What is wrong with one run of a race."""
    return fault_in(race, optimizer, run, race.outcome(optimizer, run))


def is_there(race: Trajectories, optimizer: int, run: int, outcome: Outcome) -> bool:
    """Tell if a run is at or near a minimum (uphill, a maximum), as the tally and the column of the global one say."""
    return outcome.arrived or bool(race.reached.known and race.reached.best[optimizer, run])


def fault_in(race: Trajectories, optimizer: int, run: int, outcome: Outcome) -> Fault:
    """What is wrong with a run that ended in this way."""
    if outcome.kind is Kind.CANCELLED or is_there(race, optimizer, run, outcome):
        return Fault.NONE
    if outcome.motion is Motion.RUNAWAY:
        return Fault.RUNAWAY
    if outcome.kind in (Kind.CONVERGED, Kind.NO_GRADIENT) or _never_left(outcome):
        return Fault.UNTOLD if outcome.ground is Ground.UNTOLD else Fault.STRANDED
    if outcome.motion is not Motion.CYCLING and (outcome.kind in LOST or _ends_worse(race, optimizer, run)):
        return Fault.LOST
    if outcome.ground is Ground.ROUNDING:
        return Fault.FROZEN
    return _BY_MOTION.get(outcome.motion, Fault.SLOW)


def _never_left(outcome: Outcome) -> bool:
    return outcome.kind in LOST and outcome.step == 0


def _ends_worse(race: Trajectories, optimizer: int, run: int) -> bool:
    """Return whether a run ends higher than it began (uphill: lower): longer steps are then not what it needs."""
    first, last = race.losses[[0, -1], optimizer, run]
    return bool(last < first if race.ascent else last > first)
