"""Tests of what is kept between starts by several windows at once, on a full disk, and by programs that are killed."""

import errno
import os
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QSettings
from test_process import ROOT, environment

from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions
from gdsim.desktop.state.settings import Preferences, Settings
from gdsim.errors import GdsimError

MANY = 25
#: Keeps functions, recent files and tables as fast as it can, as soon as all have begun.
ADDS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions
from gdsim.desktop.state.settings import Settings
name, many = sys.argv[1], int(sys.argv[2])
app = QCoreApplication([])
settings = Settings()
settings.not_kept = print
own = OwnFunctions(settings.functions_path)
print("begun", flush=True)
sys.stdin.read(1)
for i in range(many):
    own.keep(OwnFunction(f"{name}{i}", f"{i}*x^2"))
    settings.add_table(f"/{name}{i}")
    settings.switches = {**settings.switches, f"{name}{i}": True}
"""


def adding(name, many=MANY):
    process = subprocess.Popen(
        [sys.executable, "-c", ADDS, name, str(many)],
        cwd=ROOT,
        text=True,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline() == "begun\n"
    return process


def test_two_windows_at_once_lose_nothing(homes):
    processes = [adding(name) for name in "ab"]
    for process in processes:
        process.stdin.write("g")
        process.stdin.flush()
    for process in processes:
        assert process.communicate(timeout=120) == ("", "")
    settings, names = Settings(), {f"{name}{i}" for name in "ab" for i in range(MANY)}
    assert {function.name for function in OwnFunctions(settings.functions_path).functions} == names
    assert {path[1:] for path in settings._paths("tables")} == names
    assert settings.switches.keys() == names
    assert sorted(os.listdir(settings.functions_path.parent)) == [
        "functions.json",
        "functions.lock",
        "gdsim.ini",
        "gdsim.lock",
    ]


def elsewhere(name, value):
    """Another process has written a setting."""
    code = (
        "import sys\nfrom PySide6.QtCore import QSettings\n"
        "s = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, 'gdsim', 'gdsim')\n"
        "s.setValue(sys.argv[1], sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", code, name, value], check=True, env=environment())


def test_what_another_window_has_set_meanwhile_stays(homes):
    settings = Settings()
    settings.preferences = Preferences(speed=120)
    settings.shortcuts = {"open": "F2", "save": "F3"}
    elsewhere("preferences/digits", "7")
    elsewhere("shortcuts", '{"open": "F9", "save": "F3", "quit": "F8"}')
    settings.preferences = Preferences(speed=120, steps=99)
    assert settings.preferences == Preferences(speed=120, steps=99, digits=7)
    settings.shortcuts = {"open": "F2", "new": "F4"}  # one is taken away, one is new
    assert settings.shortcuts == {"open": "F9", "quit": "F8", "new": "F4"}


def test_a_lock_goes_with_the_process_that_is_killed(homes):
    process = adding("a", 10_000)
    process.stdin.write("g")
    process.stdin.flush()
    path = Settings().functions_path
    until = time.monotonic() + 60
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    began = time.monotonic()
    own = OwnFunctions(path)
    known = {function.name for function in own.functions}
    own.keep(OwnFunction("mine", "x*y"))
    settings = Settings()
    settings.add_table("/mine")
    assert time.monotonic() - began < 30  # it does not wait for the dead
    assert {function.name for function in OwnFunctions(path).functions} == {*known, "mine"}
    assert settings.knows_table("/mine")
    assert not [name for name in os.listdir(path.parent) if "gdsim.ini." in name or name.startswith(".gdsim-")]


def test_a_full_disk_is_told_once_and_leaves_what_was_kept(lasting, full_disk):
    settings, own = lasting.window.settings, lasting.window.parameters.own_functions
    own.keep(OwnFunction("old", "x^2"))
    settings.preferences = Preferences(digits=5)
    ini = settings.functions_path.with_name("gdsim.ini")
    before = ini.read_bytes()
    with full_disk():
        lasting.action("larger").trigger()
        sentence = f"Cannot write {ini}: settings hold until gdsim is closed."
        assert lasting.message == sentence
        lasting.window.session.say("")
        lasting.action("larger").trigger()
        assert lasting.message == ""
        assert settings.preferences.scale == 1.5  # as long as it runs
        with pytest.raises(GdsimError, match=os.strerror(errno.EFBIG)):
            own.keep(OwnFunction("new", "y^2"))
    assert ini.read_bytes() == before
    assert [function.name for function in own.functions] == ["old"]
    assert [function.name for function in OwnFunctions(settings.functions_path).functions] == ["old"]
    lasting.action("larger").trigger()  # there is room again
    assert QSettings(str(ini), QSettings.Format.IniFormat).value("preferences/scale") == "1.75"
    with full_disk():
        lasting.action("larger").trigger()
        assert lasting.message == sentence


def test_litter_of_killed_programs_is_removed(homes):
    settings = Settings()
    settings.preferences = Preferences(digits=5)
    folder = settings.functions_path.parent
    (folder / "gdsim.ini.AbCdEf").write_text("half")
    settings.add_table("/a")
    assert sorted(os.listdir(folder)) == ["gdsim.ini", "gdsim.lock"]
