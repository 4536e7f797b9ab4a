"""Times of eight landscapes that play side by side. Prints figures, judges nothing."""

import pytest
from test_window_speed import script

pytestmark = pytest.mark.benchmark


def test_side_by_side():
    """8 panels with 8 runs × 500 steps each, every step painted on the offscreen platform."""
    found = script("window_beside.py", QT_QPA_PLATFORM="offscreen")
    print(f"\nside by side, {found['panels']} × 8 × 500: {found['rate']:.0f} frames a second (aim 30)")
