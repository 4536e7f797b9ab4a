"""Choice of the points of a race that are drawn: pure decisions, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

#: More runs of an optimizer than these are not drawn: nobody could tell them apart.
MOST_RUNS = 64
#: With more points than these not every step is drawn.
MOST_POINTS = 150_000
#: A piece of a curve of so many steps is straight if no point of it is farther from its chord than this, in pixels.
_PIECES, _STRAIGHT = (16, 4), 0.1


@dataclass(frozen=True, eq=False)
class Drawn:
    """Part of a race that is drawn.

    Attributes
    ----------
    steps
        Which steps, ``(k,)``, ascending, from 0 to the last.
    positions
        ``(k, optimizers, d, runs)``.
    losses
        ``(k, optimizers, runs)``.
    """

    steps: NDArray[np.int64]
    positions: Array
    losses: Array

    @property
    def runs(self) -> int:
        """The number of runs of each optimizer that are drawn."""
        return int(self.positions.shape[-1])

    @property
    def places(self) -> tuple[Array, Array]:
        """The places on the landscape, x and y ``(k, optimizers, runs)`` each."""
        return places(self.positions, self.losses)


def places(positions: Array, losses: Array) -> tuple[Array, Array]:
    """Return positions ``(…, d, runs)`` and losses ``(…, runs)`` as x and y on the landscape, ``(…, runs)`` each.

    Of one variable, the landscape is the curve y = f(x).
    """
    return positions[..., 0, :], losses if positions.shape[-2] == 1 else positions[..., 1, :]


def drawn(race: Trajectories) -> Drawn:
    """Decide which runs and steps of a race are drawn."""
    runs = min(race.runs, MOST_RUNS)
    positions, losses = race.positions[..., :runs], race.losses[..., :runs]
    most = max(100, MOST_POINTS // max(1, len(race.rules) * runs))
    if race.steps < most:
        return Drawn(np.arange(race.steps + 1), positions, losses)
    # the first steps are the longest: a third is spent on them, and the rest spread evenly
    dense = most // 3
    later = np.linspace(dense, race.steps, most - dense).astype(np.int64)
    steps = np.concatenate([np.arange(dense), later])
    return Drawn(steps, positions[steps], losses[steps])


def kept_points(x: Array, y: Array) -> NDArray[np.bool_]:
    """Choose the points of paths ``(k, …)`` in pixels that are drawn: those half a pixel from the one before."""
    keep = np.isfinite(y)
    y = np.nan_to_num(y, nan=0.0)
    cell_x, cell_y = np.rint(2 * x).astype(np.int32), np.rint(2 * y).astype(np.int32)
    keep[1:] &= (cell_x[1:] != cell_x[:-1]) | (cell_y[1:] != cell_y[:-1])
    return keep


def kept_of_curves(x: Array, y: Array) -> NDArray[np.bool_]:
    """Choose the points of curves y ``(k, …)`` over x ``(k,)`` in pixels: of straight pieces only the ends."""
    x = x.reshape(-1, *(1,) * (y.ndim - 1))
    keep = kept_points(np.broadcast_to(x, y.shape), y)
    keep[-1:] = np.isfinite(y[-1:])
    for steps in _PIECES:
        straight = _straight_pieces(x, y, steps)
        inside = keep[1 : len(straight) * steps + 1].reshape(len(straight), steps, *y.shape[1:])
        inside[:, -1] |= straight & inside.any(axis=1)
        inside[:, :-1] &= ~straight[:, None]
    return keep


def _straight_pieces(x: Array, y: Array, steps: int) -> NDArray[np.bool_]:
    """Tell which pieces of so many steps ``(pieces, …)`` of curves y ``(k, …)`` over x ``(k, …)`` are straight."""
    pieces = max(len(y) - 1, 0) // steps
    whole, ends = slice(pieces * steps), slice(steps, pieces * steps + 1, steps)
    across, up = (values[whole].reshape(pieces, steps, *values.shape[1:]) for values in (x, y))
    dx, dy = (x[ends] - across[:, 0])[:, None], (y[ends] - up[:, 0])[:, None]
    across, up = across[:, 1:] - across[:, :1], up[:, 1:] - up[:, :1]
    with np.errstate(invalid="ignore"):
        beside = np.abs(across * dy - up * dx) <= _STRAIGHT * np.hypot(dx, dy)
        beyond = np.abs(up - dy / 2) > np.abs(dy) / 2 + _STRAIGHT
        straight: NDArray[np.bool_] = np.all(beside & ~beyond, axis=1)
    return straight
