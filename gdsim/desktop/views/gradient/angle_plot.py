"""The directional derivative against the angle."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.text.numbers import show
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.sections import angle_of, directional

_ANGLES = np.linspace(0.0, 360.0, 73)
_TICKS = (0, 90, 180, 270, 360)


class TurnPlot(QWidget):
    """∇f·u from 0° to 360°: a cosine with its top where ∇f points; the mouse turns u."""

    #: An angle was pointed at, in degrees.
    turned = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._gradient: Array | None = None
        self._degrees = 0.0
        self._top = 1.0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.setMinimumSize(theme.pixels(110), theme.pixels(84))
        self.update()

    def sizeHint(self) -> QSize:
        """A small plot."""
        return self.minimumSize()

    def set_gradient(self, gradient: Array | None) -> None:
        """Another gradient, ``(2,)``; None if there is none. The axis does not follow every tremble of its length."""
        self._gradient = gradient
        length = 0.0 if gradient is None else math.hypot(*gradient)
        if 0 < length < math.inf and not 0.5 * self._top < length <= self._top:
            self._top = 1.12 * length
        self.update()

    def set_degrees(self, degrees: float) -> None:
        """Set the direction of u."""
        self._degrees = degrees
        self.update()

    def marks(self) -> list[tuple[float, float, str]]:
        """Return the marks: angle, ∇f·u there, and name; of the largest, the least, and the two zeros."""
        if self._gradient is None or not np.isfinite(self._gradient).all() or not self._gradient.any():
            return []
        angle, length = angle_of(self._gradient), math.hypot(*self._gradient)
        return [
            (angle, length, "∇f"),
            ((angle + 180) % 360, -length, "−∇f"),
            ((angle + 90) % 360, 0.0, "0"),
            ((angle + 270) % 360, 0.0, "0"),
        ]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn u to where it is pressed."""
        self._turn(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn u on while the button is held."""
        self._turn(event)

    def _turn(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            area = self.area()
            share = (event.position().x() - area.left()) / max(1.0, area.width())
            self.turned.emit(360.0 * min(max(share, 0.0), 0.9999))

    def area(self) -> QRectF:
        """The room of the curve."""
        metrics, gap = self.fontMetrics(), self._theme.pixels(4)
        left = metrics.horizontalAdvance("−0.00e−0") + gap
        return QRectF(
            left,
            metrics.height() + gap,
            self.width() - left - metrics.horizontalAdvance("36"),
            self.height() - 2 * metrics.height() - 3 * gap,
        )

    def _x(self, degrees: float, area: QRectF) -> float:
        return area.left() + area.width() * degrees / 360

    def _y(self, value: float, area: QRectF) -> float:
        return area.center().y() - area.height() / 2 * value / self._top

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, curve, marks, and a line at u."""
        area = self.area()
        painter = QPainter(self)
        self._draw_axes(painter, area)
        if self._gradient is not None and np.isfinite(self._gradient).all():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.text), self._theme.scale))
            heights = directional(self._gradient, _ANGLES) / self._top
            x = area.left() + area.width() / 360 * _ANGLES
            painter.drawPolyline(pg.functions.arrayToQPolygonF(x, area.center().y() - area.height() / 2 * heights))
            for degrees, value, name in self.marks():
                self._draw_mark(painter, QPointF(self._x(degrees, area), self._y(value, area)), name, area)
            self._draw_here(painter, area)
        painter.end()

    def _draw_axes(self, painter: QPainter, area: QRectF) -> None:
        theme, metrics = self._theme, self.fontMetrics()
        painter.setPen(QPen(QColor(theme.line), theme.scale))
        for tick in _TICKS:
            x = self._x(tick, area)
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(QPen(solid(QColor(theme.text), 0.4), theme.scale))
        painter.drawLine(QPointF(area.left(), self._y(0.0, area)), QPointF(area.right(), self._y(0.0, area)))
        painter.setPen(QColor(theme.faint))
        room = area.width() / len(_TICKS) > 1.2 * metrics.horizontalAdvance("360°")
        for tick in _TICKS if room else _TICKS[::2]:
            text = f"{tick}°"
            width = metrics.horizontalAdvance(text)
            painter.drawText(
                QPointF(min(self._x(tick, area) - width / 2, self.width() - width), area.bottom() + metrics.height()),
                text,
            )
        length = 0.0 if self._gradient is None else math.hypot(*self._gradient)
        values = {0.0, length, -length} if 0.3 * self._top < length < math.inf else {0.0}
        for value in values:
            text = show(value, 3)
            x = area.left() - theme.pixels(4) - metrics.horizontalAdvance(text)
            painter.drawText(QPointF(x, self._y(value, area) + metrics.ascent() / 2 - 1), text)

    def _draw_mark(self, painter: QPainter, at: QPointF, name: str, area: QRectF) -> None:
        theme, metrics = self._theme, self.fontMetrics()
        painter.setPen(QPen(QColor(theme.text), 1.2 * theme.scale))
        painter.setBrush(QColor(theme.base))
        painter.drawEllipse(at, 3.2 * theme.scale, 3.2 * theme.scale)
        if name != "0":
            width = metrics.horizontalAdvance(name)
            x = min(max(at.x() - width / 2, area.left()), self.width() - float(width))
            above = at.y() < area.center().y()
            y = at.y() - 6 * theme.scale if above else at.y() - 5 * theme.scale
            painter.drawText(QPointF(x, y), name)

    def _draw_here(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        assert self._gradient is not None
        value = float(directional(self._gradient, self._degrees))
        x = self._x(self._degrees, area)
        painter.setPen(QPen(QColor(theme.accent), 1.4 * theme.scale))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(QPen(QColor(theme.ring), 1.5 * theme.scale))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QPointF(x, self._y(value, area)), 5 * theme.scale, 5 * theme.scale)
