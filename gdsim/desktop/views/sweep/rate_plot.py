"""A plot of curves against η."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme, optimizer_color, ring_color, solid
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.loss_heights import Heights, Scale
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.desktop.views.sweep.curve_layer import CurveLayer
from gdsim.objectives.base import Array
from gdsim.simulation.maps.range_tests import RangeTest

#: A click within so many pixels of a curve is on it; so many points of a curve are looked at.
_NEAR, _LOOKED = 10.0, 400
#: The marks on curves: shape and size.
_MARKS = {"best": ("star", 15), "tenth": ("t", 11), "steepest": ("d", 11), "in_use": ("o", 10)}
#: The strokes and gaps of the lines of the two advices.
_DASHES = {"tenth": [6.0, 4.0], "steepest": [1.5, 3.0]}
#: A mark on a curve: `Entry.id`, log₁₀ η, height.
Spot = tuple[str, float, float]


def advice_of(test: RangeTest | None) -> dict[str, float | None]:
    """Return what a range test advises, by the name of its mark."""
    return {"tenth": None if test is None else test.a_tenth, "steepest": None if test is None else test.steepest}


class RatePlot(Plot):
    """Curves with marks on them, η along a logarithmic axis."""

    #: A curve was clicked, by `Entry.id`.
    chosen = Signal(str)

    def __init__(self, theme: Theme, least: int) -> None:
        self._least = least
        self._layer = CurveLayer(theme)
        self.marks = {name: Scatter(symbol=symbol, pxMode=True, antialias=True) for name, (symbol, _) in _MARKS.items()}
        self._lines = {name: pg.InfiniteLine(angle=90) for name in _DASHES}
        super().__init__(theme, decades=("left", "bottom"))
        self.box.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getAxis("bottom").setLogMode(True)
        for item in (self._layer, *self._lines.values(), *self.marks.values()):
            self.addItem(item, ignoreBounds=True)
        for line in self._lines.values():
            line.hide()
        self.scene().sigMouseClicked.connect(self._click)
        self.scene().sigMouseMoved.connect(self._hover)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme; marks are given theirs by whoever shows them."""
        super().set_theme(theme)
        self._layer.theme = theme
        self._layer.renew()
        self.setMinimumHeight(theme.pixels(self._least))
        for name, line in self._lines.items():
            pen = pg.mkPen(solid(QColor(theme.text), 0.75), width=1.2 * theme.scale)
            pen.setDashPattern(_DASHES[name])
            line.setPen(pen)

    def sizeHint(self) -> QSize:
        """As small as can be read; it takes what room there is."""
        return QSize(2 * self.minimumHeight(), self.minimumHeight())

    @property
    def curves(self) -> dict[str, tuple[Array, Array]]:
        """The curves that are drawn, by `Entry.id`: log₁₀ η and heights."""
        return self._layer.curves

    @property
    def bands(self) -> dict[str, tuple[Array, Array, Array]]:
        """The bands that are drawn, by `Entry.id`: log₁₀ η, lower and upper edge."""
        return self._layer.bands

    def show_curves(
        self,
        heights: Heights,
        curves: dict[str, tuple[Array, Array]],
        bands: dict[str, tuple[Array, Array, Array]],
        bold: str,
    ) -> None:
        """Draw curves on an axis, that of one optimizer bold."""
        self.getPlotItem().getAxis("left").setLogMode(heights.scale is not Scale.LINEAR)
        self.box.setRange(yRange=heights.span, padding=0)
        self._layer.show_curves(curves, bands, bold)

    def show_rates(self, low: float, high: float) -> None:
        """Show these η."""
        self.box.setRange(xRange=(math.log10(low), math.log10(high)), padding=0.01)

    def mark(self, name: str, rates: Mapping[str, float | None]) -> None:
        """Put marks of one kind on curves, each at an η; none where there is no curve."""
        found = {key: math.log10(rate) for key, rate in rates.items() if rate is not None and rate > 0}
        heights = {key: self.height_at(key, x) for key, x in found.items()}
        self._put(name, [(key, found[key], height) for key, height in heights.items() if height is not None])

    def _put(self, name: str, spots: Iterable[Spot]) -> None:
        theme, data = self._layer.theme, []
        size = _MARKS[name][1] * theme.scale
        for key, x, y in spots:
            color = optimizer_color(key, theme)
            pen = pg.mkPen(ring_color(color, theme), width=1.2 * theme.scale)
            data.append({"pos": (x, y), "brush": pg.mkBrush(color), "pen": pen, "size": size})
        self.marks[name].setData(data)

    def show_advice(self, test: RangeTest | None) -> None:
        """Draw lines at what a range test advises."""
        rates = advice_of(test)
        for name, line in self._lines.items():
            rate = rates[name]
            line.setVisible(rate is not None)
            if rate is not None:
                line.setValue(math.log10(rate))

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
