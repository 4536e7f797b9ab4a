"""Tests of what a race gives: positions, losses, outcomes, and what it says of bad input."""

import copy
import gc
import itertools
import math
import threading
import weakref
from contextlib import nullcontext
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np
import pytest

import gdsim
from gdsim import Ground, Kind, Limit
from gdsim.objectives import Function, objective_for
from gdsim.objectives.base import Minimum
from gdsim.simulation import descend as engine
from gdsim.simulation import starts, trajectories
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.descend import race as race_on
from gdsim.simulation.endings.limits import CurvaturePlace
from gdsim.simulation.endings.reached import Reached
from gdsim.simulation.endings.tally import tally_of
from gdsim.simulation.starts import draw_starts

BOTH_PATHS = pytest.mark.parametrize("float_runs", [8, 0], ids=["floats", "arrays"])


@pytest.fixture(autouse=True)
def _path(request, monkeypatch):
    if "float_runs" in request.fixturenames:
        monkeypatch.setattr(engine, "FLOAT_RUNS", request.getfixturevalue("float_runs"))


def test_shapes_of_the_example():
    race = gdsim.descend(
        "rosenbrock",
        [gdsim.Adam(learning_rate=0.05), gdsim.Momentum(learning_rate=1e-3, momentum=0.9)],
        start=(-1.5, 2.0),
        restarts=15,
        seed=0,
        steps=500,
        tolerance=1e-8,
    )
    assert race.positions.shape == (501, 2, 2, 16)
    assert race.losses.shape == (501, 2, 16)
    assert race.positions.dtype == race.losses.dtype == np.float64
    assert (race.positions[0, :, :, 0] == (-1.5, 2.0)).all()
    outcome = race.outcomes[0][3]
    assert isinstance(outcome.kind, Kind)
    assert 0 <= outcome.step <= 500
    assert str(outcome)
    assert (race.steps, race.runs, len(race.outcomes), len(race.outcomes[0])) == (500, 16, 2, 16)


@BOTH_PATHS
@pytest.mark.parametrize("key", gdsim.FUNCTIONS)
def test_losses_are_the_function_at_the_positions(key, float_runs):
    race = gdsim.descend(key, ["gd", "adam"], steps=30, restarts=2)
    values = gdsim.FUNCTIONS[key].value(np.moveaxis(race.positions, 2, 0))
    np.testing.assert_array_equal(race.losses, values)


@BOTH_PATHS
def test_results_are_read_only(float_runs):
    race = gdsim.descend("bowl", "gd", steps=3)
    for array in (race.positions, race.losses, race.kinds, race.ended):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = array
    with pytest.raises(AttributeError):
        race.positions = None


@BOTH_PATHS
def test_plain_descent_by_hand(float_runs):
    race = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), start=(-3, 4), steps=100, tolerance=0)
    x, y = -3.0, 4.0
    for t in range(101):
        assert tuple(race.positions[t, 0, :, 0]) == (x, y)
        x, y = x - 0.1 * (2.0 * x), y - 0.1 * (2.0 * y)
    np.testing.assert_allclose(race.positions[-1, 0, :, 0], [-6.11110793e-10, 8.14814391e-10], rtol=1e-8)


@BOTH_PATHS
@pytest.mark.parametrize(
    ("learning_rate", "end"),
    [
        # f(x) = Σ xᵢ² from (−3, 4), 100 steps, with the exact gradient
        (0.1, [-6.11110793e-10, 8.14814391e-10]),
        (10.0, [-2.25154873e128, 3.00206497e128]),
        (1e-10, [-2.99999994, 3.99999992]),
    ],
)
def test_textbook_end_points(learning_rate, end, float_runs):
    race = gdsim.descend("bowl", "gd", start=(-3.0, 4.0), learning_rate=learning_rate, steps=100, tolerance=0)
    found = race.positions[-1, 0, :, 0]
    assert [f"{value:.8e}" for value in found] == [f"{value:.8e}" for value in end]
    # far away is not diverged while all is finite
    assert race.kinds[0, 0] is Kind.OUT_OF_STEPS


def test_trajectories_measure_themselves():
    race = gdsim.descend("himmelblau", ["gd", "adam"], restarts=3, steps=40, learning_rate=0.01)
    for step in (0, 17, 40):
        points = race.positions[step]
        norms, distances = race.gradient_norms(step), race.distances(step)
        assert norms.shape == distances.shape == (2, 4)
        for o in range(2):
            for r in range(4):
                point = points[o, :, r]
                assert norms[o, r] == pytest.approx(math.hypot(*race.objective.gradient(point)), rel=1e-14)
                nearest = min(math.dist(point, m.position) for m in race.objective.minima)
                assert distances[o, r] == pytest.approx(nearest, rel=1e-14)
    assert np.isnan(gdsim.descend("saddle", "gd", steps=1).distances(1)).all()


def test_no_start_is_the_start_of_the_function():
    for key, function in gdsim.FUNCTIONS.items():
        race = gdsim.descend(key, "gd", steps=1)
        assert tuple(race.positions[0, 0, :, 0]) == function.start


@pytest.mark.parametrize("restarts", [3, 30])
def test_restarts_are_the_same_for_every_optimizer_and_inside_the_bounds(restarts):
    race = gdsim.descend("branin", ["gd", "adam", "momentum"], restarts=restarts, seed=3, steps=2)
    starts = race.positions[0]
    assert (starts == starts[0]).all()
    low, high = gdsim.FUNCTIONS["branin"].bounds.T[:, :, None]
    assert ((low <= starts[0]) & (starts[0] <= high)).all()
    assert len(np.unique(starts[0], axis=1).T) == restarts + 1
    again = gdsim.descend("branin", "rmsprop", restarts=restarts, seed=3, steps=2)
    np.testing.assert_array_equal(again.positions[0, 0], starts[0])
    other = gdsim.descend("branin", "rmsprop", restarts=restarts, seed=4, steps=2)
    assert (other.positions[0, 0, :, 1:] != starts[0, :, 1:]).all()
    moved = gdsim.descend("branin", "gd", start=(0.5, 1.5), restarts=restarts, seed=3, steps=2)
    np.testing.assert_array_equal(moved.positions[0, 0, :, 1:], starts[0, :, 1:])


def test_restarts_fall_in_a_given_box():
    race = gdsim.descend("bowl", "gd", restarts=60, steps=1, bounds=((1.0, 1.5), (-30.0, -20.0)))
    x, y = race.positions[0, 0, :, 1:]
    assert (x >= 1.0).all()
    assert (x <= 1.5).all()
    assert (y >= -30.0).all()
    assert (y <= -20.0).all()
    assert np.ptp(x) > 0.4
    assert np.ptp(y) > 8


@pytest.mark.parametrize("restarts", [2, 10])
def test_an_experiment_gives_what_descend_gives(restarts):
    entries = (gdsim.Entry("adam", {"learning_rate": 0.05}), gdsim.Entry("momentum"), gdsim.Entry("gd", {}, False))
    experiment = gdsim.Experiment(
        "beale", (0.3, 0.7), restarts, 5, 80, 1e-9, 0.002, 0.8, entries, ((-1.0, 1.0), (-2.0, 0.0))
    )
    one = experiment.run()
    other = gdsim.descend(
        "beale",
        [gdsim.Adam(learning_rate=0.05), gdsim.Momentum(learning_rate=0.002, momentum=0.8)],
        start=[0.3, 0.7],
        restarts=restarts,
        seed=5,
        steps=80,
        tolerance=1e-9,
        bounds=np.array([[-1.0, 1.0], [-2.0, 0.0]]),
    )
    assert one.rules == other.rules
    np.testing.assert_array_equal(one.positions, other.positions)
    np.testing.assert_array_equal(one.losses, other.losses)
    assert one.outcomes == other.outcomes


def test_who_follows_the_shared_values():
    experiment = gdsim.Experiment(
        learning_rate=0.25,
        momentum=0.5,
        optimizers=(
            gdsim.Entry("momentum"),
            gdsim.Entry("nesterov", {"momentum": 0.7}),
            gdsim.Entry("adadelta"),
            gdsim.Entry("rmsprop", {"learning_rate": 0.1}),
            gdsim.Entry("adam"),
        ),
    )
    assert experiment.rules == (
        gdsim.Momentum(learning_rate=0.25, momentum=0.5),
        gdsim.Nesterov(learning_rate=0.25, momentum=0.7),
        gdsim.AdaDelta(),
        gdsim.RMSProp(learning_rate=0.1),
        gdsim.Adam(learning_rate=0.25),
    )
    assert gdsim.Experiment(optimizers=(gdsim.Entry("adam"),)).rules == (gdsim.Adam(),)


def test_an_instance_means_all_its_values():
    race = gdsim.descend("bowl", [gdsim.Adam(), "adam"], learning_rate=0.5, steps=1)
    assert race.rules == (gdsim.Adam(learning_rate=1e-3), gdsim.Adam(learning_rate=0.5))


def test_an_instance_may_have_a_schedule_for_its_learning_rate():
    race = gdsim.descend(
        "bowl",
        [
            gdsim.Momentum(learning_rate=gdsim.Cosine(0.1, steps=300), momentum=0.5),
            gdsim.AdaDelta(learning_rate=gdsim.StepDecay(every=5)),
            gdsim.Adam(learning_rate=gdsim.Exponential()),
            "gd",
        ],
        learning_rate=0.2,
        schedule=gdsim.InverseTime(decay=1),
        clip=3.0,
        steps=20,
    )
    assert race.lanes == (
        Lane(gdsim.Momentum(learning_rate=0.1, momentum=0.5), gdsim.Cosine(steps=300), 3.0),
        Lane(gdsim.AdaDelta(), gdsim.StepDecay(every=5), 3.0),
        Lane(gdsim.Adam(learning_rate=0.2), gdsim.Exponential(), 3.0),
        Lane(gdsim.GradientDescent(learning_rate=0.2), gdsim.InverseTime(decay=1), 3.0),
    )
    np.testing.assert_array_equal(race.learning_rates(3), 0.2 * (1 / np.arange(1, 21)))


def test_an_experiment_with_all_that_is_done_on_the_way_gives_what_descend_gives():
    experiment = gdsim.Experiment(
        "himmelblau",
        steps=70,
        seed=4,
        restarts=1,
        learning_rate=0.02,
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam", schedule=gdsim.Exponential(gamma=0.9), clip=0.0)),
        direction="ascent",
        gradient=gdsim.CentralDifference(0.01),
        noise=0.5,
        schedule=gdsim.Cosine(),
        clip=2.0,
    )
    one = experiment.run()
    other = gdsim.descend(
        "himmelblau",
        ["gd", gdsim.Adam(learning_rate=gdsim.Exponential(0.02, gamma=0.9))],
        steps=70,
        seed=4,
        restarts=1,
        learning_rate=0.02,
        direction="ascent",
        gradient=gdsim.CentralDifference(0.01),
        noise=0.5,
        schedule=gdsim.Cosine(),
        clip=2.0,
    )
    assert experiment.lanes == (
        Lane(gdsim.GradientDescent(learning_rate=0.02), gdsim.Cosine(), 2.0),
        Lane(gdsim.Adam(learning_rate=0.02), gdsim.Exponential(gamma=0.9), 0.0),
    )
    assert one.course == other.course == Course(experiment.objective, True, gdsim.CentralDifference(0.01), 0.5, 4)
    np.testing.assert_array_equal(one.positions[:, 0], other.positions[:, 0])
    assert (one.positions[1:, 1] != other.positions[1:, 1]).any()  # it has no clipping of its own there


def test_a_function_is_described_in_words_where_it_can_be():
    booth = gdsim.FUNCTIONS["booth"]
    looked_at = booth.within(((-1.0, 1.0), (-2.0, 2.0)))
    race = gdsim.descend(looked_at, "gd", restarts=3, steps=1)
    assert race.objective is gdsim.Experiment("booth", bounds=((-1, 1), (-2, 2))).objective
    assert np.abs(race.positions[0, 0, :, 1:]).max() <= 2
    well = Function("well", "Well", "A well.", "x**2 + y**4", ((-1.0, 1.0), (-1.0, 1.0)), (0.5, 0.5))
    assert gdsim.descend(well, "gd", steps=1).objective is well


def test_a_typed_function_is_the_one_of_its_text():
    box = ((-1.0, 1.0), (-2.0, 2.0))
    text = "a*x^2 + y^2"
    experiment = gdsim.Experiment(text, parameters={"a": 3}, bounds=box, name="mine")
    for arguments in (
        {"function": text, "parameters": {"a": 3}, "bounds": box},
        {"function": objective_for(text, {"a": 3.0}, box, "mine")},
        {"function": objective_for(text, {"a": 2.0}, box), "parameters": {"a": 3}},
    ):
        race = gdsim.descend(**arguments, optimizers="gd", learning_rate=0.1, start=(1, 1), steps=1, restarts=2)
        assert race.objective.parameters == {"a": 3.0}
        assert race.objective.bounds.tolist() == experiment.objective.bounds.tolist()
        assert race.positions[1, 0, :, 0].tolist() == [1 - 0.1 * (3.0 * 2.0), 0.8]
    words = gdsim.descend(objective_for(text, {"a": 3.0}, box, "mine"), "gd", steps=1)
    assert words.objective is experiment.objective
    with pytest.raises(gdsim.GdsimError, match="no parameter 'b'"):
        gdsim.descend(text, "gd", parameters={"b": 1})


@BOTH_PATHS
def test_a_typed_function_is_left_where_it_is_undefined(float_runs):
    race = gdsim.descend(
        "log(x) + y^2/x", [gdsim.GradientDescent(learning_rate=2.0), gdsim.GradientDescent()], start=(1, 0), steps=3
    )
    assert str(race.outcomes[0][0]) == "left the domain at step 1"
    assert race.kinds[1, 0] is Kind.OUT_OF_STEPS
    nowhere = gdsim.descend("log(x)", "gd", start=(-1,), steps=3)
    assert nowhere.outcomes[0][0] == gdsim.Outcome(Kind.LEFT_DOMAIN, 0)
    assert np.isnan(nowhere.gradient_norms(0)).all()  # though 1/x has a value there


def test_one_optimizer_or_several_by_key_or_instance():
    for optimizers in ("gd", gdsim.GradientDescent(), ["gd"], (gdsim.GradientDescent(),), iter(["gd"])):
        assert gdsim.descend("bowl", optimizers, steps=1).rules == (gdsim.GradientDescent(),)
    function = gdsim.FUNCTIONS["booth"]
    assert gdsim.descend(function, "gd", steps=1).objective is function


def test_experiments_are_values():
    one = gdsim.Experiment(optimizers=(gdsim.Entry("adam", {"beta1": 0.5}),), start=[1, 2], steps=7.0)
    other = gdsim.Experiment(optimizers=(gdsim.Entry("adam", {"beta1": 0.5}),), start=(1.0, 2.0), steps=7)
    assert one == other
    assert hash(one) == hash(other)
    assert one.start == (1.0, 2.0)
    assert type(one.steps) is int
    with pytest.raises(AttributeError):
        one.steps = 8
    with pytest.raises(TypeError):
        one.optimizers[0].values["beta1"] = 0.7


def test_nobody_races():
    race = gdsim.Experiment(optimizers=(gdsim.Entry("gd", {}, False),), steps=5, restarts=2).run()
    assert race.positions.shape == (6, 0, 2, 3)
    assert race.outcomes == []


@BOTH_PATHS
@pytest.mark.parametrize(
    ("function", "start", "ground", "sentence"),
    [
        ("himmelblau", (2.5, 2.5), Ground.GLOBAL_MINIMUM, "converged at step {} to a global minimum"),
        ("three_hump_camel", (1.9, -1.0), Ground.LOCAL_MINIMUM, "converged at step {} to a local minimum"),
        ("rastrigin", (3.05, 2.02), Ground.LOCAL_MINIMUM, "converged at step {} to a local minimum"),
        ("saddle", (1.0, 0.0), Ground.SADDLE, "stopped at step {} on a saddle point"),
        ("easom", (7.9, -1.9), Ground.FLAT, "stopped at step {} on flat ground"),
        ("monkey_saddle", (0.0, 0.0), Ground.FLAT, "stopped at step {} on flat ground"),
    ],
)
def test_converged(function, start, ground, sentence, float_runs):
    race = gdsim.descend(function, gdsim.GradientDescent(learning_rate=2e-3), start=start, steps=30_000)
    outcome = race.outcomes[0][0]
    assert (outcome.kind, outcome.ground) == (Kind.CONVERGED, ground)
    assert str(outcome).startswith(sentence.format(outcome.step))
    t = outcome.step
    path = race.positions[:, 0, :, 0]
    assert 1 <= t < 30_000
    assert (path[t:] == path[t]).all()
    assert math.dist(path[t], path[t - 1]) <= 1e-8
    assert np.linalg.norm(race.objective.gradient(path[t])) <= 1e-8
    # and not before
    steps = np.linalg.norm(np.diff(path[: t + 1], axis=0), axis=1)
    norms = np.linalg.norm(race.objective.gradient(path[1 : t + 1].T), axis=0)
    assert not ((steps[:-1] <= 1e-8) & (norms[:-1] <= 1e-8)).any()
    assert (race.losses[t:, 0, 0] == race.losses[t, 0, 0]).all()


def test_on_a_maximum():
    race = gdsim.descend("goldstein_price", "gd", start=(0.0, 0.0), steps=1)
    assert race.kinds[0, 0] is Kind.OUT_OF_STEPS
    hill = Function("hill", "Hill", "A hill.", "-x**2 - y**2", ((-1.0, 1.0), (-1.0, 1.0)), (0.5, 0.5))
    top = race_on(Course(hill), [Lane(gdsim.GradientDescent())], np.zeros((2, 1)), 3, 1e-8)
    assert str(top.outcomes[0][0]) == "stopped at step 1 on a maximum"


@BOTH_PATHS
def test_tolerance_zero_never_stops(float_runs):
    race = gdsim.descend("bowl", ["gd", "momentum"], start=(0, 0), steps=300, restarts=1, tolerance=0)
    assert (race.kinds == Kind.OUT_OF_STEPS).all()
    assert (race.ended == 300).all()
    assert str(race.outcomes[0][0]) == "stands still near a global minimum"


@BOTH_PATHS
def test_out_of_steps(float_runs):
    race = gdsim.descend("two_valleys", "gd", start=(-2.0, 1.0), steps=2, tolerance=0)
    assert str(race.outcomes[0][0]) == "out of steps on the way"
    race = gdsim.descend("two_valleys", "gd", start=(-1.0726, 0.0), steps=2, tolerance=0)
    assert str(race.outcomes[0][0]) == "out of steps near a local minimum"


@BOTH_PATHS
def test_diverged(float_runs):
    calm = gdsim.GradientDescent(learning_rate=1e-4)
    wild = gdsim.GradientDescent(learning_rate=0.1)
    race = gdsim.descend("rosenbrock", [wild, calm], start=(-1.5, 2.0), restarts=2, steps=200)
    alone = gdsim.descend("rosenbrock", [calm], start=(-1.5, 2.0), restarts=2, steps=200)
    np.testing.assert_array_equal(race.positions[:, 1], alone.positions[:, 0])
    np.testing.assert_array_equal(race.losses[:, 1], alone.losses[:, 0])
    outcome = race.outcomes[0][0]
    assert outcome.kind is Kind.DIVERGED
    assert str(outcome) == f"diverged at step {outcome.step}, as η = 0.1 is above 2/λmax = 0.001997 at the minimum"
    assert np.isfinite(race.positions).all()
    assert np.isfinite(race.losses).all()
    # the last finite position is kept, and the step after it is the one that is not finite
    path = race.positions[:, 0, :, 0]
    t = outcome.step
    assert (path[t - 1 :] == path[t - 1]).all()
    assert (path[t - 2] != path[t - 1]).any()
    with np.errstate(all="ignore"):
        after = path[t - 1] - 0.1 * race.objective.gradient(path[t - 1])
        assert not np.isfinite(race.objective.value(after))


@BOTH_PATHS
def test_left_the_domain(float_runs):
    well = Function("well", "Well", "A wall at 0.", "x - log(x) + y**2", ((0.1, 3.0), (-1.0, 1.0)), (2.0, 0.5))
    # 2.5 − 5·(1 − 1/2.5) = −0.5 has no logarithm; 1 is the minimum
    race = race_on(
        Course(well), [Lane(gdsim.GradientDescent(learning_rate=5.0))], np.array([[2.5, 1.0], [0.0, 0.0]]), 10, 0.0
    )
    left, stayed = race.outcomes[0]
    assert (left.kind, left.step) == (Kind.LEFT_DOMAIN, 1)
    assert str(left) == "left the domain at step 1"
    assert (race.positions[:, 0, :, 0] == (2.5, 0.0)).all()
    assert np.isfinite(race.losses).all()
    assert stayed.kind is Kind.OUT_OF_STEPS


@BOTH_PATHS
def test_a_position_that_is_not_finite_is_lost_though_its_loss_is(float_runs):
    cliff = Function("cliff", "Cliff", "A cliff.", "exp(-x) + y**2", ((-1.0, 1.0), (-1.0, 1.0)), (0.0, 0.0))
    race = race_on(Course(cliff), [Lane(gdsim.GradientDescent(learning_rate=1e3))], np.array([[-709.0], [0.0]]), 5, 0.0)
    assert cliff.value(np.array([np.inf, 0.0])) == 0
    assert (race.outcomes[0][0].kind, race.outcomes[0][0].step) == (Kind.DIVERGED, 1)
    assert (race.positions[:, 0, :, 0] == (-709.0, 0.0)).all()


@BOTH_PATHS
def test_a_run_that_has_converged_does_not_diverge_any_more(float_runs):
    rule = gdsim.GradientDescent(learning_rate=1.0)
    race = gdsim.descend("saddle", rule, start=(0.0, 2.0**-30), steps=500, tolerance=1e-8)
    assert str(race.outcomes[0][0]) == "stopped at step 1 on a saddle point"
    assert (race.positions[1:, 0, 1, 0] == 3 * 2.0**-30).all()
    endless = gdsim.descend("saddle", rule, start=(0.0, 2.0**-30), steps=500, tolerance=0)
    assert endless.kinds[0, 0] is Kind.DIVERGED


@pytest.mark.parametrize(
    ("X", "options"),
    [
        ([[1.0], [1.0], [1.0]], {}),
        ([[1, 2], [2, 4], [3, 6]], {"standardise": True}),
        ([[2.0]] * 3, {"standardise": True}),
    ],
)
def test_where_features_stand_in_for_each_other_every_bottom_is_the_lowest(X, options):  # noqa: N803
    model = gdsim.LinearRegression(X, [0, 1, 3], **options)
    race = gdsim.descend(model, "gd", learning_rate=0.05, steps=20_000, tolerance=1e-6)
    assert race.outcomes[0][0].ground is Ground.VALLEY
    assert str(race.outcomes[0][0]).endswith("to a global minimum, one of many")
    assert float(race.losses[-1, 0, 0]) == pytest.approx(model.lowest, abs=1e-9)
    up = gdsim.descend(model, "gd", learning_rate=0.05, steps=20, direction="ascent")
    assert up.outcomes[0][0].ground is not Ground.VALLEY


def test_bounds_as_far_apart_as_numbers_are():
    race = gdsim.descend("bowl", "gd", start=(1.0, 1.0), bounds=((-5.0, 1e308), (-1.0, 1.0)), steps=3, tolerance=0)
    assert race.outcomes[0][0].kind is Kind.OUT_OF_STEPS


def test_every_pair_that_can_come_out_has_a_sentence():
    known = {
        "minimum": {Ground.GLOBAL_MINIMUM, Ground.LOCAL_MINIMUM},
        "maximum": {Ground.GLOBAL_MAXIMUM, Ground.LOCAL_MAXIMUM},
    }
    limits = [Limit(2.0, 1.0, "2/λmax", place) for place in CurvaturePlace]
    nothing = np.zeros((1, 1), dtype=bool)
    unsaid = {False: Ground.GLOBAL_MAXIMUM, True: Ground.GLOBAL_MINIMUM}
    for ascent, sought in ((False, "minimum"), (True, "maximum")):
        reached = Reached((), np.full((1, 1), -1), nothing, nothing, 0.0, known=False, ascent=ascent)
        # where it did not want to go it stands on a maximum, and on a local one where a higher one is known
        for ground in set(Ground) - {unsaid[ascent], Ground.ROUNDING} - ({Ground.VALLEY} if ascent else set()):
            resting = {Kind.CONVERGED, Kind.NO_GRADIENT}
            kinds = resting if ground is not Ground.SLOPE else set(Kind) - {Kind.CONVERGED}
            near = {Kind.OUT_OF_STEPS} if ground in known[sought] else set()
            for kind, motion, limit in itertools.product(kinds | near, gdsim.Motion, [None, *limits]):
                outcome = gdsim.Outcome(kind, 41, ground, ascent, motion, limit)
                sentence = str(outcome)
                assert "{" not in sentence
                assert kind is Kind.OUT_OF_STEPS or "41" in sentence
                assert sentence.startswith("converged") == (kind is Kind.CONVERGED and sought in ground)
                assert "{" not in str(tally_of(reached, 0, [outcome])[0])


@pytest.mark.parametrize(("sign", "ascent"), [("-", False), ("", True)])
def test_an_end_on_the_other_side_is_a_local_one_where_a_farther_one_is_known(sign, ascent):
    text = f"{sign}(x^4/4 - 4*x^3/3 + 3*x^2/2 + y^2)"  # level in x at 0, 1 and 3
    known = Minimum((3.0, 0.0), -2.25 if ascent else 2.25)
    places = {"minima" if ascent else "maxima": (known,)}
    hill = Function("hill", "Hill", "A hill.", text, ((-1.0, 4.0), (-1.0, 1.0)), (0.5, 0.5), **places)
    for start in (0.0, 3.0):
        race = race_on(Course(hill, ascent), [Lane(gdsim.GradientDescent())], np.array([[start], [0.0]]), 3, 1e-8)
        what = ("local " if start == 0 else "") + ("minimum" if ascent else "maximum")
        assert str(race.outcomes[0][0]) == f"stopped at step 1 on a {what}"
        assert len(race.tally(0)) == 1


def test_cancel_on_arrays():
    experiment = gdsim.Experiment("rosenbrock", restarts=20, steps=1000, optimizers=(gdsim.Entry("gd"),))
    shares = []

    def pulse(share):
        shares.append(share)
        return share > 0.3

    whole, race = experiment.run(), experiment.run(pulse)
    assert shares == sorted(shares)
    assert (race.kinds == Kind.CANCELLED).all()
    (step,) = set(race.ended.ravel())
    assert 300 < step < 500
    np.testing.assert_array_equal(race.positions[: step + 1], whole.positions[: step + 1])
    np.testing.assert_array_equal(race.losses[: step + 1], whole.losses[: step + 1])
    assert (race.positions[step:] == race.positions[step]).all()
    assert str(race.outcomes[0][0]) == f"cancelled at step {step}"


@pytest.mark.parametrize("steps", [200, 9000])
def test_cancel_on_floats(steps):
    entries = (gdsim.Entry("gd", {"learning_rate": 1e-4}), gdsim.Entry("adam"))
    experiment = gdsim.Experiment("rosenbrock", restarts=2, steps=steps, optimizers=entries)
    shares = []

    def pulse(share):
        shares.append(share)
        return share > 0.3

    whole, race = experiment.run(), experiment.run(pulse)
    assert shares == sorted(shares)
    assert shares[-2] <= 0.3 < shares[-1]
    # path by path: those done, one cut short or just done, and those that never began
    ended = race.ended.ravel()
    cut = int(np.sum(ended == steps))
    assert cut >= 1
    assert (race.kinds.ravel()[cut:] == Kind.CANCELLED).all()
    assert (ended[cut + 1 :] == 0).all()
    for o, r in np.ndindex(race.ended.shape):
        t = race.ended[o, r]
        np.testing.assert_array_equal(race.positions[: t + 1, o, :, r], whole.positions[: t + 1, o, :, r])
        assert (race.positions[t:, o, :, r] == race.positions[t, o, :, r]).all()
        assert (race.losses[t:, o, r] == race.losses[t, o, r]).all()


@BOTH_PATHS
def test_what_never_began_has_not_converged(float_runs):
    entries = (gdsim.Entry("gd"), gdsim.Entry("adam"))
    experiment = gdsim.Experiment("bowl", (0.0, 0.0), steps=5000, tolerance=1e-8, optimizers=entries)
    outcome = experiment.run(lambda share: True).outcomes[1][0]
    if float_runs:
        assert (outcome.kind, outcome.step) == (Kind.CANCELLED, 0)
    else:  # all optimizers go together, and all have converged at the first look
        assert (outcome.kind, outcome.step) == (Kind.CONVERGED, 1)


@BOTH_PATHS
def test_a_pulse_that_lets_it_go_on_changes_nothing(float_runs):
    experiment = gdsim.Experiment(
        "himmelblau", restarts=2, steps=3000, optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam"))
    )
    shares = []
    race = experiment.run(lambda share: bool(shares.append(share)))
    whole = experiment.run()
    np.testing.assert_array_equal(race.positions, whole.positions)
    np.testing.assert_array_equal(race.kinds, whole.kinds)
    assert shares
    assert all(0 < share <= 1 for share in shares)


def test_a_race_can_run_in_another_thread():
    """The worker of a window does: numpy's error state belongs to a thread."""
    experiment = gdsim.Experiment(
        "beale", restarts=12, steps=200, optimizers=(gdsim.Entry("gd", {"learning_rate": 1.0}),)
    )
    found = []
    thread = threading.Thread(target=lambda: found.append(experiment.run()))
    thread.start()
    thread.join()
    np.testing.assert_array_equal(found[0].positions, experiment.run().positions)


BAD = [
    ({"function": "rosenbrok"}, "function", "unknown function 'rosenbrok'; did you mean rosenbrock?"),
    ({"function": 3}, "function", "unknown function '3'; there are: bowl, "),
    ({"function": ["bowl"]}, "function", "unknown function '['bowl']'; "),
    ({"optimizers": "adm"}, "optimizers", "unknown optimizer 'adm'; did you mean adam, "),
    ({"optimizers": ["gd", "zzzz"]}, "optimizers", "unknown optimizer 'zzzz'; there are: gd, momentum, "),
    ({"optimizers": []}, "optimizers", "optimizers must be at least one"),
    ({"optimizers": [7]}, "optimizers", "optimizers must be keys or instances, not 7"),
    ({"optimizers": 7}, "optimizers", "optimizers must be keys or instances, not 7"),
    ({"optimizers": None}, "optimizers", "optimizers must be keys or instances, not None"),
    ({"optimizers": [gdsim.Adam]}, "optimizers", "optimizers must be keys or instances, not <class "),
    ({"start": (1.0,)}, "start", "start must be one number for each of x, y, not (1.0,)"),
    ({"start": (1.0, 2.0, 3.0)}, "start", "start must be one number for each of x, y, not (1.0, 2.0, 3.0)"),
    ({"start": 5}, "start", "start must be one number for each of x, y, not 5"),
    ({"start": "12"}, "start", "start must be one number for each of x, y, not 12"),
    ({"start": ((1, 2), 3)}, "start", "start must be one number for each of x, y, not ((1, 2), 3)"),
    ({"start": (1.0, math.nan)}, "start y", "start y must be a finite number, not nan"),
    ({"start": (math.inf, 1.0)}, "start x", "start x must be a finite number, not inf"),
    ({"start": ("a", 1.0)}, "start x", "start x must be a finite number, not 'a'"),
    ({"restarts": -1}, "restarts", "restarts must be from 0 to 100,000, not -1"),
    ({"restarts": 1.5}, "restarts", "restarts must be a whole number, not 1.5"),
    ({"restarts": None}, "restarts", "restarts must be a finite number, not None"),
    ({"restarts": True}, "restarts", "restarts must be a finite number, not True"),
    ({"seed": -1}, "seed", "seed must be from 0 to 4,294,967,295, not -1"),
    ({"seed": 2**32}, "seed", "seed must be from 0 to 4,294,967,295, not 4,294,967,296"),
    ({"steps": 0}, "steps", "steps must be from 1 to 10,000,000, not 0"),
    ({"steps": 10**8}, "steps", "steps must be from 1 to 10,000,000, not 100,000,000"),
    ({"steps": math.nan}, "steps", "steps must be a finite number, not nan"),
    ({"steps": "many"}, "steps", "steps must be a finite number, not 'many'"),
    ({"direction": "sideways"}, "direction", "direction must be descent or ascent, not 'sideways'"),
    (
        {"gradient": "central"},
        "gradient",
        "gradient must be Exact(), CentralDifference(h) or ForwardDifference(h), not",
    ),
    ({"noise": -1}, "noise", "noise must be from 0 to 1000000, not -1"),
    ({"noise": math.nan}, "noise", "noise must be a finite number, not nan"),
    ({"clip": -1}, "clip", "clip must be from 0 to 1e+12, not -1"),
    ({"schedule": "cosine"}, "schedule", "schedule must be a schedule such as Cosine(), not 'cosine'"),
    ({"schedule": gdsim.Cosine(0.1)}, "schedule", "schedule must leave η to the optimizer: give learning_rate there"),
    ({"parameters": 3}, "parameters", "parameters must be names with numbers, not 3"),
    ({"tolerance": -1e-9}, "tolerance", "tolerance must be 0 or more, not -1e-09"),
    ({"tolerance": math.inf}, "tolerance", "tolerance must be a finite number, not inf"),
    ({"learning_rate": -0.5}, "learning_rate", "learning_rate must be from 0 to 1000, not -0.5"),
    ({"learning_rate": math.nan}, "learning_rate", "learning_rate must be a finite number, not nan"),
    ({"momentum": 1.5}, "momentum", "momentum must be from 0 to 1, not 1.5"),
    ({"bounds": (0, 1)}, "bounds", "bounds must be one pair (low, high) for each of x, y, not (0, 1)"),
    ({"bounds": 4}, "bounds", "bounds must be one pair (low, high) for each of x, y, not 4"),
    ({"bounds": ((0, 1), (0,))}, "bounds", "bounds must be one pair (low, high) for each of x, y, not ((0, 1), (0,))"),
    ({"bounds": ((0, 1), (1, 1))}, "bounds", "bounds must have low < high and a finite width, not (1, 1)"),
    ({"bounds": ((0, 1), (2, 1))}, "bounds", "bounds must have low < high and a finite width, not (2, 1)"),
    ({"bounds": ((-1e308, 1e308), (0, 1))}, "bounds", "bounds must have low < high and a finite width, not (-1e+308"),
    ({"bounds": ((0, math.inf), (0, 1))}, "bounds", "bounds must be a finite number, not inf"),
    (
        {"steps": 10**6, "restarts": 1000},
        "steps",
        "1 optimizers × 1,001 runs × 1,000,000 steps would take 24.0 GB; the limit is 2.1 GB: at most 89,388 steps "
        "or 88 restarts fit",
    ),
]


@pytest.mark.parametrize(("bad", "field", "sentence"), BAD, ids=[str(bad)[1:40] for bad, *_ in BAD])
def test_bad_input(bad, field, sentence):
    good = {"function": "bowl", "optimizers": "gd"}
    with pytest.raises(gdsim.GdsimError) as error:
        gdsim.descend(**(good | bad))
    assert str(error.value).startswith(sentence)
    assert error.value.field == field
    assert "\n" not in str(error.value)
    if "optimizers" not in bad:
        with pytest.raises(gdsim.GdsimError) as again:
            gdsim.Experiment(**({"function": "bowl"} | bad))
        assert str(again.value) == str(error.value)


def test_an_error_keeps_its_template_for_translation():
    with pytest.raises(gdsim.GdsimError) as error:
        gdsim.descend("bowl", "gd", steps=0)
    assert error.value.template == "{field} must be from {low} to {high}, not {given}"
    assert error.value.values == {"low": "1", "high": "10,000,000", "given": "0"}
    assert isinstance(error.value, ValueError)


def test_what_just_fits_is_allowed():
    gdsim.Experiment("bowl", steps=10**6, restarts=80)
    gdsim.Experiment("bowl", steps=10_000_000, restarts=0)
    with pytest.raises(gdsim.GdsimError, match="the limit is"):
        gdsim.Experiment("bowl", steps=10**6, restarts=90)


def test_a_run_that_stays_far_out_has_an_outcome():
    race = gdsim.descend("easom", "gd", start=(0.0, 1.4e154), steps=1, tolerance=0)
    assert str(race.outcomes[0][0]) == "stands still"


def test_what_fits_fits_and_no_more(monkeypatch):
    said = []
    for limit, steps, restarts in ((10_000, 100, 9), (10_000, 10_000, 0), (10_000, 10, 10_000), (10, 10, 10)):
        monkeypatch.setattr(trajectories, "MEMORY_LIMIT", limit)
        with pytest.raises(gdsim.GdsimError) as refused:
            trajectories.check_memory(steps, 1, 2, restarts + 1)
        fits = refused.value.values["reason"].values
        said.append(sorted(fits))
        for field, most in fits.items():
            sizes = {"steps": steps, "restarts": restarts}
            for value, allowed in ((most, True), (most + 1, False)):
                sizes[field] = value
                with nullcontext() if allowed else pytest.raises(gdsim.GdsimError):
                    trajectories.check_memory(sizes["steps"], 1, 2, sizes["restarts"] + 1)
    assert said == [["restarts", "steps"], ["steps"], ["restarts"], []]


def test_a_rule_is_made_once_for_the_same_values():
    """With every move of a start that is dragged the rules are asked for."""
    before = gdsim.Experiment(learning_rate=0.3)
    moved = replace(before, start=(1.0, 1.0))
    assert all(one is other for one, other in zip(before.rules, moved.rules, strict=True))
    assert all(rule.learning_rate == 0.4 for rule in replace(before, learning_rate=0.4).rules)
    assert all(rule.learning_rate == 0.3 for rule in before.rules)


def test_starts_that_are_kept_do_not_keep_a_model_that_nobody_has_any_more():
    experiment = gdsim.Experiment("logistic", restarts=3, seed=5, steps=2)
    first = experiment.starts
    np.testing.assert_array_equal(first, experiment.starts)
    model = copy.copy(experiment.objective)  # the one of these words stays with whoever asks for it again
    draw_starts(model, model.start, 3, 5)
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None


def test_more_starts_than_are_kept_are_the_same_ones(monkeypatch):
    experiment = gdsim.Experiment("bowl", restarts=40, seed=3)
    right = experiment.starts
    monkeypatch.setattr(starts, "_MOST_KEPT", 10)
    monkeypatch.setattr(starts, "_DRAWN", WeakKeyDictionary())
    np.testing.assert_array_equal(experiment.starts, right)
