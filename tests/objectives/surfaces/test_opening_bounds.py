"""The box in which a typed function opens: where it shows something, and the same wherever it is typed."""

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.objectives.surfaces.function import own_box, shows_as_much
from gdsim.objectives.surfaces.lookup import DEFAULT_BOUNDS
from gdsim.simulation.experiment import Experiment

BOXES = {
    # the wells, of which −5 … 5 shows nothing
    "x^4 - 3x^2 + x": [(-2, 2)],
    "x^4 - 3x^2 + x + y^2": [(-2, 2), (-2, 2)],
    "x^4 - 200x^2": [(-20, 20)],
    # as many waves as a picture shows
    "sin(100x)": [(-0.5, 0.5)],
    "sin(100x)*cos(100y)": [(-0.2, 0.2), (-0.2, 0.2)],
    "sin(0.01x)": [(-500, 500)],
    # on one side of 0 only, or far from it
    "x*log(x)": [(0, 2)],
    "log(x) + sqrt(y)": [(0, 5), (0, 5)],
    "log(-x) + y^2": [(-5, 0), (-5, 5)],
    "log(x - 3)": [(0, 10)],
    "(x - 300)^2 + (y + 40)^2": [(-500, 500), (-500, 500)],
    "x*log(x) + (y - 20)^2": [(0, 5), (-50, 50)],
    "sqrt(1 - x^2 - y^2)": [(-1, 1), (-1, 1)],
    "asin(x)": [(-1, 1)],
    # a wall, or a needle, and nothing else
    "e^(x^2)": [(-2, 2)],
    "exp(-100x^2)": [(-1, 1)],
}
AS_EVER = (
    "x^2 + y^2",
    "x^2",
    "a*x^2 + b*y^2",
    "x + y",
    "x*y",
    "x^2 - y^2",
    "x^3",
    "e^x",
    "1/x",
    "1/(x*y)",
    "tan(x)",
    "x^20",
    "sin(x)",
    "sin(x)*cos(y)",
    "x^2/1000 + y^2/1000",
    "x^2/1000 + cos(x)",
    "abs(x) + abs(y)",
    "sign(x)",
    "0*x + 0*y + 2",
    "log(-1 - x^2)",
    "sqrt(x - y)",
    "log(x*y)",
    "1/(1 + x^2)",
    "100*(y - x^2)^2 + (1 - x)^2",
)


@pytest.mark.parametrize("text", BOXES)
def test_where_a_formula_shows_something(text):
    assert own_box(text) == tuple(BOXES[text])
    assert gdsim.function(text).bounds.tolist() == [list(pair) for pair in BOXES[text]]


@pytest.mark.parametrize("text", [*AS_EVER, *(FUNCTIONS[key].text for key in ("himmelblau", "rastrigin", "ackley"))])
def test_what_shows_something_as_ever_stays_there(text):
    assert set(own_box(text)) == {DEFAULT_BOUNDS}


def test_the_box_is_that_of_the_text_whatever_its_parameters_are():
    assert gdsim.function("(x - a)^2", a=3000).bounds.tolist() == [[-5, 5]]
    told = objective_for("x^4 - 3x^2 + x", bounds=((-1, 3),))
    assert told.bounds.tolist() == [[-1, 3]]
    assert told.within(((0, 1),)).bounds.tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("sum(x_i^2, i, 1, 10)", (-5, 5)),
        ("sum(log(x_i) - x_i, i, 1, 5)", (0, 5)),
        ("sum((x_i - 300)^2, i, 1, 4)", (-500, 500)),
        ("sum(x_i^4 - 3x_i^2, i, 1, 20)", (-2, 2)),
        ("x1*x2*x3", (-5, 5)),
    ],
)
def test_of_many_variables_all_have_the_same_box(text, box):
    assert set(own_box(text)) == {box}


def test_another_box_shows_as_much_or_it_does_not():
    assert shows_as_much("x^2 + y^2", ((-3, 4), (-2, 3)))
    assert not shows_as_much("x^4 - 3x^2 + x", ((-5, 5),))
    assert not shows_as_much("(x - 300)^2 + y^2", ((-5, 5), (-5, 5)))


@pytest.mark.parametrize("text", [*BOXES, *AS_EVER])
def test_the_start_is_within_and_on_a_slope_where_there_is_one(text):
    function = gdsim.function(text)
    start = np.array(function.start)
    low, high = function.bounds.T
    assert (low <= start).all()
    assert (start <= high).all()
    if text not in ("sign(x)", "0*x + 0*y + 2", "log(-1 - x^2)"):
        assert np.isfinite(function.value(start))
        assert np.any(function.gradient(start) != 0)


def test_a_slope_is_found_where_it_is_rare():
    x, y = gdsim.function("relu(0.1 - (x - 1)^2 - (y - 2.3)^2)").start
    assert (x - 1) ** 2 + (y - 2.3) ** 2 < 0.1
    (x,) = gdsim.function("log(0.04 - (x - 3.7)^2)", bounds=((-5, 5),)).start
    assert abs(x - 3.7) < 0.2


def test_the_same_in_an_experiment_and_a_race():
    assert Experiment("x^4 - 3x^2 + x").objective.bounds.tolist() == [[-2, 2]]
    race = gdsim.descend("(x - 300)^2 + (y + 40)^2", "gd", restarts=40)
    assert np.abs(race.positions[0]).max() > 100
    assert race.objective.bounds.tolist() == [[-500, 500]] * 2


@many_examples(25)
@given(scale=st.sampled_from([0.01, 0.1, 1, 10, 100, 1000]), steep=st.sampled_from([1e-6, 1, 1e6]))
def test_a_double_well_of_any_size_is_seen(scale, steep):
    ((low, high),) = own_box(f"{steep!r}*((x/{scale!r})^4 - 3(x/{scale!r})^2)".replace("1e-06", "0.000001"))
    wells = scale * np.sqrt(1.5)
    assert low < -wells
    assert wells < high <= 4.2 * wells
