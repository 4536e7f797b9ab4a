"""The sweeps that are wanted: worked out one optimizer after the other, coarse first, and dropped when overtaken."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.work_pulse import WorkPulse
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.state.long_works import LongWork, LongWorks, time_left
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.views.sweep.asked import Asked, Found, worked_out
from gdsim.errors import GdsimError

_CHANNEL = "sweep"
#: What takes no longer is not spoken of; then it is looked so often how far it is. In milliseconds.
_NOTICED, _LOOKED = 300, 100
#: What takes longer than so many seconds is begun only if a person says so.
_LONGEST = 60.0


class SweepRuns(QObject):
    """Asks the worker for sweeps in the background.

    Attributes
    ----------
    found
        The newest sweeps, by `Entry.id`; while others are on their way they may be those of before.
    error
        What is wrong; "" if nothing is.
    busy, halted
        Whether the worker has been at it for a while, and whether a person stopped it.
    """

    #: There are other sweeps.
    changed = Signal()
    #: Something is to be told of the work.
    progressed = Signal()

    def __init__(self, worker: Worker, requests: Requests, works: LongWorks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._requests, self._works = worker, requests, works
        self.found: dict[str, Found] = {}
        self.error, self.busy, self.halted = "", False, False
        self._wanted: dict[str, Asked] = {}
        self._pulse: WorkPulse | None = None
        self._at: tuple[str, bool] | None = None
        self._begun = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def ask(self, wanted: Mapping[str, Asked]) -> None:
        """Want these and no others."""
        if dict(wanted) == self._wanted and (self._at is not None or self.halted or self.error):
            return
        self._drop()
        self._wanted, self.error, self.halted = dict(wanted), "", False
        kept = {key: found for key, found in self.found.items() if key in wanted and _is_like(found.asked, wanted[key])}
        if kept.keys() != self.found.keys():
            self.found = kept
            self.changed.emit()
        self._go_on()

    def forget(self) -> None:
        """Want nothing."""
        self._drop()
        self._wanted = {}
        self._say(busy=False)

    def halt(self) -> None:
        """Stop, and keep what is there."""
        self._drop()
        self.halted = True
        self._say(busy=False)

    def go_on(self) -> None:
        """Work out the rest."""
        self.halted = False
        self._go_on()

    @property
    def waits(self) -> bool:
        """Return whether a sweep is on its way."""
        return self._at is not None

    @property
    def is_whole(self) -> bool:
        """Return whether all that is wanted is there."""
        return self._next() is None

    @property
    def share(self) -> float:
        """Share of all that is done, from 0 to 1."""
        total = done = 0.0
        for key, asked in self._wanted.items():
            costs = [asked.cost(whole) for whole in ((False,) if asked.is_small else (False, True))]
            total += sum(costs)
            done += sum(costs[: self._level(key)])
        if self._at is not None and self._pulse is not None:
            done += self._pulse.share * self._wanted[self._at[0]].cost(self._at[1])
        return min(1.0, done / total) if total else 1.0

    def _level(self, key: str) -> int:
        """Count the sweeps of an optimizer that are there: none, the coarse one, both."""
        found = self.found.get(key)
        if found is None or found.asked != self._wanted[key]:
            return 0
        return 1 + found.whole

    def _next(self) -> tuple[str, bool] | None:
        """The optimizer whose turn it is, and whether it is that of its whole sweep."""
        for level in (0, 1):
            # whoever waits longest comes first: a hand that is never still would see one of them only
            waiting = [key for key in self._wanted if self._level(key) == level]
            if waiting:
                ages = list(self.found)
                return min(waiting, key=lambda key: ages.index(key) if key in ages else -1), level == 1
        return None

    def _go_on(self) -> None:
        self._at = self._next()
        if self._at is None:
            self._say(busy=False)
            return
        if not self._timer.isActive():
            self._begun = time.perf_counter()
            self._timer.start(_NOTICED)
        key, whole = self._at
        known = self.found.get(key)
        asked = self._wanted[key]
        test = known.test if whole and known is not None else None
        self._pulse = WorkPulse(self._worker)
        work = partial(worked_out, asked, whole, test, self._pulse)
        self._requests.send(_CHANNEL, work, partial(self._take, key), background=True, long=True)

    def _take(self, key: str, found: Found | None, error: GdsimError | None) -> None:
        self._at = self._pulse = None
        if error is not None or found is None:
            self.error = "" if error is None else error_text(error)
            self._say(busy=False)
            return
        self.found.pop(key, None)
        self.found[key] = found
        self.changed.emit()
        at = self._next()
        if at is not None and at[1] and not found.whole and self.rest > _LONGEST:
            # nobody has asked for that
            self.halt()
        else:
            self._go_on()

    @property
    def rest(self) -> float:
        """About how many seconds all whole sweeps still take."""
        return sum(found.rest for key, found in self.found.items() if key in self._wanted)

    @property
    def remaining(self) -> float:
        """About how many seconds it will still be busy; below 0 as long as nobody knows."""
        return time_left(self.share, time.perf_counter() - self._begun)

    def _drop(self) -> None:
        if self._pulse is not None:
            self._pulse.stopped = True
        self._at = self._pulse = None
        self._requests.forget(_CHANNEL)

    def _say(self, busy: bool) -> None:
        if not busy:
            self._timer.stop()
        self.busy = busy
        self._works.tell(_CHANNEL, LongWork(self.share, self.remaining, self.halt) if busy else None)
        self.progressed.emit()

    def _look(self) -> None:
        self._timer.setInterval(_LOOKED)
        self._say(busy=True)


def _is_like(one: Asked, other: Asked) -> bool:
    """Tell whether an older sweep may be seen while the new one is on its way."""
    return one.course.objective is other.course.objective and one.within == other.within
