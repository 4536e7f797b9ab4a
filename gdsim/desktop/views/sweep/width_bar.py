"""The width of workable η as a bar with its number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import solid


class WidthBar(QWidget):
    """A bar as long as a share of its room, with a text over it that can be read on both."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._text, self._color = 0.0, "", QColor()

    @property
    def number(self) -> str:
        """The number that is shown."""
        return self._text

    def show_share(self, share: float, text: str, color: QColor) -> None:
        """Show another bar."""
        self._share, self._text, self._color = min(max(share, 0.0), 1.0), text, color
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a number and some bar."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("00.00") * 2, round(1.4 * metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """Room for the number."""
        return QSize(round(1.3 * self.fontMetrics().horizontalAdvance("00.00")), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, and the number before it."""
        painter = QPainter(self)
        number = self.fontMetrics().horizontalAdvance("00.00")
        room = QRectF(number + 6, 0.28 * self.height(), self.width() - number - 6, 0.44 * self.height())
        painter.fillRect(room, solid(self.palette().color(self.foregroundRole()), 0.08))
        painter.fillRect(QRectF(room.left(), room.top(), self._share * room.width(), room.height()), self._color)
        area = self.rect().adjusted(0, 0, number - self.width(), 0)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
