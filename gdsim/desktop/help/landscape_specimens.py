"""Specimens of the signs on a landscape: its ground and marks, and the paths and heads of runs."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF

from gdsim.desktop.help.sheet import WIDTH, Sheet, bowl_race
from gdsim.desktop.look.style import optimizer_color
from gdsim.desktop.state.overlays import Marks, StepArrows, TermArrow
from gdsim.desktop.views.landscape.handle import StartHandle
from gdsim.desktop.views.landscape.heads import HEAD, HeadsItem, draw_lost
from gdsim.desktop.views.landscape.overlays.arrows import ArrowsLayer
from gdsim.desktop.views.landscape.overlays.gradient_figure import Figure
from gdsim.desktop.views.landscape.overlays.gradient_marks import GradientMarks
from gdsim.desktop.views.landscape.overlays.step_marks import StepMarks
from gdsim.desktop.views.landscape.paths import PathsLayer
from gdsim.desktop.views.landscape.spots import FAINT, mark_look, start_look
from gdsim.desktop.views.landscape.surface_layer import SurfaceLayer
from gdsim.objectives.surfaces.lookup import function_named
from gdsim.simulation.sampling.gradient_field import sample_arrows
from gdsim.simulation.sampling.landscape import Surface, survey
from gdsim.simulation.trajectories import Trajectories

#: What is seen in a specimen of the plane of a function.
_VIEW = (-5.0, 5.0, -2.5, 2.5)


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


def _arrows(sheet: Sheet) -> None:
    layer, scale = ArrowsLayer(), 10.0 / WIDTH
    arrows = sample_arrows(function_named("bowl"), _VIEW, (26 * scale, 20 * scale))
    layer.show_scene(sheet.scene.with_(marks=Marks(arrows=True), arrows=arrows))
    layer.render(sheet.painter, sheet.mapping(*_VIEW))


def _components(sheet: Sheet) -> None:
    marks = GradientMarks()
    marks.show_scene(sheet.scene.with_(marks=Marks(components=True)))
    figure = Figure(np.array([-4.0, -0.8]), np.array([3.0, 1.1]), 0.83)
    marks.draw_figure(sheet.painter, sheet.mapping(*_VIEW), figure)


def _step_arrows(sheet: Sheet) -> None:
    marks = StepMarks()
    step, carried = TermArrow("Δx", "step", 3.2, 0.2), TermArrow("", "carried", 2.6, 1.0)
    slope = TermArrow("−g", "slope", 1.0, -0.34)
    terms = StepArrows(-2.4, 0.7, (slope, carried, step), (0.8, 0.9))
    marks.show_scene(sheet.scene.with_(marks=Marks(terms=terms)))
    marks.draw(sheet.painter, sheet.mapping(*_VIEW))


#: How each of them is drawn, by name.
LANDSCAPE_SPECIMENS: Table[str, Callable[[Sheet], None]] = {
    "start": _handle,
    "minimum": _minimum,
    "aside": _aside,
    "maximum": _maximum,
    "ground": _ground,
    "path": _path,
    "restarts": _restarts,
    "chosen": _chosen,
    "rest": _rest,
    "lost": _lost,
    "arrows": _arrows,
    "components": _components,
    "step_arrows": _step_arrows,
}
