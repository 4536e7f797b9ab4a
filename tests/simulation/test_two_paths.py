"""Floats and arrays: two ways through a race with the same numbers, to the last bit."""

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import example, given
from hypothesis import strategies as st

import gdsim
from gdsim.objectives import Function
from gdsim.simulation import descend, floats
from gdsim.simulation.course import Course, Lane

#: Forces every race on one of the two paths.
PATHS = {"floats": 10**9, "arrays": 0}


def run_both(**race):
    """The same race on floats and on arrays."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        for runs in PATHS.values():
            patch.setattr(descend, "FLOAT_RUNS", runs)
            found.append(gdsim.descend(**race))
    return found


def assert_same(one, other):
    np.testing.assert_array_equal(one.positions, other.positions)
    np.testing.assert_array_equal(one.losses, other.losses)  # nan equals nan here
    np.testing.assert_array_equal(one.kinds, other.kinds)
    np.testing.assert_array_equal(one.ended, other.ended)
    assert one.outcomes == other.outcomes


@st.composite
def racers(draw):
    kind = gdsim.optimizers.RULES[draw(st.sampled_from(list(gdsim.optimizers.RULES)))]
    values = {"learning_rate": draw(st.one_of(st.just(0.0), st.floats(-6, 3).map(lambda e: 10.0**e)))}
    for parameter in kind.hypers():
        if parameter.name != "learning_rate" and draw(st.integers(0, 3)) == 0:
            if isinstance(parameter.default, bool):
                values[parameter.name] = draw(st.booleans())
            else:
                values[parameter.name] = draw(st.floats(*parameter.slider) | st.just(parameter.low))
    return kind(**values)


@st.composite
def handlings(draw):
    """Strategy for what is done to gradients and η: often nothing."""
    schedules = [kind() for kind in gdsim.SCHEDULES.values()]
    schedules += [gdsim.ReduceOnPlateau(gamma=0.5, patience=1), gdsim.WarmupCosine(warmup=7, steps=30, final=0.5)]
    modes = [gdsim.Exact(), gdsim.CentralDifference(), gdsim.ForwardDifference(1e-12), gdsim.CentralDifference(1.0)]
    choices = {
        "schedule": schedules,
        "gradient": modes,
        "noise": [1e-3, 1.0, 1e6],
        "clip": [1e-3, 1.0, 1e12],
        "direction": ["ascent"],
    }
    return {name: draw(st.sampled_from(values)) for name, values in choices.items() if draw(st.booleans())}


@many_examples(400)
@given(
    function=st.sampled_from(list(gdsim.FUNCTIONS)),
    optimizers=st.lists(racers(), min_size=1, max_size=3),
    share=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    far=st.sampled_from([1.0, 1.0, 1.0, 1e3, 1e80]),
    steps=st.integers(1, 150),
    tolerance=st.sampled_from([0.0, 1e-12, 1e-8, 1e-3, 1.0]),
    restarts=st.integers(0, 3),
    handling=handlings(),
)
@example("beale", [gdsim.GradientDescent(learning_rate=10.0)], (0.1, 0.9), 1e80, 70, 0.0, 1, {})
@example("easom", [gdsim.RMSProp(epsilon=0.0)], (0.0, 0.0), 1e3, 130, 0.0, 2, {})
@example("bowl", [gdsim.GradientDescent(learning_rate=1e-3)], (0.5, 0.5), 1.0, 20, 1e-8, 2, {})
def test_same_bits(function, optimizers, share, far, steps, tolerance, restarts, handling):
    low, high = gdsim.FUNCTIONS[function].bounds.T
    start = (low + np.array(share[: len(low)]) * (high - low)) * far
    one, other = run_both(
        function=function,
        optimizers=optimizers,
        start=start,
        steps=steps,
        tolerance=tolerance,
        restarts=restarts,
        seed=steps,
        **handling,
    )
    assert_same(one, other)


@pytest.mark.parametrize("function", gdsim.FUNCTIONS)
def test_same_bits_over_a_long_race_of_all(function):
    for learning_rate in (1e-3, 0.1, 10.0):
        one, other = run_both(
            function=function,
            optimizers=list(gdsim.optimizers.RULES),
            learning_rate=learning_rate,
            steps=200,
            restarts=4,
            tolerance=1e-6,
        )
        assert_same(one, other)


def test_same_bits_beyond_a_piece_of_the_float_path():
    one, other = run_both(
        function="booth",
        optimizers=[gdsim.GradientDescent(learning_rate=5e-3), gdsim.Adam(), gdsim.AdaDelta()],
        steps=5000,
        restarts=1,
        tolerance=1e-4,
    )
    assert_same(one, other)
    assert set(one.kinds.ravel()) == {gdsim.Kind.CONVERGED, gdsim.Kind.OUT_OF_STEPS}


@pytest.mark.parametrize("restarts", [0, 1, 6, 7, 8, 9, 40])
def test_adding_restarts_changes_no_other_run(restarts):
    race = {"function": "himmelblau", "optimizers": ["gd", "adam", "nesterov"], "learning_rate": 0.02, "seed": 11}
    few = gdsim.descend(**race, restarts=restarts, steps=120)
    many = gdsim.descend(**race, restarts=restarts + 5, steps=120)
    runs = restarts + 1
    np.testing.assert_array_equal(many.positions[..., :runs], few.positions)
    np.testing.assert_array_equal(many.losses[..., :runs], few.losses)
    np.testing.assert_array_equal(many.kinds[:, :runs], few.kinds)
    np.testing.assert_array_equal(many.ended[:, :runs], few.ended)


def test_adding_an_optimizer_changes_no_other():
    for restarts in (2, 12):
        race = {"function": "ackley", "restarts": restarts, "steps": 90}
        alone = gdsim.descend(optimizers="rmsprop", **race)
        among = gdsim.descend(optimizers=["adam", "rmsprop", "gd"], **race)
        np.testing.assert_array_equal(among.positions[:, 1], alone.positions[:, 0])
        np.testing.assert_array_equal(among.losses[:, 1], alone.losses[:, 0])


def test_few_runs_go_on_floats_and_many_on_arrays(monkeypatch):
    used = []
    monkeypatch.setattr(descend, "_march", lambda *a, real=descend._march: used.append("arrays") or real(*a))
    monkeypatch.setattr(descend, "_walk", lambda *a, real=descend._walk: used.append("floats") or real(*a))
    gdsim.descend("bowl", "gd", restarts=7, steps=3)
    assert used == ["floats"] * 8
    used.clear()
    gdsim.descend("bowl", "gd", restarts=8, steps=3)
    assert used == ["arrays"]


def test_a_path_that_floats_refuse_goes_on_arrays(monkeypatch):
    used = []
    monkeypatch.setattr(descend, "_march", lambda *a, real=descend._march: used.append("arrays") or real(*a))
    # 0/0 where the gradient vanishes
    race = gdsim.descend("bowl", gdsim.RMSProp(epsilon=0.0), start=(0.0, 1.0), steps=20, tolerance=0)
    assert used == ["arrays"]
    assert race.kinds[0, 0] in (gdsim.Kind.DIVERGED, gdsim.Kind.LEFT_DOMAIN)


def test_a_negative_number_under_a_root_goes_on_arrays(monkeypatch):
    ramp = Function("ramp", "Ramp", "A ramp.", "x/10 + y/3", ((-1.0, 1.0), (-1.0, 1.0)), (0.0, 0.0))
    starts, refused = np.zeros((2, 1)), 0
    for decay in (0.6, 0.7, 0.8, 0.9):
        rule = gdsim.RMSProp(centered=True, decay=decay)  # the variance of a constant: 0, give or take rounding
        try:
            list(floats.walk(Course(ramp), ramp.float_gradient(), Lane(rule), starts[:, 0], 300, 300))
        except ValueError:
            refused += 1
        found = []
        for runs in PATHS.values():
            monkeypatch.setattr(descend, "FLOAT_RUNS", runs)
            found.append(descend.race(Course(ramp), [Lane(rule)], starts, 300))
        assert_same(*found)
    assert refused
