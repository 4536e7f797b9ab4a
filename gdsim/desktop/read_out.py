"""A small table of losses beside the loss plot, where it covers no curve."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

#: Between the table and the view, in pixels.
_GAP = 6


@dataclass(frozen=True)
class Row:
    """One optimizer: its colour, whether its head is a diamond, its name, what is read, whether it is the nearest."""

    color: str
    diamond: bool
    name: str
    value: str
    nearest: bool = False


class ReadOut(QLabel):
    """A window of its own, without a frame, that takes neither the focus nor the mouse."""

    def __init__(self, parent: QWidget) -> None:
        self._view = parent
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.WindowTransparentForInput)
        self.setObjectName("read_out")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(self.tr("Losses under the mouse"))
        self.setFrameShape(QLabel.Shape.Box)
        self.setAutoFillBackground(True)
        self.setMargin(4)

    def show_rows(self, title: str, rows: list[Row], note: str, beside: QRect, faint: QColor) -> None:
        """Show what is read.

        Parameters
        ----------
        title, note
            Above and below the table.
        beside
            The view on the screen: the table lies to its left if there is room, else to its right, else within it.
        faint
            The colour of the note.
        """
        lines = "".join(map(_line, rows))
        self.setText(f"<b>{escape(title)}</b><table cellspacing='1' width='100%'>{lines}</table>"
                     f"<span style='color:{faint.name()}'>{escape(note)}</span>")  # fmt: skip
        self.adjustSize()
        self.move(place_beside(self.size(), beside, self._view.screen().availableGeometry()))
        if not self.isVisible():
            self.show()


def place_beside(size: QSize, beside: QRect, screen: QRect) -> QPoint:
    """Where something of a size lies beside a view, on the screen."""
    left, right = beside.left() - _GAP - size.width(), beside.right() + 1 + _GAP
    if left >= screen.left():
        x = left
    elif right + size.width() <= screen.right() + 1:
        x = right
    else:
        x = screen.left()
    y = min(beside.top(), screen.bottom() + 1 - size.height())
    return QPoint(x, max(y, screen.top()))


def _line(row: Row) -> str:
    head = "◆" if row.diamond else "●"
    name, value = escape(row.name), escape(row.value)
    if row.nearest:
        name, value = f"<b>{name}</b>", f"<b>{value}</b>"
    color = QColor(row.color).name()
    cells = f"<td width='14' style='color:{color}'>{head}</td><td>{name}</td><td align='right'>&nbsp;&nbsp;{value}</td>"
    return f"<tr>{cells}</tr>"
