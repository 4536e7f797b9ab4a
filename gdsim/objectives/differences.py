"""Where a gradient comes from: the exact one, or differences of values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdsim.checks import as_float
from gdsim.errors import GdsimError, UnknownNameError
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

    def _quotient(self, objective: Objective, points: Array, i: int) -> Array:
        raise NotImplementedError

    def gradient(self, objective: Objective, points: Array, out: Array | None = None) -> Array:
        """At points ``(d, …)``, as ``(d, …)``; every coordinate is moved from its saved original."""
        points = np.asarray(points, dtype=np.float64)
        out = np.empty(points.shape) if out is None else out
        moved = points.copy()
        with np.errstate(all="ignore"):
            for i in range(len(points)):
                out[i] = self._quotient(objective, moved, i)
        return out

    def float_gradient(self, objective: Objective) -> FloatGradient | None:
        """The same of d Python floats; None if the objective has no value of floats."""
        return None


@dataclass(frozen=True)
class CentralDifference(_Difference):
    """(f(x+h) − f(x−h)) / 2h a coordinate; its error falls with h² until rounding, which grows with 1/h, takes over."""

    key = "central"
    title = "Central difference"

    def _quotient(self, objective: Objective, points: Array, i: int) -> Array:
        saved = points[i].copy()
        points[i] = saved + self.h
        above = objective.value(points)
        points[i] = saved - self.h
        below = objective.value(points)
        points[i] = saved
        quotient: Array = (above - below) / (2 * self.h)
        return quotient


@dataclass(frozen=True)
class ForwardDifference(_Difference):
    """(f(x+h) − f(x)) / h a coordinate; its error falls with h only."""

    key = "forward"
    title = "Forward difference"

    def _quotient(self, objective: Objective, points: Array, i: int) -> Array:
        here = objective.value(points)
        saved = points[i].copy()
        points[i] = saved + self.h
        above = objective.value(points)
        points[i] = saved
        quotient: Array = (above - here) / self.h
        return quotient


GradientMode = Exact | CentralDifference | ForwardDifference

#: Every way to get a gradient, by key.
GRADIENTS: dict[str, type[Exact] | type[CentralDifference] | type[ForwardDifference]] = {
    mode.key: mode for mode in (Exact, CentralDifference, ForwardDifference)
}


def gradient_named(key: str) -> type[Exact] | type[CentralDifference] | type[ForwardDifference]:
    """The gradient mode of a key, or `UnknownNameError`."""
    if not isinstance(key, str) or key not in GRADIENTS:
        raise UnknownNameError("gradient", str(key), GRADIENTS, field="gradient")
    return GRADIENTS[key]
