"""Initialisers, which draw the weights that a model starts from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.errors import named
from gdsim.objectives.base import Array

#: Weights ``(wide, deep)`` of a layer of `wide` neurons that each take `deep` inputs; biases start at 0.
Initializer = Callable[[np.random.Generator, int, int], Array]


def _zeros(rng: np.random.Generator, wide: int, deep: int) -> Array:
    return np.zeros((wide, deep))


def _normal(rng: np.random.Generator, wide: int, deep: int) -> Array:
    """Of standard deviation 1, whatever the size: in a wide layer sums come out large, and neurons saturate."""
    return rng.standard_normal((wide, deep))


def _xavier(rng: np.random.Generator, wide: int, deep: int) -> Array:
    """Glorot & Bengio (2010), uniform: variance 2 / (inputs + outputs)."""
    reach = np.sqrt(6.0 / (deep + wide))
    return rng.uniform(-reach, reach, (wide, deep))


def _he(rng: np.random.Generator, wide: int, deep: int) -> Array:
    """He et al. (2015), normal: variance 2 / inputs."""
    return rng.normal(0.0, np.sqrt(2.0 / deep), (wide, deep))


#: By key.
INITIALIZERS: dict[str, Initializer] = {"zeros": _zeros, "normal": _normal, "xavier": _xavier, "he": _he}


def initializer_named(key: object) -> Initializer:
    """The initialiser of a key, or `UnknownNameError`."""
    return named(INITIALIZERS, key, "initialiser", "init")
