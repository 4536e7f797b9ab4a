"""Arrows and labels of the gradient at the head of a run."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.overlays.arrows import directions
from gdsim.desktop.views.landscape.overlays.gradient_figure import Figure

#: The longest arrow, the shortest that is drawn, that of the direction, and half the level line, in pixels at scale 1.
_LONGEST, _SHORTEST, _POINTER, _LEVEL = 120.0, 1.5, 64.0, 78.0
#: The least way from the head to a label.
_AWAY = 17.0


class Pencil:
    """Draws arrows and labels in the colours of the theme."""

    def __init__(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        self.painter, self.theme, self.area = painter, theme, area

    def line(
        self,
        a: QPointF,
        b: QPointF,
        color: QColor,
        width: float,
        dashed: bool = False,
        dashes: tuple[float, ...] = (4.0, 3.0),
    ) -> None:
        """Draw a line."""
        pen = QPen(color, width * self.theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern(list(dashes))
        self.painter.setPen(pen)
        self.painter.drawLine(a, b)

    def arrow(self, a: QPointF, b: QPointF, color: QColor, width: float, dashes: tuple[float, ...] = ()) -> None:
        """Draw an arrow with a rim, so that it stands out from paths and surface."""
        length = math.hypot(b.x() - a.x(), b.y() - a.y())
        if length < _SHORTEST:
            return
        along = (b - a) / length
        across = QPointF(-along.y(), along.x())
        tip = min((4.0 + 3.0 * width) * self.theme.scale, length)
        neck, half = b - along * tip, across * tip * 0.42
        for extra, ink in ((2.4, solid(self.theme.base, 0.75)), (0.0, color)):
            self.line(a, neck + along, ink, width + extra, bool(dashes) and not extra, dashes)
            rim = QPen(ink, extra * self.theme.scale) if extra else QPen(Qt.PenStyle.NoPen)
            self.painter.setPen(rim)
            self.painter.setBrush(ink)
            self.painter.drawPolygon(QPolygonF([b, neck + half, neck - half]))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def label(self, at: QPointF, toward: tuple[float, float], text: str, color: QColor) -> None:
        """Write a text beside a point, on the side where `toward` points; inside the picture."""
        metrics = self.painter.fontMetrics()
        rect = QRectF(metrics.boundingRect(text)).adjusted(-4, -2, 4, 2)
        gap = 5 * self.theme.scale
        rect.moveCenter(at + QPointF(toward[0] * (rect.width() / 2 + gap), toward[1] * (rect.height() / 2 + gap)))
        rect.moveLeft(min(max(rect.left(), 0.0), max(0.0, self.area.width() - rect.width())))
        rect.moveTop(min(max(rect.top(), 0.0), max(0.0, self.area.height() - rect.height())))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(solid(self.theme.base, 0.82))
        self.painter.drawRoundedRect(rect, 3, 3)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(color)
        self.painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


def draw_components(pencil: Pencil, head: QPointF, figure: Figure, mapping: Mapping, ascent: bool) -> None:
    """Draw the gradient, or its opposite, and what it is along either axis."""
    scale, ink = pencil.theme.scale, QColor(pencil.theme.text)
    x, y = directions(figure.arrow, mapping) * (_LONGEST * scale * figure.share)
    corner_x, corner_y, tip = head + QPointF(x, 0), head + QPointF(0, y), head + QPointF(x, y)
    for corner in (corner_x, corner_y):
        pencil.line(corner, tip, solid(ink, 0.6), 1.0, dashed=True)
        pencil.arrow(head, corner, solid(ink, 0.85), 1.5)
    pencil.arrow(head, tip, ink, 2.6)
    _label_components(pencil, head, figure, (x, y), "" if ascent else "−")


def _label_components(pencil: Pencil, head: QPointF, figure: Figure, arrow: tuple[float, float], sign: str) -> None:
    """Write beside each arrow, on the side where the others are not, and away from the head where it is short."""
    (x, y), ink, away = arrow, QColor(pencil.theme.text), _AWAY * pencil.theme.scale
    right, down = (1.0 if x >= 0 else -1.0), (1.0 if y >= 0 else -1.0)
    at_x, at_y = head + QPointF(right * max(abs(x), away), 0), head + QPointF(0, down * max(abs(y), away))
    texts = [
        f"{sign}∂f/∂{name} = {show(float(slope), 3)}" for name, slope in zip(figure.names, figure.arrow, strict=True)
    ]
    pencil.label(at_x, (0.6 * right, -0.7 * down), texts[0], ink)
    pencil.label(at_y, (-1.0 * right, 0.3 * down), texts[1], ink)
    if math.hypot(x, y) > 2.5 * away:
        pencil.label(head + QPointF(x, y), (0.9 * right, 0.6 * down), f"{sign}∇f", ink)


def draw_direction(pencil: Pencil, head: QPointF, figure: Figure, angle: float, mapping: Mapping) -> None:
    """Draw the direction at an angle, and the level line to compare it with."""
    scale, ink, accent = pencil.theme.scale, QColor(pencil.theme.text), QColor(pencil.theme.accent)
    if figure.arrow.any():
        across = np.array([-figure.arrow[1], figure.arrow[0]])
        level = QPointF(*(directions(across, mapping) * _LEVEL * scale))
        pencil.line(head - level, head + level, solid(pencil.theme.base, 0.7), 3.4)
        pencil.line(head - level, head + level, solid(ink, 0.85), 1.4, dashed=True)
    u = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])
    x, y = directions(u, mapping)
    tip = head + QPointF(x, y) * (_POINTER * scale)
    pencil.arrow(head, tip, accent, 2.6)
    pencil.label(tip, (x, y), "u", accent)
