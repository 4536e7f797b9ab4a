"""The curve under the mouse in the loss view: pure decisions, no Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from gdsim.desktop.views.loss.curves import Curves
from gdsim.objectives.base import Array


def heights_at(curves: Curves, steps: Array, bold: Sequence[int] = ()) -> Array:
    """Heights of curves at steps ``(n,)``, and between them, ``(n, optimizers, runs)``; nan where they are not.

    Parameters
    ----------
    bold
        ``(optimizers,)``: if given, of each optimizer only this run.
    """
    heights = curves.heights
    if len(bold):
        heights = heights[:, np.arange(len(bold)), list(bold), None]
    last = len(curves.steps) - 1
    if last == 0:
        return np.broadcast_to(heights[0], (len(steps), *heights.shape[1:]))
    low, high = curves.span
    row = np.clip(np.searchsorted(curves.steps, steps, side="right") - 1, 0, last - 1)
    before, after = (np.clip(heights[k], 2 * low - high, 2 * high - low) for k in (row, row + 1))
    share = ((steps - curves.steps[row]) / (curves.steps[row + 1] - curves.steps[row]))[:, None, None]
    share = np.clip(share, 0.0, 1.0)
    # a curve that ends here is there to its end
    return np.where(share > 0, before + share * (after - before), before)


def nearest_run(
    curves: Curves,
    at: tuple[float, float],
    pixel: tuple[float, float],
    reach: float,
    hidden: Collection[int] = (),
    bold: Sequence[int] = (),
) -> tuple[int, int] | None:
    """The optimizer and the run whose curve is nearest to a point, by place; None if none is within reach.

    Parameters
    ----------
    at
        The point: its step and its height.
    pixel
        Width and height of a pixel on either axis.
    reach
        In pixels.
    hidden
        Optimizers that are not seen.
    bold
        ``(optimizers,)``: if given, only these runs count.
    """
    x = np.clip(at[0] + np.arange(-reach, reach + 1) * pixel[0], 0.0, float(curves.steps[-1]))
    away = np.hypot(((x - at[0]) / pixel[0])[:, None, None], (heights_at(curves, x, bold) - at[1]) / pixel[1])
    nearest = np.where(np.isnan(away), np.inf, away).min(axis=0)
    nearest[list(hidden)] = np.inf
    if not nearest.size or float(nearest.min()) > reach:
        return None
    o, run = np.unravel_index(int(nearest.argmin()), nearest.shape)
    return int(o), bold[int(o)] if len(bold) else int(run)


def nearest_bold(curves: Curves, at: tuple[float, float], bold: Sequence[int], hidden: Collection[int] = ()) -> int:
    """The optimizer whose bold curve is nearest straight above or below a point, by place; -1 if there is none."""
    away = np.abs(heights_at(curves, np.array([at[0]]), bold)[0, :, 0] - at[1])
    away[list(hidden)] = np.nan
    return -1 if np.isnan(away).all() else int(np.nanargmin(away))


def step_at(x: float, last: int) -> int:
    """The step nearest to a place along the axis, of 0 to `last`."""
    return min(max(round(x), 0), last)
