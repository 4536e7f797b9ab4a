"""Maps as arrays, for other programs."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.storage.atomic import replacing
from gdsim.storage.tables import described

if TYPE_CHECKING:
    from gdsim.objectives import Objective
    from gdsim.simulation.maps.basins import BasinMap, Grid


def write_basins(path: str | os.PathLike[str], basins: BasinMap) -> None:
    """Write a basin map as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(columns,)`` and `y` ``(rows,)``: the starts along each axis, `y` empty for one variable; `axes`: what
    they are called; `end` ``(d, rows, columns)``, `steps`, `outcome` ``(rows, columns)``: where each run ended, after
    how many steps and how; `minimum` ``(rows, columns)``: at which of `minima` ``(minima, d)``, -1 for none; `values`,
    `shares` ``(minima,)``: f there, and the share of the starts; `others`, `other_shares`: the outcomes of runs that
    end at none; `max_steps`; `optimizer`, `hyperparameters` (JSON text), `direction`, `function`, `coordinates`,
    `parameters` as in an exported race. In more than two dimensions `origin` ``(d,)`` and `directions` ``(d, 2)`` say
    where x and y are: origin + directions @ (x, y).

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    objective = basins.course.objective
    others = basins.other_shares
    arrays: dict[str, Any] = {
        **_axes(basins.grid, objective),
        "end": basins.end,
        "steps": basins.steps,
        "outcome": basins.outcome,
        "minimum": basins.minimum,
        "minima": np.array([m.position for m in basins.minima]).reshape(-1, objective.dimension),
        "values": np.array([m.value for m in basins.minima]),
        "shares": basins.shares,
        "others": np.array(list(others), dtype=np.str_),
        "other_shares": np.array(list(others.values())),
        **_run(basins),
    }
    with replacing(path) as temporary, Path(temporary).open("wb") as file:  # numpy would append .npz to a name
        np.savez_compressed(file, **arrays)


def _axes(grid: Grid, objective: Objective) -> dict[str, Any]:
    """The axes, and in more than two dimensions where they lie."""
    names = objective.names if grid.plane is None else grid.plane.names
    found: dict[str, Any] = {"x": grid.x, "y": grid.y, "axes": np.array(names, dtype=np.str_)}
    if grid.plane is not None:
        found |= {"origin": grid.plane.origin, "directions": grid.plane.directions}
    return found


def _run(basins: BasinMap) -> dict[str, Any]:
    """The words on what was run."""
    course, lane = basins.course, basins.lane
    texts = {
        "optimizer": lane.id or lane.rule.key,
        "hyperparameters": json.dumps(described(lane)),
        "direction": "ascent" if course.ascent else "descent",
        "function": getattr(course.objective, "text", ""),
        "parameters": json.dumps(dict(course.objective.parameters)),
    }
    told = {name: np.array(text, dtype=np.str_) for name, text in texts.items()}
    coordinates = np.array(course.objective.names, dtype=np.str_)
    return {"max_steps": np.array(basins.max_steps), "coordinates": coordinates, **told}
