"""Basin maps: the minimum that one optimizer ends in from every start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.nearest import THERE, reached
from gdsim.simulation.endings.outcome_kinds import LOST, Kind
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.limits import check_numbers, check_work
from gdsim.simulation.maps.minima_found import FEW, LOOKED_AT, minima_at
from gdsim.simulation.maps.pixel_kinds import OTHERS
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS, Ends, Pulse
from gdsim.simulation.pieces import at_once, pieces

if TYPE_CHECKING:
    from gdsim.objectives.data.planes import Plane


@dataclass(frozen=True, eq=False)
class Grid:
    """The starts of a map, a row of them a height, from the lowest up.

    Attributes
    ----------
    x, y
        The places along each side, ``(columns,)`` and ``(rows,)``: the middles of the pixels. Of a function of one
        variable `y` is empty.
    plane
        In more than two dimensions the plane on which they are the coordinates; else None.
    """

    x: Array
    y: Array
    plane: Plane | None = None

    @classmethod
    def of(cls, view: Sequence[Sequence[float]], size: int, plane: Plane | None = None) -> Grid:
        """Pixels over a view, ``((low, high), …)`` of one or two coordinates."""
        sides = [_middles(float(low), float(high), size) for low, high in view]
        return cls(sides[0], sides[1] if len(sides) > 1 else np.empty(0), plane)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of a map: ``(rows, columns)``, or ``(columns,)``."""
        return (len(self.y), len(self.x)) if len(self.y) else (len(self.x),)

    @cached_property
    def starts(self) -> Array:
        """All of them, ``(d, pixels)``."""
        if not len(self.y):
            return self.x[None].copy()
        places = np.empty((2, *self.shape))
        places[0], places[1] = self.x, self.y[:, None]
        flat = places.reshape(2, -1)
        return flat if self.plane is None else self.plane.points(*flat)


def _middles(low: float, high: float, size: int) -> Array:
    """The middles of so many equal parts of a range."""
    middles: Array = low + (np.arange(size) + 0.5) / size * (high - low)
    return middles


@dataclass(frozen=True, eq=False)
class BasinMap:
    """Ends of one optimizer from every start of a grid.

    Attributes
    ----------
    course, lane, max_steps
        What was run.
    grid
        The starts; rows follow y upward, columns x.
    end
        ``(d, rows, columns)``: where each run ends.
    steps
        ``(rows, columns)``: the steps it took.
    kinds
        ``(rows, columns)``: how it ended, a number in `KINDS`.
    minima
        The known minima (uphill, maxima), then those that were found.
    minimum
        ``(rows, columns)``: which of them it ended at; -1 for none.
    known
        How many of them were known before.
    """

    course: Course
    lane: Lane
    max_steps: int
    grid: Grid
    end: Array
    steps: NDArray[np.int32]
    kinds: NDArray[np.int8]
    minima: tuple[Minimum, ...]
    minimum: NDArray[np.int16]
    known: int = field(default=0)

    @property
    def outcome(self) -> NDArray[np.str_]:
        """Tell how each run ended, in words: ``(rows, columns)`` of "converged", "out_of_steps", "diverged", …."""
        return np.array([kind.value for kind in KINDS])[self.kinds]

    @cached_property
    def shown(self) -> NDArray[np.int16]:
        """Numbers that pixels show: that of a minimum, or of what is shown in its place, from -1 down: `OTHERS`."""
        codes = np.zeros(len(KINDS), dtype=np.int16)
        for kind, code in CODES.items():
            codes[code] = -1 - (OTHERS.index(kind) if kind in OTHERS else 0)
        shown: NDArray[np.int16] = np.where(self.minimum >= 0, self.minimum, codes[self.kinds])
        return shown

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """The number of pixels of each minimum, then of each of `OTHERS`."""
        shown = self.shown.ravel()
        counts = np.bincount(np.where(shown >= 0, shown, len(self.minima) - 1 - shown), minlength=0)
        return np.pad(counts, (0, len(self.minima) + len(OTHERS) - len(counts)))

    @property
    def shares(self) -> Array:
        """The share of each minimum: the chance that a random start in the box ends there."""
        shares: Array = self.counts[: len(self.minima)] / self.shown.size
        return shares

    @property
    def other_shares(self) -> dict[str, float]:
        """The shares of the runs that end at none: elsewhere, out of steps, diverged, …; what there is none of is 0."""
        rest = self.counts[len(self.minima) :] / self.shown.size
        return {str(name): float(share) for name, share in zip(OTHERS, rest, strict=True)}


def basins(
    course: Course,
    lane: Lane,
    grid: Grid,
    steps: int,
    tolerance: float,
    pulse: Pulse | None = None,
    threads: int = 1,
    found: Sequence[Minimum] | None = None,
) -> BasinMap:
    """Work a basin map out.

    Parameters
    ----------
    pulse
        Asked now and then with the share that is done; what has not ended when it says True is shown as cancelled.
    threads
        So many work at once.
    found
        Minima found before, on a coarser map, beside the known ones: only a few places are looked at for more of them.
    """
    check_work(int(np.prod(grid.shape)), steps, course.objective.effort)
    check_numbers(int(np.prod(grid.shape)), course.objective.dimension)
    ends = ends_of(course, lane, grid.starts, steps, tolerance, pulse=pulse, threads=threads)
    objective, ascent = course.objective, course.ascent
    known = objective.maxima if ascent else objective.minima
    at, places = _minimum_of(objective, ends, known, found, ascent)
    shape = grid.shape
    return BasinMap(
        course,
        lane,
        steps,
        grid,
        ends.positions.reshape(-1, *shape),
        ends.steps.reshape(shape),
        ends.kinds.reshape(shape),
        places,
        at.reshape(shape),
        len(known),
    )


def _minimum_of(
    objective: Objective, ends: Ends, known: tuple[Minimum, ...], found: Sequence[Minimum] | None, ascent: bool
) -> tuple[NDArray[np.int16], tuple[Minimum, ...]]:
    """Tell which minimum each run ended at, and all minima."""
    at = np.full(len(ends.kinds), -1, dtype=np.int16)
    there = ~np.isin(ends.kinds, [CODES[kind] for kind in (*LOST, Kind.CANCELLED)])
    look = _Looking(objective, ends, ascent)
    look(at, there, known, 0)
    if found:
        look(at, there & (at < 0), tuple(found), len(known))
    places = (*known, *(found or ()))
    rest = np.flatnonzero((at < 0) & (ends.kinds == CODES[Kind.CONVERGED]))
    more = minima_at(objective, ends.positions[:, rest], places, ascent, LOOKED_AT if found is None else FEW)
    look(at, there & (at < 0), more, len(places))
    return at, (*places, *more)


@dataclass(frozen=True)
class _Looking:
    """Looks up which of some places each run ended at."""

    objective: Objective
    ends: Ends
    ascent: bool

    def __call__(self, at: NDArray[np.int16], some: NDArray[np.bool_], places: tuple[Minimum, ...], first: int) -> None:
        """Fill `at` for some of the runs with the numbers of the places, counted from `first`."""
        if places:
            # piece by piece, so that what is in between stays in the cache
            for piece in pieces(len(at), at_once(self.objective)):
                there = some[piece]
                if there.all():
                    at[piece] = self._numbers(self.ends.positions[:, piece], places, first)
                elif there.any():
                    at[piece][there] = self._numbers(self.ends.positions[:, piece][:, there], places, first)

    def _numbers(self, points: Array, places: tuple[Minimum, ...], first: int) -> NDArray[np.int64]:
        which = reached(self.objective, points, self.objective.value(points), THERE, self.ascent, places)
        return np.where(which >= 0, which + first, -1)
