"""Gradient descent with a line search that is satisfied neither too far nor too near."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.optimizers.methods.base import Method, armijo_of_pair, curvature, first_length
from gdsim.optimizers.methods.lines import Line, LinePoint, search
from gdsim.optimizers.methods.problem import Problem, Vector, is_over


@dataclass(frozen=True)
class StrongWolfe(Method):
    """Steepest descent with strong Wolfe conditions. Wolfe (1969); Nocedal & Wright (2006), (3.7).

    The search doubles and then halves. A point that is too short leads down more steeply than c₂ allows, and so than
    c₁ does; one that is too far is too high, or leads up: in between the gap to Armijo's line has a minimum, where both
    conditions hold as long as c₁ < c₂. On a line that falls without end it goes as far as there are numbers.
    """

    key = "wolfe"
    title = "Strong Wolfe"
    summary = "Against the gradient, so far that f has fallen by enough and the slope along the line has, too."

    first: float = first_length()
    c1: float = armijo_of_pair()
    c2: float = curvature(0.9)

    def run(self, problem: Problem, start: Vector) -> None:  # noqa: D102
        x, value, gradient = start, problem.value(start), problem.gradient(start)
        tried = self.first
        while not is_over(problem, gradient):
            found = self._search(Line.of(problem, x, -gradient, value, gradient), tried)
            if found is None:
                return
            tried, x, value, gradient, _ = found
            problem.arrive(x)

    def _search(self, line: Line, first: float) -> LinePoint | None:
        steepest = self.c2 * abs(line.slope)

        def judge(point: LinePoint) -> int:
            if abs(point.slope) <= steepest:
                return 0
            return -1 if point.slope < 0 else 1

        result = search(line, first, lambda length, value: line.is_low(length, value, self.c1), judge)
        return result.short if result.is_open else result.found
