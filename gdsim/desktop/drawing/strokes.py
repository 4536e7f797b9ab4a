"""Lines through many points, drawn fast."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPen

from gdsim.objectives.base import Array

#: Through more points than these a broad line is drawn as so many lines of its own. As one line it takes several times
#: as long where it goes to and fro, and how its corners look cannot be told where there are so many of them.
MANY = 64


def stroke(painter: QPainter, x: Array, y: Array) -> None:
    """Draw a line through points ``(k,)`` in pixels with the painter's pen."""
    pen = painter.pen()
    if len(x) > MANY and _is_broad(pen) and painter.paintEngine().type() == QPaintEngine.Type.Raster:
        _draw_apart(painter, pen, x, y)
    else:
        painter.drawPolyline(pg.functions.arrayToQPolygonF(x, y))


def _is_broad(pen: QPen) -> bool:
    """Whether it takes long, and may lie over itself: neither dashed nor seen through."""
    return pen.widthF() > 1 and pen.style() == Qt.PenStyle.SolidLine and pen.color().alpha() == 255


def _draw_apart(painter: QPainter, pen: QPen, x: Array, y: Array) -> None:
    lines = pg.Qt.internals.PrimitiveArray(QLineF, 4)
    lines.resize(len(x) - 1)
    numbers = lines.ndarray()
    for column, values in enumerate((x[:-1], y[:-1], x[1:], y[1:])):
        numbers[:, column] = values
    joined = QPen(pen)
    joined.setCapStyle(Qt.PenCapStyle.SquareCap)  # so that they meet at the corners
    painter.setPen(joined)
    painter.drawLines(*lines.drawargs())
    painter.setPen(pen)
