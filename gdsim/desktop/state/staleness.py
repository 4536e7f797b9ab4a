"""Staleness of the race that is shown: it is out of date, for longer than one would notice."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.races import Races
from gdsim.desktop.compute.worker import Worker

#: What takes no longer is not spoken of, in milliseconds.
_NOTICED = 300


class Staleness(QObject):
    """Says when a race is waited for, how far it is, and when that is over.

    Attributes
    ----------
    stale
        Whether what is shown is the race of an experiment that was, and has been for a while; it stays so when a race
        is stopped before there is anything to show of it.
    busy
        Whether the race that is wanted has been worked on for a while.
    """

    #: `stale` or `busy` is another, or there is news of the progress.
    changed = Signal()

    def __init__(self, races: Races, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._races = races
        self.stale = self.busy = False
        self.share = 0.0
        self._fruitless = False
        self._over = False
        self._changes: ModelChanges | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_NOTICED)
        self._timer.timeout.connect(self._begin)
        races.asked.connect(self._wait)
        races.came.connect(self._take)
        worker.progressed.connect(self._go_on)
        worker.fruitless.connect(self._give_up)

    def wait_for(self, changes: ModelChanges) -> None:
        """A change that is on its way is waited for as the race is that comes of it."""
        self._changes = changes
        changes.asked.connect(self._wait)
        changes.ended.connect(self._go_without)

    @property
    def waits(self) -> bool:
        """Tell whether a race, or a change that a race will follow, is on its way."""
        return self._races.waits or (self._changes is not None and self._changes.waits)

    def stop(self) -> None:
        """Say nothing more, whatever is still on its way."""
        self._over = True
        self._timer.stop()

    def _wait(self) -> None:
        self.share = 0.0
        if not self._timer.isActive() and not self.busy:
            self._start()

    def _begin(self) -> None:
        self.stale = self.busy = True
        self.changed.emit()

    def _go_on(self, share: float) -> None:
        self.share = share
        if self.busy:
            self.changed.emit()

    def _take(self) -> None:
        self._timer.stop()
        self._fruitless = False
        # of a hand that is never still what comes is nearly as new as what is waited for
        self._end(stale=False)
        if self.waits:
            self._start()

    def _start(self) -> None:
        if not self._over:
            self._timer.start()

    def _give_up(self) -> None:
        if not self.waits:
            self._fruitless = True
            self._go_without()

    def _go_without(self) -> None:
        """Go on without anything new: what is shown is the race of the experiment, unless that was stopped."""
        if not self.waits:
            self._timer.stop()
            self._end(self._fruitless)

    def _end(self, stale: bool) -> None:
        before = self.stale, self.busy
        self.stale, self.busy = stale, False
        if before != (self.stale, self.busy):
            self.changed.emit()
