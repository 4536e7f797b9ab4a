"""What a start does not import: it is not needed to see a race."""

import importlib.util
import os
import subprocess
import sys

from test_process import ROOT

LATER = (
    "gdsim.storage.files", "gdsim.storage.code", "gdsim.storage.tables", "gdsim.storage.reading",
    "gdsim.storage.examples", "gdsim.desktop.palette", "gdsim.desktop.export", "gdsim.desktop.export_dialog",
    "gdsim.desktop.settings_dialog", "gdsim.desktop.shortcuts", "gdsim.simulation.advising", "sympy", "msgspec",
)  # fmt: skip

#: And what opening the window does not either: first it is seen, then it is asked how runs end, what helps, or what
#: lies under the mouse.
LATER_THAN_THE_WINDOW = (
    *LATER,
    "gdsim.arguments", "gdsim.terminal", "gdsim.spelled", "gdsim.advised", "gdsim.storage.tables",
    "gdsim.storage.atomic", "gdsim.objectives.data", "gdsim.objectives.callables", "gdsim.simulation.api",
    "gdsim.simulation.outcomes", "gdsim.simulation.endings", "gdsim.simulation.motion", "gdsim.simulation.ground",
    "gdsim.simulation.limits", "gdsim.simulation.nearest", "gdsim.simulation.reached", "gdsim.simulation.tally",
    "gdsim.simulation.advice", "gdsim.simulation.search", "gdsim.simulation.trials", "gdsim.simulation.remedies",
    "gdsim.simulation.faults", "gdsim.simulation.slicing", "gdsim.desktop.advice_cell", "gdsim.desktop.caption",
    "gdsim.desktop.dialogs", "gdsim.desktop.loss_reader", "gdsim.desktop.loss_reading", "gdsim.desktop.read_out",
    "gdsim.simulation.arrows", "gdsim.desktop.drawing.arrows", "gdsim.desktop.drawing.gradient_marks",
    "gdsim.desktop.reached_words", "gdsim.desktop.drawing.reading_item", "gdsim.desktop.drawing.rates_plot",
    "gdsim.desktop.drawing.epoch_axis", "gdsim.desktop.map_words", "gdsim.desktop.svg_text", "gdsim.desktop.signs",
    "gdsim.desktop.what_is_what", "gdsim.desktop.drawing.specimens",
    "gdsim.desktop.panels.hyper_form", "gdsim.desktop.panels.name_field", "gdsim.desktop.views.data",
    "gdsim.desktop.views.formulas", "gdsim.desktop.views.gradient", "gdsim.desktop.views.derivative",
)  # fmt: skip
#: The program, which tells what is imported when its window is shown, and ends.
SHOWN = """
import sys
from PySide6.QtCore import QTimer
from gdsim import cli
from gdsim.desktop import app

class Window(app.MainWindow):
    def show(self):
        super().show()
        print(*sorted(sys.modules), sep="\\n")
        QTimer.singleShot(0, self.end)

app.MainWindow = Window
sys.exit(cli.main([]))
"""

#: The same with nothing before it, as far as the window's module: how many files have been read as lines.
READ = """
import linecache
from importlib import import_module
from gdsim import cli

def fetch(module, name):
    import_module(module)
    print(len(linecache.cache))
    return lambda **opened: 0

cli._desktop = fetch
cli.main([])
"""


def test_files_exports_and_the_palette_add_nothing_to_the_start():
    code = "import sys, gdsim.desktop.app; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "gdsim.desktop.main_window" in loaded
    assert loaded.isdisjoint(LATER), loaded & set(LATER)


def test_the_window_opens_without_what_is_asked_for_later(tmp_path):
    env = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", SHOWN], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"gdsim.desktop.views.runs", "gdsim.simulation.trajectories"} <= loaded
    assert loaded.isdisjoint(LATER_THAN_THE_WINDOW), loaded & set(LATER_THAN_THE_WINDOW)


def test_the_source_of_what_the_window_imports_is_not_read():
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", READ], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 10  # what came before


def test_all_that_comes_later_is_there():
    ours = [name for name in LATER_THAN_THE_WINDOW if name.startswith("gdsim.")]
    missing = [name for name in ours if importlib.util.find_spec(name) is None]
    assert missing == []


def test_plots_hear_of_each_move_of_a_common_mouse():
    code = "import gdsim.desktop.drawing.plot, pyqtgraph; print(pyqtgraph.getConfigOption('mouseRateLimit'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 125
