"""Times from the drag of a data point to the surface that follows it. Prints figures, judges nothing."""

import pytest
from test_window_speed import script

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("kind", ["linear", "logistic", "logistic_one"])
def test_surface_follows_a_point(kind):
    """The race that the window opens with, 1440×900, on the offscreen platform, while the race is going on."""
    found = script("window_data_drag.py", kind, QT_QPA_PLATFORM="offscreen")
    print(f"\ndragged point, {kind}: {found['median']:.1f} ms (aim 33), 95 of 100 within {found['p95']:.1f}, ", end="")
    print(f"slowest of {found['count']}: {found['most']:.1f} ms; longest pause of the window {found['pause']:.1f} ms")


@pytest.mark.parametrize("hidden", [(8,), (16, 16)])
def test_pauses_with_a_network(hidden):
    """8 optimizers × 8 runs × 400 steps on mini-batches: how long the window does not answer, at most."""
    found = script("window_network_drag.py", *hidden, QT_QPA_PLATFORM="offscreen")
    print(f"\nlongest pauses with {found['weights']} weights (aim 33): playing {found['playing']:.1f} ms, ", end="")
    print(f"start dragged {found['dragging']:.1f} ms, let go {found['let_go']:.1f} ms")
