"""A data point is dragged: from the move of the mouse to the paint of the surface that belongs to it.

Arguments: linear, logistic or logistic_one (of one feature), and the milliseconds that the hand rests between a
surface and its next move (60).
"""

import json
import sys
import time
from statistics import median

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from window_opened import spin

from gdsim.desktop.app import make_application
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT, apply_theme
from gdsim.desktop.window.main_window import MainWindow
from gdsim.objectives import Source
from gdsim.objectives.data.lookup import dataset_of

pg.setConfigOption("mouseRateLimit", 0)
kind = sys.argv[1]
rest = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.06
MOVES = 90


class Painted(QObject):
    """The surface that was painted last, and when that was done."""

    def __init__(self, view):
        super().__init__()
        self.layer, self.surface, self.at = view.plot.surface_layer, None, 0.0
        render = self.layer.render

        def painted(*arguments):
            render(*arguments)
            self.surface, self.at = self.layer.surface, time.perf_counter()
            loop.quit()

        self.layer.render = painted


class Busy(QObject):
    """Times for which the event loop is busy between two sleeps, at most."""

    def __init__(self):
        super().__init__()
        self.longest, self.since = 0.0, time.perf_counter()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self.begin)
        dispatcher.aboutToBlock.connect(self.end)

    def begin(self):
        self.since = time.perf_counter()

    def end(self):
        self.longest = max(self.longest, time.perf_counter() - self.since)


def one_feature():
    """Overlapping blobs with their first feature alone, as a table."""
    data = dataset_of(Source("overlapping_blobs"))
    rows = tuple(zip(data.X[:, 0].tolist(), data.y.tolist(), strict=True))
    return Source(rows=rows, classes=data.classes or ("0", "1"))


app = make_application()
apply_theme(app, LIGHT)
loop = QEventLoop()
window = MainWindow(opening_experiment(), LIGHT)
window.resize(1440, 900)
window.show()
spin(app, lambda: window.session.scene.race is not None)
data = one_feature() if kind == "logistic_one" else None
window.store.change(function=kind.partition("_")[0], data=data, start=None, bounds=None)
spin(app, lambda: window.session.scene.race.objective is window.store.experiment.objective)
view = next(dock for dock in window.lazy_docks if dock.name == "data_view").view
began = time.monotonic()
spin(app, lambda: time.monotonic() > began + 1.5)
window.player.to_end()

landscape = window.landscape
painted = Painted(landscape)


def is_of(surface, model):
    """Tell whether a surface shows this model, checked at some of its points."""
    rows = np.linspace(0, len(surface.y) - 1, 4).astype(int)
    columns = np.linspace(0, len(surface.x) - 1, 4).astype(int)
    at = np.stack(np.meshgrid(surface.x[columns], surface.y[rows]))
    points = at if model.dimension == 2 else window.session.plane.seen.plane.points(*at)
    return np.allclose(surface.scale.value(surface.shades[np.ix_(rows, columns)]), model.value(points), rtol=1e-7)


plot, viewport = view.plot, view.plot.viewport()
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
places = view.plot.places
far = np.hypot(*((places - np.median(places, axis=0)) / np.ptp(places, axis=0)).T)
index = int(view.shown.data.train[np.argmin(far[view.shown.data.train])])
begin = plot.mapFromScene(plot.box.mapViewToScene(QPointF(*places[index])))
QTest.mouseMove(viewport, begin)
QTest.mousePress(viewport, left, none, begin)
times, handled, busy = [], [], Busy()


def wait(condition):
    """Let the window live as it does by itself: asleep, with the interpreter free, until something happens."""
    while not condition():
        loop.exec()


def rested(seconds):
    """Let it live for some time."""
    over = []
    QTimer.singleShot(round(1e3 * seconds), lambda: (over.append(True), loop.quit()))
    wait(lambda: over)


rested(0.5)
busy.longest = 0.0
for k in range(1, MOVES + 1):
    angle = k / 9
    at = begin + QPoint(round(60 * np.sin(angle)), round(50 * (1 - np.cos(angle))))
    checked, before = painted.surface, window.store.experiment.objective
    moved = time.perf_counter()
    QTest.mouseMove(viewport, at)
    handled.append(1e3 * (time.perf_counter() - moved))
    model = window.store.experiment.objective
    if model is before:  # up or down, where that means nothing
        continue
    while checked is painted.surface or not is_of(painted.surface, model):
        checked = painted.surface
        wait(lambda: painted.surface is not checked)  # noqa: B023
    times.append(1e3 * (painted.at - moved))
    rested(rest)
longest = busy.longest
QTest.mouseRelease(viewport, left, none, at)
times, ordered = times[5:], sorted(times[5:])
found = {
    "median": median(times),
    "p95": ordered[int(0.95 * len(ordered))],
    "most": ordered[-1],
    "count": len(times),
    "pause": 1e3 * longest,
    "handled": median(handled),
}
print(json.dumps(found))
window.close()
