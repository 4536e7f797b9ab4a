"""What to try after a run that did not arrive, and what came of it when it was tried."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gdsim.optimizers import Schedule
from gdsim.simulation.experiment import Entry, Experiment

#: What is changed, by name, and its new values. Of an optimizer: a hyperparameter, ``schedule`` or ``clip``; of the
#: experiment: ``steps``, ``gradient`` or ``start``; of its model: ``standardise``.
Changes = tuple[tuple[str, Any], ...]

_OF_ENTRY = ("schedule", "clip")
_OF_EXPERIMENT = ("steps", "gradient", "start")
_OF_MODEL = ("standardise",)


class Found(StrEnum):
    """What came of trying."""

    ARRIVES = "arrives"  # every run arrives that can
    NEAR = "near"  # the one run there is ends close by
    MORE = "more"  # more runs than before do
    LOWER = "lower"  # no run is lost, and they end lower (uphill: higher), but do not arrive
    NOTHING = "nothing"  # nothing that was tried helps
    RUNAWAY = "runaway"  # nothing can: there is no end to it


#: Of each change: what it is called on a button; in this order.
_CALLED = {
    "learning_rate": "η = {value}",
    "momentum": "β = {value}",
    "schedule": "schedule {value}",
    "clip": "clipping at {value}",
    "standardise": "standardising",
    "gradient": "the exact gradient",
    "steps": "{value} steps",
    "start": "start {value}",
}
_REASONS = {
    (Found.ARRIVES, False): "tried: it arrives at step {step}",
    (Found.NEAR, False): "tried: it ends near a minimum",
    (Found.ARRIVES, True): "tried: {arrived} of {runs} runs arrive, before: {before}",
    (Found.MORE, True): "tried: {arrived} of {runs} runs arrive, before: {before}; nothing that was tried helps all",
    (Found.LOWER, False): "tried: it does not arrive, but ends at {loss}, before: {loss_before}",
    (Found.LOWER, True): "tried: no run is lost, {arrived} of {runs} arrive, half end at {loss} or better, before: "
    "{loss_before}",
    (Found.NOTHING, False): "none of {tried} changes that were tried makes it arrive",
    (Found.NOTHING, True): "none of {tried} changes that were tried makes all arrive; {arrived} of {runs} runs do",
    (Found.RUNAWAY, False): "no η helps: f falls without end this way, there may be no minimum",
    (Found.RUNAWAY, True): "no η helps: f falls without end in {lost} of {runs} runs, there may be no minimum",
}
#: Where some of many runs were tried.
_SAMPLED = {
    Found.ARRIVES: "tried on {runs} of {of} runs: {arrived} arrive, before: {before}",
    Found.MORE: "tried on {runs} of {of} runs: {arrived} arrive, before: {before}; nothing that was tried helps all",
    Found.LOWER: "tried on {runs} of {of} runs: none is lost, {arrived} arrive, half end at {loss} or better, before: "
    "{loss_before}",
}
_UPHILL = {
    (Found.NEAR, False): "tried: it ends near a maximum",
    (Found.RUNAWAY, False): "no η helps: f rises without end this way, there may be no maximum",
    (Found.RUNAWAY, True): "no η helps: f rises without end in {lost} of {runs} runs, there may be no maximum",
}


@dataclass(frozen=True)
class Advice:
    """Some changes for one optimizer, and what came of them when all of them were tried together.

    Attributes
    ----------
    optimizer
        Whom it is for: see `Entry.id`.
    found
        What came of it.
    changes
        What to change, as pairs of a name and a value; none where nothing helps.
    runs, of
        How many runs it was tried on, of how many there are.
    arrived, before, lost
        How many of those it was tried on arrive, how many did before, and how many are lost, or find no end.
    step
        The step at which the last of them arrives.
    loss, loss_before
        Where they end: the median over the runs, and what it was.
    tried
        How many changes were tried.
    ascent
        Whether it goes uphill.
    """

    optimizer: str
    found: Found
    changes: Changes = ()
    runs: int = 1
    of: int = 1
    arrived: int = 0
    before: int = 0
    lost: int = 0
    step: int = 0
    loss: float = 0.0
    loss_before: float = 0.0
    tried: int = 0
    ascent: bool = False

    @property
    def parts(self) -> tuple[tuple[str, Any], ...]:
        """Each change as a template with ``{value}`` in it, for translation, and the value."""
        values = dict(self.changes)
        return tuple((called, values[name]) for name, called in _CALLED.items() if name in values)

    @property
    def template(self) -> str:
        """The sentence on what came of it, for translation; its values are the fields."""
        if self.runs < self.of and self.found in _SAMPLED:
            return _SAMPLED[self.found]
        many = self.runs > 1 if self.found is not Found.RUNAWAY else 0 < self.lost < self.runs
        key = self.found, many
        return (_UPHILL.get(key) if self.ascent else None) or _REASONS[key]

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the sentence."""
        numbers = {name: f"{getattr(self, name):.4g}" for name in ("loss", "loss_before")}
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)} | numbers

    def __str__(self) -> str:
        reason = self.template.format(**self.values)
        if not self.changes:
            return reason
        parts = (template.format(value=value_text(value)) for template, value in self.parts)
        return f"try {', '.join(parts)} ({reason})"

    def applied(self, experiment: Experiment) -> Experiment:
        """The experiment with all of it changed."""
        return changed(experiment, self.optimizer, self.changes)

    def followed_by(self, further: Advice) -> Advice:
        """This advice and what is to be advised where it is taken, as one."""
        changes = tuple({**dict(self.changes), **dict(further.changes)}.items())
        return dataclasses.replace(
            further,
            changes=changes,
            before=self.before,
            loss_before=self.loss_before,
            tried=self.tried + further.tried,
        )


def value_text(value: Any) -> str:
    """A value that is advised, as one would write it; a schedule by its key and what is set on it."""
    if isinstance(value, Schedule):
        return " ".join([value.key, *(f"{name} = {number:g}" for name, number in settings_of(value))])
    if isinstance(value, tuple):
        return f"({', '.join(map(value_text, value))})"
    return f"{value:g}" if isinstance(value, float) else str(value)


def settings_of(schedule: Schedule) -> Iterator[tuple[str, float]]:
    """What differs from the defaults of a schedule: names and values."""
    for hyper in schedule.hypers():
        if (value := getattr(schedule, hyper.name)) != hyper.default:
            yield hyper.name, value


def changed(experiment: Experiment, optimizer: str, changes: Changes) -> Experiment:
    """An experiment with some changes for one optimizer, by its id; for a model and the steps they are for all."""
    fields: dict[str, Any] = {name: value for name, value in changes if name in _OF_EXPERIMENT}
    if options := {name: value for name, value in changes if name in _OF_MODEL}:
        # weights of other features mean something else
        fields |= {"options": {**experiment.options, **options}, "start": None, "bounds": None}
    rest = {name: value for name, value in changes if name not in (*_OF_EXPERIMENT, *_OF_MODEL)}
    if rest:
        entries = experiment.optimizers
        fields["optimizers"] = tuple(_with(entry, rest) if entry.id == optimizer else entry for entry in entries)
    return dataclasses.replace(experiment, **fields)


def _with(entry: Entry, values: dict[str, Any]) -> Entry:
    own = {name: value for name, value in values.items() if name in _OF_ENTRY}
    rest = {name: value for name, value in values.items() if name not in _OF_ENTRY}
    return dataclasses.replace(entry, values={**entry.values, **rest}, **own)
