"""Times of the window: one frame, one drag event, the start of the program. Prints figures, judges nothing.

Run with ``pytest -m benchmark tests/benchmarks -s``. Frames and drags run on Qt's offscreen platform in a process of
their own; starts run wherever windows open here, in turn with a bare window that holds one plot.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pytest

pytestmark = pytest.mark.benchmark

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROUNDS = 7


def script(name, *arguments, root=ROOT, **changes):
    """Return what a script prints last, as JSON, run with the program that is in a folder.

    It is the script of that folder, if it has one of the name: it knows the names within that program. Nothing is
    remembered from other times: a layout in which more views are open takes longer to start. Bytecode is kept, as
    where the program is installed: that of Qt and pyqtgraph is there in any case.
    """
    own = root / "tests" / "benchmarks" / name
    path = own if own.exists() else HERE / name
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as settings:
        done = subprocess.run(
            [sys.executable, path, *map(str, arguments)],
            cwd=root,
            env=inherited | {"PYTHONPATH": str(root), "XDG_CONFIG_HOME": settings} | changes,
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_frame():
    """8 optimizers × 8 runs × 1000 steps shown: CPU time of one step of the player, painted."""
    found = script("window_frames.py", QT_QPA_PLATFORM="offscreen")
    print(f"\nframe, 8 × 8 × 1000: {found['median']:.1f} ms of CPU (aim 16.7), slowest {found['most']:.1f} ms;")
    print(f"  whole race drawn anew: {found['anew']:.1f} ms")


def test_drag_event():
    """8 optimizers × 500 steps: from the move of the mouse to the repainted window."""
    found = script("window_drag.py", QT_QPA_PLATFORM="offscreen")
    print(f"\ndrag event, 8 × 1 × 500: {found['median']:.1f} ms (aim 33), slowest of {found['count']}: ", end="")
    print(f"{found['most']:.1f} ms; {found['cpu']:.1f} ms of CPU")


def test_typing():
    """A formula typed key by key: how long a key holds the window up while the worker works formulas out."""
    found = script("window_typing.py", QT_QPA_PLATFORM="offscreen")
    print(f"\nkey in the formula: {found['median']:.1f} ms, slowest {found['most']:.1f} ms (aim 16.7), ", end="")
    print(f"{found['own']:.1f} ms of them its own; numbers of the formulas view: {found['numbers']:.2f} ms a frame")


@pytest.mark.parametrize("stood", [0, 3])
def test_typed_to_surface(stood):
    """The last key of a formula to its surface, in a window that has just been opened, and in one that has stood."""
    found = script("window_typed.py", stood, QT_QPA_PLATFORM="offscreen")
    print(
        f"\nlast key to surface: {found['median']:.0f} ms (aim 60), first {found['first']:.0f} ms (aim 250); ", end=""
    )
    print(f"of the processor {found['median_cpu']:.0f} and {found['first_cpu']:.0f} ms")


@pytest.mark.parametrize("platform", ["offscreen", "here"])
def test_start(platform):
    """Process start to mapped window, and to the first frame with surface and moving paths, beside a bare plot."""
    changes = {"QT_QPA_PLATFORM": "offscreen"} if platform == "offscreen" else {}
    times = {"bare": [], "mapped": [], "moving": []}
    for round_ in range(ROUNDS + 1):
        bare = script("start_bare.py", time.time(), **changes)
        ours = script("start_window.py", time.time(), **changes)
        if round_:  # the first of each fills the disk's cache
            times["bare"].append(bare["mapped"])
            times["mapped"].append(ours["mapped"])
            times["moving"].append(ours["moving"])
    middle = {name: median(values) for name, values in times.items()}
    ratios = {name: median(v / b for v, b in zip(times[name], times["bare"], strict=True)) for name in times}
    print(f"\nstart ({platform}): bare plot mapped after {middle['bare']:.2f} s; gdsim mapped after ", end="")
    print(f"{middle['mapped']:.2f} s: {ratios['mapped']:.2f} times (aim 1.4); paths move after ", end="")
    print(f"{middle['moving']:.2f} s: {ratios['moving']:.2f} times (aim 1.7)")


def test_another_look():
    """Every dock open: CPU time of the window's thread until another theme, or another size of the text, is painted."""
    found = script("window_theme.py", QT_QPA_PLATFORM="offscreen")
    print(f"\nanother theme: {found['theme']:.0f} ms of CPU (aim 150), slowest {found['slowest']:.0f} ms; ", end="")
    print(f"another size of the text: {found['size']:.0f} ms, slowest {found['most']:.0f} ms")
