"""The handle that is the start point."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.state.drag import Drag


class StartHandle(pg.TargetItem):
    """Ring with a cross that is dragged with the mouse."""

    dragged = Signal(float, float)

    def __init__(self, theme: Theme, drag: Drag | None = None) -> None:
        super().__init__(pos=(0, 0), size=22, symbol="crosshair", movable=True)
        self.setZValue(30)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._drag = drag
        self._showing = False
        self._rail: Callable[[float], float] | None = None
        self.set_theme(theme)
        self.sigPositionChanged.connect(self._report)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        ink = QColor(theme.text)
        self.scale = 22 * theme.scale
        self._shape = None  # pyqtgraph keeps the one of the size before
        self.setPen(pg.mkPen(ink, width=2 * theme.scale))
        self.setHoverPen(pg.mkPen(QColor(theme.accent), width=3 * theme.scale))
        self.setBrush(solid(theme.base, 0.65))
        self.setHoverBrush(solid(theme.base, 0.9))

    def set_rail(self, rail: Callable[[float], float] | None) -> None:
        """Move along a curve y = rail(x) only, or, with None, freely."""
        self._rail = rail

    def show_at(self, x: float, y: float) -> None:
        """Move there without saying so."""
        if (x, y) != (self.pos().x(), self.pos().y()):
            self._showing = True
            self.setPos(QPointF(x, y))
            self._showing = False

    def nudge(self, right: float, up: float) -> None:
        """Move by some pixels."""
        width, height = self._pixel()
        self.setPos(QPointF(self.pos().x() + right * width, self.pos().y() + up * height))

    def mouseDragEvent(self, event: Any) -> None:
        """Tell when a drag begins and ends."""
        if event.isStart() and event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._drag is not None:
                self._drag.begin(self.getViewWidget().viewport(), of_start=True)
        super().mouseDragEvent(event)
        if event.isFinish() and event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            if self._drag is not None:
                self._drag.end()

    def _pixel(self) -> tuple[float, float]:
        """Its size in units of the plane; nothing where the plot itself has no size."""
        width, height = self.pixelSize()
        return width or 0.0, height or 0.0

    def _report(self, _: Any) -> None:
        if not self._showing:
            # a tenth of a pixel is as fine as a hand can mean it
            width, height = self._pixel()
            x, y = _rounded(self.pos().x(), width), _rounded(self.pos().y(), height)
            if self._rail is not None:
                on_curve = self._rail(x)
                y = on_curve if math.isfinite(on_curve) else y
                self.show_at(x, y)
            self.dragged.emit(x, y)


def _rounded(x: float, pixel: float) -> float:
    return round(x, 1 - math.floor(math.log10(pixel))) if pixel > 0 else x
