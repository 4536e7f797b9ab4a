"""The rate of convergence, as it is measured."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.recurrence import UNEXPLAINED, largest_root
from gdsim.simulation.maps.runs.found_ends import CODES, Ends
from gdsim.simulation.pieces import gradients_at, norm, pieces

#: So many gradients at most are looked at in a stretch of steps.
_LOOKS = 18
#: A recurrence of more terms is not looked for.
_MOST_TERMS = 8
#: A gradient that is no longer than so many roundings of it is nothing but rounding; a shorter one is nearly 0, or its
#: square is.
_ROUNDING, _LEAST = 64 * float(np.finfo(np.float64).eps), 1e-140
#: So many numbers of gradients are kept at once.
_NUMBERS = 2**22
_LOST = [CODES[kind] for kind in (Kind.DIVERGED, Kind.LEFT_DOMAIN, Kind.NO_GRADIENT, Kind.CANCELLED)]


def shrinking(
    course: Course, lane: Lane, start: Array, settings: Mapping[str, Array], steps: int, tolerance: float, run: int = 0
) -> Array:
    """The factor by which the gradient changes a step with each setting, ``(settings,)``; infinite of lost runs.

    It is that of the linear recurrence that the gradients follow, see `recurrence`; where they follow none, as far from
    a minimum, or with noise, that of their lengths. Both over the second half of the steps, as what was at the
    beginning has died away by then; of a run whose gradient is nothing but rounding by then, or that has converged,
    over the second half of a half, or a quarter, … of them.
    """
    ends_at = {steps >> k for k in range(steps.bit_length())} | {min(2 * _terms(len(start)), steps)} - {0}
    stretches = [_stretch(end) for end in sorted(ends_at, reverse=True)]
    watched = sorted({t for stretch in stretches for t in stretch} - {0})
    count = len(next(iter(settings.values())))
    rates = np.empty(count)
    for some in pieces(count, max(64, _NUMBERS // (len(start) * max(1, len(watched))))):
        of = {name: values[some] for name, values in settings.items()}
        starts = np.repeat(start[:, None], len(rates[some]), axis=1)
        ends = ends_of(course, lane, starts, steps, tolerance, of, run, watched=tuple(watched))
        with np.errstate(all="ignore"):
            rates[some] = _Measured(course, ends, starts, watched).rates(stretches)
    return rates


def _stretch(end: int) -> range:
    """Steps evenly apart, of the second half of so many; of few, all of them."""
    looks = min(_LOOKS, end + 1)
    apart = max(1, end // 2 // (looks - 1))
    return range(end - (looks - 1) * apart, end + 1, apart)


class _Measured:
    """Runs whose gradients were looked at."""

    def __init__(self, course: Course, ends: Ends, starts: Array, watched: list[int]) -> None:
        first, last = (gradients_at(course.objective, points) for points in (starts, ends.positions))
        self._ends, self._stays = ends, (ends.steps == 0) & (norm(first, axis=0) > 0)
        self._gradients = {0: first, **dict(zip(watched, ends.gradients, strict=True))}
        # about how much the gradient changes with the place, and so how much of it is rounding at the end
        steepness = norm(first - last, axis=0) / norm(starts - ends.positions, axis=0)
        self._floor = np.nan_to_num(_ROUNDING * steepness * norm(ends.positions, axis=0)) + _LEAST

    def rates(self, stretches: list[range]) -> Array:
        """The factor of each of them, ``(runs,)``."""
        rates = np.where(self._stays, 1.0, np.nan)
        for measure, floor in ((_by_recurrence, self._floor / UNEXPLAINED), (_by_length, self._floor)):
            open_ = np.isnan(rates)
            for stretch in stretches:
                some = np.flatnonzero(open_ & self._is_clear(stretch, floor))
                open_[some] = False
                if some.size:
                    looks = np.stack([self._gradients[t][:, some] for t in stretch])
                    rates[some] = measure(looks) ** (1 / stretch.step)
        return np.where(np.isin(self._ends.kinds, _LOST) | np.isnan(rates), np.inf, rates)

    def _is_clear(self, stretch: range, floor: Array) -> NDArray[np.bool_]:
        """Mark the runs that last to the end of a stretch, with a gradient above the floor; of one step, with any."""
        end = stretch[-1]
        clear: NDArray[np.bool_] = self._ends.steps >= end
        return clear & ((norm(self._gradients[end], axis=0) > floor) | (end == 1))


def _by_recurrence(looks: Array) -> Array:
    """The factor from look to look ``(looks, d, runs)`` by the recurrence that they follow; nan if they follow none."""
    count, dimension, runs = looks.shape
    terms = _terms(dimension)
    # coordinates may be alike, and say no more than one
    return largest_root(looks, terms) if count > 2 * terms else np.full(runs, np.nan)


def _terms(dimension: int) -> int:
    """The most terms of a recurrence: two a coordinate is what a quadratic and a rule with momentum take."""
    return min(2 * dimension, _MOST_TERMS)


def _by_length(looks: Array) -> Array:
    """The factor from look to look by the longest of either half: one alone may be short in the middle of a swing."""
    sizes, half = norm(looks, axis=1), len(looks) // 2
    early, late = sizes[:half].max(axis=0), sizes[-half:].max(axis=0)
    factor: Array = (late / early) ** (1 / (len(looks) - half))
    return factor
