"""Gradient descent to the first minimum along each line."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.methods.base import Method, first_length
from gdsim.optimizers.methods.exact_search import first_minimum
from gdsim.optimizers.methods.lines import Line
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


@dataclass(frozen=True)
class LineSearchExact(Method):
    """Steepest descent with exact line search. Cauchy (1847); Brent's method (1973) on the slope along the line."""

    key = "line_search_exact"
    title = "Exact line search"
    summary = "Against the gradient to the first minimum on that line: each step is at right angles to the last."

    first: float = first_length()

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, value, gradient = start, problem.value(start), problem.gradient(start)
        tried = self.first
        while not is_over(problem, gradient):
            found = first_minimum(Line.of(problem, x, -gradient, value, gradient), tried)
            if found is None:
                return
            tried, x, value, gradient, _ = found
            problem.arrive(x)
