"""CPU time of the window's thread for another theme, and for another size of the text, with every dock open."""

import json
import time
from statistics import median

from window_opened import opened, spin

window, app = opened(restarts=4, steps=400)
for dock in window.docks:
    if not dock.isVisible():
        dock.toggleViewAction().trigger()
        app.processEvents()
until = time.monotonic() + 1.5  # views that are seen for the first time have something worked out
spin(app, lambda: time.monotonic() > until)


def changed(name):
    """Milliseconds until all is painted in another look."""
    began = time.thread_time()
    window.actions_table.by_name[name].trigger()
    for _ in range(3):
        app.processEvents()
    took = 1e3 * (time.thread_time() - began)
    pause = time.monotonic() + 0.2
    spin(app, lambda: time.monotonic() > pause)
    return took


theme = [changed(name) for _ in range(5) for name in ("theme_dark", "theme_light")]
size = [changed(name) for _ in range(5) for name in ("larger", "normal_size")]
window.close()
print(json.dumps({"theme": median(theme), "slowest": max(theme), "size": median(size), "most": max(size)}))
