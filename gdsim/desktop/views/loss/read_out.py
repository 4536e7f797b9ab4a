"""A small table of losses beside the loss plot, where it covers no curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.widgets.legend import draw_swatch

#: Between the table and the view; round the text; between columns; all in pixels.
_GAP, _MARGIN, _COLUMN = 6, 6, 14
#: The height of a line, in heights of the font.
_LINE = 1.15


@dataclass(frozen=True)
class ReadRow:
    """An optimizer in the table: its id and name, what is read, and whether its curve is the nearest."""

    key: str
    name: str
    value: str
    nearest: bool = False


class ReadOut(QWidget):
    """A window of its own, without a frame, that takes neither the focus nor the mouse.

    It is painted rather than made of labels: their layout would take longer than a frame.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput)
        self.setObjectName("read_out")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Losses under the mouse"))
        self._view = view
        self._theme: Theme | None = None
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._leave)
        self.title = self.note = ""
        self.rows: Sequence[ReadRow] = ()

    def _leave(self, window: QWindow | None) -> None:
        """Hide: it would lie over another window that comes to the front."""
        if self.isVisible() and window is not self._view.window().windowHandle():
            self.hide()

    def show_rows(self, theme: Theme, title: str, rows: Sequence[ReadRow], note: str, beside: QRect) -> None:
        """Show what is read.

        Parameters
        ----------
        theme
            Its colours.
        title, note
            Above and below the table.
        beside
            The view on the screen: the table lies to its left if there is room, else to its right, else within it.
        """
        self._theme, self.title, self.rows, self.note = theme, title, rows, note
        self.resize(self.sizeHint())
        self.move(place_beside(self.size(), beside, self._view.screen().availableGeometry()))
        self.setVisible(True)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for every line in bold type, so that it does not change as another curve is the nearest."""
        bold = QFontMetricsF(self._bold())
        names, values = (
            max((bold.horizontalAdvance(text) for text in texts), default=0.0)
            for texts in ([row.name for row in self.rows], [row.value for row in self.rows])
        )
        table = bold.height() + names + _COLUMN + values
        width = max(table, *(bold.horizontalAdvance(text) for text in (self.title, self.note)))
        lines = len(self.rows) + 2
        return QSize(round(width) + 2 * _MARGIN, round(lines * _LINE * bold.height()) + 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line by line: a head, a name, a value."""
        theme, line = self._theme, _LINE * QFontMetricsF(self._bold()).height()
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.base))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        where = QRectF(_MARGIN, _MARGIN, self.width() - 2 * _MARGIN, line)
        painter.setPen(QColor(theme.text))
        self._write(painter, where, self.title, bold=True)
        for row in self.rows:
            where.translate(0, line)
            side = line * 0.75
            draw_swatch(painter, row.key, theme, QRectF(where.left(), where.center().y() - side / 2, side, side))
            painter.setPen(QColor(theme.text))
            self._write(painter, where.adjusted(line, 0, 0, 0), row.name, row.nearest)
            self._write(painter, where, row.value, row.nearest, Qt.AlignmentFlag.AlignRight)
        where.translate(0, line)
        painter.setPen(QColor(theme.faint))
        self._write(painter, where, self.note)
        painter.end()

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _write(
        self,
        painter: QPainter,
        where: QRectF,
        text: str,
        bold: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(self._bold() if bold else self.font())
        painter.drawText(where, int(side | Qt.AlignmentFlag.AlignVCenter), text)


def place_beside(size: QSize, beside: QRect, screen: QRect) -> QPoint:
    """Find the place of something of a size beside a view, on the screen."""
    left, right = beside.left() - _GAP - size.width(), beside.right() + 1 + _GAP
    if left >= screen.left():
        x = left
    elif right + size.width() <= screen.right() + 1:
        x = right
    else:
        x = screen.left()
    y = min(beside.top(), screen.bottom() + 1 - size.height())
    return QPoint(x, max(y, screen.top()))
