"""What the loss view shows of a race: pure decisions, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.drawing.thinning import drawn
from gdsim.objectives.base import Array
from gdsim.simulation.outcomes import Kind
from gdsim.simulation.trajectories import Trajectories

#: The smallest height above the minimum that a logarithmic axis shows.
_FLOOR = 1e-16
#: Of the losses of batches these quantiles are in view, but not more decades than these below and above the full ones.
_MIDDLE, _BELOW, _ABOVE = (0.03, 0.99), 1.0, 0.5
#: The fewest decades that an axis of the losses themselves shows.
_LEAST = 0.1


@dataclass(frozen=True, eq=False)
class Curves:
    """What the loss view shows of a race.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that are drawn.
    heights
        ``(k, optimizers, runs)``: the loss, or log₁₀ of how far it is from `base`; nan after a run is lost.
    best
        ``(optimizers,)``: the run of each optimizer that ends lowest; uphill, highest.
    base
        What is subtracted on the logarithmic axis: the lowest known minimum, or the lowest loss of the race; uphill the
        highest, from which the loss is subtracted.
    span
        The lowest and the highest that the axis shows.
    plain
        Whether the logarithm is that of the loss itself: nothing is subtracted, and what is not positive left out.
    """

    steps: NDArray[np.int64]
    heights: Array
    best: NDArray[np.int64]
    base: float
    span: tuple[float, float]
    plain: bool = False


def curves_of(race: Trajectories, logarithmic: bool, batches: Array | None = None) -> Curves:
    """Decide what to show: no run that diverges or goes far spoils the axis.

    Parameters
    ----------
    batches
        ``(k, optimizers)``: the losses of batches that are shown, too, as far as they are known; None if none are. A
        batch may well cost less than any minimum of the whole, so that a logarithmic axis is then that of the loss
        itself.
    """
    shown = drawn(race)
    # uphill all is turned round, and turned back at the end
    sign = -1.0 if race.ascent else 1.0
    losses = sign * shown.losses
    lost = np.isin(race.kinds[:, : shown.runs], [Kind.DIVERGED, Kind.LEFT_DOMAIN])
    finite = losses[:, ~lost][np.isfinite(losses[:, ~lost])]
    finite = finite if finite.size else losses[np.isfinite(losses)]
    lowest = float(finite.min()) if finite.size else 0.0
    known = race.objective.maxima if race.ascent else race.objective.minima
    base = min((sign * extremum.value for extremum in known), default=lowest)
    base = min(base, lowest)
    for o, r in np.argwhere(lost):
        # on its way out a run may fall below all that others reach
        losses[(shown.steps >= race.ended[o, r]) | (losses[:, o, r] < base), o, r] = np.nan
    starts = losses[0][np.isfinite(losses[0])]
    highest = float(starts.max()) if starts.size else 1.0
    best = np.argmin(np.nan_to_num(sign * shown.losses[-1], nan=np.inf), axis=-1)
    if not logarithmic:
        margin = 0.05 * max(highest - lowest, 1e-12 * max(1.0, abs(highest)))
        low, high = sorted((sign * (lowest - margin), sign * (highest + margin)))
        return Curves(shown.steps, sign * losses, best, 0.0, (low, high))
    if batches is not None and (sign * losses > 0).any():
        heights = _logs(sign * losses)
        full = sorted((sign * lowest, sign * highest))
        kept = ~lost[np.arange(len(best)), best]
        return Curves(shown.steps, heights, best, 0.0, _span(heights, full, _logs(batches[:, kept])), plain=True)
    floor = _FLOOR if known else _floor_of(losses - base)
    with np.errstate(invalid="ignore"):
        heights = np.log10(np.maximum(losses - base, floor))
    top = math.log10(max(highest - base, floor))
    kept = heights[np.isfinite(heights)]
    bottom = float(kept.min()) if kept.size else top - 1
    bottom = min(bottom, top - 1)
    margin = 0.04 * (top - bottom)
    return Curves(shown.steps, heights, best, sign * base, (bottom - margin, top + margin))


def batch_heights(losses: Array, curves: Curves, logarithmic: bool, ascent: bool = False) -> Array:
    """Where losses of batches ``(k, optimizers)`` lie on the axis of `curves`; nan where they do not.

    If something is subtracted, what lies beyond it is shown at the bottom of a logarithmic axis.
    """
    if not logarithmic:
        return losses
    if curves.plain:
        return _logs(losses)
    gaps = (curves.base - losses) if ascent else (losses - curves.base)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.maximum(np.log10(np.maximum(gaps, 0.0)), curves.span[0])


def _logs(losses: Array) -> Array:
    """Their logarithms; nan where there is none."""
    with np.errstate(invalid="ignore"):
        positive = (losses > 0) & np.isfinite(losses)
    return np.log10(losses, out=np.full_like(losses, np.nan), where=positive)


def _span(heights: Array, full: list[float], batches: Array) -> tuple[float, float]:
    """What an axis of the losses themselves shows: of the full losses all, of the batches' most.

    Parameters
    ----------
    heights
        ``(k, optimizers, runs)``: logarithms of the full losses.
    full
        The lowest and the highest of the full losses that are to be seen.
    batches
        ``(k, optimizers)``: logarithms of those of the batches, of runs that are not lost.
    """
    known = heights[np.isfinite(heights)]
    low = math.log10(max(full[0], _FLOOR)) if full[0] > 0 else float(known.min())
    high = math.log10(full[1]) if full[1] > 0 else float(known.max())
    thin = batches[np.isfinite(batches)]
    if thin.size:
        least, most = np.quantile(thin, _MIDDLE)
        low, high = min(low, max(float(least), low - _BELOW)), max(high, min(float(most), high + _ABOVE))
    margin = 0.04 * (high - low) + max(0.0, _LEAST - (high - low)) / 2
    return low - margin, high + margin


def _floor_of(gaps: Array) -> float:
    """Where the lowest loss of the race itself is drawn: it is no minimum, and no reason to show fifteen decades."""
    above = gaps[np.isfinite(gaps) & (gaps > 0)]
    return max(_FLOOR, float(above.min()) / 10) if above.size else _FLOOR
