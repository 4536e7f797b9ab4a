"""A plot of curves against η."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen

from gdsim.desktop.look.style import Theme, optimizer_color, ring_color, set_dashes, solid
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.loss_heights import Heights, Scale
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.objectives.base import Array

#: A click within so many pixels of a curve is on it; so many points of a curve are looked at.
_NEAR, _LOOKED = 10.0, 400
_BAND, _FAINT, _BOLD, _THIN = 0.2, 0.09, 2.6, 1.4

#: A mark on a curve: `Entry.id`, log₁₀ η, height.
Spot = tuple[str, float, float]


class RatePlot(Plot):
    """Curves in the colours and dashes of their optimizers, η along a logarithmic axis."""

    #: A curve was clicked, by `Entry.id`.
    chosen = Signal(str)

    def __init__(self, theme: Theme, least: int) -> None:
        self._theme, self._least = theme, least
        self._items: list[Any] = []
        #: What is drawn, by `Entry.id`: log₁₀ η and heights.
        self.curves: dict[str, tuple[Array, Array]] = {}
        self.bands: dict[str, pg.FillBetweenItem] = {}
        super().__init__(theme, decades=("left", "bottom"))
        self.box.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getAxis("bottom").setLogMode(True)
        self.scene().sigMouseClicked.connect(self._click)
        self.scene().sigMouseMoved.connect(self._hover)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; what is drawn is drawn anew by whoever shows it."""
        super().set_theme(theme)
        self._theme = theme
        self.setMinimumHeight(theme.pixels(self._least))

    def sizeHint(self) -> QSize:
        """As small as can be read; it takes what room there is."""
        return QSize(2 * self.minimumHeight(), self.minimumHeight())

    def begin(self, heights: Heights) -> None:
        """Draw all anew on an axis."""
        for item in self._items:
            self.removeItem(item)
        self._items, self.curves, self.bands = [], {}, {}
        self.getPlotItem().getAxis("left").setLogMode(heights.scale is not Scale.LINEAR)
        self.box.setRange(yRange=heights.span, padding=0)

    def show_rates(self, low: float, high: float) -> None:
        """Show these η."""
        self.box.setRange(xRange=(math.log10(low), math.log10(high)), padding=0.01)

    def add_band(self, key: str, x: Array, lower: Array, upper: Array, bold: bool) -> None:
        """Shade what lies between two curves."""
        color = optimizer_color(key, self._theme)
        edges = [pg.PlotCurveItem(x, y, pen=pg.mkPen(None)) for y in (lower, upper)]
        band = pg.FillBetweenItem(*edges, brush=pg.mkBrush(solid(color, _BAND if bold else _FAINT)))
        band.setZValue(-10)
        self.bands[key] = band
        self._add(band)

    def add_curve(self, key: str, x: Array, y: Array, bold: bool) -> None:
        """Draw a curve."""
        pen = QPen(optimizer_color(key, self._theme), (_BOLD if bold else _THIN) * self._theme.scale)
        pen.setCosmetic(True)
        set_dashes(pen, key)
        curve = pg.PlotCurveItem(x, y, pen=pen, antialias=True, connect="finite")
        curve.setZValue(1 if bold else 0)
        self.curves[key] = (x, y)
        self._add(curve)

    def add_marks(self, symbol: str, size: float, spots: Iterable[Spot]) -> Scatter:
        """Put marks of one shape on curves."""
        marks = Scatter(symbol=symbol, size=size * self._theme.scale, pxMode=True, antialias=True)
        marks.setZValue(10)
        self._add(marks)
        self.move_marks(marks, spots)
        return marks

    def move_marks(self, marks: Scatter, spots: Iterable[Spot]) -> None:
        """Put marks elsewhere."""
        data = []
        for key, x, y in spots:
            color = optimizer_color(key, self._theme)
            pen = pg.mkPen(ring_color(color, self._theme), width=1.2 * self._theme.scale)
            data.append({"pos": (x, y), "brush": pg.mkBrush(color), "pen": pen})
        marks.setData(data)

    def add_line(self, x: float, dashes: list[float]) -> None:
        """Draw a line across at some log₁₀ η."""
        pen = pg.mkPen(solid(QColor(self._theme.text), 0.75), width=1.2 * self._theme.scale)
        pen.setDashPattern(dashes)
        line = pg.InfiniteLine(x, angle=90, pen=pen)
        line.setZValue(5)
        self._add(line)

    def height_at(self, key: str, x: float) -> float | None:
        """The height of a curve at some log₁₀ η, within what is seen; None beyond its ends."""
        if key not in self.curves:
            return None
        places, heights = self.curves[key]
        if not places[0] <= x <= places[-1]:
            return None
        low, high = self.box.viewRange()[1]
        height = float(np.interp(x, places, heights))
        return min(max(height, low), high) if math.isfinite(height) else None

    def curve_near(self, at: QPointF) -> str:
        """The `Entry.id` of the curve at a point of the canvas; "" if there is none."""
        found = [(self._distance(at, *curve), key) for key, curve in self.curves.items()]
        distance, key = min(found, default=(math.inf, ""))
        return key if distance <= _NEAR else ""

    def _distance(self, at: QPointF, x: Array, y: Array) -> float:
        (left, right), (low, high) = self.box.viewRange()
        area = self.box.sceneBoundingRect()
        along = np.linspace(x[0], x[-1], _LOOKED)
        across = np.interp(along, x, y)
        dx = (along - left) / (right - left) * area.width() + area.left() - at.x()
        dy = (high - across) / (high - low) * area.height() + area.top() - at.y()
        distances = np.hypot(dx, dy)
        return float(np.nanmin(distances)) if np.isfinite(distances).any() else math.inf

    def _click(self, event: Any) -> None:
        key = self.curve_near(event.scenePos()) if event.button() == Qt.MouseButton.LeftButton else ""
        if key:
            self.chosen.emit(key)

    def _hover(self, at: QPointF) -> None:
        near = self.box.sceneBoundingRect().contains(at) and bool(self.curve_near(at))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor)

    def _add(self, item: Any) -> None:
        self.addItem(item, ignoreBounds=True)
        self._items.append(item)
