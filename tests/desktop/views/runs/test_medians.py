"""Medians over the runs of a race, beside numpy's."""

import numpy as np
import pytest

from gdsim.desktop.views.runs.facts import _medians


@pytest.mark.parametrize("runs", range(1, 10))
def test_they_are_those_of_numpy(runs):
    rng = np.random.default_rng(runs)
    losses = rng.normal(size=(400, runs)) * 10.0 ** rng.integers(-300, 308, size=(400, runs))
    for odd in (np.inf, -np.inf, np.nan):
        losses[rng.random(losses.shape) < 0.1] = odd
    with np.errstate(all="ignore"):
        expected = np.median(losses, axis=1)
    np.testing.assert_array_equal(_medians(losses), expected)
