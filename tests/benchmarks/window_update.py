"""With the update taken apart: from a step, or another run, to the repainted window, and the same of a dragged start.

Prints milliseconds of the processor.
"""

import json
import time
from statistics import median

from window_opened import opened, spin

window, app = opened(restarts=2, steps=500)
spin(app, lambda: window.landscape.plot.surface_layer.surface is not None)
window.player.pause()
window._show_wanted("update")
dock = next(dock for dock in window.lazy_docks if dock.name == "update")
spin(app, lambda: dock.view is not None and dock.view.isVisible())


def measured(do):
    """Milliseconds until all that came of it is painted."""
    began = time.process_time()
    do()
    app.processEvents()
    return 1e3 * (time.process_time() - began)


def of_view(do):
    """Milliseconds of the view alone."""
    view, kept = dock.view, []
    whole = view.show_scene

    def timed(scene):
        began = time.process_time()
        whole(scene)
        view.grab()
        kept.append(1e3 * (time.process_time() - began))

    view.show_scene = timed
    do()
    app.processEvents()
    del view.show_scene
    return max(kept, default=0.0)


ids = window.session.scene.race.ids
if "closed" in __import__("sys").argv:
    dock.toggleViewAction().trigger()
    app.processEvents()
figures = {}
for name, kind in (("window", measured), ("view", of_view)):
    steps = [kind(lambda s=s: window.player.seek(s)) for s in range(20, 80)]
    runs = [kind(lambda k=k: window.session.selection.choose(ids[k % len(ids)], k % 3)) for k in range(1, 49)]
    figures |= {
        f"step, {name}": median(steps[5:]),
        f"run, {name}": median(runs[8:]),
        f"run most, {name}": max(runs[8:]),
    }
print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
window.close()
