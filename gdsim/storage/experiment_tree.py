"""A tree of plain values ⇄ an experiment: how files hold the fields of each kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdsim.errors import GdsimError
from gdsim.simulation.entry import without_idle
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.field import Field, FieldKind
from gdsim.simulation.fields import FIELDS
from gdsim.storage.checking import (
    as_box,
    as_number,
    as_number_or_null,
    as_object,
    as_point,
    as_switch,
    as_text,
    check_fields,
    check_twice,
    json_text,
)
from gdsim.storage.entries import as_entries, entries_tree
from gdsim.storage.function_fields import (
    as_options,
    as_parameters,
    bounds_of_formula,
    check_function,
    check_options,
    is_formula,
    written_bounds,
)
from gdsim.storage.keyed import as_gradient, as_schedule, keyed_tree
from gdsim.storage.migrations import MIGRATIONS, VERSION, migrated
from gdsim.storage.sources import Trusted, as_source, source_tree
from gdsim.storage.tunings import as_tuning, tuning_tree

#: What stands in a file beside the experiment, and the most letters that it may have.
_LONGEST = {"title": 200, "note": 10_000}

#: By kind: a function of the path and the value that stands in a file.
_READERS: dict[FieldKind, Callable[[str, Any], Any]] = {
    FieldKind.FUNCTION: as_text,
    FieldKind.NAME: as_text,
    FieldKind.PARAMETERS: as_parameters,
    FieldKind.SOURCE: as_object,  # read by itself, for it may name another file
    FieldKind.OPTIONS: as_options,
    FieldKind.NUMBER: as_number,
    FieldKind.SHARED: as_number_or_null,
    FieldKind.CHOICE: as_text,
    FieldKind.SWITCH: as_switch,
    FieldKind.POINT: as_point,
    FieldKind.BOX: as_box,
    FieldKind.GRADIENT: as_gradient,
    FieldKind.SCHEDULE: as_schedule,
    FieldKind.OPTIMIZERS: as_entries,
    FieldKind.TUNING: as_tuning,
}


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
    written = [field for field in FIELDS.values() if field.in_file(field, experiment)]
    return {
        "gdsim": VERSION,
        **{name: _checked_text(name, text) for name, text in (("title", title), ("note", note))},
        **{field.name: _plain(field, experiment, folder) for field in written},
    }


def _plain(field: Field, experiment: Experiment, folder: str | None) -> Any:
    """The value of a field as JSON has it."""
    value = getattr(experiment, field.name)
    if field.kind is FieldKind.BOX:
        return written_bounds(experiment)
    if field.kind is FieldKind.OPTIMIZERS:
        return entries_tree(without_idle(value))
    if value is not None and field.kind is FieldKind.TUNING:
        return tuning_tree(value)
    if value is not None and field.kind is FieldKind.SOURCE:
        return source_tree(value, folder)
    return keyed_tree(value) if value is not None and field.kind in (FieldKind.SCHEDULE, FieldKind.GRADIENT) else value


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
        raise GdsimError("the file must hold one object in braces, not {given}", given=json_text(tree))
    # an old file's own names are looked at first: two of a name would be one after renaming
    check_twice(tree, "")
    version = _version(tree)
    tree = migrated(tree, version)
    check_fields(tree, "", ["gdsim", *_LONGEST, *FIELDS])
    data = as_source("data", tree.pop("data", None), folder, table, trusted)
    title, note = (_checked_text(name, tree.get(name, "")) for name in _LONGEST)
    given = {name: _READERS[FIELDS[name].kind](name, value) for name, value in tree.items() if name in FIELDS}
    function, parameters = given.get("function", Experiment.function), given.get("parameters", {})
    check_function(function, parameters)
    check_options(function, given.get("options", {}))
    if is_formula(function):
        given["bounds"] = bounds_of_formula(function, parameters, given.get("bounds"), version)
    return Experiment(**given, data=data), title, note


def _version(tree: dict[str, Any]) -> int:
    if "gdsim" not in tree:
        raise GdsimError("the file has no field 'gdsim' with the number of its version: it is no file of gdsim")
    version = tree["gdsim"]
    if type(version) is not int or version < 0:
        raise GdsimError(
            "gdsim must be the number of a version, such as {known}, not {given}",
            "gdsim",
            known=VERSION,
            given=json_text(version),
        )
    if version != VERSION and version not in MIGRATIONS:
        raise GdsimError(
            "the file is of version {given}; this gdsim reads up to version {known}: install a newer one",
            "gdsim",
            given=json_text(version),
            known=VERSION,
        )
    return version


def _checked_text(path: str, value: Any) -> str:
    text: str = as_text(path, value)
    if len(text) > _LONGEST[path]:
        raise GdsimError(
            "{field} must have at most {most} letters, not {given}", path, most=_LONGEST[path], given=len(text)
        )
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise GdsimError("{field} must be text that can be written, without halves of letters", path)
    return text
