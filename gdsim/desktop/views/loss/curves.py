"""Curves of the loss view: pure decisions, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.plotting.thinning import Drawn, drawn
from gdsim.desktop.views.loss.span import FARTHEST, ends_of, span_of, steady
from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories

#: The smallest height above the minimum that a logarithmic axis shows; of losses themselves, so many decades.
_FLOOR, _MOST_DECADES = 1e-16, 16.0
#: Below a known minimum by less than this, for each unit of it, is rounding.
_ROUNDING = 1e-9
#: Of the losses of batches these quantiles are in view, but not more decades than these below and above the full ones.
_MIDDLE, _BELOW, _ABOVE = (0.03, 0.99), 1.0, 0.5
#: The fewest decades that an axis shows: of heights above a minimum, and of losses themselves.
_LEAST_ABOVE, _LEAST = 1.0, 0.1
#: A run that was lost has gone down if it fell so many times as far as its start is from 0, and faster at every step.
_WAY_DOWN = 100.0
#: If all runs are lost in this share of the steps, the axis ends soon after.
_EARLY, _AFTER, _FEWEST_STEPS = 0.25, 1.3, 5


class Scale(StrEnum):
    """Kinds of axes."""

    LINEAR = "linear"  # the loss
    LOG = "log"  # log₁₀ of the loss itself
    GAP = "gap"  # log₁₀ of how far the loss is from a known minimum; uphill, from a known maximum


@dataclass(frozen=True, eq=False)
class Curves:
    """Loss curves of a race as they lie on the axis.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that are drawn.
    heights
        ``(k, optimizers, runs)``: where the losses lie on the axis. Where a run has diverged one is inf or −inf; then,
        and where it has left the domain, nan. What has no logarithm is −inf.
    best
        ``(optimizers,)``: the run of each optimizer that ends lowest; uphill, highest.
    base
        What losses are subtracted from on an axis of gaps, or what is subtracted: the lowest known minimum, uphill the
        highest known maximum; 0 on other axes.
    span
        The lowest and the highest that the axis shows.
    scale
        What the axis shows.
    logs
        What it shows if logarithms are wanted.
    last
        The last step that the axis shows.
    ascent
        Whether the race goes uphill.
    """

    steps: NDArray[np.int64]
    heights: Array
    best: NDArray[np.int64]
    base: float
    span: tuple[float, float]
    scale: Scale
    logs: Scale
    last: int
    ascent: bool = False

    @property
    def worse(self) -> float:
        """1 where what is worse is higher on the axis; −1 where it is lower."""
        return -1.0 if self.ascent and self.scale is not Scale.GAP else 1.0

    @property
    def is_empty(self) -> bool:
        """Tell whether no run has any height: all are lost where they start."""
        return not np.isfinite(self.heights[0]).any()

    def row(self, step: int) -> int:
        """The first of the rows that are drawn from a step on."""
        return min(int(np.searchsorted(self.steps, step)), len(self.steps) - 1)


def curves_of(race: Trajectories, logarithmic: bool, batches: Array | None = None) -> Curves:
    """Decide what to show: runs that settle stay readable, and of those that leave it is seen that they do.

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
    best = np.argmin(np.nan_to_num(losses[-1], nan=np.inf), axis=-1)
    bounded = _is_bounded(race)
    kinds = race.kinds[:, : shown.runs]
    diverged, moving = kinds == Kind.DIVERGED, (kinds == Kind.OUT_OF_STEPS) | (kinds == Kind.CANCELLED)
    gone = _forget_lost(race, shown, losses)
    counted = losses[:, ~diverged] if diverged.any() and not diverged.all() else losses
    base = _base(race, counted)
    logs = _scale(sign * counted, base, batches is not None)
    scale = logs if logarithmic else Scale.LINEAR
    worse = _heights(losses, base, scale, sign)
    ends = ends_of(worse, diverged, moving)
    fewest = _LEAST_ABOVE if scale is Scale.GAP else 0.0
    low, high = _wide_enough(*span_of(ends, scale is not Scale.LINEAR, bounded, fewest), scale, not race.ascent)
    for (o, r), way in gone.items():
        worse[int(np.searchsorted(shown.steps, race.ended[o, r])), o, r] = way
    turn = sign if scale is not Scale.GAP else 1.0
    span = (low, high) if turn > 0 else (-high, -low)
    if batches is not None and scale is Scale.LOG:
        kept = ~diverged[np.arange(len(best)), best]
        span = _with_batches(span, _logs(batches[:, kept]))
    span = steady(*span)
    zero = sign * base if scale is Scale.GAP and base is not None else 0.0
    return Curves(shown.steps, turn * worse, best, zero, span, scale, logs, _last_step(race), race.ascent)


def is_lost(kinds: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which of the runs end where there is no loss."""
    lost: NDArray[np.bool_] = (kinds == Kind.DIVERGED) | (kinds == Kind.LEFT_DOMAIN)
    return lost


def batch_heights(losses: Array, curves: Curves) -> Array:
    """Heights of losses of batches ``(k, optimizers)`` on the axis of `curves`; nan where they have none.

    If something is subtracted, what lies beyond it is shown at the bottom of a logarithmic axis.
    """
    if curves.scale is Scale.LINEAR:
        return losses
    if curves.scale is Scale.LOG:
        return _logs(losses)
    gaps = (curves.base - losses) if curves.ascent else (losses - curves.base)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.maximum(np.log10(np.maximum(gaps, 0.0)), curves.span[0])


def _forget_lost(race: Trajectories, shown: Drawn, losses: Array) -> dict[tuple[int, int], float]:
    """Make losses nan from where runs are lost, in place; of those that diverge, whether they go up or down: ±inf."""
    gone: dict[tuple[int, int], float] = {}
    for o, r in np.argwhere(is_lost(race.kinds[:, : shown.runs])).tolist():
        row = int(np.searchsorted(shown.steps, race.ended[o, r]))
        if Kind(race.kinds[o, r]) is Kind.DIVERGED:
            gone[o, r] = _way(losses[: max(row, 1), o, r])
        losses[row:, o, r] = np.nan
    return gone


def _way(losses: Array) -> float:
    """Direction of a run that is lost after `losses` ``(k,)``, of which larger is worse: inf or −inf."""
    first, last = float(losses[0]), float(losses[-1])
    if not math.isfinite(first):
        return -math.inf if first < 0 else math.inf
    fell = first - last > _WAY_DOWN * max(1.0, abs(first)) and last <= np.nanmin(losses)
    return -math.inf if fell else math.inf


def _is_bounded(race: Trajectories) -> bool:
    """Tell whether it is known that there is a lowest value, uphill a highest."""
    if race.objective.lowest is not None and not race.ascent:
        return True
    return any(extremum.is_global for extremum in (race.objective.maxima if race.ascent else race.objective.minima))


def _base(race: Trajectories, losses: Array) -> float | None:
    """The lowest known minimum, uphill of the function turned round; None if none is known, or a run is below it."""
    known = race.objective.maxima if race.ascent else race.objective.minima
    values = [-extremum.value if race.ascent else extremum.value for extremum in known]
    if race.objective.lowest is not None and not race.ascent:
        values.append(race.objective.lowest)
    if not values:
        return None
    base, finite = min(values), losses[np.isfinite(losses)]
    lowest = float(finite.min()) if finite.size else base
    return None if lowest < base - _rounding(base) else min(base, lowest)


def _rounding(base: float) -> float:
    """Distance that a loss may be below a minimum because of rounding."""
    return _ROUNDING * max(1.0, abs(base))


def _scale(losses: Array, base: float | None, batches: bool) -> Scale:
    """The axis on which losses of runs that are not lost have logarithms; linear if there is none."""
    if base is not None and not batches:
        return Scale.GAP
    finite = losses[np.isfinite(losses)]
    positive = bool(finite.size) and bool((finite > 0).any()) and float(finite.min()) >= 0
    if positive:
        return Scale.LOG
    return Scale.LINEAR if base is None else Scale.GAP


def _heights(losses: Array, base: float | None, scale: Scale, sign: float) -> Array:
    """Heights of losses, of which larger is worse, on the axis, turned so that larger is worse there, too."""
    if scale is Scale.LINEAR:
        return losses
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if scale is Scale.GAP and base is not None:
            gaps = losses - base
            return np.where(gaps < -_rounding(base), -np.inf, np.log10(np.maximum(gaps, _FLOOR)))
        return sign * np.log10(np.maximum(sign * losses, 0.0))


def _wide_enough(low: float, high: float, scale: Scale, downhill: bool) -> tuple[float, float]:
    """Widen an axis without height, and cut one that goes farther than can be seen."""
    if scale is Scale.LINEAR:
        low, high = (min(max(end, -FARTHEST), FARTHEST) for end in (low, high))
        if high - low <= 1e-12 * max(1.0, abs(high)):
            more = 0.1 * abs(high) or 1.0
            return low - more, high + more
        return low, high
    if scale is Scale.GAP:
        return low, high
    low = max(low, min(high, 0.0) - _MOST_DECADES) if downhill else low
    missing = max(0.0, _LEAST - (high - low)) / 2
    return low - missing, high + missing


def _with_batches(span: tuple[float, float], batches: Array) -> tuple[float, float]:
    """An axis that shows most of the batches, too, whose logarithms are ``(k, optimizers)``."""
    thin = batches[np.isfinite(batches)]
    if not thin.size:
        return span
    (low, high), (least, most) = span, np.quantile(thin, _MIDDLE)
    return min(low, max(float(least), low - _BELOW)), max(high, min(float(most), high + _ABOVE))


def _logs(losses: Array) -> Array:
    """Logarithms of losses; nan where there is none."""
    with np.errstate(invalid="ignore"):
        positive = (losses > 0) & np.isfinite(losses)
    return np.log10(losses, out=np.full_like(losses, np.nan), where=positive)


def _last_step(race: Trajectories) -> int:
    """The last step of the race; sooner, if nothing more happens by then as all runs are lost."""
    last = int(race.ended.max(initial=0))
    lost = is_lost(race.kinds)
    if lost.size and lost.all() and last < _EARLY * race.steps:
        return min(max(_FEWEST_STEPS, math.ceil(_AFTER * last)), race.steps)
    return race.steps
