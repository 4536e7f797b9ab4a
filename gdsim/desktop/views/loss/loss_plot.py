"""The plot of the loss view: a place along it can be pointed at, clicked, and dragged along."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot


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
        """Return the size of a pixel, in steps and in height."""
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
        """Read nothing off any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)
