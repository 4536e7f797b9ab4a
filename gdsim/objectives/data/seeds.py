"""Streams of random numbers, each for a purpose: no use of a seed disturbs another (starts are 1, noise is 2)."""

from __future__ import annotations

import numpy as np

BATCHES, DATA, WEIGHTS, SPLIT, DIRECTIONS = 3, 4, 5, 6, 7


def generator(seed: int, purpose: int, part: int = 0) -> np.random.Generator:
    """The random generator of one purpose and part of it: an epoch, a column, a direction."""
    return np.random.default_rng([seed, purpose, part])
