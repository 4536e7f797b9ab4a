"""Dragging η and the start while a basin map is shown: the longest stall of the window's thread.

Run with ``python tests/benchmarks/window_map_drag.py [seconds] [function]``; prints JSON, in milliseconds. A timer of
the window's thread is to fire every 2 ms; what lies between two of its calls is a turn of the loop: by the clock, by
the clock without what the thread waited for a processor that others had (`alone`; where Linux tells), and of the
processor.
"""

import dataclasses
import gc
import json
import math
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from window_opened import opened

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
FUNCTION = sys.argv[2] if len(sys.argv) > 2 else "himmelblau"


class Waiting:
    """Tells how many seconds this thread has waited for a processor; always 0 where nobody knows."""

    def __init__(self):
        place = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.file = place.open("rb", buffering=0) if place.exists() else None

    def __call__(self):
        if self.file is None:
            return 0.0
        self.file.seek(0)
        return int(self.file.read(100).split()[1]) / 1e9


class Heart(QObject):
    """Beats in the window's thread."""

    def __init__(self):
        super().__init__()
        self.turns, self.before, self.waiting = [], None, Waiting()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.beat)
        self.timer.start(2)

    def beat(self):
        now = time.perf_counter(), time.thread_time(), self.waiting()
        if self.before:
            clock, cpu, waited = (a - b for a, b in zip(now, self.before, strict=True))
            self.turns.append((clock, cpu, clock - waited))
        self.before = now


window, app = opened(restarts=0, steps=300)
session, store = window.session, window.store
store.replace(dataclasses.replace(store.experiment, function=FUNCTION, start=None, bounds=None))
session.basin_maps.set_on(True)
until = time.monotonic() + 5
while time.monotonic() < until:
    app.processEvents()
# as the program does, once its window is open
gc.freeze()
heart, maps, begun = Heart(), set(), time.monotonic()
(low_x, high_x), (low_y, high_y) = store.experiment.objective.bounds.tolist()
store.drag.begin(window.centre)
while (now := time.monotonic() - begun) < SECONDS:
    # η to and fro over a decade for two seconds, then the start round in a circle
    if now % 4 < 2:
        changed = {"learning_rate": 0.003 * 10 ** math.sin(now * 3)}
    else:
        x = (low_x + high_x) / 2 + (high_x - low_x) / 3 * math.cos(now * 2)
        changed = {"start": (x, (low_y + high_y) / 2 + (high_y - low_y) / 3 * math.sin(now * 2))}
    store.replace(dataclasses.replace(store.experiment, **changed))
    next_ = time.monotonic() + 0.016
    while time.monotonic() < next_:
        app.processEvents()
    maps |= {id(each) for each in [getattr(session.scene, "basins", None)] if each}
store.drag.end()
clock, cpu, alone = ([1000 * turn[k] for turn in heart.turns] for k in range(3))
late = [sum(each > 50 for each in some) for some in (clock, alone)]
figures = {"worst": max(clock), "late": late[0], "alone": max(alone), "late alone": late[1], "cpu": max(cpu)}
print(json.dumps({"turns": len(clock), **figures, "maps": len(maps)}))
heart.timer.stop()
window.close()
