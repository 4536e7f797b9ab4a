"""The plot of the loss view: a place along it can be pointed at, clicked, and dragged along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from gdsim.desktop.drawing.layer import Mapping
from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.style import Theme, solid

#: Radius of the dots where the curves are read, and of that on the nearest.
_DOT, _NEAREST = 2.5, 4.5


class LossPlot(Plot):
    """Tells where the mouse is, in steps and heights."""

    #: The mouse is there, no button down; None when it has left.
    pointed = Signal(object)
    #: It is pressed there, or dragged there.
    dragged = Signal(object)
    #: It was pressed and let go of in one place.
    clicked = Signal(object)
    #: An arrow key: so many steps on, so many optimizers down.
    moved = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        self._pressed: QPoint | None = None
        self._still = False
        super().__init__(theme, decades=("left",))
        self.box.setMouseEnabled(x=False, y=False)
        self.setMouseTracking(True)

    def point(self, at: QPoint) -> QPointF | None:
        """The step and the height under a pixel; None beside the axes."""
        scene = self.mapToScene(at)
        return self.box.mapSceneToView(scene) if self.box.sceneBoundingRect().contains(scene) else None

    def pixel_size(self) -> tuple[float, float]:
        """How many steps wide and how high a pixel is."""
        (left, right), (low, high) = self.box.viewRange()
        return (right - left) / max(self.box.width(), 1.0), (high - low) / max(self.box.height(), 1.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button goes to a step."""
        point = self.point(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or point is None:
            super().mousePressEvent(event)
            return
        self._pressed, self._still = event.position().toPoint(), True
        self.dragged.emit(point)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button down, along the steps, beside the plot as well; else it is looked at."""
        at = event.position().toPoint()
        if self._pressed is None:
            self.pointed.emit(self.point(at))
            super().mouseMoveEvent(event)
            return
        if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._still = False
        if not self._still:
            self.dragged.emit(self.box.mapSceneToView(self.mapToScene(at)))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that stays in one place is a click."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        still, point = self._still, self.point(self._pressed)
        self._pressed = None
        if still and point is not None:
            self.clicked.emit(point)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the steps, up and down from optimizer to optimizer."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if event.key() not in moves:
            super().keyPressEvent(event)
            return
        self.moved.emit(*moves[Qt.Key(event.key())])
        event.accept()

    def leaveEvent(self, event: Any) -> None:
        """Nothing is looked at any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)


class ReadingItem(pg.GraphicsObject):
    """A line at the step that is read, and a dot on each bold curve, the nearest large."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(6)
        self._theme = theme
        self._step: int | None = None
        self._dots: Sequence[tuple[QColor, float, bool]] = ()

    def boundingRect(self) -> QRectF:
        """All of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph when the view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def show_at(self, step: int | None, dots: Sequence[tuple[QColor, float, bool]] = ()) -> None:
        """Mark a step, and on it colours at heights, one of which is the nearest; nothing if it is None."""
        if (step, dots) != (self._step, self._dots):
            self._step, self._dots = step, dots
            self.update()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Everything in pixels."""
        if self._step is None:
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        mapping, scale = Mapping(transform, area), self._theme.scale
        x = float(mapping.x(np.array([float(self._step)]))[0])
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        painter.setClipRect(QRect(-6, 0, area.width() + 12, area.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(solid(QColor(self._theme.faint), 0.6), scale, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, area.height()))
        painter.setPen(QPen(QColor(self._theme.ring), scale))
        for color, height, nearest in self._dots:
            radius = (_NEAREST if nearest else _DOT) * scale
            painter.setBrush(color)
            painter.drawEllipse(QPointF(x, float(mapping.y(np.array([height]))[0])), radius, radius)
        painter.restore()
