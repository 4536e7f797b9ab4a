"""Advice after a run that did not arrive: changes to try, and what came of them when they were tried."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gdsim.optimizers import Schedule
from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.experiment import Entry, Experiment

#: What is changed, by name, and its new values. Of an optimizer: a hyperparameter, ``schedule`` or ``clip``; of the
#: experiment: ``steps``, ``gradient`` or ``start``; of its model: ``standardise``.
Changes = tuple[tuple[str, Any], ...]

_OF_ENTRY = ("schedule", "clip")
_OF_EXPERIMENT = ("steps", "gradient", "start")
_OF_MODEL = ("standardise",)


class Found(StrEnum):
    """The result of trying."""

    ARRIVES = "arrives"  # every run that can comes to a minimum, or near one; uphill, a maximum
    NEAR = "near"  # the one run there is ends close by
    MORE = "more"  # more runs than before do
    LOWER = "lower"  # no run is lost, and they end lower (uphill: higher), but at no known minimum
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
#: Changes that are for all optimizers, and what they are called.
_FOR_ALL = {
    "standardise": "standardised features, from the model's own start",
    "gradient": "the exact gradient",
    "steps": "{value} steps",
    "start": "start {value}",
}
#: Of one run: what it comes to, by what it stands on.
_ARRIVES = {
    Ground.GLOBAL_MINIMUM: "tried: it arrives at step {step} at a global minimum",
    Ground.VALLEY: "tried: it arrives at step {step} at a global minimum, one of many",
    Ground.LOCAL_MINIMUM: "tried: it arrives at step {step} at a local minimum",
    Ground.MINIMUM: "tried: it arrives at step {step} at a minimum",
    Ground.MINIMA: "tried: it arrives at step {step} at a minimum, one of many",
    Ground.GLOBAL_MAXIMUM: "tried: it arrives at step {step} at a global maximum",
    Ground.LOCAL_MAXIMUM: "tried: it arrives at step {step} at a local maximum",
    Ground.MAXIMUM: "tried: it arrives at step {step} at a maximum",
}
_NEAR = {
    Ground.GLOBAL_MINIMUM: "tried: it ends near a global minimum",
    Ground.LOCAL_MINIMUM: "tried: it ends near a local minimum",
    Ground.GLOBAL_MAXIMUM: "tried: it ends near a global maximum",
    Ground.LOCAL_MAXIMUM: "tried: it ends near a local maximum",
}
_NEAR_LOWEST, _NEAR_HIGHEST = "tried: it ends near the lowest value", "tried: it ends near the highest value"
_LOWER = "tried: it ends at {loss}, before: {loss_before}"
_SETTLES = "tried: it ends at {loss}, before: bouncing up to {loss_before}"
_NOTHING = "none of {tried} changes that were tried brings it to a minimum"
_RUNAWAY = "no η helps: f falls without end this way, there may be no minimum"
#: Of many: how many end at or near a minimum, of all or of those that it was tried on.
_COUNTED = "tried: {arrived} of {runs} runs end at or near a minimum, before: {before}"
_SAMPLED = "tried on {runs} of {of} runs: {arrived} end at or near a minimum, before: {before}"
_AT_THE_GLOBAL = "{best} at the global one, before: {best_before}"
#: All of them at the global one, before and after.
_COUNTED_GLOBAL = "tried: {arrived} of {runs} runs end at a global minimum, before: {before}"
_SAMPLED_GLOBAL = "tried on {runs} of {of} runs: {arrived} end at a global minimum, before: {before}"
_NOT_ALL = "nothing that was tried helps all"
_HALF = "half end at {loss} or better, before: {loss_before}"
#: None at any.
_COUNTED_HALF = "tried: half of {runs} runs end at {loss} or better, before: {loss_before}"
_SAMPLED_HALF = "tried on {runs} of {of} runs: half end at {loss} or better, before: {loss_before}"
_HELPS_NONE = "none of {tried} changes that were tried brings all runs to a minimum"
_NOW, _NOW_SAMPLED = (
    "{arrived} of {runs} runs are at or near one",
    "{arrived} of {runs} runs that were looked at are at or near one",
)
_NOW_GLOBAL = "{best} at the global one"
_ENDLESS = "no η helps: f falls without end in {endless} of {runs} runs, there may be no minimum"
_ENDLESS_SAMPLED = (
    "no η helps: f falls without end in {endless} of {runs} runs that were looked at, there may be no minimum"
)
_UPHILL = {
    _SETTLES: "tried: it ends at {loss}, before: bouncing down to {loss_before}",
    _NOTHING: "none of {tried} changes that were tried brings it to a maximum",
    _RUNAWAY: "no η helps: f rises without end this way, there may be no maximum",
    _COUNTED: "tried: {arrived} of {runs} runs end at or near a maximum, before: {before}",
    _SAMPLED: "tried on {runs} of {of} runs: {arrived} end at or near a maximum, before: {before}",
    _COUNTED_GLOBAL: "tried: {arrived} of {runs} runs end at a global maximum, before: {before}",
    _SAMPLED_GLOBAL: "tried on {runs} of {of} runs: {arrived} end at a global maximum, before: {before}",
    _HELPS_NONE: "none of {tried} changes that were tried brings all runs to a maximum",
    _ENDLESS: "no η helps: f rises without end in {endless} of {runs} runs, there may be no maximum",
    _ENDLESS_SAMPLED: "no η helps: f rises without end in {endless} of {runs} runs that were looked at, "
    "there may be no maximum",
    _NEAR_LOWEST: _NEAR_HIGHEST,
}


@dataclass(frozen=True)
class Advice:
    """Changes for one optimizer, and what came of them when all of them were tried together.

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
    arrived, before
        How many of those it was tried on end at or near a minimum (uphill, a maximum), and how many did before.
    best, best_before
        How many of them at the global one, as the table of runs counts them; None where none is known.
    endless
        In how many f falls (uphill, rises) without end.
    ground
        What the first of them ends at, or near.
    step
        The step at which the last of them arrives.
    loss, loss_before, bounced
        Where they end: the median over the runs, and what it was; for those that bounced, how high they did.
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
    best: int | None = None
    best_before: int | None = None
    endless: int = 0
    ground: Ground = Ground.SLOPE
    step: int = 0
    loss: float = 0.0
    loss_before: float = 0.0
    bounced: bool = False
    tried: int = 0
    ascent: bool = False

    @property
    def parts(self) -> tuple[tuple[str, Any], ...]:
        """Each change as a template with ``{value}`` in it, for translation, and the value."""
        values = dict(self.changes)
        return tuple((called, values[name]) for name, called in _CALLED.items() if name in values)

    @property
    def shared(self) -> tuple[tuple[str, Any], ...]:
        """The parts of it that are for all optimizers, as `parts`."""
        values = dict(self.changes)
        return tuple((called, values[name]) for name, called in _FOR_ALL.items() if name in values)

    @property
    def templates(self) -> tuple[str, ...]:
        """The words on what came of it, part by part, for translation; their values are the fields."""
        words = self._of_many() if self.runs > 1 else (self._of_one(),)
        return tuple(_UPHILL.get(word, word) if self.ascent else word for word in words)

    def _of_one(self) -> str:
        match self.found:
            case Found.ARRIVES:
                return _ARRIVES.get(self.ground, _NEAR_LOWEST)
            case Found.NEAR:
                return _NEAR.get(self.ground, _NEAR_LOWEST)
            case Found.NOTHING:
                return _NOTHING
            case Found.RUNAWAY:
                return _RUNAWAY
        return _SETTLES if self.bounced else _LOWER

    def _of_many(self) -> tuple[str, ...]:
        is_sample, is_known = self.runs < self.of, self.best is not None
        if self.found is Found.RUNAWAY:
            if self.endless == self.runs:
                return (_RUNAWAY,)
            return (_ENDLESS_SAMPLED if is_sample else _ENDLESS,)
        if self.found is Found.NOTHING:
            return (_HELPS_NONE, _NOW_SAMPLED if is_sample else _NOW, *[_NOW_GLOBAL] * is_known)
        if self.found is Found.LOWER and not (self.arrived or self.before):
            return (_SAMPLED_HALF if is_sample else _COUNTED_HALF,)
        rest = {Found.MORE: (_NOT_ALL,), Found.LOWER: (_HALF,)}.get(self.found, ())
        if (self.best, self.best_before) == (self.arrived, self.before):
            return (_SAMPLED_GLOBAL if is_sample else _COUNTED_GLOBAL, *rest)
        return (_SAMPLED if is_sample else _COUNTED, *[_AT_THE_GLOBAL] * is_known, *rest)

    @property
    def values(self) -> dict[str, Any]:
        """The values that stand in the sentence."""
        numbers = {name: f"{getattr(self, name):.4g}" for name in ("loss", "loss_before")}
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)} | numbers

    def __str__(self) -> str:
        reason = "; ".join(self.templates).format(**self.values)
        if not self.changes:
            return reason
        if self.shared:
            reason += f"; for all optimizers: {_listed(self.shared)}"
        return f"try {_listed(self.parts)} ({reason})"

    def applied(self, experiment: Experiment) -> Experiment:
        """The experiment with all of it changed."""
        return changed(experiment, self.optimizer, self.changes)

    def followed_by(self, further: Advice) -> Advice:
        """Join this advice and what is to be advised where it is taken."""
        changes = tuple({**dict(self.changes), **dict(further.changes)}.items())
        return dataclasses.replace(
            further,
            changes=changes,
            before=self.before,
            best_before=self.best_before,
            loss_before=self.loss_before,
            bounced=self.bounced,
            tried=self.tried + further.tried,
        )


def _listed(parts: tuple[tuple[str, Any], ...]) -> str:
    return ", ".join(template.format(value=value_text(value)) for template, value in parts)


def value_text(value: Any) -> str:
    """A value that is advised, as one would write it; a schedule by its key and what is set on it."""
    if isinstance(value, Schedule):
        return " ".join([value.key, *(f"{name} = {number:g}" for name, number in settings_of(value))])
    if isinstance(value, tuple):
        return f"({', '.join(map(value_text, value))})"
    return f"{value:g}" if isinstance(value, float) else str(value)


def settings_of(schedule: Schedule) -> Iterator[tuple[str, float]]:
    """The settings of a schedule that are not its defaults: names and values."""
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
