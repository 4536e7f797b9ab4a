"""Descent along one coordinate after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdsim.optimizers.methods.base import Method, first_length
from gdsim.optimizers.methods.exact_search import first_minimum
from gdsim.optimizers.methods.lines import Line
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


@dataclass(frozen=True)
class CoordinateDescent(Method):
    """Cyclic coordinate descent with exact line search. Wright, "Coordinate descent algorithms" (2015).

    One iterate is one coordinate moved: the first moves in step 1, the second in step 2, and so on round.
    """

    key = "coordinate_descent"
    title = "Coordinate descent"
    summary = "One coordinate at a time, to the first minimum along it; each step moves the next one."

    first: float = first_length()

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, value, gradient = start, problem.value(start), problem.gradient(start)
        tried, moving, resting = np.full(len(x), self.first), 0, 0
        while not is_over(problem, gradient) and resting < len(x):
            direction = np.zeros(len(x))
            direction[moving] = -gradient[moving]
            line = Line.of(problem, x, direction, value, gradient)
            found = first_minimum(line, float(tried[moving])) if line.slope < 0 else None
            resting = resting + 1 if found is None else 0
            if found is not None:
                tried[moving], x, value, gradient, _ = found
            problem.arrive(x)
            moving = (moving + 1) % len(x)
