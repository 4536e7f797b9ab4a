"""Linear recurrences: what the distance from a minimum follows, step by step, wherever f is as good as quadratic.

Each of its samples is then the same combination of a few before it, and the largest root of that says how it shrinks in
the long run, where lengths alone are misled: by swings, and by double roots, as n·ρⁿ shrinks more slowly than ρⁿ.
de Prony, "Essai expérimental et analytique" (1795), with least squares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.pieces import norm

#: Samples follow a recurrence if what it leaves unexplained is no longer than such a share of them.
UNEXPLAINED = 1e-6
#: A sample of which no more is left without those that follow it is nothing but rounding there.
_NOTHING_NEW = 1e-12


def largest_root(samples: Array, most: int) -> Array:
    """The modulus of the largest root of the recurrence that vectors ``(samples, d, runs)`` follow, ``(runs,)``.

    It is that of the shortest; nan where they follow none of at most so many terms. There must be more than twice as
    many samples, or any would do.
    """
    sizes = np.abs(samples).max(axis=1)
    factor = (sizes[-1] / sizes[0]) ** (1 / (len(samples) - 1))
    # of about the same size, so that all of them count
    even = samples / (sizes[0] * factor ** np.arange(len(samples))[:, None])[:, None]
    prediction = _Prediction(even, most)
    found = np.full(samples.shape[2], np.nan)
    for terms in range(1, most + 1):
        unexplained = prediction.add_term()
        some = np.flatnonzero(np.isnan(found) & (unexplained <= UNEXPLAINED))
        if some.size:
            found[some] = factor[some] * _largest(prediction.coefficients(some, terms))
    return found


class _Prediction:
    """Least squares by Gram and Schmidt, for all runs at once: the last samples by those one, two, … earlier."""

    def __init__(self, samples: Array, most: int) -> None:
        self._samples, self._most, runs = samples, most, samples.shape[2]
        self._rest = samples[most:].reshape(-1, runs).copy()
        self._whole = norm(self._rest, axis=0)
        self._basis: list[Array] = []
        self._triangle, self._shares = np.zeros((most, most, runs)), np.zeros((most, runs))

    def add_term(self) -> Array:
        """Predict by one sample more, and return the share that is not explained, ``(runs,)``."""
        k = len(self._basis)
        column = self._samples[self._most - 1 - k : -1 - k].reshape(self._rest.shape).copy()
        for _ in range(2):  # once is not enough where samples are much alike
            for i, direction in enumerate(self._basis):
                share = np.sum(direction * column, axis=0)
                self._triangle[i, k] += share
                column -= share * direction
        length = norm(column, axis=0)
        self._triangle[k, k] = np.where(length > _NOTHING_NEW, length, np.nan)
        self._basis.append(column / self._triangle[k, k])
        self._shares[k] = np.sum(self._basis[k] * self._rest, axis=0)
        self._rest -= self._shares[k] * self._basis[k]
        unexplained: Array = norm(self._rest, axis=0) / self._whole
        return unexplained

    def coefficients(self, some: NDArray[np.int64], terms: int) -> Array:
        """Of some runs, the factors of so many samples, the latest first: ``(some, terms)``."""
        triangle = np.moveaxis(self._triangle[:terms, :terms, some], 2, 0)
        solved = np.linalg.solve(triangle, self._shares[:terms, some].T[..., None])
        return np.asarray(solved[..., 0], dtype=np.float64)


def _largest(coefficients: Array) -> Array:
    """The modulus of the largest root of zⁿ = c₁·zⁿ⁻¹ + … + cₙ, of coefficients ``(runs, n)``: ``(runs,)``."""
    companion = np.repeat(np.eye(coefficients.shape[1], k=-1)[None], len(coefficients), axis=0)
    companion[:, 0] = coefficients
    largest: Array = np.abs(np.linalg.eigvals(companion)).max(axis=1)
    return largest
