"""The hatching of where a function is undefined."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.look.style import Theme, solid

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
    # a drawing that can be scaled knows no clipping: the lines end at the edge by themselves
    lines = []
    for k in range(first, last + 1):
        left, right = max(where.left(), k * apart - where.bottom()), min(where.right(), k * apart - where.top())
        if left < right:
            lines.append(QLineF(left, k * apart - left, right, k * apart - right))
    if lines:
        painter.drawLines(lines)
    painter.restore()
