"""Plot of a surface, or of a curve of one variable, with minima, starts, paths and heads on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.thinning import places
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.desktop.views.landscape.basins.layer import BasinLayer
from gdsim.desktop.views.landscape.basins.numbers_layer import NumbersLayer
from gdsim.desktop.views.landscape.curve_layer import CurveLayer
from gdsim.desktop.views.landscape.handle import StartHandle
from gdsim.desktop.views.landscape.heads import HeadsItem
from gdsim.desktop.views.landscape.overlays.gradient_overlay import GradientOverlay
from gdsim.desktop.views.landscape.paths import PathsLayer
from gdsim.desktop.views.landscape.spots import Spots, start_look
from gdsim.desktop.views.landscape.stars import Stars
from gdsim.desktop.views.landscape.surface_layer import SurfaceLayer
from gdsim.objectives import Objective
from gdsim.simulation.sampling.landscape import View
from gdsim.simulation.trajectories import Trajectories

#: How much closer one notch of the wheel gets.
_NOTCH = 1.02**15
#: Axes of widths that differ by more than this factor fill the picture, each by itself.
_MOST_UNLIKE = 5.0

#: Of so many restarts the starts are shown.
_MOST_STARTS = 400


class LandscapePlot(Plot):
    """Shows where the runs are on the landscape, and lets the start be moved.

    It asks for a surface with `view_changed`, and a scene brings it. Of a function of one variable the landscape is
    the curve y = f(x): what is looked at is chosen along x, and y fits itself to what is seen there until a person
    zooms it.
    """

    #: Where the start is dragged to: as many coordinates as the function has.
    start_dragged = Signal(object)
    view_changed = Signal(object)
    #: A pixel of a map was clicked: the start that it stands for.
    start_picked = Signal(object)
    #: A head was clicked: its optimizer and its run.
    run_chosen = Signal(str, int)
    #: The point under the mouse, or None when it has left.
    hovered = Signal(object)

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, theme: Theme, drag: Drag | None = None, parent: QWidget | None = None) -> None:
        self._equal = True
        #: The part of x that was seen last.
        self._seen: tuple[float, float] | None = None
        #: Where the mouse is on the canvas; None if it is not over what is seen.
        self._pointer: QPointF | None = None
        #: Tells what the name of an axis that lies under a point means; "" if there is none.
        self.axis_tip: Callable[[QPointF], str] = lambda at: ""
        #: Whether a person has zoomed y.
        self.y_free = False
        self.surface_layer, self.curve_layer = SurfaceLayer(), CurveLayer()
        self.basins, self.basin_numbers = BasinLayer(), NumbersLayer()
        self.gradient = GradientOverlay(lambda item: self.addItem(item, ignoreBounds=True))
        self.paths, self.heads = PathsLayer(), HeadsItem()
        self.handle = StartHandle(theme, drag)
        self.stars = Stars()
        self.starts = Spots(symbol="o", size=7)
        self.starts.setZValue(15)
        super().__init__(theme, parent)
        self.setObjectName("landscape_plot")
        stars = (self.stars.beside, self.stars.known)
        ground = (self.basins, self.surface_layer, self.curve_layer, self.basin_numbers)
        for item in (*ground, *stars, self.paths, self.starts, self.heads, self.handle):
            self.addItem(item, ignoreBounds=True)
        self._connect()
        self._show_frame(False)  # of nothing there are no numbers

    def _connect(self) -> None:
        self.box.setAspectLocked(True)
        self.box.sigRangeChanged.connect(self._view_moved)
        self.box.sigResized.connect(self._resized)
        self.scene().sigMouseMoved.connect(self._hover)
        self.scene().sigMouseClicked.connect(self._click)
        self.handle.dragged.connect(self._dragged)

    def _show_frame(self, shown: bool) -> None:
        """Show the numbers on the axes, and the start; they keep their room."""
        for item in (*(self.getPlotItem().getAxis(side) for side in ("left", "bottom")), self.handle):
            item.setOpacity(float(shown))

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme"):
            self.set_theme(scene.theme)
            self.handle.set_theme(scene.theme)
        # first the parts: showing another function may move the view, for which other things are asked at once
        ground = (self.basins, self.basin_numbers, self.surface_layer, self.curve_layer)
        for part in (*ground, self.stars, self.paths, self.heads, self.gradient):
            part.show_scene(scene)
        if scene.changed(before, "paths"):
            self._show_starts(scene.paths)
        if scene.changed(before, "theme"):
            self._dress_starts(scene.theme)
        if scene.changed(before, "objective") and scene.objective is not None:
            self._show_function(None if before is None else before.objective, scene.objective)
        if scene.changed(before, "surface"):
            self._fit()  # y of a curve follows what is seen of it
        if scene.changed(before, "experiment", "plane", "surface"):
            self._place_handle()

    @property
    def objective(self) -> Objective | None:
        """The function that is shown, or its slice."""
        return None if self.shown is None else self.shown.objective

    @property
    def is_curve(self) -> bool:
        """Tell whether the function has one variable."""
        return self.objective is not None and self.objective.dimension == 1

    def _show_function(self, before: Objective | None, after: Objective) -> None:
        if before is None:
            self._show_frame(True)
        if (before is not None and before.dimension == 1) != self.is_curve:
            self.handle.set_rail(self.height_at if self.is_curve else None)
            self._keep_aspect()
        if not _stays(before, after):
            self.reset_view()

    def _show_starts(self, race: Trajectories | None) -> None:
        """Mark where the restarts begin."""
        before, x, y = len(self.starts.data), np.empty(0), np.empty(0)
        if race is not None and (race.runs > 1 or before):
            # more would be a carpet, and take long to lay
            some = slice(0, int(bool(race.rules))), slice(1, 1 + _MOST_STARTS)
            x, y = (values[some].ravel() for values in places(race.positions[0], race.losses[0]))
        if before or len(x):
            self.starts.setData(x=x, y=np.nan_to_num(y, nan=0.0))
        if len(x) != before and self.shown is not None:
            self._dress_starts(self.shown.theme)

    def _dress_starts(self, theme: Theme) -> None:
        """Draw them fainter where there are more: the landscape under them is to be seen."""
        size, pen, brush = start_look(theme, len(self.starts.data))
        self.starts.setSize(size)
        self.starts.setPen(pen)
        self.starts.setBrush(brush)

    def _place_handle(self) -> None:
        """Put the handle where the start is; of one variable on the curve, or within reach where there is none."""
        if self.shown is None or self.objective is None:
            return
        start = self.shown.start
        if self.is_curve:
            height = self.height_at(start[0])
            self.handle.show_at(start[0], height if math.isfinite(height) else sum(self.view()[2:]) / 2)
        else:
            self.handle.show_at(*start)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y, in units of the plane."""
        left, right, bottom, top = map(float, self.view())
        across, up = max(1.0, self.box.width()), max(1.0, self.box.height())
        return self.gradient.spacing * (right - left) / across, self.gradient.spacing * (top - bottom) / up

    def pixels(self) -> int:
        """Return how many pixels the longer side has."""
        return max(1, int(self.box.width()), int(self.box.height()))

    def height_at(self, x: float) -> float:
        """Return the function of one variable at a point; nan where it is undefined, or not compiled yet."""
        objective = self.objective
        if objective is None or not objective.value_ready:
            return math.nan
        with np.errstate(all="ignore"):
            return float(objective.value(np.array([x])))

    def set_equal_aspect(self, equal: bool) -> None:
        """Make one unit of x as long as one of y, or fill each axis; a curve fills them always."""
        self._equal = equal
        self.reset_view()

    def _keep_aspect(self) -> None:
        """Lock the aspect where it is wanted, unless one width of the bounds could not be seen beside the other."""
        wanted = self._equal and not self.is_curve
        if wanted and self.objective is not None:
            widths = self.objective.bounds[:, 1] - self.objective.bounds[:, 0]
            wanted = bool(widths.max() <= _MOST_UNLIKE * widths.min())
        if bool(self.box.state["aspectLocked"]) != wanted:
            self.box.setAspectLocked(wanted)

    def set_view(self, view: View, y_free: bool = False) -> None:
        """Show a part of the plane: left, right, bottom, top."""
        left, right, bottom, top = view
        self._free_y(y_free)
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        if self.objective is None:
            return
        self._free_y(False)
        self._keep_aspect()
        if self.is_curve:
            ((left, right),) = self.objective.bounds
            self.box.setXRange(left, right, padding=0.02)
            self._fit()
        else:
            (left, right), (bottom, top) = self.objective.bounds
            self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.02)

    def view(self) -> View:
        """Return what is in view: left, right, bottom, top."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right, bottom, top)

    def target(self) -> View:
        """Return what is meant to be in view; more is where the shape of the plot asks for it."""
        (left, right), (bottom, top) = self.box.targetRange()
        return (float(left), float(right), float(bottom), float(top))

    def _free_y(self, free: bool) -> None:
        self.y_free = free
        self.box.setMouseEnabled(x=True, y=free or not self.is_curve)

    def _fit(self) -> None:
        """Fit y to the piece of the curve that is seen."""
        if self.is_curve and self.curve_layer.curve is not None and not self.y_free:
            left, right = self.view()[:2]
            self.box.setYRange(*self.curve_layer.curve.fit(left, right), padding=0)

    def _view_moved(self, *_: Any) -> None:
        self.look_again()
        if self.is_curve:
            seen = self.view()[:2]
            if seen == self._seen:
                return  # y has no part in what is asked for
            self._seen = seen
            self._fit()
        self.view_changed.emit(self.view())

    def _resized(self, *_: Any) -> None:
        # the same part of the plane, perhaps, but more pixels: arrows are as dense as before
        if self.gradient.has_arrows:
            self.view_changed.emit(self.view())

    def tip_at(self, at: QPointF) -> str:
        """Say what the sign under a point of the canvas stands for; "" if there is none."""
        from gdsim.desktop.views.landscape.sign_tips import head_tip, restart_tip, start_tip

        head, point = self.heads.head_at(at), self.box.mapSceneToView(at)
        away = self.box.mapViewToScene(self.handle.pos()) - at
        shown = self.shown
        if head is not None and shown is not None and shown.paths is not None:
            return tip_text(head_tip(shown.paths, *head, shown.step, head == shown.selection))
        if math.hypot(away.x(), away.y()) <= self.handle.scale / 2:
            return start_tip()
        if tip := self.stars.tip_at(point):
            return tip
        if len(self.starts.pointsAt(point)):
            return restart_tip()
        return self.axis_tip(at) or self._basin_tip(point)

    def _basin_tip(self, point: QPointF) -> str:
        """Say how the run from a place of the map ends; "" where there is none."""
        seen, shown = self.basins.seen, self.shown
        if seen is None or shown is None or shown.basins is None:
            return ""
        from gdsim.desktop.views.landscape.basins.texts import pixel_tip

        names = shown.race if shown.race is not None and shown.basins.key in shown.race.names else shown.experiment
        return tip_text(pixel_tip(seen, point.x(), point.y(), optimizer_text(shown.basins.key, names)))

    def viewportEvent(self, event: QEvent) -> bool:
        """Show a tip on every sign."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(self.mapToScene(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def _dragged(self, x: float, y: float) -> None:
        self.start_dragged.emit((x,) if self.is_curve else (x, y))

    def _hover(self, at: QPointF) -> None:
        self._pointer = at if self.box.sceneBoundingRect().contains(at) else None
        self.hovered.emit(None if self._pointer is None else self.box.mapSceneToView(at))

    def look_again(self) -> None:
        """Tell of the point under the mouse again: what lies there may be another, though the mouse stands still."""
        if self._pointer is not None:
            self._hover(self._pointer)

    def leaveEvent(self, event: Any) -> None:
        """Tell that nothing is under the mouse."""
        super().leaveEvent(event)
        self._pointer = None
        self.hovered.emit(None)

    def _click(self, event: Any) -> None:
        inside = self.box.sceneBoundingRect().contains(event.scenePos())
        if not inside or event.button() != Qt.MouseButton.LeftButton:
            return
        if not event.double():
            head = self.heads.head_at(event.scenePos())
            if head is not None:
                self.run_chosen.emit(*head)
            elif self.basins.seen is not None:
                point = self.box.mapSceneToView(event.scenePos())
                self.start_picked.emit(self.basins.seen.start_at(point.x(), point.y()))
        elif self.basins.seen is None:  # on a map, the first click has moved it
            point = self.box.mapSceneToView(event.scenePos())
            self._dragged(point.x(), point.y())
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom x of a curve; with Ctrl, or over its axis, y."""
        if not self.is_curve:
            super().wheelEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        delta = event.angleDelta()
        # some systems turn the wheel sideways while Alt is down
        closer = _NOTCH ** -((delta.y() or delta.x()) / 120)
        point = self.box.mapSceneToView(at)
        over_axis = self.getPlotItem().getAxis("left").sceneBoundingRect().contains(at)
        if over_axis or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._free_y(True)
            self.box.scaleBy(y=closer, center=point)
        else:
            self.box.scaleBy(x=closer, center=point)
        event.accept()

    def focusInEvent(self, event: Any) -> None:
        """Show on the handle that keys move it."""
        super().focusInEvent(event)
        self.handle.setMouseHover(True)

    def focusOutEvent(self, event: Any) -> None:
        """Show on the handle that they do not any more."""
        super().focusOutEvent(event)
        self.handle.setMouseHover(False)

    def keyPressEvent(self, event: Any) -> None:
        """Move the start with the arrow keys: by five pixels, with Shift by one, with Ctrl by twenty-five."""
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
    """Tell whether what is in view stays: parameters are turned, or a formula is typed over, in the same bounds."""
    if before is None or before.names != after.names or not np.array_equal(before.bounds, after.bounds):
        return False
    return before.text == after.text or not after.title
