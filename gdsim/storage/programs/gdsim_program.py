"""An experiment as a program with gdsim itself; see `torch_program` for one with torch.optim alone.

Nothing that a person typed is pasted into a program: names come from our tables or stand in quotes, numbers are printed
by Python, and a formula is read and checked before it is printed anew.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

from gdsim.errors import GdsimError
from gdsim.objectives import CentralDifference, ForwardDifference, Source
from gdsim.optimizers import Method, Rule
from gdsim.optimizers.described import Described
from gdsim.simulation.course import Lane
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.field import FieldKind
from gdsim.simulation.fields import FIELDS
from gdsim.storage.function_fields import written_bounds


def python_code(experiment: Experiment) -> str:
    """A program that runs the same race with ``import gdsim``; its `positions` are the same to the last bit."""
    lanes = racing(experiment)
    pairs = list(zip(experiment.racing, lanes, strict=True))
    clips = {lane.clip for lane in lanes}
    function, arguments = quoted(str(experiment.function)), list(_arguments(experiment))
    # `descend` cuts the gradients of all optimizers to one length, and calls them after their rules
    if len(clips) == 1 and not any(entry.name for entry in experiment.racing):
        made, run = "gdsim.descend", ""
        listed = "".join(f"        {_instance(entry, lane.rule)},\n" for entry, lane in pairs)
        arguments = [function, f"[\n{listed}    ]", *arguments]
        if clip := clips.pop():
            arguments.append(f"clip={clip!r}")
    else:
        made, run = "gdsim.Experiment", ".run()"
        listed = "".join(f"        {_entry(entry, lane)},\n" for entry, lane in pairs)
        arguments = [function, f"optimizers=(\n{listed}    )", *arguments]
    lines = "".join(f"    {argument},\n" for argument in arguments)
    return f"""\
import gdsim

race = {made}(
{lines}){run}
positions = race.positions  # (steps + 1, optimizers, coordinates, runs)

for rule, ends, outcomes in zip(race.rules, positions[-1], race.outcomes):
    for end, outcome in zip(ends.T.tolist(), outcomes):
        print(rule.key, *end, outcome)
"""


def racing(experiment: Experiment) -> tuple[Lane, ...]:
    """Lanes of those who take part, or `GdsimError` if there is nothing to write a program for."""
    if not isinstance(experiment.function, str):
        raise GdsimError(
            "function is a Python object: programs are written for built-in functions and formulas only", "function"
        )
    if not experiment.racing:
        raise GdsimError("there is no optimizer to write a program for: switch one on", "optimizers")
    return experiment.lanes


#: The order in which they stand there; one that is not named here comes last.
_ORDER = ("parameters", "start", "restarts", "data", "options", "batch", "seed", "bounds", "steps", "tolerance")


def _arguments(experiment: Experiment) -> Iterator[str]:
    """Write the fields that are not said with the function and the optimizers, as the table of fields says."""
    for field in sorted(FIELDS.values(), key=lambda field: (*_ORDER, field.name).index(field.name)):
        value = getattr(experiment, field.name)
        if field.kind is FieldKind.BOX:
            value = written_bounds(experiment)
        if field.in_program(field, experiment) and value is not None:
            yield f"{field.name}={_WRITERS.get(field.kind, repr)(value)}"


def _gradient(mode: CentralDifference | ForwardDifference) -> str:
    return f"gdsim.{type(mode).__name__}({mode.h!r})"


def _data(source: Source) -> str:
    """Call that makes the examples; a table by its path is read there too."""
    if not source.path or source.key:
        values = [(f.name, getattr(source, f.name)) for f in dataclasses.fields(source) if f.compare]
        values = [(name, value) for name, value in values if name != "checksum"]
        given = [f"{name}={value!r}" for name, value in values if value != getattr(Source, name)]
        return f"gdsim.Source({', '.join(given)})"
    given = [repr(source.path), f"features={source.features!r}", f"target={source.target!r}"]
    values = [(name, getattr(source, name)) for name in ("seed", "held_out", "checksum")]
    given += [f"{name}={value!r}" for name, value in values if value != getattr(Source, name)]
    if source.reading is None or source.reading.before:
        given.append("before=True")
    return f"gdsim.read_csv({', '.join(given)})[0]"


def _instance(entry: Entry, rule: Rule) -> str:
    """An optimizer as it is made: η always, with its own schedule; of the rest what is not the default."""
    if isinstance(rule, Method):
        return _made(rule)
    rate = repr(rule.learning_rate)  # type: ignore[attr-defined]  # every rule has one
    return _made(rule, learning_rate=_made(entry.schedule, rate) if entry.schedule else rate)


def _entry(entry: Entry, lane: Lane) -> str:
    """An entry with all that its rule shares or has of its own."""
    values = ", ".join(f"{quoted(name)}: {value!r}" for name, value in _set_on(lane.rule))
    arguments = [quoted(entry.key), "{" + values + "}"]
    if entry.schedule:
        arguments.append(f"schedule={_made(entry.schedule)}")
    arguments.append(f"clip={lane.clip!r}")
    if entry.name:
        arguments.append(f"name={quoted(entry.name)}")
    return f"gdsim.Entry({', '.join(arguments)})"


def _made(described: Described, *first: str, **instead: str) -> str:
    """Call that makes a rule or a schedule; `first` stands before its values, `instead` in place of some of them."""
    given = [f"{name}={instead.get(name, repr(value))}" for name, value in _set_on(described)]
    return f"gdsim.{type(described).__name__}({', '.join([*first, *given])})"


def _set_on(described: Described) -> list[tuple[str, float | bool]]:
    """Its η and, of the rest, what is not the default."""
    values = [(hyper, getattr(described, hyper.name)) for hyper in described.hypers()]
    return [(h.name, v) for h, v in values if h.name == "learning_rate" or repr(v) != repr(h.default)]


def quoted(text: str) -> str:
    """A text as Python writes it, in the quotes that the rest of the program has."""
    return json.dumps(text, ensure_ascii=False)


#: By kind: how a program writes a value that is not written as Python shows it.
_WRITERS: dict[FieldKind, Callable[[Any], str]] = {
    FieldKind.PARAMETERS: lambda values: repr(dict(values)),
    FieldKind.OPTIONS: lambda values: repr(dict(values)),
    FieldKind.SOURCE: _data,
    FieldKind.CHOICE: quoted,
    FieldKind.GRADIENT: _gradient,
    FieldKind.SCHEDULE: _made,
}
