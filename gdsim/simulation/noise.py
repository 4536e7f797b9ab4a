"""Noise on the gradient: seeded, each run its own, the same for every optimizer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.starts import generator

#: The stream of random numbers; see `gdsim.simulation.starts`.
_NOISE = 2
#: About as many numbers are held at a time.
_HELD = 2**20


class Noise:
    """The noise that is added to the gradients of some runs, step by step.

    The numbers of a run depend on the seed and the number of the run alone, in whatever portions they are drawn.
    """

    def __init__(self, sigma: float, seed: int, runs: Iterable[int], dimension: int) -> None:
        self._sigma = sigma
        self._generators = [_generator(seed, run) for run in runs]
        self._dimension = dimension
        self._portion = max(1, min(256, _HELD // (dimension * len(self._generators))))
        self._drawn = np.empty((0, dimension, len(self._generators)))
        self._next = 0

    def draw(self, steps: int) -> Array:
        """Draw what is added in the next `steps` steps, ``(steps, d, runs)``."""
        drawn = np.empty((steps, self._dimension, len(self._generators)))
        for k, one in enumerate(self._generators):
            give_up_if_unwanted()
            drawn[:, :, k] = one.standard_normal((steps, self._dimension))
        drawn *= self._sigma
        return drawn

    def one(self) -> Array:
        """Draw what is added in the next step, ``(d, runs)``."""
        if self._next == len(self._drawn):
            self._drawn, self._next = self.draw(self._portion), 0
        self._next += 1
        added: Array = self._drawn[self._next - 1]
        return added


def _generator(seed: int, run: int) -> np.random.Generator:
    give_up_if_unwanted()
    return generator(seed, _NOISE, run)


@lru_cache(maxsize=4)
def noise_of(sigma: float, seed: int, run: int, dimension: int, steps: int) -> Array:
    """All that is added to the gradients of one run, ``(steps, d)``; kept, as someone who looks closely asks often."""
    return Noise(sigma, seed, [run], dimension).draw(steps)[:, :, 0]
