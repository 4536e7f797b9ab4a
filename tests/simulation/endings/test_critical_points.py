"""Tests of what a run ended at: it is named rightly, and no more is claimed than f around it shows."""

import math

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim import Ground, Kind
from gdsim.objectives import objective_for
from gdsim.objectives.surfaces.high_dimensional import many
from gdsim.simulation.endings.critical_points import ground_at, ground_near
from gdsim.simulation.endings.nearest import THERE, distances, nearest, reached


def ground(text, point, ascent=False):
    return ground_at(objective_for(text), np.array(point, dtype=float), ascent)


@pytest.mark.parametrize(
    ("text", "point", "named"),
    [
        ("x^2 + 1e6*y^2", (0, 0), Ground.MINIMUM),
        ("1e-9*(x^2 + y^2)", (0, 0), Ground.MINIMUM),
        ("(x - 1)^4", (1,), Ground.MINIMUM),
        ("(x - 1)^4", (0.9987,), Ground.MINIMUM),  # where the gradient falls below 1e-8
        ("1e6 + (x - 1)^4", (1,), Ground.MINIMUM),
        ("(x - 1)^4 + (y - 2)^4", (1, 2), Ground.MINIMUM),
        ("x^6 + y^6", (0, 0), Ground.MINIMUM),
        ("x^2 + y^4", (0, 0.001), Ground.MINIMUM),
        ("abs(x) + abs(y)", (0, 0), Ground.MINIMUM),
        ("hypot(x, y)", (0, 0), Ground.MINIMUM),
        ("max(abs(x), abs(y))", (0, 0), Ground.MINIMUM),
        ("sqrt(abs(x)) + abs(y)", (0, 0), Ground.MINIMUM),
        ("x^2", (0,), Ground.MINIMUM),
        ("x^2 + 0*y", (0, 1), Ground.MINIMA),
        ("(x + 2y)^2", (2, -1), Ground.MINIMA),
        ("x^2*y^2", (0, 1), Ground.MINIMA),
        ("-x^2 - 1e6*y^2", (0, 0), Ground.MAXIMUM),
        ("-abs(x) - abs(y)", (0, 0), Ground.MAXIMUM),
        ("x^2 - y^2", (0, 0), Ground.SADDLE),
        ("x^2 - 1e-3*y^2", (0, 0), Ground.SADDLE),
        ("x^4 - y^4", (0, 0), Ground.SADDLE),
        ("x^3", (0,), Ground.FLAT),
        ("x^3", (5e-5,), Ground.FLAT),  # curved upwards, and no minimum
        ("x^2 + y^3", (0, 1e-5), Ground.FLAT),
        ("3 + 0*x + 0*y", (1, 1), Ground.FLAT),
        ("exp(-x^2 - y^2)", (4.9, 4.9), Ground.FLAT),
    ],
)
def test_named_by_what_f_is_around(text, point, named):
    assert ground(text, point) is named


def test_uphill_a_steep_maximum_is_one():
    race = gdsim.descend("-x^2 - 1e6*y^2", "gd", start=(0, 1e-3), learning_rate=4e-7, direction="ascent")
    assert race.outcomes[0][0].ground is Ground.MAXIMUM
    assert race.outcomes[0][0].arrived
    assert ground("-(x - 1)^4", (1,), ascent=True) is Ground.MAXIMUM


@many_examples(60, derandomize=True)
@given(
    powers=st.tuples(st.sampled_from([1, 2, 3, 4, 6]), st.sampled_from([1, 2, 3, 4, 6])),
    sizes=st.tuples(st.integers(-3, 6), st.integers(-3, 6)),
    turn=st.floats(0, math.pi),
    at=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
    height=st.sampled_from([0.0, 1.0, -7.5, 1e4]),
)
def test_a_strict_minimum_is_never_called_flat(powers, sizes, turn, at, height):
    a, b = at
    c, s = math.cos(turn), math.sin(turn)
    u, v = f"({c!r}*(x - {a!r}) + {s!r}*(y - {b!r}))", f"({c!r}*(y - {b!r}) - {s!r}*(x - {a!r}))"
    text = f"{height!r} + 1e{sizes[0]}*abs({u})^{powers[0]} + 1e{sizes[1]}*abs({v})^{powers[1]}"
    objective = gdsim.objective(
        lambda p: (
            height
            + 10.0 ** sizes[0] * np.abs(c * (p[0] - a) + s * (p[1] - b)) ** powers[0]
            + 10.0 ** sizes[1] * np.abs(c * (p[1] - b) - s * (p[0] - a)) ** powers[1]
        )
    )
    # what cannot be told from rounding at the distance where one looks last need not be seen
    farthest = 0.1
    if any(10.0**size * farthest**power < 1e-12 * abs(height) for size, power in zip(sizes, powers, strict=True)):
        return
    assert ground_at(objective, np.array(at)) in (Ground.MINIMUM, Ground.MINIMA), text


@many_examples(150, derandomize=True)
@given(up=st.integers(-3, 4), down=st.integers(-3, 4), power=st.sampled_from([2, 4]), turn=st.floats(0, math.pi))
def test_a_saddle_is_never_called_a_minimum(up, down, power, turn):
    c, s = math.cos(turn), math.sin(turn)
    saddle = gdsim.objective(
        lambda p: 10.0**up * (c * p[0] + s * p[1]) ** power - 10.0**down * (c * p[1] - s * p[0]) ** power
    )
    assert ground_at(saddle, np.zeros(2)) in (Ground.SADDLE, Ground.FLAT)


def test_the_nearest_known_minimum_counts_and_its_value():
    wide = ((-1000.0, 1000.0), (-1000.0, 1000.0))
    race = gdsim.descend("goldstein_price", "gd", start=(1.2, 0.8), bounds=wide, learning_rate=1e-6)
    assert race.losses[-1, 0, 0] == pytest.approx(840)
    assert race.outcomes[0][0].ground is Ground.LOCAL_MINIMUM
    for known in race.objective.minima:
        found = ground_at(race.objective, np.array(known.position))
        assert found is (Ground.GLOBAL_MINIMUM if known.is_global else Ground.LOCAL_MINIMUM)


@pytest.mark.parametrize("key", sorted(gdsim.FUNCTIONS))
@pytest.mark.parametrize("width", [1.0, 1e2, 1e4])
def test_nothing_is_called_global_at_another_value(key, width):
    function = gdsim.FUNCTIONS[key]
    wide = function.within(tuple((float(low - 1) * width, float(high + 1) * width) for low, high in function.bounds))
    if not wide.minima:
        return
    lowest = min(known.value for known in wide.minima)
    # bottoms found by going down from many places, known or not
    race = gdsim.descend(function, "adam", restarts=20, seed=3, learning_rate=0.02, steps=300, tolerance=0)
    ends = race.positions[-1, 0]
    for point in ends.T:
        for judge in (ground_at, ground_near):
            if judge(wide, point) is Ground.GLOBAL_MINIMUM:
                slope = np.linalg.norm(wide.gradient(point))
                way = min(np.linalg.norm(point - known.position) for known in wide.minima if known.is_global)
                assert float(wide.value(point)) - lowest <= 4 * slope * way + 1e-9 * max(1, abs(lowest))


def test_sine_hill_with_wide_bounds():
    wide = gdsim.FUNCTIONS["sine_hill"].within(((-6000.0, 6000.0),))
    lowest = min(known.value for known in wide.minima)
    for x in np.linspace(-40, 40, 400):
        if ground_near(wide, np.array([x])) is Ground.GLOBAL_MINIMUM:
            gap = float(wide.value(np.array([x]))) - lowest
            assert gap <= 4 * abs(float(wide.gradient(np.array([x]))[0])) * 80


def test_a_point_over_the_next_ridge_is_not_at_the_minimum():
    wide = gdsim.FUNCTIONS["rastrigin"].within(((-1000.0, 1000.0),) * 2)
    for x in np.linspace(0.5, 1.4, 200):
        assert ground_near(wide, np.array([x, 0.0])) is Ground.SLOPE, x
    assert ground_near(wide, np.array([0.2, -0.1])) is Ground.GLOBAL_MINIMUM


def test_distances_go_by_the_width_of_each_bound():
    x = np.arange(1000.0, 4001.0, 100)
    model = gdsim.LinearRegression(x[:, None], 2 * x)
    assert model.minima[0].position == pytest.approx((2, 0), abs=1e-6)
    far = np.array([-100.0, 0.0])
    assert float(model.value(far)) > 1e10
    assert ground_near(model, far) is Ground.SLOPE
    assert ground_near(model, np.array(model.minima[0].position)) is Ground.GLOBAL_MINIMUM
    apart = gdsim.FUNCTIONS["bowl"].within(((-1.0, 1.0), (-1000.0, 1000.0)))
    assert distances(apart, [(0, 0)], np.array([0.1, 0.0])) == pytest.approx([0.05])
    assert distances(apart, [(0, 0)], np.array([0.0, 100.0])) == pytest.approx([0.05])


def test_the_nearest_of_several():
    himmelblau = gdsim.FUNCTIONS["himmelblau"]
    points = np.array([known.position for known in himmelblau.minima]).T
    which, away = nearest(himmelblau, himmelblau.minima, points + 1e-3)
    assert which.tolist() == [0, 1, 2, 3]
    assert away == pytest.approx(np.full(4, math.hypot(1e-4, 1e-4)), rel=1e-6)
    assert nearest(himmelblau, (), points)[0].tolist() == [-1] * 4
    at = points + np.array([[0, 1e-9, 0, 5.0], [0, 0, 0, 5.0]])
    assert reached(himmelblau, at, himmelblau.value(at), THERE).tolist() == [0, 1, 2, -1]


@pytest.mark.parametrize("dimension", [4, 7, 8, 10, 20, 50, 100])
def test_rosenbrock_has_its_second_minimum(dimension):
    valley = many("rosenbrock", dimension)
    second = valley.minima[1]
    assert not second.is_global
    assert np.abs(valley.gradient(np.array(second.position))).max() < 1e-10
    assert np.linalg.eigvalsh(valley.hessian(np.array(second.position)))[0] > 0.1
    assert ground_at(valley, np.array(second.position)) is Ground.LOCAL_MINIMUM
    if dimension >= 20:
        assert second.position[0] == pytest.approx(-0.9933, abs=1e-4)
        assert second.value == pytest.approx(3.9866, abs=1e-4)


def test_where_a_lower_value_is_known_a_minimum_is_a_local_one():
    race = gdsim.descend("rastrigin", "gd", start=(3.3, -2.6), learning_rate=0.002, steps=500)
    assert str(race.outcomes[0][0]).endswith("to a local minimum")
    assert ground("x^4 - 3x^2 + x", (1.1309,)) is Ground.MINIMUM  # of what is typed no value is known


def test_near_is_not_what_only_passes_by():
    race = gdsim.descend("styblinski_tang", gdsim.NAdam(learning_rate=2.77), steps=2000)
    assert race.outcomes[0][0].ground is Ground.SLOPE


@pytest.mark.parametrize("float_runs", [0, 8])
@pytest.mark.parametrize(
    ("text", "start", "rate", "named"),
    [
        ("sqrt(x) + y^2", (0.0, 0.0), 0.1, "ended at step 0 in a minimum, a corner"),
        ("cbrt(x^2)", (0.0,), 0.1, "ended at step 0 in a minimum, a corner"),
        ("cbrt(x^2) - x", (0.0,), 0.1, None),
        ("cbrt(x) + y^2", (0.0, 0.0), 0.1, "stopped at step 0: f has no gradient there"),
        # from 1 straight to the corner at 0
        ("1.5cbrt(x^2)", (1.0,), 1.0, "ended at step 1 in a minimum, a corner"),
    ],
)
def test_at_a_corner_without_a_gradient_the_domain_is_not_left(text, start, rate, named, float_runs, monkeypatch):
    monkeypatch.setattr("gdsim.simulation.descend.FLOAT_RUNS", float_runs)
    race = gdsim.descend(text, "gd", start=start, learning_rate=rate)
    outcome = race.outcomes[0][0]
    assert outcome.kind is Kind.NO_GRADIENT
    assert np.isfinite(race.losses).all()
    assert (race.positions[outcome.step :, 0, :, 0] == race.positions[outcome.step, 0, :, 0]).all()
    if named:
        assert str(outcome) == named
        assert outcome.arrived == ("minimum" in named)


@pytest.mark.parametrize("float_runs", [0, 8])
@pytest.mark.parametrize(
    ("text", "start", "sentence"),
    [
        ("sqrt(x^2 + y^2)", (0.3, 0.4), "converged at step 6 to a minimum"),
        ("sqrt(x^2 + y^2)", (0.0, 0.0), "converged at step 1 to a minimum"),
        ("y^2 - sqrt(x^2 + y^2)", (0.0, 0.0), "stopped at step 1 on a maximum"),
    ],
)
def test_the_middle_of_a_cone_has_a_gradient_of_0(text, start, sentence, float_runs, monkeypatch):
    monkeypatch.setattr("gdsim.simulation.descend.FLOAT_RUNS", float_runs)
    race = gdsim.descend(text, "gd", start=start, learning_rate=0.1)
    assert str(race.outcomes[0][0]) == sentence
    assert race.losses[-1, 0, 0] == 0


def test_where_no_step_can_be_taken_no_rate_is_blamed():
    race = gdsim.descend("exp(x^2) + y^2", "gd", start=(27, 0), learning_rate=0.1)
    assert str(race.outcomes[0][0]) == "no step taken: f is too large for a number at the start"
    race = gdsim.descend("log(x)", "gd", start=(-1,), learning_rate=0.1)
    assert str(race.outcomes[0][0]) == "no step taken: f is undefined at the start"
