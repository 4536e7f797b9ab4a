"""A surface, or a curve of one variable, with minima, starts, paths and heads on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.thinning import places
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.landscape.curve_item import CurveLayer
from gdsim.desktop.views.landscape.gradient_overlay import GradientOverlay
from gdsim.desktop.views.landscape.handle import StartHandle
from gdsim.desktop.views.landscape.paths import HeadsItem, PathsLayer
from gdsim.desktop.views.landscape.spots import Spots, start_look
from gdsim.desktop.views.landscape.stars import Stars
from gdsim.desktop.views.landscape.surface_item import GroundLayer
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View
from gdsim.simulation.trajectories import Trajectories

#: How much closer one notch of the wheel gets.
_NOTCH = 1.02**15
#: Axes of widths that differ by more than this factor fill the picture, each by itself.
_MOST_UNLIKE = 5.0

#: Of so many restarts the starts are shown.
_MOST_STARTS = 400


class LandscapeMap(Plot):
    """Shows where the runs are on the landscape, and lets the start be moved.

    It asks for a surface with `view_changed` and is given one with `set_surface`. Of a function of one variable the
    landscape is the curve y = f(x): what is looked at is chosen along x, and y fits itself to what is seen there
    until a person zooms it.
    """

    #: Where the start is dragged to: as many coordinates as the function has.
    start_dragged = Signal(object)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)
    #: A head was clicked: its optimizer and its run.
    run_chosen = Signal(str, int)
    #: The point under the mouse, or None when it has left.
    hovered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._objective: Objective | None = None
        self._ascent = False
        self._equal = True
        self._start: tuple[float, ...] = ()
        self._seen: tuple[float, float] | None = None
        #: Where the mouse is in the scene; None if it is not over what is seen.
        self._pointer: QPointF | None = None
        #: What the name of an axis that lies under a point of the scene means; "" if there is none.
        self.axis_tip: Callable[[QPointF], str] = lambda at: ""
        #: Whether a person has zoomed y.
        self.y_free = False
        self._theme = theme
        self.ground = GroundLayer(theme)
        self.curve = CurveLayer(theme)
        self.gradient = GradientOverlay(theme, lambda item: self.addItem(item, ignoreBounds=True))
        self.paths = PathsLayer(theme)
        self.heads = HeadsItem(theme)
        self.handle = StartHandle(theme)
        self.stars = Stars(theme)
        self._starts = Spots(symbol="o", size=7)
        self._starts.setZValue(15)
        super().__init__(theme, parent)
        self.setObjectName("landscape_plot")
        for item in (
            self.ground,
            self.curve,
            self.stars.beside,
            self.stars.known,
            self.paths,
            self._starts,
            self.heads,
            self.handle,
        ):
            self.addItem(item, ignoreBounds=True)
        self.box.setAspectLocked(True)
        self.box.sigRangeChanged.connect(self._view_moved)
        self.box.sigResized.connect(self._resized)
        self.scene().sigMouseMoved.connect(self._hover)
        self.scene().sigMouseClicked.connect(self._click)
        self.handle.dragged.connect(self._dragged)
        self.handle.grabbed.connect(self.grabbed)
        self.handle.released.connect(self.released)
        self._show_frame(False)  # of nothing there are no numbers

    def _show_frame(self, shown: bool) -> None:
        """Show the numbers on the axes, and the start; they keep their room."""
        for item in (*(self.getPlotItem().getAxis(side) for side in ("left", "bottom")), self.handle):
            item.setOpacity(float(shown))

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        for part in (self.ground, self.curve, self.gradient, self.stars, self.paths, self.heads, self.handle):
            part.set_theme(theme)
        self._theme = theme
        self._dress_starts()

    def _dress_starts(self) -> None:
        """Fainter where there are more: the landscape under them is to be seen."""
        size, pen, brush = start_look(self._theme, len(self._starts.data))
        self._starts.setSize(size)
        self._starts.setPen(pen)
        self._starts.setBrush(brush)

    @property
    def is_curve(self) -> bool:
        """Whether the function has one variable."""
        return self._objective is not None and self._objective.dimension == 1

    def set_function(self, objective: Objective, ascent: bool = False) -> None:
        """Show another function; uphill, its maxima are what is looked for."""
        if objective is self._objective and ascent == self._ascent:
            return
        self._ascent = ascent
        if self._objective is None:
            self._show_frame(True)
        if objective is not self._objective:
            was_curve, stays = self.is_curve, _stays(self._objective, objective)
            self._objective = objective
            if was_curve != self.is_curve:
                self._change_kind()
            if not stays:
                self.reset_view()
        self.stars.set_function(objective, ascent)

    def set_start(self, start: Sequence[float]) -> None:
        """Put the handle somewhere."""
        self._start = tuple(start)
        if self.is_curve:
            height = self.height_at(start[0])
            # where there is no curve the handle stays within reach
            self.handle.show_at(start[0], height if math.isfinite(height) else sum(self.view()[2:]) / 2)
        else:
            self.handle.show_at(*start)

    def set_surface(self, surface: Surface | Curve) -> None:
        """Show the surface or the curve that was asked for; that of the function before comes too late."""
        if isinstance(surface, Curve) != self.is_curve:
            return
        if isinstance(surface, Surface):
            self.ground.set_surface(surface)
        else:
            self.curve.set_curve(surface)
            self._fit()
            self.set_start(self._start)

    def read_from(self, objective: Objective | None) -> None:
        """The surface is that of something else than the function, whose minima then are faint; None: it is not."""
        self.gradient.read_from(objective)
        self.stars.set_aside(objective is not None)

    def clear_surface(self) -> None:
        """Show no surface, and no arrows, until others come."""
        self.ground.set_surface(None)
        self.gradient.set_arrows(None)

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        x, y = places(race.positions[0], race.losses[0])
        first = slice(0, int(bool(race.rules)))
        if race.runs > 1 or len(self._starts.data):
            # more would be a carpet, and take long to lay
            some = slice(1, 1 + _MOST_STARTS)
            before = len(self._starts.data)
            self._starts.setData(x=x[first, some].ravel(), y=np.nan_to_num(y[first, some].ravel(), nan=0.0))
            if len(self._starts.data) != before:
                self._dress_starts()
        for part in (self.paths, self.heads, self.gradient):
            part.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        for part in (self.paths, self.heads, self.gradient):
            part.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.paths.set_hidden(hidden)
        self.heads.set_hidden(hidden)

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self.paths.set_chosen(key, run)
        self.heads.set_chosen(key, run)
        self.gradient.set_chosen(key, run)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y, in units of the plane."""
        left, right, bottom, top = map(float, self.view())
        across, up = max(1.0, self.box.width()), max(1.0, self.box.height())
        return self.gradient.spacing * (right - left) / across, self.gradient.spacing * (top - bottom) / up

    def height_at(self, x: float) -> float:
        """The function of one variable at a point; not a number where it is undefined, or not compiled yet."""
        if self._objective is None or not self._objective.ready:
            return math.nan
        with np.errstate(all="ignore"):
            return float(self._objective.value(np.array([x])))

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled; a curve fills them always."""
        self._equal = equal
        self.reset_view()

    def _keep_aspect(self) -> None:
        """Of bounds that are of quite different widths one could not be seen beside the other."""
        wanted = self._equal and not self.is_curve
        if wanted and self._objective is not None:
            widths = self._objective.bounds[:, 1] - self._objective.bounds[:, 0]
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
        if self._objective is None:
            return
        self._free_y(False)
        self._keep_aspect()
        if self.is_curve:
            ((left, right),) = self._objective.bounds
            self.box.setXRange(left, right, padding=0.02)
            self._fit()
        else:
            (left, right), (bottom, top) = self._objective.bounds
            self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.02)

    def view(self) -> View:
        """What is in view: left, right, bottom, top."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right, bottom, top)

    def target(self) -> View:
        """What is meant to be in view; more is where the shape of the map asks for it."""
        (left, right), (bottom, top) = self.box.targetRange()
        return (float(left), float(right), float(bottom), float(top))

    def _change_kind(self) -> None:
        """From a surface to a curve, or back: what was shown belongs to the other."""
        self.ground.set_surface(None)
        self.curve.set_curve(None)
        self._starts.setData(x=[], y=[])
        for part in (self.paths, self.heads, self.gradient):
            part.set_race(None)
        self.handle.set_rail(self.height_at if self.is_curve else None)
        self._keep_aspect()

    def _free_y(self, free: bool) -> None:
        self.y_free = free
        self.box.setMouseEnabled(x=True, y=free or not self.is_curve)

    def _fit(self) -> None:
        """Fit y to the piece of the curve that is seen."""
        if self.is_curve and self.curve.curve is not None and not self.y_free:
            left, right = self.view()[:2]
            self.box.setYRange(*self.curve.curve.fit(left, right), padding=0)

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
        """What the sign under a point of the scene stands for; "" if there is none."""
        from gdsim.desktop.views.landscape.sign_tips import head_words, restart_words, start_words

        head, point = self.heads.head_at(at), self.box.mapSceneToView(at)
        away = self.box.mapViewToScene(self.handle.pos()) - at
        if head is not None and self.heads.race is not None:
            chosen = head == self.heads.chosen
            return tip_text(head_words(self.heads.race, *head, self.heads.step, chosen))
        if math.hypot(away.x(), away.y()) <= self.handle.scale / 2:
            return start_words()
        if words := self.stars.words_at(point):
            return words
        return restart_words() if len(self._starts.pointsAt(point)) else self.axis_tip(at)

    def viewportEvent(self, event: QEvent) -> bool:
        """A tip on every sign."""
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
        """What lies under the mouse may be something else, though it stands still."""
        if self._pointer is not None:
            self._hover(self._pointer)

    def leaveEvent(self, event: Any) -> None:
        """Nothing is under the mouse."""
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
        else:
            point = self.box.mapSceneToView(event.scenePos())
            self._dragged(point.x(), point.y())
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over a curve the wheel zooms x; with Ctrl, or over its axis, y."""
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
