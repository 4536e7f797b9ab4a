"""The hand that drags something: noticing that it has let go, whoever else does not."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication


class Grip(QObject):
    """What is dragged tells by itself when it is let go, unless it is gone by then, or a dialog has come between."""

    #: The hand has let go, and nobody has said so.
    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held = False
        self._turn = 0

    def take(self) -> None:
        """Something is dragged from now on."""
        if not self._held:
            self._held = True
            self._turn += 1
            self._application().installEventFilter(self)

    def let_go(self) -> None:
        """It has been let go."""
        if self._held:
            self._held = False
            self._application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on; what is dragged hears of it first."""
        kind = event.type()
        if kind == QEvent.Type.WindowBlocked or (
            kind == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            QTimer.singleShot(0, self, partial(self._check, self._turn))
        return False

    def _check(self, turn: int) -> None:
        if self._held and turn == self._turn:  # it has not been taken anew meanwhile
            self.lost.emit()

    def _application(self) -> QApplication:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        return application
