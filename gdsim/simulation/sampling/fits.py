"""The predictions of models on data: curves, fields of probability, and how well they do step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data import Model
from gdsim.simulation.trajectories import Trajectories

#: So many steps of a race are scored.
_MOST_SCORED = 200


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of the runs from the start point.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that were looked at, ascending.
    train, held_out
        ``(k, optimizers)``: the mean squared error or, for classes, the share of right ones; nan without examples.
    """

    steps: Array
    train: Array
    held_out: Array


def told(model: Model, theta: Array, features: Array) -> Array:
    """The prediction of a model at examples ``(n, p)``: the number, or the probability of class 1; ``(n, …)``."""
    found = model.probability(theta, features) if model.is_classes else model.output(theta, features)
    return np.where(np.isfinite(found), found, np.nan)


def along(middle: Array, axis: int, places: Array) -> Array:
    """Examples ``(n, p)`` that differ from a middle one ``(p,)`` in one feature."""
    features = np.repeat(middle[None, :], len(places), axis=0)
    features[:, axis] = places
    return features


def over(middle: Array, axes: tuple[int, int], x: Array, y: Array) -> Array:
    """Examples ``(len(y) · len(x), p)`` on a grid of two features, row by row."""
    features = np.repeat(middle[None, :], len(x) * len(y), axis=0)
    features[:, axes[0]] = np.tile(x, len(y))
    features[:, axes[1]] = np.repeat(y, len(x))
    return features


def score(model: Model, theta: Array, part: str) -> Array:
    """The mean squared error or, for classes, the share of right ones, at parameters ``(d, …)``: ``(…)``."""
    found: Array = model.accuracy(theta, part) if model.is_classes else model.error(theta, part)
    return found


def scores(race: Trajectories) -> Scores | None:
    """Score the runs from the start point on the way; None where no model is raced."""
    model = race.objective
    if not isinstance(model, Model):
        return None
    steps = np.unique(np.linspace(0, race.steps, min(race.steps + 1, _MOST_SCORED)).astype(int))
    train, held_out = (np.empty((len(steps), len(race.rules))) for _ in range(2))
    # step by step: all at once would take the memory of all examples times all steps
    for k, step in enumerate(steps):
        theta = race.positions[step, :, :, 0].T
        train[k], held_out[k] = score(model, theta, "train"), score(model, theta, "held_out")
    return Scores(steps, train, held_out)
