"""The paths of a race."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.clipping import draw_polyline
from gdsim.desktop.plotting.far_lines import cut_far, is_far, unbroken
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.thinning import MOST_RUNS, drawn, kept_points
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.selection import bold_runs
from gdsim.desktop.views.landscape.hops import draw_hops
from gdsim.objectives.base import Array

#: A path that thrashes about for so many pixels is drawn by a line of one pixel, which takes a twentieth of the time of
#: a broader one: all that can be seen of it is that it does.
_WILD = 15_000.0


class Line:
    """Path of a run in pixels: the points that are drawn, and at which step each is reached.

    Parameters
    ----------
    x, y
        ``(k,)``; nan where the line is interrupted.
    steps
        ``(k,)``: the step at which each point is reached.
    pen, bold
        How it is drawn, and whether it is that of the bold run of its optimizer.
    hops
        Of hops, ``(2, k)``, in units of `UNIT` pixels, those that lead far out; None if none do.
    """

    def __init__(
        self, x: Array, y: Array, steps: NDArray[np.int64], pen: QPen, bold: bool, hops: Array | None = None
    ) -> None:
        self.x, self.y, self.steps, self.hops = x, y, steps, hops
        self.pen, self.bold = pen, bold
        #: So many points are drawn already.
        self.drawn = 0

    def until(self, step: int) -> slice | None:
        """Return the piece from where it was drawn to up to a step; None if there is nothing new."""
        end = int(np.searchsorted(self.steps, step, side="right"))
        if end - self.drawn < (2 if self.drawn == 0 else 1):
            return None
        piece = slice(max(self.drawn - 1, 0), end)
        self.drawn = end
        return piece

    def length_before(self) -> float:
        """Return how many pixels are drawn so far, so that dashes go on where they ended."""
        dx, dy = np.diff(self.x[: self.drawn]), np.diff(self.y[: self.drawn])
        return float(np.nansum(np.hypot(dx, dy)))


class PathsLayer(Layer):
    """Draws all paths up to the current step; each frame draws only what is new."""

    fleeting = True
    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(10)
        self._hopping = False
        #: Everything that is drawn, what lies on top last.
        self.lines: list[Line] = []

    def show_scene(self, scene: Scene) -> None:
        """Draw on up to the step; all anew where anything else has changed, or the step lies before."""
        before, self.shown = self.shown, scene
        if before is None or scene.changed(before, "theme", "paths", "hidden") or _turned_back(before, scene):
            self.renew()
        elif scene.step != before.step:
            self.update()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Lay out all paths; `extend` draws them."""
        self.lines = []
        scene, race = self.shown, None if self.shown is None else self.shown.paths
        if scene is None or race is None:
            return
        shown = drawn(race)
        seen = [o for o, key in enumerate(race.ids) if key not in scene.hidden]
        self._hopping = race.objective.dimension == 1
        places_x, places_y = (values[:, seen] for values in shown.places)
        x, y = mapping.x(places_x), mapping.y(places_y)
        keep, far = kept_points(x, y), is_far(x, y)
        # far out, points that are clipped to the same place are not the same
        keep |= far & np.isfinite(y)
        wild = _seen_length(x, y, mapping) > _WILD
        bold = _bold_runs(scene)
        runs = [(run, k, o) for run in range(shown.runs) for k, o in enumerate(seen)]
        # bold runs lie on top of the others
        for run, k, o in sorted(runs, key=lambda at: at[0] == bold[at[2]]):
            kept, is_bold = np.flatnonzero(keep[:, k, run]), run == bold[o]
            pen = path_pen(race.ids[o], scene.theme, is_bold, bool(wild[k, run]))
            line = Line(x[kept, k, run], y[kept, k, run], shown.steps[kept], pen, is_bold)
            if far[:, k, run].any():
                line = self._cut(mapping, line, places_x[kept, k, run], places_y[kept, k, run])
            self.lines.append(line)

    def _cut(self, mapping: Mapping, line: Line, x: Array, y: Array) -> Line:
        """Return a line through places ``(k,)`` without what is far out."""
        x, y = mapping.unclipped(x, y)
        if self._hopping:
            return Line(line.x, line.y, line.steps, line.pen, line.bold, np.stack([x, y]))
        x, y, place = cut_far(x, y)
        return Line(x, y, line.steps[place], line.pen, line.bold)

    def extend(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw on from where each line was drawn to."""
        if self.shown is None:
            return
        for line in self.lines:
            dashed = line.pen.style() == Qt.PenStyle.CustomDashLine
            # asked before `until`, which counts what is drawn now as drawn
            dash_from = line.length_before() if dashed and line.drawn else 0.0
            piece = line.until(self.shown.step)
            if piece is None:
                continue
            if self._hopping:
                hops = None if line.hops is None else line.hops[:, piece]
                draw_hops(painter, line.x[piece], line.y[piece], mapping.inside, line.pen, line.bold, hops)
                continue
            if dashed:
                line.pen.setDashOffset(dash_from / line.pen.widthF())
            painter.setPen(line.pen)
            for x, y in unbroken(line.x[piece], line.y[piece]):
                draw_polyline(painter, x, y, mapping.inside)


def path_pen(key: str, theme: Theme, bold: bool, wild: bool = False) -> QPen:
    """Return the pen of a path: thin and faint is a restart, and a hairline what thrashes about."""
    # who draws on from where it was moves the dashes of a pen of its own
    return QPen(_path_pen(key, theme, bold, wild))


@lru_cache(maxsize=256)
def _path_pen(key: str, theme: Theme, bold: bool, wild: bool) -> QPen:
    pen = QPen(solid(optimizer_color(key, theme), 1.0 if bold else 0.55))
    if wild:
        pen.setWidthF(1.0)
        return pen
    pen.setWidthF((2.0 if bold else 1.0) * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    set_dashes(pen, key)
    return pen


def _turned_back(before: Scene, scene: Scene) -> bool:
    """Tell whether what is drawn cannot be drawn on: the step lies before, or other runs are bold."""
    if scene.step < before.step:
        return True
    return scene.changed(before, "selection") and _bold_runs(scene) != _bold_runs(before)


def _bold_runs(scene: Scene) -> list[int]:
    """Return which run of each optimizer is bold."""
    race = scene.paths
    return [] if race is None else bold_runs(race.ids, min(race.runs, MOST_RUNS), scene.selection)


def _seen_length(x: Array, y: Array, mapping: Mapping) -> Array:
    """Return about how many pixels of paths ``(steps, optimizers, runs)`` are in view, ``(optimizers, runs)``."""
    inside = mapping.inside
    across, up = np.diff(np.clip(x, 0.0, inside.width()), axis=0), np.diff(np.clip(y, 0.0, inside.height()), axis=0)
    length: Array = np.nansum(np.abs(across) + np.abs(up), axis=0)
    return length
