"""From the move of the mouse to the repainted window: 8 optimizers × 1 run × 500 steps."""

import json
import time
from statistics import median

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_opened import opened, spin

pg.setConfigOption("mouseRateLimit", 0)
window, app = opened(restarts=0, steps=500)
plot = window.landscape.plot
viewport = plot.viewport()


class Painted(QObject):
    """Counts the paints of the landscape."""

    count = 0

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


painted = Painted()
viewport.installEventFilter(painted)
spin(app, lambda: window.landscape.ground._surface is not None)
x, y = window.store.experiment.start or window.store.experiment.objective.start
begin = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
QTest.mouseMove(viewport, begin)
QTest.mousePress(viewport, left, none, begin)
times = []
for k in range(1, 80):
    # the first move is long enough to be a drag
    at = begin + QPoint(9 + 3 * k, -6 - 2 * k)
    race = window._race
    began = time.perf_counter()
    QTest.mouseMove(viewport, at)
    spin(app, lambda race=race: window._race is not race)
    # the race is there; what is painted from now on shows it
    before = painted.count
    spin(app, lambda before=before: painted.count > before)
    times.append(1e3 * (time.perf_counter() - began))
    assert window.player.shown_step == 500
    assert len(window._race.rules) == 8
QTest.mouseRelease(viewport, left, none, at)
times = times[5:]
print(json.dumps({"median": median(times), "most": max(times), "count": len(times)}))
window.close()
