"""A tree of plain values ⇄ an experiment: which fields there are, and what each may hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from gdsim.checks import as_float
from gdsim.errors import GdsimError, UnknownNameError, shown
from gdsim.objectives import FUNCTIONS, MODEL_KEYS, Source, objective_for
from gdsim.objectives.formula.reading.words import canonical
from gdsim.objectives.surfaces.high_dimensional import checked_options
from gdsim.objectives.surfaces.lookup import DEFAULT_BOUNDS, asked_in
from gdsim.optimizers import Schedule, rule_named
from gdsim.simulation.experiment import CLIP, Entry, Experiment, without_idle
from gdsim.storage.checking import (
    Place,
    as_box,
    as_list,
    as_number,
    as_number_or_null,
    as_object,
    as_point,
    as_setting,
    as_switch,
    as_text,
    check_fields,
    check_twice,
    joined,
    located,
    told,
)
from gdsim.storage.keyed import as_gradient, as_schedule, keyed_tree
from gdsim.storage.migrations import MIGRATIONS, VERSION, migrated
from gdsim.storage.sources import Trusted, as_source, source_tree

#: Since this version a formula has bounds of its own; before, −5 … 5 was meant where no bounds were told.
_OWN_BOUNDS = 2
#: The most letters a title and a note may have.
_LONGEST = {"title": 200, "note": 10_000}


#: What is written only where it is not the default, so that the file of a plain race stays short.
_RARE = ("name", "parameters", "data", "options", "batch", "direction", "gradient", "noise", "schedule", "clip")


def to_tree(experiment: Experiment, title: str, note: str, folder: str | None = None) -> dict[str, Any]:
    """Everything that a file in `folder` holds, in the order in which it is written.

    Raises
    ------
    GdsimError
        If the experiment or a text is none that a file can hold.
    """
    if not isinstance(experiment.function, str):
        raise GdsimError(
            "function is a Python object, which no file can hold: only built-in functions and formulas can be saved",
            "function",
        )
    written = [f.name for f in dataclasses.fields(experiment) if not _is_left_out(experiment, f)]
    return {
        "gdsim": VERSION,
        **{name: _checked_text(name, text) for name, text in (("title", title), ("note", note))},
        **{name: _plain(getattr(experiment, name), folder) for name in _FIELDS if name in written},
        "bounds": told_bounds(experiment),
        "optimizers": _entries_tree(without_idle(experiment.optimizers)),
    }


def told_bounds(experiment: Experiment) -> tuple[tuple[float, float], ...] | None:
    """Those of a formula are told even where they are its own.

    An earlier version had −5 … 5 for all, and what a later one finds for it may be another box.
    """
    if experiment.bounds is None and _is_formula(str(experiment.function)):
        return tuple((low, high) for low, high in experiment.objective.bounds.tolist())
    return experiment.bounds


def _is_formula(function: str) -> bool:
    return function not in MODEL_KEYS and function not in FUNCTIONS


def _is_left_out(experiment: Experiment, field: dataclasses.Field[Any]) -> bool:
    default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return field.name in _RARE and bool(getattr(experiment, field.name) == default)


def _plain(value: Any, folder: str | None = None) -> Any:
    if isinstance(value, Source):
        return source_tree(value, folder)
    return keyed_tree(value) if dataclasses.is_dataclass(value) else value  # type: ignore[arg-type]


def _entries_tree(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.key, []).append(entry.number)
    # most have those that an experiment would give them
    otherwise = {key for key, own in numbers.items() if own != list(range(1, len(own) + 1))}
    return [_entry_tree(entry, entry.key in otherwise) for entry in entries]


def _entry_tree(entry: Entry, numbered: bool) -> dict[str, Any]:
    # in the order of the rule, in whatever order they were set
    names = (hyper.name for hyper in rule_named(entry.key).hypers())
    values = {name: entry.values[name] for name in names if name in entry.values}
    own = {name: _plain(value) for name in ("schedule", "clip") if (value := getattr(entry, name)) is not None}
    told: dict[str, Any] = {"number": entry.number} if numbered and entry.number != Entry.number else {}
    told |= {"name": entry.name} if entry.name else {}
    return {"key": entry.key, **told, "enabled": entry.enabled, "values": values, **own}


def from_tree(
    tree: Any, folder: str | None = None, table: str | None = None, trusted: Trusted | None = None
) -> tuple[Experiment, str, str]:
    """Check what was read from a file in `folder`, and make an experiment, a title and a note of it.

    A `table` is read, as it is now, in place of the one that the file names by its path; see `as_source`.

    Raises
    ------
    GdsimError
        If anything in it is not what is allowed; the message names the field by its path.
    """
    if not isinstance(tree, dict):
        raise GdsimError("the file must hold one object in braces, not {given}", given=told(tree))
    # an old file's own names are looked at first: two of a name would be one after renaming
    check_twice(tree, "")
    version = _version(tree)
    tree = migrated(tree, version)
    check_fields(tree, "", ["gdsim", *_FIELDS])
    data = as_source("data", tree.pop("data", None), folder, table, trusted)
    given = {name: _FIELDS[name](name, value) for name, value in tree.items() if name != "gdsim"}
    title, note = given.pop("title", ""), given.pop("note", "")
    function = given.get("function", Experiment.function)
    if function not in MODEL_KEYS:
        _check_function(function, given.get("parameters", {}))
    _check_options(function, given.get("options", {}))
    if _is_formula(function):
        given["bounds"] = _bounds_of_formula(function, given.get("parameters", {}), given.get("bounds"), version)
    return Experiment(**given, data=data), title, note


def _bounds_of_formula(text: str, parameters: dict[str, float], told: Any, version: int) -> Any:
    """Those of a file; None if they are those that the formula has of itself."""
    own = objective_for(text, parameters)
    if told is None:
        if version >= _OWN_BOUNDS:
            return None
        told = (DEFAULT_BOUNDS,) * own.dimension
    return None if [list(pair) for pair in told] == own.bounds.tolist() else told


def _version(tree: dict[str, Any]) -> int:
    if "gdsim" not in tree:
        raise GdsimError("the file has no field 'gdsim' with the number of its version: it is no file of gdsim")
    version = tree["gdsim"]
    if type(version) is not int or version < 0:
        raise GdsimError(
            "gdsim must be the number of a version, such as {known}, not {given}",
            "gdsim",
            known=VERSION,
            given=told(version),
        )
    if version != VERSION and version not in MIGRATIONS:
        raise GdsimError(
            "the file is of version {given}; this gdsim reads up to version {known}: install a newer one",
            "gdsim",
            given=told(version),
            known=VERSION,
        )
    return version


def _check_function(function: str, parameters: dict[str, float]) -> None:
    """Raise `GdsimError` if a text is no function, or has no parameter of such a name; nothing of it is evaluated."""
    given = {canonical(name): value for name, value in parameters.items()}
    try:
        objective = objective_for(function, {name: given[name] for name in asked_in(function) if name in given})
    except UnknownNameError:
        raise
    except GdsimError as error:
        raise located(error, "function") from error
    for name in parameters:
        if canonical(name) not in objective.parameters:
            path, known = joined("parameters", name), objective.parameters
            unknown = UnknownNameError("parameter", name, known, field=path)
            raise located(unknown, path) if known else GdsimError("{field}: the function has no parameters", path)


def _check_options(function: str, options: dict[str, Any]) -> None:
    """Raise `GdsimError` if a function has no such option, or one may not be so."""
    for name, value in options.items():
        path = joined("options", name)
        if function not in MODEL_KEYS:
            as_number(path, value)
        with Place(path):
            if function in MODEL_KEYS:
                from gdsim.objectives.data.models.model_kinds import MODELS

                MODELS[function].option(name).check(value, function)
            else:
                checked_options(function, {name: value})


def _checked_text(path: str, value: Any) -> str:
    text: str = as_text(path, value)
    if len(text) > _LONGEST[path]:
        raise GdsimError(
            "{field} must have at most {most} letters, not {given}", path, most=_LONGEST[path], given=len(text)
        )
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise GdsimError("{field} must be text that can be written, without halves of letters", path)
    return text


def _parameters(path: str, value: Any) -> dict[str, float]:
    tree = as_object(path, value)
    check_twice(tree, path)
    return {name: as_float(as_number(joined(path, name), number), joined(path, name)) for name, number in tree.items()}


def _options(path: str, value: Any) -> dict[str, Any]:
    tree: dict[str, Any] = as_object(path, value)
    check_twice(tree, path)
    return tree


def _entries(path: str, value: Any) -> tuple[Entry, ...]:
    return tuple(_entry(f"{path}[{i}]", entry) for i, entry in enumerate(as_list(path, value)))


def _entry(path: str, value: Any) -> Entry:
    tree = as_object(path, value)
    check_fields(tree, path, ("key", "number", "name", "enabled", "values", "schedule", "clip"))
    if "key" not in tree:
        raise GdsimError("{field} is missing: it names an optimizer, such as adam", f"{path}.key")
    key = as_text(f"{path}.key", tree["key"])
    enabled = as_switch(f"{path}.enabled", tree.get("enabled", True))
    values = as_object(f"{path}.values", tree.get("values", {}))
    check_twice(values, f"{path}.values")
    with_path = Place(f"{path}.key")
    with with_path:
        rule = rule_named(key)
    for name, setting in values.items():
        with_path.path = f"{path}.values.{shown(name)}"
        with with_path:
            rule.hyper(name)
        as_setting(with_path.path, setting)
        with with_path:
            rule.hyper(name).check(setting, key)
    schedule: Schedule | None = as_schedule(f"{path}.schedule", tree.get("schedule"))
    clip = as_number_or_null(f"{path}.clip", tree.get("clip"))
    with_path.path = f"{path}.clip"
    with with_path:
        clip = clip if clip is None else float(CLIP.check(clip, key))
    number = as_number(f"{path}.number", tree.get("number", Entry.number))
    name = as_text(f"{path}.name", tree.get("name", Entry.name))
    with_path.path = path
    with with_path:
        return Entry(key, values, enabled, schedule, clip, number, name)


#: By field of a file, in the order in which they are written: a function of its path and value.
_FIELDS: dict[str, Callable[[str, Any], Any]] = {
    "title": _checked_text,
    "note": _checked_text,
    "function": as_text,
    "name": as_text,
    "parameters": _parameters,
    "data": as_object,  # read by itself, for it may name another file
    "options": _options,
    "batch": as_number,
    "start": as_point,
    "restarts": as_number,
    "seed": as_number,
    "steps": as_number,
    "tolerance": as_number,
    "learning_rate": as_number_or_null,
    "momentum": as_number_or_null,
    "bounds": as_box,
    "direction": as_text,
    "gradient": as_gradient,
    "noise": as_number,
    "schedule": as_schedule,
    "clip": as_number,
    "optimizers": _entries,
}
