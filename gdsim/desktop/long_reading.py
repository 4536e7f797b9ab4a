"""Reading that takes its time: done by the worker, it tells how far it is, and can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from gdsim.objectives.interruption import InterruptedWorkError, followed

_Read = TypeVar("_Read")

#: The GUI gets the interpreter for a moment after this much work, and is told no more often than that, in seconds.
_SHARE, _TOLD = 0.008, 0.05


class LongReading(QObject):
    """Is called by the worker with how much is read, from 0 to 1; lives in the thread of the window."""

    progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = False
        self._turn = self._told = time.perf_counter()

    def followed(self, read: Callable[[], _Read]) -> Callable[[], _Read]:
        """The same work, of which this is told how far it is."""
        return partial(self._follow, read)

    def _follow(self, read: Callable[[], _Read]) -> _Read:
        with followed(self):
            return read()

    def stop(self) -> None:
        """Nobody wants what is read any more."""
        self._stopped = True

    def __call__(self, share: float) -> None:
        """So much is read."""
        if self._stopped:
            raise InterruptedWorkError
        now = time.perf_counter()
        if now - self._turn > _SHARE:
            time.sleep(0.001)
            self._turn = time.perf_counter()
        if now - self._told > _TOLD:
            self._told = now
            self.progressed.emit(share)
