"""Objectives out of Python: of a callable, and of a formula with its parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.function import Function, telling_start
from gdsim.objectives.typed import DEFAULT_BOUNDS, checked_bounds, objective_for

#: The steps of differences, as a share of the size of a coordinate (at least 1): of values, and of gradients. The first
#: is the cube root of the rounding of a double.
_STEP = 6e-6

Called = Callable[[Array], Any]


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
    ) -> None:
        self._value, self._gradient, self._hessian = value, gradient, hessian
        self.names = names
        self.bounds = np.array(bounds, dtype=np.float64)
        self.bounds.flags.writeable = False
        self.minima = minima
        self.title = str(getattr(value, "__name__", type(value).__name__))

    def __repr__(self) -> str:
        return f"<Objective of {self.title}({', '.join(self.names)})>"

    @cached_property
    def start(self) -> tuple[float, ...]:
        """A place where there is a slope."""
        return telling_start(self)

    def value(self, points: Array) -> Array:  # noqa: D102
        with np.errstate(all="ignore"):
            return self._asked("value", self._value, self.points(points), ())

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        points = self.points(points)
        if self._gradient is None:
            found = self._differences(self.value, points)
        else:
            with np.errstate(all="ignore"):
                found = self._asked("gradient", self._gradient, points, (self.dimension,))
        if out is None:
            return found
        out[...] = found
        return out

    def hessian(self, points: Array) -> Array:  # noqa: D102
        points, d = self.points(points), self.dimension
        if self._hessian is not None:
            with np.errstate(all="ignore"):
                return self._asked("hessian", self._hessian, points, (d, d))
        found = self._differences(self.gradient, points)
        return (found + found.swapaxes(0, 1)) / 2

    def _asked(self, what: str, function: Called, points: Array, before: tuple[int, ...]) -> Array:
        """What `function` says at points ``(d, …)``: ``(*before, …)``, or `GdsimError`. It is shown ``(d, n)``."""
        flat = points.reshape(self.dimension, -1)
        shape = (*before, flat.shape[1])
        try:
            answer = function(flat.copy())
            # numpy would take None, which is what is returned where a return is missing, for nan
            found = np.empty(0) if answer is None else np.asarray(answer, dtype=np.float64)
        except Exception as error:  # whatever it is, it comes from the function of somebody else
            raise GdsimError("the {what} of {name} raised {kind}: {reason}", "function", what=what, name=self.title,
                             kind=type(error).__name__, reason=shown(str(error))) from error  # fmt: skip
        # a constant need not say itself for every point
        if found.shape != shape and found.shape not in (before, (*before, 1)):
            raise GdsimError("the {what} of {name} must give {wanted} numbers for {n} points, not {given}", "function",
                             what=what, name=self.title, wanted=shape, n=flat.shape[1],
                             given=None if answer is None else found.shape)  # fmt: skip
        if found.shape == before:
            found = found[..., None]
        return np.broadcast_to(found, shape).reshape((*before, *points.shape[1:])).copy()

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
    """An objective of a Python callable.

    Parameters
    ----------
    value
        Of points ``(d, n)``, one row a coordinate: ``(n,)``.
    gradient, hessian
        Of points ``(d, n)``: ``(d, n)`` and ``(d, d, n)``; central differences if None.
    bounds
        ``((low, high), …)``, one pair a coordinate: where to look and where random starts fall; it says what d is.
        (-5, 5) for each of two coordinates if None.
    names
        Of the coordinates; x and y, or x alone, or x1, x2, … if None.
    minima
        Those known.
    """
    for what, given in (("value", value), ("gradient", gradient), ("hessian", hessian)):
        if not callable(given) and (given is not None or what == "value"):
            raise GdsimError("{what} must be a function of points, not {given}", what, what=what,
                             given=shown(repr(given)))  # fmt: skip
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
            raise GdsimError("minima must hold a Minimum of {d} coordinates each, not {given}", "minima", d=d,
                             given=shown(repr(known)))  # fmt: skip
    return CallableObjective(value, gradient, hessian, pairs, tuple(names), tuple(minima))


def _check_names(names: Sequence[str]) -> None:
    listed = list(names) if isinstance(names, Iterable) else []
    # they are columns of tables
    if not listed or len({*map(str, listed)}) < len(listed) or not all(str(name).isidentifier() for name in listed):
        raise GdsimError("names must be different words, one a coordinate, such as ('x', 'y'), not {given}", "names",
                         given=shown(repr(names)))  # fmt: skip


def function(
    text: str, /, *, bounds: Sequence[Sequence[float]] | None = None, name: str = "", **parameters: float
) -> Function:
    """The function of a formula such as "a*x^2 + y^2", or the built-in one of a key.

    Parameters
    ----------
    text
        The formula; see `gdsim.objectives.formula` for the language.
    bounds
        ``((low, high), …)``, one pair a coordinate; (-5, 5) if None.
    name
        What to call it.
    **parameters
        Values for the other names in the formula; 1 where none is given.
    """
    return objective_for(text, parameters, bounds, name)
