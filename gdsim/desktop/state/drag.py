"""The drag: something that a person holds with the mouse, from when it is taken to when it is let go."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget
from shiboken6 import isValid


class Drag(QObject):
    """State of a window: whether something is dragged in it. What depends on that asks, or listens.

    Whoever is dragged says so with `begin` and `end`; the drag ends by itself where it cannot, because it is gone, a
    dialog has come between or the release never reached it.
    """

    begun = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Its own object for each drag, by which changes that come of it are known; None while nothing is dragged.
        self.burst: object = None
        self._coarse = self._of_start = False
        self._watched: list[QWidget] = []

    @property
    def is_active(self) -> bool:
        """Return whether something is dragged."""
        return self.burst is not None

    @property
    def coarse(self) -> bool:
        """Return whether the surface itself follows the hand, and may have fewer points for that."""
        return self._coarse and self.is_active

    @property
    def of_start(self) -> bool:
        """Return whether it is the start that is dragged: what is held in the hand is the point of step 0."""
        return self._of_start and self.is_active

    def begin(self, widget: QWidget, coarse: bool = False, of_start: bool = False) -> None:
        """Begin a drag of what lies in a widget; one that nobody has ended is over."""
        self.end()
        self.burst, self._coarse, self._of_start = object(), coarse, of_start
        # the two that learn of what the dragged thing itself may miss: no other event passes through here
        self._watched = [widget] if widget.isWindow() else [widget, widget.window()]
        for watched in self._watched:
            watched.installEventFilter(self)
        self.begun.emit()

    def end(self) -> None:
        """End the drag, if there is one."""
        if not self.is_active:
            return
        self.burst = None
        for watched in self._watched:
            if isValid(watched):  # Qt may have destroyed it by now
                watched.removeEventFilter(self)
        self._watched = []
        self.ended.emit()

    def follow(self, slider: QAbstractSlider, coarse: bool = False) -> None:
        """Begin and end with a slider's."""
        slider.sliderPressed.connect(partial(self.begin, slider, coarse))
        slider.sliderReleased.connect(self.end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on; what is dragged hears of it first, and ends the drag itself if it can."""
        kind = event.type()
        is_over = kind == QEvent.Type.WindowBlocked or (kind == QEvent.Type.Hide and watched is self._watched[0])
        if is_over or (
            kind == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            QTimer.singleShot(0, self, partial(self._end_of, self.burst))
        return False

    def _end_of(self, burst: object) -> None:
        if burst is self.burst:  # no other has begun meanwhile
            self.end()
