"""The optimizers of an experiment ⇄ a list of objects of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gdsim.errors import GdsimError, shown
from gdsim.optimizers import Rule, rule_named
from gdsim.simulation.entry import Entry
from gdsim.simulation.shared_values import CLIP
from gdsim.storage.checking import (
    ErrorPath,
    as_list,
    as_number,
    as_number_or_null,
    as_object,
    as_setting,
    as_switch,
    as_text,
    check_fields,
    check_twice,
)
from gdsim.storage.keyed import as_schedule, keyed_tree

_FIELDS = ("key", "number", "name", "enabled", "values", "schedule", "clip")


def entries_tree(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Give what is written of entries: what is set on them, and numbers where they are not the usual ones."""
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.key, []).append(entry.number)
    # most have those that an experiment would give them
    otherwise = {key for key, own in numbers.items() if own != list(range(1, len(own) + 1))}
    return [_tree(entry, entry.key in otherwise) for entry in entries]


def _tree(entry: Entry, numbered: bool) -> dict[str, Any]:
    tree: dict[str, Any] = {"key": entry.key}
    if numbered and entry.number != Entry.number:
        tree["number"] = entry.number
    if entry.name:
        tree["name"] = entry.name
    # in the order of the rule, in whatever order they were set
    names = (hyper.name for hyper in rule_named(entry.key).hypers())
    tree |= {"enabled": entry.enabled, "values": {name: entry.values[name] for name in names if name in entry.values}}
    if entry.schedule is not None:
        tree["schedule"] = keyed_tree(entry.schedule)
    if entry.clip is not None:
        tree["clip"] = entry.clip
    return tree


def as_entries(path: str, value: Any) -> tuple[Entry, ...]:
    """Read the list of optimizers that stands in a file."""
    return tuple(_entry(f"{path}[{i}]", entry) for i, entry in enumerate(as_list(path, value)))


def _entry(path: str, value: Any) -> Entry:
    tree = as_object(path, value)
    check_fields(tree, path, _FIELDS)
    if "key" not in tree:
        raise GdsimError("{field} is missing: it names an optimizer, such as adam", f"{path}.key")
    key = as_text(f"{path}.key", tree["key"])
    enabled = as_switch(f"{path}.enabled", tree.get("enabled", True))
    values = as_object(f"{path}.values", tree.get("values", {}))
    check_twice(values, f"{path}.values")
    with ErrorPath(f"{path}.key"):
        rule = rule_named(key)
    _check_values(f"{path}.values", rule, values)
    schedule = as_schedule(f"{path}.schedule", tree.get("schedule"))
    clip = _clip(f"{path}.clip", tree.get("clip"), key)
    number = as_number(f"{path}.number", tree.get("number", Entry.number))
    name = as_text(f"{path}.name", tree.get("name", Entry.name))
    with ErrorPath(path):
        return Entry(key, values, enabled, schedule, clip, number, name)


def _check_values(path: str, rule: type[Rule], values: dict[str, Any]) -> None:
    """Raise `GdsimError` if a rule has no such hyperparameter, or it may not be so; the message has the path of it."""
    for name, setting in values.items():
        with ErrorPath(f"{path}.{shown(name)}") as place:
            rule.hyper(name)
        as_setting(place.path, setting)
        with place:
            rule.hyper(name).check(setting, rule.key)


def _clip(path: str, value: Any, key: str) -> float | None:
    length = as_number_or_null(path, value)
    with ErrorPath(path):
        return None if length is None else float(CLIP.check(length, key))
