"""History of every term of a run, thinned to what a small curve can show: no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.pieces import norm
from gdsim.simulation.terms.replay import Replay
from gdsim.simulation.terms.update_terms import TakenStep

#: So many steps of a run are kept, about.
_MOST = 600


@dataclass(frozen=True, eq=False)
class Histories:
    """Every term over the steps of a run.

    Attributes
    ----------
    steps
        Numbers of the steps that are kept, ``(kept,)``.
    values
        The terms, ``(kept, terms, coordinates)``; of more than two coordinates the length alone.
    """

    steps: Array
    values: Array


def histories_of(replay: Replay) -> Histories:
    """Go through all steps of a run."""
    stride = -(-replay.count // _MOST) or 1
    steps = np.arange(1, replay.count + 1, stride)
    found = []
    for portion in range(-(-replay.count // replay.portion)):
        values = replay.terms(portion)
        first = portion * replay.portion + 1
        some = steps[(first <= steps) & (steps < first + len(values))] - first
        found.append(reduced(values[some, : len(replay.named.terms)]))
    shape = 0, len(replay.named.terms), 1
    return Histories(steps.astype(float), np.concatenate(found) if found else np.empty(shape))


def taken_step(replay: Replay, number: int) -> TakenStep:
    """Step of a run, by its number from 1."""
    portion, place = divmod(number - 1, replay.portion)
    return TakenStep(replay.named, replay.rule, number, replay.terms(portion)[place])


def reduced(values: Array) -> Array:
    """Vectors ``(…, d)`` as they are shown: of more than two coordinates the length, ``(…, 1)``."""
    return values if values.shape[-1] <= 2 else norm(values, axis=-1)[..., None]
