"""The landscape of a finished race as a picture, drawn by the window's own views without a screen."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gdsim.simulation.sampling.landscape import survey
from gdsim.simulation.sampling.projection import Cut, sliced
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
    page, landscape = _page(trajectories)
    dress(page, LIGHT)
    page.resize(_WIDTH, _HEIGHT)
    page.grab()  # lays everything out, so that the landscape has its size
    if landscape.objective is not None:
        landscape.set_surface(survey(landscape.objective, landscape.view()))
    Path(path).write_bytes(as_png(page.grab().toImage()))


def _page(trajectories: Trajectories) -> tuple[QWidget, LandscapeView]:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from gdsim.desktop.compute.prepare import made_ready
    from gdsim.desktop.look.style import LIGHT
    from gdsim.desktop.text.phrases import function_text, slice_text
    from gdsim.desktop.views.landscape.view import LandscapeView
    from gdsim.desktop.widgets.labels import plain_label
    from gdsim.desktop.widgets.legend import Legend

    landscape = LandscapeView(LIGHT)
    landscape.reading.hide()
    made_ready(trajectories.objective)
    title = plain_label(function_text(trajectories.objective))
    start = tuple(trajectories.positions[0, 0, :, 0])
    note = ""
    if trajectories.objective.dimension > 2:
        seen = sliced(trajectories, Cut(), (0, 0))
        trajectories, start, note = seen.race, seen.place(start), slice_text(seen)
    landscape.set_function(trajectories.objective, trajectories.ascent)
    landscape.set_start(start)
    landscape.set_race(trajectories)
    landscape.set_step(trajectories.steps)
    title.setProperty("role", "heading")
    title.setWordWrap(True)
    legend = Legend(LIGHT)
    legend.list_optimizers(trajectories)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 12, 16, 12)
    below = plain_label(note)
    below.setWordWrap(True)
    for part in (title, landscape, legend, *([below] if note else [])):
        column.addWidget(part, int(part is landscape))
    return page, landscape
