"""Times for which the window's own thread holds up its event loop: seconds of a processor between two turns of it.

For each experiment the window is opened, played, moved along and dragged; the longest stalls are told with where in the
program they were. Names of experiments may be given.
"""

import dataclasses
import sys
import threading
import time
import traceback
from collections import Counter

from PySide6.QtCore import QEventLoop, QObject, QPointF, QTimer

import gdsim
from gdsim.desktop.app import make_application
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import LIGHT, apply_theme
from gdsim.desktop.window.main_window import MainWindow
from gdsim.objectives import Source
from gdsim.simulation.experiment import Entry, Experiment

EIGHT = tuple(Entry(key) for key in list(gdsim.OPTIMIZERS)[:8])
MOONS = Source("moons", count=50_000, held_out=0.2)
EXPERIMENTS = {
    "opening": {},
    "restarts": {"function": "bowl", "restarts": 100_000, "steps": 20, "optimizers": EIGHT},
    "some_restarts": {"function": "himmelblau", "restarts": 2000, "steps": 200, "optimizers": EIGHT},
    "dimension": {
        "function": "rastrigin",
        "options": {"dimension": 100},
        "restarts": 50,
        "steps": 300,
        "optimizers": EIGHT,
    },
    "long": {"function": "himmelblau", "steps": 100_000, "tolerance": 0, "optimizers": EIGHT},
    "logistic": {"function": "logistic", "data": MOONS, "steps": 50, "optimizers": EIGHT},
    "linear": {"function": "linear", "data": Source("sine", count=50_000), "steps": 50, "optimizers": EIGHT},
    "network": {
        "function": "network",
        "data": MOONS,
        "options": {"hidden": (16, 16)},
        "steps": 10,
        "optimizers": EIGHT[:3],
    },
    "network_restarts": {
        "function": "network",
        "options": {"hidden": (16, 16)},
        "restarts": 50,
        "steps": 200,
        "optimizers": EIGHT,
    },
    "batches": {"function": "logistic", "data": MOONS, "batch": 100, "steps": 300, "optimizers": EIGHT[:3]},
}
#: A stall is one of so many seconds.
STALL = 0.033


class Heart(QObject):
    """Beats in the window's thread, and is listened to by another one."""

    def __init__(self):
        super().__init__()
        self.main = threading.get_ident()
        self.clock = time.pthread_getcpuclockid(self.main)
        self.stalls, self.seen, self.quiet = [], Counter(), False
        self.before = time.clock_gettime(self.clock)
        timer = self.timer = QTimer(self)
        timer.timeout.connect(self.beat)
        timer.start(2)
        threading.Thread(target=self.listen, daemon=True).start()

    def beat(self):
        now = time.clock_gettime(self.clock)
        if now - self.before > STALL:
            where = self.seen.most_common(1)[0][0] if self.seen else "?"
            self.stalls.append((now - self.before, where))
        self.before = time.clock_gettime(self.clock)
        self.seen.clear()

    def listen(self):
        while True:
            time.sleep(0.004)
            if time.clock_gettime(self.clock) - self.before > STALL / 2:
                frames = traceback.extract_stack(sys._current_frames().get(self.main))
                ours = [f for f in frames if "gdsim/" in f.filename and "benchmarks" not in f.filename]
                self.seen[" < ".join(f"{f.filename.split('gdsim/')[-1]}:{f.lineno}" for f in ours[:-5:-1])] += 1


def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition, seconds=40):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        wait(10)


def driven(experiment, heart):
    """Open a window, and do with it what one does."""
    window = MainWindow(opening_experiment(), LIGHT)
    window.resize(1440, 900)
    window.show()
    until(lambda: window.session.scene.race is not None)
    wait(600)
    for stage, work in {
        "open": lambda: window.store.replace(experiment, "x"),
        "play": lambda: (window.player.rewind(), window.player.play()),
        "drag": lambda: dragged(window),
        "hover": lambda: hovered(window),
        "docks": lambda: [dock.show() for dock in window.lazy_docks],
        "docks_play": lambda: (window.player.rewind(), window.player.play()),
    }.items():
        heart.stalls.clear()
        if stage == "open":
            heart.beat()
        work()
        if stage == "open":
            until(lambda: not window.session.races.waits)
        wait(1500)
        found = Counter()
        for seconds, where in heart.stalls:
            found[where] = max(found[where], seconds)
        for where, seconds in found.most_common(4):
            print(f"    {stage:10} {1e3 * seconds:6.0f} ms  {where}", flush=True)
    window.player.pause()
    window.close()


def dragged(window):
    start = window.store.experiment.start or window.store.experiment.objective.start
    window.store.drag.begin(window.centre)
    for k in range(8):
        window.store.change(start=tuple(x + 0.01 * k for x in start))
        wait(30)
    window.store.drag.end()


def hovered(window):
    box = window.landscape.plot.box.viewRect()
    for k in range(5):
        window.landscape._read(QPointF(box.left() + box.width() * (k + 1) / 7, box.top() + box.height() / 3))
        wait(20)


if __name__ == "__main__":
    app = make_application()
    apply_theme(app, LIGHT)
    heart = Heart()
    for name in sys.argv[1:] or EXPERIMENTS:
        print(name, flush=True)
        fields = EXPERIMENTS[name]
        driven(Experiment(**fields) if fields else dataclasses.replace(opening_experiment(), seed=1), heart)
