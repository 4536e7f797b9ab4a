"""The basin maps that are wanted for what is on screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from gdsim.desktop.compute.basin_work import Asked

if TYPE_CHECKING:
    from gdsim.desktop.state.overlays import View
    from gdsim.desktop.state.scene import Scene


def wanted_maps(scene: Scene, view: View | None, beside: bool) -> dict[str, Asked]:
    """Return the maps by `Entry.id`, that of the chosen optimizer first; none as long as it is not known what is seen.

    Parameters
    ----------
    view
        What is seen of the plane.
    beside
        Whether there is a landscape for every optimizer, and not one for all.
    """
    experiment, objective = scene.experiment, scene.objective
    if view is None or objective is None:
        return {}
    sides = ((view[0], view[1]), (view[2], view[3]))[: objective.dimension]
    if not all(np.isfinite(side).all() and side[0] < side[1] for side in sides):
        return {}
    plane = None if scene.plane is None else scene.plane.plane
    if plane is not None and len(plane.origin) != experiment.objective.dimension:
        return {}  # of the function before
    course, lanes = experiment.course, {lane.id: lane for lane in experiment.lanes}
    steps, tolerance = experiment.steps, experiment.tolerance
    keys = _keys(scene, lanes, beside)
    return {key: Asked(course, lanes[key], steps, tolerance, sides, plane, experiment) for key in keys}


def _keys(scene: Scene, racing: Iterable[str], beside: bool) -> list[str]:
    known = list(racing)
    chosen = scene.selection[0] if scene.selection[0] in known else next(iter(known), "")
    others = [key for key in known if key not in scene.hidden] if beside else []
    return [key for key in dict.fromkeys([chosen, *others]) if key]


def work_of_run(asked: Asked) -> int:
    """The steps of a run, times the work of each: where there are many coordinates, as many of them at least."""
    return max(asked.steps, 1) * effort_of(asked)


def effort_of(asked: Asked) -> int:
    """As much work as a step of a function of two variables a step is."""
    objective = asked.course.objective
    return max(objective.effort, objective.dimension if objective.dimension > 2 else 1)
