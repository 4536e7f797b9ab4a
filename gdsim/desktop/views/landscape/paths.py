"""The paths of a race and their heads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from gdsim.desktop.look.style import Theme, optimizer_color, ring_color, set_dashes, solid
from gdsim.desktop.plotting.clipping import draw_polyline
from gdsim.desktop.plotting.far_lines import cut_far, is_far, unbroken
from gdsim.desktop.plotting.head_shapes import draw_head
from gdsim.desktop.plotting.layer import Layer, Mapping
from gdsim.desktop.plotting.thinning import MOST_RUNS, drawn, kept_points, places
from gdsim.desktop.state.selection import bold_runs
from gdsim.desktop.views.landscape.hops import draw_hops
from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories

#: Radius of the heads of bold runs, and of the others.
HEAD, SMALL_HEAD = 6.0, 3.2
#: The hole in the head of a run that has come to rest, as a share of its radius.
_HOLE = 0.4
#: A path that thrashes about for so many pixels is drawn by a line of one pixel, which takes a twentieth of the time of
#: a broader one: all that can be seen of it is that it does.
_WILD = 15_000.0
#: A click may miss a head by so many pixels.
_REACH = 3.0


class _Path:
    """One run in pixels: the points that are drawn, and at which step each is reached.

    Parameters
    ----------
    x, y
        ``(k,)``; nan where the line is interrupted.
    hops
        Of hops, ``(2, k)``, in units of `UNIT` pixels, those that lead far out; None if none do.
    """

    def __init__(self, x: Array, y: Array, steps: NDArray[np.int64], hops: Array | None = None) -> None:
        self.x, self.y, self.steps, self.hops = x, y, steps, hops
        self.drawn = 0

    def until(self, step: int) -> slice | None:
        """The piece from where it was drawn to up to a step; None if there is nothing new."""
        end = int(np.searchsorted(self.steps, step, side="right"))
        if end - self.drawn < (2 if self.drawn == 0 else 1):
            return None
        piece = slice(max(self.drawn - 1, 0), end)
        self.drawn = end
        return piece

    def length_before(self) -> float:
        """Pixels drawn so far, so that dashes go on where they ended."""
        dx, dy = np.diff(self.x[: self.drawn]), np.diff(self.y[: self.drawn])
        return float(np.nansum(np.hypot(dx, dy)))


class PathsLayer(Layer):
    """All paths up to the current step; each frame draws only what is new."""

    fleeting = True

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(10)
        self._theme = theme
        self._race: Trajectories | None = None
        self._hidden: frozenset[str] = frozenset()
        self._chosen = ("", 0)
        self._step = 0
        self._hopping = False
        self._paths: list[tuple[QPen, bool, _Path]] = []

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.renew()

    def set_race(self, race: Trajectories | None) -> None:
        """Draw another race."""
        self._race = race
        self.renew()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.renew()

    def set_chosen(self, key: str, run: int) -> None:
        """The run that is looked at closely is bold."""
        before, self._chosen = self._bold(), (key, run)
        if self._bold() != before:
            self.renew()

    def _bold(self) -> list[int]:
        """The run of each optimizer that is bold."""
        race = self._race
        return [] if race is None else bold_runs(race.ids, min(race.runs, MOST_RUNS), self._chosen)

    def set_step(self, step: int) -> None:
        """Draw up to a step."""
        if step < self._step:
            self._stale = True
        self._step = step
        self.update()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Lay out all paths; `extend` draws them."""
        self._paths = []
        race = self._race
        if race is None:
            return
        shown = drawn(race)
        seen = [o for o, key in enumerate(race.ids) if key not in self._hidden]
        self._hopping = race.objective.dimension == 1
        places_x, places_y = (values[:, seen] for values in shown.places)
        x, y = mapping.x(places_x), mapping.y(places_y)
        keep, far = kept_points(x, y), is_far(x, y)
        # far out, points that are clipped to the same place are not the same
        keep |= far & np.isfinite(y)
        wild = _seen_length(x, y, mapping) > _WILD
        bold = self._bold()
        runs = [(run, k, o) for run in range(shown.runs) for k, o in enumerate(seen)]
        # bold runs lie on top of the others
        for run, k, o in sorted(runs, key=lambda at: at[0] == bold[at[2]]):
            kept = np.flatnonzero(keep[:, k, run])
            path = _Path(x[kept, k, run], y[kept, k, run], shown.steps[kept])
            if far[:, k, run].any():
                path = self._cut(mapping, path, places_x[kept, k, run], places_y[kept, k, run])
            is_bold = run == bold[o]
            self._paths.append((self.pen_of(race.ids[o], is_bold, bool(wild[k, run])), is_bold, path))

    def _cut(self, mapping: Mapping, path: _Path, x: Array, y: Array) -> _Path:
        """A path through places ``(k,)`` without what is far out."""
        x, y = mapping.unclipped(x, y)
        if self._hopping:
            return _Path(path.x, path.y, path.steps, np.stack([x, y]))
        x, y, place = cut_far(x, y)
        return _Path(x, y, path.steps[place])

    def pen_of(self, key: str, bold: bool, wild: bool = False) -> QPen:
        """The pen of a path: thin and faint is a restart, and a hairline what thrashes about."""
        pen = QPen(solid(optimizer_color(key, self._theme), 1.0 if bold else 0.55))
        if wild:
            pen.setWidthF(1.0)
            return pen
        pen.setWidthF((2.0 if bold else 1.0) * self._theme.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        set_dashes(pen, key)
        return pen

    def extend(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw on from where each path was drawn to."""
        for pen, first, path in self._paths:
            dashed = pen.style() == Qt.PenStyle.CustomDashLine
            dash_from = path.length_before() if dashed and path.drawn else 0.0
            piece = path.until(self._step)
            if piece is None:
                continue
            x, y = path.x[piece], path.y[piece]
            if self._hopping:
                hops = None if path.hops is None else path.hops[:, piece]
                draw_hops(painter, x, y, mapping.inside, pen, first, hops)
            else:
                if dashed:
                    pen.setDashOffset(dash_from / pen.widthF())
                painter.setPen(pen)
                for px, py in unbroken(x, y):
                    draw_polyline(painter, px, py, mapping.inside)


def _seen_length(x: Array, y: Array, mapping: Mapping) -> Array:
    """About how many pixels of each path are in view, ``(optimizers, runs)``, of ``(steps, optimizers, runs)``."""
    inside = mapping.inside
    across, up = np.diff(np.clip(x, 0.0, inside.width()), axis=0), np.diff(np.clip(y, 0.0, inside.height()), axis=0)
    length: Array = np.nansum(np.abs(across) + np.abs(up), axis=0)
    return length


class HeadsItem(pg.GraphicsObject):
    """Where every run is at the current step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(20)
        self._theme = theme
        self._race: Trajectories | None = None
        self._hidden: frozenset[str] = frozenset()
        self._chosen = ("", 0)
        self._step = 0

    def boundingRect(self) -> QRectF:
        """All of the view."""
        return QRectF(self.viewRect())

    def viewTransformChanged(self) -> None:
        """Called by pyqtgraph when the view moved."""
        self.prepareGeometryChange()
        super().viewTransformChanged()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def set_race(self, race: Trajectories | None) -> None:
        """Show another race."""
        self._race = race
        self.update()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.update()

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self._chosen = (key, run)
        self.update()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self.update()

    @property
    def race(self) -> Trajectories | None:
        """The race whose heads are shown."""
        return self._race

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self._step

    @property
    def chosen(self) -> tuple[str, int]:
        """The run that is looked at closely."""
        return self._chosen

    def head_at(self, at: QPointF) -> tuple[str, int] | None:
        """The optimizer and the run whose head lies under a point of the scene; of several, the nearest."""
        race = self._race
        if race is None:
            return None
        x, y = self._places(race, Mapping(self.sceneTransform(), QRect()))
        found: list[tuple[float, str, int]] = []
        bold = bold_runs(race.ids, x.shape[1], self._chosen)
        for o, key in enumerate(race.ids):
            if key not in self._hidden:
                away = np.hypot(x[o] - at.x(), y[o] - at.y())
                reach = np.where(np.arange(away.size) == bold[o], HEAD, SMALL_HEAD) * self._theme.scale + _REACH
                found += [(away[run], key, int(run)) for run in np.flatnonzero(away <= reach)]
        return min(found)[1:] if found else None

    def _places(self, race: Trajectories, mapping: Mapping) -> tuple[Array, Array]:
        """Where the heads are in pixels, ``(optimizers, runs)`` each."""
        runs = min(race.runs, MOST_RUNS)
        step = min(self._step, race.steps)
        x, y = places(race.positions[step], race.losses[step])
        return mapping.x(x[:, :runs]), mapping.y(y[:, :runs])

    def paint(self, painter: QPainter, *_: Any) -> None:
        """All heads, in pixels."""
        transform = painter.worldTransform()
        area = transform.mapRect(self.boundingRect()).toAlignedRect()
        painter.save()
        painter.resetTransform()
        painter.translate(area.topLeft())
        self.draw(painter, Mapping(transform, area))
        painter.restore()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """A head a run, with a ring that stands out; hollow where it has come to rest, a cross where it is lost."""
        race, area = self._race, mapping.area
        if race is None:
            return
        x, y = self._places(race, mapping)
        runs = x.shape[1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._theme.scale
        marked: tuple[QPointF, float] | None = None
        bold = bold_runs(race.ids, runs, self._chosen)
        for small in (True, False):
            for o, key in enumerate(race.ids):
                if key in self._hidden:
                    continue
                color = optimizer_color(key, self._theme)
                ring = QPen(ring_color(color, self._theme), (1.0 if small else 1.5) * scale)
                for run in (run for run in range(runs) if run != bold[o]) if small else (bold[o],):
                    point = QPointF(x[o, run], y[o, run])
                    if not -20 < point.x() < area.width() + 20 or not -20 < point.y() < area.height() + 20:
                        continue
                    over = self._step >= race.ended[o, run]
                    lost = over and race.kinds[o, run] in (Kind.DIVERGED, Kind.LEFT_DOMAIN)
                    painter.setPen(ring)
                    painter.setBrush(QBrush(color))
                    radius = (SMALL_HEAD if small else HEAD) * scale
                    if lost:
                        draw_lost(painter, point, radius)
                    else:
                        draw_head(painter, key, point, radius)
                    if over and race.kinds[o, run] in (Kind.CONVERGED, Kind.NO_GRADIENT):
                        painter.setBrush(QColor(self._theme.ring))
                        painter.drawEllipse(point, _HOLE * radius, _HOLE * radius)
                    if (key, run) == self._chosen:
                        marked = point, radius + 3.5 * scale
        if marked is not None:
            painter.setPen(QPen(QColor(self._theme.text), 1.5 * scale))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(marked[0], marked[1], marked[1])


def draw_lost(painter: QPainter, at: QPointF, radius: float) -> None:
    """The cross of a run that is lost, with the brush that is set."""
    painter.setPen(QPen(painter.brush().color(), radius / 2))
    for corner in (QPointF(radius, radius), QPointF(radius, -radius)):
        painter.drawLine(at - corner, at + corner)
