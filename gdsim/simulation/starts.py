"""The start point and the random restarts."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import give_up_if_unwanted

#: Each purpose has a stream of random numbers of its own, so that no use of a seed disturbs another.
_STARTS = 1


def generator(seed: int, purpose: int, run: int) -> np.random.Generator:
    """The random generator of one purpose and run: adding a run changes no other."""
    return np.random.default_rng([seed, purpose, run])


def draw_starts(objective: Objective, start: Sequence[float], restarts: int, seed: int) -> Array:
    """Start points ``(d, restarts + 1)``: run 0 at `start`, the others drawn at random.

    Parameters
    ----------
    objective
        Says how one start is drawn.
    start
        d coordinates of run 0.
    restarts
        Number of random starts.
    seed
        The experiment's seed; restart k depends on it and on k only.
    """
    return starts_of(objective, start, range(restarts + 1), seed)


def starts_of(objective: Objective, start: Sequence[float], runs: Sequence[int], seed: int) -> Array:
    """Start points ``(d, len(runs))`` of the runs of some numbers, as `draw_starts` gives them."""
    points = np.empty((objective.dimension, len(runs)))
    for i, run in enumerate(runs):
        give_up_if_unwanted()
        points[:, i] = _drawn(objective, seed, run) if run else start
    return points


#: The random starts of an objective that have been drawn, by seed and run. A place of their own for each objective, so
#: that they go with it: a model that nobody has any more would stay, with all its examples.
_DRAWN: WeakKeyDictionary[Objective, dict[tuple[int, int], Array]] = WeakKeyDictionary()
#: So many numbers are kept for one objective.
_MOST_KEPT = 2**16


def _drawn(objective: Objective, seed: int, run: int) -> Array:
    """Kept, as making a generator takes longer than many steps and a start is dragged with the same restarts."""
    kept = _DRAWN.setdefault(objective, {})
    found = kept.get((seed, run))
    if found is None:
        found = objective.draw(generator(seed, _STARTS, run))
        if (len(kept) + 1) * objective.dimension > _MOST_KEPT:
            kept.clear()
        kept[seed, run] = found
    return found
