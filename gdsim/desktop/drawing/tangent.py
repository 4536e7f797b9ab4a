"""Secant, tangent and next step on the curve of a function of one variable."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gdsim.desktop.drawing.layer import Mapping
from gdsim.desktop.style import Theme, optimizer_color, solid
from gdsim.simulation.tangent import NextStep, Tangent

#: A leg of the triangle that is shorter, in pixels, has no room for its name.
_NAMED = 22.0


@dataclass(frozen=True)
class Look:
    """What is drawn of the derivative at one point.

    Attributes
    ----------
    tangent
        What is known there.
    step, key, formula
        The step that follows, the optimizer that takes it, and what it is as a formula; None to leave it out.
    secant
        Whether secant and tangent are drawn.
    """

    tangent: Tangent
    step: NextStep | None = None
    key: str = ""
    formula: str = ""
    secant: bool = True


def secant_color(theme: Theme) -> QColor:
    """A colour that no optimizer has."""
    return QColor("#b79cf0" if theme.dark else "#7647b8")


class TangentItem(pg.GraphicsObject):
    """Draws one look at the derivative, in pixels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(12)
        self._look: Look | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_look(self, look: Look | None) -> None:
        """Draw another look, or nothing."""
        if look != self._look:
            self._look = look
            self.update()

    def boundingRect(self) -> QRectF:
        """All of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph when the view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """The lines through the point, then the step along the axis."""
        look = self._look
        if look is None or not math.isfinite(look.tangent.y):
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        if area.isEmpty():
            return
        mapping = Mapping(transform, area)
        painter.save()
        painter.resetTransform()
        painter.setClipRect(area)
        painter.translate(area.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(QApplication.font())
        painter.setFont(font)
        if look.secant:
            self._draw_lines(painter, mapping, look.tangent)
        if look.step is not None:
            self._draw_step(painter, mapping, look.tangent, look.step, look)
        painter.restore()

    # --- the lines

    def _draw_lines(self, painter: QPainter, mapping: Mapping, seen: Tangent) -> None:
        width = float(mapping.area.width())
        here = _point(mapping, seen.x, seen.y)
        scale = self._theme.scale
        accent, violet = QColor(self._theme.accent), secant_color(self._theme)
        if math.isfinite(seen.slope):
            painter.setPen(QPen(accent, 1.8 * scale))
            painter.drawLine(self._across(mapping, seen, seen.slope, width))
        if math.isfinite(seen.quotient):
            there = _point(mapping, seen.x + seen.dx, seen.beyond)
            corner = QPointF(there.x(), here.y())
            pen = QPen(violet, 1.8 * scale)
            pen.setDashPattern([5.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(self._across(mapping, seen, seen.quotient, width))
            painter.setPen(QPen(solid(violet, 0.8), scale))
            painter.drawLine(QLineF(here, corner))
            painter.drawLine(QLineF(corner, there))
            self._name_legs(painter, here, corner, there)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(violet)
            painter.drawEllipse(there, 4 * scale, 4 * scale)
        painter.setPen(QPen(QColor(self._theme.ring), scale))
        painter.setBrush(accent)
        painter.drawEllipse(here, 4.5 * scale, 4.5 * scale)

    def _across(self, mapping: Mapping, seen: Tangent, slope: float, width: float) -> QLineF:
        """A line through the point, from edge to edge; far outside, a steep one is cut where it stays straight."""
        across, up = mapping.transform.m11(), mapping.transform.m22()
        with np.errstate(all="ignore"):
            steepness = float(np.float64(slope) * up / across)
        here = _point(mapping, seen.x, seen.y)
        if not math.isfinite(steepness):
            return QLineF(here, here)
        reach = 2.0 * max(width, float(mapping.area.height())) + abs(here.x())
        dx = reach / math.hypot(1.0, steepness)
        return QLineF(here - QPointF(dx, dx * steepness), here + QPointF(dx, dx * steepness))

    def _name_legs(self, painter: QPainter, here: QPointF, corner: QPointF, there: QPointF) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(QPen(secant_color(self._theme)))
        rises = there.y() < corner.y()
        if abs(corner.x() - here.x()) > _NAMED:
            y = corner.y() + (metrics.ascent() + 3 if rises else -5)
            painter.drawText(QPointF((here.x() + corner.x() - metrics.horizontalAdvance("Δx")) / 2, y), "Δx")
        if abs(there.y() - corner.y()) > _NAMED:
            y = (there.y() + corner.y() + metrics.ascent()) / 2
            wide = metrics.horizontalAdvance("Δy")
            inside = corner.x() + 5 + wide < painter.clipBoundingRect().right()
            painter.drawText(QPointF(corner.x() + (5 if inside else -5 - wide), y), "Δy")

    # --- the step

    def _draw_step(self, painter: QPainter, mapping: Mapping, seen: Tangent, step: NextStep, look: Look) -> None:
        if not math.isfinite(step.to):
            return
        scale = self._theme.scale
        color = optimizer_color(look.key, self._theme)
        here, there = _point(mapping, seen.x, seen.y), _point(mapping, step.to, step.height)
        floor = mapping.area.height() - 9.0 * scale
        thin = QPen(solid(self._theme.text, 0.45), scale)
        thin.setDashPattern([1.0, 3.0])
        painter.setPen(thin)
        painter.drawLine(QLineF(here.x(), here.y(), here.x(), floor + 5 * scale))
        if math.isfinite(step.height):
            painter.drawLine(QLineF(there.x(), there.y(), there.x(), floor + 5 * scale))
            painter.setPen(QPen(color, 1.5 * scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(there, 5 * scale, 5 * scale)
        _draw_arrow(painter, here.x(), there.x(), floor, color, QColor(self._theme.base), scale)
        text = look.formula
        if text and abs(there.x() - here.x()) > 1.6 * painter.fontMetrics().horizontalAdvance(text):
            painter.setPen(QPen(QColor(self._theme.text)))
            middle = (max(min(here.x(), there.x()), 0.0) + min(max(here.x(), there.x()), mapping.area.width())) / 2
            at = QPointF(middle - painter.fontMetrics().horizontalAdvance(text) / 2, floor - 7 * scale)
            painter.drawText(at, text)


def _point(mapping: Mapping, x: float, y: float) -> QPointF:
    return QPointF(float(mapping.x(np.array([x]))[0]), float(mapping.y(np.array([y]))[0]))


def _draw_arrow(
    painter: QPainter, start: float, end: float, y: float, color: QColor, edge: QColor, scale: float
) -> None:
    """A bold arrow along the axis, exactly as long as the step; what is too short for a head is a stroke."""
    direction = 1.0 if end > start else -1.0
    head = min(9.0 * scale, abs(end - start))
    shaft = end - direction * head
    for pen in (QPen(edge, 6 * scale), QPen(color, 3 * scale)):
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        if abs(end - start) > head:
            painter.drawLine(QLineF(start, y, shaft, y))
    painter.setPen(QPen(color, scale))
    painter.setBrush(QBrush(color))
    half = 5.0 * scale
    painter.drawPolygon(QPolygonF([QPointF(end, y), QPointF(shaft, y - half), QPointF(shaft, y + half)]))
    painter.drawLine(QLineF(start, y - half, start, y + half))
