"""Curves and rows of sweeps: pure decisions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdsim.desktop.views.sweep.asked import Found
from gdsim.objectives.base import Array
from gdsim.simulation.maps.sweeps import Sweep

_QUANTILES = (0.1, 0.5, 0.9)


class Quantity(StrEnum):
    """Kinds of curves."""

    LOSS = "loss"
    STEPS = "steps"


@dataclass(frozen=True)
class Row:
    """Line of the table about one optimizer.

    Attributes
    ----------
    key
        Its `Entry.id`.
    width
        How many decades of η are workable.
    best
        The best η; None where every run is lost.
    is_whole
        Whether all values have been tried.
    """

    key: str
    width: float
    best: float | None
    is_whole: bool = True


def rows_of(found: dict[str, Found]) -> list[Row]:
    """Rows, the most forgiving optimizer first."""
    rows = [Row(key, float(f.sweep.widths[0]), f.best, f.whole) for key, f in found.items()]
    return sorted(rows, key=lambda row: (-round(row.width, 3), row.key))


def quantiles(sweep: Sweep, quantity: Quantity) -> Array:
    """The lower, the middle and the upper curve, ``(3, rates)``."""
    found = sweep.loss_quantiles(_QUANTILES) if quantity is Quantity.LOSS else sweep.step_quantiles(_QUANTILES)
    return np.asarray(found[:, 0])


def at_rate(found: Found, rate: float | None) -> bool | None:
    """Tell whether an η is workable, by the nearest that was tried; None for one beyond them."""
    rates = found.sweep.rates
    if rate is None or not rates[0] <= rate <= rates[-1]:
        return None
    return bool(found.sweep.workable[0, int(np.argmin(np.abs(np.log(rates / rate))))])
