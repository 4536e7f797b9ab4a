"""Arrays from outside, checked: every complaint says which argument, and where in it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from gdsim.checks import as_count, as_float
from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array

#: Beyond this size, squares overflow.
_LARGEST = 1e100
#: The most hidden layers of a network, and the most neurons in one of them.
MOST_LAYERS, MOST_NEURONS = 4, 128
#: A stronger L2 penalty says nothing that this one does not.
MOST_PENALTY = 1e9


class NotClassesError(GdsimError):
    """Targets that are no classes; `row` is the first that is neither 0 nor 1."""

    def __init__(self, field: str, row: int, given: float) -> None:
        self.row, self.given = row, given
        super().__init__(
            "{field} must be 0 or 1, the two classes; example {row} is {given:g}", field, row=row, given=given
        )


def as_features(given: Any, field: str = "X") -> Array:
    """`given` as a read-only ``(n, p)``; one column may be given as ``(n,)``."""
    found = _numbers(given, field)
    if found.ndim == 1:
        found = found[:, None]
    if found.ndim != 2 or 0 in found.shape:
        raise GdsimError(
            "{field} must be (examples, features), at least one of each, not {given}", field, given=found.shape
        )
    return _sound(found, field)


def as_targets(given: Any, count: int, field: str = "y") -> Array:
    """`given` as a read-only ``(n,)``; a single column ``(n, 1)`` is taken too."""
    found = _numbers(given, field)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.shape != (count,):
        raise GdsimError(
            "{field} must be one number for each of the {count} examples, not {given}",
            field,
            count=count,
            given=found.shape,
        )
    return _sound(found, field)


def as_classes(targets: Array, field: str = "y") -> Array:
    """Targets ``(n,)`` that are all 0 or 1."""
    wrong = np.flatnonzero((targets != 0) & (targets != 1))
    if wrong.size:
        raise NotClassesError(field, int(wrong[0]), float(targets[wrong[0]]))
    return targets


def as_names(given: Any, count: int, field: str = "features") -> tuple[str, ...]:
    """`given` as the names of so many columns; none at all as none."""
    names = (given,) if isinstance(given, str) else tuple(given)
    if names and len(names) != count:
        raise GdsimError("{field} must be {p} names, not {given}", field, p=count, given=len(names))
    for name in names:
        if not isinstance(name, str):
            raise GdsimError("{field} must be texts, not {given}", field, given=repr(name)[:60])
    return names


def as_parameters(given: Any, count: int) -> Array:
    """`given` as parameters ``(d, …)``, d of them, finite or not."""
    found = _numbers(given, "theta")
    if found.ndim == 0 or len(found) != count:
        raise GdsimError("theta must be {d} parameters, (d, …), not {given}", "theta", d=count, given=found.shape)
    return found


def as_penalty(given: object, field: str = "l2") -> float:
    """`given` as the strength of the L2 penalty."""
    number = as_float(given, field)
    if not 0 <= number <= MOST_PENALTY:
        raise GdsimError("{field} must be from 0 to {high:g}, not {given:g}", field, high=MOST_PENALTY, given=number)
    return number


def as_widths(given: Any, field: str = "hidden") -> tuple[int, ...]:
    """`given` as the widths of hidden layers; one number is one layer."""
    widths = given.tolist() if isinstance(given, np.ndarray | np.number) else given
    widths = (widths,) if isinstance(widths, int | float) else widths
    if not isinstance(widths, tuple | list) or not 1 <= len(widths) <= MOST_LAYERS:
        raise GdsimError("{field} must be the widths of 1 to 4 layers, not {given}", field, given=repr(given)[:60])
    return tuple(as_count(width, field, 1, MOST_NEURONS) for width in widths)


def _numbers(given: Any, field: str) -> Array:
    try:
        if np.iscomplexobj(given):  # numpy would drop half of it
            raise TypeError("they are complex")
        return np.array(given, dtype=np.float64, order="C")
    except (TypeError, ValueError, OverflowError) as error:
        raise GdsimError("{field} must be an array of numbers: {reason}", field, reason=shown(str(error))) from error


def _sound(found: Array, field: str) -> Array:
    wrong = np.argwhere(~(np.abs(found) <= _LARGEST))
    if len(wrong):
        place = ", ".join(str(int(i)) for i in wrong[0])
        given = float(found[tuple(wrong[0])])
        template = "{field} must be finite numbers; {field}[{place}] is {given:g}"
        if math.isfinite(given):
            template = "{field} must be numbers up to {most:g}; {field}[{place}] is {given:g}"
        raise GdsimError(template, field, place=place, given=given, most=_LARGEST)
    found.flags.writeable = False
    return found
