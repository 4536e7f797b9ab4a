"""The theory at the minimum that the runs of a cell end in."""

from __future__ import annotations

import numpy as np

from gdsim.simulation.maps.minima_found import polished
from gdsim.simulation.maps.settings import SettingMap
from gdsim.simulation.maps.theory import MOST_CURVED, Theory, theory_of

#: Where a run ends there is a minimum if the gradient is so much shorter than at its start.
_FLAT = 1e-6


def theory_at(found: SettingMap, row: int, column: int) -> Theory | None:
    """The theory at the minimum that the best of the runs of a cell ends in; None where it ends at none.

    It is that of an η that stays, and of the whole function.
    """
    course, lane = found.course, found.lane
    if lane.scheduled or lane.plateau or course.batch or course.objective.dimension > MOST_CURVED:
        return None
    losses = np.nan_to_num(found.loss[:, row, column], nan=np.inf) * (-1 if course.ascent else 1)
    run = int(losses.argmin())
    end = found.end[:, run, row, column]
    if not np.isfinite(end).all():
        return None
    place = polished(course.objective, end)
    with np.errstate(all="ignore"):
        there, first = (float(np.linalg.norm(course.objective.gradient(at))) for at in (place, found.starts[:, run]))
    return theory_of(found, place) if there <= max(found.tolerance, _FLAT * first) else None
