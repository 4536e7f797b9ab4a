"""The chain rule: values upwards, derivatives downwards, products along paths and their sum."""

import random

import numpy as np
import pytest
from example_counts import example_count

import gdsim
from gdsim.objectives import objective_for
from gdsim.objectives.formula.chain import chain_of
from gdsim.objectives.formula.local_slopes import VALUES, local_slope_texts, local_slopes
from gdsim.objectives.formula.nodes import FUNCTIONS

ONE = [name for name, (least, most) in FUNCTIONS.items() if (least, most) == (1, 1)]


def random_formula(rng, depth):
    if depth == 0 or rng.random() < 0.12:
        return rng.choice(["x", "y", "x", "y", "a", f"{rng.uniform(0.2, 3):.2f}", "2", "pi"])
    a, b, c = (f"({random_formula(rng, depth - 1)})" for _ in range(3))
    return rng.choice(
        [
            f"{a} + {b} - {c}",
            f"{a}*{b}*{c}",
            f"{a}*{a} + {a}",
            f"{a}/(2 + {b}^2)",
            f"-{a}*{b}",
            f"{a}^2 - {b}",
            f"(1 + {a}^2)^{b}",
            f"{rng.choice(ONE)}({a})",
            f"{rng.choice(ONE)}({a})",
            f"2^{a}",
            f"exp(-{a}^2)",
            f"{rng.choice(['min', 'max'])}({a}, {b}, {c})",
            f"{rng.choice(['hypot', 'atan2'])}({a}, {b})",
        ]
    )


@pytest.mark.thorough
def test_it_is_the_gradient_of_random_formulas():
    rng = random.Random(5)
    compared = shared = 0
    while compared < example_count(100):
        text = random_formula(rng, 3)
        try:
            function = objective_for(text, {"a": 0.7} if "a" in chain_parameters(text) else {})
        except gdsim.GdsimError:
            continue
        chain = chain_of(text, function.names)
        point = np.array([rng.uniform(-2, 2) for _ in function.names])
        value, gradient = function.value(point), function.gradient(point)
        worked = chain.evaluate(point, function.parameters)
        if not (np.isfinite(value) and np.isfinite(gradient).all() and np.isfinite(worked.values).all()):
            continue
        if max(map(abs, worked.values)) > 1e6 or sum(chain.path_counts) > 3000:
            continue
        assert worked.values[-1] == pytest.approx(value, rel=1e-12, abs=1e-12), text
        for i in range(len(point)):
            paths = list(chain.paths(i))
            assert len(paths) == chain.path_counts[i]
            products = [np.prod(worked.along(chain, path)) for path in paths]
            if not np.isfinite(products).all():
                continue
            # what cancels in the sum has lost its digits in both
            size = 1e-12 * max(1.0, float(np.abs(products).sum()), float(np.abs(worked.totals).max()))
            assert abs(worked.totals[i] - gradient[i]) <= size, text
            assert abs(sum(products) - gradient[i]) <= size, text
            shared += len(paths) > 1
        compared += 1
    assert shared > 0.3 * example_count(100)


def chain_parameters(text):
    try:
        return objective_for(text).parameters
    except gdsim.GdsimError:
        return {}


@pytest.mark.parametrize("key", gdsim.FUNCTIONS)
def test_built_in_functions(key):
    function = gdsim.FUNCTIONS[key]
    chain = chain_of(function.text, function.names)
    worked = chain.evaluate(function.start)
    gradient = function.gradient(np.array(function.start))
    np.testing.assert_allclose(worked.totals[: len(gradient)], gradient, rtol=1e-9, atol=1e-9)
    assert len(chain.steps) <= 40
    for i, step in enumerate(chain.steps):
        assert all(source < i for source in step.sources)


def test_steps_and_paths_of_a_composite():
    chain = chain_of("(x + y)^2 + sin(x + y)*x", ("x", "y"))
    assert [(s.name, s.text) for s in chain.steps] == [
        ("x", ""),
        ("y", ""),
        ("u₁", "x + y"),
        ("u₂", "u₁²"),
        ("u₃", "sin(u₁)"),
        ("u₄", "u₃·x"),
        ("f", "u₂ + u₄"),
    ]
    assert chain.steps[3].slopes == ("2u₁",)
    assert chain.steps[4].slopes == ("cos(u₁)",)
    assert chain.steps[5].slopes == ("x", "u₃")
    assert set(chain.paths(0)) == {(0, 2, 3, 6), (0, 2, 4, 5, 6), (0, 5, 6)}
    assert chain.path_counts == (3, 2)
    worked = chain.evaluate((1.0, 2.0))
    assert worked.along(chain, (0, 2, 3, 6)) == [1, 6, 1]
    assert worked.along(chain, (0, 5, 6)) == pytest.approx([1, np.sin(3)])
    assert worked.totals[:2] == pytest.approx([6 + np.cos(3) + np.sin(3), 6 + np.cos(3)])


@pytest.mark.parametrize(
    ("text", "last", "slopes"),
    [
        ("x", "x", ("1",)),
        ("x*x", "x·x", ("x + x",)),
        ("-x^3", "−u₁", ("−1",)),
        ("2pi*x", "2πx", ("2π",)),
        ("a*x + 3 - x", "u₁ + 3 − x", ("1", "−1")),
        ("x^(a+1)", "x^(a + 1)", ("(a + 1)·x^((a + 1) − 1)",)),
        ("x^-2", "x^(−2)", ("−2x^−3",)),
        ("e^x", "e^x", ("e^x",)),
        ("2^x", "2^x", ("log(2)·2^x",)),
        ("1/x", "1/x", ("−1/x²",)),
        ("max(x, 0)", "max(x, 0)", ("[x > 0]",)),
    ],
)
def test_numbers_and_parameters_stand_inside_their_operation(text, last, slopes):
    step = chain_of(text, ("x",)).steps[-1]
    assert (step.name, step.text, step.slopes) == ("f", last, slopes)


def test_every_function_has_a_slope_and_its_text():
    for name, (least, most) in FUNCTIONS.items():
        assert name in VALUES
        for count in range(least, max(least, most) + 1):
            with np.errstate(all="ignore"):
                assert len(local_slopes(name, [np.float64(0.5)] * count)) == count
            assert len(local_slope_texts(name, count)) == count
    assert np.allclose(local_slopes("min", (2.0, 1.0, 1.0)), [0, 0.5, 0.5])


def test_slopes_are_told_as_people_write_them():
    assert local_slope_texts("hypot", 2) == ("{0}/hypot({0}, {1})", "{1}/hypot({0}, {1})")
    assert local_slope_texts("atan2", 2) == ("{1}/({0}² + {1}²)", "−{0}/({0}² + {1}²)")
    assert local_slope_texts("root", 2) == ("1/({1}·|root({0}, {1})|^({1} − 1))", "−root({0}, {1})·log(|{0}|)/{1}²")
    assert local_slope_texts("log", 2) == ("1/({0}·log({1}))", "−log({0}, {1})/({1}·log({1}))")
    assert local_slope_texts("sqrt", 1) == ("1/(2√{0})",)
    assert local_slope_texts("tanh", 1) == ("1 − tanh({0})²",)
    assert local_slope_texts("floor", 1) == ("0",)


def test_long_and_wild_formulas():
    for text in ("+".join(["x"] * 60), "/".join(["x"] * 8), "*".join(["y"] * 12), "x" + "/2" * 40):
        names = ("x", "y") if "y" in text else ("x",)
        worked = chain_of(text, names).evaluate((1.0, 1.0)[: len(names)])
        assert np.isfinite(worked.totals).all()
    doubled = "x"
    for _ in range(5):
        doubled = f"({doubled} + sin({doubled}))"
    chain = chain_of(doubled, ("x",))
    assert chain.path_counts[0] == 32
    worked = chain_of("log(x) + sqrt(x) + 1/x", ("x",)).evaluate((-1.0,))
    assert np.isnan(worked.totals[0])
    assert np.isnan(chain.evaluate((np.inf,)).totals[0])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("min(x, exp(1000x))", 1.0),
        ("where(x > 0, log(x), x)", -1.0),
        ("sqrt((x - 1)^2)", 1.0),
        ("exp(-1/x^2)", 0.0),
    ],
)
def test_what_is_flat_with_care_is_flat_along_the_chain(text, at):
    worked = chain_of(text, ("x",)).evaluate((at,))
    assert worked.totals[0] == objective_for(text).gradient(np.array([at]))[0]


def test_a_choice_and_a_logarithm_to_a_base_as_steps():
    chain = chain_of("where(x > y, log(x, 3), mod(y, x))", ("x", "y"))
    assert [step.text for step in chain.steps[2:]] == ["x > y", "log(x, 3)", "mod(y, x)", "where(u₁, u₂, u₃)"]
    assert chain.steps[-1].slopes == ("0", "[u₁]", "[not u₁]")
    assert chain.evaluate((3.0, 2.0)).totals[:2] == pytest.approx((1 / (3 * np.log(3)), 0))
    assert chain.evaluate((2.0, 3.0)).totals[:2] == pytest.approx((-1, 1))
