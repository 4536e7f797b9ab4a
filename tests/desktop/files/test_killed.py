"""Windows that are killed while they save, keep copies of what is unsaved, functions and settings lose nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_process import ROOT, environment

import gdsim
from gdsim.desktop.state.own_functions import OwnFunctions
from gdsim.desktop.state.settings import Settings, state_folder
from gdsim.storage.files import open_file, save

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

#: Goes on with what was left, then changes, copies, saves and sets something without a pause, and says what is done.
BEGIN = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
import gdsim
from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions
from gdsim.desktop.state.settings import Settings
path, seed = Path(sys.argv[1]), int(sys.argv[2])
first = gdsim.Experiment("bowl", steps=20, optimizers=(gdsim.Entry("gd"),))
def tell(*words):
    print(*words, flush=True)
"""
PARTS = """
from gdsim.desktop.state.document import DocumentFile
from gdsim.desktop.state.store import Store
app = QCoreApplication([])
app.setApplicationName("gdsim")
settings, store = Settings(), Store(first)
document, own = DocumentFile(store), OwnFunctions(settings.functions_path)
left = document.recovered()
if left:
    document.recover(left)
"""
WINDOW = """
from PySide6.QtWidgets import QMessageBox
from gdsim.desktop.app import make_application
from gdsim.desktop.window.main_window import MainWindow
from gdsim.desktop.look.style import LIGHT
QMessageBox.question = lambda *_: QMessageBox.StandardButton.Yes
app = make_application()
window = MainWindow(first, LIGHT, Settings())
window.show()
for _ in range(5):
    app.processEvents()
settings, store, document, own = window.settings, window.store, window.document, window.parameters.own_functions
"""
WORK = """
def work():
    global seed
    seed += 1
    store.change(seed=seed)
    if document.keep_copy():
        tell("unsaved", seed)
    if seed % 3 == 0:
        document.save(path)
        tell("saved", seed)
    if seed % 2 == 0:
        own.keep(OwnFunction(f"f{seed % 20}", f"{seed}*x^2"))
        tell("function", seed)
    settings.add_table(f"/{seed % 40}")
    tell("table", seed % 40)
timer = QTimer()
timer.timeout.connect(work)
timer.start(0)
tell("begun")
app.exec()
"""
PROGRAMS = {"parts": BEGIN + PARTS + WORK, "window": BEGIN + WINDOW + WORK}


def killed(program, path, seed, pause):
    """Run a program and kill it after a pause; what it said that it has done, by kind."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAMS[program], str(path), str(seed)],
        cwd=ROOT,
        text=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == "begun\n"
    time.sleep(pause)
    process.kill()
    done = {}
    for line in process.communicate()[0].splitlines():
        kind, _, number = line.partition(" ")
        if number:
            done.setdefault(kind, []).append(int(number))
    return done


def kill_often(program, kills, homes, chance):
    path = homes / "mine" / "race.json"
    path.parent.mkdir(exist_ok=True)
    save(gdsim.Experiment(), path)
    seed, hit, functions, tables = 0, 0, {}, set()
    for _ in range(kills):
        done = killed(program, path, seed, chance.uniform(0, 0.4))
        # all is whole, and what was said to be done is there
        file = open_file(path).experiment.seed
        assert file >= max(done.get("saved", [0]))
        unsaved = [open_file(copy).experiment.seed for copy in state_folder().glob("[!.]*.json")]
        seed = max([file, *unsaved])
        assert seed >= max(done.get("unsaved", [0]))
        functions |= {f"f{number % 20}": number for number in done.get("function", [])}
        kept = {f.name: int(f.text.partition("*")[0]) for f in OwnFunctions(Settings().functions_path).functions}
        assert all(kept[name] >= number for name, number in functions.items())
        tables |= set(done.get("table", []))
        settings = Settings()
        settings._store.sync()
        assert all(settings.knows_table(f"/{number}") for number in tables)
        # of what a killed program was about to write no more is left than of one
        litter = [name for folder in folders(path, settings) for name in os.listdir(folder) if name not in KNOWN]
        litter = [name for name in litter if not name.startswith(("window-", "left-"))]
        assert len(litter) <= 2, litter
        hit += bool(litter)
    return hit


KNOWN = ("race.json", "functions.json", "functions.lock", "gdsim.ini", "gdsim.lock", "gdsim.ini.lock")


def folders(path, settings):
    found = path.parent, settings.functions_path.parent, state_folder()
    return [folder for folder in found if folder.is_dir()]


@pytest.mark.parametrize(("program", "kills"), [("parts", 3), ("window", 1)])
def test_killed_at_a_few_moments(homes, app, program, kills):
    kill_often(program, kills, homes, random.Random(7))
    # what is left does not pile up: the copy of the last one, and none that was offered before
    assert len(list(state_folder().glob("[!.]*.json"))) <= 2


@pytest.mark.kills
@pytest.mark.parametrize(("program", "kills"), [("parts", 120), ("window", 80)])
def test_killed_at_200_moments(homes, app, program, kills):
    hit = kill_often(program, kills, homes, random.Random(11))
    assert hit > kills / 20, "hardly a save was hit: the moments were badly chosen"
    assert len(list(state_folder().glob("[!.]*.json"))) <= 2


def test_what_was_left_before_is_not_written_over_by_what_was_left_later(homes, app):
    from gdsim.desktop.state.document import DocumentFile
    from gdsim.desktop.state.store import Store

    def end(steps):
        document = DocumentFile(Store(gdsim.Experiment()))
        document.store.change(steps=steps)
        document.close(keep=True)  # nobody answered whether to restore

    for steps in (11, 12, 13):
        end(steps)
    found = []
    for _ in range(3):
        document = DocumentFile(Store(gdsim.Experiment()))
        found.append(document.recovered().experiment.steps)
        document.forget_left()
        document.close()
    assert found == [11, 12, 13]
    assert not list(Path(state_folder()).glob("*.json"))
