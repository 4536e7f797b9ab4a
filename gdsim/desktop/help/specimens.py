"""Each sign of the plots by itself, drawn by what draws it there."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from functools import cache

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap

from gdsim.desktop.help.basin_specimens import basins, no_basin
from gdsim.desktop.help.curve_specimens import CURVE_SPECIMENS
from gdsim.desktop.help.sheet import Sheet, bowl_race
from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.plotting.axis_names import AxisName
from gdsim.desktop.plotting.end_cross import ended_icon
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.state.overlays import Marks, StepArrows, TermArrow
from gdsim.desktop.views.data.examples_plot import SYMBOLS, point_look
from gdsim.desktop.views.landscape.handle import StartHandle
from gdsim.desktop.views.landscape.heads import HEAD, HeadsItem, draw_lost
from gdsim.desktop.views.landscape.overlays.arrows import ArrowsLayer
from gdsim.desktop.views.landscape.overlays.gradient_figure import Figure
from gdsim.desktop.views.landscape.overlays.gradient_marks import GradientMarks
from gdsim.desktop.views.landscape.overlays.step_marks import StepMarks
from gdsim.desktop.views.landscape.paths import PathsLayer, path_pen
from gdsim.desktop.views.landscape.spots import FAINT, mark_look, start_look
from gdsim.desktop.views.landscape.surface_layer import SurfaceLayer
from gdsim.desktop.widgets.legend import draw_swatch
from gdsim.objectives.surfaces.lookup import function_named
from gdsim.simulation.names import id_of
from gdsim.simulation.sampling.gradient_field import sample_arrows
from gdsim.simulation.sampling.landscape import Surface, survey
from gdsim.simulation.trajectories import Trajectories

#: How large a specimen is, in pixels at scale 1.
WIDTH, HEIGHT = 132, 60
#: The heights of those that need more.
_HEIGHTS = {"components": 110, "step_arrows": 76}
#: What is seen in it of the plane of a function.
_VIEW = (-5.0, 5.0, -2.5, 2.5)


def specimen(name: str, theme: Theme, ratio: float = 2.0) -> QPixmap:
    """The picture of a sign, by its name in `SPECIMENS`."""
    size = QSize(theme.pixels(WIDTH), theme.pixels(_HEIGHTS.get(name, HEIGHT)))
    picture = QPixmap(size * ratio)
    picture.fill(QColor(theme.window))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        SPECIMENS[name](Sheet(painter, theme, size))
    finally:
        painter.end()
    return picture


@cache
def _surface() -> Surface:
    surface = survey(function_named("himmelblau"), _VIEW, coarse=True)
    assert isinstance(surface, Surface)
    return surface


def _handle(sheet: Sheet) -> None:
    handle = StartHandle(sheet.theme)
    sheet.symbol("crosshair", (22 * sheet.theme.scale, handle.pen, handle.brush))


def _minimum(sheet: Sheet) -> None:
    sheet.symbol("star", mark_look(sheet.theme))


def _aside(sheet: Sheet) -> None:
    sheet.symbol("star", mark_look(sheet.theme, *FAINT))


def _maximum(sheet: Sheet) -> None:
    sheet.symbol("t1", mark_look(sheet.theme))


def _ground(sheet: Sheet) -> None:
    layer = SurfaceLayer()
    layer.show_scene(sheet.scene.with_(surface=_surface()))
    layer.render(sheet.painter, sheet.mapping(*_VIEW))


def _undefined(sheet: Sheet) -> None:
    draw_hatch(sheet.painter, QRectF(sheet.size), sheet.theme)


def _run(sheet: Sheet, race: Trajectories, step: int, chosen: tuple[str, int] = ("", 0)) -> None:
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


def _path(sheet: Sheet) -> None:
    _run(sheet, bowl_race(), 9)


def _restarts(sheet: Sheet) -> None:
    _run(sheet, bowl_race(restarts=3), 9)


def _chosen(sheet: Sheet) -> None:
    _run(sheet, bowl_race(), 9, ("momentum", 0))


def _rest(sheet: Sheet) -> None:
    race = bowl_race(steps=600, tolerance=1e-3)
    _run(sheet, race, int(race.ended[0, 0]))


def _lost(sheet: Sheet) -> None:
    sheet.painter.setBrush(optimizer_color("momentum", sheet.theme))
    draw_lost(sheet.painter, sheet.middle, HEAD * sheet.theme.scale)


def _heads(sheet: Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2), id_of("adam", 3))
    side = 16 * sheet.theme.scale
    for i, key in enumerate(keys):
        at = QRectF((i + 0.5) * sheet.size.width() / len(keys) - side / 2, sheet.middle.y() - side / 2, side, side)
        draw_swatch(sheet.painter, key, sheet.theme, at)


def _dashes(sheet: Sheet) -> None:
    keys = ("adam", "amsgrad", id_of("adam", 2), id_of("amsgrad", 2))
    for i, key in enumerate(keys):
        y = (i + 1) * sheet.size.height() / (len(keys) + 1)
        sheet.painter.setPen(path_pen(key, sheet.theme, bold=True))
        sheet.painter.drawLine(QLineF(8, y, sheet.size.width() - 8, y))


def _arrows(sheet: Sheet) -> None:
    layer, scale = ArrowsLayer(), 10.0 / WIDTH
    arrows = sample_arrows(function_named("bowl"), _VIEW, (26 * scale, 20 * scale))
    layer.show_scene(sheet.scene.with_(marks=Marks(arrows=True), arrows=arrows))
    layer.render(sheet.painter, sheet.mapping(*_VIEW))


def _components(sheet: Sheet) -> None:
    marks = GradientMarks()
    marks.show_scene(sheet.scene.with_(marks=Marks(components=True)))
    figure = Figure(np.array([-4.0, -0.8]), np.array([3.0, 1.1]), 0.83)
    marks.draw(sheet.painter, sheet.mapping(*_VIEW), figure)


def _plane(sheet: Sheet) -> None:
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


def _ended(sheet: Sheet, lost: bool) -> None:
    side = sheet.theme.pixels(14)
    ended_icon(sheet.theme, lost).paint(
        sheet.painter, QRect(round(sheet.middle.x() - side / 2), round(sheet.middle.y() - side / 2), side, side)
    )


def _points(sheet: Sheet, filled: bool) -> None:
    for c in range(2):
        at = QPointF(sheet.middle.x() + (24 if c else -24) * sheet.theme.scale, sheet.middle.y())
        sheet.symbol(SYMBOLS[c], point_look(sheet.theme, c, filled), at)


def _step_arrows(sheet: Sheet) -> None:
    marks = StepMarks()
    marks.show_scene(sheet.scene)
    step, carried = TermArrow("Δx", "step", 3.2, 0.2), TermArrow("", "carried", 2.6, 1.0)
    slope = TermArrow("−g", "slope", 1.0, -0.34)
    marks.draw(sheet.painter, sheet.mapping(*_VIEW), StepArrows(-2.4, 0.7, (slope, carried, step), (0.8, 0.9)))


#: How each sign is drawn, by name.
SPECIMENS: Table[str, Callable[[Sheet], None]] = {
    "start": _handle,
    "minimum": _minimum,
    "aside": _aside,
    "maximum": _maximum,
    "ground": _ground,
    "undefined": _undefined,
    "basins": basins,
    "no_basin": no_basin,
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
    "step_arrows": _step_arrows,
    **CURVE_SPECIMENS,
    "ended": lambda sheet: _ended(sheet, lost=False),
    "ended_lost": lambda sheet: _ended(sheet, lost=True),
    "trained": lambda sheet: _points(sheet, filled=True),
    "held_out": lambda sheet: _points(sheet, filled=False),
}
