"""The steps of a run along a curve, as hops from one point of it to the next."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gdsim.desktop.style import solid
from gdsim.objectives.base import Array

#: A hop is so high, as a share of its width.
_HEIGHT = 0.3
#: What is narrower, in pixels, is seen as a row of dots.
_NARROW = 5.0


def draw_hops(painter: QPainter, x: Array, y: Array, color: QColor, width: float, arcs: bool) -> None:
    """A dot at every point but the last, where the head is, and an arc from each to the next.

    Straight lines between them would be taken for another curve.
    """
    if arcs:
        painter.setPen(QPen(solid(color, 0.55), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath()
        for k in np.flatnonzero(np.abs(np.diff(x)) > _NARROW):
            top = min(y[k], y[k + 1]) - _HEIGHT * abs(x[k + 1] - x[k])
            path.moveTo(x[k], y[k])
            path.quadTo((x[k] + x[k + 1]) / 2, top, x[k + 1], y[k + 1])
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    radius = (1.6 if arcs else 0.8) + width
    for px, py in zip(x[:-1], y[:-1], strict=True):
        painter.drawEllipse(QPointF(px, py), radius, radius)
