"""Reading that takes its time: done by the worker, it tells how far it is, and can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.objectives.interruption import InterruptedWorkError, followed

_Read = TypeVar("_Read")

#: The GUI gets the interpreter for a moment after this much work, in seconds.
_SHARE = 0.008
#: So often it is looked how far the worker is, in milliseconds.
_PAUSE = 50


class LongReading(QObject):
    """Tells the window how far the worker is."""

    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = _Place()
        self._told = 0.0
        timer = QTimer(self)
        timer.setInterval(_PAUSE)
        timer.timeout.connect(self._tell)
        timer.start()

    def followed(self, read: Callable[[], _Read]) -> Callable[[], _Read]:
        """The same work, of which this finds out how far it is; it holds nothing of the window."""
        return partial(_follow, self._place, read)

    def stop(self) -> None:
        """Nobody wants what is read any more."""
        self._place.stopped = True

    def _tell(self) -> None:
        if self._place.share > self._told:
            self._told = self._place.share
            self.progressed.emit(self._told)


class _Place:
    """Share that the worker has read, from 0 to 1, told by calling this; nothing of Qt, which may end meanwhile."""

    def __init__(self) -> None:
        self.share = 0.0
        self.stopped = False
        self._turn = time.perf_counter()

    def __call__(self, share: float) -> None:
        """So much is read."""
        if self.stopped:
            raise InterruptedWorkError
        self.share = share
        if time.perf_counter() - self._turn > _SHARE:
            time.sleep(0.001)
            self._turn = time.perf_counter()


def _follow(place: _Place, read: Callable[[], _Read]) -> _Read:
    with followed(place):
        return read()
