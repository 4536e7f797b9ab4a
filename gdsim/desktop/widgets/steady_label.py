"""A text that changes all the time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class StillLabel(QWidget):
    """Shows a text in the room that it has; a QLabel would have all that lies about it laid out anew with each text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""

    def text(self) -> str:
        """The text that is shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, in as many lines as it takes."""
        painter = QPainter(self)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        self.style().drawItemText(
            painter, self.rect(), flags, self.palette(), self.isEnabled(), self._text, self.foregroundRole()
        )
        painter.end()
