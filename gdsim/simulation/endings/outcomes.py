"""The end of a run, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.limits import CurvaturePlace, Limit
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcome_kinds import LOST, Kind

__all__ = ["AIMS", "AIMS_UPHILL", "LOST", "UNSETTLED", "Kind", "Outcome"]

#: The aims of a race, downhill and uphill.
AIMS = (Ground.GLOBAL_MINIMUM, Ground.LOCAL_MINIMUM, Ground.VALLEY, Ground.MINIMUM, Ground.MINIMA)
AIMS_UPHILL = (Ground.GLOBAL_MAXIMUM, Ground.LOCAL_MAXIMUM, Ground.MAXIMUM)
#: Motions of a run that will not settle, however long it goes on.
UNSETTLED = (Motion.GROWING, Motion.RUNAWAY, Motion.FLUNG, Motion.CYCLING)

_CONVERGED = {
    Ground.GLOBAL_MINIMUM: "converged at step {step} to a global minimum",
    Ground.LOCAL_MINIMUM: "converged at step {step} to a local minimum",
    Ground.VALLEY: "converged at step {step} to a global minimum, one of many",
    Ground.MINIMUM: "converged at step {step} to a minimum",
    Ground.MINIMA: "converged at step {step} to a minimum, one of many",
    Ground.SADDLE: "stopped at step {step} on a saddle point",
    Ground.MAXIMUM: "stopped at step {step} on a maximum",
    Ground.LOCAL_MAXIMUM: "stopped at step {step} on a local maximum",
    Ground.FLAT: "stopped at step {step} on flat ground",
    Ground.UNTOLD: "stopped at step {step} where the gradient vanishes",
}
_CONVERGED_UPHILL = {
    Ground.GLOBAL_MAXIMUM: "converged at step {step} to a global maximum",
    Ground.LOCAL_MAXIMUM: "converged at step {step} to a local maximum",
    Ground.MAXIMUM: "converged at step {step} to a maximum",
    Ground.MINIMUM: "stopped at step {step} on a minimum",
    Ground.LOCAL_MINIMUM: "stopped at step {step} on a local minimum",
    Ground.MINIMA: "stopped at step {step} on a minimum, one of many",
}
#: At a corner of f, which has no gradient there.
_CORNER = {
    Ground.GLOBAL_MINIMUM: "ended at step {step} in a global minimum, a corner",
    Ground.LOCAL_MINIMUM: "ended at step {step} in a local minimum, a corner",
    Ground.VALLEY: "ended at step {step} in a global minimum, a corner",
    Ground.MINIMUM: "ended at step {step} in a minimum, a corner",
    Ground.MINIMA: "ended at step {step} in a minimum, a corner",
    Ground.GLOBAL_MAXIMUM: "ended at step {step} in a global maximum, a corner",
    Ground.LOCAL_MAXIMUM: "ended at step {step} in a local maximum, a corner",
    Ground.MAXIMUM: "ended at step {step} in a maximum, a corner",
}
_CORNER_ELSEWHERE = "stopped at step {step}: f has no gradient there"
#: Near what is known; a run that settles there, or does not.
_NEAR = {
    Ground.GLOBAL_MINIMUM: "out of steps near a global minimum",
    Ground.LOCAL_MINIMUM: "out of steps near a local minimum",
    Ground.GLOBAL_MAXIMUM: "out of steps near a global maximum",
    Ground.LOCAL_MAXIMUM: "out of steps near a local maximum",
}
_ROUND = {
    Ground.GLOBAL_MINIMUM: "bounces round a global minimum and does not settle",
    Ground.LOCAL_MINIMUM: "bounces round a local minimum and does not settle",
    Ground.GLOBAL_MAXIMUM: "bounces round a global maximum and does not settle",
    Ground.LOCAL_MAXIMUM: "bounces round a local maximum and does not settle",
}
_AT = {
    Ground.GLOBAL_MINIMUM: "stands still near a global minimum",
    Ground.LOCAL_MINIMUM: "stands still near a local minimum",
    Ground.GLOBAL_MAXIMUM: "stands still near a global maximum",
    Ground.LOCAL_MAXIMUM: "stands still near a local maximum",
}
_NO_FURTHER = {
    Ground.GLOBAL_MINIMUM: "found no further step, near a global minimum",
    Ground.LOCAL_MINIMUM: "found no further step, near a local minimum",
    Ground.GLOBAL_MAXIMUM: "found no further step, near a global maximum",
    Ground.LOCAL_MAXIMUM: "found no further step, near a local maximum",
}
_MOVES = {
    Motion.ON_THE_WAY: "out of steps on the way",
    Motion.STILL: "stands still",
    Motion.ENDED: "found no further step",
    Motion.GROWING: "diverges",
    Motion.RUNAWAY: "falls without end, there may be no minimum",
    Motion.FLUNG: "flung far out by its first steps",
    Motion.CYCLING: "bounces and does not settle",
    Motion.NOISY: "out of steps, kept moving by its noisy gradient",
    Motion.SHRINKING: "out of steps, swinging less and less",
    Motion.CREEPING: "out of steps, creeping: its steps are tiny",
}
_MOVES_UPHILL = {Motion.RUNAWAY: "rises without end, there may be no maximum"}
_ROUNDING = "out of steps, standing still: differences vanish in rounding"
_DIVERGED = "diverged at step {step}"
_FELL = "fell without end until step {step}, there may be no minimum"
_ROSE = "rose without end until step {step}, there may be no maximum"
_LEFT = "left the domain at step {step}"
_CANCELLED = "cancelled at step {step}"
#: Runs that had nowhere to go from.
_NO_START = "no step taken: f is undefined at the start"
_HUGE_START = "no step taken: f is too large for a number at the start"

#: Why it does not settle, where that is known.
_CAUSES = {
    CurvaturePlace.ALIKE: "η = {rate} is above {formula} = {limit}",
    CurvaturePlace.MINIMUM: "η = {rate} is above {formula} = {limit} at the minimum",
    CurvaturePlace.MAXIMUM: "η = {rate} is above {formula} = {limit} at the maximum",
    CurvaturePlace.BEST: "η = {rate} is above {formula} = {limit} at its best point",
    CurvaturePlace.START: "η = {rate} is above {formula} = {limit} at the start",
}
_AT_THE_LIMIT = "η = {rate} is {formula} itself"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one run.

    Attributes
    ----------
    kind
        In one word.
    step
        The step at which it ended.
    ground
        What it stands on.
    ascent
        Whether it went uphill.
    motion
        How it moves at its end; of a run that has converged it says nothing.
    limit
        The η above which its rule cannot settle here, and that it had, where that is why; else None.
    restless
        Why its rule does not settle whatever η is, where that is why; "" otherwise.
    """

    kind: Kind
    step: int
    ground: Ground = Ground.SLOPE
    ascent: bool = False
    motion: Motion = Motion.ON_THE_WAY
    limit: Limit | None = None
    restless: str = ""

    @property
    def arrived(self) -> bool:
        """Return whether it came to where a race goes, or is close to it and settles: a minimum, uphill a maximum."""
        if self.ground not in (AIMS_UPHILL if self.ascent else AIMS):
            return False
        if self.kind in (Kind.CONVERGED, Kind.NO_GRADIENT):
            return True
        return self.kind is Kind.OUT_OF_STEPS and self.motion not in UNSETTLED

    @property
    def template(self) -> str:
        """The sentence on how it ended, with ``{step}`` in it, for translation."""
        match self.kind:
            case Kind.CONVERGED:
                return (_CONVERGED_UPHILL if self.ascent else {}).get(self.ground) or _CONVERGED[self.ground]
            case Kind.NO_GRADIENT:
                return _CORNER[self.ground] if self.arrived else _CORNER_ELSEWHERE
            case Kind.DIVERGED if self.step == 0:
                return _HUGE_START
            case Kind.DIVERGED if self.motion is Motion.RUNAWAY:
                return _ROSE if self.ascent else _FELL
            case Kind.DIVERGED:
                return _DIVERGED
            case Kind.LEFT_DOMAIN:
                return _NO_START if self.step == 0 else _LEFT
            case Kind.CANCELLED:
                return _CANCELLED
        return self._out_of_steps()

    def _out_of_steps(self) -> str:
        if self.ground is Ground.ROUNDING:
            return _ROUNDING
        moves = (_MOVES_UPHILL if self.ascent else {}).get(self.motion) or _MOVES[self.motion]
        if self.motion in (Motion.GROWING, Motion.RUNAWAY, Motion.FLUNG):
            return moves
        near = {Motion.CYCLING: _ROUND, Motion.STILL: _AT, Motion.ENDED: _NO_FURTHER}.get(self.motion, _NEAR)
        return near.get(self.ground, moves)

    @property
    def cause(self) -> str:
        """Why it did not settle, with the `values` in it, for translation; "" where that is not known."""
        if self.limit is None:
            return self.restless
        return _AT_THE_LIMIT if self.limit.is_reached else _CAUSES[self.limit.place]

    @property
    def values(self) -> Mapping[str, object]:
        """The values that stand in its templates."""
        if self.limit is None:
            return {"step": self.step}
        rate, value = _told_apart(self.limit.rate, self.limit.value)
        return {"step": self.step, "rate": rate, "limit": value, "formula": self.limit.formula}

    def __str__(self) -> str:
        return ", as ".join(part.format(**self.values) for part in (self.template, self.cause) if part)


def _told_apart(one: float, other: float) -> tuple[str, str]:
    """Two numbers with four digits, or with as many as they need to be seen to differ."""
    for digits in range(4, 17):
        texts = f"{one:.{digits}g}", f"{other:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts
