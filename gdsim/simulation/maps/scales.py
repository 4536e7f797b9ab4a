"""Scales of axes: where a value lies along one, and which value lies at a place."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers import Hyper


class Scale(StrEnum):
    """Scale of what lies evenly along an axis: differences, factors of the value, or factors of its distance from 1."""

    LINEAR = "linear"
    LOG = "log"
    LOG1M = "log1m"

    def places(self, values: Array) -> Array:
        """The places of values, which grow with them: a value itself, log x, or −log(1 − x), to the base of ten."""
        if self is Scale.LINEAR:
            return np.asarray(values, dtype=np.float64)
        logs: Array = np.log10(values) if self is Scale.LOG else -np.log1p(-np.asarray(values)) / np.log(10.0)
        return logs

    def values(self, places: Array) -> Array:
        """The values at places."""
        if self is Scale.LINEAR:
            return np.asarray(places, dtype=np.float64)
        powers: Array = np.power(10.0, places if self is Scale.LOG else -np.asarray(places))
        return powers if self is Scale.LOG else 1 - powers

    def between(self, low: float, high: float, shares: Array) -> Array:
        """The values at shares of the way from one to another, ``(…)``; never beyond them."""
        if self is Scale.LINEAR:
            return low + shares * (high - low)
        if self is Scale.LOG:
            values: Array = low * (high / low) ** shares
        else:
            values = 1 - (1 - low) * ((1 - high) / (1 - low)) ** shares
        # a logarithm rounds: beyond the ends of a range a hyperparameter may have its bounds
        return np.clip(values, low, high)

    def spread(self, low: float, high: float, count: int) -> Array:
        """So many values from one to another, which are the first and the last of them, ``(count,)``."""
        if self is Scale.LINEAR:
            return np.linspace(low, high, count)
        values = np.geomspace(low, high, count) if self is Scale.LOG else 1 - np.geomspace(1 - low, 1 - high, count)
        values = np.clip(values, low, high)
        values[[0, -1]] = low, high
        return values


def natural_scale(hyper: Hyper) -> Scale:
    """The scale of a hyperparameter where nobody says: that of its slider."""
    return Scale.LOG if hyper.log else Scale.LINEAR


def logarithm_of(hyper: Hyper) -> Scale:
    """The logarithmic scale that suits a hyperparameter: of one that is told by its distance from 1, of that."""
    return Scale.LOG1M if hyper.near_one else Scale.LOG
