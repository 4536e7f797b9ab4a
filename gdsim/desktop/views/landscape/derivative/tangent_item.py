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

from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.clipping import draw_line
from gdsim.desktop.plotting.layer import Mapping
from gdsim.simulation.sampling.tangent import NextStep, Tangent

#: A leg of the triangle that is shorter, in pixels, has no room for its name.
_NAMED = 22.0
#: So high is the arrow of the step, along the axis.
_STEP = 14.0


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
        self._variable = "x"
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_look(self, look: Look | None, variable: str = "x") -> None:
        """Draw another look, or nothing; of a function of a variable of that name."""
        self._variable = variable
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

    def _draw_lines(self, painter: QPainter, mapping: Mapping, seen: Tangent) -> None:
        inside = mapping.inside
        here = _point(mapping, seen.x, seen.y)
        scale = self._theme.scale
        accent, violet = QColor(self._theme.accent), secant_color(self._theme)
        if math.isfinite(seen.slope):
            painter.setPen(QPen(accent, 1.8 * scale))
            draw_line(painter, self._across(mapping, seen, seen.slope), inside)
        if math.isfinite(seen.quotient):
            there = _point(mapping, seen.x + seen.dx, seen.beyond)
            corner = QPointF(there.x(), here.y())
            pen = QPen(violet, 1.8 * scale)
            pen.setDashPattern([5.0, 3.0])
            painter.setPen(pen)
            draw_line(painter, self._across(mapping, seen, seen.quotient), inside)
            painter.setPen(QPen(solid(violet, 0.8), scale))
            draw_line(painter, QLineF(here, corner), inside)
            draw_line(painter, QLineF(corner, there), inside)
            self._name_legs(painter, inside, here, corner, there)
            if inside.contains(there):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(violet)
                painter.drawEllipse(there, 4 * scale, 4 * scale)
        if not inside.contains(here):
            return
        painter.setPen(QPen(QColor(self._theme.ring), scale))
        painter.setBrush(accent)
        painter.drawEllipse(here, 4.5 * scale, 4.5 * scale)

    def _across(self, mapping: Mapping, seen: Tangent, slope: float) -> QLineF:
        """A line through the point, from edge to edge; far outside, a steep one is cut where it stays straight."""
        across, up = mapping.transform.m11(), mapping.transform.m22()
        with np.errstate(all="ignore"):
            steepness = float(np.float64(slope) * up / across)
        here = _point(mapping, seen.x, seen.y)
        if not math.isfinite(steepness):
            return QLineF(here, here)
        reach = 2.0 * (mapping.inside.width() + mapping.inside.height() + abs(here.x()) + abs(here.y()))
        dx = reach / math.hypot(1.0, steepness)
        return QLineF(here - QPointF(dx, dx * steepness), here + QPointF(dx, dx * steepness))

    def _name_legs(self, painter: QPainter, inside: QRectF, here: QPointF, corner: QPointF, there: QPointF) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(QPen(secant_color(self._theme)))
        rises = there.y() < corner.y()
        if abs(corner.x() - here.x()) > _NAMED:
            below, above = corner.y() + metrics.ascent() + 3, corner.y() - 5
            # not over the axis
            has_room = below + metrics.descent() < inside.bottom() - _STEP * self._theme.scale
            y = below if rises and has_room else above
            name = f"Δ{self._variable}"
            at = QPointF((here.x() + corner.x() - metrics.horizontalAdvance(name)) / 2, y)
            if inside.contains(at):
                painter.drawText(at, name)
        if abs(there.y() - corner.y()) > _NAMED:
            y = (there.y() + corner.y() + metrics.ascent()) / 2
            wide = metrics.horizontalAdvance("Δy")
            at = QPointF(corner.x() + (5 if corner.x() + 5 + wide < inside.right() else -5 - wide), y)
            if inside.contains(at):
                painter.drawText(at, "Δy")

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
        inside = mapping.inside
        draw_line(painter, QLineF(here.x(), here.y(), here.x(), floor + 5 * scale), inside)
        if math.isfinite(step.height):
            draw_line(painter, QLineF(there.x(), there.y(), there.x(), floor + 5 * scale), inside)
            if inside.contains(there):
                painter.setPen(QPen(color, 1.5 * scale))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(there, 5 * scale, 5 * scale)
        self._draw_arrow(painter, here.x(), there.x(), floor, color, inside)
        text = look.formula
        if text and abs(there.x() - here.x()) > 1.6 * painter.fontMetrics().horizontalAdvance(text):
            painter.setPen(QPen(QColor(self._theme.text)))
            left, right = sorted((here.x(), there.x()))
            middle = (max(left, 0.0) + min(right, inside.width())) / 2
            at = QPointF(middle - painter.fontMetrics().horizontalAdvance(text) / 2, floor - 7 * scale)
            if inside.contains(at):
                painter.drawText(at, text)

    def _draw_arrow(self, painter: QPainter, start: float, end: float, y: float, color: QColor, inside: QRectF) -> None:
        """A bold arrow along the axis, exactly as long as the step; what is too short for a head is a stroke."""
        scale = self._theme.scale
        direction = 1.0 if end > start else -1.0
        head = min(9.0 * scale, abs(end - start))
        shaft, half = end - direction * head, 5.0 * scale
        for pen in (QPen(QColor(self._theme.base), 6 * scale), QPen(color, 3 * scale)):
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            if abs(end - start) > head:
                draw_line(painter, QLineF(start, y, shaft, y), inside)
        painter.setPen(QPen(color, scale))
        painter.setBrush(QBrush(color))
        if 0 <= end <= inside.width():
            tip = [QPointF(end, y), QPointF(shaft, y - half), QPointF(shaft, y + half)]
            painter.drawPolygon(QPolygonF(tip))
        draw_line(painter, QLineF(start, y - half, start, y + half), inside)


def _point(mapping: Mapping, x: float, y: float) -> QPointF:
    return QPointF(float(mapping.x(np.array([x]))[0]), float(mapping.y(np.array([y]))[0]))
