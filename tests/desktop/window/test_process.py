"""The window and its pictures in processes of their own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from driving import count_in
from PySide6.QtGui import QImage

from gdsim.desktop.look.style import LIGHT, optimizer_color

ROOT = Path(__file__).parents[3]


def environment(**changes):
    """The environment without a screen."""
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in dropped} | changes


def told(err):
    """Text on stderr but for what Qt's offscreen platform says of itself."""
    return err.replace("This plugin does not support propagateSizeHints()\n", "")


def catches(process, number):
    """Tell whether a process has a handler for a signal."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    mask = next(line.split()[1] for line in lines if line.startswith("SigCgt"))
    return bool(int(mask, 16) >> (number - 1) & 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("settled", [False, True], ids=["at once", "later"])
def test_a_signal_closes_the_window(number, settled):
    process = subprocess.Popen(
        [sys.executable, "-m", "gdsim"],
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # nobody but the window listens to SIGTERM
        until = time.monotonic() + 30
        while not catches(process, signal.SIGTERM) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        if settled:
            time.sleep(0.5)
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, out, told(err)) == (0, "", "")


PICTURE = """
import sys, gdsim
from gdsim.desktop.picture import save_picture
race = gdsim.descend("himmelblau", [gdsim.Adam(learning_rate=0.1), gdsim.Momentum(learning_rate=0.005, momentum=0.9)],
                     restarts=6, seed=1, steps=200)
save_picture(race, sys.argv[1])
"""


def test_a_picture_without_screen_and_fonts(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{tmp_path / 'none'}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    (tmp_path / "none").mkdir()
    path = tmp_path / "race.png"
    done = subprocess.run(
        [sys.executable, "-c", PICTURE, path],
        cwd=ROOT,
        env=environment(FONTCONFIG_FILE=str(tmp_path / "fonts.conf")),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes().startswith(b"\x89PNG")
    image = QImage(str(path))
    assert image.width() >= 800
    assert image.height() >= 600
    for key in ("adam", "momentum"):
        assert count_in(image, optimizer_color(key, LIGHT)) > 300
    # other rules, that are not in the race, leave no trace
    assert count_in(image, optimizer_color("rmsprop", LIGHT)) < 20
    # the heading is set in letters, not in the empty boxes of a machine without fonts: they leave little white out
    assert letters(image) > 4


def letters(image):
    """Count the different columns of pixels of the heading."""
    columns = {tuple(image.pixelColor(x, y).lightness() > 128 for y in range(8, 44)) for x in range(16, 300)}
    return len(columns)


def test_the_window_opens_without_fonts(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><cachedir>{tmp_path / "cache"}</cachedir></fontconfig>'
    )
    code = (
        "from PySide6.QtCore import QTimer\n"
        "from gdsim.desktop.app import make_application, run_window\n"
        "app = make_application()\n"
        "QTimer.singleShot(600, app.closeAllWindows)\n"
        "raise SystemExit(run_window())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(FONTCONFIG_FILE=str(tmp_path / "fonts.conf"), QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, told(done.stderr)) == (0, "", "")
