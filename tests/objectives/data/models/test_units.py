"""Weights in the table's own units, and the η of a first fit."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives.curvature import steepest_curvature
from gdsim.objectives.data.models.equation import equation
from gdsim.objectives.data.models.model_kinds import MODELS, plainly_below, suited_rate
from gdsim.objectives.source import Source

AGES = np.array([23.0, 45, 31, 52, 28, 37, 60, 41])
INCOMES = np.array([40_000.0, 82_000, 51_000, 99_000, 43_000, 66_000, 120_000, 70_000])
FEATURES = np.column_stack([AGES, INCOMES])


def made(kind, **options):
    y = (AGES > 36).astype(float) if kind in (gdsim.LogisticRegression, gdsim.Network) else 0.1 * AGES + INCOMES / 1e4
    return kind(FEATURES, y, **options)


@pytest.mark.parametrize("kind", [gdsim.LinearRegression, gdsim.LogisticRegression, gdsim.Perceptron, gdsim.Network])
@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_weights_in_own_units_say_the_same(kind, standardise, shape):
    model, plain = made(kind, standardise=standardise), made(kind, standardise=False)
    theta = np.random.default_rng(1).normal(size=(model.dimension, *shape))
    own = model.in_units(theta)
    assert own.shape == theta.shape
    np.testing.assert_allclose(plain.output(own, FEATURES), model.output(theta, FEATURES), rtol=1e-9, atol=1e-9)
    assert standardise or np.array_equal(own, theta)


def test_the_line_of_a_standardised_fit_is_the_textbook_one():
    model = gdsim.LinearRegression(AGES, 3 * AGES - 20, standardise=True)
    np.testing.assert_allclose(model.in_units(np.array(model.minima[0].position)), [3, -20], rtol=1e-9)


def test_the_largest_curvature_is_that_of_the_hessian():
    for kind in (gdsim.LinearRegression, gdsim.LogisticRegression, gdsim.Network):
        model = made(kind, standardise=True)
        place = np.array(model.start)
        expected = np.abs(np.linalg.eigvalsh(model.hessian(place))).max()
        assert steepest_curvature(model.gradient, place) == pytest.approx(expected, rel=0.1)
        assert model.curvature >= 0.9 * expected
    assert np.isnan(steepest_curvature(lambda x: np.full_like(x, np.nan), np.zeros(2)))


@pytest.mark.parametrize(
    ("number", "expected"), [(0.051, 0.05), (0.05, 0.05), (0.049, 0.02), (1.99, 1.0), (7e-6, 5e-6)]
)
def test_plain_numbers(number, expected):
    assert plainly_below(number) == expected


@pytest.mark.parametrize("size", [1e-3, 1.0, 50.0, 2000.0])
@pytest.mark.parametrize("key", ["linear", "logistic", "perceptron", "network"])
def test_no_first_fit_is_lost_whatever_the_size_of_the_columns(key, size):
    rng = np.random.default_rng(4)
    x = rng.normal(size=(40, 2)) * size
    y = (x[:, 0] + 0.4 * size * rng.normal(size=40) > 0).astype(float)
    source = Source(rows=tuple(map(tuple, np.column_stack([x, y]).tolist())))
    opened = gdsim.Experiment(key, data=source, steps=200)
    rate = suited_rate(MODELS[key], opened.objective)
    rules = [gdsim.Entry(name, {"learning_rate": rate}) for name in ("gd", "momentum", "nesterov")]
    race = gdsim.Experiment(key, data=source, steps=200, optimizers=rules).run()
    assert np.isfinite(race.losses).all()
    assert (race.losses[-1] <= race.losses[0]).all()


def test_few_examples_are_all_trained_on_unless_a_share_is_asked_for():
    rows = tuple((float(i), float(i % 7)) for i in range(49))
    assert Source(rows=rows).held_out == 0
    assert Source(rows=(*rows, (1.0, 2.0))).held_out == 0.25
    assert Source(rows=rows, held_out=0.5).held_out == 0.5
    assert Source("line").held_out is None


def test_only_a_model_that_tells_a_probability_says_so():
    ill = (AGES > 36).astype(float)
    told = {}
    for name, made_of in (
        ("linear", gdsim.LinearRegression(AGES, ill)),
        ("logistic", gdsim.LogisticRegression(AGES, ill)),
        ("neuron", gdsim.Perceptron(AGES, ill)),
        ("bent", gdsim.Perceptron(AGES, ill, activation="tanh")),
        ("entropy", gdsim.Perceptron(AGES, ill, activation="tanh", cost="cross_entropy")),
        ("numbers", gdsim.Perceptron(AGES, AGES)),
    ):
        told[name] = equation(made_of, np.ones(2), str, "ill", ("no", "yes")).partition(" = ")[0]
    ends = {name for name, head in told.items() if head == "P(yes)"}
    assert ends == {"logistic", "neuron", "entropy"}
    assert set(told.values()) == {"P(yes)", "ill"}
