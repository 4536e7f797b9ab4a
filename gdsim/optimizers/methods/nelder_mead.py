"""The downhill simplex: d + 1 points, of which the worst is moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.optimizers.base import hyper
from gdsim.optimizers.families import DERIVATIVE_FREE
from gdsim.optimizers.methods.base import Method
from gdsim.optimizers.methods.problem import Problem, Vector

#: A coordinate of 0 is moved by this for the first simplex, as in SciPy.
_FROM_ZERO = 0.00025


def size() -> Any:
    """Declare the size of the first simplex."""
    meaning = "By which share of itself each coordinate is moved for the first simplex."
    return hyper(0.05, "δ", meaning, low=1e-6, high=10.0, log=True, slider=(1e-3, 1.0))


@dataclass(frozen=True)
class NelderMead(Method):
    """Downhill simplex. Nelder & Mead (1965), with the rules of Lagarias et al. (1998); first simplex as SciPy's.

    Own, as SciPy tells of no simplex on the way; the iterates are SciPy's to the last bit. The iterate is the best of
    the simplex, which many a step leaves where it is.
    """

    key = "nelder_mead"
    title = "Nelder-Mead"
    summary = "A triangle (a simplex) that turns over, stretches and shrinks, by values alone."
    family = DERIVATIVE_FREE
    order = 0
    is_square = True

    size: float = size()

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        simplex = np.array([start] * (len(start) + 1))
        for i, x in enumerate(start):
            simplex[i + 1, i] = (1 + self.size) * x if x else _FROM_ZERO
        simplex, values = _sorted(simplex, np.array([problem.value(x) for x in simplex]))
        before = np.full_like(simplex, np.nan)
        # what a whole step leaves as it is will stay so
        while (simplex != before).any():
            before = simplex.copy()
            if not _replaces_worst(problem, simplex, values):
                for k in range(1, len(simplex)):
                    simplex[k] = simplex[0] + 0.5 * (simplex[k] - simplex[0])
                    values[k] = problem.value(simplex[k])
            simplex, values = _sorted(simplex, values)
            problem.arrive(simplex[0], simplex)


def _sorted(simplex: Vector, values: Vector) -> tuple[Vector, Vector]:
    order = np.argsort(values)
    return simplex[order], values[order]


def _replaces_worst(problem: Problem, simplex: Vector, values: Vector) -> bool:
    """Put a better point in place of the worst; False if none was found, so that the simplex has to shrink."""
    middle, worst = np.add.reduce(simplex[:-1], 0) / (len(simplex) - 1), simplex[-1]

    def tried(x: Vector) -> tuple[float, Vector]:
        return problem.value(x), x

    best = reflected = tried(2 * middle - worst)
    if reflected[0] < values[0]:
        expanded = tried(3 * middle - 2 * worst)
        best = expanded if expanded[0] < reflected[0] else reflected
    elif not reflected[0] < values[-2]:
        is_outside = reflected[0] < values[-1]
        best = tried(1.5 * middle - 0.5 * worst if is_outside else 0.5 * middle + 0.5 * worst)
        if not (best[0] <= reflected[0] if is_outside else best[0] < values[-1]):
            return False
    values[-1], simplex[-1] = best
    return True
