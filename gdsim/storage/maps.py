"""Maps as arrays, for other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.errors import GdsimError
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS
from gdsim.storage.atomic import replacing
from gdsim.storage.tables import described, labels

if TYPE_CHECKING:
    from gdsim.simulation.course import Course, Lane
    from gdsim.simulation.experiment import Experiment
    from gdsim.simulation.maps.axis import Axis
    from gdsim.simulation.maps.basins import BasinMap, Grid
    from gdsim.simulation.maps.range_tests import RangeTest
    from gdsim.simulation.maps.settings import SettingMap
    from gdsim.simulation.maps.sweeps import Sweep

Arrays = dict[str, Any]


def write_basins(path: str | os.PathLike[str], basins: BasinMap, experiment: Experiment | None = None) -> None:
    """Write a basin map as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(columns,)`` and `y` ``(rows,)``: the starts along each axis, `y` empty for one variable; `axes`: what
    they are called; `end` ``(d, rows, columns)``, `steps`, `outcome`, `kinds` ``(rows, columns)``: where each run
    ended, after how many steps and how, in words and as a number in `kind_names`; `minimum` ``(rows, columns)``: at
    which of `minima` ``(minima, d)``, -1 for none; `values`, `shares`, `is_global`, `is_known` ``(minima,)``: f there,
    the share of the starts, and what was known of it; `others`, `other_shares`: the outcomes of runs that end at none.
    In more than two dimensions `origin` ``(d,)`` and `directions` ``(d, 2)`` say where x and y are: origin + directions
    @ (x, y). What all maps have is told at `common_arrays`.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    _write(path, basin_arrays(basins, experiment))


def write_settings(path: str | os.PathLike[str], settings: SettingMap, experiment: Experiment | None = None) -> None:
    """Write a setting map as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(columns,)`` and `y` ``(rows,)``: the values of the hyperparameters `x_name` and `y_name`, with
    `x_scale` and `y_scale` "log", "linear" or "log1m", the logarithm of 1 − value; `starts` ``(d, runs)``; `end` ``(d,
    runs, rows, columns)``: where each run ends; `steps`, `loss`, `kinds` ``(runs, rows, columns)``: after how many
    steps, f there, and how, a number in `kind_names`; `median_steps`, `median_loss`, `outcome` ``(rows, columns)``: of
    each cell; `rate` ``(runs, rows, columns)`` where it was measured: the factor by which the gradient shrinks a step.
    The hyperparameters on the axes are not among the `hyperparameters`. What all maps have is told at `common_arrays`.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    _write(path, setting_arrays(settings, experiment))


def write_sweep(
    path: str | os.PathLike[str],
    sweep: Sweep,
    experiment: Experiment | None = None,
    tests: Sequence[RangeTest] = (),
) -> None:
    """Write a sweep as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(rates,)``: the learning rates; `optimizers`, `hyperparameters` ``(optimizers,)``: labels, and all
    other values as JSON text; `loss`, `steps`, `kinds` ``(optimizers, rates, runs)``: f at the end, after how many
    steps, and how, a number in `kind_names`; `loss_quantiles` ``(3, optimizers, rates)`` of the shares in `quantiles`;
    `workable` ``(optimizers, rates)``, `widths` ``(optimizers,)`` in decades; `target`: nan where runs have to
    converge; `range_rates`, `range_losses` ``(optimizers, steps)``: the range tests, if there are `tests`. What all
    maps have is told at `common_arrays`.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    _write(path, sweep_arrays(sweep, experiment, tests))


def _write(path: str | os.PathLike[str], arrays: Mapping[str, Any]) -> None:
    with replacing(path) as temporary:
        save_arrays(temporary, arrays)


def save_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays to a place that is ready for it."""
    with path.open("wb") as file:  # numpy would append .npz to a name
        np.savez_compressed(file, **arrays)


def basin_arrays(basins: BasinMap, experiment: Experiment | None = None) -> Arrays:
    """The arrays of a basin map, by name: see `write_basins`."""
    minima, others = basins.minima, basins.other_shares
    units = {"steps": "steps", "end": "coordinates of f", "values": "f", "shares": "share of the starts"}
    return {
        **_grid_arrays(basins.grid, basins.course),
        "end": basins.end,
        "steps": basins.steps,
        "outcome": basins.outcome,
        "minimum": basins.minimum,
        "minima": np.array([m.position for m in minima]).reshape(-1, basins.course.objective.dimension),
        "values": np.array([m.value for m in minima]),
        "is_global": np.array([m.is_global for m in minima], dtype=bool),
        "is_known": np.arange(len(minima)) < basins.known,
        "shares": basins.shares,
        "others": _texts(others),
        "other_shares": np.array(list(others.values())),
        **_lane_arrays(basins.lane),
        **common_arrays("basins", basins, experiment, {"x": "coordinate", "y": "coordinate", **units}),
    }


def setting_arrays(found: SettingMap, experiment: Experiment | None = None) -> Arrays:
    """The arrays of a setting map, by name: see `write_settings`."""
    measured = {"rate": found.rate} if found.is_rate_known else {}
    units = {"steps": "steps", "median_steps": "steps", "loss": "f", "median_loss": "f", "rate": "factor a step"}
    return {
        **_axis_arrays("x", found.x, found.x_values),
        **_axis_arrays("y", found.y, found.y_values),
        "starts": found.starts,
        "end": found.end,
        "steps": found.steps,
        "loss": found.loss,
        "median_steps": found.median_steps,
        "median_loss": found.median_loss,
        "outcome": found.outcome,
        "tolerance": np.array(found.tolerance),
        **measured,
        **_lane_arrays(found.lane, (found.x.name, found.y.name)),
        **common_arrays("settings", found, experiment, {"x": "no unit", "y": "no unit", **units}),
    }


def sweep_arrays(found: Sweep, experiment: Experiment | None = None, tests: Sequence[RangeTest] = ()) -> Arrays:
    """The arrays of a sweep, by name: see `write_sweep`."""
    shares = (0.1, 0.5, 0.9)
    tested = (
        {
            "range_rates": np.stack([test.rates for test in tests]),
            "range_losses": np.stack([test.losses for test in tests]),
        }
        if tests
        else {}
    )
    return {
        **tested,
        "x": found.rates,
        "x_name": _text("learning_rate"),
        "x_scale": _text("log"),
        "optimizers": _texts(labels(found.lanes)),
        "hyperparameters": _texts(json.dumps(_without(lane, ("learning_rate",))) for lane in found.lanes),
        "loss": found.loss,
        "steps": found.steps,
        "quantiles": np.array(shares),
        "loss_quantiles": found.loss_quantiles(shares),
        "workable": found.workable,
        "widths": found.widths,
        "target": np.array(np.nan if found.target is None else found.target),
        "tolerance": np.array(found.tolerance),
        **common_arrays("sweep", found, experiment, _SWEEP_UNITS),
    }


_SWEEP_UNITS = {"x": "no unit", "loss": "f", "loss_quantiles": "f", "target": "f"}
_SWEEP_UNITS |= {"steps": "steps", "widths": "decades"}


def common_arrays(
    kind: str, found: BasinMap | SettingMap | Sweep, experiment: Experiment | None, units: Mapping[str, str]
) -> Arrays:
    """The arrays that all maps have.

    `map`: basins, settings or sweep; `kinds`: how each run ended, a number in `kind_names`; `partial`: whether it was
    stopped before its end; `max_steps`; `units` ``(arrays, 2)``: the name of an array, and what its numbers are;
    `direction`, `function`, `coordinates`, `parameters` (JSON text): what was descended; `experiment`: all of it as the
    text of a file that gdsim opens, or "" where no file can hold it.
    """
    course = found.course
    return {
        "map": _text(kind),
        "kinds": found.kinds,
        "kind_names": _texts(KINDS),
        "partial": np.array((found.kinds == CODES[Kind.CANCELLED]).any()),
        "max_steps": np.array(found.max_steps),
        "units": np.array(list(units.items()), dtype=np.str_),
        "direction": _text("ascent" if course.ascent else "descent"),
        "function": _text(str(getattr(course.objective, "text", ""))),
        "coordinates": _texts(course.objective.names),
        "parameters": _text(json.dumps(dict(course.objective.parameters))),
        "experiment": _text(file_text(experiment)),
    }


def file_text(experiment: Experiment | None) -> str:
    """The text of the file of an experiment; "" where there is none."""
    if experiment is None:
        return ""
    from gdsim.storage.files import dump

    try:
        return dump(experiment).decode()
    except GdsimError:  # a function of Python's, or too large a table
        return ""


def _grid_arrays(grid: Grid, course: Course) -> Arrays:
    """The axes of a grid, and in more than two dimensions where they lie."""
    names = course.objective.names if grid.plane is None else grid.plane.names
    found: Arrays = {"x": grid.x, "y": grid.y, "axes": _texts(names)}
    if grid.plane is not None:
        found |= {"origin": grid.plane.origin, "directions": grid.plane.directions}
    return found


def _axis_arrays(which: str, axis: Axis, values: np.ndarray[Any, Any]) -> Arrays:
    return {which: values, f"{which}_name": _text(axis.name), f"{which}_scale": _text(axis.scale.value)}


def _lane_arrays(lane: Lane, without: tuple[str, ...] = ()) -> Arrays:
    return {
        "optimizer": _text(lane.id or lane.rule.key),
        "hyperparameters": _text(json.dumps(_without(lane, without))),
    }


def _without(lane: Lane, names: tuple[str, ...]) -> dict[str, Any]:
    """All values of an optimizer, but for those that are on an axis."""
    return {name: value for name, value in described(lane).items() if name not in names}


def _text(text: str) -> np.ndarray[Any, Any]:
    return np.array(text, dtype=np.str_)


def _texts(texts: Any) -> np.ndarray[Any, Any]:
    return np.array([str(text) for text in texts], dtype=np.str_)
