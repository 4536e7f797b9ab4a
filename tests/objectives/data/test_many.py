import numpy as np
import pytest
from differences import by_differences

import gdsim
from gdsim.errors import GdsimError
from gdsim.objectives.data import MANY, many


@pytest.mark.parametrize("key", MANY)
@pytest.mark.parametrize("dimension", [2, 3, 100])
def test_derivatives_and_minima(key, dimension):
    objective = many(key, dimension)
    low, high = objective.bounds[0]
    at = np.random.default_rng(0).uniform(low, high, (dimension, 3))
    found = objective.gradient(at)
    assert np.abs(found - by_differences(objective, at)).max() <= 1e-9 * max(1e3, np.abs(found).max())
    for known in objective.minima:
        place = np.array(known.position)
        assert np.abs(objective.gradient(place)).max() < 1e-10
        near = place[:, None] + np.random.default_rng(1).normal(0, 1e-3, (dimension, 20))
        assert (objective.value(near) > known.value).all()
    assert (objective.value(at) > objective.minima[0].value).all()
    assert np.isfinite(objective.gradient(np.array(objective.start))).all()
    objective.value(np.full(dimension, 1e300))


@pytest.mark.parametrize("key", ["rosenbrock", "rastrigin", "ackley", "styblinski_tang", "griewank"])
def test_two_variables_are_those_of_the_catalogue(key):
    known = gdsim.FUNCTIONS.get(key) or gdsim.FUNCTIONS[key.replace("_", "-")]
    at = np.random.default_rng(0).uniform(-2, 2, (2, 9))
    ours = many(key, 2)
    np.testing.assert_allclose(ours.gradient(at), known.gradient(at), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.value(at), known.value(at), rtol=1e-9, atol=1e-9)


def test_hessian_and_second_minimum():
    objective = many("rosenbrock", 5)
    at = np.random.default_rng(0).uniform(-2, 2, (5, 2))
    moved = np.zeros((5, 1))
    for i in range(5):
        moved[:] = 0
        moved[i] = 1e-5
        differences = (objective.gradient(at + moved) - objective.gradient(at - moved)) / 2e-5
        np.testing.assert_allclose(objective.hessian(at)[i], differences, atol=1e-5)
    assert [known.is_global for known in objective.minima] == [True, False]
    race = gdsim.descend(objective, "adam", steps=20, restarts=1)
    assert race.positions.shape == (21, 1, 5, 2)


def test_bad_dimensions():
    for key, dimension in (("ackley", 101), ("ackley", 0), ("rosenbrock", 1), ("ackly", 2)):
        with pytest.raises(GdsimError):
            many(key, dimension)
