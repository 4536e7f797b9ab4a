"""The heading of a race's tables: all that is not as usual, from the table of fields."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Collection, Iterator
from typing import Any

from gdsim.cli.readings import read_as
from gdsim.cli.terminal import counted, number
from gdsim.cli.values import option_words
from gdsim.errors import shown
from gdsim.objectives import MODEL_KEYS, Function, GradientMode, Source
from gdsim.objectives.formula.formula import read
from gdsim.objectives.surfaces.high_dimensional import DIMENSION
from gdsim.optimizers import Schedule
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.field import Field, FieldKind
from gdsim.simulation.fields import FIELDS

#: So many coordinates have columns of their own.
MOST_COLUMNS = 4
#: So many parameters that nobody has set are listed.
_MOST_LISTED = 12


def heading(experiment: Experiment, where: str = "", without: Collection[str] = ()) -> list[str]:
    """Lines about an experiment: the facts, how its formula was read, what nobody has set.

    Parameters
    ----------
    where
        Where it begins; "" for its start.
    without
        Fields that have no say.
    """
    return [_facts(experiment, where, without), *_reading(experiment), *_not_set(experiment)]


def start_text(experiment: Experiment) -> str:
    """Write the start of an experiment: "(-1.5, 2)"."""
    at = experiment.objective.start if experiment.start is None else experiment.start
    return f"({', '.join([*map(number, at[:MOST_COLUMNS]), *['…'] * (len(at) > MOST_COLUMNS)])})"


def _facts(experiment: Experiment, where: str, without: Collection[str]) -> str:
    objective = experiment.objective
    where = where or f"from {start_text(experiment)}"
    facts = [f"{objective.title or shown(objective.text)}{', ascent' * experiment.ascent} {where}"]
    for field in FIELDS.values():
        if field.name not in without and field.in_heading(field, experiment):
            facts += _WRITERS.get(field.kind, _plain)(field, experiment)
    return ", ".join(facts)


def _plain(field: Field, experiment: Experiment) -> Iterator[str]:
    value = getattr(experiment, field.name)
    if field.said_of_one and value == 1:
        yield field.said_of_one
    else:
        yield field.said.format(value=_value(field, value))


def _value(field: Field, value: Any) -> str:
    if isinstance(value, Schedule):
        settings = _settings(value)
        return value.key + f" with {settings}" * bool(settings)
    if isinstance(value, GradientMode):
        return f"{value.title.lower()} with {_settings(value)}"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int):
        return str(value)
    return f"{value:g}" if isinstance(value, float) else field.words.get(value, str(value))


def _settings(described: Schedule | GradientMode) -> str:
    """Settings as the command line takes them, without those that are off."""
    names = [field.name for field in dataclasses.fields(described) if field.name != "learning_rate"]
    values = {name: value for name in names if (value := getattr(described, name)) is not False}
    return ", ".join(name if value is True else f"{name} = {value:g}" for name, value in values.items())


def _parameters(field: Field, experiment: Experiment) -> Iterator[str]:
    for name, value in experiment.objective.parameters.items():
        if name in experiment.parameters:
            yield f"{name} = {value:g}"


def _examples(field: Field, experiment: Experiment) -> Iterator[str]:
    """The examples of a model, and the number of its parameters where that is not plain from its columns."""
    if experiment.function not in MODEL_KEYS:
        return
    from gdsim.objectives.data.lookup import dataset_of
    from gdsim.objectives.data.models.model_kinds import MODELS

    source = experiment.data or MODELS[str(experiment.function)].data
    name = source.key or (os.path.basename(source.path) if source.path else "a table")
    examples = dataset_of(source)
    drawn = {name: getattr(source, name) for name in ("noise", "seed")}
    settings = ", ".join(f"{name} {value:g}" for name, value in drawn.items() if value != getattr(Source, name))
    yield f"{counted(len(examples.train), 'example')} of {shown(name)}" + f" ({settings})" * bool(settings)
    if len(examples.held_out):
        yield f"{len(examples.held_out)} held out"
    parameters = len(experiment.objective.names)
    if parameters > MOST_COLUMNS:
        yield f"{parameters} parameters"


def _options(field: Field, experiment: Experiment) -> Iterator[str]:
    for name, value in experiment.options.items():
        yield f"{DIMENSION} {value}" if name == DIMENSION else f"{name} = {option_words(value)}"


def _bounds(field: Field, experiment: Experiment) -> Iterator[str]:
    pairs = experiment.bounds or ()
    # of many variables one pair stands for all, as on the command line, or the first few for the rest
    shown_pairs = pairs[:1] if len(pairs) > 2 and len(set(pairs)) == 1 else pairs[:MOST_COLUMNS]
    box = " × ".join(f"[{low:g}, {high:g}]" for low, high in shown_pairs)
    more = " × …" if len(shown_pairs) < len(pairs) and len(shown_pairs) > 1 else ""
    yield field.said.format(value=box + more)


#: By kind: how a heading says values that one text of the table cannot.
_WRITERS: dict[FieldKind, Callable[[Field, Experiment], Iterator[str]]] = {
    FieldKind.PARAMETERS: _parameters,
    FieldKind.SOURCE: _examples,
    FieldKind.OPTIONS: _options,
    FieldKind.BOX: _bounds,
}


def _reading(experiment: Experiment) -> list[str]:
    """The reading of a typed formula, where that is not plain: a line, or none."""
    function = experiment.objective
    if not isinstance(function, Function) or function.text != experiment.function:
        return []
    return [line] if (line := read_as(function)) else []


def _not_set(experiment: Experiment) -> list[str]:
    """The parameters of a formula that nobody has given a value, and those that look like coordinates: a line each."""
    values = experiment.objective.parameters if isinstance(experiment.objective, Function) else {}
    free = [name for name in values if name not in experiment.parameters]
    lines = [f"{name} is a parameter, not the coordinate {name.lower()}" for name in values if name in ("X", "Y")]
    if "z" in free and (head := read(experiment.objective.text).likely_head):
        lines.append(f"z is a parameter ({head} … makes it a coordinate)")
    if free:
        listed = ", ".join(f"{name} = {values[name]:g}" for name in free[:_MOST_LISTED])
        more = f" and {len(free) - _MOST_LISTED} more" if len(free) > _MOST_LISTED else ""
        lines.append(f"{listed}{more} (not set: --parameter {free[0]}=…)")
    return lines
