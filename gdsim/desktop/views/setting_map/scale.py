"""The scale of a setting map: which value has which shade, and the numbers at its colour bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.desktop.compute.setting_work import DoneMap
from gdsim.desktop.plotting.decade_axis import log_ticks
from gdsim.desktop.text.numbers import show_typed
from gdsim.objectives.base import Array

#: Losses are told apart over so many decades below the highest.
_DECADES = 12
#: A rate that needs so many times all steps for one digit is as bad as can be.
_SLOW = 10
#: The rates at a colour bar.
_RATES = (0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 0.99999)


@dataclass(frozen=True)
class Scale:
    """Shades from the best value, 0, to the worst, 1.

    Attributes
    ----------
    measure
        What is shown.
    low, high
        The ends, in what `placed` makes of values.
    base
        What is subtracted from a loss (uphill, what it is subtracted from), so that there is a logarithm.
    ascent
        Whether the highest loss is the best.
    empty
        Whether nothing has a shade.
    """

    measure: str
    low: float
    high: float
    base: float = 0.0
    ascent: bool = False
    empty: bool = False

    def placed(self, values: Array) -> Array:
        """The logarithm of steps, of a loss above the base, or of the steps that a digit takes at a rate."""
        with np.errstate(all="ignore"):
            if self.measure == "rate":
                return np.asarray(np.log10(-1 / np.log10(np.maximum(values, 1e-300))))
            above = (self.base - values) if self.ascent and self.measure == "loss" else values - self.base
            return np.asarray(np.log10(np.maximum(above, 1e-300)))

    def shades(self, values: Array) -> Array:
        """From 0, the best, to 1; nan for what has no colour."""
        with np.errstate(all="ignore"):
            shown = np.isfinite(values) & ((values < 1) | (self.measure != "rate"))
            shades = np.clip((self.placed(values) - self.low) / max(self.high - self.low, 1e-12), 0, 1)
        return np.where(shown, shades, np.nan)

    def ticks(self, most: float) -> list[tuple[float, str]]:
        """Places from 0 to 1 and numbers, about `most` of them."""
        if self.measure == "rate":
            found = [(float(self.placed(np.array(rate))), show_typed(rate)) for rate in _RATES]
        else:
            found = [(log, _number(log)) for log in log_ticks(self.low, self.high, most)]
        width = max(self.high - self.low, 1e-12)
        inside = [((at - self.low) / width, text) for at, text in found if self.low <= at <= self.high]
        stride = max(1, math.ceil(len(inside) / max(most, 1.0)))
        return inside[::stride]


def scale_of(done: DoneMap) -> Scale:
    """Return the scale that fits a map."""
    measure, ascent = done.asked.measure, done.map.course.ascent
    values = done.map.measured(measure)
    values = values[np.isfinite(values) & ((values < 1) | (measure != "rate"))]
    if not values.size:
        return Scale(measure, 0.0, 1.0, empty=True)
    if measure == "loss":
        return _loss_scale(values, done.start_loss, ascent)
    ends = Scale(measure, 0.0, 1.0).placed(np.array([max(values.min(), 1e-9), values.max()]))
    low, high = (float(end) for end in ends)
    if measure == "rate":
        high = min(high, math.log10(_SLOW * max(done.map.max_steps, 1)))
    return Scale(measure, low, max(high, low + 1e-3))


def _loss_scale(values: Array, start: float, ascent: bool) -> Scale:
    """Scale of losses, on which what is worse than the start is as bad as can be."""
    best = float(values.max() if ascent else values.min())
    base = best if ascent or best < 0 else 0.0
    worst = [x for x in (start, float(values.min() if ascent else values.max())) if math.isfinite(x) and x != base]
    high = math.log10(max(abs(x - base) for x in worst[:1])) if worst else 0.0
    lowest = abs(best - base)
    low = max(math.log10(lowest) if lowest > 0 else -math.inf, high - _DECADES)
    return Scale("loss", low, max(high, low + 1e-3), base, ascent)


def _number(log: float) -> str:
    return show_typed(float(f"{10**log:.3g}"))
