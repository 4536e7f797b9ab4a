"""The start of a network is dragged on its plane, and the race played: the longest pauses of the window.

Arguments: the widths of the hidden layers. 8 optimizers × 8 runs, mini-batches of 16.
"""

import dataclasses
import json
import sys
import time

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from window_opened import opened, spin

hidden = tuple(map(int, sys.argv[1:])) or (8,)
window, app = opened(restarts=7, steps=400)
window.store.change(function="network", options={"hidden": hidden}, batch=16, start=None, bounds=None)
spin(
    app,
    lambda: (
        window.session.plane.seen is not None
        and window.session.scene.race.objective is window.store.experiment.objective
    ),
)
loop = QEventLoop()
pauses, since = [], [time.perf_counter()]
dispatcher = QAbstractEventDispatcher.instance()
dispatcher.awake.connect(lambda: since.__setitem__(0, time.perf_counter()))
dispatcher.aboutToBlock.connect(lambda: pauses.append(1e3 * (time.perf_counter() - since[0])))


def live(seconds):
    """Let the window live; its longest pauses, the longest first."""
    QTimer.singleShot(round(1e3 * seconds), loop.quit)
    del pauses[:]
    loop.exec()
    return sorted(pauses)[::-1][:5]


live(2)
window.player.seek(0)
window.player.play()
playing = live(3)
window.player.pause()
x, y = window.session.plane.seen.place(window.store.experiment.start or window.store.experiment.objective.start)
(left, right), (bottom, top) = window.session.plane.seen.objective.bounds
window.store.drag.begin(window.centre)
moves = [0]


def move():
    """Move as a hand does, once."""
    moves[0] += 1
    share = 0.1 * (1 - abs(1 - (moves[0] % 40) / 20))
    window.centre.start_dragged.emit((x + share * (right - left), y + share * (top - bottom)))


timer = QTimer()
timer.timeout.connect(move)
timer.start(16)
dragging = live(4)
timer.stop()
window.store.drag.end()
let_go = live(2)
weights = dataclasses.replace(window.store.experiment).objective.dimension
print(
    json.dumps(
        {"weights": weights, "moves": moves[0], "playing": playing[0], "dragging": dragging[0], "let_go": let_go[0]}
    )
)
window.close()
