"""Secant, tangent and next step on the curve of a function of one variable."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.clipping import draw_line
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem
from gdsim.simulation.sampling.tangent import NextStep, Tangent

#: A leg of the triangle that is shorter, in pixels, has no room for its name.
_NAMED = 22.0
#: So high is the arrow of the step, along the axis.
_STEP = 14.0


@dataclass(frozen=True)
class Look:
    """Everything that is drawn of the derivative at one point.

    Attributes
    ----------
    theme
        In which colours.
    tangent
        What is known there.
    step, key, formula
        The step that follows, the optimizer that takes it, and what it is as a formula; None to leave it out.
    secant
        Whether secant and tangent are drawn.
    variable
        The name of the variable.
    """

    theme: Theme
    tangent: Tangent
    step: NextStep | None = None
    key: str = ""
    formula: str = ""
    secant: bool = True
    variable: str = "x"


def secant_color(theme: Theme) -> QColor:
    """Return a colour that no optimizer has."""
    return QColor("#b79cf0" if theme.dark else "#7647b8")


class TangentItem(PixelItem):
    """Draws one look at the derivative, in pixels."""

    #: The look that is drawn; None where nothing is.
    look: Look | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(12)

    def show_look(self, look: Look | None) -> None:
        """Draw another look, or nothing."""
        if look != self.look:
            self.look = look
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the lines through the point, then the step along the axis."""
        look = self.look
        if look is None or not math.isfinite(look.tangent.y):
            return
        painter.setClipRect(mapping.inside)
        painter.setFont(QFont(QApplication.font()))
        drawing = _Drawing(painter, mapping, look)
        if look.secant:
            drawing.draw_secant()
            drawing.draw_point()
        if look.step is not None and math.isfinite(look.step.to):
            drawing.draw_step(look.step)


class _Drawing:
    """Draws one look, in pixels."""

    def __init__(self, painter: QPainter, mapping: Mapping, look: Look) -> None:
        self._painter, self._mapping, self._look = painter, mapping, look
        self._theme, self._scale, self._inside = look.theme, look.theme.scale, mapping.inside
        self._here = self._place(look.tangent.x, look.tangent.y)

    def _place(self, x: float, y: float) -> QPointF:
        return QPointF(float(self._mapping.x(np.array([x]))[0]), float(self._mapping.y(np.array([y]))[0]))

    def draw_secant(self) -> None:
        """Draw tangent and secant from edge to edge, and the triangle of the secant."""
        painter, inside, seen = self._painter, self._inside, self._look.tangent
        if math.isfinite(seen.slope):
            painter.setPen(QPen(QColor(self._theme.accent), 1.8 * self._scale))
            draw_line(painter, self._line_of(seen.slope), inside)
        if not math.isfinite(seen.quotient):
            return
        violet = secant_color(self._theme)
        there = self._place(seen.x + seen.dx, seen.beyond)
        corner = QPointF(there.x(), self._here.y())
        pen = QPen(violet, 1.8 * self._scale)
        pen.setDashPattern([5.0, 3.0])
        painter.setPen(pen)
        draw_line(painter, self._line_of(seen.quotient), inside)
        painter.setPen(QPen(solid(violet, 0.8), self._scale))
        draw_line(painter, QLineF(self._here, corner), inside)
        draw_line(painter, QLineF(corner, there), inside)
        painter.setPen(QPen(violet))
        self._name_run(corner, rises=there.y() < corner.y())
        self._name_rise(corner, there)
        if inside.contains(there):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(violet)
            painter.drawEllipse(there, 4 * self._scale, 4 * self._scale)

    def draw_point(self) -> None:
        """Draw the point itself, over the lines through it."""
        if self._inside.contains(self._here):
            self._painter.setPen(QPen(QColor(self._theme.ring), self._scale))
            self._painter.setBrush(QColor(self._theme.accent))
            self._painter.drawEllipse(self._here, 4.5 * self._scale, 4.5 * self._scale)

    def _line_of(self, slope: float) -> QLineF:
        """Return the line through the point; far outside, a steep one is cut where it stays straight."""
        here, inside, transform = self._here, self._inside, self._mapping.transform
        with np.errstate(all="ignore"):
            steepness = float(np.float64(slope) * transform.m22() / transform.m11())
        if not math.isfinite(steepness):
            return QLineF(here, here)
        # from edge to edge wherever the point is: as far as the view is wide and high, and as the point is away
        reach = 2.0 * (inside.width() + inside.height() + abs(here.x()) + abs(here.y()))
        dx = reach / math.hypot(1.0, steepness)
        return QLineF(here - QPointF(dx, dx * steepness), here + QPointF(dx, dx * steepness))

    def _name_run(self, corner: QPointF, rises: bool) -> None:
        """Write Δx beside the level leg of the triangle, if that is long enough."""
        if abs(corner.x() - self._here.x()) <= _NAMED:
            return
        metrics = self._painter.fontMetrics()
        below, above = corner.y() + metrics.ascent() + 3, corner.y() - 5
        # not over the axis
        has_room = below + metrics.descent() < self._inside.bottom() - _STEP * self._scale
        name = f"Δ{self._look.variable}"
        x = (self._here.x() + corner.x() - metrics.horizontalAdvance(name)) / 2
        self._write(QPointF(x, below if rises and has_room else above), name)

    def _name_rise(self, corner: QPointF, there: QPointF) -> None:
        """Write Δy beside the upright leg of the triangle, if that is long enough."""
        if abs(there.y() - corner.y()) <= _NAMED:
            return
        metrics = self._painter.fontMetrics()
        wide = metrics.horizontalAdvance("Δy")
        x = corner.x() + (5 if corner.x() + 5 + wide < self._inside.right() else -5 - wide)
        self._write(QPointF(x, (there.y() + corner.y() + metrics.ascent()) / 2), "Δy")

    def _write(self, at: QPointF, text: str) -> None:
        if self._inside.contains(at):
            self._painter.drawText(at, text)

    def draw_step(self, step: NextStep) -> None:
        """Draw the step along the axis, and dotted lines from its ends up to the curve."""
        painter, inside, scale = self._painter, self._inside, self._scale
        color = optimizer_color(self._look.key, self._theme)
        here, there = self._here, self._place(step.to, step.height)
        floor = self._mapping.area.height() - 9.0 * scale
        thin = QPen(solid(self._theme.text, 0.45), scale)
        thin.setDashPattern([1.0, 3.0])
        painter.setPen(thin)
        draw_line(painter, QLineF(here.x(), here.y(), here.x(), floor + 5 * scale), inside)
        if math.isfinite(step.height):
            draw_line(painter, QLineF(there.x(), there.y(), there.x(), floor + 5 * scale), inside)
            if inside.contains(there):
                painter.setPen(QPen(color, 1.5 * scale))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(there, 5 * scale, 5 * scale)
        self._draw_arrow(here.x(), there.x(), floor, color)
        self._name_step(here.x(), there.x(), floor)

    def _name_step(self, start: float, end: float, floor: float) -> None:
        """Write the formula over the arrow, if that is long enough."""
        text, wide = self._look.formula, self._painter.fontMetrics().horizontalAdvance(self._look.formula)
        left, right = min(start, end), max(start, end)
        if text and right - left > 1.6 * wide:
            self._painter.setPen(QPen(QColor(self._theme.text)))
            middle = (max(left, 0.0) + min(right, self._inside.width())) / 2
            self._write(QPointF(middle - wide / 2, floor - 7 * self._scale), text)

    def _draw_arrow(self, start: float, end: float, y: float, color: QColor) -> None:
        """Draw a bold arrow along the axis, exactly as long as the step; what is too short for a head is a stroke."""
        painter, inside, scale = self._painter, self._inside, self._scale
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
