"""Lines that lead far out of the view, cut off without a change of their direction: pure decisions, no Qt."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array

#: Farther out than this many pixels nothing is drawn: painters count in small numbers.
FAR = 20_000.0
#: What may be too large in pixels is reckoned with in units of so many, in which no number is: a power of two, so that
#: none is rounded.
UNIT = 2.0**128
#: A line of which it is not known to so many pixels where it passes is left out.
_BLURRED = 0.5


def is_far(x: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which points in pixels, clipped at `FAR`, lie farther out."""
    return (np.abs(x) >= FAR) | (np.abs(y) >= FAR)


def cut_far(x: Array, y: Array) -> tuple[Array, Array, NDArray[np.int64]]:
    """Cut off a line through points ``(k,)``, in units of `UNIT` pixels, where it is far out.

    Liang & Barsky (1984), all segments at once.

    Returns
    -------
    x, y
        Points of the line in pixels, ``(n,)`` each, none farther out than `FAR`; nan where it is interrupted.
    place
        ``(n,)``, ascending: which point of the line each is, or which is the last before it.
    """
    begin, way, edge = np.stack([x[:-1], y[:-1]]), np.stack([np.diff(x), np.diff(y)]), FAR / UNIT
    with np.errstate(all="ignore"):
        enters, leaves = _shares_inside(begin, way, edge)
        enter, leave = np.maximum(enters.max(axis=0), 0.0), np.minimum(leaves.min(axis=0), 1.0)
        seen = (enter <= leave) & ~_is_blurred(begin, way, (enter + leave) / 2)
        # at an edge the coordinate is that of the edge, however large the numbers
        first = np.where(enters == enter, -np.sign(way) * edge, np.clip(begin + enter * way, -edge, edge))
        last = np.where(leaves == leave, np.sign(way) * edge, np.clip(begin + leave * way, -edge, edge))
        first, last = np.where(enter > 0, first, begin), np.where(leave < 1, last, np.stack([x[1:], y[1:]]))
    goes_on = np.append(False, seen[:-1] & (leave[:-1] == 1))[: len(seen)] & (enter == 0)
    points = UNIT * np.stack([np.full_like(begin, np.nan), first, last], axis=-1)
    kept = np.stack([seen & ~goes_on, seen & ~goes_on, seen], axis=-1)
    place = np.arange(len(seen))[:, None] + np.array([0, 0, 1])
    return points[0][kept][1:], points[1][kept][1:], place[kept][1:]


def _shares_inside(begin: Array, way: Array, edge: float) -> tuple[Array, Array]:
    """Return at which shares of their ways segments enter what lies within `edge`, and leave it, ``(2, k)``."""
    ends, still = np.sort(np.stack([(-edge - begin) / way, (edge - begin) / way]), axis=0), way == 0
    enters = np.where(still, np.where(np.abs(begin) > edge, np.inf, -np.inf), ends[0])
    return enters, np.where(still, np.inf, ends[1])


def _is_blurred(begin: Array, way: Array, at: Array) -> NDArray[np.bool_]:
    """Tell of which segments it is not known where they pass: either end is known to the last digit only.

    Parameters
    ----------
    at
        ``(k,)``: the share of the way at which they pass.
    """
    sizes = (1 - at) * np.abs(begin) + at * np.abs(begin + way)
    share = np.abs(way) / np.maximum(np.abs(way).max(axis=0), np.finfo(float).tiny)
    across = np.finfo(float).eps * (share[1] * sizes[0] + share[0] * sizes[1])
    blurred: NDArray[np.bool_] = across > _BLURRED / UNIT
    return blurred


def unbroken(x: Array, y: Array) -> Iterator[tuple[Array, Array]]:
    """Yield the pieces between the interruptions of a line, of two points or more."""
    gaps = np.flatnonzero(np.isnan(x))
    for start, end in zip([0, *(gaps + 1)], [*gaps, len(x)], strict=True):
        if end - start > 1:
            yield x[start:end], y[start:end]
