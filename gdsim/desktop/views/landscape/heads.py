"""The heads of a race: where every run is at the step that is shown."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gdsim.desktop.look.style import Theme, optimizer_color, ring_color
from gdsim.desktop.plotting.head_shapes import draw_head
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.pixel_item import PixelItem
from gdsim.desktop.plotting.thinning import MOST_RUNS, places
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import bold_runs
from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories

#: Radius of the heads of bold runs, and of the others.
HEAD, SMALL_HEAD = 6.0, 3.2
#: The hole in the head of a run that has come to rest, as a share of its radius.
_HOLE = 0.4
#: A click may miss a head by so many pixels.
_REACH = 3.0
#: A head whose middle lies farther out of the view, in pixels, is not drawn.
_OUTSIDE = 20


class _Head(NamedTuple):
    """Head of a run, in pixels.

    Attributes
    ----------
    small
        Whether it is that of a run that is not bold.
    """

    key: str
    optimizer: int
    run: int
    at: QPointF
    small: bool

    def radius(self, theme: Theme) -> float:
        """Its size on screen."""
        return (SMALL_HEAD if self.small else HEAD) * theme.scale


class HeadsItem(PixelItem):
    """Draws a head a run, with a ring that stands out."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(20)

    def show_scene(self, scene: Scene) -> None:
        """Draw the heads where they are now."""
        before, self.shown = self.shown, scene
        # the step first: it is another with every frame
        if scene.changed(before, "step", "paths", "hidden", "selection", "theme"):
            self.update()

    def head_at(self, at: QPointF) -> tuple[str, int] | None:
        """Find the optimizer and the run whose head lies under a point of the scene; of several, the nearest."""
        if self.shown is None or self.shown.paths is None:
            return None
        found: list[tuple[float, str, int]] = []
        for head in _heads(self.shown, self.shown.paths, Mapping(self.sceneTransform(), QRect())):
            away = float(np.hypot(head.at.x() - at.x(), head.at.y() - at.y()))
            if away <= head.radius(self.shown.theme) + _REACH:
                found.append((away, head.key, head.run))
        return min(found)[1:] if found else None

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw every head in view, and a ring round that of the run that is looked at closely."""
        scene, area = self.shown, mapping.area
        if scene is None or scene.paths is None:
            return
        race, theme = scene.paths, scene.theme
        colors = {key: optimizer_color(key, theme) for key in race.ids if key not in scene.hidden}
        rings = {key: ring_color(color, theme) for key, color in colors.items()}
        marked: _Head | None = None
        for head in _heads(scene, race, mapping):
            x, y = head.at.x(), head.at.y()
            # written so that a place that is not a number is outside, too
            if not (-_OUTSIDE < x < area.width() + _OUTSIDE and -_OUTSIDE < y < area.height() + _OUTSIDE):
                continue
            painter.setPen(QPen(rings[head.key], (1.0 if head.small else 1.5) * theme.scale))
            painter.setBrush(QBrush(colors[head.key]))
            _draw(painter, head, scene, race)
            if (head.key, head.run) == scene.selection:
                marked = head
        if marked is not None:  # last, so that no other head lies over it
            radius = marked.radius(theme) + 3.5 * theme.scale
            painter.setPen(QPen(QColor(theme.text), 1.5 * theme.scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(marked.at, radius, radius)


def draw_lost(painter: QPainter, at: QPointF, radius: float) -> None:
    """Draw the cross of a run that is lost, with the brush that is set."""
    painter.setPen(QPen(painter.brush().color(), radius / 2))
    for corner in (QPointF(radius, radius), QPointF(radius, -radius)):
        painter.drawLine(at - corner, at + corner)


def _draw(painter: QPainter, head: _Head, scene: Scene, race: Trajectories) -> None:
    """Draw one head: hollow where its run has come to rest, a cross where it is lost."""
    o, run, radius = head.optimizer, head.run, head.radius(scene.theme)
    over = scene.step >= race.ended[o, run]
    if over and race.kinds[o, run] in (Kind.DIVERGED, Kind.LEFT_DOMAIN):
        draw_lost(painter, head.at, radius)
    else:
        draw_head(painter, head.key, head.at, radius)
    if over and race.kinds[o, run] in (Kind.CONVERGED, Kind.NO_GRADIENT):
        painter.setBrush(QColor(scene.theme.ring))
        painter.drawEllipse(head.at, _HOLE * radius, _HOLE * radius)


def _heads(scene: Scene, race: Trajectories, mapping: Mapping) -> list[_Head]:
    """List the heads that are shown, in the order in which they are drawn: bold ones lie on top."""
    x, y = _pixels(scene, race, mapping)
    runs = x.shape[1]
    bold = bold_runs(race.ids, runs, scene.selection)
    shown = [(o, key) for o, key in enumerate(race.ids) if key not in scene.hidden]
    small = [(o, key, run, True) for o, key in shown for run in range(runs) if run != bold[o]]
    large = [(o, key, bold[o], False) for o, key in shown]
    return [_Head(key, o, run, QPointF(x[o, run], y[o, run]), is_small) for o, key, run, is_small in small + large]


def _pixels(scene: Scene, race: Trajectories, mapping: Mapping) -> tuple[Array, Array]:
    """Return where the heads are, ``(optimizers, runs)`` each."""
    runs, step = min(race.runs, MOST_RUNS), min(scene.step, race.steps)
    x, y = places(race.positions[step], race.losses[step])
    return mapping.x(x[:, :runs]), mapping.y(y[:, :runs])
