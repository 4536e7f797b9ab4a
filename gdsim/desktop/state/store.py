"""The current experiment, held once, and how it came to be."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gdsim.desktop.edits.model_edits import first_value
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.state.history import History, Moment
from gdsim.desktop.text.advice_phrases import changes_text
from gdsim.objectives import Exact, gradient_named
from gdsim.optimizers import OPTIMIZERS, Schedule
from gdsim.simulation.entry import free_numbers, without_idle
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import parts_of
from gdsim.simulation.suited_rates import switched_on

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice


class Store(QObject):
    """Holds the current Experiment; everything that shows it listens to `changed`.

    A `key` is what tells an optimizer from all others: see `Entry.id`.

    Every change can be undone; what happens between `begin` and `end`, a drag, is one change. Bad values raise
    `GdsimError` and leave the experiment as it was.
    """

    changed = Signal(object)
    history_changed = Signal()

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past = History(experiment)
        #: What is dragged; what comes of it is one change.
        self.drag = Drag(self)
        self.drag.begun.connect(self.begin)
        self.drag.ended.connect(self.end)

    @property
    def experiment(self) -> Experiment:
        """The current experiment."""
        return self._past.experiment

    @property
    def base(self) -> Experiment:
        """The experiment it began with: as opened."""
        return self._past.base

    def replace(self, experiment: Experiment, text: str = "", burst: object = None) -> None:
        """Make another experiment the current one; `text` says what changed, where that is not plain.

        Changes of one `burst`, any object, that follow each other are one change.
        """
        if experiment == self.experiment:
            return
        self._past.add(experiment, text, burst)
        self._tell()

    def change(self, **fields: Any) -> None:
        """Change some fields of the experiment."""
        self.replace(dataclasses.replace(self.experiment, **fields))

    def take_advice(self, advice: Advice) -> None:
        """Change the experiment as advised; several changes at once are told as those of the advice."""
        several = changes_text(advice) if len(advice.changes) > 1 else ""
        self.replace(advice.applied(self.experiment), several)

    def enable(self, key: str, enabled: bool) -> None:
        """Let an optimizer race, or not; one that is switched on may get an η of its own: see `switched_on`."""
        off = partial(dataclasses.replace, enabled=False)
        self._change_entry(key, partial(switched_on, experiment=self.experiment) if enabled else off)

    def set_value(self, key: str, name: str, value: float | bool) -> None:
        """Give an optimizer a value of its own."""
        self._change_entry(key, lambda entry: dataclasses.replace(entry, values={**entry.values, name: value}))

    def unset_value(self, key: str, name: str) -> None:
        """Let an optimizer follow the shared value, or its default, again."""
        self._change_entry(
            key,
            lambda entry: dataclasses.replace(entry, values={k: v for k, v in entry.values.items() if k != name}),
        )

    def set_own(self, key: str, **fields: Schedule | float | None) -> None:
        """Give an optimizer a schedule or a clipping of its own; None to follow the shared one again."""
        self._change_entry(key, lambda entry: dataclasses.replace(entry, **fields))  # type: ignore[arg-type]

    def set_schedule(self, schedule: Schedule | None) -> None:
        """Let η go on in another way for all who have no schedule of their own."""
        self.change(schedule=schedule)

    def use_gradient(self, key: str, h: float | None = None) -> None:
        """Work out the gradient in another way; differences at the distance of those before, or at h."""
        mode = gradient_named(key)
        h = getattr(self.experiment.gradient, "h", h)
        self.change(gradient=mode() if h is None or issubclass(mode, Exact) else mode(h))

    def reset(self, *names: str) -> None:
        """Give some fields, or all, the values they began with."""
        if not names:
            self.replace(self.base, QCoreApplication.translate("Change", "reset all"))
            return
        self.change(**{name: first_value(name, self.experiment, self.base) for name in names})

    def draw_seed(self) -> None:
        """Another seed, short enough to read out to a class."""
        self.change(seed=random.randint(0, 9999))

    def unset_all(self, key: str) -> None:
        """Let an optimizer have nothing of its own."""
        nothing: dict[str, Any] = {"values": {}, "schedule": None, "clip": None}
        self._change_entry(key, lambda entry: dataclasses.replace(entry, **nothing))

    def rename(self, key: str, name: str) -> None:
        """Call an optimizer something; "" to call it after its rule again."""
        self._change_entry(key, lambda entry: dataclasses.replace(entry, name=name))

    def duplicate(self, key: str) -> str:
        """Add an optimizer that is as another one is, after the last of its rule, and takes part; its own key."""
        entries = list(self._with(key))
        of_rule = [entry for entry in entries if entry.key == parts_of(key)[0]]
        number = next(free_numbers({entry.number for entry in of_rule}))
        pattern = next(entry for entry in of_rule if entry.id == key)
        # a name that was typed is one entry's
        copy = dataclasses.replace(pattern, enabled=True, number=number, name="")
        entries.insert(entries.index(of_rule[-1]) + 1, copy)
        self.change(optimizers=tuple(entries))
        return copy.id

    def remove(self, key: str) -> None:
        """Take an optimizer away altogether."""
        self.change(optimizers=tuple(entry for entry in self.experiment.optimizers if entry.id != key))

    def _change_entry(self, key: str, change: Callable[[Entry], Entry]) -> None:
        entries = tuple(change(entry) if entry.id == key else entry for entry in self._with(key))
        known = {entry.id for entry in self.base.optimizers}
        # one that was switched on and off again is as if it had never been there
        needed = {entry.id for entry in without_idle(entries)} | known
        self.change(optimizers=tuple(entry for entry in entries if entry.id in needed))

    def _with(self, key: str) -> tuple[Entry, ...]:
        """The optimizers, with one of a key among them: after those whose rules people meet before its own."""
        entries = self.experiment.optimizers
        if any(entry.id == key for entry in entries):
            return entries
        ranks = {rule: rank for rank, rule in enumerate(OPTIMIZERS)}
        added = Entry.of_id(key, enabled=False)
        place = max((i for i, entry in enumerate(entries, 1) if ranks[entry.key] <= ranks[added.key]), default=0)
        return (*entries[:place], added, *entries[place:])

    def begin(self) -> None:
        """Begin a gesture: all changes are one, until `end`."""
        self._past.begin()

    def end(self) -> None:
        """End a gesture: the next change is one of its own again."""
        if self._past.end():
            self.history_changed.emit()

    @property
    def is_in_gesture(self) -> bool:
        """Return whether changes are part of one that goes on."""
        return self._past.is_in_gesture

    @property
    def history(self) -> tuple[Moment, ...]:
        """All that can be gone back or forward to, oldest first."""
        return self._past.moments

    @property
    def place(self) -> int:
        """The place of the current experiment in the history."""
        return self._past.place

    @property
    def undo_text(self) -> str:
        """Text of the change that would be undone; "" if none can be."""
        return self._past.text_at(self.place)

    @property
    def redo_text(self) -> str:
        """Text of the change that would be done again; "" if none can be."""
        return self._past.text_at(self.place + 1)

    def undo(self) -> None:
        """Go back one change."""
        self.go_to(self.place - 1)

    def redo(self) -> None:
        """Go forward one change."""
        self.go_to(self.place + 1)

    def go_to(self, place: int) -> None:
        """Go to a place in the history."""
        dragging = self.is_in_gesture
        self.end()
        there = self._past.go_to(place)
        if dragging:  # the hand goes on: what it does from here is one change again; who is told may end it
            self.begin()
        if there:
            self._tell()

    def start_over(self, experiment: Experiment) -> None:
        """Begin with another experiment and a history of its own, as when a file is opened."""
        self._past = History(experiment)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.experiment)
        self.history_changed.emit()
