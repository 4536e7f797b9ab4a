"""Arrays from outside, checked: every complaint says which argument, and where in it."""

from __future__ import annotations

from typing import Any

import numpy as np

from gdsim.errors import GdsimError, shown
from gdsim.objectives.base import Array

#: Beyond this size, squares overflow.
_LARGEST = 1e100


def as_features(given: Any, field: str = "X") -> Array:
    """`given` as a read-only ``(n, p)``; one column may be given as ``(n,)``."""
    found = _numbers(given, field)
    if found.ndim == 1:
        found = found[:, None]
    if found.ndim != 2 or 0 in found.shape:
        raise GdsimError("{field} must be (examples, features), at least one of each, not {given}", field,
                         given=found.shape)  # fmt: skip
    return _sound(found, field)


def as_targets(given: Any, count: int, field: str = "y") -> Array:
    """`given` as a read-only ``(n,)``; a single column ``(n, 1)`` is taken too."""
    found = _numbers(given, field)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    if found.shape != (count,):
        raise GdsimError("{field} must be one number for each of the {count} examples, not {given}", field,
                         count=count, given=found.shape)  # fmt: skip
    return _sound(found, field)


def as_classes(targets: Array, field: str = "y") -> Array:
    """Targets ``(n,)`` that are all 0 or 1."""
    wrong = np.flatnonzero((targets != 0) & (targets != 1))
    if wrong.size:
        raise GdsimError("{field} must be 0 or 1, the two classes; example {row} is {given:g}", field,
                         row=int(wrong[0]), given=float(targets[wrong[0]]))  # fmt: skip
    return targets


def _numbers(given: Any, field: str) -> Array:
    try:
        return np.array(given, dtype=np.float64, order="C")
    except (TypeError, ValueError) as error:
        raise GdsimError("{field} must be an array of numbers: {reason}", field, reason=shown(str(error))) from error


def _sound(found: Array, field: str) -> Array:
    wrong = np.argwhere(~(np.abs(found) <= _LARGEST))
    if len(wrong):
        place = ", ".join(str(int(i)) for i in wrong[0])
        raise GdsimError("{field} must be finite numbers; {field}[{place}] is {given:g}", field, place=place,
                         given=float(found[tuple(wrong[0])]))  # fmt: skip
    found.flags.writeable = False
    return found
