"""The settings of an experiment in a line or two, from the table of fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.edits.model_edits import effective_source, is_model, source_title
from gdsim.desktop.text.function_phrases import function_text, is_of_weights, option_title
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import gradient_text, name_text, rule_text, schedule_text
from gdsim.desktop.text.value_phrases import box_text, option_text, value_text
from gdsim.objectives import GradientMode
from gdsim.optimizers import OPTIMIZERS, Schedule
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.field import Field, FieldKind
from gdsim.simulation.fields import FIELDS


def title_of(experiment: Experiment) -> str:
    """The function, by name and formula."""
    return function_text(experiment.objective)


def caption_of(experiment: Experiment, without: Collection[str] = ()) -> str:
    """All that is needed to do it again, beside the function that `title_of` tells, `without` some fields."""
    facts: list[str] = []
    for field in FIELDS.values():
        if field.name not in without and field.in_caption(field, experiment):
            facts += _WRITERS.get(field.kind, _fact)(field, experiment)
    return "; ".join(facts)


def _fact(field: Field, experiment: Experiment) -> Iterator[str]:
    value = getattr(experiment, field.name)
    if field.said_of_one and value == 1:
        yield _tr(field.said_of_one)
    else:
        yield _said(field, _value(field, value))


def _value(field: Field, value: Any) -> str:
    if isinstance(value, GradientMode):
        return gradient_text(value)
    return schedule_text(value) if isinstance(value, Schedule) else value_text(field, value)


def _said(field: Field, value: str) -> str:
    return _tr(field.said).format(value=value)


def _parameters(field: Field, experiment: Experiment) -> Iterator[str]:
    for name, value in getattr(experiment.objective, "parameters", {}).items():
        yield f"{name} = {show_typed(value)}"


def _examples(field: Field, experiment: Experiment) -> Iterator[str]:
    """The examples of a model and what was chosen about them, those it shows itself on if none were chosen."""
    if not is_model(experiment):
        return
    from gdsim.objectives.data.lookup import dataset_of

    source = effective_source(experiment)
    examples = dataset_of(source)
    text = _tr("{count} examples of {name}").format(count=len(examples.train), name=source_title(source))
    if source.noise is not None:
        text += ", " + _tr("noise {value}").format(value=show_typed(source.noise))
    if source.seed:
        text += ", " + _tr("seed {value}").format(value=source.seed)
    if not source.key:
        text += ", " + _tr("{target} learned").format(target=source.target)
    yield text
    if len(examples.held_out):
        yield _tr("{count} held out").format(count=len(examples.held_out))


def _options(field: Field, experiment: Experiment) -> Iterator[str]:
    for name, value in experiment.options.items():
        yield f"{option_title(name)} {option_text(value)}"


def _start(field: Field, experiment: Experiment) -> Iterator[str]:
    start = experiment.start or experiment.objective.start
    if len(start) <= 2:
        yield _said(field, ", ".join(map(show_typed, start)))
    else:
        weights = is_of_weights(experiment.objective)
        yield (_tr("{count} weights") if weights else _tr("{count} coordinates")).format(count=len(start))


def _bounds(field: Field, experiment: Experiment) -> Iterator[str]:
    if experiment.bounds:
        yield _said(field, box_text(experiment.bounds))


def _optimizers(field: Field, experiment: Experiment) -> Iterator[str]:
    """The settings of single optimizers."""
    for entry in experiment.racing:
        namesakes = [other for other in experiment.racing if other.key == entry.key]
        # one of several is told even where nothing is set on it: there are more than one
        if (facts := list(_set_on(entry))) or len(namesakes) > 1:
            facts = facts or [_tr("nothing of its own")]
            yield f"{_called(experiment, entry)}: {', '.join(facts)}"


def _called(experiment: Experiment, entry: Entry) -> str:
    """Its name and, where that was typed, its rule; values that tell it apart follow anyway."""
    name = replace(experiment.names[entry.id], facts=())
    return f"{entry.name} ({rule_text(entry.key)})" if entry.name else name_text(name)


def _set_on(entry: Entry) -> Iterator[str]:
    for name, value in entry.values.items():
        yield f"{OPTIMIZERS[entry.key].hyper(name).symbol} = {show_typed(float(value))}"
    if entry.schedule is not None:
        yield _said(FIELDS["schedule"], schedule_text(entry.schedule))
    if entry.clip is not None:
        yield _said(FIELDS["clip"], show_typed(entry.clip)) if entry.clip else _tr("gradient not cut")


#: By kind: how a caption says values that one text of the table cannot.
_WRITERS: dict[FieldKind, Callable[[Field, Experiment], Iterator[str]]] = {
    FieldKind.PARAMETERS: _parameters,
    FieldKind.SOURCE: _examples,
    FieldKind.OPTIONS: _options,
    FieldKind.POINT: _start,
    FieldKind.BOX: _bounds,
    FieldKind.OPTIMIZERS: _optimizers,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Caption", text)
