"""The theory that is drawn over a setting map: the edge of stability, and the best pair."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.optimizers import Rule
from gdsim.simulation.maps.settings import SettingMap

#: Curvatures that differ by less than this share of the largest are the same everywhere: f is quadratic.
_ALIKE = 1e-9
#: Of more parameters than these the curvature takes too long.
MOST_CURVED = 50


@dataclass(frozen=True)
class Theory:
    """Knowledge of one optimizer at a minimum, from the curvature there.

    Attributes
    ----------
    place
        ``(d,)``: the minimum (uphill, the maximum).
    least, largest
        The least and the largest curvature λmin and λmax there, counted so that they are positive.
    is_exact
        Whether f is quadratic, so that it holds everywhere; else it is local: near the minimum.
    edge
        ``(rows,)`` or ``(columns,)``: the largest stable η for each value of the other axis; nan where none is known.
        None if η is on no axis.
    best
        η and β of the fastest setting, where theory has one: β is 0 without momentum; else None.
    """

    place: Array
    least: float
    largest: float
    is_exact: bool
    edge: Array | None
    best: tuple[float, float] | None

    @property
    def best_rate(self) -> float | None:
        """The factor by which the error shrinks a step at `best`."""
        if self.best is None:
            return None
        rate, momentum = self.best
        return math.sqrt(momentum) if momentum > 0 else max(abs(1 - rate * self.least), abs(1 - rate * self.largest))


def theory_of(found: SettingMap, place: Array) -> Theory | None:
    """The theory of a map whose runs end at a minimum `place` ``(d,)``; None where there is none.

    Polyak, "Some methods of speeding up the convergence of iteration methods" (1964), for the heavy ball; the limits of
    other rules are those of `Rule.limit`.
    """
    objective = found.course.objective
    if objective.dimension > MOST_CURVED:
        return None
    sign = -1 if found.course.ascent else 1
    with np.errstate(all="ignore"):
        hessian = sign * objective.hessian(place)
    if not np.isfinite(hessian).all():
        return None
    curvatures = np.linalg.eigvalsh(hessian)
    least, largest = float(curvatures[0]), float(curvatures[-1])
    # on flat ground rounding alone says which sign it has
    if not largest > 0 or least < -1e-9 * largest:
        return None
    best = _best_pair(found.lane.rule, least, largest)
    return Theory(place, least, largest, is_quadratic(objective), _edge(found, largest), best)


def is_quadratic(objective: Objective) -> bool:
    """Return whether the curvature is the same at some places all over the bounds."""
    low, high = objective.bounds.T[:, :, None]
    points = np.random.default_rng(0).uniform(low, high, (objective.dimension, 5))
    with np.errstate(all="ignore"):
        hessians = objective.hessian(points)
    spread = np.ptp(hessians, axis=-1)
    return bool(np.isfinite(hessians).all() and (spread <= _ALIKE * np.abs(hessians).max()).all())


def _edge(found: SettingMap, curvature: float) -> Array | None:
    """The largest stable η for each value of the axis that is not η's."""
    if found.x.name == "learning_rate":
        name, values = found.y.name, found.y_values
    elif found.y.name == "learning_rate":
        name, values = found.x.name, found.x_values
    else:
        return None
    rule = found.lane.rule
    limits = [dataclasses.replace(rule, **{name: float(value)}).limit(curvature) for value in values]
    return np.array([math.nan if limit is None else limit for limit in limits])


def _best_pair(rule: Rule, least: float, largest: float) -> tuple[float, float] | None:
    """η and β of the fastest setting on curvatures from λmin to λmax."""
    # weight decay and dampening are other rules
    if not least > 0 or any(getattr(rule, name, 0) for name in ("weight_decay", "dampening")):
        return None
    if rule.key == "gd":
        return 2 / (least + largest), 0.0
    if rule.key == "momentum":
        roots = math.sqrt(least), math.sqrt(largest)
        return (2 / (roots[0] + roots[1])) ** 2, ((roots[1] - roots[0]) / (roots[1] + roots[0])) ** 2
    return None
