"""What differs between two experiments, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.edits.model_edits import effective_source, source_title
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import choice_text, function_name, gradient_text, known_text, name_text, option_title
from gdsim.objectives import Source
from gdsim.objectives.surfaces.high_dimensional import DIMENSION, FEWEST
from gdsim.optimizers import OPTIMIZERS, Constant, Schedule
from gdsim.simulation.experiment import SHARED, Entry, Experiment
from gdsim.simulation.names import Name, parts_of

_CONSTANT = Constant()
#: Of many coordinates so many are told.
_FIRST = 3


@dataclass(frozen=True)
class Change:
    """One change of an experiment.

    Attributes
    ----------
    what
        Which value it is about; two changes of the same can be told as one.
    text
        In words: "η 0.01 → 0.1".
    """

    what: str
    text: str


def apart_from_start(experiment: Experiment) -> tuple[object, ...]:
    """All that an experiment says but its start: two that are alike in it look the same to who does not show that."""
    return tuple(getattr(experiment, each.name) for each in fields(experiment) if each.name != "start")


def change_between(before: Experiment, after: Experiment) -> Change:
    """Describe the step from one experiment to another."""
    found = [*_function(before, after), *_fields(before, after), *_step(before, after)]
    if before.optimizers != after.optimizers:
        found += _entries(before, after)
    if len(found) == 1:
        return found[0]
    if before.function != after.function:
        return next(change for change in found if change.what == "function")
    of_model = [change for change in found if change.what.startswith(("data", "options"))]
    with_it = ("start", "bounds", "options.standardise")
    if of_model and all(change is of_model[0] or change.what in with_it for change in found):
        return of_model[0]  # start, bounds and scale come with it
    return Change("several", _tr("several values"))


def _function(before: Experiment, after: Experiment) -> Iterator[Change]:
    if before.function != after.function:
        yield _told("function", _tr("function"), *(function_name(e.objective) for e in (before, after)))
        # other parameters and another name, or data and options, come with it
        return
    yield from _model(before, after)
    if before.name != after.name:
        yield _told("name", _tr("name"), *(function_name(e.objective) for e in (before, after)))
    if before.parameters != after.parameters:
        old, new = (getattr(e.objective, "parameters", {}) for e in (before, after))
        for name in new:
            if old.get(name) != new[name]:
                label = _tr("parameter {name}").format(name=name)
                yield _told(f"parameters.{name}", label, *(show_typed(values[name]) for values in (old, new)))


def _model(before: Experiment, after: Experiment) -> Iterator[Change]:
    """Examples and options of a model; the function is the same."""
    if before.data != after.data:
        yield from _data(effective_source(before), effective_source(after))
    for name in dict.fromkeys((*before.options, *after.options)):
        old, new = (e.options.get(name, FEWEST if name == DIMENSION else None) for e in (before, after))
        if old != new:
            yield _told(f"options.{name}", option_title(name), _option(old), _option(new))


def _data(old: Source, new: Source) -> Iterator[Change]:
    if old.key != new.key and old.key and new.key:
        yield _told("data", _tr("data"), source_title(old), source_title(new))
        return
    if old.rows != new.rows or old.key != new.key:
        words = {-1: _tr("examples taken away"), 0: _tr("examples moved"), 1: _tr("examples added")}
        counts = [len(source.rows) for source in (old, new)]
        more = (counts[1] > counts[0]) - (counts[1] < counts[0]) if old.rows and new.rows else 0
        yield Change("data.rows", words[more] if new.rows else _tr("data {name}").format(name=source_title(new)))
        return
    labels = {
        "count": _tr("data count"),
        "noise": _tr("data noise"),
        "seed": _tr("data seed"),
        "held_out": _tr("held out"),
    }
    for name, label in labels.items():
        values = [getattr(source, name) for source in (old, new)]
        if values[0] != values[1]:
            yield _told(f"data.{name}", label, *(_tr("default") if v is None else show_typed(v) for v in values))


def _option(value: object) -> str:
    if value is None:
        return _tr("default")
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return choice_text(value) if isinstance(value, str) else _setting(value)  # type: ignore[arg-type]


def _fields(before: Experiment, after: Experiment) -> Iterator[Change]:
    if before.direction != after.direction:
        words = {"descent": _tr("descent"), "ascent": _tr("ascent")}
        yield _told("direction", _tr("direction"), *(words[e.direction] for e in (before, after)))
    if before.start != after.start:
        yield _told("start", _tr("start"), *(_point(e.start or e.objective.start) for e in (before, after)))
    labels = {
        "restarts": _tr("restarts"),
        "seed": _tr("seed"),
        "steps": _tr("steps"),
        "tolerance": _tr("tolerance"),
        "learning_rate": "η",
        "momentum": "β",
        "noise": _tr("noise"),
        "batch": _tr("batch"),
    }
    for name, label in labels.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            default = SHARED[name].default if name in SHARED else 0
            yield _told(name, label, *(show_typed(default if value is None else value) for value in (old, new)))
    if before.bounds != after.bounds:
        yield Change("bounds", _tr("bounds"))


def _step(before: Experiment, after: Experiment) -> Iterator[Change]:
    """What is done to the gradient and to η at every step."""
    old, new = before.gradient, after.gradient
    if type(old) is not type(new):
        yield _told("gradient", _tr("gradient"), gradient_text(old), gradient_text(new))
    elif old != new:
        yield _told("gradient.h", "h", *(show_typed(mode.h) for mode in (old, new)))  # type: ignore[union-attr]
    yield from _schedule("schedule", _tr("schedule"), before.schedule or _CONSTANT, after.schedule or _CONSTANT)
    if before.clip != after.clip:
        yield _told("clip", _tr("clipping"), _clip(before.clip), _clip(after.clip))


def _schedule(what: str, label: str, old: Schedule | None, new: Schedule | None) -> Iterator[Change]:
    if type(old) is not type(new):
        titles = [_tr("followed") if s is None else known_text("Schedule", s.title) for s in (old, new)]
        yield _told(what, label, *titles)
    elif old is not None and new is not None:
        for hyper in old.hypers():
            values = [getattr(schedule, hyper.name) for schedule in (old, new)]
            if values[0] != values[1]:
                yield _told(f"{what}.{hyper.name}", f"{label} {hyper.symbol}", *map(_setting, values))


def _entries(before: Experiment, after: Experiment) -> Iterator[Change]:
    old, new = ({entry.id: entry for entry in e.optimizers} for e in (before, after))
    for key in dict.fromkeys([*old, *new]):
        there = [e for e in (before, after) if key in e.names]
        if len(there) == 1 and any(_has_rule(e, key) for e in (before, after) if e is not there[0]):
            text = _tr("{name} added") if there[0] is after else _tr("{name} removed")
            yield Change(f"{key}.there", text.format(name=name_text(there[0].names[key])))
        else:
            a, b = (entries.get(key, Entry.of_id(key, enabled=False)) for entries in (old, new))
            yield from _entry(key, there[0].names[key], a, b)
            if a.name != b.name and len(there) == 2:
                yield _told(f"{key}.name", _tr("name"), *(name_text(e.names[key]) for e in there))


def _has_rule(experiment: Experiment, key: str) -> bool:
    """Whether there are entries of the same rule: one more, or one less, is then a change of its own."""
    return any(entry.key == parts_of(key)[0] for entry in experiment.optimizers)


def _entry(key: str, name: Name, a: Entry, b: Entry) -> Iterator[Change]:
    """The changes of one optimizer, which was called so."""
    rate = b.values.get("learning_rate")
    if b.enabled and not a.enabled and rate is not None and "learning_rate" not in a.values:
        # one that is switched on may be given an η with it
        title = name_text(name.without("learning_rate"))
        yield Change(f"{key}.enabled", _tr("{name} on, η {value}").format(name=title, value=show_typed(rate)))
        a = replace(a, enabled=True, values={**a.values, "learning_rate": rate})
    if a.enabled != b.enabled:
        words = _tr("{name} on") if b.enabled else _tr("{name} off")
        yield Change(f"{key}.enabled", words.format(name=name_text(name)))
    for hyper in OPTIMIZERS[a.key].hypers():
        if a.values.get(hyper.name) != b.values.get(hyper.name):
            label = f"{name_text(name.without(hyper.name))} {hyper.symbol}"
            yield _told(f"{key}.{hyper.name}", label, *(_own(entry, hyper.name) for entry in (a, b)))
    yield from _schedule(f"{key}.schedule", f"{name_text(name)} {_tr('schedule')}", a.schedule, b.schedule)
    if a.clip != b.clip:
        title = name_text(name.without("clip"))
        yield _told(f"{key}.clip", f"{title} {_tr('clipping')}", _clip(a.clip), _clip(b.clip))


def _own(entry: Entry, name: str) -> str:
    value = entry.values.get(name)
    if value is None:
        return _tr("followed") if OPTIMIZERS[entry.key].hyper(name).follows else _tr("default")
    return _setting(value)


def _setting(value: float | bool) -> str:
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    return show_typed(value)


def _clip(value: float | None) -> str:
    return _tr("followed") if value is None else show_typed(value) if value else _tr("off")


def _told(what: str, label: str, old: str, new: str) -> Change:
    return Change(what, f"{label} {old} → {new}")


def _point(start: tuple[float, ...]) -> str:
    rest = ", …" * (len(start) > _FIRST)
    return f"({', '.join(show_typed(x, 4) for x in start[:_FIRST])}{rest})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Change", text)
