"""CPU time of the player's frames: 8 optimizers × 8 runs × 1000 steps."""

import json
import time
from statistics import median

from window_opened import opened, spin

window, app = opened(restarts=7, steps=1000)
player = window.player


def frame(step):
    began = time.process_time()
    player._go(step)
    app.processEvents()
    return 1e3 * (time.process_time() - began)


spin(app, lambda: window.landscape.plot.surface_layer.surface is not None)
times = []
for _ in range(3):
    player.seek(0)
    app.processEvents()
    # 60 steps a second, as the window plays them
    times += [frame(step) for step in range(1, player.last + 1)]
anew = []
for _ in range(20):
    player.seek(player.last)
    window.landscape.plot.paths.renew()
    anew.append(frame(player.last))
print(json.dumps({"median": median(times), "most": max(times), "anew": median(anew)}))
window.close()
