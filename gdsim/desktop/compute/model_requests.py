"""Changes of a model on many examples: the worker builds it before the window shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.state.store import Store
from gdsim.errors import GdsimError
from gdsim.objectives import Source
from gdsim.objectives.interruption import interruptible
from gdsim.simulation.experiment import Experiment

#: A model on a table of so many numbers is built within a frame.
MOST_AT_ONCE = 30_000
_CHANNEL = "model"
#: A row of a set that is made up has so many numbers.
_MADE_UP = 3

#: What becomes of an experiment.
Change = Callable[[Experiment], Experiment]


@dataclass(eq=False)
class _Wanted:
    """A change that waits for its turn, or is being worked out."""

    change: Change
    refused: Callable[[GdsimError], None]
    done: Callable[[], None]
    burst: object
    unwanted: bool = False


class ModelChanges(QObject):
    """Makes changes of the experiment that need another model, one after the other.

    On few examples they are made on the spot.
    """

    #: Something is waited for; it has been made, refused or given up.
    asked = Signal()
    ended = Signal()
    #: A person does not want to wait for it: what fields show of it is not so.
    given_up = Signal()

    def __init__(self, store: Store, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._requests = store, requests
        self._wanted: list[_Wanted] = []
        self._from = store.experiment
        store.changed.connect(self._look)

    @property
    def waits(self) -> bool:
        """Return whether a change is on its way."""
        return bool(self._wanted)

    def make(
        self,
        change: Change,
        source: Source | None,
        refused: Callable[[GdsimError], None],
        done: Callable[[], None] = lambda: None,
        burst: object = None,
    ) -> None:
        """Make a change, after those that are on their way.

        Parameters
        ----------
        change
            Is given the experiment as it is then, maybe in the worker's thread.
        source
            The examples of the model that comes of it; None for those it shows itself on.
        refused, done
            Are told of it when it is over, unless it was given up.
        burst
            Changes of one burst, any object, are one change of the history, and the last of them is enough.
        """
        wanted = _Wanted(change, refused, done, burst)
        if not self._wanted and size_of(source) <= MOST_AT_ONCE:
            self._finish(wanted, partial(change, self._store.experiment))
            return
        if len(self._wanted) > 1 and burst is not None and self._wanted[-1].burst is burst:
            self._wanted[-1] = wanted
        else:
            self._wanted.append(wanted)
        if len(self._wanted) == 1:
            self._begin()
        self.asked.emit()

    def stop(self) -> None:
        """Give up what is on its way."""
        if self._wanted:
            self._drop()
            self.given_up.emit()

    def _begin(self) -> None:
        now = self._from = self._store.experiment
        wanted = self._wanted[0]
        work = partial(_worked_out, wanted, now)
        self._requests.send(_CHANNEL, work, partial(self._take, wanted), urgent=True)

    def _take(self, wanted: _Wanted, found: dict[str, Any] | None, error: GdsimError | None) -> None:
        def after() -> Experiment:
            if error is not None or found is None:
                raise error or GdsimError("")
            now = self._store.experiment
            # an η that was chosen meanwhile is a person's own, and so are optimizers
            own = ("learning_rate", "optimizers")
            kept = {name for name in own if getattr(now, name) != getattr(self._from, name)}
            return replace(now, **{name: value for name, value in found.items() if name not in kept})

        # what is told of it may ask for more
        self._wanted.pop(0)
        rest, self._wanted = self._wanted, []
        self._finish(wanted, after)
        self._wanted = [*rest, *self._wanted]
        if self._wanted:
            self._begin()
        self.ended.emit()

    def _finish(self, wanted: _Wanted, after: Callable[[], Experiment]) -> None:
        try:
            self._store.replace(after(), burst=wanted.burst)
        except GdsimError as error:
            wanted.refused(error)
        else:
            wanted.done()

    def _look(self, experiment: Experiment) -> None:
        """Whatever was to become of a model is of no use where there is another one now."""
        if self._wanted and _model(experiment) != _model(self._from):
            self._drop()

    def _drop(self) -> None:
        self._wanted[0].unwanted = True
        self._wanted.clear()
        self._requests.forget(_CHANNEL)
        self.ended.emit()


def size_of(source: Source | None) -> int:
    """Return how many numbers a set of examples has, about."""
    if source is None or source.key:
        return 0 if source is None else _MADE_UP * (source.count or 0)
    return len(source.rows) * (len(source.features) + 1)


def _worked_out(wanted: _Wanted, now: Experiment) -> dict[str, Any]:
    """Return the fields that are another after a change, with all worked out that a window asks of the model."""
    with interruptible(lambda: wanted.unwanted, besides=True):
        after = wanted.change(now)
        after.objective.prepare()
    pairs = ((each.name, getattr(now, each.name), getattr(after, each.name)) for each in fields(now))
    return {name: new for name, old, new in pairs if new is not old and new != old}


def _model(experiment: Experiment) -> tuple[object, ...]:
    return experiment.function, experiment.data, experiment.options
