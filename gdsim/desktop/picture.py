"""The landscape of a finished race as a picture, drawn by the window's own views without a screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.landscape import survey
from gdsim.simulation.sampling.projection import Cut, sliced
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gdsim.desktop.state.scene import Scene
    from gdsim.desktop.views.landscape.view import LandscapeView

_WIDTH, _HEIGHT = 1200, 1000


def save_picture(trajectories: Trajectories, path: str | Path) -> None:
    """Write the landscape with all paths as PNG.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    # Qt chooses its platform when the application is made
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gdsim.desktop.app import make_application
    from gdsim.desktop.files.image_bytes import as_png
    from gdsim.desktop.look.style import LIGHT, apply_theme, dress

    app = make_application()
    apply_theme(app, LIGHT)
    scene = _scene(trajectories)
    page, landscape = _page(scene)
    dress(page, LIGHT)
    page.resize(_WIDTH, _HEIGHT)
    page.grab()  # lays everything out, so that the landscape has its size
    if scene.objective is not None:
        landscape.show_scene(scene.with_(surface=survey(scene.objective, landscape.view())))
    Path(path).write_bytes(as_png(page.grab().toImage()))


def _scene(race: Trajectories) -> Scene:
    """Resolve what is to be seen of a race at its end; of many parameters, the plane in which it moves most."""
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.state.scene import Scene

    race.objective.prepare()
    start = tuple(float(x) for x in race.positions[0, 0, :, 0])
    direction = "ascent" if race.ascent else "descent"
    experiment = Experiment(race.objective, start=start, direction=direction, steps=race.steps, optimizers=())
    plane = sliced(race, Cut(), (0, 0)) if race.objective.dimension > 2 else None
    return Scene(experiment, LIGHT, race, race.steps, plane=plane)


def _page(scene: Scene) -> tuple[QWidget, LandscapeView]:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from gdsim.desktop.text.function_phrases import function_text
    from gdsim.desktop.text.slice_phrases import slice_text
    from gdsim.desktop.views.landscape.view import LandscapeView
    from gdsim.desktop.widgets.labels import plain_label
    from gdsim.desktop.widgets.legend import Legend

    landscape = LandscapeView(scene.theme)
    landscape.reading.hide()
    landscape.show_scene(scene)
    title = plain_label(function_text(scene.experiment.objective))
    title.setProperty("role", "heading")
    title.setWordWrap(True)
    legend = Legend(scene.theme)
    if scene.paths is not None:
        legend.list_optimizers(scene.paths)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 12, 16, 12)
    for part in (title, landscape, legend):
        column.addWidget(part, int(part is landscape))
    if scene.plane is not None:
        below = plain_label(slice_text(scene.plane))
        below.setWordWrap(True)
        column.addWidget(below)
    return page, landscape
