"""The line at the h in use."""

from __future__ import annotations

import math
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme


class HMarker(pg.InfiniteLine):
    """A line that is dragged along a logarithmic axis from 1e-12 to 1."""

    dragged = Signal(float)
    grabbed = Signal()
    released = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(angle=90, movable=True, bounds=(-12.0, 0.0))
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._held = False
        self.set_theme(theme)
        self.sigDragged.connect(self._report)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setPen(pg.mkPen(QColor(theme.text), width=2 * theme.scale))
        self.setHoverPen(pg.mkPen(QColor(theme.accent), width=3 * theme.scale))

    def show_at(self, h: float) -> None:
        """Move there without saying so; the hand that holds it knows better."""
        if not self._held:
            self.setValue(math.log10(h))

    def mouseDragEvent(self, event: Any) -> None:
        """Tell when a drag begins and ends."""
        left = event.button() == Qt.MouseButton.LeftButton
        if event.isStart() and left:
            self._held = True
            self.grabbed.emit()
        super().mouseDragEvent(event)
        if event.isFinish() and left:
            self._held = False
            self.released.emit()

    def _report(self, _: Any) -> None:
        # three significant digits, as a slider gives them
        self.dragged.emit(min(max(float(f"{10 ** self.value():.3g}"), 1e-12), 1.0))
