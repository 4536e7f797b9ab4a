"""Objectives out of Python: of a callable, and of a formula with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np

from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.surfaces.asking import SINGLY, Asked, Called
from gdsim.objectives.surfaces.benchmark_problems import problem_of
from gdsim.objectives.surfaces.function import Function, telling_start
from gdsim.objectives.surfaces.lookup import DEFAULT_BOUNDS, checked_bounds, objective_for

#: The steps of differences, as a share of the size of a coordinate (at least 1): of values, and of gradients. The first
#: is the cube root of the rounding of a double.
_STEP = 6e-6


class CallableObjective(Objective):
    """An objective whose value, and maybe its derivatives, somebody else's Python works out.

    What is not given is made of central differences.
    """

    def __init__(
        self,
        value: Called,
        gradient: Called | None,
        hessian: Called | None,
        bounds: tuple[tuple[float, float], ...],
        names: tuple[str, ...],
        minima: tuple[Minimum, ...],
        maxima: tuple[Minimum, ...] = (),
        title: str = "",
        way: str = "",
    ) -> None:
        self.names = names
        self.bounds = np.array(bounds, dtype=np.float64)
        self.bounds.flags.writeable = False
        self.minima, self.maxima = minima, maxima
        self.title = title or str(getattr(value, "__name__", type(value).__name__))

        d = len(names)
        self._value = Asked(value, "value", self.title, self.bounds, (), way)
        self._gradient = gradient and Asked(gradient, "gradient", self.title, self.bounds, (d,))
        self._hessian = hessian and Asked(hessian, "hessian", self.title, self.bounds, (d, d))

    def __repr__(self) -> str:
        return f"<Objective of {self.title}({', '.join(self.names)})>"

    @cached_property
    def start(self) -> tuple[float, ...]:
        """A place where there is a slope."""
        return telling_start(self)

    def value(self, points: Array) -> Array:  # noqa: D102
        with np.errstate(all="ignore"):
            return self._ask(self._value, self.points(points))

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        points = self.points(points)
        if self._gradient is None:
            found = self._differences(self.value, points)
        else:
            with np.errstate(all="ignore"):
                found = self._ask(self._gradient, points)
        if out is None:
            return found
        out[...] = found
        return out

    def hessian(self, points: Array) -> Array:  # noqa: D102
        points = self.points(points)
        if self._hessian is not None:
            with np.errstate(all="ignore"):
                return self._ask(self._hessian, points)
        found = self._differences(self.gradient, points)
        return (found + found.swapaxes(0, 1)) / 2

    def _ask(self, asked: Asked, points: Array) -> Array:
        """The answers for points ``(d, …)``: ``(*before, …)``."""
        answers = asked(points.reshape(self.dimension, -1))
        return answers.reshape((*asked.before, *points.shape[1:]))

    def _differences(self, function: Callable[[Array], Array], points: Array) -> Array:
        """Central differences by each coordinate, ``(d, *…)`` of what `function` gives at points ``(d, …)``."""
        columns = []
        for i in range(self.dimension):
            h = _STEP * np.maximum(1.0, np.abs(points[i]))
            above, below = points.copy(), points.copy()
            above[i] += h
            below[i] -= h
            # the step as it came out after rounding
            with np.errstate(all="ignore"):
                columns.append((function(above) - function(below)) / (above[i] - below[i]))
        return np.stack(columns)


def objective(
    value: Called,
    gradient: Called | None = None,
    hessian: Called | None = None,
    *,
    bounds: Sequence[Sequence[float]] | None = None,
    names: Sequence[str] | None = None,
    minima: Sequence[Minimum] = (),
) -> Objective:
    """An objective of a Python callable, or of a problem of the packages ioh and coco-experiment.

    Parameters
    ----------
    value
        Of points ``(d, n)``, one row a coordinate: ``(n,)``. One that takes points as rows ``(n, d)``, or one point
        ``(d,)`` only, is noticed and asked in its way; asking point by point takes its time.
    gradient, hessian
        Of points ``(d, n)``: ``(d, n)`` and ``(d, d, n)``; central differences if None.
    bounds
        ``((low, high), …)``, one pair a coordinate: where to look and where random starts fall; it says what d is. If
        None, those of the problem, or (-5, 5) for each of two coordinates.
    names
        Of the coordinates; x and y, or x alone, or x1, x2, … if None.
    minima
        Those known; of a problem that tells of its optimum, that one if none is given.
    """
    for what, given in (("value", value), ("gradient", gradient), ("hessian", hessian)):
        if not callable(given) and (given is not None or what == "value"):
            raise GdsimError(
                "{what} must be a function of points, not {given}", what, what=what, given=shown(repr(given))
            )
    problem = problem_of(value)
    if bounds is None and problem is not None:
        bounds = problem.bounds
    if names is not None:
        _check_names(names)
        d = len(names)
    else:
        # what has no length is refused as bounds
        d = 2 if bounds is None or not np.ndim(bounds) else len(bounds)
        names = ("x", "y")[:d] if d <= 2 else tuple(f"x{i}" for i in range(1, d + 1))
    pairs = checked_bounds([DEFAULT_BOUNDS] * d if bounds is None else bounds, names)
    for known in minima:
        if not isinstance(known, Minimum) or len(known.position) != d:
            raise GdsimError(
                "minima must hold a Minimum of {d} coordinates each, not {given}",
                "minima",
                d=d,
                given=shown(repr(known)),
            )
    if problem is None:
        return CallableObjective(value, gradient, hessian, pairs, tuple(names), tuple(minima))
    best = () if problem.best is None or len(problem.best.position) != d else (problem.best,)
    lowest, highest = (tuple(minima), best) if problem.uphill else (tuple(minima) or best, ())
    return CallableObjective(value, gradient, hessian, pairs, tuple(names), lowest, highest, problem.title, SINGLY)


def _check_names(names: Sequence[str]) -> None:
    listed = list(names) if isinstance(names, Iterable) else []
    # they are columns of tables
    if not listed or len({*map(str, listed)}) < len(listed) or not all(str(name).isidentifier() for name in listed):
        raise GdsimError(
            "names must be different words, one a coordinate, such as ('x', 'y'), not {given}",
            "names",
            given=shown(repr(names)),
        )


def function(
    text: str, /, *, bounds: Sequence[Sequence[float]] | None = None, name: str = "", **parameters: float
) -> Function:
    """The function of a formula such as "a*x^2 + y^2", or the built-in one of a key.

    Parameters
    ----------
    text
        The formula; see `gdsim.objectives.formula.formula` for the language.
    bounds
        ``((low, high), …)``, one pair a coordinate; if None, those in which the formula shows something.
    name
        What to call it.
    **parameters
        Values for the other names in the formula; 1 where none is given.
    """
    return objective_for(text, parameters, bounds, name)
