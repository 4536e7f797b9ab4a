"""The function that a race is on, as methods ask for it: one point at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.course import Course


def value_of(course: Course) -> Callable[[Array], float]:
    """The value at a point ``(d,)``; uphill its negative."""
    plain, objective, sign = course.objective.float_value(), course.objective, -1.0 if course.ascent else 1.0

    def value(x: Array) -> float:
        if plain is not None:
            try:
                return sign * plain(*x.tolist())
            except (ArithmeticError, ValueError):
                pass  # arrays go through inf and nan where floats raise
        return sign * float(objective.value(x))

    return value


def gradient_of(course: Course) -> Callable[[Array], Array]:
    """The gradient at a point ``(d,)``, as the mode works it out; uphill its negative."""
    plain, objective, sign = (
        course.mode.float_gradient(course.objective),
        course.objective,
        -1.0 if course.ascent else 1.0,
    )

    def gradient(x: Array) -> Array:
        if plain is not None:
            try:
                return np.array(plain(*x.tolist())) * sign
            except (ArithmeticError, ValueError):
                pass
        return course.mode.gradient(objective, x) * sign

    return gradient


def hessian_of(course: Course) -> Callable[[Array], Array]:
    """The exact second derivatives at a point ``(d,)``, ``(d, d)``; uphill their negatives."""
    objective, sign = course.objective, -1.0 if course.ascent else 1.0
    return lambda x: objective.hessian(x) * sign
