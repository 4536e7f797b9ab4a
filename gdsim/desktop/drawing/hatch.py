"""The hatching of where a function is undefined."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.style import Theme, solid

#: Pixels between two lines, along either axis.
_APART = 9


def draw_hatch(painter: QPainter, where: QRectF, theme: Theme) -> None:
    """Fill a rectangle of pixels with diagonal lines, in step with those of any other."""
    painter.save()
    painter.setClipRect(where)
    painter.fillRect(where, QColor(theme.window))
    pen = QPen(solid(theme.faint, 0.75))
    pen.setWidthF(1.2 * theme.scale)
    painter.setPen(pen)
    apart = _APART * theme.scale
    # the lines x + y = k apart
    first = math.floor((where.left() + where.top()) / apart)
    last = math.ceil((where.right() + where.bottom()) / apart)
    top, bottom = where.top(), where.bottom()
    painter.drawLines([QLineF(k * apart - top, top, k * apart - bottom, bottom) for k in range(first, last + 1)])
    painter.restore()
