"""Typed functions of coordinates of any name and number: values, derivatives, texts, files, programs, tables."""

import json

import numpy as np
import pytest

import gdsim
from gdsim.objectives.formula.chain import chain_of
from gdsim.objectives.formula.pretty import pretty, shown_name
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.storage.files import dump, load
from gdsim.storage.programs.gdsim_program import python_code

#: Text, names of the coordinates, the same in numpy of a point, and its gradient.
FUNCTIONS = {
    "w^2 + w": (("w",), lambda p: p[0] ** 2 + p[0], lambda p: [2 * p[0] + 1]),
    "θ^2 − 3θ": (("theta",), lambda p: p[0] ** 2 - 3 * p[0], lambda p: [2 * p[0] - 3]),
    "λ^2": (("lambda",), lambda p: p[0] ** 2, lambda p: [2 * p[0]]),
    "f(u, v) = u^2*v": (("u", "v"), lambda p: p[0] ** 2 * p[1], lambda p: [2 * p[0] * p[1], p[0] ** 2]),
    "x1^2 + 2x_2^2": (("x1", "x2"), lambda p: p[0] ** 2 + 2 * p[1] ** 2, lambda p: [2 * p[0], 4 * p[1]]),
    "x₁*x₃ + sin(x₂)": (
        ("x1", "x2", "x3"),
        lambda p: p[0] * p[2] + np.sin(p[1]),
        lambda p: [p[2], np.cos(p[1]), p[0]],
    ),
}
VALLEY = "sum(100*(x_(i+1) - x_i^2)^2 + (1 - x_i)^2, i, 1, 9)"


def _points(d, n=6):
    return np.random.default_rng(d).uniform(-2, 2, size=(d, n))


@pytest.mark.parametrize("text", FUNCTIONS)
def test_values_and_derivatives(text):
    names, value, gradient = FUNCTIONS[text]
    function = gdsim.function(text)
    assert function.names == names
    points = _points(len(names))
    np.testing.assert_allclose(function.value(points), value(points), rtol=1e-14)
    np.testing.assert_allclose(function.gradient(points), gradient(points) + 0 * points, rtol=1e-14)
    at = points[:, 0].tolist()
    assert function.float_value()(*at) == function.value(points)[0]
    assert function.float_gradient()(*at) == tuple(function.gradient(points)[:, 0].tolist())
    hessian = function.hessian(points)
    h = 1e-5
    for i in range(len(names)):
        moved = h * np.eye(len(names))[:, [i]]
        differences = (function.gradient(points + moved) - function.gradient(points - moved)) / (2 * h)
        np.testing.assert_allclose(hessian[i], differences, atol=1e-8)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_chain_rule_has_the_same(text):
    names, value, gradient = FUNCTIONS[text]
    point = _points(len(names))[:, 0]
    worked = chain_of(text, names).evaluate(point.tolist())
    np.testing.assert_allclose(worked.values[-1], value(point), rtol=1e-14)
    np.testing.assert_allclose(worked.totals[: len(names)], gradient(point), rtol=1e-14)


@pytest.mark.parametrize("text", [*(text for text in FUNCTIONS if "=" not in text), VALLEY])
def test_what_is_shown_is_read_as_the_same(text):
    shown, function = gdsim.function(pretty(text)), gdsim.function(text)
    points = _points(len(function.names))
    assert shown.names == function.names
    assert shown.value(points).tolist() == function.value(points).tolist()


def test_names_as_a_person_writes_them():
    shown = {
        "x": "x",
        "x1": "x₁",
        "x100": "x₁₀₀",
        "theta": "θ",
        "lambda2": "λ₂",
        "sigma": "σ",
        "velocity": "velocity",
        "pi1": "π₁",
        "w": "w",
    }
    assert {name: shown_name(name) for name in shown} == shown
    assert gdsim.function("theta^2").shown_names == ("θ",)
    assert gdsim.function("x1 + x_2").shown_names == ("x₁", "x₂")
    assert pretty("theta^2 - 3theta") == "θ² − 3θ"
    assert pretty("2x_1^2 + x2") == "2x₁² + x₂"


def test_a_sum_over_many_is_the_catalogues_function():
    typed = gdsim.function(VALLEY)
    known = Experiment("rosenbrock", options={"dimension": 10}).objective
    assert typed.names == known.names
    points = _points(10, 40)
    np.testing.assert_allclose(typed.value(points), known.value(points), rtol=1e-13)
    np.testing.assert_allclose(typed.gradient(points), known.gradient(points), rtol=1e-12, atol=1e-10)


def test_a_race_of_many_variables_is_kept_and_written():
    race = Experiment(VALLEY, restarts=2, steps=20, optimizers=(Entry("adam", {"learning_rate": 0.01}), Entry("gd")))
    assert race.run().positions.shape == (21, 2, 10, 3)
    assert load(dump(race)).experiment == race
    assert len(json.loads(dump(race))["bounds"]) == 10
    scope = {}
    exec(python_code(race), scope)
    assert scope["positions"].tobytes() == race.run().positions.tobytes()


def test_a_hundred_variables():
    function = gdsim.function("sum(x_i^2, i, 1, 100)")
    assert function.dimension == 100
    points = _points(100, 3)
    np.testing.assert_allclose(function.value(points), (points**2).sum(axis=0), rtol=1e-13)
    np.testing.assert_allclose(function.gradient(points), 2 * points)
    assert set(map(tuple, function.bounds.tolist())) == {(-5.0, 5.0)}
