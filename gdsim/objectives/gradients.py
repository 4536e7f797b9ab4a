"""Ways to get a gradient: the exact one, or differences of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from gdsim.checks import as_float
from gdsim.errors import GdsimError, named
from gdsim.objectives.base import Array, Objective

FloatGradient = Callable[..., tuple[float, ...]]


@dataclass(frozen=True)
class Exact:
    """The gradient by its formula."""

    key: ClassVar[str] = "exact"
    title: ClassVar[str] = "Exact"

    def gradient(self, objective: Objective, points: Array, out: Array | None = None) -> Array:
        """At points ``(d, …)``, as ``(d, …)``."""
        return objective.gradient(points, out)

    def float_gradient(self, objective: Objective) -> FloatGradient | None:
        """The same of d Python floats, to the last bit; None if there is none."""
        return objective.float_gradient()


@dataclass(frozen=True)
class _Difference:
    h: float = 1e-4

    key: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __post_init__(self) -> None:
        h = as_float(self.h, "gradient h")
        if not 1e-12 <= h <= 1:
            raise GdsimError("h of a difference must be from 1e-12 to 1, not {given:.9g}", "gradient", given=h)
        object.__setattr__(self, "h", h)

    def gradient(self, objective: Objective, points: Array, out: Array | None = None) -> Array:
        """At points ``(d, …)``, as ``(d, …)``; every coordinate is moved from its saved original."""
        points = np.asarray(points, dtype=np.float64)
        out = np.empty(points.shape) if out is None else out
        with np.errstate(all="ignore"):
            # coordinates are moved in place, which the caller's own must not be
            self._fill(objective, points.copy(), out)
        return out

    def _fill(self, objective: Objective, points: Array, out: Array) -> None:
        raise NotImplementedError

    def float_gradient(self, objective: Objective) -> FloatGradient | None:
        """The same of d Python floats, to the last bit; None if the objective has no value of floats."""
        value = objective.float_value()
        return None if value is None else _written_out(self, value, objective.dimension)

    def _lines(self, names: list[str]) -> list[str]:
        """The body of `float_gradient`; ``value`` and ``h`` are known."""
        raise NotImplementedError


@dataclass(frozen=True)
class CentralDifference(_Difference):
    """(f(x+h) − f(x−h)) / 2h a coordinate; its error falls with h² until rounding, which grows with 1/h, takes over."""

    key = "central"
    title = "Central difference"

    def _fill(self, objective: Objective, points: Array, out: Array) -> None:
        for i in range(len(points)):
            saved = points[i].copy()
            points[i] = saved + self.h
            above = objective.value(points)
            points[i] = saved - self.h
            below = objective.value(points)
            points[i] = saved
            out[i] = (above - below) / (2 * self.h)

    def _lines(self, names: list[str]) -> list[str]:
        quotients = [
            f"(value({_moved(names, i, '+ h')}) - value({_moved(names, i, '- h')})) / (2 * h)"
            for i in range(len(names))
        ]
        return [f"return ({', '.join(quotients)},)"]


@dataclass(frozen=True)
class ForwardDifference(_Difference):
    """(f(x+h) − f(x)) / h a coordinate; its error falls with h only."""

    key = "forward"
    title = "Forward difference"

    def _fill(self, objective: Objective, points: Array, out: Array) -> None:
        here = objective.value(points)
        for i in range(len(points)):
            saved = points[i].copy()
            points[i] = saved + self.h
            out[i] = (objective.value(points) - here) / self.h
            points[i] = saved

    def _lines(self, names: list[str]) -> list[str]:
        quotients = [f"(value({_moved(names, i, '+ h')}) - here) / h" for i in range(len(names))]
        return [f"here = value({', '.join(names)})", f"return ({', '.join(quotients)},)"]


def _moved(names: list[str], i: int, by: str) -> str:
    """A point with coordinate i moved, as arguments of a call."""
    return ", ".join(f"{name} {by}" if k == i else name for k, name in enumerate(names))


@lru_cache(maxsize=64)
def _written_out(mode: _Difference, value: Callable[..., float], dimension: int) -> FloatGradient:
    """A difference for one number of coordinates; the same function for the same value, so that loops know it again."""
    names = [f"x_{i}" for i in range(dimension)]
    lines = [f"def f({', '.join(names)}):", *(f"    {line}" for line in mode._lines(names))]
    source = "\n".join(lines)
    scope: dict[str, Any] = {"value": value, "h": mode.h}
    exec(compile(source, f"<{mode.key} difference>", "exec"), scope)
    gradient: FloatGradient = scope["f"]
    # a loop may take these lines in, instead of calling them
    gradient.source = source  # type: ignore[attr-defined]
    return gradient


GradientMode = Exact | CentralDifference | ForwardDifference

#: Every way to get a gradient, by key.
GRADIENTS: dict[str, type[Exact] | type[CentralDifference] | type[ForwardDifference]] = {
    mode.key: mode for mode in (Exact, CentralDifference, ForwardDifference)
}


def gradient_named(key: object) -> type[Exact] | type[CentralDifference] | type[ForwardDifference]:
    """The gradient mode of a key, or `UnknownNameError`."""
    return named(GRADIENTS, key, "gradient", "gradient")
