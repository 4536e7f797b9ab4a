"""What is drawn and told of sweeps: pure decisions, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdsim.desktop.views.sweep.asked import Found
from gdsim.objectives import Objective
from gdsim.objectives.base import Array
from gdsim.simulation.maps.sweeps import Sweep

#: The smallest height above the minimum that a logarithmic axis shows, and below what a loss is rounding.
_FLOOR, _ROUNDING = 1e-16, 1e-9
#: Decades above the loss at the start that are shown of runs that were lost; the fewest that an axis shows.
_ABOVE, _LEAST = 1.0, 1.0
_QUANTILES = (0.1, 0.5, 0.9)


class Quantity(StrEnum):
    """Kinds of curves."""

    LOSS = "loss"
    STEPS = "steps"


class Scale(StrEnum):
    """Kinds of vertical axes."""

    LINEAR = "linear"
    LOG = "log"
    GAP = "gap"  # log₁₀ of how far the loss is from a known minimum; uphill, from a known maximum


@dataclass(frozen=True)
class Heights:
    """How losses become heights on an axis.

    Attributes
    ----------
    scale
        What it shows.
    base
        What losses are subtracted from, or what is subtracted.
    sign
        −1 uphill.
    span
        The lowest and the highest that is shown.
    """

    scale: Scale
    base: float
    sign: float
    span: tuple[float, float]

    def of(self, values: Array) -> Array:
        """Heights of values; what is lost leaves the picture on the side of the worse."""
        with np.errstate(all="ignore"):
            heights = _raw(values, self.scale, self.base, self.sign)
        low, high = self.span
        far = 4 * (high - low)
        is_up = self.scale is not Scale.LINEAR or self.sign > 0
        worst = high + far if is_up else low - far
        return np.clip(np.where(np.isfinite(heights), heights, worst), low - far, high + far)


@dataclass(frozen=True)
class Row:
    """What is told of one optimizer.

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
    rows = [Row(key, float(f.sweep.widths[0]), f.sweep.best_rate(0), f.whole) for key, f in found.items()]
    return sorted(rows, key=lambda row: (-round(row.width, 3), row.key))


def quantiles(sweep: Sweep, quantity: Quantity) -> Array:
    """The lower, the middle and the upper curve, ``(3, rates)``."""
    found = sweep.loss_quantiles(_QUANTILES) if quantity is Quantity.LOSS else sweep.step_quantiles(_QUANTILES)
    return np.asarray(found[:, 0])


def heights_of_losses(losses: Sequence[Array], objective: Objective, ascent: bool, at_start: float) -> Heights:
    """Decide how losses are drawn: how far above the minimum where one is known, else as they are."""
    sign = -1.0 if ascent else 1.0
    values = np.concatenate([np.ravel(each) for each in losses]) if losses else np.empty(0)
    values = sign * values[np.isfinite(values)]
    known = [sign * place.value for place in (objective.maxima if ascent else objective.minima)]
    if objective.lowest is not None and not ascent:
        known.append(objective.lowest)
    least = float(values.min()) if values.size else 0.0
    base = min(known) if known else None
    if base is not None and least < base - _ROUNDING * max(1.0, abs(base)):
        base = None
    if base is not None:
        base = min(base, least)
        return _fitted(values, Scale.GAP, sign * base, sign, at_start)
    scale = Scale.LOG if values.size and sign > 0 and least >= 0 and (values > 0).any() else Scale.LINEAR
    return _fitted(values, scale, 0.0, sign, at_start)


def heights_of_steps(steps: int) -> Heights:
    """Steps on a logarithmic axis, from 1 to all that there are."""
    return Heights(Scale.LOG, 0.0, 1.0, (-0.1, float(np.log10(max(steps, 10))) + 0.1))


def _fitted(values: Array, scale: Scale, base: float, sign: float, at_start: float) -> Heights:
    with np.errstate(all="ignore"):
        heights = _raw(sign * values, scale, base, sign)
        first = float(_raw(np.array([at_start]), scale, base, sign)[0])
    heights = heights[np.isfinite(heights)]
    if not heights.size:
        return Heights(scale, base, sign, (-1.0, 1.0))
    low, high = float(heights.min()), float(heights.max())
    if scale is Scale.LINEAR:
        room = max(abs(first - (low if sign > 0 else high)), 1e-12)
        low, high = (low, min(high, first + room)) if sign > 0 else (max(low, first - room), high)
        margin = 0.05 * max(high - low, 1e-9 * max(1.0, abs(low)))
        return Heights(scale, base, sign, (low - margin, high + margin))
    high = max(min(high, first + _ABOVE), low + _LEAST)
    return Heights(scale, base, sign, (low - 0.03 * (high - low), high + 0.03 * (high - low)))


def _raw(values: Array, scale: Scale, base: float, sign: float) -> Array:
    if scale is Scale.LINEAR:
        return values
    gaps = sign * (values - base) if scale is Scale.GAP else values
    # what is not a number stays none
    logs: Array = np.log10(np.where(np.isnan(gaps), np.nan, np.maximum(gaps, _FLOOR)))
    return logs


def at_rate(found: Found, rate: float | None) -> bool | None:
    """Whether an η is workable, by the nearest that was tried; None for one beyond them."""
    rates = found.sweep.rates
    if rate is None or not rates[0] <= rate <= rates[-1]:
        return None
    return bool(found.sweep.workable[0, int(np.argmin(np.abs(np.log(rates / rate))))])
