"""The minimum that every run of a race reached; uphill, the maximum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.simulation.endings.chance import Chance
from gdsim.simulation.endings.nearest import THERE, as_low, distances, reach, reached
from gdsim.simulation.endings.outcome_kinds import ELSEWHERE_PART, LOST_PART, Kind
from gdsim.simulation.endings.outcome_kinds import LOST as LOST_KINDS
from gdsim.simulation.pieces import at_once, pieces

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: No higher than this, for each unit of the lowest value, is as low.
_LOW = 1e-6
#: Words on the best runs where no minimum, or no maximum, is known.
LOWEST, HIGHEST = "lowest found", "highest found"
#: It is in sight of no known minimum; it is not a number, or went out of all bounds.
ELSEWHERE, LOST = "elsewhere", "lost"


@dataclass(frozen=True, eq=False)
class Reached:
    """The runs that reached the global minimum, and the minimum each of them did; uphill, all that of maxima.

    Attributes
    ----------
    places
        The known minima.
    at
        ``(optimizers, runs)``: which of `places` a run ended at; -1 where it ended elsewhere.
    best
        ``(optimizers, runs)``: whether it ended at a global minimum; where none is known, at the lowest value that any
        run of the race ended at.
    lost
        ``(optimizers, runs)``: whether it diverged or left the domain. Such a run has reached nothing.
    value
        The value of the global minimum, or the lowest found; nan where all runs were lost.
    known
        Whether that is a global minimum; otherwise there may be lower values.
    ascent
        Whether the race went uphill.
    cut_short
        Whether the race was stopped: some runs were still on their way.
    """

    places: tuple[Minimum, ...]
    at: NDArray[np.int64]
    best: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    value: float
    known: bool
    ascent: bool
    cut_short: bool = False

    @property
    def aim(self) -> str:
        """The heading of `best`, in words: global minimum, lowest found and, uphill, their counterparts."""
        if self.known:
            return "global maximum" if self.ascent else "global minimum"
        return HIGHEST if self.ascent else LOWEST

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """The number of runs of each optimizer that are `best`, ``(optimizers,)``."""
        counts: NDArray[np.int64] = np.count_nonzero(self.best, axis=1)
        return counts

    @cached_property
    def counts_at(self) -> NDArray[np.int64]:
        """The number of runs of each optimizer that ended at each of `places`, ``(optimizers, places)``."""
        counts = [np.bincount(row[row >= 0], minlength=len(self.places)) for row in self.at]
        return np.array(counts, dtype=np.int64).reshape(len(self.at), len(self.places))

    def parts(self, optimizer: int) -> tuple[tuple[int, int], ...]:
        """Tell where all runs of an optimizer ended: the number of one of `places`, and how many; in that order.

        Then ELSEWHERE_PART and LOST_PART. Where no place is known, the best runs count as if they were at the first.
        """
        at, lost = self.at[optimizer], self.lost[optimizer]
        if not self.places:
            at = np.where(self.best[optimizer], 0, -1)
        counts = np.bincount(at[(at >= 0) & ~lost])
        rest = {ELSEWHERE_PART: np.count_nonzero((at < 0) & ~lost), LOST_PART: np.count_nonzero(lost)}
        parts = {**dict(enumerate(counts.tolist())), **{part: int(count) for part, count in rest.items()}}
        return tuple((part, count) for part, count in parts.items() if count)

    def chance(self, optimizer: int) -> Chance | None:
        """The chance that a random restart of an optimizer reaches the global minimum (uphill, maximum).

        The run from the start that was chosen is no random one and does not count. None where there are no restarts,
        no global minimum is known, or the race was stopped before they had ended.
        """
        drawn = self.best[optimizer, 1:]
        if not (self.known and drawn.size) or self.cut_short:
            return None
        return Chance(int(np.count_nonzero(drawn)), drawn.size)

    def word(self, optimizer: int, run: int) -> str:
        """Say what one run reached: the `aim`, a local minimum (uphill, maximum), elsewhere, or lost."""
        if self.lost[optimizer, run]:
            return LOST
        if self.best[optimizer, run]:
            return self.aim
        if self.at[optimizer, run] >= 0:
            return "local maximum" if self.ascent else "local minimum"
        return ELSEWHERE


def reached_by(race: Trajectories) -> Reached:
    """Find out what every run of a race reached at its end; a few passes over all of them."""
    objective, ascent = race.objective, race.ascent
    places = objective.maxima if ascent else objective.minima
    points, values = race.positions[race.steps].swapaxes(0, 1), race.losses[race.steps]
    lost = np.any([race.kinds == kind for kind in LOST_KINDS], axis=0) | ~np.isfinite(values)
    cut_short = bool((race.kinds == Kind.CANCELLED).any())
    at = np.full(values.shape, -1)
    if places:
        at[~lost] = reached(objective, points[:, ~lost], values[~lost], THERE, ascent)
    # one more at the end, which the -1 of nowhere picks
    is_global = np.array([*(place.is_global for place in places), False])
    if is_global.any():
        top = next(place.value for place in places if place.is_global)
        return Reached(places, at, is_global[at], lost, top, True, ascent, cut_short)
    if objective.lowest is not None and not ascent:
        best = ~lost & (values - objective.lowest <= _LOW * max(1.0, abs(objective.lowest)))
        return Reached(places, at, best, lost, objective.lowest, True, ascent, cut_short)
    top, best = _lowest_found(objective, points, values, ~lost, ascent)
    return Reached(places, at, best, lost, top, False, ascent, cut_short)


def _lowest_found(
    objective: Objective, points: Array, values: Array, kept: NDArray[np.bool_], ascent: bool
) -> tuple[float, NDArray[np.bool_]]:
    """The lowest of some values ``(…)`` at points ``(d, …)``, and which are as low or lie in the same hollow."""
    best = np.zeros(values.shape, dtype=bool)
    if not kept.any():
        return float("nan"), best
    points, values = points[:, kept], values[kept]
    first = int(np.argmax(values) if ascent else np.argmin(values))
    place = Minimum(tuple(points[:, first].tolist()), float(values[first]))
    low = np.abs(values - place.value) <= _LOW * max(1.0, abs(place.value))
    rest = np.flatnonzero(~low & (distances(objective, [place.position], points)[0] <= reach(objective, THERE)))
    if rest.size:
        for piece in pieces(rest.size, at_once(objective)):
            some = rest[piece]
            low[some] = as_low(objective, points[:, some], values[some], place)
    best[kept] = low
    return place.value, best


def share_of(count: int, runs: int) -> str:
    """The share of all runs, for a cell of a table."""
    return f"{count}/{runs}"


def most_reached(counts: Sequence[int], most: int) -> list[int]:
    """The numbers of the places that most runs ended at, no more than so many, those with most runs first."""
    return sorted(range(len(counts)), key=lambda k: -counts[k])[:most]
