"""All bands and curves of a plot against η, drawn as one item."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.far_lines import unbroken
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.strokes import stroke
from gdsim.objectives.base import Array

#: How strong bands are, that of the chosen optimizer and others, and how broad curves.
_BAND, _FAINT, _BOLD, _THIN = 0.2, 0.09, 2.6, 1.4


class CurveLayer(Layer):
    """Curves in the colours and dashes of their optimizers.

    Attributes
    ----------
    curves, bands
        By `Entry.id`: places along the axis and heights, and of a band its lower and its upper edge; in the order in
        which they are drawn. Where a height is not a number the curve is interrupted.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.bold = theme, ""
        self.curves: dict[str, tuple[Array, Array]] = {}
        self.bands: dict[str, tuple[Array, Array, Array]] = {}

    def show_curves(
        self, curves: dict[str, tuple[Array, Array]], bands: dict[str, tuple[Array, Array, Array]], bold: str
    ) -> None:
        """Draw others."""
        self.curves, self.bands, self.bold = curves, bands, bold
        self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the bands, and the curves over them."""
        painter.setPen(Qt.PenStyle.NoPen)
        for key, (places, lower, upper) in self.bands.items():
            x = mapping.x(places)
            edge = np.concatenate([x, x[::-1]]), np.concatenate([mapping.y(lower), mapping.y(upper)[::-1]])
            painter.setBrush(solid(optimizer_color(key, self.theme), _BAND if key == self.bold else _FAINT))
            painter.drawPolygon(pg.functions.arrayToQPolygonF(*edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for key, (places, heights) in self.curves.items():
            width = _BOLD if key == self.bold else _THIN
            pen = QPen(optimizer_color(key, self.theme), width * self.theme.scale)
            set_dashes(pen, key)
            painter.setPen(pen)
            for x, y in unbroken(mapping.x(np.where(np.isnan(heights), np.nan, places)), mapping.y(heights)):
                stroke(painter, x, y)
