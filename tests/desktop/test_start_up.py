"""What a start does not import: it is not needed to see a race."""

import subprocess
import sys

from test_process import ROOT

LATER = (
    "gdsim.storage.files", "gdsim.storage.code", "gdsim.storage.tables", "gdsim.storage.reading",
    "gdsim.storage.examples", "gdsim.desktop.palette", "gdsim.desktop.export", "gdsim.desktop.export_dialog",
    "gdsim.desktop.settings_dialog", "gdsim.desktop.shortcuts", "gdsim.simulation.advising", "sympy", "msgspec",
)  # fmt: skip


def test_files_exports_and_the_palette_add_nothing_to_the_start():
    code = "import sys, gdsim.desktop.app; print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "gdsim.desktop.main_window" in loaded
    assert loaded.isdisjoint(LATER), loaded & set(LATER)


def test_plots_hear_of_each_move_of_a_common_mouse():
    code = "import gdsim.desktop.drawing.plot, pyqtgraph; print(pyqtgraph.getConfigOption('mouseRateLimit'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 125
