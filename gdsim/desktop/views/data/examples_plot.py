"""Examples as points that can be moved, and what the models make of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu

from gdsim.desktop.look.style import Theme, class_color, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.axis_names import AxisNames
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.objectives.base import Array

SYMBOLS = ("o", "t1")
#: So near to a point, in pixels, it is the point that is meant.
_NEAR = 11.0
#: What keys do: to the next point and back, and which way one is moved.
_TURNS: dict[int, int] = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_MOVES: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
#: More points than these are not all drawn.
_MOST = 4000


class DataPlot(Plot):
    """Points, curves and a field of probability; the mouse moves, adds and removes points."""

    grabbed = Signal()
    released = Signal()
    #: The point that is marked, by its index.
    picked = Signal(int)
    #: A point by its index, and where it is dragged to.
    moved = Signal(int, float, float)
    #: Where a point is to be added, and whether of the other class than its neighbour.
    added = Signal(float, float, bool)
    removed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.field = _Field(axisOrder="row-major")
        self._residuals = pg.PlotCurveItem()
        self._held = [Scatter(symbol=s, pxMode=True) for s in SYMBOLS]
        self._train = [Scatter(symbol=s, pxMode=True) for s in SYMBOLS]
        self._mark = Scatter(symbol="o", pxMode=True)
        self.lines: dict[str, pg.PlotCurveItem] = {}
        self.places = np.empty((0, 2))
        self._drawn = np.empty(0, dtype=np.int64)
        self.dragged: int | None = None
        #: Where it was taken, and where the mouse was.
        self._taken = (0.0, 0.0), (0.0, 0.0)
        self.selected: int | None = None
        self._still = False
        self._range: tuple[float, float, float, float] | None = None
        super().__init__(theme)
        self.box.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for item in (self.field, self._residuals, *self._held, *self._train, self._mark):
            self.addItem(item, ignoreBounds=True)
        for k, item in enumerate((*self._held, *self._train, self._mark)):
            item.setZValue(20 + k)
        self.field.setZValue(-10)
        self.names = AxisNames(self, theme)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        for c in range(2):
            for item, filled in ((self._train[c], True), (self._held[c], False)):
                size, pen, brush = point_look(theme, c, filled)
                item.setSize(size)
                item.setPen(pen)
                item.setBrush(brush)
        self._mark.setSize(16 * theme.scale)
        self._mark.setPen(pg.mkPen(theme.accent, width=2 * theme.scale))
        self._mark.setBrush(pg.mkBrush(None))
        self._residuals.setPen(pg.mkPen(solid(theme.text, 0.35), width=theme.scale))
        self.field.setLookupTable(_shades(theme))
        for key, line in self.lines.items():
            line.setPen(self._pen(key, False))

    def show_points(self, places: Array, classes: Array, held: Array) -> None:
        """Show points ``(n, 2)`` with their classes, 0 or 1, and whether they are held out."""
        self.places = places
        step = -(-len(places) // _MOST) or 1
        self._drawn = np.arange(0, len(places), step)
        if self.selected is not None and self.selected >= len(places):
            self.selected = None
        for c in range(2):
            for items, out in ((self._train, False), (self._held, True)):
                of = self._drawn[(classes[self._drawn] == c) & (held[self._drawn] == out)]
                items[c].setData(x=places[of, 0], y=places[of, 1])
        self._show_mark()
        if not self._still:
            self._fit()

    def clear_points(self) -> None:
        """Show none."""
        self.show_points(np.empty((0, 2)), np.empty(0), np.empty(0, dtype=bool))

    def view_range(self) -> tuple[float, float, float, float]:
        """Return the range that is in view: left, right, bottom, top."""
        return self._range or (0.0, 1.0, 0.0, 1.0)

    def show_field(self, values: Array | None) -> None:
        """Show probabilities ``(rows, columns)`` all over the view, or none."""
        self.field.setVisible(values is not None)
        if values is not None:
            left, right, bottom, top = self.view_range()
            self.field.setImage(np.nan_to_num(values, nan=0.5), autoLevels=False, levels=(0.0, 1.0))
            # a value belongs to the middle of its pixel
            dx, dy = ((right - left) / (values.shape[1] - 1), (top - bottom) / (values.shape[0] - 1))
            self.field.setRect(QRectF(left - dx / 2, bottom - dy / 2, right - left + dx, top - bottom + dy))

    def clear_fits(self) -> None:
        """Show the points alone."""
        self.show_field(None)
        self.show_residuals(None)
        self.show_lines({}, "")

    def show_residuals(self, ends: Array | None) -> None:
        """Show lines from points to a curve, ``(2, 2k)`` by pairs, or none."""
        if ends is None or not ends.size:
            self._residuals.setData([], [])
        else:
            self._residuals.setData(ends[0], ends[1], connect="pairs")

    def show_lines(self, lines: dict[str, tuple[Array, Array]], chosen: str) -> None:
        """Show a line an optimizer, nan between its parts; the chosen one's bold."""
        _, _, bottom, top = self.view_range()
        far = 3 * (top - bottom)
        for key in [key for key in self.lines if key not in lines]:
            self.removeItem(self.lines.pop(key))
        for key, (x, y) in lines.items():
            line = self.lines.get(key)
            if line is None:
                line = self.lines[key] = pg.PlotCurveItem(antialias=True)
                self.addItem(line, ignoreBounds=True)
            line.setPen(self._pen(key, key == chosen))
            line.setZValue(11 if key == chosen else 10)
            line.setData(x, np.clip(y, bottom - far, top + far), connect="finite")

    def _pen(self, key: str, bold: bool) -> Any:
        pen = pg.mkPen(optimizer_color(key, self._theme), width=(2.6 if bold else 1.4) * self._theme.scale)
        set_dashes(pen, key)
        return pen

    def _fit(self) -> None:
        if not len(self.places):
            return
        (left, bottom), (right, top) = self.places.min(axis=0), self.places.max(axis=0)
        x, y = (0.08 * (right - left) or 1.0), (0.08 * (top - bottom) or 1.0)
        wanted = (left - x, right + x, bottom - y, top + y)
        if wanted != self._range:
            self._range = wanted
            self.box.setRange(xRange=wanted[:2], yRange=wanted[2:], padding=0)

    def select(self, index: int | None) -> None:
        """Mark a point, or none."""
        self.selected = index if index is not None and index < len(self.places) else None
        self._show_mark()

    def _show_mark(self) -> None:
        there = [] if self.selected is None else [self.places[self.selected]]
        self._mark.setData(x=[p[0] for p in there], y=[p[1] for p in there])
        if self.selected is not None:
            self.picked.emit(self.selected)

    def point_at(self, at: QPoint) -> int | None:
        """The index of the point under the mouse; None if there is none."""
        if not len(self._drawn):
            return None
        left, right, bottom, top = self.view_range()
        area = self.box.sceneBoundingRect()
        here = self._at(at)
        far = np.hypot(
            (self.places[self._drawn, 0] - here.x()) / (right - left) * area.width(),
            (self.places[self._drawn, 1] - here.y()) / (top - bottom) * area.height(),
        )
        nearest = int(np.argmin(far))
        return int(self._drawn[nearest]) if far[nearest] <= _NEAR * self._theme.scale else None

    def _at(self, at: QPoint) -> QPointF:
        point: QPointF = self.box.mapSceneToView(self.mapToScene(at))
        return point

    def _inside(self, at: QPoint) -> bool:
        return bool(self.box.sceneBoundingRect().contains(self.mapToScene(at)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a point."""
        at = event.position().toPoint()
        hit = self.point_at(at)
        if hit is not None:  # beside all points the one that is looked at stays
            self.selected = hit
            self._show_mark()
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # keys mean this point now
        if event.button() == Qt.MouseButton.LeftButton and hit is not None:
            self.dragged = hit
            here = self._at(at)
            self._taken = tuple(self.places[self.dragged].tolist()), (here.x(), here.y())
            self._still = True
            self.grabbed.emit()
        elif event.button() == Qt.MouseButton.RightButton and self._inside(at):
            self._menu(at).popup(event.globalPosition().toPoint())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.let_go()  # it was let go over a dialog
        if self.dragged is None:
            over = self.point_at(at) is not None
            self.setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        here = self._at(at)
        (x, y), (from_x, from_y) = self._taken
        self.moved.emit(self.dragged, *self._shifted(x, y, here.x() - from_x, here.y() - from_y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.let_go()
        event.accept()

    def let_go(self) -> None:
        """The point that is held stays where it is."""
        if self.dragged is not None:
            self.dragged = None
            self._still = False
            self._fit()
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add one; with Shift, of the other class than its neighbour."""
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._inside(at) and self.point_at(at) is None:
            self._add(at, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Down go from point to point, arrow keys move one, Delete takes it away, Insert adds one."""
        key, count = event.key(), len(self.places)
        if key in _TURNS and count:
            self.selected = 0 if self.selected is None else (self.selected + _TURNS[key]) % count
            self._show_mark()
        elif key in _MOVES and self.selected is not None:
            self._nudge(self.selected, *_MOVES[key], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selected is not None:
            self.remove(self.selected)
        elif key == Qt.Key.Key_Insert:
            self._add(self.viewport().rect().center(), False)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _nudge(self, index: int, across: int, up: int, fine: bool) -> None:
        left, right, bottom, top = self.view_range()
        share = 0.002 if fine else 0.02
        x, y = self.places[index].tolist()
        self.grabbed.emit()
        self.moved.emit(index, *self._shifted(x, y, share * across * (right - left), share * up * (top - bottom), True))
        self.released.emit()

    def _shifted(self, x: float, y: float, across: float, up: float, beyond: bool = False) -> tuple[float, float]:
        """A place that is moved, in plain numbers; a coordinate that is not moved keeps all its digits.

        Out of view only where that is allowed.
        """
        left, right, bottom, top = self.view_range()
        found = []
        for start, shift, low, high in ((x, across, left, right), (y, up, bottom, top)):
            end = start + shift
            if not beyond:
                end = min(max(end, min(low, start)), max(high, start))
            found.append(start if shift == 0 else plain(end, high - low))
        return found[0], found[1]

    def remove(self, index: int) -> None:
        """Take a point away."""
        self.selected = None
        self.removed.emit(index)

    def _add(self, at: QPoint, other: bool) -> None:
        here = self._at(at)
        count = len(self.places)
        left, right, bottom, top = self.view_range()
        self.added.emit(plain(here.x(), right - left), plain(here.y(), top - bottom), other)
        if len(self.places) > count:  # what follows is about the new one
            self.selected = count
            self._show_mark()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, at: QPoint) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = self.point_at(at)
        if index is not None:
            menu.addAction(self.tr("Delete the point")).triggered.connect(lambda: self.remove(index))
        else:
            menu.addAction(self.tr("Add a point")).triggered.connect(lambda: self._add(at, False))
            menu.addAction(self.tr("Add one of the other class")).triggered.connect(lambda: self._add(at, True))
        return menu


def plain(value: float, span: float) -> float:
    """A number as short as it can be said without moving by more than a fraction of a pixel, where so much is seen."""
    return round(value, 3 - math.floor(math.log10(span))) if 1e-300 < span < math.inf else value


def point_look(theme: Theme, c: int, filled: bool) -> tuple[float, QPen, QBrush]:
    """Size, pen and brush of a point of class 0 or 1; filled are those that are trained on."""
    color = class_color(c, theme)
    pen = pg.mkPen(QColor(theme.ring) if filled else color, width=(0.8 if filled else 1.4) * theme.scale)
    return (8 if c == 0 else 9) * theme.scale, pen, pg.mkBrush(color if filled else None)


class _Field(pg.ImageItem):
    """An image without steps between its pixels."""

    def paint(self, painter: QPainter, *rest: Any) -> None:
        """Draw it as smooth as the painter can."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        super().paint(painter, *rest)


def _shades(theme: Theme) -> Array:
    """From class 0 over the background to class 1, ``(256, 4)``."""
    low, high = class_color(0, theme), class_color(1, theme)
    middle, strength = QColor(theme.base), 0.34 if theme.dark else 0.30
    t = np.linspace(-1, 1, 256)[:, None]
    rgb = [np.array([c.red(), c.green(), c.blue()], dtype=float) for c in (low, middle, high)]
    ends = np.where(t < 0, rgb[0], rgb[2])
    mixed = rgb[1] + strength * np.abs(t) * (ends - rgb[1])
    return np.column_stack([np.round(mixed), np.full(256, 255.0)]).astype(np.uint8)
