"""η against step, under the loss."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.state.scene import Scene
from gdsim.simulation.sampling.rates import rates_of
from gdsim.simulation.trajectories import Trajectories


class RatesPlot(Plot):
    """A line an optimizer, over the same steps as the loss."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._keys: list[str] = []
        self._scene: Scene | None = None
        self.lines: list[pg.PlotCurveItem] = []
        self._cursor = pg.InfiniteLine(angle=90)
        super().__init__(theme, decades=("left",))
        self.setAccessibleName(self.tr("Learning rate against step"))
        self.box.setMouseEnabled(x=False, y=False)
        self.addItem(self._cursor, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        self.setMinimumHeight(theme.pixels(64))
        self.setMaximumHeight(theme.pixels(150))
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))
        self._dress()

    def show_rates(self, race: Trajectories) -> None:
        """Draw the rates of a race, which are worked out if they are not known."""
        self._keys = list(race.ids)
        rates = rates_of(race)
        while len(self.lines) < len(self._keys):
            self.lines.append(pg.PlotCurveItem())
            self.addItem(self.lines[-1], ignoreBounds=True)
        for line in self.lines[len(self._keys) :]:
            line.setData([], [])
        for line, heights in zip(self.lines, rates.heights.T, strict=False):
            known = np.isfinite(heights)
            line.setData(rates.steps[known], heights[known])
        self.getPlotItem().getAxis("left").setLogMode(rates.logarithmic)
        self.box.setRange(xRange=(0, race.steps), yRange=rates.span, padding=0)
        self._dress()

    def show_scene(self, scene: Scene) -> None:
        """Show the step and the optimizers that are not hidden; the race once its rates are known."""
        before, self._scene = self._scene, scene
        self._cursor.setPos(scene.step)
        if scene.changed(before, "hidden"):
            self._dress()

    def _dress(self) -> None:
        hidden = frozenset() if self._scene is None else self._scene.hidden
        for key, line in zip(self._keys, self.lines, strict=False):
            pen = pg.mkPen(optimizer_color(key, self._theme), width=1.5 * self._theme.scale)
            set_dashes(pen, key)
            line.setPen(pen)
            line.setVisible(key not in hidden)
