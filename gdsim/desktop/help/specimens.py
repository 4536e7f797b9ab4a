"""Each sign of the plots by itself, drawn by what draws it there."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import replace
from functools import cache

import numpy as np
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.plotting.axis_names import AxisName
from gdsim.desktop.plotting.end_cross import ended_icon
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.plotting.layer import Mapping
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.data.examples_plot import SYMBOLS, point_look
from gdsim.desktop.views.landscape.arrows import ArrowsLayer
from gdsim.desktop.views.landscape.gradient_marks import Figure, GradientMarks
from gdsim.desktop.views.landscape.handle import StartHandle
from gdsim.desktop.views.landscape.heads import HEAD, HeadsItem, draw_lost
from gdsim.desktop.views.landscape.paths import PathsLayer, path_pen
from gdsim.desktop.views.landscape.spots import FAINT, mark_look, start_look
from gdsim.desktop.views.landscape.surface_layer import SurfaceLayer
from gdsim.desktop.views.loss.curves import curves_of
from gdsim.desktop.views.loss.curves_layer import CurvesLayer
from gdsim.desktop.views.loss.cut_marks import CutsItem, cut_text
from gdsim.desktop.views.loss.cuts import Cut
from gdsim.desktop.views.loss.end_marks import DOT, draw_marks, draw_ring
from gdsim.desktop.widgets.legend import draw_swatch
from gdsim.objectives.surfaces.lookup import function_named
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.names import id_of
from gdsim.simulation.sampling.gradient_field import sample_arrows
from gdsim.simulation.sampling.landscape import Surface, survey
from gdsim.simulation.trajectories import Trajectories

#: How large a specimen is, in pixels at scale 1.
WIDTH, HEIGHT = 132, 60
#: The heights of those that need more.
_HEIGHTS = {"components": 110}
#: What is seen in it of the plane of a function.
_VIEW = (-5.0, 5.0, -2.5, 2.5)
_STEPS = 24


def specimen(name: str, theme: Theme, ratio: float = 2.0) -> QPixmap:
    """The picture of a sign, by its name in `SPECIMENS`."""
    size = QSize(theme.pixels(WIDTH), theme.pixels(_HEIGHTS.get(name, HEIGHT)))
    picture = QPixmap(size * ratio)
    picture.fill(QColor(theme.window))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        SPECIMENS[name](_Sheet(painter, theme, size))
    finally:
        painter.end()
    return picture


#: A descent into a bowl.
_EXPERIMENT = Experiment(
    "bowl", start=(-4.0, -1.5), seed=3, tolerance=0.0, learning_rate=0.06, optimizers=(Entry("momentum"),)
)


class _Sheet:
    """What a specimen is drawn on."""

    def __init__(self, painter: QPainter, theme: Theme, size: QSize) -> None:
        self.painter, self.theme = painter, theme
        self.size = QRect(QPoint(0, 0), size)

    @property
    def middle(self) -> QPointF:
        """Where a sign that stands alone stands."""
        return QPointF(self.size.width() / 2, self.size.height() / 2)

    @property
    def scene(self) -> Scene:
        """A scene of a bowl on which nothing is drawn yet."""
        return Scene(_EXPERIMENT, self.theme)

    def mapping(self, left: float, right: float, bottom: float, top: float) -> Mapping:
        """From what is seen to pixels."""
        across, up = self.size.width() / (right - left), self.size.height() / (top - bottom)
        return Mapping(QTransform(across, 0, 0, -up, -left * across, top * up), self.size)

    def symbol(self, symbol: str, look: tuple[float, QPen, QBrush], at: QPointF | None = None) -> None:
        """One of pyqtgraph's symbols, as its scatter plots draw them."""
        size, pen, brush = look
        self.painter.save()
        self.painter.translate(at or self.middle)
        drawSymbol(self.painter, symbol, size, pen, brush)
        self.painter.restore()


@cache
def _race(restarts: int = 0, steps: int = _STEPS, tolerance: float = 0.0) -> Trajectories:
    """Descend into a bowl."""
    return replace(_EXPERIMENT, restarts=restarts, steps=steps, tolerance=tolerance).run()


@cache
def _surface() -> Surface:
    surface = survey(function_named("himmelblau"), _VIEW, coarse=True)
    assert isinstance(surface, Surface)
    return surface


def _handle(sheet: _Sheet) -> None:
    handle = StartHandle(sheet.theme)
    sheet.symbol("crosshair", (22 * sheet.theme.scale, handle.pen, handle.brush))


def _minimum(sheet: _Sheet) -> None:
    sheet.symbol("star", mark_look(sheet.theme))


def _aside(sheet: _Sheet) -> None:
    sheet.symbol("star", mark_look(sheet.theme, *FAINT))


def _maximum(sheet: _Sheet) -> None:
    sheet.symbol("t1", mark_look(sheet.theme))


def _ground(sheet: _Sheet) -> None:
    layer = SurfaceLayer()
    layer.show_scene(sheet.scene.with_(surface=_surface()))
    layer.render(sheet.painter, sheet.mapping(*_VIEW))


def _undefined(sheet: _Sheet) -> None:
    draw_hatch(sheet.painter, QRectF(sheet.size), sheet.theme)


def _run(sheet: _Sheet, race: Trajectories, step: int, chosen: tuple[str, int] = ("", 0)) -> None:
    paths, heads, mapping = PathsLayer(), HeadsItem(), sheet.mapping(*_VIEW)
    for part in (paths, heads):
        part.show_scene(sheet.scene.with_(race=race, selection=chosen, step=step))
    paths.render(sheet.painter, mapping)
    paths.extend(sheet.painter, mapping)
    if race.runs > 1:
        for x, y in race.positions[0, 0, :, 1:].T:
            at = QPointF(float(mapping.x(np.array([x]))[0]), float(mapping.y(np.array([y]))[0]))
            sheet.symbol("o", start_look(sheet.theme), at)
    heads.draw(sheet.painter, mapping)


def _path(sheet: _Sheet) -> None:
    _run(sheet, _race(), 9)


def _restarts(sheet: _Sheet) -> None:
    _run(sheet, _race(restarts=3), 9)


def _chosen(sheet: _Sheet) -> None:
    _run(sheet, _race(), 9, ("momentum", 0))


def _rest(sheet: _Sheet) -> None:
    race = _race(steps=600, tolerance=1e-3)
    _run(sheet, race, int(race.ended[0, 0]))


def _lost(sheet: _Sheet) -> None:
    sheet.painter.setBrush(optimizer_color("momentum", sheet.theme))
    draw_lost(sheet.painter, sheet.middle, HEAD * sheet.theme.scale)


def _heads(sheet: _Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2), id_of("adam", 3))
    side = 16 * sheet.theme.scale
    for i, key in enumerate(keys):
        at = QRectF((i + 0.5) * sheet.size.width() / len(keys) - side / 2, sheet.middle.y() - side / 2, side, side)
        draw_swatch(sheet.painter, key, sheet.theme, at)


def _dashes(sheet: _Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2))
    for i, key in enumerate(keys):
        y = (i + 1) * sheet.size.height() / (len(keys) + 1)
        sheet.painter.setPen(path_pen(key, sheet.theme, bold=True))
        sheet.painter.drawLine(QLineF(8, y, sheet.size.width() - 8, y))


def _arrows(sheet: _Sheet) -> None:
    layer, scale = ArrowsLayer(), 10.0 / WIDTH
    arrows = sample_arrows(function_named("bowl"), _VIEW, (26 * scale, 20 * scale))
    layer.show_scene(sheet.scene.with_(marks=Marks(arrows=True), arrows=arrows))
    layer.render(sheet.painter, sheet.mapping(*_VIEW))


def _components(sheet: _Sheet) -> None:
    marks = GradientMarks()
    marks.show_scene(sheet.scene.with_(marks=Marks(components=True)))
    figure = Figure(np.array([-4.0, -0.8]), np.array([3.0, 1.1]), 0.83)
    marks.draw(sheet.painter, sheet.mapping(*_VIEW), figure)


def _plane(sheet: _Sheet) -> None:
    for text, at in (("p₂", QPointF(6, 2)), ("p₁", QPointF(sheet.size.width() - 26, sheet.size.height() - 24))):
        name = AxisName()
        name.color, name.halo = QColor(sheet.theme.text), QColor(sheet.theme.base)
        name.show_text(text)
        sheet.painter.save()
        sheet.painter.translate(at)
        name.paint(sheet.painter, None)  # type: ignore[arg-type]
        sheet.painter.restore()
    sheet.painter.setPen(QColor(sheet.theme.line))
    sheet.painter.drawRect(QRectF(sheet.size).adjusted(0.5, 0.5, -0.5, -0.5))


def _curves(sheet: _Sheet) -> None:
    race = _race(restarts=3)
    curves = curves_of(race, True)
    layer, (low, high) = CurvesLayer(sheet.theme), curves.span
    layer.set_curves(race, curves, [0])
    layer.set_step(race.steps)
    pad = (high - low) / 8
    layer.render(sheet.painter, sheet.mapping(-1, race.steps + 1, low - pad, high + pad))


def _end(sheet: _Sheet, lost: bool) -> None:
    color = optimizer_color("gd", sheet.theme)
    x, y = np.array([sheet.middle.x()]), np.array([sheet.middle.y()])
    draw_marks(sheet.painter, x, y, np.array([lost]), DOT * sheet.theme.scale, color)


def _ring(sheet: _Sheet) -> None:
    draw_ring(sheet.painter, sheet.middle, sheet.theme.scale, optimizer_color("gd", sheet.theme))


def _cut(sheet: _Sheet) -> None:
    item, cut = CutsItem(sheet.theme), Cut(0, 0, 0, True, 1.2e8)
    item.set_cuts(("gd",), (cut,))
    item.draw_label(sheet.painter, [cut], cut_text(cut), QRectF(24, 0, sheet.size.width() - 24, sheet.size.height()))


def _ended(sheet: _Sheet, lost: bool) -> None:
    side = sheet.theme.pixels(14)
    ended_icon(sheet.theme, lost).paint(
        sheet.painter, QRect(round(sheet.middle.x() - side / 2), round(sheet.middle.y() - side / 2), side, side)
    )


def _points(sheet: _Sheet, filled: bool) -> None:
    for c in range(2):
        at = QPointF(sheet.middle.x() + (24 if c else -24) * sheet.theme.scale, sheet.middle.y())
        sheet.symbol(SYMBOLS[c], point_look(sheet.theme, c, filled), at)


#: How each sign is drawn, by name.
SPECIMENS: Table[str, Callable[[_Sheet], None]] = {
    "start": _handle,
    "minimum": _minimum,
    "aside": _aside,
    "maximum": _maximum,
    "ground": _ground,
    "undefined": _undefined,
    "path": _path,
    "restarts": _restarts,
    "chosen": _chosen,
    "rest": _rest,
    "lost": _lost,
    "heads": _heads,
    "dashes": _dashes,
    "arrows": _arrows,
    "components": _components,
    "plane": _plane,
    "curves": _curves,
    "end": lambda sheet: _end(sheet, lost=False),
    "end_lost": lambda sheet: _end(sheet, lost=True),
    "ring": _ring,
    "cut": _cut,
    "ended": lambda sheet: _ended(sheet, lost=False),
    "ended_lost": lambda sheet: _ended(sheet, lost=True),
    "trained": lambda sheet: _points(sheet, filled=True),
    "held_out": lambda sheet: _points(sheet, filled=False),
}
