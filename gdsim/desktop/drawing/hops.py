"""The steps of a run along a curve, as hops from one point of it to the next."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.desktop.drawing.clipping import draw_polyline
from gdsim.desktop.style import solid
from gdsim.objectives.base import Array

#: A hop is so high, as a share of its width.
_HEIGHT = 0.3
#: What is narrower, in pixels, is seen as a row of dots.
_NARROW = 5.0
#: More points than these are looked through for such that cover each other.
_MANY = 16


def _cells(x: Array, y: Array) -> Array:
    """One number a pixel."""
    cells: Array = 1e5 * np.rint(x) + np.rint(y)
    return cells


def draw_hops(painter: QPainter, x: Array, y: Array, where: QRectF, pen: QPen, arcs: bool) -> None:
    """A dot at every point but the last, where the head is, and an arc from each to the next.

    Straight lines between them would be taken for another curve. Nothing is drawn outside a rectangle.
    """
    width = pen.widthF() / 2
    if arcs:
        painter.setPen(QPen(solid(pen.color(), 0.7), width))
        for k in np.flatnonzero(np.abs(np.diff(x)) > _NARROW):
            draw_polyline(painter, *_arc(x[k], y[k], x[k + 1], y[k + 1]), where)
    dots = QPen(pen.color(), 2 * ((1.6 if arcs else 0.8) + width))
    dots.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(dots)
    x, y = x[:-1], y[:-1]
    seen = np.flatnonzero((x > 0) & (x < where.right()) & (y > 0) & (y < where.bottom()))
    if len(seen) > _MANY:
        # one of those that cover each other is enough: where a run settles there are hundreds
        seen = seen[np.unique(_cells(x[seen], y[seen]), return_index=True)[1]]
    if len(seen):
        painter.drawPoints(pg.functions.arrayToQPolygonF(x[seen], y[seen]))


def _arc(x0: float, y0: float, x1: float, y1: float) -> tuple[Array, Array]:
    """Points of a parabola from one point over to another, ``(k,)`` each."""
    top = min(y0, y1) - _HEIGHT * abs(x1 - x0)
    t = np.linspace(0.0, 1.0, 25)
    return x0 + t * (x1 - x0), (1 - t) ** 2 * y0 + 2 * t * (1 - t) * top + t**2 * y1
