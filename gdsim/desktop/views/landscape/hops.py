"""The steps of a run along a curve, as hops from one point of it to the next."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.desktop.look.style import solid
from gdsim.desktop.plotting.clipping import draw_polyline
from gdsim.desktop.plotting.far_lines import cut_far, is_far, unbroken
from gdsim.objectives.base import Array

#: A hop is so high, as a share of its width.
_HEIGHT = 0.3
#: What is narrower, in pixels, is seen as a row of dots.
_NARROW = 5.0
#: More points than these are looked through for such that cover each other.
_MANY = 16


def _cells(x: Array, y: Array) -> Array:
    """Return a number for each point, the same for those of one pixel."""
    cells: Array = 1e5 * np.rint(x) + np.rint(y)
    return cells


def draw_hops(
    painter: QPainter, x: Array, y: Array, where: QRectF, pen: QPen, arcs: bool, unclipped: Array | None = None
) -> None:
    """Draw a dot at every point but the last, where the head is, and an arc from each to the next.

    Straight lines between them would be taken for another curve. Nothing is drawn outside a rectangle.

    Parameters
    ----------
    unclipped
        ``(2, k)``: the same points in units of `UNIT` pixels, if some lie far out.
    """
    width = pen.widthF() / 2
    if arcs:
        painter.setPen(QPen(solid(pen.color(), 0.7), width))
        for k in np.flatnonzero(np.abs(np.diff(x)) > _NARROW):
            for px, py in _arc(x[k : k + 2], y[k : k + 2], None if unclipped is None else unclipped[:, k : k + 2]):
                draw_polyline(painter, px, py, where)
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


def _arc(x: Array, y: Array, unclipped: Array | None) -> Iterable[tuple[Array, Array]]:
    """Return the pieces of a parabola from one point over to another, ``(2,)`` each."""
    if unclipped is None or not is_far(x, y).any():
        return [_parabola(x, y)]
    return unbroken(*cut_far(*_parabola(*unclipped))[:2])


def _parabola(x: Array, y: Array) -> tuple[Array, Array]:
    top = min(y[0], y[1]) - _HEIGHT * abs(x[1] - x[0])
    t = np.linspace(0.0, 1.0, 25)
    return x[0] + t * (x[1] - x[0]), (1 - t) ** 2 * y[0] + 2 * t * (1 - t) * top + t**2 * y[1]
