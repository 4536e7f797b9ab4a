"""Functions of one variable, sampled."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives import Objective
from gdsim.simulation.sampling.curve import sample_curve
from gdsim.simulation.sampling.landscape import sample


class Made(Objective):
    """An objective of two Python functions."""

    def __init__(self, value, slope, names=("x",)):
        self._value, self._slope, self.names = value, slope, names
        self.bounds = np.array([[-5.0, 5.0]] * len(names))

    def value(self, points):
        with np.errstate(all="ignore"):
            return self._value(*points)

    def gradient(self, points, out=None):
        with np.errstate(all="ignore"):
            return np.stack([self._slope(x) for x in points])

    def hessian(self, points):
        raise NotImplementedError


@pytest.mark.parametrize(
    ("value", "slope", "jumps", "zeros"),
    [
        (np.floor, np.zeros_like, 9, 0),
        (np.tan, lambda x: 1 / np.cos(x) ** 2, 2, 0),
        (lambda x: np.tanh(1e5 * x), lambda x: 1e5 / np.cosh(1e5 * x) ** 2, 0, 0),
        (np.cos, lambda x: -np.sin(x), 0, 3),
        (lambda x: x**3, lambda x: 3 * x**2, 0, 0),
    ],
)
def test_jumps_split_a_curve_and_steep_pieces_do_not(value, slope, jumps, zeros):
    curve = sample_curve(Made(value, slope), -4.7, 4.7)
    assert np.isnan(curve.y).sum() == jumps
    assert len(curve.extrema) == zeros
    assert np.isfinite(np.array(curve.fit(-4.7, 4.7) + curve.fit_slope(-4.7, 4.7))).all()


def test_extrema_are_found_to_the_last_digits():
    curve = sample_curve(gdsim.FUNCTIONS["double_well"], -2.4, 2.4)
    roots = np.sort(np.roots([4, 0, -8, 1]).real)
    np.testing.assert_allclose(curve.extrema, roots, atol=1e-12)


def test_y_fits_what_is_seen_and_a_pole_has_no_top():
    pole = sample_curve(Made(lambda x: 1 / x, lambda x: -1 / x**2), -5, 5)
    low, high = pole.fit(-5, 5)
    assert -50 < low < -5 < 5 < high < 50
    square = sample_curve(gdsim.FUNCTIONS["square"], -4, 4)
    low, high = square.fit(-2, 2)
    assert -1 < low < 0 < 4 < high < 5
    assert square.fit_slope(1, 2)[0] < 0


def test_where_it_is_undefined():
    curve = sample_curve(Made(np.log, lambda x: 1 / x), -5, 5)
    ((left, right),) = curve.undefined
    assert left < -5 + 0.01
    assert abs(right) < 0.01
    nowhere = sample_curve(Made(lambda x: x * np.nan, lambda x: x * np.nan), -5, 5)
    assert nowhere.fit(-5, 5) == (-1, 1)
    both = Made(lambda x, y: np.log(x) + y, lambda x: 1 / x, ("x", "y"))
    surface = sample(both, (-5, 5, -5, 5), 51)
    assert np.isnan(surface.shades[:, surface.x < 0]).all()
    # what is infinite is defined
    assert (surface.shades[:, surface.x == 0] == 0).all()
    assert np.isfinite(surface.shades[:, surface.x > 0]).all()


@pytest.mark.parametrize("view", [(-1e300, 1e300), (1.0, 1.0 + 1e-13), (-1e-300, 1e-300), (-1e308, 1e308)])
def test_views_without_anything_to_see(view):
    for key in ("square", "cosine", "double_well"):
        curve = sample_curve(gdsim.FUNCTIONS[key], *view)
        assert np.isfinite(np.array(curve.fit(*view) + curve.fit_slope(*view))).all()


def test_a_pole_that_a_sample_hits_is_reached_from_its_own_side_only():
    curve = sample_curve(Made(lambda x: 1 / x, lambda x: -1 / x**2), -5, 5)
    k = int(np.flatnonzero(np.isinf(curve.y))[0])
    assert np.isnan(curve.y[k - 1])
    assert curve.y[k - 2] < 0 < curve.y[k]
    assert curve.y[k + 1] > 0
    even = sample_curve(Made(lambda x: x**-2.0, lambda x: -2 * x**-3.0), -5, 5)
    assert not np.isnan(even.y).any()
