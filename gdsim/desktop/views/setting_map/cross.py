"""The cross at the current setting."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.state.drag import Drag


class SettingCross(pg.TargetItem):
    """Ring with a cross that is dragged with the mouse within the map."""

    dragged = Signal(float, float)

    def __init__(self, theme: Theme, drag: Drag) -> None:
        super().__init__(pos=(0, 0), size=22, symbol="crosshair", movable=True)
        self.setZValue(30)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._drag = drag
        self._showing = False
        self.set_theme(theme)
        self.sigPositionChanged.connect(self._report)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.scale = 22 * theme.scale
        self._shape = None  # pyqtgraph keeps the one of the size before
        self._halo = pg.mkPen(solid(theme.base, 0.85), width=5 * theme.scale)
        self.setPen(pg.mkPen(QColor(theme.text), width=2 * theme.scale))
        self.setHoverPen(pg.mkPen(QColor(theme.accent), width=3 * theme.scale))
        self.setBrush(solid(theme.base, 0.65))
        self.setHoverBrush(solid(theme.base, 0.9))

    def show_at(self, x: float, y: float) -> None:
        """Move there without saying so."""
        if (x, y) != (self.pos().x(), self.pos().y()):
            self._showing = True
            self.setPos(QPointF(x, y))
            self._showing = False

    def paint(self, painter: QPainter, *arguments: Any) -> None:
        """Draw it with a halo, so that it stands out from any colour."""
        painter.setPen(self._halo)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.shape())
        super().paint(painter, *arguments)

    def boundingRect(self) -> QRectF:
        """Return all of it, with the halo."""
        across, up = (size or 0.0 for size in self.pixelSize())
        wide, high = self._halo.widthF() / 2 * across, self._halo.widthF() / 2 * up
        return QRectF(super().boundingRect()).adjusted(-wide, -high, wide, high)

    def mouseDragEvent(self, event: Any) -> None:
        """Tell when a drag begins and ends."""
        left = event.button() == Qt.MouseButton.LeftButton
        if event.isStart() and left:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._drag.begin(self.getViewWidget().viewport())
        super().mouseDragEvent(event)
        if event.isFinish() and left:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self._drag.end()

    def _report(self, _: Any) -> None:
        if not self._showing:
            self.dragged.emit(self.pos().x(), self.pos().y())
