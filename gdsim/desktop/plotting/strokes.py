"""Lines through many points, drawn fast."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPixmap

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


def stroke_pieces(painter: QPainter, x: Array, y: Array) -> None:
    """Draw lines through points ``(k,)`` in pixels, nan between them, with a pen that may be seen through.

    A broad one is drawn as an opaque one on a picture of its own, which is put there as faint as the pen is: drawn as
    it is, it takes some twenty times as long.
    """
    device, pen = painter.device(), painter.pen()
    broad = pen.widthF() * device.devicePixelRatioF() > 1 and pen.style() == Qt.PenStyle.SolidLine
    if not broad or painter.paintEngine().type() != QPaintEngine.Type.Raster:
        painter.drawPath(pg.functions.arrayToQPath(x, y, connect="finite", finiteCheck=True))
        return
    picture = QPixmap(device.width(), device.height())
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(device.devicePixelRatioF())
    opaque = QPen(QColor(pen.color().rgb()), pen.widthF())
    inner = QPainter(picture)
    try:
        inner.setRenderHints(painter.renderHints())
        inner.setTransform(painter.transform())
        there = np.isfinite(x) & np.isfinite(y)
        _draw_apart(inner, opaque, x, y, there[:-1] & there[1:])
    finally:
        inner.end()
    painter.save()
    painter.resetTransform()
    painter.setOpacity(painter.opacity() * pen.color().alphaF())
    painter.drawPixmap(0, 0, picture)
    painter.restore()


def _is_broad(pen: QPen) -> bool:
    """Tell whether it takes long, and may lie over itself: neither dashed nor seen through."""
    return pen.widthF() > 1 and pen.style() == Qt.PenStyle.SolidLine and pen.color().alpha() == 255


def _draw_apart(painter: QPainter, pen: QPen, x: Array, y: Array, which: NDArray[np.bool_] | None = None) -> None:
    """Draw the lines from point to point, or some `which` of them, each as one of its own."""
    lines = pg.Qt.internals.PrimitiveArray(QLineF, 4)
    ends = [values if which is None else values[which] for values in (x[:-1], y[:-1], x[1:], y[1:])]
    lines.resize(len(ends[0]))
    numbers = lines.ndarray()
    for column, values in enumerate(ends):
        numbers[:, column] = values
    joined = QPen(pen)
    joined.setCapStyle(Qt.PenCapStyle.SquareCap)  # so that they meet at the corners
    painter.setPen(joined)
    painter.drawLines(*lines.drawargs())
    painter.setPen(pen)
