"""Work that moves other things waits until no button of the mouse is down: they would go from under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication


class Released(QObject):
    """Does something now or, if a button of the mouse is down, as soon as it is let go of."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._waits = False

    def do(self) -> None:
        """Do it, once, when it moves nothing from under the mouse."""
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._end()
            self._work()
        elif not self._waits and (app := QCoreApplication.instance()) is not None:
            self._waits = True
            app.installEventFilter(self)  # only as long as a button is down: it sees every event there is

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look whether the button is let go of; the receiver of the event has it first."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            QTimer.singleShot(0, self, self.do)
        return False

    def _end(self) -> None:
        if self._waits and (app := QCoreApplication.instance()) is not None:
            self._waits = False
            app.removeEventFilter(self)
