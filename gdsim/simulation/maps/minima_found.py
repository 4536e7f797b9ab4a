"""Minima that nobody knew of, found where many runs end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.endings.critical_points import Ground, ground_at
from gdsim.simulation.endings.nearest import THERE, distances, reach

#: So many places are looked at, those where most runs end first, and so many minima are told apart.
LOOKED_AT, _MOST = 400, 200
#: So few are looked at where that has been done before.
FEW = 16
#: So many steps of Newton's method lead to the bottom; none is longer than a share of the bounds.
_NEWTON, _FAR = 12, 1e-2
_BOTTOMS = (Ground.MINIMUM, Ground.LOCAL_MINIMUM, Ground.GLOBAL_MINIMUM)
_TOPS = (Ground.MAXIMUM, Ground.LOCAL_MAXIMUM, Ground.GLOBAL_MAXIMUM)


def minima_at(
    objective: Objective, ends: Array, known: Sequence[Minimum] = (), ascent: bool = False, looked_at: int = LOOKED_AT
) -> tuple[Minimum, ...]:
    """Find the minima (uphill, maxima) that ends ``(d, n)`` of runs lie at, beside those that are known.

    Ends are put together by cells, the bottom of each is looked for by Newton's method, and it counts only if what f
    is around it says that it is one. Those where most runs end come first.
    """
    found: list[Minimum] = []
    for place in _places(objective, ends, looked_at):
        give_up_if_unwanted()
        if len(found) == _MOST:
            break
        if _is_at(objective, [*known, *found], place):
            continue
        bottom = polished(objective, place)
        if _is_at(objective, [*known, *found], bottom):
            continue
        if ground_at(objective, bottom, ascent) in (_TOPS if ascent else _BOTTOMS):
            found.append(Minimum(tuple(bottom.tolist()), float(objective.value(bottom)), is_global=False))
    return tuple(found)


def _places(objective: Objective, ends: Array, most: int) -> Array:
    """Ends of runs ``(places, d)``, one of each cell, those of the fullest cells first."""
    if not ends.shape[1]:
        return np.empty((0, len(ends)))
    low, high = objective.bounds.T[:, :, None]
    with np.errstate(all="ignore"):
        cells = np.floor((ends - low) / ((high - low) * 2 * THERE))
    # a cell as one number is found faster than as several
    keys = np.zeros(ends.shape[1])
    for row in cells:
        keys = keys * 1e5 + np.clip(np.nan_to_num(row), -4e4, 4e4)
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return ends[:, first[np.argsort(-counts, kind="stable")[:most]]].T


def _is_at(objective: Objective, known: Sequence[Minimum], place: Array) -> bool:
    if not known:
        return False
    return bool(distances(objective, [m.position for m in known], place).min() <= reach(objective, THERE))


def polished(objective: Objective, place: Array) -> Array:
    """Return the stationary point near a place ``(d,)``, by Newton's method; the place itself where that leads away."""
    point, width = place.copy(), objective.bounds[:, 1] - objective.bounds[:, 0]
    with np.errstate(all="ignore"):
        for _ in range(_NEWTON):
            try:
                step = np.linalg.solve(objective.hessian(point), objective.gradient(point))
            except np.linalg.LinAlgError:
                return place
            if not np.isfinite(step).all() or (np.abs(point - step - place) > _FAR * width).any():
                return place
            point = point - step
            if (np.abs(step) <= 1e-15 * np.abs(point)).all():
                break
        slopes = [float(np.linalg.norm(objective.gradient(at))) for at in (point, place)]
    return point if slopes[0] <= slopes[1] else place
