"""Setting maps: every pair of two hyperparameters, and the theory over them."""

import numpy as np
import pytest

import gdsim
from gdsim import Adam, GdsimError, GradientDescent, Momentum, Nesterov, descend
from gdsim.objectives import objective_for
from gdsim.simulation.maps.theory import is_quadratic, theory_of

BOWL = "x^2 + 10*y^2"
ETA, BETA = ("learning_rate", 0.001, 1), ("momentum", 0, 0.99)


def turned(curvatures, angle, shift=(0, 0)):
    """A quadratic with given curvatures along turned axes, and a start with weight in both directions."""
    x, y = (f"(x - {shift[0]!r})", f"(y - {shift[1]!r})") if any(shift) else ("x", "y")
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    (a, b), (_, c) = (turn @ np.diag(curvatures) @ turn.T).tolist()
    return f"({a!r}*{x}^2 + {2 * b!r}*{x}*{y} + {c!r}*{y}^2)/2", tuple((turn @ [1.3, 0.9] + shift).tolist())


def test_every_cell_is_the_race_with_its_setting():
    found = gdsim.setting_map("rosenbrock", Momentum(), ETA, BETA, (-1, 1), size=(7, 5), steps=80, tolerance=1e-3)
    assert found.steps.shape == (1, 5, 7)
    for row, momentum in enumerate(found.y_values):
        for column, rate in enumerate(found.x_values):
            rule = Momentum(learning_rate=float(rate), momentum=float(momentum))
            single = descend("rosenbrock", rule, (-1, 1), steps=80, tolerance=1e-3)
            assert found.outcome[row, column] == single.outcomes[0][0].kind
            assert found.steps[0, row, column] == single.ended[0, 0]
            np.testing.assert_array_equal(found.end[:, 0, row, column], single.positions[-1, 0, :, 0])


def test_restarts_are_those_of_a_race_and_cells_their_medians():
    found = gdsim.setting_map(
        "himmelblau",
        Adam(),
        ("learning_rate", 0.01, 1),
        ("beta2", 0.9, 0.9999),
        size=4,
        steps=60,
        restarts=4,
        seed=3,
        noise=0.5,
    )
    rule = Adam(learning_rate=float(found.x_values[2]), beta2=float(found.y_values[1]))
    single = descend("himmelblau", rule, steps=60, restarts=4, seed=3, noise=0.5)
    np.testing.assert_array_equal(found.end[:, :, 1, 2], single.positions[-1, 0])
    assert found.median_loss[1, 2] == np.median(single.losses[-1, 0])


def test_a_logarithmic_axis_has_its_ends():
    found = gdsim.setting_map(BOWL, Momentum(), ETA, BETA, size=9, steps=10)
    assert found.x_values[[0, -1]].tolist() == [0.001, 1]
    assert found.y_values[[0, -1]].tolist() == [0, 0.99]
    np.testing.assert_allclose(np.diff(np.log(found.x_values)), np.log(1000) / 8)


def assert_near_theory(seed, size, shift):
    rng = np.random.default_rng(seed)
    least = 10 ** rng.uniform(-1, 1)
    curvatures = np.array([1, 10 ** rng.uniform(0.3, 2)]) * least
    text, start = turned(curvatures, rng.uniform(0, 3), shift)
    axis = ("learning_rate", 0.3 / curvatures[1], 4 / curvatures[1])
    found = gdsim.setting_map(text, Momentum(), axis, BETA, start, size=size, steps=500, tolerance=0)
    theory = theory_of(found, np.array(shift))
    assert theory.is_exact
    np.testing.assert_allclose(theory.edge, 2 * (1 + found.y_values) / curvatures[1], rtol=1e-8)
    places = np.log(found.x_values)
    shrinks = found.median_rate < 1
    for row, edge in enumerate(theory.edge):
        last = np.flatnonzero(shrinks[row]).max()
        assert abs(np.interp(np.log(edge), places, np.arange(size)) - last) <= 1 + 1e-9
    row, column = found.best("rate")
    assert abs(np.interp(np.log(theory.best[0]), places, np.arange(size)) - column) <= 2
    assert abs(np.interp(theory.best[1], found.y_values, np.arange(size)) - row) <= 2
    assert found.median_rate[row, column] == pytest.approx(theory.best_rate, rel=0.05, abs=0.02)
    slowest = np.max([_factor(found.x_values, found.y_values[:, None], curve) for curve in curvatures], axis=0)
    measured = found.median_rate[np.isfinite(found.median_rate)]
    assert np.quantile(abs(measured - slowest[np.isfinite(found.median_rate)]), 0.99) < 1e-5


def _factor(rate, momentum, curvature):
    """The larger root of the heavy ball along one direction."""
    half = (1 + momentum - rate * curvature) / 2
    under = half**2 - momentum
    return np.where(under < 0, np.sqrt(momentum), abs(half) + np.sqrt(np.maximum(under, 0)))


@pytest.mark.parametrize("seed", range(8))
def test_edge_of_stability_and_best_pair_of_quadratics(seed):
    assert_near_theory(seed, 64, (0, 0))


@pytest.mark.parametrize(("seed", "size"), [(8, 64), (9, 64), (10, 64), (11, 128), (12, 128), (13, 256)])
def test_edge_and_best_pair_where_rounding_hides_the_end(seed, size):
    # near (1.3, −2.1) no gradient is shorter than its rounding: the fast runs are measured before that
    assert_near_theory(seed, size, (1.3, -2.1))


@pytest.mark.parametrize(("seed", "size"), [(14, 128), (15, 128), (16, 256)])
def test_edge_and_best_pair_on_fine_maps(seed, size):
    assert_near_theory(seed, size, (0, 0))


def test_the_rate_of_a_run_that_is_at_the_minimum_at_once_is_small():
    # β 0 and η = 1/λ: one step
    found = gdsim.setting_map(
        "(x - 3)^2 + (y + 1.7)^2",
        Momentum(),
        ("learning_rate", 0.25, 1, "linear"),
        ("momentum", 0, 0.9),
        (1, 1),
        size=(4, 4),
        steps=300,
        tolerance=0,
    )
    assert found.best("rate") == (0, 1)
    assert found.median_rate[0, 1] < 1e-9
    assert found.median_rate[0, 0] == pytest.approx(0.5, rel=1e-6)


def test_the_rate_of_gradient_descent_is_that_of_the_slower_direction():
    found = gdsim.setting_map(
        BOWL,
        GradientDescent(),
        ("learning_rate", 0.01, 0.08, "linear"),
        ("weight_decay", 0, 1e-9),
        (1, 1),
        size=(8, 2),
        steps=200,
        tolerance=0,
    )
    rates = found.x_values
    np.testing.assert_allclose(found.median_rate[0], np.maximum(abs(1 - 2 * rates), abs(1 - 20 * rates)), rtol=1e-6)


def test_the_best_cell_has_the_fewest_steps():
    found = gdsim.setting_map(BOWL, Momentum(), ETA, BETA, (1, 1), size=16, steps=300)
    row, column = found.best("steps")
    assert found.median_steps[row, column] == found.median_steps.min()
    assert found.setting(row, column) == {"learning_rate": found.x_values[column], "momentum": found.y_values[row]}
    nowhere = gdsim.setting_map(BOWL, Momentum(), ETA, BETA, (1, 1), size=4, steps=1)
    assert nowhere.best("steps") is None
    assert nowhere.best("loss") is not None


def test_of_cells_as_good_the_one_with_the_fewest_steps_and_then_the_middle_is_the_best():
    # η = 1/2 is at the minimum after a step, and every weight decay is as good where x is 0
    across = ("learning_rate", 0.1, 0.9, "linear")
    flat = gdsim.setting_map("x**2", GradientDescent(), across, ("weight_decay", 0, 1), (0.0,), size=5, steps=9)
    assert flat.best("loss") == flat.best("steps") == (2, 2)
    found = gdsim.setting_map("x**2", GradientDescent(), across, ("weight_decay", 0, 1e-30), (1,), size=(5, 3), steps=9)
    at_zero = found.median_loss == 0
    assert at_zero[:, 2].all()
    assert found.best("loss") == (1, 2)
    half = gdsim.setting_map(
        "abs(x)",
        GradientDescent(),
        ("learning_rate", 0.25, 1, "log"),
        ("weight_decay", 0, 1e-30),
        (1,),
        size=3,
        steps=9,
    )
    # all three get to 0, the longest step soonest
    assert (half.median_loss == 0).all()
    assert half.best("loss") == (1, 2)


def test_theory_on_another_function_is_local():
    found = gdsim.setting_map("rosenbrock", Nesterov(), ETA, BETA, size=4, steps=5)
    theory = theory_of(found, np.ones(2))
    assert not theory.is_exact
    assert theory.largest == pytest.approx(1001.6, rel=1e-4)
    np.testing.assert_allclose(theory.edge[0], 2 / theory.largest)
    assert theory_of(found, np.array([0.0, 1.0])) is None  # no minimum there


def test_quadratics_are_told():
    assert is_quadratic(objective_for("x^2 + x*y + 3*y^2 - x"))
    assert not is_quadratic(objective_for("x^2 + y^2 + 0.001*x^3"))
    assert is_quadratic(objective_for("x^2"))


@pytest.mark.parametrize(
    ("words", "x", "y"),
    [
        ("unknown hyperparameter of momentum 'beta9'", ("beta9", 0, 1), BETA),
        ("x: 1 … 0.001 is no range", ("learning_rate", 1, 0.001), BETA),
        ("x is logarithmic: its lowest value must be above 0, not 0", ("learning_rate", 0, 1), BETA),
        ("y momentum must be from 0 to 1, not 2|momentum.momentum must be from 0 to 1, not 2", ETA, ("momentum", 0, 2)),
        ("must be two hyperparameters, not momentum twice", BETA, BETA),
        ("x must be a hyperparameter's name", ("learning_rate", 1), BETA),
        ("x must be log, linear or log1m", (*ETA, "cubic"), BETA),
        ("x learning_rate must be a finite number", ("learning_rate", "a", 1), BETA),
    ],
)
def test_bad_axes_are_named(words, x, y):
    with pytest.raises(GdsimError, match=words):
        gdsim.setting_map(BOWL, Momentum(), x, y, size=4, steps=5)


def test_a_switch_is_no_axis():
    with pytest.raises(GdsimError, match="is yes or no, and no axis"):
        gdsim.setting_map(BOWL, gdsim.NAdam(), ("decoupled_weight_decay", 0, 1), ("beta1", 0, 0.9), size=4, steps=5)


def test_the_fastest_of_settings_with_which_every_gradient_grows():
    # out of a plateau it grows at first
    axes = ("learning_rate", 1e-3, 0.1), ("momentum", 0, 0.5)
    found = gdsim.setting_map("-exp(-x^2 - y^2)", "momentum", *axes, (2.5, 0.1), size=3, steps=40)
    assert (found.median_rate > 1).all()
    row, column = found.best("rate")
    assert found.median_rate[row, column] == pytest.approx(found.median_rate.min(), abs=1e-3)
