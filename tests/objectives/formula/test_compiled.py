"""Formulas: read without evaluating anything, printed as products, the same ahead of time as now."""

import re
import subprocess
import sys

import numpy as np
import pytest
import sympy

import gdsim
from gdsim.objectives import objective_for
from gdsim.objectives.formula.compiled import _ARRAYS, _SCALARS, KINDS, Expression, evaluate
from gdsim.objectives.surfaces.print_ahead import printed_now
from gdsim.objectives.surfaces.printed import FILE, printed, printed_with

EACH = pytest.mark.parametrize("key", gdsim.FUNCTIONS)
NAMES = ("x", "y")


def compiled(source, scalar):
    scope = dict(_SCALARS if scalar else _ARRAYS)
    exec(source, scope)
    return scope["f"]


def test_every_function_is_printed_and_nothing_else():
    assert set(printed()) == {(f.text, what) for f in gdsim.FUNCTIONS.values() for what in KINDS}


def test_what_is_printed_ahead_is_what_is_printed_now():
    """Another SymPy may bring the terms in another order: then the functions agree, and nothing else is asked."""
    if sympy.__version__ != printed_with():
        pytest.skip("printed by another version of SymPy")
    with open(FILE, encoding="utf-8") as file:
        assert file.read() == printed_now()


def test_the_hessian_is_derived_for_whoever_asks_first():
    """It takes as long as value and gradient together, and neither a surface nor a race needs it."""
    typed = objective_for("sin(0.731*x*y) + x^4*y")
    assert not typed.ready
    typed.compile()
    assert typed.ready
    assert not typed.ready_twice
    found = typed.hessian(np.array([0.5, -0.25]))
    assert typed.ready_twice
    x, y, c = 0.5, -0.25, np.sin(0.731 * 0.5 * -0.25)
    assert found[0, 0] == pytest.approx(-((0.731 * y) ** 2) * c + 12 * x**2 * y, rel=1e-12)
    assert all(function.ready_twice for function in gdsim.FUNCTIONS.values())


@pytest.mark.parametrize("what", KINDS)
@EACH
def test_printed_ahead_agrees_with_printed_now(key, what):
    function = gdsim.FUNCTIONS[key]
    low, high = function.bounds.T
    points = np.random.default_rng(1).uniform(low, high, size=(100, function.dimension))
    sources = printed()[function.text, what], Expression(function.text, function.names).source(what)
    found = []
    for source in sources:
        f = compiled(source, scalar=what.startswith("float_"))
        found.append(np.array([[float(result) for result in np.atleast_1d(f(*point))] for point in points.tolist()]))
    # relative to the largest: terms cancel near a minimum
    np.testing.assert_allclose(*found, rtol=1e-11, atol=1e-12 * np.abs(found[0]).max())


@pytest.mark.parametrize("what", KINDS)
@EACH
def test_integer_powers_are_products(key, what):
    source = printed()[gdsim.FUNCTIONS[key].text, what]
    assert "**" not in source
    assert not re.search(r"\b(power|pow)\(", source)


@pytest.mark.parametrize("n", range(2, 33))
def test_powers(n):
    now = Expression(f"x**{n}", ("x",))
    assert "**" not in now.source("value")
    points = np.array([[-1.25, -0.5, 0.75, 1.5]])
    np.testing.assert_allclose(evaluate(now.value, points, 1), points**n, rtol=1e-14)
    np.testing.assert_allclose(evaluate(now.gradient, points, 1), n * points ** (n - 1), rtol=1e-14)
    np.testing.assert_allclose(evaluate(now.hessian, points, 1), n * (n - 1) * points ** (n - 2), rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "by_hand"),
    [
        ("x/y", lambda x, y: x / y),
        ("-x**2", lambda x, y: -(x**2)),
        ("x**-2 + y**0.5", lambda x, y: x**-2.0 + np.sqrt(y)),
        ("2**x - e**y", lambda x, y: 2**x - np.exp(y)),
        ("x**y", lambda x, y: x**y),
        ("x - y - 1", lambda x, y: x - y - 1),
        ("sqrt(x)*log(y) + tan(x)", lambda x, y: np.sqrt(x) * np.log(y) + np.tan(x)),
        ("sinh(x) + cosh(y) - tanh(x*y)", lambda x, y: np.sinh(x) + np.cosh(y) - np.tanh(x * y)),
        ("hypot(x, 2*y)", lambda x, y: np.hypot(x, 2 * y)),
        ("(x + y)**1.5", lambda x, y: (x + y) ** 1.5),
        ("pi*x", lambda x, y: np.pi * x),
        (" x ", lambda x, y: x),
    ],
)
def test_formulas(text, by_hand):
    points = np.random.default_rng(2).uniform(0.5, 2.0, size=(2, 50))
    now = Expression(text, NAMES)
    np.testing.assert_allclose(evaluate(now.value, points, 1)[0], by_hand(*points), rtol=1e-13)
    h = 1e-5
    slope = (by_hand(points[0] + h, points[1]) - by_hand(points[0] - h, points[1])) / (2 * h)
    gradient = evaluate(now.gradient, points, 2)
    np.testing.assert_allclose(gradient[0], slope, rtol=1e-6, atol=1e-8)
    for k in range(5):
        assert now.float_value(*points[:, k].tolist()) == evaluate(now.value, points, 1)[0, k]
        assert now.float_gradient(*points[:, k].tolist()) == tuple(gradient[:, k])


def test_sympy_is_not_needed_for_a_race():
    program = (
        "import sys; sys.modules['sympy'] = None\n"
        "import gdsim\n"
        "for key in gdsim.FUNCTIONS:\n"
        "    race = gdsim.descend(key, ['gd', 'adam'], steps=3, restarts=9)\n"
        "    race.outcomes, gdsim.FUNCTIONS[key].hessian(race.positions[-1, 0])\n"
        "print('raced')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "raced\n", "")


def test_many_points_give_the_bits_of_few():
    function = gdsim.FUNCTIONS["ackley"]
    points = np.random.default_rng(3).uniform(-5, 5, size=(2, 3, 9001))
    for of in (function.value, function.gradient, function.hessian):
        together = of(points)
        np.testing.assert_array_equal(together[..., 1, 8000:8500], of(points[:, 1, 8000:8500]))
        np.testing.assert_array_equal(together, of(np.asfortranarray(points)))
