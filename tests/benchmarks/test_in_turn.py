"""Comparison of this build and another one, run in turn: medians of both, and the median of the ratios. Judges nothing.

    git worktree add ../before COMMIT
    GDSIM_OTHER=../before pytest -n 0 -m benchmark tests/benchmarks/test_in_turn.py -s

Each program is run by its own scripts, where it has them. `GDSIM_ROUNDS` says how often (7). Times by
the clock are worth something on a machine that does nothing else; those of the processor, and ratios, are on others.
"""

import os
import time
from pathlib import Path
from statistics import median

import pytest
from test_window_speed import ROOT, script

pytestmark = pytest.mark.benchmark

ROUNDS = int(os.environ.get("GDSIM_ROUNDS", "7"))
SCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(scope="module")
def other():
    """The folder of the other build."""
    folder = os.environ.get("GDSIM_OTHER")
    if not folder:
        pytest.skip("GDSIM_OTHER names no folder")
    assert (Path(folder) / "gdsim").is_dir()
    return Path(folder).resolve()


def in_turn(other, name, *what, stamped=False):
    """Run a script of this folder for both builds in turn, and tell of some of the numbers that it prints."""
    found = {key: ([], []) for key in what}
    for round_ in range(ROUNDS):
        for which in (0, 1) if round_ % 2 else (1, 0):
            root = (other, ROOT)[which]
            numbers = script(name, *([time.time()] if stamped else []), root=root, **SCREEN)
            for key in what:
                found[key][which].append(numbers[key])
    for key, (theirs, ours) in found.items():
        ratio = median(o / t for t, o in zip(theirs, ours, strict=True))
        print(f"\n{name}, {key}: {median(theirs):.4g} there, {median(ours):.4g} here: {ratio:.2f} times", end="")
        print(f" ({ROUNDS} rounds)", end="")


def test_drag_event(other):
    """Milliseconds from the move of the mouse to the repainted window; by the clock, and of the processor."""
    in_turn(other, "window_drag.py", "median", "cpu")


def test_walk(other):
    """Calls in the window's thread, and files they are in, of one tick of η and one move of the start."""
    in_turn(other, "window_walk.py", "tick_calls", "tick_files", "move_calls", "move_files")


def test_races(other):
    """Milliseconds of a race that is dragged, and of one with restarts."""
    in_turn(other, "race_times.py", "drag", "restarts")


def test_frame(other):
    """Milliseconds of a step of the player, and of a whole race drawn anew."""
    in_turn(other, "window_frames.py", "median", "anew")


def test_start(other):
    """Seconds until the window is mapped, and until paths move."""
    in_turn(other, "start_window.py", "mapped", "moving", stamped=True)
