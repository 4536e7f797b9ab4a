"""A small plot on logarithmic axes."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot

#: What is 0 is drawn here: no error of float64 that is not 0 is told apart from it.
FLOOR = 1e-18


class LogPlot(Plot):
    """Curves of positive numbers; the vertical axis is logarithmic and fits them."""

    def __init__(self, theme: Theme, curves: int) -> None:
        super().__init__(theme, decades=("left", "bottom"))
        self.box.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getAxis("left").setLogMode(True)
        self.curves = [pg.PlotCurveItem(antialias=True) for _ in range(curves)]
        for curve in self.curves:
            self.addItem(curve, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; below this height its numbers would lie on each other."""
        super().set_theme(theme)
        self.setMinimumHeight(theme.pixels(90))

    def set_pen(self, curve: int, color: QColor, width: float, dashed: bool = False) -> None:
        """Choose the pen of one curve."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.curves[curve].setPen(pg.mkPen(color, width=width, style=style))

    def show_curves(self, x: NDArray[np.float64], heights: list[NDArray[np.float64]]) -> None:
        """Draw ``(k,)`` heights over x; what is not finite is left out."""
        logs = []
        for curve, height in zip(self.curves, heights, strict=True):
            shown = np.isfinite(height)
            log = np.log10(np.maximum(height[shown], FLOOR))
            curve.setData(x[shown], log)
            logs.append(log)
        low, high = _span(np.concatenate(logs))
        self.box.setRange(yRange=(low, high), padding=0)


def _span(logs: NDArray[np.float64]) -> tuple[float, float]:
    """Return the decades that are shown: all of them and a little room, two at least."""
    if not logs.size:
        return -1.0, 1.0
    low, high = float(logs.min()), float(logs.max())
    missing = max(0.0, 2.0 - (high - low)) / 2
    return low - missing - 0.3, high + missing + 0.3
