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
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_opened import spin

from gdsim.desktop.app import make_application
from gdsim.desktop.main_window import MainWindow
from gdsim.desktop.opening import opening_experiment
from gdsim.desktop.style import LIGHT, apply_theme
from gdsim.objectives import Source

pg.setConfigOption("mouseRateLimit", 0)
kind = sys.argv[1]
rest = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.06
MOVES = 90


class Painted(QObject):
    """Counts the paints of the landscape, and how many of them showed another surface than before."""

    def __init__(self, view):
        super().__init__()
        self.view, self.surface, self.count = view, None, 0

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            # what is painted now is what the layer has now
            self.surface = self.view.ground._surface
            self.count += 1
        return False


def one_feature():
    """Overlapping blobs with their first feature alone, as a table."""
    data = Source("overlapping_blobs").dataset()
    rows = tuple(zip(data.X[:, 0].tolist(), data.y.tolist(), strict=True))
    return Source(rows=rows, classes=data.classes or ("0", "1"))


app = make_application()
apply_theme(app, LIGHT)
window = MainWindow(opening_experiment(), LIGHT)
window.resize(1440, 900)
window.show()
spin(app, lambda: window._race is not None)
data = one_feature() if kind == "logistic_one" else None
window.store.change(function=kind.partition("_")[0], data=data, start=None, bounds=None)
spin(app, lambda: window._race.objective is window.store.experiment.objective)
view = next(dock for dock in window.late if dock.name == "data_view").view
began = time.monotonic()
spin(app, lambda: time.monotonic() > began + 1.5)
window.player.to_end()

landscape = window.landscape
painted = Painted(landscape)
landscape.plot.viewport().installEventFilter(painted)


def is_of(surface, model):
    """Whether a surface shows this model, checked at some of its points."""
    rows = np.linspace(0, len(surface.y) - 1, 4).astype(int)
    columns = np.linspace(0, len(surface.x) - 1, 4).astype(int)
    at = np.stack(np.meshgrid(surface.x[columns], surface.y[rows]))
    points = at if model.dimension == 2 else window.slicing.seen.plane.points(*at)
    return np.allclose(surface.scale.value(surface.shades[np.ix_(rows, columns)]), model.value(points), rtol=1e-7)


plot, viewport = view.plot, view.plot.viewport()
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
places = view.plot._places
far = np.hypot(*((places - np.median(places, axis=0)) / np.ptp(places, axis=0)).T)
index = int(view._data.train[np.argmin(far[view._data.train])])
begin = plot.mapFromScene(plot.box.mapViewToScene(QPointF(*places[index])))
QTest.mouseMove(viewport, begin)
QTest.mousePress(viewport, left, none, begin)
times, gaps, handled = [], [], []


def turn():
    """One turn of the event loop, timed."""
    started = time.perf_counter()
    app.processEvents()
    gaps.append(1e3 * (time.perf_counter() - started))


for k in range(1, MOVES + 1):
    angle = k / 9
    at = begin + QPoint(round(60 * np.sin(angle)), round(50 * (1 - np.cos(angle))))
    moved = time.perf_counter()
    QTest.mouseMove(viewport, at)
    handled.append(1e3 * (time.perf_counter() - moved))
    model = window.store.experiment.objective
    checked = None
    while True:
        turn()
        if painted.surface is not checked:
            painted_at, checked = time.perf_counter(), painted.surface
            if is_of(checked, model):
                break
        assert time.perf_counter() < moved + 10
    times.append(1e3 * (painted_at - moved))
    until = time.perf_counter() + rest
    while time.perf_counter() < until:
        turn()
QTest.mouseRelease(viewport, left, none, at)
times, ordered = times[5:], sorted(times[5:])
found = {"median": median(times), "p95": ordered[int(0.95 * len(ordered))], "most": ordered[-1], "count": len(times),
         "gap": max(gaps), "handled": median(handled)}  # fmt: skip
print(json.dumps(found))
window.close()
