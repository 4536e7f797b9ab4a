"""Marks in the loss plot where runs end before the race does, and at the end of the best restart."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.look.style import optimizer_color, solid
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.views.loss.cuts import marks_of
from gdsim.desktop.views.loss.shown_curves import ShownCurves
from gdsim.objectives.base import Array

#: Radius of the mark where a curve ends, bold and of a restart, and how faint that of a restart is.
DOT, SMALL_DOT, _THIN = 3.5, 1.8, 0.6
#: Radius of the ring round the end of the best restart, and how faint it is.
_RING, _RING_SHARE = 5.0, 0.7


def draw_ends(painter: QPainter, mapping: Mapping, shown: ShownCurves) -> None:
    """Draw a dot where a run has converged, a cross where it is lost, and a ring where the best restart ends."""
    race, curves, theme = shown.race, shown.curves, shown.theme
    marks, scale = marks_of(race, curves), theme.scale
    x, y = mapping.x(marks.steps.astype(np.float64)), mapping.y(marks.heights)
    for o in shown.seen:
        color = optimizer_color(race.ids[o], theme)
        of_it, is_bold = marks.optimizers == o, marks.runs == shown.bold[o]
        if shown.batches is None and race.runs > 1:
            thin = of_it & ~is_bold
            draw_marks(painter, x[thin], y[thin], marks.lost[thin], SMALL_DOT * scale, solid(color, _THIN))
            if curves.best[o] != shown.bold[o]:
                _draw_best(painter, mapping, shown, o, color)
        which = of_it & is_bold
        draw_marks(painter, x[which], y[which], marks.lost[which], DOT * scale, color)


def _draw_best(painter: QPainter, mapping: Mapping, shown: ShownCurves, o: int, color: QColor) -> None:
    best, scale = int(shown.curves.best[o]), shown.theme.scale
    height, step = float(shown.curves.heights[-1, o, best]), float(shown.race.ended[o, best])
    if not math.isfinite(height):
        return
    radius = _RING * scale
    # at the last step it lies within the frame, too
    x = min(float(mapping.x(np.array([step]))[0]), mapping.inside.right() - radius - 1)
    draw_ring(painter, QPointF(x, float(mapping.y(np.array([height]))[0])), scale, color)


def draw_ring(painter: QPainter, at: QPointF, scale: float, color: QColor) -> None:
    """The ring round the end of the best restart, at a point in pixels."""
    painter.setPen(QPen(solid(color, _RING_SHARE), 1.5 * scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, _RING * scale, _RING * scale)


def draw_marks(painter: QPainter, x: Array, y: Array, lost: NDArray[np.bool_], radius: float, color: QColor) -> None:
    """Dots, and crosses where runs are lost, at points ``(k,)`` in pixels."""
    if not lost.all():
        painter.setPen(QPen(color, 2 * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(pg.functions.arrayToQPolygonF(x[~lost], y[~lost]))
    painter.setPen(QPen(color, radius / 2))
    for px, py in zip(x[lost].tolist(), y[lost].tolist(), strict=True):
        painter.drawLine(QLineF(px - radius, py - radius, px + radius, py + radius))
        painter.drawLine(QLineF(px - radius, py + radius, px + radius, py - radius))
