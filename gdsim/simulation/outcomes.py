"""How a run ended, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdsim.objectives.base import Array, Minimum, Objective


class Kind(StrEnum):
    """The ways a run can end."""

    CONVERGED = "converged"
    OUT_OF_STEPS = "out_of_steps"
    DIVERGED = "diverged"
    LEFT_DOMAIN = "left_domain"
    CANCELLED = "cancelled"


class Ground(StrEnum):
    """What a run stands on at its end."""

    GLOBAL_MINIMUM = "global minimum"
    LOCAL_MINIMUM = "local minimum"
    VALLEY = "global minimum, one of many"
    MINIMUM = "minimum"  # by its curvature; not among the known ones
    SADDLE = "saddle point"
    GLOBAL_MAXIMUM = "global maximum"
    LOCAL_MAXIMUM = "local maximum"
    MAXIMUM = "maximum"  # likewise
    FLAT = "flat ground"
    UNTOLD = "untold"  # too many parameters for its curvature
    SLOPE = "slope"
    ROUNDING = "rounding"  # a slope that the differences of a numerical gradient do not show


class Motion(StrEnum):
    """How a run moves that used up its steps, or that was lost."""

    ON_THE_WAY = "on the way"
    GROWING = "growing"  # its steps are longer and longer: η is too large
    RUNAWAY = "runaway"  # f falls without end along its way; uphill, it rises
    CYCLING = "cycling"  # between some points, or in bursts, for ever
    NOISY = "noisy"  # kept moving by noise, or by batches
    SHRINKING = "shrinking"  # to and fro, less each time
    CREEPING = "creeping"  # the same way, by steps that are tiny beside what lies before it


_TEMPLATES = {
    (Kind.CONVERGED, Ground.GLOBAL_MINIMUM): "converged at step {step} to a global minimum",
    (Kind.CONVERGED, Ground.LOCAL_MINIMUM): "converged at step {step} to a local minimum",
    (Kind.CONVERGED, Ground.VALLEY): "converged at step {step} to a global minimum, one of many",
    (Kind.CONVERGED, Ground.MINIMUM): "converged at step {step} to a minimum",
    (Kind.CONVERGED, Ground.SADDLE): "stopped at step {step} on a saddle point: try another start",
    (Kind.CONVERGED, Ground.MAXIMUM): "stopped at step {step} on a maximum: try another start",
    (
        Kind.CONVERGED,
        Ground.FLAT,
    ): "stopped at step {step} on flat ground, no minimum near: try another start",
    (Kind.CONVERGED, Ground.UNTOLD): "stopped at step {step} where the gradient vanishes",
    (Kind.OUT_OF_STEPS, Ground.GLOBAL_MINIMUM): "out of steps near a global minimum: try more steps",
    (Kind.OUT_OF_STEPS, Ground.LOCAL_MINIMUM): "out of steps near a local minimum: try more steps",
    (Kind.OUT_OF_STEPS, Ground.SLOPE): "out of steps on the way: try more steps or a larger η",
    (
        Kind.OUT_OF_STEPS,
        Ground.ROUNDING,
    ): "out of steps, standing still: differences vanish in rounding, try a larger h",
    (Kind.DIVERGED, Ground.SLOPE): "diverged at step {step}: try a smaller η",
    (Kind.LEFT_DOMAIN, Ground.SLOPE): "left the domain at step {step}: try a smaller η or another start",
    (Kind.CANCELLED, Ground.SLOPE): "cancelled at step {step}",
}
#: What is said otherwise of a run that goes uphill.
_UPHILL = {
    (Kind.CONVERGED, Ground.GLOBAL_MAXIMUM): "converged at step {step} to a global maximum",
    (Kind.CONVERGED, Ground.LOCAL_MAXIMUM): "converged at step {step} to a local maximum",
    (Kind.CONVERGED, Ground.MAXIMUM): "converged at step {step} to a maximum",
    (Kind.CONVERGED, Ground.MINIMUM): "stopped at step {step} on a minimum: try another start",
    (
        Kind.CONVERGED,
        Ground.FLAT,
    ): "stopped at step {step} on flat ground, no maximum near: try another start",
    (Kind.OUT_OF_STEPS, Ground.GLOBAL_MAXIMUM): "out of steps near a global maximum: try more steps",
    (Kind.OUT_OF_STEPS, Ground.LOCAL_MAXIMUM): "out of steps near a local maximum: try more steps",
    (Kind.DIVERGED, Ground.SLOPE): "diverged at step {step}: try a smaller η; there may be no maximum",
}
#: A run that had nowhere to go from.
_NO_START = "left the domain at step {step}: the function is undefined at the start, try another"


#: What a race is after.
_AIMS = (Ground.GLOBAL_MINIMUM, Ground.LOCAL_MINIMUM, Ground.VALLEY, Ground.MINIMUM)
_AIMS_UPHILL = (Ground.GLOBAL_MAXIMUM, Ground.LOCAL_MAXIMUM, Ground.MAXIMUM)


@dataclass(frozen=True)
class Outcome:
    """How one run ended.

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
        The η above which this rule cannot settle here; None where it is not known.
    """

    kind: Kind
    step: int
    ground: Ground = Ground.SLOPE
    ascent: bool = False
    motion: Motion = Motion.ON_THE_WAY
    limit: float | None = None

    @property
    def arrived(self) -> bool:
        """Whether it came to where a race goes, or is close to it and settles: a minimum, uphill a maximum."""
        aims = _AIMS_UPHILL if self.ascent else _AIMS
        settles = self.motion in (Motion.ON_THE_WAY, Motion.SHRINKING, Motion.CREEPING, Motion.NOISY)
        return self.ground in aims and (self.kind is Kind.CONVERGED or (self.kind is Kind.OUT_OF_STEPS and settles))

    @property
    def template(self) -> str:
        """The sentence with ``{step}`` in it, for translation."""
        if self.kind is Kind.LEFT_DOMAIN and self.step == 0:
            return _NO_START
        found = _UPHILL.get((self.kind, self.ground)) if self.ascent else None
        return found or _TEMPLATES[self.kind, self.ground]

    def __str__(self) -> str:
        return self.template.format(step=self.step)


#: How close to a known minimum counts as there, as a share of the diagonal of the bounds.
_THERE, _NEAR = 1e-3, 1e-2
#: No higher than this, for each unit of the lowest value, is as low.
_LOW = 1e-6
#: Curvature below this is flat.
_FLAT = 1e-6
#: Of more parameters than these the curvature takes too long, and too much memory.
_MOST_CURVED = 200


def ground_at(objective: Objective, kind: Kind, point: Array, ascent: bool = False) -> Ground:
    """What a run that ended in some way at `point` ``(d,)`` stands on."""
    if kind not in (Kind.CONVERGED, Kind.OUT_OF_STEPS):
        return Ground.SLOPE
    with np.errstate(over="ignore"):  # bounds may be as far apart as numbers are
        size = float(np.linalg.norm(objective.bounds[:, 1] - objective.bounds[:, 0]))
    # the diagonal grows with the dimension, the distance to the next minimum does not
    near = _NEAR * min(1.0, (2 / objective.dimension) ** 0.5)
    reach = size * (_THERE if kind is Kind.CONVERGED else near)
    if found := _near(objective.maxima if ascent else objective.minima, point, reach):
        names = _TOPS if ascent else _BOTTOMS
        return names[found.is_global]
    if kind is not Kind.CONVERGED:
        return Ground.SLOPE
    if _near(objective.minima if ascent else objective.maxima, point, reach):
        return Ground.MINIMUM if ascent else Ground.MAXIMUM
    if not ascent and objective.lowest is not None and _is_lowest(objective, objective.lowest, point):
        return Ground.VALLEY
    return _curvature(objective, point)


def _is_lowest(objective: Objective, lowest: float, point: Array) -> bool:
    return float(objective.value(point)) - lowest <= _LOW * max(1.0, abs(lowest))


#: Local, global.
_BOTTOMS = (Ground.LOCAL_MINIMUM, Ground.GLOBAL_MINIMUM)
_TOPS = (Ground.LOCAL_MAXIMUM, Ground.GLOBAL_MAXIMUM)


def _near(known: tuple[Minimum, ...], point: Array, reach: float) -> Minimum | None:
    """The first of some known places that is within reach of a point ``(d,)``."""
    for place in known:
        with np.errstate(over="ignore"):  # far enough out, the square is infinite
            if np.linalg.norm(point - place.position) <= reach:
                return place
    return None


def _curvature(objective: Objective, point: Array) -> Ground:
    if objective.dimension > _MOST_CURVED:
        return Ground.UNTOLD
    hessian = objective.hessian(point)
    if not np.isfinite(hessian).all():
        return Ground.FLAT
    curvatures = np.linalg.eigvalsh(hessian)
    lowest, highest = curvatures[0], curvatures[-1]
    flat = _FLAT * max(1.0, abs(lowest), abs(highest))
    if lowest > flat:
        return Ground.MINIMUM
    if highest < -flat:
        return Ground.MAXIMUM
    return Ground.SADDLE if lowest < -flat else Ground.FLAT
