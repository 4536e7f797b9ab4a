"""The mark of a run that has ended."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from gdsim.desktop.look.style import Theme

#: The icon, and the mark in it, in pixels.
_SIZE, _MARK = 14, 7.0


def ended_icon(theme: Theme, lost: bool) -> QIcon:
    """Draw a square, as on the button that stops a player; a cross where the run was lost, as its head is one."""
    size = theme.pixels(_SIZE)
    picture = QPixmap(QSize(size, size) * 2)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle, half = QPointF(size / 2, size / 2), _MARK * theme.scale / 2
    square = QRectF(middle - QPointF(half, half), middle + QPointF(half, half))
    if lost:
        painter.setPen(QPen(QColor(theme.error), 2 * theme.scale))
        painter.drawLine(square.topLeft(), square.bottomRight())
        painter.drawLine(square.bottomLeft(), square.topRight())
    else:
        painter.fillRect(square, QColor(theme.text))
    painter.end()
    icon = QIcon()
    # the same in a row that is selected: Qt would tint it
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(picture, mode)
    return icon
