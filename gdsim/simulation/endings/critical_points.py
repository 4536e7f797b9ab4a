"""The ground that a run stands on at its end: looked up among what is known, or found out from f around."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.simulation.endings.nearest import NEAR, THERE, reached


class Ground(StrEnum):
    """The ground that a run stands on at its end."""

    GLOBAL_MINIMUM = "global minimum"
    LOCAL_MINIMUM = "local minimum"
    VALLEY = "global minimum, one of many"
    MINIMUM = "minimum"  # by what f is around it; not among the known ones
    MINIMA = "minimum, one of many"  # likewise; along some line f is as low
    SADDLE = "saddle point"
    GLOBAL_MAXIMUM = "global maximum"
    LOCAL_MAXIMUM = "local maximum"
    MAXIMUM = "maximum"  # by what f is around it
    FLAT = "flat ground"
    UNTOLD = "untold"  # too many parameters, or examples, for a look around
    SLOPE = "slope"
    ROUNDING = "rounding"  # a slope that the differences of a numerical gradient do not show


#: No higher than this, for each unit of the lowest value, is as low.
_LOW = 1e-6
#: A curvature that is a smaller share of the largest is rounding; differences of that of f are, too.
_ROUNDING, _FLAT = 1e-13, 64 * float(np.finfo(np.float64).eps)
#: Of more parameters than these the curvature takes too long, and too much memory.
_MOST_CURVED = 200
#: Looking around may take as much as so many points of a formula.
_MOST_WORK = 20_000_000
#: At what distances one looks around, as a share of the bounds, nearest first; and in how many directions of a plane,
#: or drawn at random where there are more dimensions.
_RINGS = 10.0 ** np.arange(-7.0, -1.5, 0.5)
_DIRECTIONS = 32
#: So many rings are looked at more closely, so many times.
_TRIED, _CLOSER = 2, 5

#: Local, global.
_BOTTOMS = (Ground.LOCAL_MINIMUM, Ground.GLOBAL_MINIMUM)
_TOPS = (Ground.LOCAL_MAXIMUM, Ground.GLOBAL_MAXIMUM)


def ground_near(objective: Objective, points: Array, ascent: bool = False) -> Ground:
    """The known minimum (uphill, maximum) that a point ``(d,)``, or each of ``(d, n)``, is near; else a slope."""
    return _known(objective, points.reshape(objective.dimension, -1), NEAR, ascent) or Ground.SLOPE


def ground_at(objective: Objective, point: Array, ascent: bool = False) -> Ground:
    """Classify a point ``(d,)`` at which a run has come to rest.

    Nothing is claimed that was not seen: a minimum that is not known is one where f is higher all around, at some
    distance from the point; f is continuous, so that one lies within.
    """
    if found := _known(objective, point[:, None], THERE, ascent):
        return found
    if _known(objective, point[:, None], THERE, not ascent):
        return Ground.MINIMUM if ascent else Ground.MAXIMUM
    if not ascent and objective.lowest is not None:
        above = float(objective.value(point)) - objective.lowest
        if above <= _LOW * max(1.0, abs(objective.lowest)):
            return Ground.VALLEY
    if objective.dimension > _MOST_CURVED:
        return Ground.UNTOLD
    with np.errstate(all="ignore"):
        hessian = objective.hessian(point)
        if not np.isfinite(hessian).all():
            return _ranked(objective, point, _by_rings(objective, point, None))
        curvatures, axes = np.linalg.eigh(hessian)
        found = _by_curvature(objective, point, curvatures, axes) or _by_rings(objective, point, axes)
        return _ranked(objective, point, found)


def _known(objective: Objective, points: Array, share: float, ascent: bool) -> Ground | None:
    """The known place that each of points ``(d, n)`` is at, if it is the same."""
    known = objective.maxima if ascent else objective.minima
    if not known:
        return None
    at = reached(objective, points, objective.value(points), share, ascent)
    return (_TOPS if ascent else _BOTTOMS)[known[at[0]].is_global] if at[0] >= 0 and (at == at[0]).all() else None


def _ranked(objective: Objective, point: Array, found: Ground) -> Ground:
    """A minimum is a local one where a lower value is known, a maximum where a higher one is."""
    for rough, local, known, sign in (
        (Ground.MINIMUM, Ground.LOCAL_MINIMUM, objective.minima, 1),
        (Ground.MINIMA, Ground.LOCAL_MINIMUM, objective.minima, 1),
        (Ground.MAXIMUM, Ground.LOCAL_MAXIMUM, objective.maxima, -1),
    ):
        best = next((place.value for place in known if place.is_global), None)
        if found is rough and best is not None:
            gap = sign * (float(objective.value(point)) - best)
            return local if gap > _LOW * max(1.0, abs(best)) else found
    return found


def _by_curvature(objective: Objective, point: Array, curvatures: Array, axes: Array) -> Ground | None:
    """Classify by the second derivatives, if f along their axes agrees; None where they say nothing.

    One looks as far along each axis as the nearest stationary point of the parabola there, and a little farther: near
    an inflection the curvature alone would call it a minimum.
    """
    sizes = np.abs(curvatures)
    if not sizes.min() > _ROUNDING * sizes.max():
        return None
    here = float(objective.value(point))
    slopes = axes.T @ objective.gradient(point)
    # at the second length a parabola has risen by 1e-12 of f: little, but more than rounding
    steps = 4 * np.abs(slopes) / sizes + np.sqrt(2e-12 * max(1.0, abs(here)) / sizes)
    around = point[:, None] + np.concatenate([axes * steps, -axes * steps], axis=1)
    rises = _signs(_rises(objective, around, here), abs(here)).reshape(2, -1)
    if not (rises == np.sign(curvatures)).all():
        return None
    if curvatures[0] > 0:
        return Ground.MINIMUM
    return Ground.MAXIMUM if curvatures[-1] < 0 else Ground.SADDLE


def _by_rings(objective: Objective, point: Array, axes: Array | None) -> Ground:
    """Classify by f on rings that are wider and wider; the axes of its curvature are looked along, too."""
    width = (objective.bounds[:, 1] - objective.bounds[:, 0])[:, None]
    directions = width * _directions(objective.dimension)
    if axes is not None:
        directions = np.concatenate([directions, _both_ways(axes * width.min())], axis=1)
    if objective.effort * directions.shape[1] * len(_RINGS) > _MOST_WORK:
        return Ground.UNTOLD
    here = float(objective.value(point))
    # (d, rings, directions)
    rises = _rises(objective, point[:, None, None] + directions[:, None, :] * _RINGS[:, None], here)
    with np.errstate(over="ignore"):
        # what is rounding goes by the largest value that is met, not by the one here
        largest = np.max(np.abs(rises), axis=1, keepdims=True, initial=0.0, where=np.isfinite(rises))
        rises = _signs(rises, abs(here) + largest)
    for sign, ground in ((1, Ground.MINIMUM), (-1, Ground.MAXIMUM)):
        around = np.flatnonzero((sign * rises > 0).all(axis=1))
        if any(_holds(objective, point, directions * _RINGS[ring], here, sign) for ring in around[-_TRIED:]):
            return ground
    if (rises == 0).all():
        return Ground.FLAT
    if (rises >= 0).all() and (rises[-1] == 0).any():
        return Ground.MINIMA
    # opposite directions stand side by side: along one line it goes up both ways, along another one down
    both = rises[:, 0::2] + rises[:, 1::2]
    return Ground.SADDLE if ((both == 2).any(axis=1) & (both == -2).any(axis=1)).any() else Ground.FLAT


def _holds(objective: Objective, point: Array, directions: Array, here: float, sign: int) -> bool:
    """Return whether f is higher (sign 1) or lower (-1) between the directions ``(d, n)`` of a ring, too.

    One looks closer and closer where it differs least: a way out may be narrower than the directions are apart.
    """
    width = (objective.bounds[:, 1] - objective.bounds[:, 0])[:, None]
    # of one seed: whoever asks again is told the same
    generator, spread = np.random.default_rng(0), 0.2
    for _ in range(_CLOSER):
        rises = sign * _rises(objective, point[:, None] + directions, here)
        if not (rises > 0).all():
            return False
        least = directions[:, [int(np.argmin(rises))]] / width
        length = np.sqrt(np.sum(least * least))
        beside = least + spread * length * generator.normal(size=(len(point), _DIRECTIONS))
        directions = width * beside * (length / np.sqrt(np.sum(beside * beside, axis=0)))
        spread /= 4
    return True


def _rises(objective: Objective, around: Array, here: float) -> Array:
    """The rise of f at points ``(d, …)``, ``(…)``; infinite where it is undefined: nothing goes there."""
    values = objective.value(around)
    rises: Array = np.where(np.isnan(values), np.inf, values) - here
    return rises


def _signs(rises: Array, size: float | Array) -> Array:
    """Return whether each is up (1), down (-1) or, beside numbers of some size, nothing but rounding (0)."""
    signs: Array = np.sign(np.where(np.abs(rises) <= _FLAT * size, 0.0, rises))
    return signs


def _directions(dimension: int) -> Array:
    """Unit vectors ``(d, n)``, each followed by its opposite; the axes among them."""
    if dimension == 2:
        angles = np.arange(_DIRECTIONS // 2) * (2 * np.pi / _DIRECTIONS)
        return _both_ways(np.array([np.cos(angles), np.sin(angles)]))
    drawn = np.random.default_rng(0).normal(size=(dimension, _DIRECTIONS * (dimension > 1)))
    return _both_ways(np.concatenate([np.eye(dimension), drawn / np.linalg.norm(drawn, axis=0)], axis=1))


def _both_ways(directions: Array) -> Array:
    """Each of ``(d, n)`` followed by its opposite, ``(d, 2n)``."""
    found: Array = np.stack([directions, -directions], axis=2).reshape(len(directions), -1)
    return found
