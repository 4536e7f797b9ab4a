"""The landscape: surface, minima, starts, paths and heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdsim.desktop.drawing.colour_bar import ColourBar
from gdsim.desktop.drawing.ground import GroundLayer
from gdsim.desktop.drawing.handle import StartHandle
from gdsim.desktop.drawing.paths import HeadsItem, PathsLayer
from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.numbers import show
from gdsim.desktop.style import Theme, solid
from gdsim.objectives import Objective
from gdsim.simulation.landscape import Surface
from gdsim.simulation.trajectories import Trajectories


class LandscapeView(QWidget):
    """Shows where the runs are on the surface, and lets the start be moved.

    It asks for a surface with `view_changed` and is given one with `set_surface`.
    """

    start_dragged = Signal(float, float)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("landscape")
        self.setAccessibleName(self.tr("Landscape"))
        self._theme = theme
        self._objective: Objective | None = None
        self.plot = Plot(theme)
        self.plot.setObjectName("landscape_plot")
        self.ground = GroundLayer(theme)
        self.paths = PathsLayer(theme)
        self.heads = HeadsItem(theme)
        self.handle = StartHandle(theme)
        self._minima = pg.ScatterPlotItem(symbol="star", size=14)
        self._starts = pg.ScatterPlotItem(symbol="o", size=7)
        self._starts.setZValue(15)
        self._minima.setZValue(5)
        for item in (self.ground, self._minima, self.paths, self._starts, self.heads, self.handle):
            self.plot.addItem(item, ignoreBounds=True)
        self.colour_bar = ColourBar(theme)
        self.reading = QLabel()
        self.reading.setObjectName("reading")
        self.reading.setAccessibleName(self.tr("Position, value and gradient under the mouse"))
        self._lay_out()
        self.set_theme(theme)
        self.plot.box.setAspectLocked(True)
        self.plot.box.sigRangeChanged.connect(self._view_moved)
        self.plot.scene().sigMouseMoved.connect(self._hover)
        self.plot.scene().sigMouseClicked.connect(self._click)
        self.handle.dragged.connect(self.start_dragged)
        self.handle.grabbed.connect(self.grabbed)
        self.handle.released.connect(self.released)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.plot, 1)
        row.addWidget(self.colour_bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 4)
        column.setSpacing(4)
        column.addLayout(row, 1)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(52, 0, 8, 0)
        self.footer.addWidget(self.reading)
        column.addLayout(self.footer)
        self._say_nothing()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for part in (self.plot, self.ground, self.paths, self.heads, self.handle, self.colour_bar):
            part.set_theme(theme)
        self._minima.setPen(pg.mkPen(theme.text, width=1))
        self._minima.setBrush(pg.mkBrush(theme.base))
        self._starts.setPen(pg.mkPen(solid(theme.text, 0.7), width=1))
        self._starts.setBrush(pg.mkBrush(solid(theme.base, 0.6)))

    # --- what is shown

    def set_function(self, objective: Objective) -> None:
        """Show another function."""
        if objective is not self._objective:
            self._objective = objective
            minima = [minimum.position for minimum in objective.minima]
            self._minima.setData(pos=np.array(minima) if minima else np.empty((0, 2)))
            self.reset_view()

    def set_start(self, start: Sequence[float]) -> None:
        """Put the handle somewhere."""
        self.handle.show_at(*start)

    def set_surface(self, surface: Surface) -> None:
        """Show the surface that was asked for."""
        self.ground.set_surface(surface)
        self.colour_bar.set_surface(surface)

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        starts = race.positions[0, 0] if race.rules else np.empty((2, 0))
        self._starts.setData(x=starts[0, 1:], y=starts[1, 1:])
        self.paths.set_race(race)
        self.heads.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        self.paths.set_step(step)
        self.heads.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.paths.set_hidden(hidden)
        self.heads.set_hidden(hidden)

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled."""
        self.plot.box.setAspectLocked(equal)
        self.reset_view()

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        if self._objective is not None:
            (left, right), (bottom, top) = self._objective.bounds
            self.plot.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.02)

    def view(self) -> tuple[float, float, float, float]:
        """What is in view: left, right, bottom, top."""
        (left, right), (bottom, top) = self.plot.box.viewRange()
        return (left, right, bottom, top)

    # --- the mouse

    def _view_moved(self, *_: Any) -> None:
        self.view_changed.emit(self.view())

    def _hover(self, at: QPointF) -> None:
        if self._objective is None or not self.plot.box.sceneBoundingRect().contains(at):
            self._say_nothing()
            return
        point = self.plot.box.mapSceneToView(at)
        x, y = point.x(), point.y()
        value = float(self._objective.value(np.array([x, y])))
        gx, gy = self._objective.gradient(np.array([x, y]))
        self.reading.setText(f"x = {show(x)}   y = {show(y)}   f = {show(value)}   ∇f = ({show(gx)}, {show(gy)})")

    def _say_nothing(self) -> None:
        self.reading.setText(self.tr("Drag the start, or double-click to move it; the wheel zooms."))

    def _click(self, event: Any) -> None:
        inside = self.plot.box.sceneBoundingRect().contains(event.scenePos())
        if inside and event.double() and event.button() == Qt.MouseButton.LeftButton:
            point = self.plot.box.mapSceneToView(event.scenePos())
            self.start_dragged.emit(point.x(), point.y())
            event.accept()
