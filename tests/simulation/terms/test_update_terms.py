"""The terms that are shown of a step are those of the step taken, to the last bit."""

import numpy as np
import pytest
from drawn_rules import any_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_lines import worked_out
from rule_cases import CASES

import gdsim
from gdsim.optimizers.compiled.named_terms import Role
from gdsim.simulation import descend
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.terms import replay

SCHEDULES = [
    None,
    gdsim.StepDecay(every=7, gamma=0.5),
    gdsim.Cosine(steps=15, final=0.1),
    gdsim.WarmupCosine(warmup=6),
    gdsim.ReduceOnPlateau(gamma=0.5, patience=2, threshold=0.01),
    gdsim.ReduceOnPlateau(gamma=0.5, patience=1, threshold=0.05, absolute=True),
]
MODES = [gdsim.Exact(), gdsim.CentralDifference(1e-3), gdsim.ForwardDifference(1e-5)]
FUNCTIONS = ["himmelblau", "rosenbrock", "ackley", "bowl", "easom", "plateau", "booth"]
STEPS = 24

conditions = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(MODES),
        "noise": st.sampled_from([0.0, 0.7]),
        "ascent": st.booleans(),
        "seed": st.integers(0, 99),
    }
)


def raced(function, lanes, starts, steps=STEPS, tolerance=0.0, **course):
    objective = gdsim.FUNCTIONS[function].prepare()
    return descend.race(Course(objective, **course), lanes, np.array(starts), steps, tolerance)


def memory_of(found):
    """The places of the terms that are the new state, by name."""
    return {each.symbol: k for k, each in enumerate(found.named.terms) if each.role is Role.MEMORY}


def check_against_race(race, optimizer, run):
    found = race.terms(optimizer, run)
    path = race.positions[:, optimizer, :, run]
    lost = race.is_lost(optimizer, run)
    last = len(found) - lost
    np.testing.assert_array_equal(found["x"][:last], path[1 : last + 1])
    return found


def check_against_step(race, optimizer, found):
    """Each step again by the rule's own `step`, on arrays over the coordinates, from what was before it."""
    rule, rates = race.rules[optimizer], race.learning_rates(optimizer)
    names = [each.symbol for each in found.named.before]
    columns = found.columns[:, len(found.named.terms) :][:, : len(names)]
    for t in range(1, len(found) + 1):
        now = type(rule)(**{**vars(rule), "learning_rate": float(rates[t - 1])})
        x, *state = columns[t - 1].copy()
        g = found["g"][t - 1] + now.decay_to_gradient() * now.look(x, *state)
        new, *after = now.step(t, x * (1 - now.decay_of_weights()), g, *state)
        np.testing.assert_array_equal(new, found["x"][t - 1])
        for name, value in zip(names[1:], after, strict=True):
            if name in memory_of(found):
                np.testing.assert_array_equal(value, found[name][t - 1])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    any_rules(),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(SCHEDULES),
    st.sampled_from([0.0, 0.8]),
    conditions,
    st.integers(0, 2),
)
def test_terms_are_those_of_the_race(rule, function, schedule, clip, course, run):
    race = raced(function, [Lane(rule, schedule, clip)], [[-1.5, 0.5, 2.0], [2.0, -1.0, 0.25]], **course)
    check_against_race(race, 0, run)


@pytest.mark.parametrize("name", CASES)
def test_terms_are_those_of_the_step(name):
    race = raced("himmelblau", [Lane(CASES[name], gdsim.Cosine())], [[-1.5], [2.0]])
    found = check_against_race(race, 0, 0)
    check_against_step(race, 0, found)


@pytest.mark.parametrize("name", CASES)
def test_the_line_with_its_numbers_comes_to_the_step(name):
    found = raced("himmelblau", [Lane(CASES[name])], [[-1.5], [2.0]]).terms()
    for number in range(1, len(found) + 1):
        for coordinate in (0, 1):
            for symbol in {"x", *memory_of(found)}:
                line = found.line(number, symbol, coordinate)
                assert worked_out(line) == found[symbol][number - 1, coordinate], (symbol, line)


@pytest.mark.parametrize("name", CASES)
def test_the_shares_come_to_the_step(name):
    found = raced("himmelblau", [Lane(CASES[name])], [[-1.5], [2.0]]).terms()
    if "Δx(g)" not in found.symbols:
        assert name.startswith(("sign", "lion", "rprop"))
        return
    shares = sum(found[name] for name in ("Δx(g)", "Δx(t−1)", "Δx(λ)") if name in found.symbols)
    np.testing.assert_allclose(shares, found["Δx"], rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("key", ["gd", "momentum", "adam", "radam"])
@pytest.mark.parametrize("batch", [0, 7])
def test_terms_of_models_and_their_batches(key, batch):
    race = gdsim.descend(
        "network", key, learning_rate=0.05, steps=30, batch=batch, noise=0.1, clip=2.0, restarts=1, seed=4
    )
    assert race.positions.shape[2] > replay._FLOATS
    for run in range(2):
        check_against_race(race, 0, run)


def test_many_runs_which_are_raced_on_arrays():
    race = gdsim.descend("rosenbrock", ["adam", "nadam"], steps=40, restarts=20, noise=0.2)
    for run in (0, 5, 20):
        for optimizer in (0, 1):
            check_against_race(race, optimizer, run)


def test_a_run_that_diverges_is_taken_apart_to_its_end():
    race = gdsim.descend("rosenbrock", ["gd", "momentum"], learning_rate=10.0, steps=60)
    for optimizer in (0, 1):
        assert race.is_lost(optimizer, 0)
        check_against_race(race, optimizer, 0)


def test_portions_come_in_any_order(monkeypatch):
    monkeypatch.setattr(replay, "_MOST", 16)
    race = gdsim.descend("himmelblau", "adam", steps=100, noise=0.3)
    whole = race.terms()
    replayed = replay.Replay(race, 0, 0)
    assert replayed.portion == 16
    late, early = replayed.terms(5), replayed.terms(2)
    np.testing.assert_array_equal(late, whole.columns[80:96])
    np.testing.assert_array_equal(early, whole.columns[32:48])
    np.testing.assert_array_equal(race.terms(first=30, last=70).columns, whole.columns[29:70])


def test_history_is_read_only_and_found_by_name():
    race = gdsim.descend("himmelblau", ["gd", "adam"], steps=20)
    found = race.terms("adam")
    assert found.values.shape == (20, len(found.symbols), 2)
    with pytest.raises(ValueError, match="read-only"):
        found.values[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        found["m"][0] = 0
    assert "average gradient" in found.meanings["m"]
    assert found.formula() == "x − ηₜ·m/(√v + ε̂)"
    assert found.latex().startswith("x - \\frac")
    with pytest.raises(gdsim.GdsimError, match="unknown term 'q'"):
        found["q"]
    with pytest.raises(gdsim.GdsimError, match="unknown optimizer"):
        race.terms("adamw")
    with pytest.raises(gdsim.GdsimError, match="method"):
        gdsim.descend("himmelblau", "newton", steps=5).terms()
    with pytest.raises(gdsim.GdsimError, match="run"):
        race.terms("adam", 1)
    with pytest.raises(gdsim.GdsimError, match="step"):
        found.step(21)
