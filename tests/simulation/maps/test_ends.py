"""Every run of a map is the single race with that start and these settings, to the last bit."""

import dataclasses

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

from gdsim import CentralDifference, Cosine, ReduceOnPlateau, StepDecay
from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.objectives.interruption import InterruptedWorkError, interruptible
from gdsim.optimizers import RULES, Adam, GradientDescent, Momentum
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.descend import race
from gdsim.simulation.maps.ends import ends_of
from gdsim.simulation.maps.runs import kernel
from gdsim.simulation.maps.runs.found_ends import KINDS
from gdsim.simulation.maps.runs.kernel_steps import KernelSteps
from gdsim.simulation.maps.runs.plan import Plan

HIMMELBLAU = FUNCTIONS["himmelblau"]


@pytest.fixture(params=["machine code", "arrays"])
def way(request, monkeypatch):
    """With llvmlite, and as if it were not installed."""
    if request.param == "arrays":
        monkeypatch.setattr(kernel, "is_there", lambda: False)
    return request.param


def starts(objective, count, seed=0, scale=1.0):
    low, high = objective.bounds.T[:, :, None]
    middle = (low + high) / 2
    drawn = np.random.default_rng(seed).uniform(low, high, (objective.dimension, count))
    return middle + scale * (drawn - middle)


def assert_races(course, lane, points, steps, tolerance, settings=None):
    """Compare each run with the race of that start alone."""
    found = ends_of(course, lane, points, steps, tolerance, settings)
    for i in range(points.shape[1]):
        values = {name: float(value[i]) for name, value in (settings or {}).items()}
        own = dataclasses.replace(lane, rule=dataclasses.replace(lane.rule, **values))
        single = race(course, [own], points[:, i : i + 1], steps, tolerance)
        assert KINDS[found.kinds[i]] == single.kinds[0, 0], (i, points[:, i])
        assert found.steps[i] == single.ended[0, 0], (i, points[:, i])
        np.testing.assert_array_equal(found.positions[:, i], single.positions[single.steps, 0, :, 0])
    return found


@pytest.mark.parametrize("key", list(FUNCTIONS))
def test_every_function(key, way):
    objective = FUNCTIONS[key]
    for rule in (Momentum(learning_rate=0.005, momentum=0.9), GradientDescent(learning_rate=0.3)):
        assert_races(Course(objective), Lane(rule), starts(objective, 12), 150, 1e-5)


@pytest.mark.parametrize("key", list(RULES))
def test_every_optimizer_with_schedules_and_clipping(key, way):
    rule = RULES[key]()
    for lane in (
        Lane(rule),
        Lane(rule, Cosine(), clip=0.5),
        Lane(rule, ReduceOnPlateau(patience=3)),
        Lane(rule, StepDecay(every=9), clip=3.0),
    ):
        assert_races(Course(HIMMELBLAU), lane, starts(HIMMELBLAU, 4), 70, 1e-3)


@pytest.mark.parametrize(
    "course",
    [
        Course(HIMMELBLAU, ascent=True),
        Course(HIMMELBLAU, noise=0.3, seed=4),
        Course(HIMMELBLAU, mode=CentralDifference()),
        Course(HIMMELBLAU, noise=0.01, ascent=True),
    ],
)
def test_every_kind_of_gradient(course, way):
    for rule in (Momentum(learning_rate=0.01), Adam(learning_rate=0.1)):
        assert_races(course, Lane(rule, clip=2.0), starts(HIMMELBLAU, 8), 60, 1e-3)


@pytest.mark.parametrize("key", list(RULES))
def test_every_pair_of_settings(key, way):
    kind = RULES[key]
    hypers = [h for h in kind().hypers() if not isinstance(h.default, bool)]
    rng = np.random.default_rng(1)
    for k, first in enumerate(hypers):
        second = hypers[(k + 1) % len(hypers)]
        values = {}
        for h in {first.name: first, second.name: second}.values():
            values[h.name] = np.clip(np.concatenate([[0, 1], rng.uniform(0.01, 0.9, 4)]), h.low, h.high)
        lane = Lane(kind(learning_rate=0.01), (None, Cosine(), ReduceOnPlateau(patience=2))[k % 3])
        assert_races(Course(HIMMELBLAU), lane, starts(HIMMELBLAU, 6), 40, 1e-3, values)


@many_examples(60)
@given(
    st.sampled_from(["himmelblau", "rosenbrock", "rastrigin", "beale", "square", "abs_value", "easom", "saddle"]),
    st.sampled_from(list(RULES)),
    st.floats(-5, 1),
    st.sampled_from([0.0, 1e-9, 1e-6, 1e-3]),
    st.integers(1, 90),
    st.integers(0, 1000),
    st.sampled_from([1.0, 1e-3, 1e3, 1e60]),
)
def test_any_race(key, optimizer, power, tolerance, steps, seed, scale):
    objective = FUNCTIONS[key]
    rule = RULES[optimizer](learning_rate=10**power)
    assert_races(Course(objective), Lane(rule), starts(objective, 5, seed, scale), steps, tolerance)


@pytest.mark.parametrize(
    "text", ["log(x) + y^2", "1/x + y^2", "sqrt(x) + y^2", "x^0.5*y", "1/(x^2 + y^2)", "log(1 + exp(-x)) + y^2", "x/y"]
)
def test_functions_that_are_undefined_somewhere(text, way):
    objective = objective_for(text)
    points = np.concatenate([starts(objective, 20), [[0.0, 1, -1, np.nan, np.inf], [0.0, 0, 0, 0, 0]]], axis=1)
    for rate in (0.01, 0.5):
        assert_races(Course(objective), Lane(GradientDescent(learning_rate=rate)), points, 60, 1e-6)


def test_a_run_that_is_lost_and_comes_back_at_once_is_lost(way):
    # a step leads to where f overflows, and the next one back
    objective = objective_for("1e153*abs(x) + y^2")
    points = np.array([[1.0, 0.5, -3.0], [0.0, 1.0, 2.0]])
    found = assert_races(Course(objective), Lane(GradientDescent(learning_rate=1000)), points, 64, 0.0)
    assert {KINDS[kind] for kind in found.kinds} == {"diverged"}


def test_no_step_at_all(way):
    assert_races(Course(HIMMELBLAU), Lane(Adam()), starts(HIMMELBLAU, 3), 0, 1e-6)


def test_no_run_at_all(way):
    for values in ({}, {"momentum": np.empty(0)}):
        found = ends_of(Course(HIMMELBLAU), Lane(Momentum()), np.empty((2, 0)), 20, 1e-6, values)
        assert found.positions.shape == (2, 0)


def test_machine_code_is_made_where_a_function_is_arithmetic():
    for key, rule in (("himmelblau", Momentum()), ("beale", Adam()), ("rosenbrock", RULES["radam"]())):
        assert KernelSteps(Plan(Course(FUNCTIONS[key]), Lane(rule), 10, 1e-6)).kernel is not None
    assert KernelSteps(Plan(Course(FUNCTIONS["rastrigin"]), Lane(Momentum()), 10, 1e-6)).kernel is None


def test_several_threads_give_the_same(way):
    points = starts(HIMMELBLAU, 70_000)
    lane = Lane(Momentum(learning_rate=0.01))
    one, two = (ends_of(Course(HIMMELBLAU), lane, points, 20, 1e-6, threads=n) for n in (1, 2))
    for name in ("positions", "steps", "kinds"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_parameters_of_a_typed_function(way):
    for a in (0.5, 3.0, -1.0):
        objective = objective_for("a*x^2 + b*y^2 + x*y", {"a": a, "b": 2.0})
        assert_races(Course(objective), Lane(GradientDescent(learning_rate=0.1)), starts(objective, 9), 80, 1e-6)


def test_one_kernel_serves_all_values_of_parameters_and_bounds_of_the_gradient():
    kernels = set()
    for value in (0.5, 3.0, 1e-9):
        objective = objective_for("a*x^4 + b*y^2 + c*x*y", {"a": value, "b": 2.0, "c": -value})
        plan = Plan(Course(objective), Lane(Momentum(learning_rate=0.01), clip=value), 10, 1e-6)
        kernels.add(KernelSteps(plan).kernel)
    assert len(kernels) == 1
    assert None not in kernels


def test_stopped_runs_are_cancelled_where_they_are(way):
    points, asked = starts(HIMMELBLAU, 20_000), []

    def pulse(share):
        asked.append(share)
        return len(asked) > 2

    found = ends_of(Course(HIMMELBLAU), Lane(Adam()), points, 400, 1e-6, pulse=pulse)
    assert asked == sorted(asked)
    assert "cancelled" in {KINDS[kind] for kind in found.kinds}
    assert len(asked) <= 5


def test_unwanted_work_is_given_up(way):
    with interruptible(lambda: True), pytest.raises(InterruptedWorkError):
        ends_of(Course(HIMMELBLAU), Lane(Adam()), starts(HIMMELBLAU, 2000), 400, 1e-6)
