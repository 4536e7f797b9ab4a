"""Every rule does what torch.optim does: against stored figures, and on demand against PyTorch itself."""

import numpy as np
import pytest
import torch_reference as reference
from recorded import replay
from rule_cases import CASES as ALL_CASES

import gdsim
from gdsim.simulation import descend
from gdsim.simulation.course import Course, Lane

CASES = reference.CASES
#: The rules that torch has.
KEYS = [key for key, kind in gdsim.optimizers.RULES.items() if kind.torch_class]
EACH_CASE = pytest.mark.parametrize("name", CASES)
EACH_PATH = pytest.mark.parametrize("path", ["floats", "arrays"])


@pytest.fixture(scope="module")
def stored():
    with np.load(reference.FIGURES) as file:
        return dict(file)


def close_loop(rule, key, path, monkeypatch):
    """Every `STRIDE`-th iterate of a race on a function."""
    monkeypatch.setattr(descend, "FLOAT_RUNS", 8 if path == "floats" else 0)
    race = gdsim.descend(key, rule, reference.CLOSED_START, steps=reference.CLOSED_STEPS, tolerance=0)
    return race.positions[:: reference.STRIDE, 0, :, 0]


def test_every_rule_has_a_case_with_its_defaults_and_one_without():
    for key, kind in gdsim.optimizers.RULES.items():
        of_kind = [rule for rule in ALL_CASES.values() if type(rule) is kind]
        assert kind() in of_kind, key
        for parameter in kind.hypers():
            assert any(getattr(rule, parameter.name) != parameter.default for rule in of_kind), (key, parameter.name)


def test_nothing_is_stored_that_is_not_a_case(stored):
    assert {name.split("/")[0] for name in stored} == {*CASES, "gradients"}


@EACH_PATH
@EACH_CASE
def test_each_step_on_the_same_gradients(name, path, stored):
    iterates = replay(CASES[name], stored["gradients"], path)
    np.testing.assert_allclose(iterates, stored[f"{name}/steps"], rtol=1e-12, atol=1e-12)


@EACH_PATH
@pytest.mark.parametrize("key", reference.CLOSED)
@EACH_CASE
def test_closed_loop(name, key, path, stored, monkeypatch):
    iterates = close_loop(CASES[name], key, path, monkeypatch)
    np.testing.assert_allclose(iterates, stored[f"{name}/{key}"], rtol=0, atol=1e-9)


@pytest.mark.torch
@EACH_CASE
def test_torch_still_makes_the_stored_figures(name, stored):
    for key, figures in reference.torch_figures(name).items():
        np.testing.assert_allclose(figures, stored[key], rtol=1e-12, atol=1e-10, err_msg=key)


@pytest.mark.torch
@EACH_PATH
@EACH_CASE
def test_each_step_on_other_gradients(name, path):
    gradients = np.random.default_rng(len(name)).standard_cauchy((reference.STEPS, 2))
    expected = reference.torch_path(
        CASES[name], reference.START, reference.STEPS, lambda t, x, y: gradients[t - 1].tolist()
    )
    np.testing.assert_allclose(replay(CASES[name], gradients, path), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.torch
@EACH_PATH
@pytest.mark.parametrize("key", reference.CLOSED)
@EACH_CASE
def test_closed_loop_beside_torch(name, key, path, monkeypatch):
    figures = reference.torch_figures(name)
    iterates = close_loop(CASES[name], key, path, monkeypatch)
    np.testing.assert_allclose(iterates, figures[f"{name}/{key}"], rtol=0, atol=1e-9)


@pytest.mark.torch
@pytest.mark.parametrize("key", KEYS)
def test_defaults_are_those_of_torch(key):
    defaults = reference.torch_defaults()[key]
    for parameter in gdsim.optimizers.RULES[key].hypers():
        if (key, parameter.name) == ("momentum", "momentum"):
            assert parameter.default == 0.9
        else:
            assert parameter.default == defaults[parameter.name], parameter.name


#: By the step number alone, none beyond its end: there torch's cosine comes back up.
SCHEDULES = [
    gdsim.Constant(),
    gdsim.StepDecay(every=7, gamma=0.3),
    gdsim.Exponential(gamma=0.93),
    gdsim.InverseTime(decay=0.2),
    gdsim.Cosine(),
    gdsim.Cosine(steps=80, final=0.2),
    gdsim.WarmupCosine(warmup=11, final=0.1),
    gdsim.WarmupCosine(warmup=5, steps=40),
]


@pytest.mark.torch
@EACH_PATH
@pytest.mark.parametrize("schedule", SCHEDULES, ids=[f"{schedule.key}{i}" for i, schedule in enumerate(SCHEDULES)])
@EACH_CASE
def test_each_step_under_a_schedule(name, schedule, path, stored):
    rule, gradients = CASES[name], stored["gradients"]
    expected, rates = reference.torch_path(
        rule, reference.START, reference.STEPS, lambda t, x, y: gradients[t - 1].tolist(), schedule
    )
    np.testing.assert_allclose(Lane(rule, schedule).rates(reference.STEPS), rates, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(replay(rule, gradients, path, schedule), expected, rtol=1e-12, atol=1e-12)


@pytest.mark.torch
@pytest.mark.parametrize("threshold", [0.0, 1e-4, 0.1, 1.0])
@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("patience", [0, 1, 10])
@pytest.mark.parametrize("key", KEYS)
def test_reduce_on_plateau_beside_torch(key, patience, absolute, threshold):
    rule = gdsim.optimizers.RULES[key](learning_rate=0.999)  # far too large for most: the loss goes up and down
    schedule = gdsim.ReduceOnPlateau(gamma=0.7, patience=patience, threshold=threshold, absolute=absolute)
    race = descend.race(Course(gdsim.FUNCTIONS["ravine"]), [Lane(rule, schedule)], np.array([[-3.0], [4.0]]), 120)
    expected, rates = reference.torch_path(
        rule, (-3.0, 4.0), 120, lambda t, x, y: (x / 10, 2 * y), schedule, lambda x, y: x * x / 20 + y * y
    )
    np.testing.assert_allclose(race.learning_rates(0), rates, rtol=1e-12)
    np.testing.assert_allclose(race.positions[:, 0, :, 0], expected, rtol=1e-8, atol=1e-8)
    assert rates[-1] < rates[0] or threshold < 1


@pytest.mark.torch
@EACH_PATH
@EACH_CASE
def test_each_step_uphill(name, path, stored):
    gradients = stored["gradients"]
    expected = reference.torch_path(
        CASES[name], reference.START, reference.STEPS, lambda t, x, y: gradients[t - 1].tolist(), maximize=True
    )
    iterates = replay(CASES[name], gradients, path, ascent=True)
    np.testing.assert_allclose(iterates, expected, rtol=1e-12, atol=1e-12)
