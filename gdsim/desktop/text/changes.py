"""The difference between two experiments in words, from the table of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.edits.model_edits import effective_source, source_title
from gdsim.desktop.text.change import Change, from_to
from gdsim.desktop.text.entry_changes import entry_changes, schedule_changes
from gdsim.desktop.text.function_phrases import function_name, option_title
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import gradient_text
from gdsim.desktop.text.value_phrases import option_text, point_text, value_text
from gdsim.objectives import Source
from gdsim.objectives.surfaces.high_dimensional import DIMENSION, FEWEST
from gdsim.optimizers import Constant
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.field import Field, FieldKind
from gdsim.simulation.fields import FIELDS

_CONSTANT = Constant()
#: What comes with other examples or another model: start, bounds and scale are no changes of their own then.
_COMES_WITH_MODEL = ("start", "bounds", "options.standardise")


def apart_from_start(experiment: Experiment) -> tuple[object, ...]:
    """All that an experiment says but its start: two that are alike in it look the same to who does not show that."""
    return tuple([getattr(experiment, name) for name in FIELDS if name != "start"])


def change_between(before: Experiment, after: Experiment) -> Change:
    """Describe the step from one experiment to another."""
    if before.function != after.function:
        # parameters and a name, or data and options, come with it
        return next(_function(FIELDS["function"], before, after))
    found = [
        change
        for field in FIELDS.values()
        if getattr(before, field.name) != getattr(after, field.name)
        for change in _WRITERS.get(field.kind, _value)(field, before, after)
    ]
    if len(found) == 1:
        return found[0]
    of_model = [change for change in found if change.what.startswith(("data", "options"))]
    if of_model and all(change is of_model[0] or change.what in _COMES_WITH_MODEL for change in found):
        return of_model[0]
    return Change("several", _tr("several values"))


def _value(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    """The change of a number, a choice, a switch."""
    yield from_to(field.name, _tr(field.label), *(value_text(field, getattr(e, field.name)) for e in (before, after)))


def _function(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    yield from_to(field.name, _tr(field.label), *(function_name(e.objective) for e in (before, after)))


def _parameters(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    old, new = (getattr(e.objective, "parameters", {}) for e in (before, after))
    for name in new:
        if old.get(name) != new[name]:
            label = _tr(field.label).format(name=name)
            yield from_to(f"{field.name}.{name}", label, *(show_typed(values[name]) for values in (old, new)))


def _options(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    for name in dict.fromkeys((*before.options, *after.options)):
        old, new = (e.options.get(name, FEWEST if name == DIMENSION else None) for e in (before, after))
        if old != new:
            yield from_to(f"{field.name}.{name}", option_title(name), option_text(old), option_text(new))


def _source(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    old, new = effective_source(before), effective_source(after)
    if old.key != new.key and old.key and new.key:
        yield from_to(field.name, _tr(field.label), source_title(old), source_title(new))
    elif old.rows != new.rows or old.key != new.key:
        yield Change(f"{field.name}.rows", _rows_text(old, new))
    else:
        yield from _settings_of_source(old, new)


def _rows_text(old: Source, new: Source) -> str:
    if not new.rows:
        return _tr("data {name}").format(name=source_title(new))
    more = len(new.rows) - len(old.rows) if old.rows else 0
    if not more:
        return _tr("examples moved")
    return _tr("examples added") if more > 0 else _tr("examples taken away")


def _settings_of_source(old: Source, new: Source) -> Iterator[Change]:
    labels = {
        "count": _tr("data count"),
        "noise": _tr("data noise"),
        "seed": _tr("data seed"),
        "held_out": _tr("held out"),
    }
    for name, label in labels.items():
        values = [getattr(source, name) for source in (old, new)]
        if values[0] != values[1]:
            yield from_to(f"data.{name}", label, *(_tr("default") if v is None else show_typed(v) for v in values))


def _start(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    yield from_to(field.name, _tr(field.label), *(point_text(e.start or e.objective.start) for e in (before, after)))


def _bounds(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    yield Change(field.name, _tr(field.label))  # four numbers are no sentence


def _gradient(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    old, new = before.gradient, after.gradient
    if type(old) is not type(new):
        yield from_to(field.name, _tr(field.label), gradient_text(old), gradient_text(new))
    else:
        yield from_to(f"{field.name}.h", "h", *(show_typed(mode.h) for mode in (old, new)))  # type: ignore[union-attr]


def _schedule(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    # without one, η is constant
    schedules = [getattr(e, field.name) or _CONSTANT for e in (before, after)]
    yield from schedule_changes(field.name, _tr(field.label), *schedules)


def _optimizers(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    yield from entry_changes(before, after)


def _tuning(field: Field, before: Experiment, after: Experiment) -> Iterator[Change]:
    yield Change(field.name, _tr(field.label))  # a page of numbers is no sentence


#: By kind: how the history tells values that are no single number or word.
_WRITERS: dict[FieldKind, Callable[[Field, Experiment, Experiment], Iterator[Change]]] = {
    FieldKind.FUNCTION: _function,
    FieldKind.NAME: _function,
    FieldKind.PARAMETERS: _parameters,
    FieldKind.OPTIONS: _options,
    FieldKind.SOURCE: _source,
    FieldKind.POINT: _start,
    FieldKind.BOX: _bounds,
    FieldKind.GRADIENT: _gradient,
    FieldKind.SCHEDULE: _schedule,
    FieldKind.OPTIMIZERS: _optimizers,
    FieldKind.TUNING: _tuning,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Change", text)
