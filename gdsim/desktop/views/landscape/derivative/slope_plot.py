"""Plot of the derivative f′, under that of f."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.curve_layer import CurveLayer
from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot


class SlopePlot(Plot):
    """Plot of the slope against x, under a landscape with the same axis: one x is one column of pixels in both."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, theme: Theme, above: LandscapePlot, parent: QWidget | None = None) -> None:
        self.curve_layer = CurveLayer(of_slope=True)
        self._name = pg.TextItem("f′", anchor=(0, 0))
        self._here = Scatter()
        self._height = pg.PlotCurveItem()
        super().__init__(theme, parent)
        self.setObjectName("slope_plot")
        self.setAccessibleName(QCoreApplication.translate("SlopePlot", "The derivative f′ against x"))
        self._above = above
        for item in (self.curve_layer, self._height, self._here):
            self.addItem(item, ignoreBounds=True)
        self._name.setParentItem(self.box)
        self._name.setPos(6, 0)
        self.getPlotItem().getAxis("bottom").setStyle(showValues=False)
        self.box.setMouseEnabled(x=True, y=False)
        self.box.setXLink(above.box)
        above.view_changed.connect(self._fit)

    def show_scene(self, scene: Scene) -> None:
        """Show the slope of the curve that is seen, in the colours of the theme."""
        before, self.shown = self.shown, scene
        self.curve_layer.show_scene(scene)
        if scene.changed(before, "theme"):
            self.set_theme(scene.theme)
            self._dress(scene.theme)
        if scene.changed(before, "surface"):
            self._fit()

    def _dress(self, theme: Theme) -> None:
        # the numbers of x stand under the curve
        self.getPlotItem().getAxis("bottom").setHeight(theme.pixels(6))
        self._name.setColor(theme.accent)
        self._height.setPen(pg.mkPen(theme.accent, width=1.5 * theme.scale))
        self._here.setSize(9 * theme.scale)
        self._here.setBrush(pg.mkBrush(theme.accent))
        self._here.setPen(pg.mkPen(theme.ring, width=theme.scale))

    def show_at(self, x: float, slope: float) -> None:
        """Mark a point, and how far from 0 it is."""
        there = [x] if math.isfinite(slope) else []
        self._here.setData(x=there, y=[slope] * len(there))
        self._height.setData(np.array(2 * there), np.array([0.0, slope] * len(there)))

    def _fit(self) -> None:
        if self.curve_layer.curve is not None:
            left, right = self._above.view()[:2]
            self.box.setYRange(*self.curve_layer.curve.fit_slope(left, right), padding=0)
