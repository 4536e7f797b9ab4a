"""A text that is never cut: it goes on in the next line, within a word where it has to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel


class WrappedLabel(QLabel):
    """Plain text in as many lines as it takes; a QLabel by itself breaks no path and no formula without blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def hasHeightForWidth(self) -> bool:
        """Lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return round(self._laid_out(width).boundingRect().height() + 0.5)

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(8 * self.fontMetrics().averageCharWidth(), self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every line."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout = self._laid_out(self.width())
        top = max(0.0, (self.height() - layout.boundingRect().height()) / 2)
        layout.draw(painter, QPointF(0, top), [], QRectF())
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout
