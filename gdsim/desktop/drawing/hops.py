"""The steps of a run along a curve, as hops from one point of it to the next."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

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


def draw_hops(painter: QPainter, x: Array, y: Array, color: QColor, width: float, arcs: bool) -> None:
    """A dot at every point but the last, where the head is, and an arc from each to the next.

    Straight lines between them would be taken for another curve.
    """
    if arcs:
        painter.setPen(QPen(solid(color, 0.7), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath()
        for k in np.flatnonzero(np.abs(np.diff(x)) > _NARROW):
            top = min(y[k], y[k + 1]) - _HEIGHT * abs(x[k + 1] - x[k])
            path.moveTo(x[k], y[k])
            path.quadTo((x[k] + x[k + 1]) / 2, top, x[k + 1], y[k + 1])
        painter.drawPath(path)
    dots = QPen(color, 2 * ((1.6 if arcs else 0.8) + width))
    dots.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(dots)
    # one of those that cover each other is enough: where a run settles there are hundreds
    seen = slice(0, -1) if len(x) <= _MANY else np.unique(_cells(x[:-1], y[:-1]), return_index=True)[1]
    painter.drawPoints(pg.functions.arrayToQPolygonF(x[seen], y[seen]))
