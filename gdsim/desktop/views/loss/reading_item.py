"""A line and dots in the loss plot where it is read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem

#: Radius of the dots where the curves are read, and of that on the nearest.
_DOT, _NEAREST = 2.5, 4.5


class ReadingItem(PixelItem):
    """A line at the step that is read, and a dot on each bold curve, the nearest large."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(6)
        self._theme: Theme | None = None
        self._dots: Sequence[tuple[QColor, float, bool]] = ()
        #: The step that is marked; None if none is.
        self.step: int | None = None

    def show_at(self, theme: Theme, step: int, dots: Sequence[tuple[QColor, float, bool]] = ()) -> None:
        """Mark a step, and on it colours at heights, one of which is the nearest."""
        if theme is not self._theme or (step, dots) != (self.step, self._dots):
            self._theme, self.step, self._dots = theme, step, dots
            self.update()

    def clear(self) -> None:
        """Mark nothing."""
        if self.step is not None:
            self.step, self._dots = None, ()
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Everything in pixels."""
        theme = self._theme
        if self.step is None or theme is None:
            return
        scale = theme.scale
        x = float(mapping.x(np.array([float(self.step)]))[0])
        painter.setPen(QPen(solid(QColor(theme.faint), 0.6), scale, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, mapping.area.height()))
        painter.setPen(QPen(QColor(theme.ring), scale))
        for color, height, nearest in self._dots:
            radius = (_NEAREST if nearest else _DOT) * scale
            painter.setBrush(color)
            painter.drawEllipse(QPointF(x, float(mapping.y(np.array([height]))[0])), radius, radius)
