"""The experiment that the words of a command line describe."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from gdsim.checks import as_count
from gdsim.cli.command_line import names_file
from gdsim.cli.terminal import DIGITS, counted
from gdsim.cli.values import as_entry, as_gradient, as_number, as_parameters, as_schedule
from gdsim.errors import GdsimError, listed, shown
from gdsim.objectives import FUNCTIONS, MODEL_KEYS, objective_for
from gdsim.objectives.source import is_table
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.field import FieldKind
from gdsim.simulation.fields import FIELDS


def experiment(words: argparse.Namespace, choose: Callable[[Experiment], Entry | None] | None = None) -> Experiment:
    """Make the experiment that the options of `gdsim run`, or of a map, describe.

    What was not said is as in the file that is run, or is left to its default. With `choose`, the optimizer is the one
    that it finds in the file, if any.
    """
    if words.function is None:
        raise GdsimError(
            "gdsim {command} needs a function, such as rosenbrock, or a file; gdsim functions lists them",
            "function",
            command=words.command,
        )
    opened = _opened(words)
    function = str(opened.function) if opened else words.function
    chosen = choose(opened) if opened and choose else None
    if chosen is not None:
        words = argparse.Namespace(**{**vars(words), "optimizers": None})
    given = _given(words)
    if chosen is not None:
        given["optimizers"] = (chosen,)
    _read_model(words, function, given)
    if opened:  # what is given for some names leaves the others
        for name in ("parameters", "options"):
            if name in given:
                given[name] = {**getattr(opened, name), **given[name]}
    names = _names(opened, function, given)
    if words.start is not None:
        given["start"] = _numbers("start", words.start, names, ("-1.5", "2"))
    if words.bounds is not None:
        given["bounds"] = _bounds(words.bounds, names)
    # the words are still words where they were no numbers: the experiment refuses them, each by its name
    return dataclasses.replace(opened, **given) if opened else Experiment(words.function, **given)


def _opened(words: argparse.Namespace) -> Experiment | None:
    """The experiment in the file that is named; None if a function is."""
    # a name stays a name, whatever lies about in the folder
    if words.function in (*FUNCTIONS, *MODEL_KEYS) or not names_file(words.function):
        if words.table is not None:
            raise GdsimError("--table is for a saved experiment: name the file of a table with --data", "table")
        return None
    from gdsim.storage.files import open_file
    from gdsim.storage.sources import table_error

    if is_table(words.function):
        raise GdsimError(
            "{path} is a table: gdsim {command} linear --data {path}, or another model, is trained on it",
            "function",
            command=words.command,
            path=shown(words.function),
        )
    try:
        return open_file(words.function, words.table, pipes=True).experiment
    except GdsimError as error:
        if words.table is None and (lost := table_error(error)):
            ways = {
                "changed": "{reason}; --table {path} takes the table as it is now",
                "outside": "{reason}; --table {path} reads it all the same",
                "unreadable": "{reason}; --table FILE reads another in its place",
            }
            raise GdsimError(ways[lost.why], "table", reason=error, path=lost.path) from error
        raise


#: By kind, but for those that are asked about the function: how the words of an option are read.
_READERS: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.NAME: str,
    FieldKind.NUMBER: as_number,
    FieldKind.SHARED: as_number,
    FieldKind.CHOICE: str,
    FieldKind.SWITCH: bool,
    FieldKind.GRADIENT: as_gradient,
    FieldKind.SCHEDULE: as_schedule,
    FieldKind.PARAMETERS: as_parameters,
    FieldKind.OPTIMIZERS: lambda texts: tuple(map(as_entry, texts)),
}


def _given(words: argparse.Namespace) -> dict[str, Any]:
    """The fields of an experiment that options name, but for those that are read by the function."""
    return {
        name: _READERS[field.kind](given)
        for name, field in FIELDS.items()
        if field.kind in _READERS and (given := getattr(words, name)) is not None
    }


def _read_model(words: argparse.Namespace, function: str, given: dict[str, Any]) -> None:
    """Put into `given` the examples and options."""
    for name, option in (("target", words.column_option), ("features", "features")):
        if getattr(words, name) is not None and words.data is None:
            raise GdsimError("--{name} is for a table of your own: name its file with --data", name, name=option)
    if words.data is not None and function not in MODEL_KEYS:
        raise GdsimError(
            "--data is for a model on data ({models}), not for '{given}'",
            "data",
            models=", ".join(MODEL_KEYS),
            given=shown(function),
        )
    if words.data is None and words.options is None:
        return
    # what reads a model's words fetches the models
    from gdsim.cli.model_values import as_options, as_source

    if words.data is not None:
        given["data"] = as_source(words.data, words.target, words.features)
    if words.options is not None:
        given["options"] = as_options(function, words.options)


def _names(opened: Experiment | None, function: str, given: dict[str, Any]) -> tuple[str, ...]:
    """The names of the coordinates."""
    if function not in MODEL_KEYS and "options" not in given:
        return (opened.objective if opened else objective_for(function, given.get("parameters"))).names
    described = {name: given[name] for name in ("data", "options") if name in given}
    # where it starts and what is looked at may not fit another model
    plain = Experiment(function) if opened is None else dataclasses.replace(opened, start=None, bounds=None)
    return dataclasses.replace(plain, **described).objective.names


def digits(words: argparse.Namespace) -> int:
    """The number of significant digits that the table shall show."""
    return DIGITS if words.digits is None else as_count(as_number(words.digits), "digits", 1, 17)


def _bounds(text: str, names: Sequence[str]) -> tuple[tuple[int | float | str, int | float | str], ...]:
    if len(names) > 2 and text.count(",") == 1:  # the same for all
        text = ",".join([text] * len(names))
    ends = [f"{name} {end}" for name in names for end in ("low", "high")]
    flat = _numbers("bounds", text, ends, ("-2", "2", "-1", "3"))
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def _numbers(option: str, text: str, names: Sequence[str], example: Sequence[str]) -> tuple[int | float | str, ...]:
    values = text.split(",")
    if len(values) != len(names):
        raise GdsimError(
            "--{field} must be {count} ({names}), such as --{field}={example}, not '{given}'",
            option,
            count=counted(len(names), "number"),
            names=listed(names),
            example=",".join((*example, *["0"] * len(names))[: min(len(names), 6)]) + ",…" * (len(names) > 6),
            given=text,
        )
    return tuple(map(as_number, values))
