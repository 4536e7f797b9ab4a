"""The gradient at the chosen run, its components, and a direction to compare it with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.layer import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.arrows import directions
from gdsim.objectives.base import Array, Objective
from gdsim.simulation.trajectories import Trajectories

#: The longest arrow, the shortest that is drawn, and that of the direction, in pixels at scale 1.
_LONGEST, _SHORTEST, _POINTER, _LEVEL = 120.0, 1.5, 64.0, 78.0
#: Gradients this many times smaller than the largest of the run have shrunk to nothing.
_COMPRESSION = 1000.0
#: The largest gradient of a run is looked for at so many of its steps.
_LOOKS = 500
#: The least way from the head to a label.
_AWAY = 17.0


@dataclass(frozen=True, eq=False)
class Figure:
    """What there is to draw at a head.

    Attributes
    ----------
    point, arrow
        The head in the plane, and the way downhill from there (uphill in ascent): −∇f or ∇f, ``(2,)`` each.
    share
        How long the arrow is, in [0, 1].
    names
        What the coordinates are called.
    """

    point: Array
    arrow: Array
    share: float
    names: tuple[str, ...] = ("x", "y")


def figure_at(
    race: Trajectories, place: tuple[int, int] | None, step: int, most: float, ground: Objective | None = None
) -> Figure | None:
    """What is drawn of a run at one step; None where there is no gradient. It is that of `ground`, if one is given."""
    if is_slice(race.objective):
        return None  # it points out of the plane
    if place is None or race.objective.dimension != 2 or not race.objective.ready:
        return None
    optimizer, run = place
    point = race.positions[min(step, race.steps), optimizer, :, run]
    gradient = (ground or race.objective).gradient(point)
    length = math.hypot(*gradient)
    if not (np.isfinite(point).all() and math.isfinite(length)):
        return None
    compressed = math.log1p(_COMPRESSION * min(1.0, length / most)) / math.log1p(_COMPRESSION) if most > 0 else 0.0
    return Figure(point, gradient if race.ascent else -gradient, compressed, race.objective.shown_names)


def largest_gradient(race: Trajectories, place: tuple[int, int] | None) -> float:
    """The largest ‖∇f‖ that a run has met at its start and in the bounds; 0 if there is none."""
    if place is None or race.objective.dimension != 2 or not race.objective.ready or is_slice(race.objective):
        return 0.0
    optimizer, run = place
    steps = np.unique(np.linspace(0, race.steps, _LOOKS).astype(np.int64))
    points = race.positions[steps, optimizer, :, run].T
    low, high = race.objective.bounds.T[..., None]
    with np.errstate(all="ignore"):
        # a run that diverges meets gradients beside which all others are nothing
        inside = ((low <= points) & (points <= high)).all(axis=0) | (steps == 0)
        lengths = np.hypot(*race.objective.gradient(points[:, inside]))
    lengths = lengths[np.isfinite(lengths)]
    return float(lengths.max()) if lengths.size else 0.0


def is_slice(objective: Objective) -> bool:
    """Whether it is seen on a plane through the space of its parameters."""
    return hasattr(objective, "plane")


class GradientMarks(pg.GraphicsObject):
    """Arrows and labels at the head of one run; draws nothing unless `Marks` ask for something."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(25)
        self._most: float | None = None
        #: Works out what takes long; without, it is done while painting.
        self.turns: RequestQueue | None = None
        self._asked: tuple[object, ...] = ()
        self._found: Figure | None = None
        self.setVisible(False)

    def boundingRect(self) -> QRectF:
        """All of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph when the view moved."""
        self.prepareGeometryChange()

    def show_scene(self, scene: Scene) -> None:
        """Draw anew where anything that is drawn here has changed."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "paths", "selection"):
            self._most, self._asked = None, ()
        if scene.changed(before, "marks"):
            self.setVisible(scene.marks.components or scene.marks.angle is not None)
        if scene.changed(before, "step", "paths", "selection", "marks", "batch", "theme"):
            self.update()

    def figure(self) -> Figure | None:
        """Return what is drawn now."""
        scene, race = self.shown, None if self.shown is None else self.shown.paths
        if scene is None or race is None:
            return None
        keys, (key, run) = list(race.ids), scene.selection
        place = (keys.index(key), run) if key in keys and run < race.runs else None
        step, ground = scene.marks.step(scene.step), None if scene.batch is None else scene.batch.objective
        work = partial(_worked_out, race, place, step, self._most, ground)
        looks = 1 if self._most is not None else _LOOKS
        if self.turns is None or work_of(ground or race.objective) * looks <= MOST_WORK:
            self._most, self._found = work()
            return self._found
        wanted = (race, place, step, ground)
        if wanted != self._asked:
            if self._asked[:1] != wanted[:1]:
                self._found = None
            self._asked = wanted
            self.turns.ask(work, partial(self._take, wanted))
        return self._found  # at the step before, for a moment

    def _take(self, wanted: tuple[object, ...], found: tuple[float, Figure | None] | None, _: object) -> None:
        if wanted == self._asked and found is not None:
            self._most, self._found = found
            self.update()

    def paint(self, painter: QPainter, *_: Any) -> None:
        """The components, the gradient, the direction with the level line."""
        figure = self.figure()
        if figure is None:
            return
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        self.draw(painter, Mapping(transform, area), figure)
        painter.restore()

    def draw(self, painter: QPainter, mapping: Mapping, figure: Figure) -> None:
        """What there is at a head, in pixels."""
        scene, area = self.shown, mapping.area
        if scene is None:
            return
        head = QPointF(mapping.x(figure.point[:1])[0], mapping.y(figure.point[1:])[0])
        if not QRectF(0, 0, area.width(), area.height()).contains(head):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(pg.QtWidgets.QApplication.font())
        pencil = _Pencil(painter, scene.theme, QRectF(0, 0, area.width(), area.height()))
        if scene.marks.angle is not None:
            _draw_direction(pencil, head, figure, scene.marks.angle, mapping)
        if scene.marks.components:
            _draw_components(pencil, head, figure, mapping, scene.paths is not None and scene.paths.ascent)


def _worked_out(
    race: Trajectories, place: tuple[int, int] | None, step: int, most: float | None, ground: Objective | None
) -> tuple[float, Figure | None]:
    """The largest gradient of a run, if it is not known yet, and what is drawn at a step."""
    most = largest_gradient(race, place) if most is None else most
    return most, figure_at(race, place, step, most, ground)


class _Pencil:
    """Draws arrows and labels in the colours of the theme."""

    def __init__(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        self.painter, self.theme, self.area = painter, theme, area

    def line(self, a: QPointF, b: QPointF, color: QColor, width: float, dashed: bool = False) -> None:
        pen = QPen(color, width * self.theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([4.0, 3.0])
        self.painter.setPen(pen)
        self.painter.drawLine(a, b)

    def arrow(self, a: QPointF, b: QPointF, color: QColor, width: float) -> None:
        """With a rim, so that it stands out from paths and ground."""
        length = math.hypot(b.x() - a.x(), b.y() - a.y())
        if length < _SHORTEST:
            return
        along = (b - a) / length
        across = QPointF(-along.y(), along.x())
        tip = min((4.0 + 3.0 * width) * self.theme.scale, length)
        neck, half = b - along * tip, across * tip * 0.42
        for extra, ink in ((2.4, solid(self.theme.base, 0.75)), (0.0, color)):
            self.line(a, neck + along, ink, width + extra)
            rim = QPen(ink, extra * self.theme.scale) if extra else QPen(Qt.PenStyle.NoPen)
            self.painter.setPen(rim)
            self.painter.setBrush(ink)
            self.painter.drawPolygon(QPolygonF([b, neck + half, neck - half]))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)

    def label(self, at: QPointF, toward: tuple[float, float], text: str, color: QColor) -> None:
        """A text beside a point, on the side where `toward` points; inside the picture."""
        metrics = self.painter.fontMetrics()
        rect = QRectF(metrics.boundingRect(text)).adjusted(-4, -2, 4, 2)
        gap = 5 * self.theme.scale
        rect.moveCenter(at + QPointF(toward[0] * (rect.width() / 2 + gap), toward[1] * (rect.height() / 2 + gap)))
        rect.moveLeft(min(max(rect.left(), 0.0), max(0.0, self.area.width() - rect.width())))
        rect.moveTop(min(max(rect.top(), 0.0), max(0.0, self.area.height() - rect.height())))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(solid(self.theme.base, 0.82))
        self.painter.drawRoundedRect(rect, 3, 3)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(color)
        self.painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


def _draw_components(pencil: _Pencil, head: QPointF, figure: Figure, mapping: Mapping, ascent: bool) -> None:
    scale, ink = pencil.theme.scale, QColor(pencil.theme.text)
    x, y = directions(figure.arrow, mapping) * (_LONGEST * scale * figure.share)
    corner_x, corner_y, tip = head + QPointF(x, 0), head + QPointF(0, y), head + QPointF(x, y)
    for corner in (corner_x, corner_y):
        pencil.line(corner, tip, solid(ink, 0.6), 1.0, dashed=True)
        pencil.arrow(head, corner, solid(ink, 0.85), 1.5)
    pencil.arrow(head, tip, ink, 2.6)
    sign = "" if ascent else "−"
    right, down = (1.0 if x >= 0 else -1.0), (1.0 if y >= 0 else -1.0)
    away = _AWAY * scale
    at_x, at_y = head + QPointF(right * max(abs(x), away), 0), head + QPointF(0, down * max(abs(y), away))
    # each beside its arrow, on the side where the other is not
    pencil.label(
        at_x, (0.6 * right, -0.7 * down), f"{sign}∂f/∂{figure.names[0]} = {show(float(figure.arrow[0]), 3)}", ink
    )
    pencil.label(
        at_y, (-1.0 * right, 0.3 * down), f"{sign}∂f/∂{figure.names[1]} = {show(float(figure.arrow[1]), 3)}", ink
    )
    if math.hypot(x, y) > 2.5 * away:
        pencil.label(tip, (0.9 * right, 0.6 * down), f"{sign}∇f", ink)


def _draw_direction(pencil: _Pencil, head: QPointF, figure: Figure, angle: float, mapping: Mapping) -> None:
    scale, ink, accent = pencil.theme.scale, QColor(pencil.theme.text), QColor(pencil.theme.accent)
    if figure.arrow.any():
        across = np.array([-figure.arrow[1], figure.arrow[0]])
        level = QPointF(*(directions(across, mapping) * _LEVEL * scale))
        pencil.line(head - level, head + level, solid(pencil.theme.base, 0.7), 3.4)
        pencil.line(head - level, head + level, solid(ink, 0.85), 1.4, dashed=True)
    u = np.array([math.cos(math.radians(angle)), math.sin(math.radians(angle))])
    x, y = directions(u, mapping)
    tip = head + QPointF(x, y) * (_POINTER * scale)
    pencil.arrow(head, tip, accent, 2.6)
    pencil.label(tip, (x, y), "u", accent)
