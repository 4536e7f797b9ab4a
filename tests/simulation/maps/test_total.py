"""The box in which a function is said to be a number: never claimed wrongly."""

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.simulation.maps.runs.total import total_radius

TEXTS = (
    "x^2 + y^2",
    "x^2 + y^2/(1 + x^2)",
    "log(1 + x^2 + y^2)",
    "sqrt(x^2 + y^2)",
    "exp(-x^2 - y^2)",
    "exp(x) + y^2",
    "|x| + |y|",
    "a*x^2 + y^2",
    "max(x, y)^2",
    "tanh(x) + y^2",
    "exp(10*x) - y",
    "x^9*y",
    "1e200*x^2 + y",
    "cbrt(x) + y^2",
)


@pytest.mark.parametrize("objective", [*FUNCTIONS.values(), *map(objective_for, TEXTS)], ids=str)
@many_examples(40)
@given(st.data())
def test_it_is_a_number_everywhere_within(objective, data):
    radius = total_radius(objective)
    shares = data.draw(st.lists(st.floats(-1, 1), min_size=objective.dimension, max_size=objective.dimension))
    points = radius * np.array(shares)[:, None]
    corners = radius * np.array(np.meshgrid(*[[-1, 0, 1]] * objective.dimension)).reshape(objective.dimension, -1)
    assert np.isfinite(objective.value(np.concatenate([points, corners], axis=1))).all() or radius == 0


@pytest.mark.parametrize("text", ["log(x) + y", "1/x + y", "sqrt(x) + y", "x^0.5 + y", "1/(x^2 - 1) + y", "tan(x)*y"])
def test_nothing_is_claimed_of_what_is_undefined_somewhere(text):
    assert total_radius(objective_for(text)) == 0


def test_wide_boxes_are_found_for_what_people_look_at():
    for key in ("himmelblau", "rosenbrock", "rastrigin", "ackley", "beale", "easom"):
        objective = FUNCTIONS[key]
        assert total_radius(objective) > 1e6 * np.abs(objective.bounds).max()


@pytest.mark.parametrize(
    ("text", "least"), [("x^2 + 3*x*y + 10*y^2", 1e148), ("10*x^4 + y^2", 1e74), ("exp(x) + y^2", 500)]
)
def test_boxes_are_hardly_narrower_than_they_may_be(text, least):
    assert total_radius(objective_for(text)) > least
