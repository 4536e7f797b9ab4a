"""From the move of the mouse to the repainted window: 8 optimizers × 1 run × 500 steps.

Prints milliseconds, by the clock and of the processor: the median of all moves, and the longest.
"""

import json
import sys
import time
from statistics import median

import pyqtgraph as pg
from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from window_opened import opened, spin

pg.setConfigOption("mouseRateLimit", 0)
MOVES, FIRST = 80, 5
window, app = opened(restarts=0, steps=500)
plot = window.landscape.plot
views = [plot.viewport(), window.loss.plot.viewport()]
loop = QEventLoop()


class Done(QObject):
    """Ends the loop when the window falls asleep, and all views show the race that is there then."""

    race = None

    def __init__(self):
        super().__init__()
        self.painted = {}
        for view in views:
            view.installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self.look)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted[watched] = window.session.scene.race
        return False

    def look(self):
        if window.session.scene.race is not self.race and all(
            self.painted.get(view) is window.session.scene.race for view in views
        ):
            loop.quit()


if "update" in sys.argv:
    window._show_wanted("update")
    dock = next(dock for dock in window.lazy_docks if dock.name == "update")
    opened_at = time.monotonic()
    # the landscape has its size again
    spin(app, lambda: dock.view is not None and dock.view.isVisible() and time.monotonic() > opened_at + 1)
spin(app, lambda: window.landscape.plot.surface_layer.surface is not None)
x, y = window.store.experiment.start or window.store.experiment.objective.start
begin = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
QTest.mouseMove(views[0], begin)
QTest.mousePress(views[0], left, none, begin)
done = Done()
times, used = [], []
for k in range(1, MOVES):
    # the first move is long enough to be a drag
    at = begin + QPoint(9 + 3 * k, -6 - 2 * k)
    done.race = window.session.scene.race
    began, cpu = time.perf_counter(), time.process_time()
    QTest.mouseMove(views[0], at)
    loop.exec()
    times.append(1e3 * (time.perf_counter() - began))
    used.append(1e3 * (time.process_time() - cpu))
    assert window.player.shown_step == 500
    assert len(window.session.scene.race.rules) == 8
    assert tuple(window.session.scene.race.positions[0, 0, :, 0]) == window.store.experiment.start
QTest.mouseRelease(views[0], left, none, at)
times, used = times[FIRST:], used[FIRST:]
print(json.dumps({"median": median(times), "most": max(times), "cpu": median(used), "count": len(times)}))
window.close()
