"""The largest η with which a rule can settle, where that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.endings.nearest import nearest

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: Of more parameters than these, or of more work for one point, the curvature takes too long.
_MOST_CURVED, _MOST_WORK = 50, 2_000_000
#: Curvatures, and learning rates, that differ by less than this share are the same.
_ALIKE = 1e-6
#: A best point is a bottom if the next one of Newton's method is nearer than this share of how far the run swings, in
#: so many of its last steps, and if the curvature a quarter of a step away is no smaller than that share.
_BOTTOM, _LAST, _BESIDE = 0.1, 100, 0.4


class CurvaturePlace(StrEnum):
    """The place of the curvature that a limit follows from."""

    ALIKE = "everywhere"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    BEST = "best point"
    START = "start"


@dataclass(frozen=True)
class Limit:
    """An η that is too large, and the limit that it is above.

    Attributes
    ----------
    rate
        The η of the run.
    value, formula
        The largest with which its rule settles where the curvature is λmax, and how that follows from λmax.
    place
        Where λmax is taken.
    """

    rate: float
    value: float
    formula: str
    place: CurvaturePlace

    @property
    def is_reached(self) -> bool:
        """Return whether the η is that limit, but for rounding."""
        return abs(self.rate - self.value) <= _ALIKE * self.value


def limit_of(race: Trajectories, optimizer: int, run: int) -> Limit | None:
    """The limit that the η of a run is above; None if it is not, or no limit is known."""
    lane, objective = race.lanes[optimizer], race.objective
    rates = race.learning_rates(optimizer, run)
    if not lane.rule.limit_formula or objective.dimension > _MOST_CURVED or not len(rates):
        return None
    if objective.effort * objective.dimension > _MOST_WORK:
        return None
    rate = float(rates[min(int(race.ended[optimizer, run]), len(rates)) - 1])
    resting, where = _resting_point(race, optimizer, run)
    places = {where: resting, CurvaturePlace.START: race.positions[0, optimizer, :, run]}
    curvatures = {place: _curvature(race, point) for place, point in places.items()}
    last = _curvature(race, race.positions[-1, optimizer, :, run])
    alike = all(abs(other - last) <= _ALIKE * abs(last) for other in curvatures.values())
    for place, curvature in curvatures.items():
        value = lane.rule.limit(curvature) if 0 < curvature < np.inf else None
        if value is not None and rate >= value * (1 - _ALIKE):
            return Limit(rate, value, lane.rule.limit_formula, CurvaturePlace.ALIKE if alike else place)
    return None


def _resting_point(race: Trajectories, optimizer: int, run: int) -> tuple[Array, CurvaturePlace]:
    """Find where a run would rest: the known minimum (uphill, maximum) nearest to its best point, or that point.

    The start, where its best point is none to settle at.
    """
    losses, path = race.losses[:, optimizer, run], race.positions[:, optimizer, :, run]
    # argmin would take nan for the least
    best = int(np.argmin(np.nan_to_num(-losses if race.ascent else losses, nan=np.inf)))
    known = race.objective.maxima if race.ascent else race.objective.minima
    which, _ = nearest(race.objective, known, path[best][:, None])
    if which[0] >= 0 and not known[which[0]].corner:
        return np.array(known[which[0]].position), CurvaturePlace.MAXIMUM if race.ascent else CurvaturePlace.MINIMUM
    if best > 0 and _is_bottom(race, path[best], path[best - 1], np.ptp(path[-_LAST:], axis=0).max()):
        return path[best], CurvaturePlace.BEST
    return path[0], CurvaturePlace.START


def _is_bottom(race: Trajectories, point: Array, before: Array, swing: float) -> bool:
    """Return whether the best point of a run will do for a minimum: near corners and far out curvature has no end.

    The next point of Newton's method is beside it then, for a run that swings so far, and the curvature not that of
    this one point alone.
    """
    low, high = race.objective.bounds.T
    if ((point < 2 * low - high) | (point > 2 * high - low)).any():
        return False
    with np.errstate(all="ignore"):
        slope, curvature = race.objective.gradient(point), _curvature(race, point)
        beside = _curvature(race, point + (before - point) / 4)
        return bool(np.abs(slope).max() <= _BOTTOM * curvature * swing and beside >= _BESIDE * curvature)


def _curvature(race: Trajectories, point: Array) -> float:
    """The largest second derivative in any direction (uphill, of −f) at a point ``(d,)``; nan where there is none."""
    with np.errstate(all="ignore"):
        hessian = race.objective.hessian(point)
    if not np.isfinite(hessian).all():
        return np.nan
    curvatures = np.linalg.eigvalsh(hessian)
    return float(-curvatures[0] if race.ascent else curvatures[-1])
