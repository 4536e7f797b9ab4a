"""Gradient descent with a line search that shortens its step until the value is low enough."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.methods.base import Method, armijo, first_length, shrinking
from gdsim.optimizers.methods.lines import Line, shortened
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


@dataclass(frozen=True)
class Backtracking(Method):
    """Steepest descent with backtracking. Armijo (1966); Nocedal & Wright (2006), algorithm 3.1."""

    key = "backtracking"
    title = "Backtracking"
    summary = "Against the gradient; a step is shortened until f has fallen by enough (Armijo)."

    first: float = first_length()
    shrinking: float = shrinking()
    c1: float = armijo()

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, value, gradient = start, problem.value(start), problem.gradient(start)
        while not is_over(problem, gradient):
            found = shortened(Line.of(problem, x, -gradient, value, gradient), self.first, self.shrinking, self.c1)
            if found is None:
                return
            x, value = found
            gradient = problem.gradient(x)
            problem.arrive(x)
