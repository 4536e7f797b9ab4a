"""Work on a basin map, done by the worker: the map, and what is looked up in it by whoever paints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gdsim.objectives.base import Minimum
    from gdsim.objectives.data.planes import Plane
    from gdsim.simulation.course import Course, Lane
    from gdsim.simulation.descend import Pulse
    from gdsim.simulation.experiment import Experiment
    from gdsim.simulation.maps.basins import BasinMap

#: The shares of runs that end at a minimum by whose steps shades go.
_SHARES = (0.02, 0.25, 0.5, 0.75, 0.98)

Side = tuple[float, float]


@dataclass(frozen=True)
class Asked:
    """A map that is wanted, whatever its number of pixels.

    Attributes
    ----------
    course, lane, steps, tolerance
        What is run.
    view
        What is seen of each coordinate, from where to where.
    plane
        The plane that is seen of more than two parameters; else None.
    experiment
        The experiment that it was asked for.
    """

    course: Course
    lane: Lane
    steps: int
    tolerance: float
    view: tuple[Side, ...]
    plane: Plane | None = None
    experiment: Experiment | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Drawn:
    """A map that was worked out, with what is looked up in it.

    Attributes
    ----------
    asked, map, size
        What it is of, and the number of its pixels along each side.
    steps
        Those that few, a quarter, half … nearly all of the runs take no more than that end at a minimum.
    """

    asked: Asked
    map: BasinMap
    size: int
    steps: tuple[float, ...]

    @cached_property
    def reached(self) -> tuple[int, ...]:
        """The minima that are known, or that a run ends at."""
        minima = range(len(self.map.minima))
        return tuple([k for k in minima if k < self.map.known or self.map.counts[k] > 0])


def draw_basins(asked: Asked, size: int, found: Sequence[Minimum] | None, pulse: Pulse) -> Drawn:
    """Work a map out, with so many pixels along each side.

    Parameters
    ----------
    found
        Minima found before, beside the known ones; None to look for them thoroughly.
    """
    from gdsim.simulation.maps.basins import Grid, basins

    grid = Grid.of(asked.view, size, asked.plane)
    return drawn_of(
        asked, basins(asked.course, asked.lane, grid, asked.steps, asked.tolerance, pulse, found=found), size
    )


def drawn_of(asked: Asked, found_map: BasinMap, size: int) -> Drawn:
    """Look up in a map what is painted of it."""
    steps = np.sort(found_map.steps[found_map.minimum >= 0], axis=None)
    knots = tuple(float(steps[int(share * (len(steps) - 1))]) for share in _SHARES) if len(steps) else ()
    drawn = Drawn(asked, found_map, size, knots)
    # what is cached is worked out here, and not where it is painted
    drawn.reached, found_map.shown  # noqa: B018
    return drawn
