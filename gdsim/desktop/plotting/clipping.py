"""Lines cut off at the edge of the view, for drawings in which nothing else cuts them off."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPaintEngine, QPainter

from gdsim.desktop.plotting.strokes import stroke
from gdsim.objectives.base import Array


def draw_polyline(painter: QPainter, x: Array, y: Array, where: QRectF) -> None:
    """Draw a line through points ``(k,)`` in pixels, inside a rectangle; a painter of pixels cuts it off itself."""
    if len(x) < 2:
        return
    if painter.paintEngine().type() != QPaintEngine.Type.SVG:
        stroke(painter, x, y)
        return
    for px, py in pieces(x, y, where):
        painter.drawPolyline(pg.functions.arrayToQPolygonF(px, py))


def draw_line(painter: QPainter, line: QLineF, where: QRectF) -> None:
    """Draw one line inside a rectangle."""
    draw_polyline(painter, np.array([line.x1(), line.x2()]), np.array([line.y1(), line.y2()]), where)


def pieces(x: Array, y: Array, where: QRectF) -> list[tuple[Array, Array]]:
    """Return the pieces of a line that lie in a rectangle. Liang & Barsky (1984), all segments at once."""
    dx, dy = np.diff(x), np.diff(y)
    enter, leave = np.zeros(len(dx)), np.ones(len(dx))
    for p, q in (
        (-dx, x[:-1] - where.left()),
        (dx, where.right() - x[:-1]),
        (-dy, y[:-1] - where.top()),
        (dy, where.bottom() - y[:-1]),
    ):
        with np.errstate(all="ignore"):
            at = q / p
        enter = np.where(p < 0, np.maximum(enter, at), enter)
        leave = np.where(p > 0, np.minimum(leave, at), leave)
        leave = np.where((p == 0) & (q < 0), -1.0, leave)
    found: list[tuple[Array, Array]] = []
    run: list[tuple[float, float]] = []
    for i in np.flatnonzero(enter <= leave):
        begin = (x[i] + enter[i] * dx[i], y[i] + enter[i] * dy[i])
        if not run or enter[i] > 0 or run[-1] != begin:
            found += [_arrays(run)] if run else []
            run = [begin]
        run.append((x[i] + leave[i] * dx[i], y[i] + leave[i] * dy[i]) if leave[i] < 1 else (x[i + 1], y[i + 1]))
    return [*found, _arrays(run)] if run else found


def _arrays(points: list[tuple[float, float]]) -> tuple[Array, Array]:
    x, y = np.array(points).T
    return x, y
