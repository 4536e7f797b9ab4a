"""The surface of one batch, in the colours of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Objective
from gdsim.simulation.sampling.landscape import Surface, sample

if TYPE_CHECKING:
    from gdsim.objectives.data.planes import Plane

#: The most that a picture may cost, in products of weights and examples: at rest, and while one follows another.
_EFFORT, _QUICK = 1e9, 1.5e7
#: The least and, while one follows another, the most points a side.
_COARSEST, _QUICKEST = 24, 96


@dataclass(frozen=True, eq=False)
class BatchSurface:
    """The surface that step t descends on, as it is seen.

    Attributes
    ----------
    objective
        The cost over the batch; of more than two weights, on a plane.
    surface
        A picture of it.
    step
        The step t, counted from 1.
    quick
        Whether it is a coarse one.
    """

    objective: Objective
    surface: Surface
    step: int
    quick: bool


def batch_surface(
    stepwise: Objective, step: int, whole: Surface, plane: Plane | None = None, quick: bool = False
) -> BatchSurface:
    """Sample the cost over the batch of a step.

    Parameters
    ----------
    stepwise
        What the steps go by.
    step
        Counted from 1.
    whole
        The surface of all examples: the batch is seen in the same place and on the same scale.
    plane
        Where more than two weights are cut.
    quick
        Whether it matters more that it is done soon.
    """
    objective = stepwise.at(step)
    work = objective.dimension * len(getattr(getattr(objective, "examples", None), "targets", ())) or 1
    view = (float(whole.x[0]), float(whole.x[-1]), float(whole.y[0]), float(whole.y[-1]))
    most = _QUICKEST if quick else len(whole.x)
    resolution = int(np.clip(((_QUICK if quick else _EFFORT) / work) ** 0.5, _COARSEST, most))
    if plane is not None:
        from gdsim.objectives.data.planes import Slice

        objective = Slice(objective, plane, (view[:2], view[2:]))
    return BatchSurface(objective, sample(objective, view, resolution, whole.scale), step, quick)
