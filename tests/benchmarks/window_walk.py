"""Walk of one tick of η and one move of the start through the window's thread: calls of ours, and files they are in.

Prints medians over some ticks and moves, from the event to the repainted window.
"""

import json
import sys
from statistics import median
from threading import get_ident

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider
from window_opened import opened, spin

import gdsim

ROOM = gdsim.__file__.removesuffix("__init__.py")
TURNS, FIRST = 12, 4
# every move of the mouse counts, however fast they follow each other
pg.setConfigOption("mouseRateLimit", 0)
window, app = opened(restarts=0, steps=500)
plot = window.landscape.plot


def shown_race():
    """The race on screen; builds from before there were scenes have it elsewhere."""
    if hasattr(window, "session"):
        return window.session.scene.race
    return window.scene.race if hasattr(window, "scene") else window._race


def settle():
    """Have everything painted that waits, until nothing moves for a while."""
    for _ in range(30):
        app.processEvents()
        QTest.qWait(10)


class Walk:
    """Counts calls while it is open, in this thread only."""

    def __enter__(self):
        self.calls, self.files, self._thread = 0, set(), get_ident()
        sys.setprofile(self._count)
        return self

    def _count(self, frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(ROOM):
            self.calls += 1
            self.files.add(frame.f_code.co_filename)

    def __exit__(self, *_):
        sys.setprofile(None)


def walked(act):
    """Calls and files of an act, until the race that comes of it is painted."""
    before = shown_race()
    with Walk() as walk:
        act()
        spin(app, lambda: shown_race() is not before)
        for _ in range(20):
            app.processEvents()
    settle()
    return walk.calls, len(walk.files)


window.player.seek(window.player.last)
window.player.pause()
settle()
QTest.qWait(1500)  # how its runs end is found out by then
slider = next(one for one in window.findChildren(QSlider) if "learning_rate" in one.objectName())
ticks = [walked(lambda k=k: slider.setValue(slider.value() + (1 if k % 2 else 2))) for k in range(TURNS)][FIRST:]

x, y = window.store.experiment.start or window.store.experiment.objective.start
begin = plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
QTest.mouseMove(plot.viewport(), begin)
QTest.mousePress(plot.viewport(), left, none, begin)
moves = []
for k in range(1, TURNS):
    at = begin + QPoint(9 + 3 * k, -6 - 2 * k)
    moves.append(walked(lambda at=at: QTest.mouseMove(plot.viewport(), at)))
QTest.mouseRelease(plot.viewport(), left, none, at)
moves = moves[FIRST:]
print(
    json.dumps(
        {
            "tick_calls": median(calls for calls, _ in ticks),
            "tick_files": median(files for _, files in ticks),
            "move_calls": median(calls for calls, _ in moves),
            "move_files": median(files for _, files in moves),
        }
    )
)
window.close()
