"""Points along a line, and the two ways to find one that will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gdsim.optimizers.methods.problem import Problem, Vector

#: So many lengths are tried on one line: the range of floats is that of so many halvings, from 1 either way.
MOST_TRIED = 1100


class LinePoint(NamedTuple):
    """A point of a line: how far along it, where that is, and the value, gradient and slope there."""

    length: float
    x: Vector
    value: float
    gradient: Vector
    slope: float


@dataclass(frozen=True)
class Line:
    """A line that goes down: the points that are asked for are those of a problem.

    Attributes
    ----------
    problem
        What is asked.
    x, direction
        Where it begins, and where it leads, ``(d,)``.
    value, slope
        Those at its beginning.
    """

    problem: Problem
    x: Vector
    direction: Vector
    value: float
    slope: float

    @classmethod
    def of(cls, problem: Problem, x: Vector, direction: Vector, value: float, gradient: Vector) -> Line:
        """The line from a point with this value and gradient."""
        return cls(problem, x, direction, value, float(gradient @ direction))

    def point(self, length: float) -> Vector:
        """The place so far along it."""
        return self.x + length * self.direction

    def with_slope(self, length: float, x: Vector, value: float) -> LinePoint:
        """The point so far along it, of which the place and the value are known."""
        gradient = self.problem.gradient(x)
        return LinePoint(length, x, value, gradient, float(gradient @ self.direction))

    def is_low(self, length: float, value: float, share: float) -> bool:
        """Armijo (1966): whether the value, a number, has fallen by a share of what the slope promises."""
        return -np.inf < value <= self.value + share * length * self.slope


def shortened(line: Line, first: float, shrinking: float, share: float) -> tuple[Vector, float] | None:
    """Shorten the first length until the value is low enough; the place and its value, None if there is none."""
    tried = first
    for _ in range(MOST_TRIED):
        x = line.point(tried)
        if (x == line.x).all():
            return None
        value = line.problem.value(x)
        if line.is_low(tried, value, share):
            return x, value
        tried *= shrinking
    return None


class Search(NamedTuple):
    """The end of a search.

    Attributes
    ----------
    found
        The point that will do.
    short
        The farthest that is too short.
    is_open
        Whether none beyond that is too far.
    """

    found: LinePoint | None
    short: LinePoint | None
    is_open: bool


def search(
    line: Line, first: float, is_low: Callable[[float, float], bool], judge: Callable[[LinePoint], int]
) -> Search:
    """Double the first length while it leads down, then halve between what is too short and too far.

    Between a point that is too short and one that is too far lies one that will do: that is up to who asks.

    Parameters
    ----------
    is_low
        Whether a length and the value there will do; else it is too far.
    judge
        Of a point that is low: whether it is too short (-1), will do (0) or is too far (1).
    """
    short, high, tried = None, np.inf, first
    for _ in range(MOST_TRIED):
        x = line.point(tried)
        value = line.problem.value(x)
        if value == -np.inf and short is not None:
            return Search(None, short, True)
        point = line.with_slope(tried, x, value) if is_low(tried, value) else None
        side = 1 if point is None else judge(point)
        if side == 0:
            return Search(point, short, False)
        short, high = (point, high) if side < 0 else (short, tried)
        low = 0.0 if short is None else short.length
        tried = 2 * low if high == np.inf else low + (high - low) / 2
        if not low < tried < high:
            break
    return Search(None, short, high == np.inf)
