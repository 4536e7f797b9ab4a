"""Problems of benchmarks, and what they say of themselves: those of the packages ioh and coco-experiment.

Neither is imported: a problem is known by what it has. All of them are asked about one point after the other, in one
dimension: more points than one, or in a column, they take for something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array, Minimum

#: The box of a problem that tells of none: where the problems of the BBOB suite are looked at.
_BBOB = (-5.0, 5.0)


@dataclass(frozen=True)
class Problem:
    """A problem of a benchmark.

    Attributes
    ----------
    title
        Its name.
    bounds
        ``((low, high), …)``.
    best
        Its optimum, where it is told.
    uphill
        Whether that is a maximum.
    """

    title: str
    bounds: tuple[tuple[float, float], ...]
    best: Minimum | None = None
    uphill: bool = False


def problem_of(given: Callable[[Array], Any]) -> Problem | None:
    """The problem of a benchmark that a callable is, by what it says about itself; None if it is none."""
    if hasattr(given, "meta_data") and hasattr(getattr(given, "bounds", None), "lb"):
        return _of_ioh(given)
    if hasattr(given, "lower_bounds") and hasattr(given, "upper_bounds") and hasattr(given, "number_of_objectives"):
        return _of_coco(given)
    if hasattr(given, "best_parameter") and hasattr(given, "best_value") and hasattr(given, "dimension"):
        best = _known(given.best_parameter(), given.best_value())
        return Problem(str(getattr(given, "id", "")), (_BBOB,) * int(given.dimension), best)
    return None


def _of_ioh(given: Any) -> Problem:
    about, optimum = given.meta_data, getattr(given, "optimum", None)
    best = None if optimum is None else _known(optimum.x, optimum.y)
    uphill = getattr(getattr(about, "optimization_type", None), "name", "") == "MAX"
    return Problem(str(about.name), _box(given.bounds.lb, given.bounds.ub), best, uphill)


def _of_coco(given: Any) -> Problem:
    for what in ("number_of_objectives", "number_of_constraints"):
        count, allowed = int(getattr(given, what, 0)), int(what == "number_of_objectives")
        if count > allowed:
            raise GdsimError(
                "value must be a problem with {what} {allowed}, not {count}: {name}",
                "value",
                what=what,
                allowed=allowed,
                count=count,
                name=str(given.name),
            )
    return Problem(str(given.name), _box(given.lower_bounds, given.upper_bounds))


def _box(low: Any, high: Any) -> tuple[tuple[float, float], ...]:
    return tuple(zip(map(float, np.ravel(low)), map(float, np.ravel(high)), strict=True))


def _known(place: Any, value: Any) -> Minimum | None:
    """An optimum; None where a problem has numbers in its place that are none."""
    numbers = [float(x) for x in np.ravel(place)]
    return Minimum(tuple(numbers), float(value)) if all(map(math.isfinite, [*numbers, float(value)])) else None
