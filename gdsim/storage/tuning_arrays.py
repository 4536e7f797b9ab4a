"""Tunings as arrays, for other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.maps.tuning import Tuning
from gdsim.storage.atomic import replacing
from gdsim.storage.maps import Arrays, file_text, save_arrays
from gdsim.storage.tables import labels

_UNITS = {"steps_before": "steps", "steps_after": "steps", "loss_before": "f", "loss_after": "f"}


def write_tuning(path: str | os.PathLike[str], found: Tuning) -> None:
    """Write a tuning as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `optimizers` ``(optimizers,)``: labels; `names`, `scales` ``(optimizers, most)``: the hyperparameters that
    were searched and the scales of their axes, "" where there are fewer; `tried` ``(optimizers, tries, most)``: their
    values, of which the first are those that the optimizer had; `scores`, `expected_best` ``(optimizers, tries)``: what
    each is judged by on the starts it was tried from, the smaller the better, and the expected best of 1, 2, … of them;
    `best` ``(optimizers,)``: which of them is the best; `loss_before`, `loss_after`, `steps_before`, `steps_after`,
    `global_before`, `global_after` ``(optimizers, runs)``: f at the end, the steps until a run converges, and whether
    it ended at a global minimum, of the first and the best one on the starts of the race; `criterion`, `starts`,
    `seed`: the rule; `partial`: whether it was stopped before its end; `units` ``(arrays, 2)``; `map`, `direction`,
    `function`, `coordinates`, `parameters` and `experiment`, the race with the best settings, as of all maps.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    with replacing(path) as temporary:
        save_arrays(temporary, tuning_arrays(found))


def tuning_arrays(found: Tuning) -> Arrays:
    """The arrays of a tuning, by name: see `write_tuning`."""
    each, rule, race = found.optimizers, found.rule, found.experiment
    most = max((len(one.axes) for one in each), default=0)
    pairs = {"before": [one.before for one in each], "after": [one.after for one in each]}
    return {
        "map": np.array("tuning"),
        "optimizers": np.array(labels(race.lanes), dtype=np.str_),
        "names": _texts(([axis.name for axis in one.axes] for one in each), most),
        "scales": _texts(([axis.scale.value for axis in one.axes] for one in each), most),
        "tried": _stacked([_padded(one.tried, most) for one in each]),
        "scores": _stacked([one.scores for one in each]),
        "expected_best": _stacked([one.best_of for one in each]),
        "best": np.array([one.best for one in each], dtype=np.int64),
        **{f"loss_{when}": _stacked([result.loss for result in some]) for when, some in pairs.items()},
        **{f"steps_{when}": _stacked([result.steps for result in some]) for when, some in pairs.items()},
        **{f"global_{when}": _stacked([result.reached for result in some]) for when, some in pairs.items()},
        "criterion": np.array(rule.criterion.value),
        "starts": np.array(rule.starts),
        "seed": np.array(rule.seed),
        "partial": np.array(not found.is_whole),
        "units": np.array(list(_UNITS.items()), dtype=np.str_),
        "direction": np.array("ascent" if race.ascent else "descent"),
        "function": np.array(str(getattr(race.objective, "text", "")), dtype=np.str_),
        "coordinates": np.array(list(race.objective.names), dtype=np.str_),
        "parameters": np.array(json.dumps(dict(race.objective.parameters))),
        "experiment": np.array(file_text(replace(race, tuning=rule)), dtype=np.str_),
    }


def _padded(tried: Array, most: int) -> Array:
    return np.pad(tried, ((0, 0), (0, most - tried.shape[1])), constant_values=np.nan)


def _stacked(arrays: list[Any]) -> Any:
    return np.stack(arrays) if arrays else np.empty(0)


def _texts(rows: Iterable[list[str]], most: int) -> Any:
    return np.array([row + [""] * (most - len(row)) for row in rows], dtype=np.str_)
