"""Lines of theory on a setting map: the line of the edge of stability, and the best pair."""

from __future__ import annotations

import numpy as np

from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.objectives.base import Array
from gdsim.simulation.maps.axis import Axis

_NOTHING = np.empty(0)
_RATE, _MOMENTUM = "learning_rate", "momentum"


def edge_line(done: DoneMap) -> tuple[Array, Array]:
    """Return the edge of stability as places on the axes; nan where there is none, empty where none is known."""
    theory, found = done.theory, done.map
    if theory is None or theory.edge is None:
        return _NOTHING, _NOTHING
    with np.errstate(all="ignore"):
        if found.x.name == _RATE:
            return _within(found.x, theory.edge), found.y.places(found.y_values)
        return found.x.places(found.x_values), _within(found.y, theory.edge)


def best_places(done: DoneMap) -> tuple[list[float], list[float]]:
    """Return the place of the best pair, in lists of one; empty where theory has none on these axes."""
    theory, axes = done.theory, done.axes
    if theory is None or theory.best is None:
        return [], []
    # it is that without weight decay; and of β, where the rule has one
    other = {"weight_decay": 0.0} if done.map.lane.rule.key == "gd" else {_MOMENTUM: theory.best[1]}
    values = {_RATE: theory.best[0], **other}
    if not all(axis.name in values for axis in axes):
        return [], []
    at = [values[axis.name] for axis in axes]
    if not all(axis.low <= value <= axis.high for axis, value in zip(axes, at, strict=True)):
        return [], []
    x, y = (axis.place(value) for axis, value in zip(axes, at, strict=True))
    return [x], [y]


def _within(axis: Axis, values: Array) -> Array:
    """Places of values; nan beyond the range."""
    inside = (values >= axis.low) & (values <= axis.high)
    return np.where(inside, axis.places(np.where(inside, values, axis.high)), np.nan)
