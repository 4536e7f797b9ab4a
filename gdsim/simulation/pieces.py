"""Work on many points in pieces: between two of them one may give up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import give_up_if_unwanted

#: Points worked on at once, so that what is in between stays in the cache; of a model, points times its examples and
#: parameters: a piece takes some milliseconds, so that whoever waits is soon served.
_POINTS, _WORK = 2**14, 2**20
#: So many numbers at once, and points at least, of a formula.
_NUMBERS, _FEWEST = 2**17, 64
#: A formula of so many letters counts as one; of a longer one fewer points are worked on.
_LETTERS = 400


def at_once(objective: Objective) -> int:
    """The number of points that are worked on between two looks at whether to go on."""
    if objective.effort > 1:
        return min(_POINTS, max(1, _WORK // objective.effort))
    fit = min(_POINTS // (1 + len(objective.text) // _LETTERS), _NUMBERS // objective.dimension)
    return max(_FEWEST, fit)


def pieces(count: int, size: int) -> Iterator[slice]:
    """So many of so many at a time; before each of them one may give up."""
    for first in range(0, count, size):
        give_up_if_unwanted()
        yield slice(first, min(first + size, count))


def in_pieces(objective: Objective, work: Callable[[Array], NDArray[Any]], points: Array) -> NDArray[Any]:
    """Apply `work` to points ``(d, …)`` piece by piece: ``(…)``.

    It must say the same of a point whatever others there are.
    """
    shape, size = points.shape[1:], at_once(objective)
    count = int(np.prod(shape))
    if count <= size:
        give_up_if_unwanted()
        return work(points)
    flat = points.reshape(len(points), count)
    return np.concatenate([work(flat[:, piece]) for piece in pieces(count, size)]).reshape(shape)


def slopes_at(objective: Objective, points: Array) -> Array:
    """The length of the gradient at points ``(d, …)``, ``(…)``, piece by piece."""
    return in_pieces(objective, lambda some: norm(objective.gradient(some), axis=0), points)


def gradients_at(objective: Objective, points: Array) -> Array:
    """The gradient at points ``(d, runs)``, ``(d, runs)``, piece by piece."""
    gradients = np.empty(points.shape)
    for piece in pieces(points.shape[1], at_once(objective)):
        gradients[:, piece] = objective.gradient(points[:, piece])
    return gradients


def norm(vectors: Array, axis: int) -> Array:
    """Euclidean length along one axis."""
    with np.errstate(all="ignore"):
        length: Array = np.sqrt(np.sum(vectors * vectors, axis=axis))
    return length
