"""A unit vector that is turned by hand."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDial, QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.sections import angle_of

#: Steps of a degree.
FINE = 10


class Dial(QDial):
    """The circle of all directions: the one that is turned, the gradient, and the level line.

    Its value is the angle in tenths of a degree, counter-clockwise from x; arrow keys turn by a degree, page keys by
    fifteen.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 360 * FINE - 1)
        self.setWrapping(True)
        self.setSingleStep(FINE)
        self.setPageStep(15 * FINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._gradient: Array | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.setMinimumSize(self.minimumSizeHint())
        self.update()

    def set_gradient(self, gradient: Array | None) -> None:
        """Set the gradient, ``(2,)``; None if there is none."""
        self._gradient = gradient
        self.update()

    @property
    def degrees(self) -> float:
        """The angle of u."""
        return self.value() / FINE

    def minimumSizeHint(self) -> QSize:
        """Large enough to be aimed at."""
        return QSize(self._theme.pixels(100), self._theme.pixels(88))

    def sizeHint(self) -> QSize:
        """The least size."""
        return self.minimumSizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._turn_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn it."""
        if self.isSliderDown():
            self._turn_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def _turn_to(self, at: QPointF) -> None:
        way = at - self._middle()
        if math.hypot(way.x(), way.y()) > 2:
            self.setValue(round(angle_of(np.array([way.x(), -way.y()])) * FINE) % (360 * FINE))

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _radius(self) -> float:
        return max(8.0, min(self.width(), self.height()) / 2 - 1.1 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, axes, gradient with its opposite, level line, and u."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle, radius = self._theme, self._middle(), self._radius()
        ink = QColor(theme.text)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1.5 * theme.scale))
        painter.setBrush(QColor(theme.base))
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(QPen(QColor(theme.line), theme.scale))
        painter.drawLine(middle - QPointF(radius, 0), middle + QPointF(radius, 0))
        painter.drawLine(middle - QPointF(0, radius), middle + QPointF(0, radius))
        if self._gradient is not None and np.isfinite(self._gradient).all() and self._gradient.any():
            angle = angle_of(self._gradient)
            dashed = QPen(solid(ink, 0.6), 1.2 * theme.scale, Qt.PenStyle.DashLine)
            painter.setPen(dashed)
            painter.drawLine(self._at(angle - 90, radius), self._at(angle + 90, radius))
            self._arrow(painter, angle + 180, 0.72 * radius, solid(ink, 0.45), 1.4)
            self._arrow(painter, angle, 0.72 * radius, ink, 1.8)
            for name, turned in (("∇f", 0.0), ("−∇f", 180.0)):
                self._name(painter, angle + turned, name, ink if not turned else QColor(theme.faint))
        self._arrow(painter, self.degrees, radius, QColor(theme.accent), 2.6)
        painter.setPen(QPen(QColor(theme.ring), 1.5 * theme.scale))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(self._at(self.degrees, radius), 5 * theme.scale, 5 * theme.scale)
        painter.end()

    def _at(self, degrees: float, way: float) -> QPointF:
        angle = math.radians(degrees)
        return self._middle() + QPointF(way * math.cos(angle), -way * math.sin(angle))

    def _arrow(self, painter: QPainter, degrees: float, length: float, color: QColor, width: float) -> None:
        head = 9 * self._theme.scale
        painter.setPen(QPen(color, width * self._theme.scale))
        painter.drawLine(self._middle(), self._at(degrees, length - head / 2))
        tip, neck = self._at(degrees, length), self._at(degrees, length - head)
        half = QPointF(-(tip - neck).y(), (tip - neck).x()) * 0.4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF([tip, neck + half, neck - half]))

    def _name(self, painter: QPainter, degrees: float, name: str, color: QColor) -> None:
        """Outside the circle."""
        metrics = self.fontMetrics()
        width, height = metrics.horizontalAdvance(name), metrics.height()
        at = self._at(degrees, self._radius() + 0.6 * height)
        x = min(max(at.x() - width / 2, 0.0), self.width() - width)
        y = min(max(at.y() + height / 3, height * 0.8), self.height() - 2.0)
        painter.setPen(color)
        painter.drawText(QPointF(x, y), name)
