"""Maps as arrays."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np

from gdsim.simulation.maps.settings import SettingMap
from gdsim.storage.tables import described_lane


def write_settings(path: str | os.PathLike[str], found: SettingMap) -> None:
    """Write a setting map as NPZ, to be read with ``numpy.load(path)``; no pickle is in it.

    Arrays: `x` ``(columns,)`` and `y` ``(rows,)``: the values of the hyperparameters called `x_name` and `y_name`, with
    `x_scale` and `y_scale` "log" or "linear"; `starts` ``(d, runs)``; `end` ``(d, runs, rows, columns)``: where each
    run ends; `steps`, `loss` ``(runs, rows, columns)``: after how many steps, and f there; `kinds`, of the same shape:
    how, in words; `median_steps`, `median_loss`, `outcome` ``(rows, columns)``: of each cell; `rate`
    ``(runs, rows, columns)``, where it was measured: the factor by which the gradient shrinks a step; `max_steps`,
    `tolerance`, `direction`; `optimizer`: its other values, schedule and clipping as JSON text; `function` and
    `coordinates`: its formula, and the names of its d variables; `parameters`: those of the formula as JSON text.
    """
    from gdsim.simulation.maps.found_ends import KINDS

    objective = found.course.objective
    words = np.array([kind.value for kind in KINDS])
    measured: dict[str, Any] = {"rate": found.rate} if found.is_rate_known else {}
    with Path(path).open("wb") as file:  # numpy would append .npz to a name
        np.savez(
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


def _fixed(found: SettingMap) -> dict[str, object]:
    """The optimizer, but for what is on the axes."""
    described = described_lane(found.lane)
    return {name: value for name, value in described.items() if name not in (found.x.name, found.y.name)}


def _text(text: str) -> np.ndarray[tuple[()], np.dtype[np.str_]]:
    return np.array(text, dtype=np.str_)
