"""How a run ended, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdsim.objectives.base import Array, Objective


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
    MINIMUM = "minimum"  # by its curvature; not among the known ones
    SADDLE = "saddle point"
    MAXIMUM = "maximum"
    FLAT = "flat ground"
    SLOPE = "slope"


_TEMPLATES = {
    (Kind.CONVERGED, Ground.GLOBAL_MINIMUM): "converged at step {step} to a global minimum",
    (Kind.CONVERGED, Ground.LOCAL_MINIMUM): "converged at step {step} to a local minimum",
    (Kind.CONVERGED, Ground.MINIMUM): "converged at step {step} to a minimum",
    (Kind.CONVERGED, Ground.SADDLE): "stopped at step {step} on a saddle point: try another start",
    (Kind.CONVERGED, Ground.MAXIMUM): "stopped at step {step} on a maximum: try another start",
    (
        Kind.CONVERGED,
        Ground.FLAT,
    ): "stopped at step {step} on flat ground, no minimum near: try another start",
    (Kind.OUT_OF_STEPS, Ground.GLOBAL_MINIMUM): "out of steps near a global minimum: try more steps",
    (Kind.OUT_OF_STEPS, Ground.LOCAL_MINIMUM): "out of steps near a local minimum: try more steps",
    (Kind.OUT_OF_STEPS, Ground.SLOPE): "out of steps on the way: try more steps or a larger η",
    (Kind.DIVERGED, Ground.SLOPE): "diverged at step {step}: try a smaller η",
    (Kind.LEFT_DOMAIN, Ground.SLOPE): "left the domain at step {step}: try a smaller η or another start",
    (Kind.CANCELLED, Ground.SLOPE): "cancelled at step {step}",
}


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
    """

    kind: Kind
    step: int
    ground: Ground = Ground.SLOPE

    @property
    def template(self) -> str:
        """The sentence with ``{step}`` in it, for translation."""
        return _TEMPLATES[self.kind, self.ground]

    def __str__(self) -> str:
        return self.template.format(step=self.step)


#: How close to a known minimum counts as there, as a share of the diagonal of the bounds.
_THERE, _NEAR = 1e-3, 1e-2
#: Curvature below this is flat.
_FLAT = 1e-6


def ground_at(objective: Objective, kind: Kind, point: Array) -> Ground:
    """What a run that ended in some way at `point` ``(d,)`` stands on."""
    if kind not in (Kind.CONVERGED, Kind.OUT_OF_STEPS):
        return Ground.SLOPE
    size = float(np.linalg.norm(objective.bounds[:, 1] - objective.bounds[:, 0]))
    reach = size * (_THERE if kind is Kind.CONVERGED else _NEAR)
    for minimum in objective.minima:
        with np.errstate(over="ignore"):  # far enough out, the square is infinite
            away = np.linalg.norm(point - minimum.position)
        if away <= reach:
            return Ground.GLOBAL_MINIMUM if minimum.is_global else Ground.LOCAL_MINIMUM
    return _curvature(objective, point) if kind is Kind.CONVERGED else Ground.SLOPE


def _curvature(objective: Objective, point: Array) -> Ground:
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
