"""Time of the window's own thread for every key of a formula, while the worker works out what was typed before."""

import json
import sys
import time
from statistics import median

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from window_opened import opened, spin

TEXT = "(1-x)^2 + 100*(y-x^2)^2 + sin(3x)*cos(2y) + exp(-x^2-y^2)*sqrt(x^2+a)"

sys.setswitchinterval(0.0005)  # as the program does
window, app = opened(restarts=0, steps=400)
editor = window.parameters.function.editor
spin(app, lambda: window.landscape.plot.surface_layer.surface is not None)


def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def press(letter):
    wall, own = time.perf_counter(), time.thread_time()
    QTest.keyClick(editor.field, letter)
    return 1e3 * (time.perf_counter() - wall), 1e3 * (time.thread_time() - own)


editor.field.setFocus()
editor.field.selectAll()
times = []
for pause in (40, 200):  # faster than formulas are worked out, and slower
    editor.field.selectAll()
    for letter in TEXT:
        times.append(press(letter))
        wait(pause)
while window.store.experiment.function != TEXT:
    wait(5)
wall, own = zip(*times, strict=True)
window.parameters.formulas_wanted.emit()
wait(3000)
view = next(dock.view for dock in window.lazy_docks if dock.name == "formulas")
window.player.pause()
frames = []
for step in range(300):
    own_began = time.thread_time()
    view.show_scene(window.session.scene.with_(step=step))
    frames.append(1e3 * (time.thread_time() - own_began))
result = {"median": median(wall), "most": max(wall), "own": max(own), "numbers": median(frames)}
print(json.dumps(result))
window.close()
