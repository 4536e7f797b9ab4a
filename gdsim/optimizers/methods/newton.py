"""Newton's method as it is: to where the gradient of the local parabola vanishes, be that a minimum or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.optimizers.families import SECOND_ORDER
from gdsim.optimizers.methods.base import Method
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


@dataclass(frozen=True)
class Newton(Method):
    """Newton's method without safeguards. Nocedal & Wright (2006), (2.15); a singular Hessian has the shortest step."""

    key = "newton"
    title = "Newton"
    summary = "To the stationary point of the local parabola: in one step on a quadratic, elsewhere to saddles as well."
    family = SECOND_ORDER
    order = 2
    is_square = True

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, gradient = start, problem.gradient(start)
        while not is_over(problem, gradient):
            hessian = problem.hessian(x)
            step = solved(hessian, gradient) if np.isfinite(hessian).all() else np.zeros(len(x))
            if not step.any():
                return
            x = x - step
            gradient = problem.gradient(x)
            problem.arrive(x)


def solved(hessian: Vector, gradient: Vector) -> Vector:
    """The x with Hx = g; where there are many, or none, the shortest of those that come nearest."""
    try:
        found = np.linalg.solve(hessian, gradient)
    except np.linalg.LinAlgError:
        found = np.linalg.lstsq(hessian, gradient)[0]
    return np.asarray(found, dtype=np.float64)
