"""Basin maps as they are seen: which place has which colour, which number, and how dark so many steps are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.compute.basin_work import Drawn
from gdsim.objectives.base import Array, Minimum, Objective

if TYPE_CHECKING:
    from gdsim.simulation.maps.basins import BasinMap


#: Two knots of shades are no closer, in steps.
_APART = 0.05


@dataclass(frozen=True, eq=False)
class SeenMap:
    """A map as it is seen.

    Attributes
    ----------
    drawn
        The map.
    colours, numbers
        Those of its minima, by their place in `minima`; 0 of one that no run ends at.
    knots
        The steps from lightest to darkest, the same for all maps that are seen at once.
    """

    drawn: Drawn
    colours: tuple[int, ...]
    numbers: tuple[int, ...]
    knots: tuple[float, ...]

    @property
    def map(self) -> BasinMap:
        """The map itself."""
        return self.drawn.map

    @property
    def shade_of_steps(self) -> Array:
        """Tell how dark a pixel of so many steps is, ``(most steps + 1,)``: from 0, few steps, to 1, many."""
        # straight from knot to knot: else most runs, which take about as many, would all look the same
        steps = np.arange(max(int(self.map.steps.max(initial=0)), 1) + 1)
        shades: Array = np.interp(steps, self.knots, np.linspace(0.0, 1.0, len(self.knots)))
        return shades

    @property
    def shades(self) -> Array:
        """Tell how dark each pixel is, ``(rows, columns)``."""
        return self.shade_of_steps[self.map.steps]

    def looks_like(self, other: SeenMap) -> bool:
        """Return whether another is seen the same way."""
        same = (self.colours, self.numbers, self.knots) == (other.colours, other.numbers, other.knots)
        return same and self.drawn is other.drawn

    def pixel_at(self, x: float, y: float) -> tuple[int, ...] | None:
        """Return the pixel that a place on the landscape lies in; None outside."""
        grid = self.map.grid
        sides = [(grid.y, y), (grid.x, x)] if len(grid.y) else [(grid.x, x)]
        found = [_place(side, at) for side, at in sides]
        inside = all(0 <= k < len(side) for k, (side, _) in zip(found, sides, strict=True))
        return tuple(found) if inside else None

    def start_at(self, x: float, y: float) -> tuple[float, ...]:
        """The start of the pixel at a place on the landscape; the place itself outside."""
        pixel, grid = self.pixel_at(x, y), self.map.grid
        if pixel is None:
            return (x, y)[: len(grid.shape)]
        return tuple(float(side[k]) for side, k in zip((grid.x, grid.y), reversed(pixel), strict=False))


def _place(side: Array, at: float) -> int:
    step = float(side[1] - side[0])
    return int(np.floor((at - side[0]) / step + 0.5)) if step > 0 and np.isfinite(at) else -1


@dataclass(frozen=True, eq=False)
class SeenBasins:
    """The maps that are seen.

    Attributes
    ----------
    maps
        By `Entry.id` of the optimizer.
    key
        The optimizer whose map the landscape shows.
    stale
        Whether one is out of date, for longer than one would notice.
    """

    maps: Mapping[str, SeenMap]
    key: str
    stale: bool = False

    @property
    def seen(self) -> SeenMap | None:
        """The map that the landscape shows."""
        return self.maps.get(self.key)

    def of(self, key: str) -> SeenBasins:
        """The same where the landscape is that of an optimizer."""
        return self if key == self.key else replace(self, key=key)


#: The colours of places, by the places.
Colours = tuple[tuple[tuple[float, ...], int], ...]


def seen_together(
    drawn: Mapping[str, Drawn], before: Colours, count: int, known: Mapping[str, SeenMap] = MappingProxyType({})
) -> tuple[dict[str, SeenMap], Colours]:
    """Give places that maps have in common one colour and one number, and the same number of steps one shade.

    Parameters
    ----------
    drawn
        The maps, by `Entry.id`.
    before
        The colours that places had before; a place that has moved a little keeps its own.
    count
        So many colours there are.
    known
        The maps as they were seen before: what is the same is the same object, and is not painted again.
    """
    colours, seen = before, {}
    kept: Colours = ()
    for each in drawn.values():
        places = [each.map.minima[k] for k in each.reached]
        kept = _coloured(each.asked.course.objective, places, kept, colours, count)
    knots = common_knots([each.steps for each in drawn.values() if each.steps])
    for key, each in drawn.items():
        found = _whose(each.asked.course.objective, [each.map.minima[k] for k in each.reached], kept)
        colour, number = [0] * len(each.map.minima), [0] * len(each.map.minima)
        for k, place in zip(each.reached, found, strict=True):
            colour[k], number[k] = kept[place][1], place + 1
        was, now = known.get(key), SeenMap(each, tuple(colour), tuple(number), knots)
        seen[key] = was if was is not None and was.looks_like(now) else now
    return seen, kept


def common_knots(each: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The steps from lightest to darkest on all of some maps, as far apart in shade from one to the next; ascending."""
    if not each:
        return 0.0, 1.0
    few, *between, many = zip(*each, strict=True)
    knots = [min(few), *(sum(some) / len(some) for some in between), max(many)]
    # what is as many has one shade: a jump would have two
    return tuple((np.maximum.accumulate(knots) + _APART * np.arange(len(knots))).tolist())


def _coloured(objective: Objective, places: Sequence[Minimum], kept: Colours, before: Colours, count: int) -> Colours:
    """Add the places that are not among those kept, in the colours that they had before or others."""
    same, old = _whose(objective, places, kept), _whose(objective, places, before)
    fresh = [(place, was) for place, is_kept, was in zip(places, same, old, strict=True) if is_kept < 0]
    for place, was in fresh:
        taken = {colour for _, colour in kept}
        if was >= 0 and (before[was][1] not in taken or len(taken) == count):
            colour = before[was][1]
        else:
            wanted = {before[w][1] for _, w in fresh if w >= 0} | taken
            colour = next((c for c in range(count) if c not in wanted), _farthest(objective, place, kept, count))
        kept = (*kept, (place.position, colour))
    return kept


def _farthest(objective: Objective, place: Minimum, kept: Colours, count: int) -> int:
    """The colour whose nearest place is farthest away."""
    away = _away(objective, [place], kept)[:, 0]
    colours = np.array([colour for _, colour in kept])
    return max(range(count), key=lambda c: float(away[colours == c].min(initial=np.inf)))


def _whose(objective: Objective, places: Sequence[Minimum], kept: Colours) -> list[int]:
    """Tell which of the places kept each of some places is, -1 for none; each is one of them at most."""
    from gdsim.simulation.endings.nearest import NEAR, reach

    found = [-1] * len(places)
    if not (places and kept) or len(kept[0][0]) != objective.dimension:
        return found
    away = _away(objective, places, kept)
    within = reach(objective, NEAR)
    for k in np.argsort(away.min(axis=0), kind="stable").tolist():
        nearest = int(np.argmin(away[:, k]))
        if away[nearest, k] <= within:
            found[k] = nearest
            away[nearest] = np.inf
    return found


def _away(objective: Objective, places: Sequence[Minimum], kept: Colours) -> Array:
    """The distances ``(kept, places)``, in widths of the bounds."""
    from gdsim.simulation.endings.nearest import distances

    points = np.array([place.position for place in places], dtype=np.float64).T
    found: NDArray[np.float64] = distances(objective, [position for position, _ in kept], points)
    return found
