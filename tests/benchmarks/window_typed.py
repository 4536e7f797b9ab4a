"""Milliseconds from the last key of a formula to its surface on screen, and how long frames are held up before.

By the clock, and of the processor: on a machine that does nothing else the former is the latter and the pause after
which what is typed is worked out.

The first argument says for how many seconds the window has stood before the first formula is typed.
"""

import itertools
import json
import sys
import time
from statistics import median

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from window_opened import opened, spin

TEXTS = [
    "(1-x)^2 + 100*(y-x^2)^2 + sin(3x)*cos(2y)",
    "(4 - 2.1x^2 + x^4/3)x^2 + x*y + (4y^2 - 4)y^2",
    "a*x^2 + b*|y| + exp(-x^2 - y^2)",
    "log(1 + (x - 1)^2 + 3y^2) - tanh(x*y)",
    "sin(x)*sin(y)*sqrt(x^2 + y^2 + 0.1)/(1 + x^2)",
    "x^4 - 3x^2 + x + y^2",
]

window, app = opened(restarts=0, steps=400)
editor = window.parameters.function.editor
spin(app, lambda: window.landscape.plot.surface_layer.surface is not None)


def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


window.player.play()
# how far apart the turns of the event loop are that a timer of 4 ms gets
turns = []
timer = QTimer()
timer.timeout.connect(lambda: turns.append((time.perf_counter(), time.thread_time())))
timer.start(4)
wait(1000 * float(sys.argv[1]))
timer.stop()
# of the processor: what the thread itself was held up by
gaps = sorted(1e3 * (b[1] - a[1]) for a, b in itertools.pairwise(turns))
loaded = "sympy" in sys.modules
window.player.pause()
times, cpu = [], []
for text in TEXTS:
    if loaded or times:
        editor.field.setFocus()
    editor.field.selectAll()
    for letter in text[:-1]:
        QTest.keyClick(editor.field, letter)
        wait(60)
    before = window.landscape.plot.surface_layer.surface  # no text without its last letter is a formula
    began, used = time.perf_counter(), time.process_time()
    QTest.keyClick(editor.field, text[-1])
    while window.store.experiment.function != text:
        wait(2)  # a loop that is never still would count as work
    while window.landscape.plot.surface_layer.surface is before:
        wait(2)
    times.append(1e3 * (time.perf_counter() - began))
    cpu.append(1e3 * (time.process_time() - used))
    wait(400)
found = {"first": times[0], "median": median(times[1:]), "most": max(times[1:]), "loaded": loaded}
found |= {"first_cpu": cpu[0], "median_cpu": median(cpu[1:])}
if gaps:
    found |= {"gap": gaps[-1], "gap99": gaps[len(gaps) * 99 // 100]}
print(json.dumps(found))
window.close()
