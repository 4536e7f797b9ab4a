"""Tests of what a start does not import: it is not needed to see a race."""

import importlib.util
import os
import re
import subprocess
import sys

from test_process import ROOT

LATER = (
    "gdsim.storage.files",
    "gdsim.storage.programs.gdsim_program",
    "gdsim.storage.tables",
    "gdsim.storage.reading",
    "gdsim.storage.examples",
    "gdsim.desktop.commands.palette",
    "gdsim.desktop.files.export",
    "gdsim.desktop.files.export_dialog",
    "gdsim.desktop.commands.settings_dialog",
    "gdsim.desktop.commands.shortcuts_dialog",
    "gdsim.simulation.advice.advising",
    "sympy",
    "msgspec",
)
#: Parts of pyqtgraph, and what only they need.
NO_PLOT = (
    "multiprocessing",
    "pydoc",
    "pyqtgraph.exporters",
    "pyqtgraph.imageview",
    "pyqtgraph.multiprocess",
    "pyqtgraph.parametertree",
    "pyqtgraph.widgets.SpinBox",
    "PySide6.QtSvg",
    "PySide6.QtTest",
)

#: And what opening the window does not either: first it is seen, then it is asked how runs end, what helps, or what
#: lies under the mouse.
LATER_THAN_THE_WINDOW = (
    *LATER,
    "gdsim.cli.arguments",
    "gdsim.cli.command_line",
    "gdsim.cli.terminal",
    "gdsim.cli.values",
    "gdsim.cli.advice_text",
    "gdsim.storage.tables",
    "gdsim.storage.atomic",
    "gdsim.objectives.data",
    "gdsim.objectives.surfaces.callables",
    "gdsim.simulation.api",
    "gdsim.simulation.endings.outcomes",
    "gdsim.simulation.endings.ending",
    "gdsim.simulation.endings.motion",
    "gdsim.simulation.endings.critical_points",
    "gdsim.simulation.endings.limits",
    "gdsim.simulation.endings.nearest",
    "gdsim.simulation.endings.reached",
    "gdsim.simulation.endings.tally",
    "gdsim.simulation.advice.advice",
    "gdsim.simulation.advice.search",
    "gdsim.simulation.advice.trials",
    "gdsim.simulation.advice.candidates",
    "gdsim.simulation.advice.problems",
    "gdsim.simulation.sampling.projection",
    "gdsim.desktop.views.runs.advice_cell",
    "gdsim.desktop.text.captions",
    "gdsim.desktop.views.loss.reader",
    "gdsim.desktop.views.loss.nearest_curve",
    "gdsim.desktop.views.loss.read_out",
    "gdsim.simulation.sampling.gradient_field",
    "gdsim.desktop.views.landscape.overlays.arrows",
    "gdsim.desktop.views.landscape.overlays.gradient_marks",
    "gdsim.desktop.text.reached_phrases",
    "gdsim.desktop.views.loss.reading_item",
    "gdsim.desktop.views.loss.rates_plot",
    "gdsim.desktop.views.loss.epoch_axis",
    "gdsim.desktop.views.landscape.sign_tips",
    "gdsim.desktop.files.svg_outlines",
    "gdsim.desktop.help.signs",
    "gdsim.desktop.help.what_is_what",
    "gdsim.desktop.help.specimens",
    "gdsim.desktop.panels.hyper_form",
    "gdsim.desktop.panels.name_field",
    "gdsim.desktop.views.data.view",
    "gdsim.desktop.views.formulas",
    "gdsim.desktop.views.gradient.view",
    "gdsim.desktop.views.landscape.derivative.view",
    *NO_PLOT,
)
#: The program, which tells what is imported when its window is shown, and ends.
SHOWN = """
import sys
from importlib import import_module
from gdsim.cli import main as cli

def fetch(module, name):
    from PySide6.QtCore import QTimer

    app = import_module(module)

    class Window(app.MainWindow):
        def show(self):
            super().show()
            print(*sorted(sys.modules), sep="\\n")
            QTimer.singleShot(0, self.end)

    app.MainWindow = Window
    return getattr(app, name)

cli._desktop = fetch
sys.exit(cli.main([]))
"""

#: The same with nothing before it, as far as the window's module: how many files have been read as lines.
READ = """
import linecache
from importlib import import_module
from gdsim.cli import main as cli

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
    assert "gdsim.desktop.window.main_window" in loaded
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
    assert {"gdsim.desktop.views.runs.view", "gdsim.simulation.trajectories"} <= loaded
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
    code = "import gdsim.desktop.plotting.base_plot, pyqtgraph; print(pyqtgraph.getConfigOption('mouseRateLimit'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 125


#: pyqtgraph as the program has it: its parts, and the names that it has in the end.
LEAN = """
import sys
from gdsim.desktop.lean_pyqtgraph import import_lean
import_lean()
import PySide6.QtWidgets, pyqtgraph
print(*vars(pyqtgraph))
print("QTreeView" in vars(PySide6.QtWidgets), "ImageView" in vars(pyqtgraph))
print("QTreeView" in dir(PySide6.QtWidgets), hasattr(pyqtgraph, "nothing"))
pyqtgraph.mkQApp()
pyqtgraph.ImageView()
print(*vars(pyqtgraph))
"""


def test_the_rest_of_pyqtgraph_comes_when_it_is_asked_for():
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    plain = "import pyqtgraph; print(*vars(pyqtgraph))"
    ours, theirs = (
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
        for code in (LEAN, plain)
    )
    assert (ours.returncode, theirs.returncode) == (0, 0), ours.stderr + theirs.stderr
    lean, *found, names = ours.stdout.splitlines()
    assert found == ["False False", "True False"]
    assert set(names.split()) == set(theirs.stdout.split())
    # the window itself never asks for the rest: it would stand still for a tenth of a second
    sources = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "gdsim" / "desktop").rglob("*.py"))
    used = set(re.findall(r"\bpg\.(\w+)", sources))
    assert used <= set(lean.split()), used - set(lean.split())
