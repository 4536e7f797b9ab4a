"""The learning rates of a race as they are shown, decided without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.optimizers import Constant
from gdsim.simulation.trajectories import Trajectories

#: So many steps are drawn at most.
_MOST = 2000
#: So many losses are followed within a frame.
_MOMENT = 20_000
#: The axis is logarithmic if the rates, but for the least quarter, are further apart than this.
_WIDE = 20.0


@dataclass(frozen=True, eq=False)
class Rates:
    """The learning rates of a race as they are shown.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that are drawn, from 1.
    heights
        ``(k, optimizers)``: η, or log₁₀ of it; nan for an η of 0 there.
    logarithmic
        Which of the two.
    span
        The lowest and the highest that the axis shows.
    """

    steps: Array
    heights: Array
    logarithmic: bool
    span: tuple[float, float]


def has_schedule(race: Trajectories) -> bool:
    """Return whether any η changes on the way."""
    return any(lane.schedule is not None and lane.schedule.key != Constant.key for lane in race.lanes)


def are_soon_known(race: Trajectories) -> bool:
    """Return whether they are known or take a moment at most: following a schedule that watches the loss does."""
    followed = sum(lane.plateau is not None for lane in race.lanes)
    return race in _known or followed * race.steps <= _MOMENT


def rates_of(race: Trajectories) -> Rates:
    """Decide what to show: the run from the start point of every optimizer."""
    found = _known.get(race)
    if found is None:
        found = _known[race] = _decide(race)
    return found


def _decide(race: Trajectories) -> Rates:
    steps = race.steps
    picked = np.unique(np.linspace(0, max(steps - 1, 0), min(max(steps, 1), _MOST)).astype(np.int64))
    lanes = [_rates(race, o)[picked] for o in range(len(race.rules))] if steps else []
    rates = np.stack(lanes, axis=-1) if lanes else np.zeros((len(picked), 0))
    positive = rates[rates > 0]
    top = float(positive.max()) if positive.size else 1.0
    if positive.size and top > _WIDE * np.percentile(positive, 25):
        # without `out`, what `where` leaves out would be any number
        heights: Array = np.log10(rates, where=rates > 0, out=np.full(rates.shape, np.nan))
        # what falls to nothing at last is not worth a dozen decades
        low = np.log10(np.percentile(positive, 3))
        margin = 0.06 * (np.log10(top) - low)
        return Rates((picked + 1).astype(np.float64), heights, True, (low - margin, np.log10(top) + margin))
    return Rates((picked + 1).astype(np.float64), rates, False, (-0.03 * top, 1.06 * top))


def _rates(race: Trajectories, optimizer: int) -> Array:
    give_up_if_unwanted()
    return race.learning_rates(optimizer)


# weak, so that rates are forgotten with their race
_known: WeakKeyDictionary[Trajectories, Rates] = WeakKeyDictionary()
