"""A tree of plain values ⇄ an experiment: which fields there are, and what each may hold."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import Any, cast

from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.objectives import GradientMode, gradient_named
from gdsim.optimizers import Schedule, rule_named, schedule_named
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.storage.migrations import MIGRATIONS, VERSION, migrated
from gdsim.storage.reading import Named

#: The most letters a title and a note may have.
_LONGEST = {"title": 200, "note": 10_000}


def to_tree(experiment: Experiment, title: str, note: str) -> dict[str, Any]:
    """Everything a file holds, in the order in which it is written."""
    return {
        "gdsim": VERSION,
        **{name: _checked_text(name, text) for name, text in (("title", title), ("note", note))},
        **{name: _plain(getattr(experiment, name)) for name in _FIELDS if hasattr(experiment, name)},
        "optimizers": [_entry_tree(entry) for entry in experiment.optimizers],
    }


def _plain(value: Any) -> Any:
    """A schedule or a gradient mode as an object with its key; anything else as it is."""
    if not dataclasses.is_dataclass(value):
        return value
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.name != "learning_rate"}
    return {"key": value.key, **fields}  # type: ignore[union-attr]


def _entry_tree(entry: Entry) -> dict[str, Any]:
    # in the order of the rule, in whatever order they were set
    names = (hyper.name for hyper in rule_named(entry.key).hypers())
    values = {name: entry.values[name] for name in names if name in entry.values}
    tree = {"key": entry.key, "enabled": entry.enabled, "values": values}
    own = {name: _plain(value) for name in ("schedule", "clip") if (value := getattr(entry, name)) is not None}
    return {**tree, **own}


def from_tree(tree: Any) -> tuple[Experiment, str, str]:
    """Check what was read from a file, and make an experiment, a title and a note of it.

    Raises
    ------
    GdsimError
        If anything in it is not what is allowed; the message names the field by its path.
    """
    if not isinstance(tree, dict):
        raise GdsimError("the file must hold one object in braces, not {given}", given=_given(tree))
    # an old file's own names are looked at first: two of a name would be one after renaming
    _check_twice(tree, "")
    tree = migrated(tree, _version(tree))
    _check_fields(tree, "", ["gdsim", *_FIELDS])
    given = {name: _FIELDS[name](name, value) for name, value in tree.items() if name != "gdsim"}
    title, note = given.pop("title", ""), given.pop("note", "")
    return Experiment(**given), title, note


def _version(tree: dict[str, Any]) -> int:
    if "gdsim" not in tree:
        raise GdsimError("the file has no field 'gdsim' with the number of its version: it is no file of gdsim")
    version = tree["gdsim"]
    if type(version) is not int or version < 0:
        raise GdsimError("gdsim must be the number of a version, such as {known}, not {given}", "gdsim",
                         known=VERSION, given=_given(version))  # fmt: skip
    if version != VERSION and version not in MIGRATIONS:
        raise GdsimError(
            "the file is of version {given}; this gdsim reads up to version {known}: install a newer one",
            "gdsim",
            given=_given(version),
            known=VERSION,
        )
    return version


# --- what a field may hold -------------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_number, value))


def _checker(is_right: Callable[[Any], bool], allowed: str) -> Callable[[str, Any], Any]:
    """A function of a path and a value, which it gives back if it is of the right type."""

    def check(path: str, value: Any) -> Any:
        if is_right(value):
            return value
        raise GdsimError("{field} must be {allowed}, not {given}", path, allowed=allowed, given=_given(value))

    return check


_text = _checker(lambda value: isinstance(value, str), "a text")
_number = _checker(_is_number, "a number")
_number_or_null = _checker(lambda value: value is None or _is_number(value), "a number or null")
_switch = _checker(lambda value: isinstance(value, bool), "true or false")
_setting = _checker(lambda value: isinstance(value, bool) or _is_number(value), "a number, true or false")
_point = _checker(lambda value: value is None or _is_numbers(value), "a list of numbers or null")
_box = _checker(
    lambda value: value is None or (isinstance(value, list) and all(map(_is_numbers, value))),
    "a list of pairs of numbers or null",
)
_list = _checker(lambda value: isinstance(value, list), "a list")
_object = _checker(lambda value: isinstance(value, dict), "an object in braces")


def _checked_text(path: str, value: Any) -> str:
    text: str = _text(path, value)
    if len(text) > _LONGEST[path]:
        raise GdsimError("{field} must have at most {most} letters, not {given}", path,
                         most=_LONGEST[path], given=len(text))  # fmt: skip
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise GdsimError("{field} must be text that can be written, without halves of letters", path)
    return text


def _entries(path: str, value: Any) -> tuple[Entry, ...]:
    return tuple(_entry(f"{path}[{i}]", entry) for i, entry in enumerate(_list(path, value)))


def _entry(path: str, value: Any) -> Entry:
    tree = _object(path, value)
    _check_fields(tree, path, ("key", "enabled", "values", "schedule", "clip"))
    if "key" not in tree:
        raise GdsimError("{field} is missing: it names an optimizer, such as adam", f"{path}.key")
    key = _text(f"{path}.key", tree["key"])
    enabled = _switch(f"{path}.enabled", tree.get("enabled", True))
    values = _object(f"{path}.values", tree.get("values", {}))
    _check_twice(values, f"{path}.values")
    with_path = _Place(f"{path}.key")
    with with_path:
        rule = rule_named(key)
    for name, setting in values.items():
        with_path.path = f"{path}.values.{shown(name)}"
        with with_path:
            rule.hyper(name)
        _setting(with_path.path, setting)
        with with_path:
            rule.hyper(name).check(setting, key)
    schedule = _schedule(f"{path}.schedule", tree.get("schedule"))
    clip = _number_or_null(f"{path}.clip", tree.get("clip"))
    with_path.path = path
    with with_path:
        return Entry(key, values, enabled, schedule, clip)


def _schedule(path: str, value: Any) -> Schedule | None:
    return None if value is None else cast(Schedule, _keyed(path, value, schedule_named))


def _gradient(path: str, value: Any) -> GradientMode:
    return cast(GradientMode, _keyed(path, value, gradient_named))


def _keyed(path: str, value: Any, named: Callable[[str], Callable[..., Any]]) -> Any:
    """What an object with a key and numbers describes, or a key alone."""
    tree = {"key": value} if isinstance(value, str) else _object(path, value)
    if "key" not in tree:
        raise GdsimError("{field} is missing", f"{path}.key")
    with _Place(f"{path}.key"):
        kind = named(_text(f"{path}.key", tree["key"]))
    _check_fields(tree, path, ["key", *(f.name for f in dataclasses.fields(kind) if f.name != "learning_rate")])  # type: ignore[arg-type]
    values = {name: _number(f"{path}.{name}", given) for name, given in tree.items() if name != "key"}
    with _Place(path):
        return kind(**values)


def _parameters(path: str, value: Any) -> dict[str, float]:
    tree = _object(path, value)
    _check_twice(tree, path)
    return {name: _number(f"{path}.{shown(name)}", given) for name, given in tree.items()}


#: By field of a file, in the order in which they are written: a function of its path and value.
_FIELDS: dict[str, Callable[[str, Any], Any]] = {
    "title": _checked_text,
    "note": _checked_text,
    "function": _text,
    "name": _text,
    "parameters": _parameters,
    "start": _point,
    "restarts": _number,
    "seed": _number,
    "steps": _number,
    "tolerance": _number,
    "learning_rate": _number_or_null,
    "momentum": _number_or_null,
    "bounds": _box,
    "direction": _text,
    "gradient": _gradient,
    "noise": _number,
    "schedule": _schedule,
    "clip": _number,
    "optimizers": _entries,
}


# --- telling where ---------------------------------------------------------------------------------------


class _Place:
    """Puts the path of a field before the sentence of an error that is raised inside."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, GdsimError):
            raise located(error, self.path) from error


def located(error: GdsimError, where: str) -> GdsimError:
    """The same error with a place before its sentence; the value `reason` is the error itself, to be translated."""
    return GdsimError("{where}: {reason}", error.field, where=where, reason=error)


def _check_fields(tree: dict[str, Any], path: str, known: Iterable[str]) -> None:
    _check_twice(tree, path)
    for name in tree:
        if name not in known:
            error = UnknownNameError("field", name, known, field=_joined(path, name))
            raise located(error, error.field) if path else error


def _check_twice(tree: dict[str, Any], path: str) -> None:
    if isinstance(tree, Named) and tree.twice is not None:
        raise GdsimError("{field} stands there twice", _joined(path, tree.twice))


def _joined(path: str, name: str) -> str:
    return f"{path}.{shown(name)}" if path else shown(name)


def _given(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object in braces" if isinstance(value, dict) else "a list"
    return shown(json.dumps(value, ensure_ascii=False))
