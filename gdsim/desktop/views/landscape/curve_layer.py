"""The landscape of a function of one variable: its curve, or that of its slope."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.clipping import draw_line, draw_polyline
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.curve import Curve


class CurveLayer(Layer):
    """Paints a sampled curve.

    Parameters
    ----------
    of_slope
        Whether it is the slope that is painted.
    """

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, of_slope: bool = False) -> None:
        super().__init__()
        self.setZValue(-10)
        self._of_slope = of_slope
        self._guided = of_slope
        self.setVisible(False)

    @property
    def curve(self) -> Curve | None:
        """The curve that is painted; None where the scene has none, or has a surface."""
        return _curve_of(self.shown)

    def show_scene(self, scene: Scene) -> None:
        """Paint anew where the curve or the colours are others."""
        before, self.shown = self.shown, scene
        # another function may still have the curve of the one before: until its own is there that stays
        if scene.changed(before, "theme") or _curve_of(before) is not self.curve:
            self.setVisible(self.curve is not None)
            self.renew()

    def set_guided(self, guided: bool) -> None:
        """Lead the eye from the extrema of the curve to the zeros of its slope, or not."""
        self._guided = guided
        self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw where it is undefined, the line y = 0, guides and the curve."""
        curve = self.curve
        if self.shown is None or curve is None:
            return
        inside, theme = mapping.inside, self.shown.theme
        width, height = inside.width(), inside.height()
        painter.fillRect(inside, QColor(theme.base))
        for left, right in mapping.x(curve.undefined):
            if right > 0 and left < width:
                draw_hatch(painter, QRectF(left, 0, right - left, height) & inside, theme)
        painter.setPen(QPen(QColor(theme.line), theme.scale))
        zero = float(mapping.y(np.zeros(1))[0])
        draw_line(painter, QLineF(0, zero, width, zero), inside)
        if self._guided:
            self._draw_guides(painter, mapping, curve, theme)
        self._draw_curve(painter, mapping.x(curve.x), mapping.y(self._heights(curve)), inside, theme)

    def _heights(self, curve: Curve) -> Array:
        return curve.slope if self._of_slope else curve.y

    def _draw_curve(self, painter: QPainter, x: Array, y: Array, inside: QRectF, theme: Theme) -> None:
        seen = np.flatnonzero((x > -2) & (x < inside.width() + 2))
        if seen.size == 0:
            return
        # a point more on either side, so that the curve goes on to the edge
        piece = slice(max(int(seen[0]) - 1, 0), int(seen[-1]) + 2)
        x, y = x[piece], y[piece]
        pen = QPen(QColor(theme.accent) if self._of_slope else solid(theme.text, 0.85))
        pen.setWidthF((1.5 if self._of_slope else 2.2) * theme.scale)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        # where it is undefined it ends: a line across would claim values
        gaps = np.flatnonzero(~np.isfinite(y))
        for start, end in zip([0, *(gaps + 1)], [*gaps, len(y)], strict=True):
            if end - start > 1:
                draw_polyline(painter, x[start:end], y[start:end], inside)

    def _draw_guides(self, painter: QPainter, mapping: Mapping, curve: Curve, theme: Theme) -> None:
        inside, zero = mapping.inside, float(mapping.y(np.zeros(1))[0])
        pen = QPen(solid(theme.faint, 0.8), theme.scale)
        pen.setDashPattern([2.0, 4.0])
        painter.setPen(pen)
        heights = mapping.y(np.interp(curve.extrema, curve.x, np.nan_to_num(curve.y)))
        for x, y in zip(mapping.x(curve.extrema), heights, strict=True):
            line = QLineF(x, 0, x, zero) if self._of_slope else QLineF(x, y, x, inside.height())
            draw_line(painter, line, inside)
        if self._of_slope:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            places = mapping.x(curve.extrema)
            for x in places[(places > 0) & (places < inside.width())]:
                painter.drawEllipse(QRectF(x - 2.5, zero - 2.5, 5, 5))


def _curve_of(scene: Scene | None) -> Curve | None:
    """Return the curve that a scene has of its function; that of a function of another kind comes too late."""
    if scene is None or not isinstance(scene.surface, Curve):
        return None
    return scene.surface if scene.objective is not None and scene.objective.dimension == 1 else None
