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
    from gdsim.simulation.maps.settings import SettingMap


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


def write_settings(path: str | os.PathLike[str], found: SettingMap) -> None:
    """Write a setting map as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(columns,)`` and `y` ``(rows,)``: the values of the hyperparameters called `x_name` and `y_name`, with
    `x_scale` and `y_scale` "log" or "linear"; `starts` ``(d, runs)``; `end` ``(d, runs, rows, columns)``: where each
    run ends; `steps`, `loss` ``(runs, rows, columns)``: after how many steps, and f there; `kinds`, of the same shape:
    how, in words; `median_steps`, `median_loss`, `outcome` ``(rows, columns)``: of each cell; `rate`
    ``(runs, rows, columns)``, where it was measured: the factor by which the gradient shrinks a step; `max_steps`,
    `tolerance`, `direction`; `optimizer`: its other values, schedule and clipping as JSON text; `function` and
    `coordinates`: its formula, and the names of its d variables; `parameters`: those of the formula as JSON text.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    from gdsim.simulation.maps.found_ends import KINDS

    objective = found.course.objective
    words = np.array([kind.value for kind in KINDS])
    measured: dict[str, Any] = {"rate": found.rate} if found.is_rate_known else {}
    with replacing(path) as temporary, Path(temporary).open("wb") as file:  # numpy would append .npz to a name
        np.savez_compressed(
            file,
            x=found.x_values,
            y=found.y_values,
            x_name=_text(found.x.name),
            y_name=_text(found.y.name),
            x_scale=_text("log" if found.x.log else "linear"),
            y_scale=_text("log" if found.y.log else "linear"),
            starts=found.starts,
            end=found.end,
            steps=found.steps,
            loss=found.loss,
            kinds=words[found.kinds],
            median_steps=found.median_steps,
            median_loss=found.median_loss,
            outcome=found.outcome,
            max_steps=np.array(found.max_steps),
            tolerance=np.array(found.tolerance),
            direction=_text("ascent" if found.course.ascent else "descent"),
            optimizer=_text(json.dumps(_fixed(found))),
            function=_text(str(getattr(objective, "text", ""))),
            coordinates=np.array(objective.names, dtype=np.str_),
            parameters=_text(json.dumps(dict(getattr(objective, "parameters", {})))),
            **measured,
        )


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


def _fixed(found: SettingMap) -> dict[str, object]:
    """The optimizer, but for what is on the axes."""
    return {name: value for name, value in described(found.lane).items() if name not in (found.x.name, found.y.name)}


def _text(text: str) -> np.ndarray[tuple[()], np.dtype[np.str_]]:
    return np.array(text, dtype=np.str_)
