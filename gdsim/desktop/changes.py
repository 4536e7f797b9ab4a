"""What differs between two experiments, in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gdsim.desktop.numbers import MINUS, show_short
from gdsim.desktop.words import function_title, known_text
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import SHARED, Entry, Experiment


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


def change_between(before: Experiment, after: Experiment) -> Change:
    """Describe the step from one experiment to another."""
    found = [*_fields(before, after), *_entries(before, after)]
    if len(found) == 1:
        return found[0]
    if before.function != after.function:
        return next(change for change in found if change.what == "function")
    return Change("several", _tr("several values"))


def _fields(before: Experiment, after: Experiment) -> list[Change]:
    found = []
    if before.function != after.function:
        names = [function_title(e.objective) for e in (before, after)]
        found.append(_told("function", _tr("function"), *names))
    if before.start != after.start:
        starts = [e.start or e.objective.start for e in (before, after)]
        found.append(_told("start", _tr("start"), *map(_point, starts)))
    labels = {
        "restarts": _tr("restarts"),
        "seed": _tr("seed"),
        "steps": _tr("steps"),
        "tolerance": _tr("tolerance"),
        "learning_rate": "η",
        "momentum": "β",
    }
    for name, label in labels.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            default = SHARED[name].default if name in SHARED else 0
            texts = [show_short(default if value is None else value) for value in (old, new)]
            found.append(_told(name, label, *texts))
    if before.bounds != after.bounds:
        found.append(Change("bounds", _tr("bounds")))
    return found


def _entries(before: Experiment, after: Experiment) -> list[Change]:
    old, new = ({entry.key: entry for entry in e.optimizers} for e in (before, after))
    found = []
    for key in dict.fromkeys([*old, *new]):
        a, b = old.get(key, Entry(key, enabled=False)), new.get(key, Entry(key, enabled=False))
        title = known_text("Optimizer", OPTIMIZERS[key].title)
        if a.enabled != b.enabled:
            found.append(Change(f"{key}.enabled", _tr("{name} on" if b.enabled else "{name} off").format(name=title)))
        for hyper in OPTIMIZERS[key].hypers():
            if a.values.get(hyper.name) != b.values.get(hyper.name):
                texts = [_own(entry, hyper.name) for entry in (a, b)]
                found.append(_told(f"{key}.{hyper.name}", f"{title} {hyper.symbol}", *texts))
    return found


def _own(entry: Entry, name: str) -> str:
    value = entry.values.get(name)
    if value is None:
        return _tr("followed") if OPTIMIZERS[entry.key].hyper(name).follows else _tr("default")
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    return show_short(value)


def _told(what: str, label: str, old: str, new: str) -> Change:
    return Change(what, f"{label} {old} → {new}".replace("-", MINUS))


def _point(start: tuple[float, ...]) -> str:
    return f"({', '.join(show_short(x, 4) for x in start)})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Change", text)
