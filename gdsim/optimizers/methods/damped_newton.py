"""Newton's method that always goes down: a Hessian made positive definite, and a line search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.optimizers.base import hyper
from gdsim.optimizers.families import SECOND_ORDER
from gdsim.optimizers.methods.base import Method, armijo, shrinking
from gdsim.optimizers.methods.lines import Line, shortened
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


def shift() -> Any:
    """Declare the least that is added to a Hessian that is not positive definite."""
    meaning = "The least that is added along the diagonal of a Hessian that does not curve up everywhere."
    return hyper(1e-3, "β", meaning, low=1e-12, high=1e6, log=True, slider=(1e-6, 1.0))


@dataclass(frozen=True)
class DampedNewton(Method):
    """Newton with an added multiple of the identity and backtracking. Nocedal & Wright (2006), algorithms 3.2, 3.3."""

    key = "damped_newton"
    title = "Damped Newton"
    summary = "Newton's direction, turned downhill where the surface curves down, and shortened until f falls."
    family = SECOND_ORDER
    order = 2
    is_square = True

    c1: float = armijo()
    shrinking: float = shrinking()
    shift: float = shift()

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, value, gradient = start, problem.value(start), problem.gradient(start)
        while not is_over(problem, gradient):
            hessian = problem.hessian(x)
            if not np.isfinite(hessian).all():
                return
            direction: Vector = np.negative(np.linalg.solve(curved_up(hessian, self.shift), gradient), dtype=np.float64)
            found = shortened(Line.of(problem, x, direction, value, gradient), 1.0, self.shrinking, self.c1)
            if found is None:
                return
            x, value = found
            gradient = problem.gradient(x)
            problem.arrive(x)


def curved_up(hessian: Vector, shift: float) -> Vector:
    """The Hessian with as much added along its diagonal as makes it positive definite, doubled until it does."""
    least = float(hessian.diagonal().min())
    added = 0.0 if least > 0 else shift - least
    while True:
        candidate: Vector = hessian + added * np.eye(len(hessian))
        try:
            np.linalg.cholesky(candidate)
        except np.linalg.LinAlgError:
            added = max(2 * added, shift)
        else:
            return candidate
