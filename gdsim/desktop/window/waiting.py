"""Waiting for work of which there is to be a picture: the window is painted meanwhile, and takes no input."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication

#: So often it is looked whether it is so, in milliseconds.
_LOOKED = 20


def wait_for(condition: Callable[[], bool], most: float) -> bool:
    """Wait until something is so, for so many seconds at most; whether it is."""
    if condition():
        return True
    until, timer = time.monotonic() + most, QTimer()
    timer.start(_LOOKED)  # there is always an event to wake up for
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        kinds = QEventLoop.ProcessEventsFlag
        while not condition() and time.monotonic() < until:
            QCoreApplication.processEvents(kinds.ExcludeUserInputEvents | kinds.WaitForMoreEvents)
    finally:
        QGuiApplication.restoreOverrideCursor()
        timer.stop()
    return condition()
