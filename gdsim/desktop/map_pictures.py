"""Pictures of maps, drawn by the window's own views without a screen."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gdsim.desktop.files.export import Words
    from gdsim.desktop.state.scene import Scene
    from gdsim.objectives.data.planes import Plane
    from gdsim.simulation.maps.basins import BasinMap, Grid
    from gdsim.simulation.maps.settings import SettingMap
    from gdsim.simulation.sampling.projection import Sliced
    from gdsim.simulation.trajectories import Trajectories

_WIDTH, _HEIGHT = 1200, 1000
#: The room of the view itself, on a screen: letters are as large beside it as in the window.
_VIEW = 900, 680


def save_basins(experiment: Experiment, found: BasinMap, path: Path) -> None:
    """Write a basin map as PNG: the landscape with its map and the legend of shares.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    begin_without_screen()
    from gdsim.desktop.files.export import Words
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.text.captions import caption_of, title_of
    from gdsim.desktop.text.phrases import optimizer_text
    from gdsim.desktop.views.landscape.view import LandscapeView
    from gdsim.simulation.sampling.landscape import survey

    experiment = replace(experiment, restarts=0)
    scene = _basin_scene(experiment, found)
    view = LandscapeView(LIGHT)
    view.reading.hide()
    view.show_scene(scene)
    lay_out(view)
    assert scene.objective is not None
    view.show_scene(scene.with_(surface=survey(scene.objective, view.view())))
    # where one run starts says nothing of a map, unless the plane goes through it
    is_all = found.grid.plane is None
    view.plot.handle.setVisible(not is_all)
    told = _tr("Colours: the minimum that {name} ends in from each start; darker after more steps.")
    told = told.format(name=optimizer_text(found.lane.id, experiment))
    save_view(view, Words(title_of(experiment), f"{told} {caption_of(experiment, ('start',) * is_all)}"), path)


def _basin_scene(experiment: Experiment, found: BasinMap) -> Scene:
    """Resolve what is to be seen of a map; of many parameters, its plane."""
    from gdsim.desktop.compute.basin_work import Asked, drawn_of
    from gdsim.desktop.look.basin_colours import COUNT
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.state.scene import Scene
    from gdsim.desktop.state.seen_basins import SeenBasins, seen_together

    experiment.objective.prepare()
    plane = found.grid.plane
    sides = [side for side in (found.grid.x, found.grid.y) if len(side)]
    view = tuple((float(side[0]), float(side[-1])) for side in sides)
    asked = Asked(found.course, found.lane, found.max_steps, experiment.tolerance, view, plane)
    maps, _ = seen_together({found.lane.id: drawn_of(asked, found, len(found.grid.x))}, (), COUNT)
    seen = SeenBasins(maps, found.lane.id)
    if plane is None:
        return Scene(experiment, LIGHT, basins=seen)
    race = replace(experiment, steps=1).run()
    return Scene(experiment, LIGHT, race, 0, plane=_seen_on(plane, race, found.grid), basins=seen)


def _seen_on(plane: Plane, race: Trajectories, grid: Grid) -> Sliced:
    """A race on the plane of a map, over the same view."""
    from gdsim.objectives.data.planes import Slice
    from gdsim.simulation.sampling.projection import Cut, Sliced, sliced

    view = [[float(side[0]), float(side[-1])] for side in (grid.x, grid.y)]
    there = replace(race, course=replace(race.course, objective=Slice(race.objective, plane, view), batch=0))
    return sliced(race, Cut(), before=Sliced(plane, there, math.nan), held=True)


def save_settings(experiment: Experiment, found: SettingMap, measure: str, path: Path) -> None:
    """Write a setting map as PNG: its cells with the theory over them, and the colour bar.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    begin_without_screen()
    from gdsim.desktop.compute.setting_work import AskedMap, done_of
    from gdsim.desktop.files.export import Words
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.state.drag import Drag
    from gdsim.desktop.text.captions import caption_of, title_of
    from gdsim.desktop.text.phrases import optimizer_text
    from gdsim.desktop.views.setting_map.page import MapPage
    from gdsim.desktop.views.setting_map.texts import axes_text

    run = found.course, found.lane, found.max_steps, found.tolerance
    asked = AskedMap(*run, found.x, found.y, measure, found.starts)
    page = MapPage(LIGHT, Drag())
    maps: Any = SimpleNamespace(done=done_of(asked, found), parts=())
    page.show_maps(maps, (found.x, found.y), found.lane.rule.key)
    # nobody has a setting here
    page.plot.cross.hide()
    lay_out(page)
    name = optimizer_text(found.lane.id, experiment)
    told = [f"{name}: → {found.x.name}, ↑ {found.y.name}.", axes_text((found.x, found.y)), caption_of(experiment)]
    save_view(page, Words(title_of(experiment), " ".join(filter(None, told))), path)


def begin_without_screen() -> None:
    """Make an application that draws without a screen."""
    # Qt chooses its platform when the application is made
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gdsim.desktop.app import make_application
    from gdsim.desktop.look.style import LIGHT, apply_theme

    apply_theme(make_application(), LIGHT)


def lay_out(view: QWidget) -> None:
    """Give a view, and all that is in it, the sizes they have in a picture."""
    from gdsim.desktop.look.style import LIGHT, dress

    dress(view, LIGHT)
    view.resize(*_VIEW)
    view.grab()


def save_view(view: QWidget, words: Words, path: Path) -> None:
    """Write the picture of a view as PNG."""
    from PySide6.QtCore import QSize

    from gdsim.desktop.files.export import picture_of
    from gdsim.desktop.files.image_bytes import as_png
    from gdsim.desktop.look.style import LIGHT

    path.write_bytes(as_png(picture_of(view, words, QSize(_WIDTH, _HEIGHT), LIGHT)))


def _tr(text: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("MapPicture", text)
