"""The window with a race of the first eight optimizers, standing still."""

import dataclasses
import time

import gdsim
from gdsim.desktop.app import make_application
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT, apply_theme
from gdsim.desktop.window.main_window import MainWindow


def spin(app, condition, seconds=30):
    """Go round the event loop until something is so."""
    until = time.monotonic() + seconds
    while not condition():
        app.processEvents()
        assert time.monotonic() < until


def opened(restarts, steps):
    app = make_application()
    apply_theme(app, LIGHT)
    eight = list(gdsim.OPTIMIZERS)[:8]
    opening = opening_experiment()
    racing = {entry.key: entry for entry in opening.optimizers}
    entries = tuple(racing.get(key, gdsim.Entry(key)) for key in eight)
    experiment = dataclasses.replace(opening, restarts=restarts, steps=steps, tolerance=0, optimizers=entries)
    window = MainWindow(experiment, LIGHT)
    window.resize(1440, 900)
    window.show()
    shown = getattr(window, "session", window)  # in builds of before there was a session the window had the scene
    spin(app, lambda: shown.scene.race is not None)
    window.player.seek(0)
    return window, app
