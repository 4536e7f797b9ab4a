"""Heights of losses, and of steps, on a vertical axis: pure decisions, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gdsim.objectives import Objective
from gdsim.objectives.base import Array

#: The smallest height above the minimum that a logarithmic axis shows, and below what a loss is rounding.
_FLOOR, _ROUNDING = 1e-16, 1e-9
#: Decades above the loss at the start that are shown of runs that were lost; the fewest that an axis shows.
_ABOVE, _LEAST = 1.0, 1.0


class Scale(StrEnum):
    """Kinds of vertical axes."""

    LINEAR = "linear"
    LOG = "log"
    GAP = "gap"  # log₁₀ of how far the loss is from a known minimum; uphill, from a known maximum


@dataclass(frozen=True)
class Heights:
    """Rule by which losses become heights on an axis.

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


def heights_of_steps(found: Sequence[Array], steps: int) -> Heights:
    """Steps on a logarithmic axis, from the fewest to all that there are."""
    high = float(np.log10(max(steps, 10)))
    values = np.concatenate([np.ravel(each) for each in found]) if found else np.empty(0)
    values = values[np.isfinite(values)]
    low = min(float(np.log10(max(values.min(), 1.0))), high - _LEAST) if values.size else 0.0
    return Heights(Scale.LOG, 0.0, 1.0, (low - 0.1, high + 0.1))


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
