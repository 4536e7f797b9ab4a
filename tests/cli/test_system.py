import shutil
import subprocess
import sys

import pytest

from gdsim.cli import main as cli
from gdsim.cli import system

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


@pytest.fixture
def bare(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(system, "_loads", lambda library: True)
    return monkeypatch


def test_no_display_is_a_sentence_and_no_core_dump(bare, capsys):
    bare.setattr(cli, "import_module", lambda name: pytest.fail("Qt was loaded"))
    assert cli.main([]) == 1
    assert capsys.readouterr().err == (
        "gdsim: there is no display to open a window on (DISPLAY is not set); gdsim run needs none\n"
    )


def test_a_display_that_does_not_answer_is_a_sentence(bare):
    bare.setenv("DISPLAY", ":9876")
    assert system.why_no_window() == (
        "the display :9876 does not answer, so no window can be opened; gdsim run needs none"
    )


def test_missing_libraries_are_named(bare):
    bare.setattr(system, "_loads", lambda library: "xcb-c" not in library and "EGL" not in library)
    assert system.why_no_window() == (
        "the window needs libraries that are not installed; "
        "on Debian and Ubuntu: sudo apt install libegl1 libxcb-cursor0"
    )


def test_a_library_is_there_or_not():
    assert system._loads("libc.so.6")
    assert not system._loads("libno-such-thing.so.1")


@pytest.mark.parametrize(("name", "value"), [("WAYLAND_DISPLAY", "wayland-0"), ("QT_QPA_PLATFORM", "offscreen")])
def test_other_platforms_are_left_to_qt(bare, name, value):
    bare.setenv(name, value)
    assert system.why_no_window() is None


if shutil.which("Xvfb"):

    def test_a_display_that_answers_will_do(bare):
        arguments = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                bare.setenv("DISPLAY", f":{server.stdout.readline().strip()}")
                assert system.why_no_window() is None
            finally:
                server.terminate()
