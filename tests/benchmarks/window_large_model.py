"""Times for which the window's own thread is held up by changes of a model on 50,000 examples of 100 features.

Seconds of a processor between two turns of its event loop, the longest for each change; and how long each takes until
its race is there.
"""

import sys
import time
from collections import Counter

import numpy as np
from PySide6.QtWidgets import QCheckBox
from window_stalls import EIGHT, Heart, until, wait

from gdsim.desktop.app import make_application
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT, apply_theme
from gdsim.desktop.window.main_window import MainWindow
from gdsim.objectives import Source
from gdsim.objectives.rows import as_rows
from gdsim.simulation.experiment import Experiment


def table(rows, columns):
    """Two classes, told by all of the features."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(rows, columns))
    said = features @ rng.normal(size=columns) + 8 * rng.normal(size=rows) > 0
    names = tuple(f"x{k}" for k in range(1, columns + 1))
    return Source(rows=as_rows(np.column_stack([features, said])), features=names, target="y", held_out=0.2)


def acts(window):
    choice = window.parameters.function.choice

    panel = window.parameters.function.model

    return {
        "linear": lambda: choice.chosen.emit("linear"),
        "perceptron": lambda: choice.chosen.emit("perceptron"),
        "network": lambda: choice.chosen.emit("network"),
        "logistic": lambda: choice.chosen.emit("logistic"),
        "standardise": lambda: window.parameters.findChild(QCheckBox, "option.standardise").click(),
        "l2": lambda: panel._take_number("l2", 0.01),
        "data seed": lambda: panel._changer("seed")(7.0),
        "held out": lambda: panel._changer("held_out")(0.1),
        "undo": window.store.undo,
    }


if __name__ == "__main__":
    app = make_application()
    apply_theme(app, LIGHT)
    heart = Heart()
    window = MainWindow(opening_experiment(), LIGHT)
    window.resize(1440, 900)
    window.show()
    until(lambda: window.session.scene.race is not None)
    wait(600)
    size = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) > 2 else (50_000, 100)
    first = Experiment("logistic", data=table(*size), steps=20, optimizers=EIGHT[:3])
    _ = first.objective.start
    heart.before = time.clock_gettime(heart.clock)
    window.store.replace(first, "x")
    until(lambda: not window.session.staleness.waits)
    wait(1500)
    for name, act in acts(window).items():
        heart.beat()
        heart.stalls.clear()
        began, before = time.perf_counter(), window.session.scene.race
        act()
        until(lambda before=before: window.session.scene.race is not before and not window.session.staleness.waits, 60)
        took = time.perf_counter() - began
        wait(1500)
        print(f"{name:12} race after {took:5.1f} s", flush=True)
        found = Counter()
        for seconds, where in heart.stalls:
            found[where] = max(found[where], seconds)
        for where, seconds in found.most_common(4):
            print(f"    {1e3 * seconds:6.0f} ms  {where}", flush=True)
    window.close()
