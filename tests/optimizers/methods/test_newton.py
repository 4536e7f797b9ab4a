"""Newton and damped Newton, and what every method must be able to do."""

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim.optimizers import METHODS
from gdsim.optimizers.methods import DampedNewton, Newton, TrustRegion
from gdsim.optimizers.methods.damped_newton import curved_up

KEYS = [method.key for method in METHODS]
#: Steps that they take at most from (−1.5, 2) to the minimum of Rosenbrock's function.
SLOW = {"line_search_exact": 20000, "backtracking": 20000, "wolfe": 20000, "coordinate_descent": 20000}


@many_examples(60)
@given(st.floats(0.1, 50), st.floats(0.1, 50), st.floats(-0.9, 0.9), st.floats(-5, 5), st.floats(-5, 5))
def test_newton_lands_on_the_minimum_of_a_quadratic_in_one_step(a, b, share, x, y):
    c = 2 * share * float(np.sqrt(a * b))
    race = gdsim.descend(
        "a*(x - 1)^2 + b*(y + 2)^2 + c*(x - 1)*(y + 2)", Newton(), (x, y), parameters={"a": a, "b": b, "c": c}, steps=5
    )
    np.testing.assert_allclose(race.positions[1, 0, :, 0], [1, -2], atol=1e-10)
    assert race.evaluations.hessians[1, 0, 0] <= 1


@pytest.mark.parametrize("key", KEYS)
def test_all_reach_the_minimum_of_rosenbrock(key):
    race = gdsim.descend("rosenbrock", key, (-1.5, 2), steps=SLOW.get(key, 500))
    assert race.outcome(0, 0).arrived
    np.testing.assert_allclose(race.positions[-1, 0, :, 0], [1, 1], atol=1e-6)
    assert race.reached.best[0, 0]


def test_newton_goes_to_a_saddle_and_the_others_do_not():
    def ends(method):
        race = gdsim.descend("x^2 - y^2 + y^4/4", method, (1, 0.3), steps=200)
        return str(race.outcome(0, 0))

    assert "saddle" in ends(Newton())
    assert "minimum" in ends(DampedNewton())
    assert "minimum" in ends(TrustRegion())


def test_a_singular_hessian_has_the_shortest_step():
    race = gdsim.descend("(x + y - 1)^2", Newton(), (0, 0), steps=3)
    np.testing.assert_allclose(race.positions[1, 0, :, 0], [0.5, 0.5])


@many_examples(50)
@given(st.lists(st.floats(-100, 100), min_size=9, max_size=9), st.floats(1e-6, 1))
def test_a_shifted_hessian_curves_up(numbers, shift):
    matrix = np.reshape(numbers, (3, 3))
    assert np.linalg.eigvalsh(curved_up(matrix + matrix.T, shift))[0] > 0
