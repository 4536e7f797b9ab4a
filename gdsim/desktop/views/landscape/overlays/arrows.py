"""Arrows all over the landscape: where the gradient, or its opposite, points."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from gdsim.desktop.look.style import solid
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.gradient_field import Arrows

#: From one arrow to the next, in pixels at scale 1.
SPACING = 34.0
#: The longest and the shortest arrow, as shares of that.
_LONGEST, _SHORTEST = 0.86, 0.22
#: The head: how long and how wide, in pixels at scale 1, and at most this share of the arrow.
_HEAD, _WIDE, _MOST_HEAD = 7.0, 2.6, 0.55


class ArrowsLayer(Layer):
    """Arrows, one a lattice point, all drawn at once; nothing at all until it is given some."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2)
        self.setVisible(False)

    @property
    def arrows(self) -> Arrows | None:
        """The arrows that are drawn; None where none are wanted, or none are there of a function of two variables."""
        scene = self.shown
        if scene is None or not scene.marks.arrows or scene.objective is None or scene.objective.dimension != 2:
            return None
        return scene.arrows

    def show_scene(self, scene: Scene) -> None:
        """Draw anew where other arrows are wanted, or they are to look otherwise."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme", "arrows", "marks", "objective") or _is_uphill(scene) != _is_uphill(before):
            self.setVisible(self.arrows is not None)
            self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the shafts as one path and the heads as another."""
        if self.shown is None or self.arrows is None or self.arrows.points.size == 0:
            return
        theme = self.shown.theme
        color = solid(QColor("#e9f0f6" if theme.dark else "#12222f"), 0.62)
        tails, necks, tips, sides = self.shapes(mapping)
        pen = QPen(color, 1.2 * theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path([tails, necks]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPath(_path([tips, necks + sides, necks - sides]))

    def shapes(self, mapping: Mapping) -> tuple[Array, Array, Array, Array]:
        """Tails, necks, tips and half the width of the heads in pixels, ``(2, n)`` each; an arrow has its point in
        the middle."""
        scene, arrows = self.shown, self.arrows
        assert scene is not None
        assert arrows is not None
        scale = scene.theme.scale
        middle = np.stack([mapping.x(arrows.points[0]), mapping.y(arrows.points[1])])
        along = directions(arrows.gradients if _is_uphill(scene) else -arrows.gradients, mapping)
        share = 1.0 if scene.marks.alike else arrows.shares
        length = SPACING * scale * (_SHORTEST + (_LONGEST - _SHORTEST) * share)
        head = np.minimum(_HEAD * scale, _MOST_HEAD * length)
        tails, tips = middle - along * length / 2, middle + along * length / 2
        across = np.stack([-along[1], along[0]])
        return tails, tips - along * head, tips, across * (_WIDE / _HEAD) * head


def _is_uphill(scene: Scene | None) -> bool:
    """Tell whether the race goes up; before there is one, whether it is going to."""
    if scene is None:
        return False
    return scene.experiment.ascent if scene.paths is None else scene.paths.ascent


def directions(vectors: Array, mapping: Mapping) -> Array:
    """Return where vectors ``(2, …)`` of the plane point on screen, of length 1 in pixels; 0 without a direction."""
    with np.errstate(all="ignore"):
        # first to a size that neither overflows nor vanishes
        largest = np.abs(vectors).max(axis=0)
        x, y = (
            vectors
            / largest
            * np.array([mapping.transform.m11(), mapping.transform.m22()]).reshape(2, *[1] * (vectors.ndim - 1))
        )
        found: Array = np.nan_to_num(np.stack([x, y]) / np.hypot(x, y), nan=0.0, posinf=0.0, neginf=0.0)
    return found


def _path(corners: list[Array]) -> QPainterPath:
    """Join the corners of each arrow, all of them to one path."""
    points = np.stack(corners, axis=-1).reshape(2, -1)
    joined = np.ones(points.shape[1], dtype=np.int32)
    joined[len(corners) - 1 :: len(corners)] = 0
    path: QPainterPath = pg.functions.arrayToQPath(points[0], points[1], connect=joined)
    return path
