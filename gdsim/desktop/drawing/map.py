"""A surface with minima, starts, paths and heads on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from gdsim.desktop.drawing.arrows import SPACING, ArrowsLayer
from gdsim.desktop.drawing.gradient_marks import GradientMarks
from gdsim.desktop.drawing.ground import GroundLayer
from gdsim.desktop.drawing.handle import StartHandle
from gdsim.desktop.drawing.paths import HeadsItem, PathsLayer
from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.sight import Marks
from gdsim.desktop.style import Theme, solid
from gdsim.objectives import Objective
from gdsim.simulation.arrows import Arrows
from gdsim.simulation.landscape import Surface
from gdsim.simulation.trajectories import Trajectories


class LandscapeMap(Plot):
    """Shows where the runs are on the surface, and lets the start be moved.

    It asks for a surface with `view_changed` and is given one with `set_surface`.
    """

    start_dragged = Signal(float, float)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)
    #: A head was clicked: its optimizer and its run.
    run_chosen = Signal(str, int)
    #: The point under the mouse, or None when it has left.
    hovered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._objective: Objective | None = None
        self._theme = theme
        self.ground = GroundLayer(theme)
        self.arrows = ArrowsLayer(theme)
        self.gradient_marks = GradientMarks(theme)
        self.paths = PathsLayer(theme)
        self.heads = HeadsItem(theme)
        self.handle = StartHandle(theme)
        self._minima = pg.ScatterPlotItem(symbol="star", size=14)
        self._starts = pg.ScatterPlotItem(symbol="o", size=7)
        self._starts.setZValue(15)
        self._minima.setZValue(5)
        super().__init__(theme, parent)
        self.setObjectName("landscape_plot")
        for item in (self.ground, self.arrows, self._minima, self.paths, self._starts, self.heads, self.gradient_marks,
                     self.handle):  # fmt: skip
            self.addItem(item, ignoreBounds=True)
        self.box.setAspectLocked(True)
        self.box.sigRangeChanged.connect(self._view_moved)
        self.box.sigResized.connect(self._resized)
        self.scene().sigMouseMoved.connect(self._hover)
        self.scene().sigMouseClicked.connect(self._click)
        self.handle.dragged.connect(self.start_dragged)
        self.handle.grabbed.connect(self.grabbed)
        self.handle.released.connect(self.released)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        for part in (self.ground, self.arrows, self.paths, self.heads, self.gradient_marks, self.handle):
            part.set_theme(theme)
        self._minima.setSize(14 * theme.scale)
        self._starts.setSize(7 * theme.scale)
        self._minima.setPen(pg.mkPen(theme.text, width=theme.scale))
        self._minima.setBrush(pg.mkBrush(theme.base))
        self._starts.setPen(pg.mkPen(solid(theme.text, 0.7), width=theme.scale))
        self._starts.setBrush(pg.mkBrush(solid(theme.base, 0.6)))

    # --- what is shown

    def set_function(self, objective: Objective) -> None:
        """Show another function."""
        if objective is not self._objective:
            stays = _stays(self._objective, objective)
            self._objective = objective
            minima = [minimum.position for minimum in objective.minima]
            self._minima.setData(pos=np.array(minima) if minima else np.empty((0, 2)))
            if objective.dimension != 2:
                self.arrows.set_arrows(None)
            if not stays:
                self.reset_view()

    def set_start(self, start: Sequence[float]) -> None:
        """Put the handle somewhere."""
        self.handle.show_at(*start)

    def set_surface(self, surface: Surface) -> None:
        """Show the surface that was asked for."""
        self.ground.set_surface(surface)

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        starts = race.positions[0, 0] if race.rules else np.empty((2, 0))
        self._starts.setData(x=starts[0, 1:], y=starts[1, 1:])
        self.arrows.set_uphill(race.ascent)
        for part in (self.paths, self.heads, self.gradient_marks):
            part.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        for part in (self.paths, self.heads, self.gradient_marks):
            part.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.paths.set_hidden(hidden)
        self.heads.set_hidden(hidden)

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self.heads.set_chosen(key, run)
        self.gradient_marks.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """What is drawn of the gradient."""
        self.arrows.set_alike(marks.alike)
        if not marks.arrows:
            self.arrows.set_arrows(None)
        self.gradient_marks.set_marks(marks)

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Show the arrows that were asked for, or none."""
        self.arrows.set_arrows(arrows)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y, in units of the plane."""
        left, right, bottom, top = self.view()
        pixels = SPACING * self._theme.scale
        across, up = max(1.0, self.box.width()), max(1.0, self.box.height())
        return pixels * (right - left) / across, pixels * (top - bottom) / up

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled."""
        self.box.setAspectLocked(equal)
        self.reset_view()

    def set_view(self, view: tuple[float, float, float, float]) -> None:
        """Show a part of the plane: left, right, bottom, top."""
        left, right, bottom, top = view
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        if self._objective is not None:
            (left, right), (bottom, top) = self._objective.bounds
            self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.02)

    def view(self) -> tuple[float, float, float, float]:
        """What is in view: left, right, bottom, top."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right, bottom, top)

    def target(self) -> tuple[float, float, float, float]:
        """What is meant to be in view; more is where the shape of the map asks for it."""
        (left, right), (bottom, top) = self.box.targetRange()
        return (float(left), float(right), float(bottom), float(top))

    # --- mouse and keys

    def _view_moved(self, *_: Any) -> None:
        self.view_changed.emit(self.view())

    def _resized(self, *_: Any) -> None:
        # the same part of the plane, perhaps, but more pixels: arrows are as dense as before
        if self.arrows.isVisible():
            self.view_changed.emit(self.view())

    def _hover(self, at: QPointF) -> None:
        inside = self.box.sceneBoundingRect().contains(at)
        self.hovered.emit(self.box.mapSceneToView(at) if inside else None)

    def _click(self, event: Any) -> None:
        inside = self.box.sceneBoundingRect().contains(event.scenePos())
        if not inside or event.button() != Qt.MouseButton.LeftButton:
            return
        if not event.double():
            head = self.heads.head_at(event.scenePos())
            if head is not None:
                self.run_chosen.emit(*head)
        else:
            point = self.box.mapSceneToView(event.scenePos())
            self.start_dragged.emit(point.x(), point.y())
            event.accept()

    def focusInEvent(self, event: Any) -> None:
        """The handle shows that keys move it."""
        super().focusInEvent(event)
        self.handle.setMouseHover(True)

    def focusOutEvent(self, event: Any) -> None:
        """And that they do not any more."""
        super().focusOutEvent(event)
        self.handle.setMouseHover(False)

    def keyPressEvent(self, event: Any) -> None:
        """Arrow keys move the start: by five pixels, with Shift by one, with Ctrl by twenty-five."""
        moves = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        if event.key() not in moves:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers()
        pixels = 1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 5
        pixels = 25 if modifiers & Qt.KeyboardModifier.ControlModifier else pixels
        dx, dy = moves[event.key()]
        self.handle.nudge(dx * pixels, dy * pixels)
        event.accept()


def _stays(before: Objective | None, after: Objective) -> bool:
    """Whether what is looked at stays: parameters are turned, or a formula is typed over, within the same bounds."""
    if before is None or before.names != after.names or not np.array_equal(before.bounds, after.bounds):
        return False
    return before.text == after.text or not after.title
