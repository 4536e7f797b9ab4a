"""Points at which loss curves leave the frame or end: pure decisions, no Qt."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.views.loss.curves import Curves, Scale, is_lost
from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories


@dataclass(frozen=True)
class Cut:
    """An arrow at the frame: a curve, or several of restarts, go on beyond it.

    Attributes
    ----------
    optimizer
        Which one, by its place.
    restarts
        How many restarts it stands for; 0 for the bold curve.
    step
        Where along the axis the frame is left.
    up
        Whether that is at the top.
    value
        The loss that is reached, of several that which is farthest; inf or −inf if it is lost on the way; nan if the
        function is undefined at the start.
    lost
        The step at which the run was lost; None if it is a number that was reached.
    """

    optimizer: int
    restarts: int
    step: float
    up: bool
    value: float
    lost: int | None = None


@dataclass(frozen=True, eq=False)
class EndMarks:
    """Ends of curves before the race does, ``(k,)`` each: optimizer, run, step and height, and whether it is lost."""

    optimizers: NDArray[np.int64]
    runs: NDArray[np.int64]
    steps: NDArray[np.int64]
    heights: Array
    lost: NDArray[np.bool_]


def cuts_of(race: Trajectories, curves: Curves, bold: Sequence[int]) -> list[Cut]:
    """The arrows, at most one for the bold curve of each optimizer and one for its restarts at either edge.

    Parameters
    ----------
    bold
        ``(optimizers,)``: the run of each that is drawn bold.
    """
    low, high = curves.span
    found: list[Cut] = []
    for up, edge, turned in ((True, high, curves.heights), (False, -low, -curves.heights)):
        # nan is no height; how far each run goes, (optimizers, runs)
        farthest = np.fmax.reduce(turned, axis=0, initial=-math.inf)
        for o, reach in enumerate(farthest):
            runs = np.flatnonzero(reach > edge)
            restarts = runs[runs != bold[o]]
            if len(restarts) < len(runs):
                found.append(_cut(race, curves, o, bold[o], up))
            if len(restarts):
                cut = _cut(race, curves, o, int(restarts[reach[restarts].argmax()]), up)
                found.append(replace(cut, restarts=len(restarts)))
    return found + _undefined(race, bold)


def marks_of(race: Trajectories, curves: Curves) -> EndMarks:
    """Find where curves end, in the frame: the point at which a run has converged, or the last before it is lost."""
    kinds = race.kinds[:, : curves.heights.shape[2]]
    lost = is_lost(kinds)
    o, r = np.nonzero((kinds != Kind.OUT_OF_STEPS) & (kinds != Kind.CANCELLED))
    rows = np.maximum(np.searchsorted(curves.steps, race.ended[o, r]) - lost[o, r], 0)
    heights = curves.heights[rows, o, r]
    low, high = curves.span
    seen = (heights >= low) & (heights <= high)
    steps = np.where(lost[o, r], curves.steps[rows], race.ended[o, r])
    return EndMarks(o[seen], r[seen], steps[seen], heights[seen], lost[o, r][seen])


def _more(curves: Curves, up: bool) -> bool:
    """Tell whether beyond an edge losses are larger."""
    return up != (curves.scale is Scale.GAP and curves.ascent)


def _cut(race: Trajectories, curves: Curves, o: int, run: int, up: bool) -> Cut:
    heights = curves.heights[:, o, run] if up else -curves.heights[:, o, run]
    edge = curves.span[1] if up else -curves.span[0]
    farthest = int(np.nanargmax(heights))
    step = _crossing(curves.steps, heights, edge, farthest)
    diverged = Kind(race.kinds[o, run]) is Kind.DIVERGED
    if diverged and heights[farthest] == math.inf:
        value = math.inf if _more(curves, up) else -math.inf
        return Cut(o, 0, step, up, value, int(race.ended[o, run]))
    losses = race.losses[:, o, run]
    losses = losses[np.isfinite(losses)]
    return Cut(o, 0, step, up, float(losses.max() if _more(curves, up) else losses.min()))


def _crossing(steps: NDArray[np.int64], heights: Array, edge: float, farthest: int) -> float:
    """Find where a curve of heights ``(k,)`` crosses the edge on its way to its farthest row."""
    inside = np.flatnonzero(heights[:farthest] <= edge)
    if not inside.size:
        return float(steps[farthest]) if farthest == 0 else float(steps[0])
    row = int(inside[-1])
    before, after = float(heights[row]), float(heights[row + 1])
    known = math.isfinite(before) and math.isfinite(after)
    share = (edge - before) / (after - before) if known and after > before else 1.0 if not known else 0.0
    return float(steps[row] + min(max(share, 0.0), 1.0) * (steps[row + 1] - steps[row]))


def _undefined(race: Trajectories, bold: Sequence[int]) -> list[Cut]:
    """Marks of bold runs whose start lies where the function is undefined: there is nothing else to be seen of them."""
    return [
        Cut(o, 0, 0.0, True, math.nan, 0)
        for o, run in enumerate(bold)
        if race.ended[o, run] == 0 and Kind(race.kinds[o, run]) is Kind.LEFT_DOMAIN
    ]


def rows_of(starts: Sequence[float], widths: Sequence[float], gap: float, most: int) -> list[int]:
    """The row of each label that none lies on another, the first row first; -1 where none of so many has room.

    Parameters
    ----------
    starts, widths
        Of the labels, ``(n,)`` each; those that come first have the choice.
    gap
        The least between two of a row.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(most)]
    found = []
    for start, width in zip(starts, widths, strict=True):
        row = next(
            (k for k, row in enumerate(taken) if all(start + width + gap <= a or b + gap <= start for a, b in row)), -1
        )
        if row >= 0:
            taken[row].append((start, start + width))
        found.append(row)
    return found
