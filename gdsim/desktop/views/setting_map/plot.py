"""The map itself: cells, the theory over them, the best cell, and the current setting."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from gdsim.desktop.compute.setting_work import FINEST, DoneMap
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.axis_names import AxisNames
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.views.setting_map.cross import SettingCross
from gdsim.desktop.views.setting_map.map_layer import MapLayer
from gdsim.desktop.views.setting_map.theory_lines import best_places, edge_line
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.scales import Scale

Point = tuple[float, float]

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


class MapPlot(Plot):
    """Shows a setting map on two axes, and lets the cross on it be moved by mouse and arrow keys."""

    #: Values across and up that the cross was moved to, and whether by a key.
    moved = Signal(float, float, bool)
    #: The mouse is over values across and up; None, over none.
    hovered = Signal(object)
    #: A menu is wanted at a place on the screen.
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, drag: Drag, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, decades=("left", "bottom"))
        self.setObjectName("setting_map_plot")
        self.box.setMouseEnabled(x=False, y=False)
        self.axes: tuple[Axis, Axis] | None = None
        self.layer, self.names = MapLayer(), AxisNames(self, theme)
        self.cross = SettingCross(theme, drag)
        self.cross.dragged.connect(self._dragged)
        self.edge = pg.PlotCurveItem(connect="finite", antialias=True)
        self.best_pair, self.best_cell = Scatter(), Scatter()
        for z, item in enumerate((self.edge, self.best_pair, self.best_cell), 10):
            item.setZValue(z)
            self.addItem(item, ignoreBounds=True)
        self.addItem(self.layer, ignoreBounds=True)
        self.addItem(self.cross, ignoreBounds=True)
        self.scene().sigMouseMoved.connect(self._mouse_moved)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        if not hasattr(self, "cross"):
            return  # called while it is made
        self.names.set_theme(theme)
        self.cross.set_theme(theme)
        ink, halo = QColor(theme.text), QColor(theme.base)
        self.edge.setPen(pg.mkPen(ink, width=1.6 * theme.scale))
        self.edge.setShadowPen(pg.mkPen(halo, width=4 * theme.scale))
        self.best_pair.setSymbol("d")
        self.best_cell.setSymbol("star")
        for marks, size in ((self.best_pair, 13), (self.best_cell, 17)):
            marks.setSize(size * theme.scale)
            marks.setPen(pg.mkPen(ink, width=1.4 * theme.scale))
            marks.setBrush(halo)

    def show_axes(self, axes: tuple[Axis, Axis]) -> None:
        """Show other hyperparameters, or other ranges."""
        if axes == self.axes:
            return
        self.axes = axes
        for side, axis in zip(("bottom", "left"), axes, strict=True):
            self.getPlotItem().getAxis(side).set_scale(axis.scale)
        spans = [(axis.place(axis.low), axis.place(axis.high)) for axis in axes]
        self.show_range(*spans)
        self.names.show(axes[0].hyper.symbol, axes[1].hyper.symbol)

    def show_theory(self, done: DoneMap) -> None:
        """Draw the edge of stability and the best pair, and mark the best cell."""
        x, y = edge_line(done)
        self.edge.setData(x, y)
        self.best_pair.setData(*best_places(done))
        found, best = done.map, done.best
        if best is None:
            self.best_cell.setData([], [])
        else:
            values = found.x_values[best[1]], found.y_values[best[0]]
            self.best_cell.setData(*[[axis.place(value)] for axis, value in zip(done.axes, values, strict=True)])

    def clear_marks(self) -> None:
        """Draw no theory, and mark no cell."""
        for item in (self.edge, self.best_pair, self.best_cell):
            item.setData([], [])

    def show_setting(self, x: float, y: float) -> None:
        """Put the cross at values; what lies outside is shown at the rim."""
        if self.axes is None:
            return
        at = [axis.place(min(max(value, axis.low), axis.high)) for axis, value in zip(self.axes, (x, y), strict=True)]
        self.cross.show_at(*at)

    def values_at(self, x: float, y: float) -> Point | None:
        """The values at a place; those within the ranges that are nearest to it."""
        if self.axes is None:
            return None
        found = []
        for axis, place in zip(self.axes, (x, y), strict=True):
            value = rounded(axis.scale, float(axis.scale.values(np.array(place))))
            found.append(min(max(value, axis.low), axis.high))
        return found[0], found[1]

    def _dragged(self, x: float, y: float) -> None:
        values = self.values_at(x, y)
        if values is not None:
            self.moved.emit(*values, False)
            self.show_setting(*values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross by a cell of the finest map, with Shift by ten."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or self.axes is None:
            super().keyPressEvent(event)
            return
        cells = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        at = []
        for axis, place, steps in zip(self.axes, (self.cross.pos().x(), self.cross.pos().y()), way, strict=True):
            width = axis.place(axis.high) - axis.place(axis.low)
            at.append(place + steps * cells * width / (FINEST - 1))
        values = self.values_at(*at)
        if values is not None:
            self.moved.emit(*values, True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu."""
        self.menu_wanted.emit(event.globalPos())

    def leaveEvent(self, event: object) -> None:
        """The mouse is nowhere on it."""
        super().leaveEvent(event)
        self.hovered.emit(None)

    def _mouse_moved(self, at: QPointF) -> None:
        if self.axes is None or not self.box.sceneBoundingRect().contains(at):
            self.hovered.emit(None)
            return
        place = self.box.mapSceneToView(at)
        self.hovered.emit((place.x(), place.y()))


def rounded(scale: Scale, value: float) -> float:
    """Return a value, or its distance from 1, in three digits: as many as a hand can place."""
    if scale is not Scale.LOG1M:
        return float(f"{value:.3g}")
    return float(f"{1 - float(f'{1 - value:.3g}'):.12g}")
