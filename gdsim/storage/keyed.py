"""Schedules and gradient modes ⇄ objects with a key and numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, cast

from gdsim.errors import GdsimError
from gdsim.objectives import GradientMode, gradient_named
from gdsim.optimizers import Schedule, schedule_named
from gdsim.storage.checking import ErrorPath, as_number, as_object, as_text, check_fields, joined

Keyed = Schedule | GradientMode


def keyed_tree(value: Keyed) -> dict[str, Any]:
    """Write a schedule or a gradient mode: its key, all its numbers, and the switches that are on."""
    found = {name: getattr(value, name) for name in settings(type(value))}
    return {"key": value.key, **{name: setting for name, setting in found.items() if setting is not False}}


def settings(kind: type[Keyed]) -> list[str]:
    """The names of what can be set on a schedule or a gradient mode; η is the optimizer's."""
    return [field.name for field in dataclasses.fields(kind) if field.name != "learning_rate"]


def as_schedule(path: str, value: Any) -> Schedule | None:
    """The schedule that stands in a file; null for none."""
    return None if value is None else cast(Schedule, _keyed(path, value, schedule_named, "a schedule, such as cosine"))


def as_gradient(path: str, value: Any) -> GradientMode:
    """The gradient mode that stands in a file."""
    return cast(GradientMode, _keyed(path, value, gradient_named, "a gradient, such as central"))


def _keyed(path: str, value: Any, named: Callable[[str], Callable[..., Any]], what: str) -> Any:
    """Make what an object with a key and numbers describes; a key alone leaves all numbers at their defaults."""
    tree = {"key": value} if isinstance(value, str) else as_object(path, value)
    if "key" not in tree:
        raise GdsimError("{field} is missing: it names {what}", f"{path}.key", what=what)
    key = as_text(f"{path}.key", tree["key"])
    with ErrorPath(f"{path}.key"):
        kind = named(key)
    check_fields(tree, path, ["key", *settings(kind)])  # type: ignore[arg-type]
    values = {name: number for name, number in tree.items() if name != "key"}
    for name, number in values.items():
        if not isinstance(getattr(kind, name), bool):
            as_number(joined(path, name), number)
        # one at a time, so that the place of a wrong one is known
        with ErrorPath(joined(path, name)):
            kind(**{name: number})
    return kind(**values)
