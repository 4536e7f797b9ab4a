"""Tests of what is done to gradient and η on the way: the same on both paths as in a plain loop, to the last bit."""

import dataclasses
import math

import numpy as np
import pytest
from rule_cases import decaying

import gdsim
from gdsim.objectives import Objective
from gdsim.simulation import descend
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.starts import generator

#: Forces every race on one of the two paths.
PATHS = {"floats": 10**9, "arrays": 0}
STEPS, SEED = 24, 5
SCHEDULES = [
    None,
    gdsim.Constant(),
    gdsim.StepDecay(every=7, gamma=0.5),
    gdsim.Exponential(gamma=0.9),
    gdsim.InverseTime(decay=0.3),
    gdsim.Cosine(steps=15, final=0.1),
    gdsim.WarmupCosine(warmup=6),
    gdsim.ReduceOnPlateau(gamma=0.5, patience=2, threshold=0.01),
    gdsim.ReduceOnPlateau(gamma=0.5, patience=1, threshold=0.05, absolute=True),
]
MODES = [gdsim.Exact(), gdsim.CentralDifference(1e-3), gdsim.ForwardDifference(1e-5)]
STARTS = np.array([[-3.0, 0.5, 2.0], [2.0, -1.5, 0.25]])


class Hilly(Objective):
    """(x² + y − 11)² + (x + y² − 7)² of floats and of arrays alike."""

    names = ("x", "y")
    bounds = np.array([[-5.0, 5.0], [-5.0, 5.0]])
    start = (-3.0, 2.0)

    def of(self, x, y):
        a, b = x * x + y - 11.0, x + y * y - 7.0
        return a * a + b * b

    def slopes(self, x, y):
        a, b = x * x + y - 11.0, x + y * y - 7.0
        return 4.0 * x * a + 2.0 * b, 2.0 * a + 4.0 * y * b

    def value(self, points):
        return self.of(*points)

    def gradient(self, points, out=None):
        out = np.empty(points.shape) if out is None else out
        out[...] = self.slopes(*points)
        return out

    def hessian(self, points):
        raise NotImplementedError

    def float_gradient(self):
        return self.slopes

    def float_value(self):
        return self.of


HILLY = Hilly()


def quotient(mode, x, y):
    """The gradient on floats, as REFERENCE.md has it: both components at the point itself."""
    if mode.key == "exact":
        return HILLY.slopes(x, y)
    f, h = HILLY.of, mode.h
    if mode.key == "central":
        return (f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)
    return (f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h


def rates_by_hand(schedule, rate, losses):
    """η at each step; `losses` before each, their sign turned for ascent."""
    steps, rates, best, bad = len(losses), [], math.inf, 0
    for k, loss in enumerate(losses):
        match schedule:
            case None | gdsim.Constant():
                rates.append(rate)
            case gdsim.StepDecay(every=every, gamma=gamma):
                rates.append(rate * gamma ** (k // every))
            case gdsim.Exponential(gamma=gamma):
                rates.append(rate * gamma**k)
            case gdsim.InverseTime(decay=decay):
                rates.append(rate / (1 + decay * k))
            case gdsim.Cosine(steps=end, final=final):
                share = min(k / (end or steps), 1)
                rates.append(rate * (final + (1 - final) * (1 + math.cos(math.pi * share)) / 2))
            case gdsim.WarmupCosine(warmup=warmup, final=final):
                share = max(k - warmup, 0) / (steps - warmup)
                wave = final + (1 - final) * (1 + math.cos(math.pi * share)) / 2
                rates.append(rate * ((k + 1) / warmup if k < warmup else wave))
            case gdsim.ReduceOnPlateau(gamma=gamma, patience=patience, threshold=threshold, absolute=absolute):
                drop = threshold if absolute else abs(best) * threshold
                best, bad = (loss, 0) if loss < best - drop or best == math.inf else (best, bad + 1)
                rate, bad = (rate * gamma, 0) if bad > patience else (rate, bad)
                rates.append(rate)
    return rates


def loop_by_hand(lane, course, rates, start, run):
    """Iterates ``(steps + 1, 2)`` by the rule's own `step` on both coordinates, with these η."""
    noise = generator(course.seed, 2, run)
    x, path = np.array(start), []
    state = [x * 0.0 + lane.rule.initial(name, x) for name in lane.rule.state]
    for t, rate in enumerate(rates, start=1):
        path.append(x.tolist())
        rule = dataclasses.replace(lane.rule, learning_rate=rate)
        look = rule.look(x, *state)
        g = [-c if course.ascent else c for c in quotient(course.mode, *look.tolist())]
        if course.noise:
            g = [c + course.noise * float(noise.standard_normal()) for c in g]
        length = math.sqrt(g[0] * g[0] + g[1] * g[1])
        if lane.clip and length > lane.clip:
            g = [c * (lane.clip / length) for c in g]
        decayed = np.array(g) + rule.decay_to_gradient() * look
        x, *state = rule.step(t, x * (1 - rule.decay_of_weights()), decayed, *state)
    return np.array([*path, x.tolist()])


def raced_both_ways(course, lanes, monkeypatch):
    races = []
    for runs in PATHS.values():
        monkeypatch.setattr(descend, "FLOAT_RUNS", runs)
        races.append(descend.race(course, lanes, STARTS, STEPS))
    one, other = races
    np.testing.assert_array_equal(one.positions, other.positions)
    np.testing.assert_array_equal(one.losses, other.losses)
    np.testing.assert_array_equal(one.kinds, other.kinds)
    return one


@pytest.mark.parametrize("mode", MODES, ids=[mode.key for mode in MODES])
@pytest.mark.parametrize("ascent", [False, True], ids=["down", "up"])
@pytest.mark.parametrize("noise", [0.0, 0.7], ids=["calm", "noisy"])
@pytest.mark.parametrize("clip", [0.0, 30.0], ids=["whole", "clipped"])
def test_every_rule_with_every_schedule_as_by_hand(mode, ascent, noise, clip, monkeypatch):
    course = Course(HILLY, ascent, mode, noise, SEED)
    rules = [decaying(key, 1e-2, learning_rate=5e-4) for key in gdsim.optimizers.RULES]
    lanes = [Lane(rule, schedule, clip) for rule in rules for schedule in SCHEDULES]
    race = raced_both_ways(course, lanes, monkeypatch)
    assert (race.kinds == gdsim.Kind.OUT_OF_STEPS).all()
    for o, lane in enumerate(lanes):
        run = o % 3
        losses = race.losses[:-1, o, run] * (-1.0 if ascent else 1.0)
        rates = race.learning_rates(o, run)
        expected = rates_by_hand(lane.schedule, lane.rule.learning_rate, losses.tolist())
        np.testing.assert_allclose(rates, expected, rtol=1e-14, atol=0)
        path = loop_by_hand(lane, course, rates.tolist(), STARTS[:, run].tolist(), run)
        np.testing.assert_array_equal(race.positions[:, o, :, run], path, err_msg=str(lane))
    watching = [race.learning_rates(o, run) for o, lane in enumerate(lanes) if lane.plateau for run in range(3)]
    assert len({rates[-1] for rates in watching}) > 1


@pytest.mark.parametrize("schedule", [None, SCHEDULES[-1]], ids=["one loop", "watching"])
def test_one_variable_has_no_other_way(schedule, monkeypatch):
    ends = []
    for runs in PATHS.values():
        monkeypatch.setattr(descend, "FLOAT_RUNS", runs)
        race = gdsim.descend(
            "double_well",
            list(gdsim.optimizers.RULES),
            schedule=schedule,
            clip=0.5,
            noise=0.1,
            restarts=2,
            steps=60,
            learning_rate=0.05,
            gradient=gdsim.CentralDifference(),
        )
        ends.append(race.positions)
    np.testing.assert_array_equal(*ends)


def test_a_path_that_floats_refuse_keeps_its_noise(monkeypatch):
    race = {
        "function": "beale",
        "optimizers": gdsim.GradientDescent(learning_rate=10.0),
        "noise": 1.0,
        "restarts": 2,
        "steps": 40,
        "tolerance": 0.0,
    }
    found = []
    for runs in PATHS.values():
        monkeypatch.setattr(descend, "FLOAT_RUNS", runs)
        found.append(gdsim.descend(**race))
    np.testing.assert_array_equal(found[0].positions, found[1].positions)
    assert (found[0].kinds == gdsim.Kind.DIVERGED).all()


@pytest.mark.parametrize("restarts", [3, 7, 8, 20])
def test_noise_is_repeatable_and_each_run_its_own(restarts):
    race = {
        "function": "ravine",
        "optimizers": ["gd", "adam"],
        "noise": 0.5,
        "seed": 9,
        "learning_rate": 0.01,
        "steps": 300,
    }
    few, again = (gdsim.descend(**race, restarts=restarts) for _ in range(2))
    np.testing.assert_array_equal(few.positions, again.positions)
    many = gdsim.descend(**race, restarts=restarts + 5)
    np.testing.assert_array_equal(many.positions[..., : restarts + 1], few.positions)
    other = gdsim.descend(**(race | {"seed": 10}), restarts=restarts)
    assert (other.positions[1, :, :, 0] != few.positions[1, :, :, 0]).all()


def test_noise_is_the_same_for_every_optimizer_and_of_its_size():
    line = gdsim.descend("line", ["gd", "momentum"], noise=2.0, restarts=40, steps=1000, learning_rate=1.0, tolerance=0)
    added = -np.diff(line.positions[:, 0, 0], axis=0) - 3.0  # of plain descent with η = 1: the gradient and the noise
    assert np.mean(added) == pytest.approx(0, abs=0.05)
    assert np.std(added) == pytest.approx(2.0, rel=0.02)
    assert np.abs(np.corrcoef(added.T) - np.eye(41)).max() < 0.2
    first = line.positions[1] - line.positions[0]
    np.testing.assert_allclose(first[0], first[1])


def test_a_noisy_run_converges_only_where_the_function_is_flat():
    race = gdsim.descend(
        "bowl", gdsim.GradientDescent(learning_rate=0.1), noise=1.0, restarts=4, steps=2000, tolerance=1e-3
    )
    ends = race.positions[-1, 0]
    for run in range(5):
        converged = race.kinds[0, run] is gdsim.Kind.CONVERGED
        assert not converged or np.linalg.norm(race.objective.gradient(ends[:, run])) <= 1e-3


@pytest.mark.parametrize("ascent", [False, True])
@pytest.mark.parametrize("restarts", [0, 9])
def test_the_gradient_that_was_used(ascent, restarts):
    race = gdsim.descend(
        "himmelblau",
        gdsim.GradientDescent(learning_rate=0.01),
        start=(0.1, 0.2),
        restarts=restarts,
        direction="ascent" if ascent else "descent",
        gradient=gdsim.CentralDifference(0.1),
        noise=3.0,
        clip=4.0,
        schedule=gdsim.Exponential(gamma=0.9),
        steps=20,
        tolerance=0,
    )
    assert (race.direction, race.ascent) == ("ascent" if ascent else "descent", ascent)
    assert race.gradient_mode == gdsim.CentralDifference(0.1)
    rates = race.learning_rates(0)
    np.testing.assert_allclose(rates, 0.01 * 0.9 ** np.arange(20), rtol=1e-14)
    for run in {0, restarts}:
        for step in range(20):
            used = race.used_gradient(0, run, step)
            assert np.linalg.norm(used) <= 4.0 * (1 + 1e-15)
            here, there = race.positions[step : step + 2, 0, :, run]
            np.testing.assert_array_equal(there, here + rates[step] * used if ascent else here - rates[step] * used)
    assert race.used_gradient(0, 0, 20).shape == (2,)


def test_after_its_end_a_run_is_handed_what_it_was_at_the_end():
    race = gdsim.descend("rosenbrock", gdsim.GradientDescent(learning_rate=0.1), noise=1.0, steps=50)
    last = race.ended[0, 0] - 1
    assert race.kinds[0, 0] is gdsim.Kind.DIVERGED
    np.testing.assert_array_equal(race.used_gradient(0, 0, 50), race.used_gradient(0, 0, last))


def test_rates_of_a_race_that_was_cancelled():
    entries = (gdsim.Entry("gd"), gdsim.Entry("gd", schedule=gdsim.ReduceOnPlateau()))
    experiment = gdsim.Experiment(
        "booth", steps=100_000, tolerance=0, schedule=gdsim.Cosine(), optimizers=entries, learning_rate=1e-3
    )
    race = experiment.run(lambda share: True)
    whole = gdsim.Cosine().factors(100_000) * 1e-3
    assert race.steps < 100_000
    np.testing.assert_array_equal(race.learning_rates(0), whole[: race.steps])
    assert race.learning_rates(1).shape == (race.steps,)


def test_clipping_beside_a_plain_loop():
    race = gdsim.descend("rosenbrock", gdsim.GradientDescent(learning_rate=0.02), restarts=20, clip=2.5, steps=60)
    x = race.positions[0, 0].copy()
    for t in range(61):
        np.testing.assert_array_equal(race.positions[t, 0], x)
        g = race.objective.gradient(x)
        length = np.sqrt(g[0] ** 2 + g[1] ** 2)
        x = x - 0.02 * (g * np.where(length > 2.5, 2.5 / length, 1.0))


@pytest.mark.parametrize("float_runs", PATHS.values(), ids=PATHS)
def test_the_textbook_table(float_runs, monkeypatch):
    monkeypatch.setattr(descend, "FLOAT_RUNS", float_runs)
    ends = {}
    for mode in (gdsim.CentralDifference(1e-4), None):
        for rate in (0.1, 10, 1e-10):
            race = gdsim.descend(
                "bowl", gdsim.GradientDescent(learning_rate=rate), start=(-3, 4), steps=100, gradient=mode, tolerance=0
            )
            ends[mode is not None, rate] = str(race.positions[-1, 0, :, 0])
    assert ends == {
        (True, 0.1): "[-6.11110793e-10  8.14814391e-10]",
        (True, 10): "[-2.58983747e+13 -1.29524862e+12]",
        (True, 1e-10): "[-2.99999994  3.99999992]",
        (False, 0.1): "[-6.11110793e-10  8.14814391e-10]",
        (False, 10): "[-2.25154873e+128  3.00206497e+128]",
        (False, 1e-10): "[-2.99999994  3.99999992]",
    }
    mode, bowl = gdsim.CentralDifference(1e-4), gdsim.FUNCTIONS["bowl"]
    assert str(mode.gradient(bowl, np.array([3.0, 4.0]))) == "[6. 8.]"
    assert str(mode.gradient(bowl, np.array([0.0, 2.0]))) == "[0. 4.]"


@pytest.mark.parametrize("mode", MODES[1:], ids=["central", "forward"])
def test_differences_of_many_points_are_those_of_each(mode):
    points = np.random.default_rng(2).uniform(-3, 3, (2, 4, 5))
    kept = points.copy()
    found = mode.gradient(HILLY, points)
    np.testing.assert_array_equal(points, kept)
    alone = mode.float_gradient(HILLY)
    for place in np.ndindex(4, 5):
        x, y = points[(slice(None), *place)].tolist()
        np.testing.assert_array_equal(found[(slice(None), *place)], quotient(mode, x, y))
        np.testing.assert_array_equal(alone(x, y), quotient(mode, x, y))
    np.testing.assert_allclose(found, HILLY.gradient(points), rtol=1e-2, atol=1e-2)


@pytest.mark.parametrize("floor", [-3.0, 0.0, 3.0])
@pytest.mark.parametrize("absolute", [False, True])
def test_a_plateau_is_noticed_below_zero_too(floor, absolute):
    schedule = gdsim.ReduceOnPlateau(gamma=0.5, patience=3, threshold=0.01, absolute=absolute)
    # at its bottom the loss stays the same: nothing but a reduced rate can come of it
    race = gdsim.descend(
        f"x^2 + {floor}", gdsim.GradientDescent(learning_rate=0.1), start=(0,), steps=40, tolerance=0, schedule=schedule
    )
    assert race.learning_rates(0)[-1] < 0.1 / 500


def test_an_absolute_threshold_is_the_same_everywhere():
    # each step halves x, and so quarters the loss: a share of it sees progress for ever, a difference soon none
    halving = gdsim.GradientDescent(learning_rate=0.25)
    ends = []
    for absolute in (False, True):
        schedule = gdsim.ReduceOnPlateau(gamma=0.5, patience=2, threshold=0.01, absolute=absolute)
        race = gdsim.descend("x^2", halving, start=(1,), steps=20, tolerance=0, schedule=schedule)
        ends.append(race.learning_rates(0)[-1])
    assert ends[0] == 0.25
    assert ends[1] < 0.25
