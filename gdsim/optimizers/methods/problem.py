"""The interface between a method and what it minimises."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

#: float64 array.
Vector = NDArray[np.float64]


class EndedError(Exception):
    """A method goes no farther: its steps are used up, nobody wants more of them, or it can take none."""


class Problem(Protocol):
    """A function to be minimised, which counts what it is asked for and takes note of every iterate.

    Attributes
    ----------
    tolerance
        No step is wanted from where the gradient is no longer than this.
    """

    tolerance: float

    def value(self, x: Vector) -> float:
        """The function at x ``(d,)``; inf and nan are values, too."""

    def gradient(self, x: Vector) -> Vector:
        """Its gradient at x ``(d,)``, as the experiment works it out, ``(d,)``."""

    def hessian(self, x: Vector) -> Vector:
        """Its exact second derivatives at x ``(d,)``, ``(d, d)``."""

    def arrive(self, x: Vector, simplex: Vector | None = None) -> None:
        """Take note of the next iterate ``(d,)``, and of the simplex ``(d + 1, d)`` of a method that has one.

        Raises
        ------
        EndedError
            When the steps are used up; it is the caller's, and to be let through.
        """


def length(vector: Vector) -> float:
    """Euclidean length."""
    return float(np.sqrt(vector @ vector))


def is_over(problem: Problem, gradient: Vector) -> bool:
    """Return whether no step is wanted from where the gradient is this one, or none can be taken."""
    size = length(gradient)
    return not problem.tolerance < size < np.inf
