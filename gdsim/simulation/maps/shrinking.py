"""The rate of convergence, as it is measured."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.runs.found_ends import CODES, Ends
from gdsim.simulation.pieces import norm, slopes_at

#: The longest of so many gradients counts, at distances of such a share of all steps: one alone may be short in the
#: middle of a swing.
_LOOKS, _APART = 16, 1 / 100
#: The shortest stretch that is measured, in steps.
_SHORTEST = 32
#: A gradient that is no longer than so many roundings of it is nothing but rounding; a shorter one is nearly 0.
_ROUNDING, _LEAST = 64 * float(np.finfo(np.float64).eps), 1e-280


def shrinking(
    course: Course, lane: Lane, start: Array, settings: Mapping[str, Array], steps: int, tolerance: float, run: int = 0
) -> Array:
    """The factor by which the gradient changes a step with each setting, ``(settings,)``; infinite of lost runs.

    Over the second half of the steps, as what was at the beginning has died away by then; of a run whose gradient is
    nothing but rounding by then, over the second half of those before. Of a run that has converged before anything can
    be measured so, over all of its steps.
    """
    count = len(next(iter(settings.values())))
    ends_at = [t for t in _halved(steps) if t >= _SHORTEST]
    watched = sorted({at for t in ends_at for end in (t, t // 2) for at in _before(end, t)})
    starts = np.repeat(start[:, None], count, axis=1)
    ends = ends_of(course, lane, starts, steps, tolerance, settings, run, watched=tuple(watched))
    with np.errstate(all="ignore"):
        return _factors(course, ends, starts, ends_at, watched)


def _halved(steps: int) -> list[int]:
    """The number of steps, and its halves."""
    return [steps >> k for k in range(steps.bit_length())]


def _before(end: int, steps: int) -> list[int]:
    """The steps up to one of them at which the gradient is looked at; odd distances, for some swing to and fro."""
    apart = round(steps * _APART) // 2 * 2 + 1
    return [end - k * apart for k in range(_LOOKS) if end - k * apart > 0]


def _factors(course: Course, ends: Ends, starts: Array, ends_at: list[int], watched: list[int]) -> Array:
    first, last = (slopes_at(course.objective, points) for points in (starts, ends.positions))
    found = (last / first) ** (1 / np.maximum(ends.steps, 1))
    # about how much the gradient changes with the place, and so how much of it is rounding at the end
    steepness = first / norm(starts - ends.positions, axis=0)
    floor = np.nan_to_num(_ROUNDING * steepness * norm(ends.positions, axis=0)) + _LEAST
    open_ = np.ones(len(found), dtype=bool)
    for t in ends_at:
        late, early = (_longest(ends, [watched.index(at) for at in _before(end, t)]) for end in (t, t // 2))
        some = open_ & (ends.steps >= t) & (late > floor)
        found[some] = ((late / early) ** (1 / (t - t // 2)))[some]
        open_ &= ~some
    lost = np.isin(ends.kinds, [CODES[k] for k in (Kind.DIVERGED, Kind.LEFT_DOMAIN, Kind.NO_GRADIENT, Kind.CANCELLED)])
    rates: Array = np.where(lost | np.isnan(found), np.inf, found)
    return rates


def _longest(ends: Ends, rows: list[int]) -> Array:
    longest: Array = ends.slopes[rows].max(axis=0)
    return longest
