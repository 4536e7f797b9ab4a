"""The error of numerical gradients against h and along a path."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives import CentralDifference, ForwardDifference
from gdsim.objectives.gradient_errors import errors_at, valley

HS = np.array([1e-12, 1e-8, 1e-4, 1e-2, 1.0])


@pytest.mark.parametrize("key", ["himmelblau", "rosenbrock", "sine_hill"])
def test_the_valley_is_that_of_the_modes(key):
    objective = gdsim.FUNCTIONS[key]
    point = np.full(objective.dimension, 0.7)
    found = valley(objective, point, HS)
    for mode, errors in ((CentralDifference, found.central), (ForwardDifference, found.forward)):
        expected = [errors_at(objective, mode(h), point[:, None])[0] for h in HS]
        np.testing.assert_array_equal(errors, expected)
    # truncation on one side, rounding on the other
    assert found.central[2] < 1e-4 * found.central[4]
    assert found.central[2] < 1e-2 * found.central[0]
    assert found.central[2] < found.forward[2]


def test_undefined_is_not_a_number():
    objective = gdsim.FUNCTIONS["himmelblau"]
    found = valley(objective, np.array([np.nan, 1.0]), HS)
    assert np.isnan(found.central).all()
    assert np.isnan(found.forward).all()
    assert np.isnan(errors_at(objective, CentralDifference(), np.array([[1e200], [1.0]]))).all()
