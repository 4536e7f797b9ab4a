"""Range of the axis of the loss view: pure decisions, no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

#: Beyond this nothing is shown on a linear axis: plots reckon with differences of its ends.
FARTHEST = 1e100
#: Room at either end, and where curves leave the frame, for each optimizer that does, up to a most; shares of what is
#: shown.
_MARGIN, _LEAVING, _EACH, _MOST = 0.045, 0.1, 0.05, 0.3
#: So far over the highest start the axis follows a run that comes back: a share of what lies below it, or decades.
_HUMP, _HUMP_DECADES = 0.5, 1.0
#: If all runs leave, the one that goes least takes at least the inverse of this share; but these decades are shown. Of
#: runs that are lost so many decades are shown: how they leave is seen at the beginning of their way.
_LEAST_SHARE, _LEAST_DECADES, _LOST_DECADES = 4.0, 3.0, 16.0
#: The same of a linear axis, in sizes of the start.
_LEAST_SIZES = 10.0
#: The ends are multiples of a power of two that is at most this share of what is shown.
_GRAIN = 1 / 64
#: A run falls without end if it falls fastest at its end, and so many times as far as all that others come by.
_FAR_BELOW = 100.0


@dataclass(frozen=True, eq=False)
class RunEnds:
    """Begin, turn and end of each run: heights ``(optimizers, runs)`` of which larger is worse; nan: unknown."""

    first: Array
    least: Array
    most: Array
    last: Array
    rushing: NDArray[np.bool_]  # whether it falls fastest at its end
    lost: NDArray[np.bool_]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Runs of which there is anything to show."""
        return np.isfinite(self.first) & np.isfinite(self.last)


def ends_of(heights: Array, lost: NDArray[np.bool_], moving: NDArray[np.bool_]) -> RunEnds:
    """Find where runs of heights ``(k, optimizers, runs)`` begin, turn and end; after its end a lost one is nan.

    Parameters
    ----------
    lost
        ``(optimizers, runs)``: those that diverged.
    moving
        ``(optimizers, runs)``: those that have not ended.
    """
    known = np.isfinite(heights)
    ever = known.any(axis=0)
    first, last = np.argmax(known, axis=0), len(heights) - 1 - np.argmax(known[::-1], axis=0)

    def at(place: NDArray[np.int64]) -> Array:
        return np.where(ever, np.take_along_axis(heights, place[None], axis=0)[0], np.nan)

    with np.errstate(invalid="ignore", over="ignore"):
        falls = np.where(known[1:] & known[:-1], heights[:-1] - heights[1:], -np.inf)
    if len(falls):
        before = np.maximum(last - 1, 0)
        final, greatest = np.take_along_axis(falls, before[None], axis=0)[0], falls.max(axis=0)
        rushing = moving & (final > 0) & (final >= greatest)
    else:
        rushing = np.zeros(ever.shape, dtype=bool)
    return RunEnds(
        at(first),
        np.where(known, heights, np.inf).min(axis=0),
        np.where(known, heights, -np.inf).max(axis=0),
        at(last),
        rushing,
        lost,
    )


def span_of(ends: RunEnds, decades: bool, bounded: bool, fewest: float = 0.0) -> tuple[float, float]:
    """The lowest and the highest that is shown, of heights of which larger is worse.

    Runs that settle have the frame for themselves, with some room for those that leave it; if none settles, it shows
    how they leave.

    Parameters
    ----------
    decades
        Whether heights are decades.
    bounded
        Whether it is known how low they can get: no run falls without end then.
    fewest
        The least that is shown, if need be by what is lower.
    """
    known = ends.known
    if not known.any():
        return -1.0, 1.0
    start = float(ends.first[known].max())
    core = known & (ends.last <= start) & ~ends.lost
    core = core if bounded else core & ~_falling(ends, core)
    if core.any():
        # where it is known how low they can get, those that leave may come by below the others, too
        low, high = _of_converged(ends, core, known if bounded else core, start, decades)
    else:
        low, high = _of_leaving(ends, known, start, decades)
    low = min(low, high - fewest)
    up = _room((ends.most > high) | (ends.lost & (ends.last > ends.first)), known & ~core)
    down = _room(ends.least < low, known)
    return low - down * (high - low), high + up * (high - low)


def steady(low: float, high: float) -> tuple[float, float]:
    """A little more, with round ends: an axis that goes along with every move of the hand cannot be read."""
    grain = 2.0 ** math.floor(math.log2(_GRAIN * (high - low)))
    return grain * math.floor(low / grain), grain * math.ceil(high / grain)


def _room(leaves: NDArray[np.bool_], counted: NDArray[np.bool_]) -> float:
    """Room that is left free at one end for runs that leave there."""
    optimizers = int((leaves & counted).any(axis=1).sum())
    return min(_LEAVING + _EACH * optimizers, _MOST) if optimizers else _MARGIN


def _of_converged(
    ends: RunEnds, core: NDArray[np.bool_], lowest: NDArray[np.bool_], start: float, decades: bool
) -> tuple[float, float]:
    """Range of all that come to rest, and the low end of some more."""
    low = float(ends.least[lowest].min())
    room = max(_HUMP * (start - low), _HUMP_DECADES if decades else 0.0)
    return low, max(start, min(float(ends.most[core].max()), start + room))


def _of_leaving(ends: RunEnds, known: NDArray[np.bool_], start: float, decades: bool) -> tuple[float, float]:
    """End of the range: where the farthest goes, unless the one that goes least could not be seen."""
    sizes = _LEAST_SIZES * (abs(start) or 1.0)
    fewest, most = (_LEAST_DECADES, _LOST_DECADES) if decades else (sizes, sizes)
    some = known.any(axis=1)

    def way(ways: Array) -> float:
        ways = np.where(known, np.where(ends.lost, np.minimum(ways, most), ways), 0.0).max(axis=1)[some]
        least = float(ways[ways > 0].min(initial=np.inf))
        return min(float(ways.max()), max(_LEAST_SHARE * least, fewest))

    return start - max(0.0, way(start - ends.least)), start + max(0.0, way(ends.most - start))


def _falling(ends: RunEnds, core: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Runs that fall without end, so that the others could not be seen for them.

    Such a run falls fastest at its end, as do all that fall farther, and a hundred times as far as the next.
    """
    falls = np.where(core, ends.most - ends.least, -np.inf)
    order = np.argsort(falls, axis=None)[::-1]
    found = np.zeros(falls.size, dtype=bool)
    ways, rushing = falls.ravel()[order], (core & ends.rushing).ravel()[order]
    for k in range(1, len(order)):
        if not rushing[k - 1] or not ways[k] > -np.inf:
            break
        if ways[k - 1] > _FAR_BELOW * max(float(ways[k]), 1e-300):
            found[order[:k]] = True
    return found.reshape(core.shape)
