"""A cut through the surface with its tangent."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.simulation.sampling.sections import Section, fitted, tangent


class SectionPlot(Plot):
    """f along one coordinate; the vertical axis fits it, without following every tremble."""

    def __init__(self, theme: Theme) -> None:
        self._curve = pg.PlotCurveItem(antialias=True)
        self.tangent = pg.PlotCurveItem(antialias=True)
        self._point = Scatter(size=10)
        self._range: tuple[float, float] | None = None
        self._across: tuple[float, float] | None = None
        super().__init__(theme)
        self.box.setMouseEnabled(x=False, y=False)
        for item in (self._curve, self.tangent, self._point):
            self.addItem(item, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self.setMinimumHeight(theme.pixels(76))
        # the number at the top end of the axis has room
        self.getPlotItem().layout.setContentsMargins(0, theme.pixels(6), 0, 0)
        self._curve.setPen(pg.mkPen(QColor(theme.text), width=1.4 * theme.scale))
        self.tangent.setPen(pg.mkPen(QColor(theme.accent), width=1.6 * theme.scale))
        self._point.setSize(9 * theme.scale)
        self._point.setPen(pg.mkPen(QColor(theme.ring), width=1.5 * theme.scale))
        self.set_color(QColor(theme.text))

    def sizeHint(self) -> QSize:
        """A small plot."""
        return QSize(self.minimumHeight() * 2, self.minimumHeight())

    def set_color(self, color: QColor) -> None:
        """The colour of the point: that of the run."""
        self._point.setBrush(pg.mkBrush(color))

    def show_section(self, section: Section | None) -> None:
        """Draw a cut, or nothing."""
        if section is None:
            for curve in (self._curve, self.tangent):
                curve.setData([], [])
            self._point.setData([], [])
            return
        low, high = self._fit(*fitted(section))
        across = (float(section.places[0]), float(section.places[-1]))
        if across != self._across:
            self._across = across
            self.box.setXRange(*across, padding=0)
        # far outside a painter loses its bearings
        span = high - low
        heights = np.clip(section.heights, low - 3 * span, high + 3 * span)
        self._curve.setData(section.places, heights, connect="finite")
        if math.isfinite(section.height) and math.isfinite(section.slope):
            self.tangent.setData(*tangent(section, span))
        else:
            self.tangent.setData([], [])
        self._point.setData(*(([section.here], [section.height]) if math.isfinite(section.height) else ([], [])))

    def _fit(self, low: float, high: float) -> tuple[float, float]:
        """Keep the range while the cut fills half of it: an axis that moves with every step cannot be read."""
        now = self._range
        if now is None or low < now[0] or high > now[1] or high - low < 0.5 * (now[1] - now[0]):
            now = self._range = (low, high)
            self.box.setYRange(low, high, padding=0)
        return now
