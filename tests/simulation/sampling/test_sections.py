"""Cuts through a surface, tangents, and the slope in any direction."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives import objective_for
from gdsim.simulation.sampling.sections import angle_of, directional, fitted, sections, tangent


@pytest.mark.parametrize("key", ["himmelblau", "rosenbrock", "ackley"])
def test_the_slope_of_a_cut_is_the_partial_derivative(key):
    function = gdsim.FUNCTIONS[key]
    point = np.array([0.7, -1.3])
    cuts = sections(function, point, function.bounds, 401)
    for i, cut in enumerate(cuts):
        assert cut.slope == function.gradient(point)[i]
        places = np.broadcast_to(point[:, None], (2, 401)).copy()
        places[i] = cut.places
        np.testing.assert_array_equal(cut.heights, function.value(places))
        step = 1e-5
        near = [cut.here - step, cut.here + step]
        through = np.repeat(point[:, None], 2, axis=1)
        through[i] = near
        below, above = function.value(through)
        x, y = tangent(cut, np.ptp(fitted(cut)))
        assert np.diff(y)[0] / np.diff(x)[0] == pytest.approx((above - below) / (2 * step), rel=1e-5)
        assert np.interp(cut.here, x, y) == pytest.approx(cut.height)
        low, high = fitted(cut)
        assert low < np.nanmin(cut.heights) < cut.height < high


def test_poles_and_what_is_undefined():
    cut, other = sections(objective_for("1/x + log(y)"), np.array([0.5, 2.0]), [(-1.0, 1.0), (-5.0, 5.0)], 201)
    low, high = fitted(cut)
    assert high - low < 100
    assert low < 2 + np.log(2) < high
    assert np.isnan(other.heights[:100]).all()
    assert np.isfinite(fitted(other)).all()
    lost = sections(objective_for("log(x) + y"), np.array([-1.0, 0.0]), [(-2.0, -1.0), (0.0, 1.0)])
    assert [fitted(cut) for cut in lost] == [(-1.0, 1.0), (-1.0, 1.0)]


def test_the_directional_derivative_is_largest_along_the_gradient_and_zero_along_the_level_line():
    gradient = np.array([-3.0, 4.0])
    angle = angle_of(gradient)
    assert directional(gradient, angle) == pytest.approx(5)
    assert directional(gradient, angle + 180) == pytest.approx(-5)
    assert abs(directional(gradient, angle + 90)) < 1e-12
    assert (directional(gradient, np.arange(360.0)) <= 5).all()
    assert directional(gradient, 0.0) == -3
    assert directional(gradient, 90.0) == pytest.approx(4)
