"""Recurrences that samples follow, and their largest roots."""

import numpy as np
import pytest

from gdsim.simulation.maps.recurrence import largest_root

T = np.arange(18.0)[:, None]


def root(*samples, most=4):
    with np.errstate(all="ignore"):
        return largest_root(np.stack(samples, axis=1)[..., None] * np.ones(2), most)


@pytest.mark.parametrize(
    ("expected", "samples"),
    [
        (0.5, 0.5**T),
        (0.9, 0.9**T - 3 * 0.2**T),
        (0.7, (1 + 5 * T) * 0.7**T),
        (0.8, 0.8**T * np.cos(0.3 * T + 0.2)),
        (0.8, 0.8**T * np.cos(1e-3 * T)),
        (0.6, (2 + T) * 0.6**T + (1 - 3 * T) * (-0.6) ** T),
        (1.1, 1e-9 * (0.3**T + 1.1**T)),
        (1e-4, 1e-4**T),
    ],
)
def test_the_largest_root_of_what_is_known(expected, samples):
    np.testing.assert_allclose(root(samples[:, 0]), expected, rtol=1e-6)


def test_coordinates_may_follow_different_roots():
    np.testing.assert_allclose(root((1 + T[:, 0]) * 0.6 ** T[:, 0], (3 - T[:, 0]) * (-0.6) ** T[:, 0]), 0.6, rtol=1e-6)
    np.testing.assert_allclose(root(0.4 ** T[:, 0], 0.7 ** T[:, 0]), 0.7, rtol=1e-9)


def test_noise_and_nothing_follow_no_recurrence():
    rng = np.random.default_rng(0)
    assert np.isnan(root(rng.normal(size=18), rng.normal(size=18))).all()
    assert np.isnan(root(np.zeros(18))).all()
    assert np.isnan(root(np.full(18, np.inf))).all()
    assert np.isnan(root(1 / (1 + T[:, 0]), most=2)).all()
