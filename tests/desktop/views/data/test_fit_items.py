"""Boundaries between classes."""

import numpy as np

from gdsim.desktop.views.data.fit_items import boundary

X = np.linspace(-2, 2, 9)


def field(slope):
    x, y = np.meshgrid(X, X)
    z = slope * (x - 0.3 * y + 0.1)
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def test_a_straight_boundary_is_straight_however_sure_the_model_is():
    for slope in (0.1, 3.0, 10.0):
        x, y = boundary(X, X, field(slope))
        np.testing.assert_allclose(x, 0.3 * y - 0.1, atol=1e-12)
        assert np.ptp(y) == 4


def test_where_it_is_as_sure_as_can_be_the_boundary_lies_between_the_points():
    x, y = boundary(X, X, field(1e5))
    assert np.abs(x - (0.3 * y - 0.1)).max() < 0.5
    x, y = boundary(X, X, (field(1e5) > 0.5).astype(float))  # a step
    assert np.abs(x - (0.3 * y - 0.1)).max() < 0.5


def test_what_is_no_probability_has_a_boundary_all_the_same():
    across, _ = np.meshgrid(X, X)
    x, y = boundary(X, X, 3 * across)
    np.testing.assert_allclose(x, 0.5 / 3)
    assert np.ptp(y) == 4


def test_no_boundary():
    for nowhere in (np.full((9, 9), 0.2), np.full((9, 9), np.nan)):
        assert [len(part) for part in boundary(X, X, nowhere)] == [0, 0]
