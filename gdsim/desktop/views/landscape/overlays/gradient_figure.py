"""The gradient at the head of a run, as it is drawn there: pure decisions, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.simulation.trajectories import Trajectories

#: Gradients this many times smaller than the largest of the run have shrunk to nothing.
_COMPRESSION = 1000.0
#: The largest gradient of a run is looked for at so many of its steps.
LOOKS = 500


@dataclass(frozen=True, eq=False)
class Figure:
    """Everything there is to draw at a head.

    Attributes
    ----------
    point, arrow
        The head in the plane, and the way downhill from there (uphill in ascent): −∇f or ∇f, ``(2,)`` each.
    share
        How long the arrow is, in [0, 1].
    names
        What the coordinates are called.
    """

    point: Array
    arrow: Array
    share: float
    names: tuple[str, ...] = ("x", "y")


def figure_at(
    race: Trajectories, place: tuple[int, int] | None, step: int, most: float, objective: Objective | None = None
) -> Figure | None:
    """Work out what is drawn of a run at a step; None without a gradient: that of `objective`, if one is given."""
    if is_slice(race.objective):
        return None  # it points out of the plane
    if place is None or race.objective.dimension != 2 or not race.objective.ready:
        return None
    optimizer, run = place
    point = race.positions[min(step, race.steps), optimizer, :, run]
    gradient = (objective or race.objective).gradient(point)
    length = math.hypot(*gradient)
    if not (np.isfinite(point).all() and math.isfinite(length)):
        return None
    compressed = math.log1p(_COMPRESSION * min(1.0, length / most)) / math.log1p(_COMPRESSION) if most > 0 else 0.0
    return Figure(point, gradient if race.ascent else -gradient, compressed, race.objective.shown_names)


def largest_gradient(race: Trajectories, place: tuple[int, int] | None) -> float:
    """Find the largest ‖∇f‖ that a run has met at its start and in the bounds; 0 if there is none."""
    if place is None or race.objective.dimension != 2 or not race.objective.ready or is_slice(race.objective):
        return 0.0
    optimizer, run = place
    steps = np.unique(np.linspace(0, race.steps, LOOKS).astype(np.int64))
    points = race.positions[steps, optimizer, :, run].T
    low, high = race.objective.bounds.T[..., None]
    with np.errstate(all="ignore"):
        # a run that diverges meets gradients beside which all others are nothing
        inside = ((low <= points) & (points <= high)).all(axis=0) | (steps == 0)
        lengths = np.hypot(*race.objective.gradient(points[:, inside]))
    lengths = lengths[np.isfinite(lengths)]
    return float(lengths.max()) if lengths.size else 0.0


def is_slice(objective: Objective) -> bool:
    """Tell whether it is seen on a plane through the space of its parameters."""
    return hasattr(objective, "plane")
