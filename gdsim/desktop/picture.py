"""The landscape of a finished race as a picture, drawn by the window's own views without a screen."""

from __future__ import annotations

import os
from pathlib import Path

from gdsim.errors import GdsimError
from gdsim.simulation.landscape import sample
from gdsim.simulation.trajectories import Trajectories

_WIDTH, _HEIGHT = 1200, 900


def save_picture(trajectories: Trajectories, path: str | Path) -> None:
    """Write the landscape with all paths as PNG.

    Raises
    ------
    GdsimError
        If the file cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt must not be imported before its platform is chosen
    from gdsim.desktop.app import make_application
    from gdsim.desktop.style import LIGHT, apply_theme
    from gdsim.desktop.views.landscape import LandscapeView

    app = make_application()
    apply_theme(app, LIGHT)
    view = LandscapeView(LIGHT)
    view.resize(_WIDTH, _HEIGHT)
    view.set_function(trajectories.objective)
    view.set_start(tuple(trajectories.positions[0, 0, :, 0]))
    view.set_race(trajectories)
    view.set_step(trajectories.steps)
    view.reading.hide()
    # shown once, off screen, so that every part has its size
    view.show()
    app.processEvents()
    view.set_surface(sample(trajectories.objective, view.view()))
    picture = view.grab()
    view.close()
    if not picture.save(str(path), "PNG"):
        raise GdsimError("png: the picture cannot be written to {path}", "png", path=path)
