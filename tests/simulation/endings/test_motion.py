"""A run that grows, runs away, bounces, shrinks or creeps is told apart, and the cause is the true one."""

import itertools
import math

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim import Motion
from gdsim.optimizers import RULES


def ended(function, key, rate, start=None, steps=200, **more):
    rule = RULES[key](learning_rate=rate)
    return gdsim.descend(function, rule, start=start, steps=steps, **more).outcomes[0][0]


@pytest.mark.parametrize(
    ("function", "key", "rate", "start", "steps", "sentence"),
    [
        ("bowl", "gd", 1.2, (1, 1), 100, "diverges, as η = 1.2 is above 2/λmax = 1"),
        ("bowl", "gd", 1.5, (1, 1), 300, "diverges, as η = 1.5 is above 2/λmax = 1"),
        ("bowl", "gd", 1.001, (1, 1), 50, "diverges, as η = 1.001 is above 2/λmax = 1"),
        ("bowl", "gd", 1.2, (1, 1), 1, "diverges, as η = 1.2 is above 2/λmax = 1"),
        ("bowl", "gd", 1.0, (1, 1), 100, "bounces and does not settle, as η = 1 is 2/λmax itself"),
        ("bowl", "gd", 0.99, (1, 1), 100, "out of steps, swinging less and less"),
        ("bowl", "gd", 0.9, (1, 1), 30, "out of steps near a global minimum"),
        ("bowl", "gd", 1e-4, (1, 1), 100, "out of steps, creeping: its steps are tiny"),
        ("bowl", "gd", 0.01, (1, 1), 100, "out of steps on the way"),
        ("ravine", "gd", 1.05, None, 100, "diverges, as η = 1.05 is above 2/λmax = 1"),
        ("bowl", "momentum", 1.91, (1, 1), 400, "diverges, as η = 1.91 is above 2(1 + β)/λmax = 1.9"),
        ("bowl", "nesterov", 0.7, (1, 1), 400, "diverges, as η = 0.7 is above 2(1 + β)/((1 + 2β)·λmax) = 0.6786"),
        ("bowl", "radam", 10, (1, 1), 500, "flung far out by its first steps"),
        ("x^2 - y^2", "gd", 0.1, (1, 0.1), 200, "falls without end, there may be no minimum"),
        ("x^2 - y^2", "gd", 1.5, (1, 0.1), 100, "falls without end, there may be no minimum"),
        ("x^3", "gd", 0.1, (-1,), 50, "fell without end until step 13, there may be no minimum"),
        ("x + y", "gd", 0.1, (1, 1), 5000, "falls without end, there may be no minimum"),
        (
            "rosenbrock",
            "gd",
            3e-3,
            None,
            500,
            "diverged at step 7, as η = 0.003 is above 2/λmax = 0.001997 at the minimum",
        ),
        (
            "himmelblau",
            "gd",
            0.03,
            None,
            500,
            "bounces and does not settle, as η = 0.03 is above 2/λmax = 0.01897 at the minimum",
        ),
        (
            "rosenbrock",
            "rmsprop",
            0.05,
            None,
            5000,
            "bounces and does not settle, as RMSProp at one η keeps jumping η/2 to either side of the bottom",
        ),
        ("abs(x) + abs(y)", "gd", 0.1, (1.03, 0.77), 500, "bounces and does not settle"),
        # cycles, exact or nearly so, whatever they are near
        ("abs_value", "gd", 0.1, None, 200, "bounces round a global minimum and does not settle"),
        (
            "rosenbrock",
            "rmsprop",
            0.01,
            None,
            5000,
            "bounces round a global minimum and does not settle, "
            "as RMSProp at one η keeps jumping η/2 to either side of the bottom",
        ),
        ("styblinski_tang", "nadam", 2.77, None, 2000, "bounces and does not settle"),
        # at a corner no η settles: none is blamed, however small
        ("hypot(x, y)", "gd", 0.1, (0.3, 0.45), 500, "bounces and does not settle"),
        ("hypot(x, y)", "gd", 0.08, (0.3, 0.45), 500, "bounces and does not settle"),
        ("hypot(x, y)", "gd", 0.02, (0.3, 0.45), 500, "bounces and does not settle"),
        # just below and above the limit
        ("bowl", "gd", 0.9999, None, 300, "out of steps, swinging less and less"),
        ("ravine", "gd", 0.9999, None, 300, "out of steps, swinging less and less"),
        ("bowl", "gd", 1.0001, None, 300, "diverges, as η = 1.0001 is above 2/λmax = 1"),
        ("ravine", "gd", 1.0001, None, 300, "diverges, as η = 1.0001 is above 2/λmax = 1"),
        # swings that are wider than those the rule makes by itself
        ("rosenbrock", "adamw", 0.2, None, 5000, "bounces and does not settle"),
        ("rosenbrock", "nadam", 1, None, 5000, "bounces and does not settle"),
        # all ways down without an end, and none where the end is known
        ("saddle", "momentum", 0.05, None, 300, "falls without end, there may be no minimum"),
        ("saddle", "rmsprop", 0.05, None, 3000, "falls without end, there may be no minimum"),
        ("exp(-x)", "gd", 1, None, 500, "out of steps, creeping: its steps are tiny"),
        ("atan(x)", "gd", 5, None, 500, "out of steps on the way"),
        ("monkey_saddle", "gd", 3, None, 500, "diverged at step 7, as η = 3 is above 2/λmax = 0.2083 at the start"),
        ("ackley", "gd", 1.2, None, 500, "bounces and does not settle"),
        ("x^4", "gd", 0.5, (3,), 100, "diverged at step 5, as η = 0.5 is above 2/λmax = 0.01852 at the start"),
    ],
)
def test_in_words(function, key, rate, start, steps, sentence):
    assert str(ended(function, key, rate, start, steps)) == sentence


def test_uphill_is_the_mirror_image():
    up = ended("-x^2 - y^2", "gd", 1.2, (1, 1), 100, direction="ascent")
    assert str(up) == "diverges, as η = 1.2 is above 2/λmax = 1"
    assert str(ended("x^2", "gd", 0.2, (1,), 300, direction="ascent")) == "rises without end, there may be no maximum"
    assert str(ended("x^3", "gd", 0.1, (1,), 50, direction="ascent")).endswith("there may be no maximum")


def test_models_grow_too():
    linear = ended("linear", "gd", 10, steps=400)
    assert str(linear).startswith("diverged at step ")
    assert ", as η = 10 is above 2/λmax = " in str(linear)
    assert linear.limit is not None
    model = gdsim.Experiment("linear").objective
    curvature = np.linalg.eigvalsh(model.hessian(np.zeros(2)))[-1]
    assert linear.limit.value == pytest.approx(2 / curvature)
    calm = gdsim.descend("linear", "gd", learning_rate=0.95 * linear.limit.value, steps=4000)
    assert calm.outcomes[0][0].arrived
    network = ended("network", "gd", 0.5, steps=400, options={"l2": 10.0})
    assert network.motion is Motion.GROWING


def test_what_is_known_to_have_a_bottom_does_not_fall_without_end():
    valley = gdsim.descend("rosenbrock", gdsim.Adam(learning_rate=5), restarts=10)
    assert valley.objective.is_bounded()
    assert not valley.objective.is_bounded(ascent=True)
    network = gdsim.descend("network", gdsim.GradientDescent(learning_rate=50), restarts=5)
    assert network.objective.is_bounded()
    for race in (valley, network):
        assert Motion.RUNAWAY not in {outcome.motion for outcome in race.outcomes[0]}


def test_flung_out_is_what_is_never_farther_out_than_after_its_first_steps():
    rules = {"adam": 5.0, "momentum": 0.5, "radam": 10.0, "rmsprop": 50.0}
    for function, (key, rate) in itertools.product(["ackley", "bowl", "network"], rules.items()):
        rule = RULES[key](learning_rate=rate)
        race = gdsim.descend(function, rule, restarts=9)
        low, high = race.objective.bounds.T
        for run, outcome in enumerate(race.outcomes[0]):
            if outcome.motion is Motion.FLUNG:
                path = (race.positions[:, 0, :, run] - race.positions[0, 0, :, run]) / (high - low)
                assert np.argmax(np.linalg.norm(path, axis=1)) <= 10
                assert race.losses[-1, 0, run] > race.losses[0, 0, run]


def test_noise_and_batches_are_named():
    noisy = ended("bowl", "gd", 0.1, (1, 1), 500, noise=0.5)
    assert (noisy.motion, str(noisy)) == (Motion.NOISY, "out of steps, kept moving by its noisy gradient")
    assert ended("linear", "gd", 0.1, steps=500, batch=8).motion is Motion.NOISY
    assert ended("bowl", "gd", 1.3, (1, 1), 60, noise=0.5).motion is Motion.GROWING


def test_clipped_steps_and_those_of_adadelta_bounce_and_do_not_grow():
    clipped = ended("bowl", "gd", 1.2, (1, 1), 300, clip=0.5)
    assert str(clipped) == "bounces and does not settle, as η = 1.2 is above 2/λmax = 1"
    race = gdsim.descend("bowl", gdsim.AdaDelta(learning_rate=3), start=(1, 1), steps=5000, tolerance=0)
    assert race.losses[-1, 0, 0] < race.losses[0, 0, 0]
    assert race.outcomes[0][0].motion is not Motion.GROWING
    assert "diverges" not in str(race.outcomes[0][0])


def test_a_decaying_rate_is_not_blamed_for_bouncing():
    race = gdsim.descend("rosenbrock", gdsim.RMSProp(learning_rate=0.05), steps=5000, schedule=gdsim.Cosine())
    assert "keeps jumping" not in str(race.outcomes[0][0])


#: By rule: the limits for η·λ (measured, and by formula where there is one).
LIMITS = {"gd": 2.0, "momentum": 3.8, "nesterov": 2 * 1.9 / 2.8}


@many_examples(60, derandomize=True)
@given(
    key=st.sampled_from(sorted(LIMITS)),
    above=st.floats(1.01, 3),
    curvature=st.floats(0.01, 1e4),
    share=st.floats(0.05, 1),
    steps=st.integers(60, 400),
    turn=st.floats(0, math.pi),
)
def test_above_the_limit_a_run_is_always_said_to_diverge(key, above, curvature, share, steps, turn):
    text = f"{curvature / 2!r}*x^2 + {share * curvature / 2!r}*y^2"
    start = (3 * math.cos(turn) or 1e-3, 3 * math.sin(turn))
    if abs(start[0]) < 0.1:  # what grows from next to nothing is not seen yet
        start = (0.1, start[1])
    rate = above * LIMITS[key] / curvature
    if rate > 1000:
        return
    outcome = ended(text, key, rate, start, steps, bounds=((-5, 5), (-5, 5)))
    grown = ended(text, key, rate, start, 4 * steps, bounds=((-5, 5), (-5, 5)))
    assert grown.motion is Motion.GROWING
    assert outcome.motion in ((Motion.GROWING,) if above > 1.05 else (Motion.GROWING, Motion.CYCLING, Motion.SHRINKING))
    assert grown.limit is not None
    assert grown.limit.value == pytest.approx(LIMITS[key] / curvature, rel=1e-9)
    assert not grown.arrived


@many_examples(60, derandomize=True)
@given(
    key=st.sampled_from(sorted(LIMITS)),
    below=st.floats(0.001, 0.98),
    curvature=st.floats(0.01, 1e4),
    share=st.floats(0.05, 1),
    steps=st.integers(4, 400),
    turn=st.floats(0, math.pi),
)
def test_below_the_limit_no_run_is_said_to_diverge(key, below, curvature, share, steps, turn):
    text = f"{curvature / 2!r}*x^2 + {share * curvature / 2!r}*y^2"
    rate = below * LIMITS[key] / curvature
    if rate > 1000:
        return
    start = (3 * math.cos(turn), 3 * math.sin(turn))
    outcome = ended(text, key, rate, start, steps, bounds=((-5, 5), (-5, 5)))
    assert outcome.motion not in (Motion.GROWING, Motion.RUNAWAY, Motion.FLUNG)
    assert outcome.limit is None


@many_examples(40, derandomize=True)
@given(key=st.sampled_from(sorted(RULES)), rate=st.floats(0.01, 0.4), size=st.floats(0.1, 10))
def test_what_falls_without_end_blames_no_rate(key, rate, size):
    outcome = ended(f"x^2 - {size!r}*y^2", key, rate, (1, 0.5), 3000)
    if outcome.motion is Motion.RUNAWAY:
        assert "there may be no minimum" in str(outcome)
        assert outcome.limit is None
    assert outcome.motion is not Motion.GROWING


@pytest.mark.parametrize("key", sorted(RULES))
@pytest.mark.parametrize(
    "function", ["bowl", "rosenbrock", "himmelblau", "rastrigin", "saddle", "x^4 - x^2", "exp(-x)"]
)
def test_every_rule_has_a_sentence_everywhere(function, key):
    for rate in (1e-5, 0.01, 0.3, 5.0):
        for steps in (1, 2, 3, 7, 60):
            said = str(ended(function, key, rate, steps=steps))
            assert said
            assert "{" not in said
            assert "larger" not in said


def test_the_limit_of_every_rule_is_where_it_stops_settling():
    """On λx²/2, just below each limit a run comes to rest, just above it does not."""
    for key, rule in RULES.items():
        for curvature in (0.5, 3.0):
            made = rule()
            value = made.limit(curvature)
            if value is None or key == "adadelta":
                continue
            for share, settles in ((0.98, True), (1.02, False)):
                race = gdsim.descend(
                    f"{curvature / 2}*x^2", rule(learning_rate=share * value), start=(1,), steps=3000, tolerance=0
                )
                last = np.abs(race.positions[-1, 0, 0, 0])
                assert (last < 1e-6) == settles, (key, curvature, share)
