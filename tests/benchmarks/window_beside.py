"""Frames a second of eight landscapes side by side: 8 optimizers × 8 runs × 500 steps."""

import json
import time

from window_opened import opened, spin

window, app = opened(restarts=7, steps=500)
player = window.player
window.actions_table.by_name["side_by_side"].setChecked(True)
panels = window.side_by_side.panels
spin(app, lambda: len(panels) == 0 or all(p.plot.surface_layer.surface is not None for p in panels.values()))
panels = window.side_by_side.panels
best = 0.0
for _ in range(3):
    player.seek(0)
    app.processEvents()
    began = time.perf_counter()
    for step in range(1, player.last + 1):
        player._go(step)
        app.processEvents()
    best = max(best, player.last / (time.perf_counter() - began))
print(json.dumps({"panels": len(panels), "rate": best}))
window.close()
