"""Disposal of widgets: taken away by Qt, and what Python is left with is collected in the window's thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

#: So often it is asked whether there is any, in milliseconds.
_PAUSE = 500


class Garbage(QObject):
    """Collects garbage from a timer of the window's thread, and keeps all other threads from doing so.

    Python looks for it in whichever thread happens to make the next object. Among it may be widgets that hold each
    other, as those of a plot that was taken away do: destroyed by the worker while Qt goes through all widgets to
    give them another style, they take the process with them.
    """

    _keepers = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """From now on nobody else collects."""
        if not self._timer.isActive():
            Garbage._keepers += 1
            gc.disable()
            self._timer.start()

    def stop(self) -> None:
        """Whoever makes objects collects again, once there is no window with a thread at work."""
        if self._timer.isActive():
            self._timer.stop()
            Garbage._keepers -= 1
            if not Garbage._keepers:
                gc.enable()

    def _look(self) -> None:
        generation = due(gc.get_count(), gc.get_threshold())
        if generation is not None:
            gc.collect(generation)


def take_away(widget: QWidget) -> None:
    """Hide a widget that is not needed any more, and have Qt destroy it once nothing of it is at work.

    It keeps its parent until then: one without a parent is Python's, and ends in the thread that forgets it last.
    """
    widget.hide()
    widget.deleteLater()


def due(counts: tuple[int, int, int], limits: tuple[int, int, int]) -> int | None:
    """The generation to be collected, as Python itself would by its counts and limits; None for none."""
    full = [count > limit for count, limit in zip(counts, limits, strict=True)]
    return None if not full[0] else 0 if not full[1] else 1 if not full[2] else 2
