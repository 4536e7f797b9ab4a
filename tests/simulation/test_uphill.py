"""Ascent: the same race uphill, with outcomes, distances and advice turned."""

import math

import numpy as np
import pytest
from rule_cases import decaying

import gdsim
from gdsim import Ground, Kind
from gdsim.objectives import Function, Minimum
from gdsim.simulation import descend
from gdsim.simulation.advice.advising import advise
from gdsim.simulation.course import Course, Lane
from gdsim.storage.tables import endings

BOTH_PATHS = pytest.mark.parametrize("float_runs", [8, 0], ids=["floats", "arrays"])


@pytest.fixture
def valleys():
    """Minima at 2π·k, hills between; the hill at (π, 0) is known, as is the minimum at (2π, 0)."""
    waves = Function("waves", "Waves", "Waves.", "-cos(x) - y**2", ((-2.0, 9.0), (-2.0, 2.0)), (2.5, 0.5))
    waves.maxima = (Minimum((math.pi, 0.0), 1.0),)
    waves.minima = (Minimum((2 * math.pi, 0.0), -1.0),)
    return waves


def climbed(function, start, steps=2000, rate=0.1, **more):
    lane = Lane(gdsim.GradientDescent(learning_rate=rate))
    starts = np.reshape(np.array(start), (function.dimension, -1))
    return descend.race(Course(function, ascent=True, **more), [lane], starts, steps, 1e-8)


@BOTH_PATHS
@pytest.mark.parametrize("key", gdsim.optimizers.RULES)
def test_ascent_is_descent_of_the_negative(key, float_runs, monkeypatch):
    monkeypatch.setattr(descend, "FLOAT_RUNS", float_runs)
    box, start = ((-2.0, 2.0), (-2.0, 2.0)), np.array([[0.7, -1.3], [0.4, 0.2]])
    hill = Function("hill", "Hill", "Hill.", "sin(x)*cos(y) - x**2*y**2", box, (0.7, 0.4))
    hole = Function("hole", "Hole", "Hole.", "x**2*y**2 - sin(x)*cos(y)", box, (0.7, 0.4))
    lane = Lane(decaying(key, 0.01), gdsim.Exponential(gamma=0.99), 0.5)
    up = descend.race(Course(hill, ascent=True), [lane], start, 60)
    down = descend.race(Course(hole), [lane], start, 60)
    np.testing.assert_allclose(up.positions, down.positions, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(up.losses, -down.losses, rtol=1e-12, atol=1e-12)


def test_outcomes_are_turned(valleys):
    up = climbed(valleys, (2.5, 0.5))
    assert str(up.outcomes[0][0]).startswith("converged at step ")
    assert str(up.outcomes[0][0]).endswith(" to a global maximum")
    assert up.outcomes[0][0].ground is Ground.GLOBAL_MAXIMUM
    assert up.distances(0)[0, 0] == pytest.approx(math.hypot(math.pi - 2.5, 0.5))
    unknown = climbed(valleys, (3 * math.pi - 0.6, 0.5))
    assert str(unknown.outcomes[0][0]).endswith(" to a maximum")
    bottom = climbed(valleys, (2 * math.pi, 0.0), steps=3)
    assert (bottom.outcomes[0][0].kind, bottom.outcomes[0][0].ground) == (Kind.CONVERGED, Ground.MINIMUM)
    assert str(bottom.outcomes[0][0]) == "stopped at step 1 on a minimum"
    near = climbed(valleys, (3.1, 0.0), steps=2)
    assert str(near.outcomes[0][0]) == "out of steps near a global maximum"
    flat = climbed(Function("flat", "Flat", "Flat.", "x**4", ((-2.0, 2.0),), (0.5,), names=("x",)), (0.0,), steps=3)
    assert str(flat.outcomes[0][0]) == "stopped at step 1 on a minimum"
    lost = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=1.0), direction="ascent", steps=1000)
    step = lost.outcomes[0][0].step
    assert str(lost.outcomes[0][0]) == f"rose without end until step {step}, there may be no maximum"
    # the table's best is the highest
    both = climbed(valleys, ((2.5, 1.0), (0.5, 1.9)), steps=4)
    (row,) = endings(both)
    assert row.best == both.losses[-1, 0].max() > both.losses[-1, 0].min()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"noise": 0.2, "gradient": gdsim.CentralDifference(1e-3), "schedule": gdsim.Cosine(), "clip": 2.0},
    ],
)
@pytest.mark.parametrize("rate", [1e-5, 5.0])
def test_advice_climbs_with_all_else_the_same(rate, more):
    experiment = gdsim.Experiment(
        "himmelblau", start=(-1.0, 0.5), steps=60, direction="ascent", seed=3, learning_rate=rate, **more
    )
    race = experiment.run()
    advice = advise(experiment, 0, race)
    assert advice is not None
    assert dict(advice.changes)["learning_rate"] != rate
    after = advice.applied(experiment)
    assert all(getattr(after, name) == value for name, value in more.items())
    again = after.run()
    assert again.outcomes[0][0].arrived
    assert again.losses[-1, 0, 0] > race.losses[0, 0, 0]


@BOTH_PATHS
@pytest.mark.parametrize("mode", [gdsim.Exact(), gdsim.ForwardDifference(1e-6)], ids=["exact", "forward"])
@pytest.mark.parametrize(("text", "start", "rate"), [("log(x)", 2.0, 8.0), ("x - log(x)", 2.5, 5.0)])
def test_left_the_domain_in_one_dimension(text, start, rate, mode, float_runs, monkeypatch):
    monkeypatch.setattr(descend, "FLOAT_RUNS", float_runs)
    function = Function("line", "Line", "Line.", text, ((0.1, 4.0),), (start,), names=("x",))
    lane = Lane(gdsim.GradientDescent(learning_rate=rate))
    race = descend.race(Course(function, mode=mode), [lane], np.array([[start, -1.0]]), 10)
    left, never = race.outcomes[0]
    assert (left.kind, left.step) == (Kind.LEFT_DOMAIN, 1)
    assert str(left) == "left the domain at step 1"
    assert race.positions[-1, 0, 0, 0] == start
    assert (never.kind, never.step) == (Kind.LEFT_DOMAIN, 0)
    assert str(never) == "no step taken: f is undefined at the start"
    assert (race.positions[:, 0, 0, 1] == -1.0).all()


@BOTH_PATHS
def test_a_pole_is_no_part_of_the_domain(float_runs, monkeypatch):
    monkeypatch.setattr(descend, "FLOAT_RUNS", float_runs)
    pole = Function("pole", "Pole", "A pole at 0.", "1/x**2", ((-3.0, 3.0),), (1.0,), names=("x",))
    for start, rate, ascent in ((-1.0, 0.5, True), (0.0, 0.5, False), (1e-160, 1e-3, False)):
        lane = Lane(gdsim.GradientDescent(learning_rate=rate))
        race = descend.race(Course(pole, ascent=ascent), [lane], np.array([[start]]), 5)
        assert race.kinds[0, 0] is Kind.LEFT_DOMAIN, start
    root = Function("root", "Root", "A root.", "sqrt(x)", ((0.0, 3.0),), (1.0,), names=("x",))
    lane = Lane(gdsim.GradientDescent(learning_rate=0.25))
    race = descend.race(Course(root), [lane], np.array([[0.0625]]), 5)
    assert (race.kinds[0, 0], race.ended[0, 0]) == (Kind.LEFT_DOMAIN, 1)
    # far out, what is infinite has only grown too large
    steep = Function("steep", "Steep", "Steep.", "exp(x)", ((-3.0, 3.0),), (1.0,), names=("x",))
    race = descend.race(
        Course(steep, ascent=True), [Lane(gdsim.GradientDescent(learning_rate=1.0))], np.array([[2.0]]), 50
    )
    assert race.kinds[0, 0] is Kind.DIVERGED


def test_standing_still_where_differences_vanish():
    race = gdsim.descend(
        "bowl", gdsim.GradientDescent(learning_rate=10), start=(-3, 4), steps=100, gradient=gdsim.CentralDifference()
    )
    said = "out of steps, standing still: differences vanish in rounding"
    assert str(race.outcomes[0][0]) == said
    assert race.outcomes[0][0].ground is Ground.ROUNDING
