"""An experiment as a program with gdsim itself; see `torch_program` for one with torch.optim alone.

Nothing that a person typed is pasted into a program: names come from our tables or stand in quotes, numbers are printed
by Python, and a formula is read and checked before it is printed anew.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from gdsim.errors import GdsimError
from gdsim.objectives import MODEL_KEYS, CentralDifference, ForwardDifference, Source
from gdsim.optimizers import Rule
from gdsim.optimizers.described import Described
from gdsim.simulation.course import Lane
from gdsim.simulation.experiment import DEFAULT_STEPS, DEFAULT_TOLERANCE, Entry, Experiment
from gdsim.storage.fields import told_bounds


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


def _arguments(experiment: Experiment) -> Iterator[str]:
    """Arguments that are not the default, but for optimizers and clipping."""
    if experiment.parameters:
        yield f"parameters={dict(experiment.parameters)!r}"
    if experiment.start is not None:
        yield f"start={experiment.start!r}"
    if experiment.restarts:
        yield f"restarts={experiment.restarts}"
    if experiment.data is not None:
        yield f"data={_data(experiment.data)}"
    if experiment.options:
        yield f"options={dict(experiment.options)!r}"
    if experiment.batch:
        yield f"batch={experiment.batch}"
    # a network draws its first weights from it
    if experiment.restarts or experiment.noise or (experiment.seed and experiment.function in MODEL_KEYS):
        yield f"seed={experiment.seed}"
    if (bounds := told_bounds(experiment)) is not None:
        yield f"bounds={bounds!r}"
    if experiment.steps != DEFAULT_STEPS:
        yield f"steps={experiment.steps}"
    if experiment.tolerance != DEFAULT_TOLERANCE:
        yield f"tolerance={experiment.tolerance!r}"
    if experiment.ascent:
        yield 'direction="ascent"'
    if isinstance(experiment.gradient, CentralDifference | ForwardDifference):
        yield f"gradient=gdsim.{type(experiment.gradient).__name__}({experiment.gradient.h!r})"
    if experiment.noise:
        yield f"noise={experiment.noise!r}"
    if experiment.schedule is not None:
        yield f"schedule={_made(experiment.schedule)}"


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
    """A rule as it is made: η always, with its own schedule; of the rest what is not the default."""
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
