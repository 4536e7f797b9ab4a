"""The changes of single optimizers, and of a schedule, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.text.change import Change, from_to
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import known_text, name_text
from gdsim.desktop.text.value_phrases import setting_text
from gdsim.optimizers import OPTIMIZERS, Schedule
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import Name, parts_of


def entry_changes(before: Experiment, after: Experiment) -> Iterator[Change]:
    """Tell what was added, removed, switched or set."""
    old, new = ({entry.id: entry for entry in e.optimizers} for e in (before, after))
    for key in dict.fromkeys([*old, *new]):
        there = [e for e in (before, after) if key in e.names]
        if len(there) == 1 and any(_has_rule(e, key) for e in (before, after) if e is not there[0]):
            text = _tr("{name} added") if there[0] is after else _tr("{name} removed")
            yield Change(f"{key}.there", text.format(name=name_text(there[0].names[key])))
        else:
            a, b = (entries.get(key, Entry.of_id(key, enabled=False)) for entries in (old, new))
            yield from _of_entry(key, there[0].names[key], a, b)
            if a.name != b.name and len(there) == 2:
                yield from_to(f"{key}.name", _tr("name"), *(name_text(e.names[key]) for e in there))


def _has_rule(experiment: Experiment, key: str) -> bool:
    """Return whether there are entries of the same rule: one more, or one less, is then a change of its own."""
    return any(entry.key == parts_of(key)[0] for entry in experiment.optimizers)


def _of_entry(key: str, name: Name, a: Entry, b: Entry) -> Iterator[Change]:
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
            yield from_to(f"{key}.{hyper.name}", label, *(_own_value(entry, hyper.name) for entry in (a, b)))
    yield from schedule_changes(f"{key}.schedule", f"{name_text(name)} {_tr('schedule')}", a.schedule, b.schedule)
    if a.clip != b.clip:
        title = name_text(name.without("clip"))
        yield from_to(f"{key}.clip", f"{title} {_tr('clipping')}", _own_clip(a), _own_clip(b))


def schedule_changes(what: str, label: str, old: Schedule | None, new: Schedule | None) -> Iterator[Change]:
    """The change of a schedule, or of its settings; None follows the shared one."""
    if type(old) is not type(new):
        titles = [_tr("followed") if s is None else known_text("Schedule", s.title) for s in (old, new)]
        yield from_to(what, label, *titles)
    elif old is not None and new is not None:
        for hyper in old.hypers():
            values = [getattr(schedule, hyper.name) for schedule in (old, new)]
            if values[0] != values[1]:
                yield from_to(f"{what}.{hyper.name}", f"{label} {hyper.symbol}", *map(setting_text, values))


def _own_value(entry: Entry, name: str) -> str:
    value = entry.values.get(name)
    if value is None:
        return _tr("followed") if OPTIMIZERS[entry.key].hyper(name).follows else _tr("default")
    return setting_text(value)


def _own_clip(entry: Entry) -> str:
    if entry.clip is None:
        return _tr("followed")
    return show_typed(entry.clip) if entry.clip else _tr("off")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Change", text)
