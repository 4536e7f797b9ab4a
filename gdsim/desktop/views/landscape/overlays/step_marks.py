"""The terms of the chosen run's step as arrows, and where it leads."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gdsim.desktop.look.style import solid
from gdsim.desktop.look.term_colors import term_look
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem
from gdsim.desktop.state.overlays import TermArrow
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.overlays.gradient_drawing import Pencil
from gdsim.desktop.views.landscape.overlays.step_figure import Shown, shown_arrows

#: Radius of the ghost of a head.
_GHOST = 6.0


class StepMarks(PixelItem):
    """Draws `Marks.terms`, where they are those of an optimizer that is seen."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(26)
        self.setVisible(False)

    def show_scene(self, scene: Scene) -> None:
        """Draw anew where the arrows are others."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "marks", "hidden", "selection", "theme"):
            self.setVisible(scene.marks.terms is not None and scene.selection[0] not in scene.hidden)
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the ghost, then the arrows, the step on top."""
        scene = self.shown
        terms = None if scene is None else scene.marks.terms
        if scene is None or terms is None:
            return
        painter.setFont(pg.QtWidgets.QApplication.font())
        pencil = Pencil(painter, scene.theme, mapping.inside)
        head = _pixel(mapping, terms.x, terms.y)
        if not mapping.inside.contains(head):
            return
        transform = mapping.transform
        found = shown_arrows(terms, (transform.m11(), transform.m22()), scene.theme.scale)
        if terms.ghost is not None:
            self._draw_ghost(pencil, _pixel(mapping, *terms.ghost))
        for each in sorted(found, key=lambda each: each.arrow.kind == "step"):
            self._draw_arrow(pencil, head, each)

    def _draw_ghost(self, pencil: Pencil, at: QPointF) -> None:
        scale = pencil.theme.scale
        pencil.painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((solid(pencil.theme.base, 0.8), 3.4), (QColor(pencil.theme.text), 1.4)):
            pen = QPen(color, width * scale)
            if width < 2:
                pen.setDashPattern([2.0, 1.6])
            pencil.painter.setPen(pen)
            pencil.painter.drawEllipse(at, _GHOST * scale, _GHOST * scale)

    def _draw_arrow(self, pencil: Pencil, head: QPointF, shown: Shown) -> None:
        arrow: TermArrow = shown.arrow
        look = term_look(arrow.kind, pencil.theme)
        begin, tip = head + QPointF(*shown.begin), head + QPointF(*shown.tip)
        width = look.width * (1.5 if arrow.is_new else 1.0)
        pencil.arrow(begin, tip, look.color, width, look.dashes)
        way = shown.tip[0] - shown.begin[0], shown.tip[1] - shown.begin[1]
        length = math.hypot(*way)
        if length >= 1 and shown.label:
            along = way[0] / length, way[1] / length
            # parts of the step lie beside it: their names stand to the left of the way, and that of the step ahead
            aside = arrow.kind in ("carried", "added", "decay")
            pencil.label(tip, (along[1], -along[0]) if aside else along, shown.label, look.color)


def _pixel(mapping: Mapping, x: float, y: float) -> QPointF:
    return QPointF(float(mapping.x(np.array(x))), float(mapping.y(np.array(y))))
