"""Basin maps: which minimum every start leads to."""

import numpy as np
import pytest

import gdsim
from gdsim import GdsimError, GradientDescent, Minimum, Momentum, descend
from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.simulation.maps.basins import Grid, basins
from gdsim.simulation.maps.minima_found import minima_at
from gdsim.simulation.maps.pixel_kinds import OTHERS


def test_shapes_axes_and_order():
    found = gdsim.basin_map("himmelblau", GradientDescent(learning_rate=0.01), size=16, steps=200)
    assert found.end.shape == (2, 16, 16)
    assert found.steps.shape == found.outcome.shape == found.minimum.shape == (16, 16)
    low, high = FUNCTIONS["himmelblau"].bounds[0]
    assert found.grid.x[0] == pytest.approx(low + (high - low) / 32)
    assert (np.diff(found.grid.x) > 0).all()
    assert (np.diff(found.grid.y) > 0).all()


def test_every_pixel_is_the_race_from_there():
    found = gdsim.basin_map("himmelblau", Momentum(learning_rate=0.02, momentum=0.9), size=9, steps=300)
    for row, y in enumerate(found.grid.y):
        for column, x in enumerate(found.grid.x):
            single = descend("himmelblau", Momentum(learning_rate=0.02, momentum=0.9), (x, y), steps=300)
            outcome = single.outcomes[0][0]
            assert found.outcome[row, column] == outcome.kind
            assert found.steps[row, column] == single.ended[0, 0]
            assert found.end[:, row, column].tolist() == single.positions[-1, 0, :, 0].tolist()
            assert found.minimum[row, column] == single.reached.at[0, 0]


def test_shares_are_all_pixels():
    found = gdsim.basin_map("himmelblau", GradientDescent(learning_rate=0.03), size=32, steps=100)
    assert found.shares.sum() + sum(found.other_shares.values()) == pytest.approx(1)
    assert found.other_shares["diverged"] > 0
    assert set(found.other_shares) == set(OTHERS)
    assert found.shares[0] == np.mean(found.minimum == 0)


def test_a_function_of_one_variable_has_one_row():
    found = gdsim.basin_map("double_well", GradientDescent(learning_rate=0.01), size=40, steps=500)
    assert found.end.shape == (1, 40)
    assert found.minimum.shape == (40,)
    assert set(found.minimum.tolist()) == {0, 1}


def test_minima_of_a_typed_function_are_found():
    text = "(x^2 - 1)^2 + (y^2 - 4)^2 + 0.3*x"
    found = gdsim.basin_map(text, GradientDescent(learning_rate=0.01), size=24, steps=2000, bounds=((-3, 3), (-3, 3)))
    assert found.known == 0
    assert len(found.minima) == 4
    # 4x³ − 4x + 0.3 = 0, by numpy's roots
    roots = sorted(np.roots([4, 0, -4, 0.3]))
    assert {round(m.position[0], 9) for m in found.minima} == {round(roots[0], 9), round(roots[2], 9)}
    assert {abs(round(m.position[1], 9)) for m in found.minima} == {2.0}
    assert found.shares.sum() == pytest.approx(1)


def test_a_saddle_is_no_minimum():
    found = gdsim.basin_map("x^4/4 - x^2/2 + y^2", GradientDescent(learning_rate=0.1), size=21, steps=3000)
    middle = found.minimum[:, 10]
    assert (middle == -1).all()
    assert found.other_shares["elsewhere"] == pytest.approx(1 / 21)
    assert len(found.minima) == 2


def test_found_minima_lie_beside_known_ones_only():
    objective = objective_for("x^2 + y^2")
    ends = np.zeros((2, 5)) + 1e-8
    (minimum,) = minima_at(objective, ends)
    assert minimum.position == pytest.approx((0, 0), abs=1e-15)
    assert minima_at(objective, ends, [Minimum((0.0, 0.0), 0.0)]) == ()


def test_uphill_maxima_are_told_apart():
    found = gdsim.basin_map(
        "sin(x)*sin(y)",
        GradientDescent(learning_rate=0.3),
        size=20,
        steps=500,
        direction="ascent",
        bounds=((-3, 3), (-3, 3)),
    )
    assert all(place.value == pytest.approx(1) for place in found.minima)
    assert found.shares.sum() > 0.9


def test_in_many_dimensions_the_map_is_of_a_plane():
    found = gdsim.basin_map(
        "rastrigin",
        GradientDescent(learning_rate=0.001),
        (0.1, 0.2, 0.3),
        size=8,
        steps=50,
        options={"dimension": 3},
        plane=("x3", "x1"),
    )
    assert found.end.shape == (3, 8, 8)
    x, y = found.grid.x[2], found.grid.y[5]
    single = descend("rastrigin", GradientDescent(learning_rate=0.001), (y, 0.2, x), steps=50, options={"dimension": 3})
    np.testing.assert_array_equal(found.end[:, 5, 2], single.positions[-1, 0, :, 0])


def test_a_model_has_a_map():
    found = gdsim.basin_map("linear", GradientDescent(learning_rate=0.1), size=6, steps=40)
    assert found.end.shape == (2, 6, 6)


def test_stopping_keeps_what_is_there():
    found = gdsim.basin_map(
        "rastrigin", GradientDescent(learning_rate=0.001), size=200, steps=400, pulse=lambda share: share > 0.3
    )
    assert 0.3 < found.other_shares["cancelled"] < 0.9


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("size must be from 2 to 2048", {"size": 1}),
        ("size must be from 2 to 2048", {"size": 5000}),
        ("size must be a whole number", {"size": 2.5}),
        ("runs of 1,000,000 steps are", {"size": 2048, "steps": 1_000_000}),
        ("plane is for more than two variables", {"plane": ("x", "y")}),
    ],
)
def test_bad_input_is_refused_before_anything_is_computed(words, arguments):
    with pytest.raises(GdsimError, match=words):
        gdsim.basin_map("bowl", GradientDescent(), **arguments)


def test_two_optimizers_are_too_many():
    with pytest.raises(GdsimError, match="optimizer must be one"):
        gdsim.basin_map("bowl", [GradientDescent(), Momentum()])


def test_minima_beside_those_that_were_found_before_are_found():
    experiment = gdsim.Experiment(
        function="(x^2 - 4)^2 + (y^2 - 4)^2", optimizers=(gdsim.Entry("gd"),), steps=300, learning_rate=0.01
    )
    course, lane = experiment.course, experiment.lanes[0]
    run = [course, lane, Grid.of(((-4, 4), (-4, 4)), 12), experiment.steps, experiment.tolerance]
    whole = basins(*run)
    assert len(whole.minima) == 4
    some = basins(*run, found=whole.minima[2:3])
    # those that are known already come first
    assert some.minima[0] == whole.minima[2]
    assert {tuple(np.round(m.position, 6)) for m in some.minima} == {
        tuple(np.round(m.position, 6)) for m in whole.minima
    }
    assert np.array_equal(np.sort(some.shares), np.sort(whole.shares))
