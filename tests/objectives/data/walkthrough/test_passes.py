"""The graph of a model for one example: its derivatives are those of the model, and the walk tells them."""

import re

import numpy as np
import pytest

from gdsim.objectives.data import ACTIVATIONS, COSTS, LinearRegression, LogisticRegression, Network, Perceptron
from gdsim.objectives.data.models.layers import Examples
from gdsim.objectives.data.walkthrough.passes import MOST_WEIGHTS, is_small, passes_of
from gdsim.objectives.data.walkthrough.product import Product
from gdsim.objectives.data.walkthrough.walk import Walk

RNG = np.random.default_rng(5)
X = RNG.normal(size=(12, 3))
NUMBERS, CLASSES = RNG.normal(size=12), (np.arange(12) % 2).astype(float)


def models():
    for options in ({}, {"l2": 0.3, "standardise": True}):
        yield LinearRegression(X, NUMBERS, **options)
        yield LogisticRegression(X, CLASSES, **options)
        for activation in ACTIVATIONS:
            for cost in COSTS:
                yield Perceptron(X, CLASSES, activation=activation, cost=cost, **options)
            for y in (NUMBERS, CLASSES):
                for hidden in ((4,), (3, 2)):
                    yield Network(X, y, hidden=hidden, activation=activation, **options)


def plain(x):
    return f"{x:.15g}".replace("-", "−")


def test_derivatives_are_those_of_the_model_and_sums_of_products():
    count = 0
    for model in models():
        graph = passes_of(model)
        for example, size in ((0, 0.7), (5, 3.0)):
            theta = size * RNG.normal(size=model.dimension)
            worked = graph.work(theta, example)
            alone = Examples(model.examples.inputs[example : example + 1], model.y[example : example + 1])
            np.testing.assert_allclose(worked.gradient, model.gradient_on(alone, theta), rtol=1e-12, atol=1e-12)
            assert worked.values[-1] == pytest.approx(float(model.layers.value(theta[:, None], alone)[0]), rel=1e-12)
            for i in range(len(graph.nodes) - 1):
                products = [worked.totals[graph.edges[e].to] * worked.slopes[e] for e in graph.out_of[i]]
                assert sum(products) == pytest.approx(worked.totals[i], rel=1e-9, abs=1e-15)
            count += 1
    assert count == 2 * 2 * (2 + 7 * 6)


def test_saturated_and_lost_weights():
    model = LogisticRegression(X, CLASSES)
    graph = passes_of(model)
    walk = Walk(graph, plain)
    for b in (1e4, -1e4, np.inf, np.nan, 1e308):
        worked = graph.work(np.array([1e3, 0.0, 0.0, b]), 0)
        for stage in graph.stages:
            for node in graph.rows[stage.row]:
                assert isinstance(walk.formula(worked, stage, node), str)
    # surely wrong: the factors are infinite and 0, what they stand for is not
    worked = graph.work(np.array([0.0, 0.0, 0.0, 1e4]), 0)
    assert (worked.target, worked.values[-1], worked.totals[graph.rows[1][0]]) == (0.0, 1e4, 1.0)
    assert worked.by_parameter.tolist() == [*X[0], 1.0]
    assert Product(graph, graph.edges[3]).numbers(worked, plain) == "= 1"


def test_the_walk_goes_up_down_and_on():
    graph = passes_of(Perceptron(X, CLASSES, activation="tanh", cost="cross_entropy"))
    assert [node.name for node in graph.nodes] == ["x1", "x2", "x3", "1", "z", "a", "p", "C"]
    assert [(stage.what, stage.row) for stage in graph.stages] == [
        ("inputs", 0),
        ("sum", 1),
        ("activation", 2),
        ("probability", 3),
        ("cost", 4),
        ("back", 3),
        ("back", 2),
        ("back", 1),
        ("weights", 1),
        ("update", 1),
    ]
    assert [stage.forward for stage in graph.stages] == [0, 1, 2, 3, 4, 4, 4, 4, 4, 4]
    assert [stage.back for stage in graph.stages] == [5, 5, 5, 5, 5, 3, 2, 1, 0, 0]
    graph = passes_of(Network(X, NUMBERS, hidden=(4, 2)))
    assert [stage.row for stage in graph.stages if stage.what == "weights"] == [5, 3, 1]
    assert [len(row) for row in graph.rows] == [4, 4, 5, 2, 3, 1, 1, 1]


def test_what_is_told_is_true():
    """Every formula of digits comes out as it says."""
    checked = 0
    for model in models():
        graph = passes_of(model)
        theta = RNG.normal(size=model.dimension)
        worked = graph.work(theta, 3)
        walk = Walk(graph, plain)
        told = [
            walk.formula(worked, stage, node)
            for stage in graph.stages
            for node in graph.rows[stage.row]
            if graph.nodes[node].kind not in ("one", "input")
        ]
        told += [walk.update(worked, node, 0.1, ascent) for node in graph.rows[1] for ascent in (False, True)]
        if len(model.layers.layers) == 1:
            told += [Product(graph, graph.edges[e]).numbers(worked, plain)[2:] for e in graph.into[graph.rows[1][0]]]
        for line in told:
            for formula in line.split(";   "):
                parts = [part.replace("²", "**2").replace("−", "-") for part in formula.split(" = ")]
                numbers = [re.sub("[·×]", "*", part) for part in parts if re.fullmatch(r"[-+*·/(). \de]+", part)]
                values = [eval(number) for number in numbers]
                assert values == pytest.approx([values[-1]] * len(values), rel=1e-9, abs=1e-12) if values else True
                checked += len(values) > 1
    assert checked > 500


def test_the_product_of_one_neuron():
    model = LogisticRegression(X, CLASSES, features=("bmi", "blood pressure", "x3"))
    graph = passes_of(model)
    bmi, pressure, _, bias = (Product(graph, graph.edges[e]) for e in graph.into[graph.rows[1][0]])
    assert bmi.text == "∂C/∂w_bmi = ∂C/∂a · ∂a/∂z · ∂z/∂w_bmi = (a − y)/(a(1 − a)) · a(1 − a) · bmi"
    assert r"\frac{\partial z}{\partial w_{\text{blood pressure}}} = \frac{a - y}{a(1 - a)}" in pressure.latex
    assert bias.text.endswith("· 1")
    # what TeX would take for a command, and what the font has no letters for, stay as text
    for name in ("a$b", "\\alpha", "{", "血圧"):
        graph = passes_of(LogisticRegression(X[:, :1], CLASSES, features=(name,)))
        assert Product(graph, graph.edges[0]).latex == ""
        assert Product(graph, graph.edges[1]).latex != ""
    # the letters are what the numbers are worked out by
    for key in ACTIVATIONS:
        for cost in COSTS:
            graph = passes_of(Perceptron(X[:, :1], CLASSES, activation=key, cost=cost))
            for example in (2, 3):
                worked = graph.work(np.array([0.8, 0.3]), example)
                known = {node.name: value for node, value in zip(graph.nodes, worked.values, strict=True)}
                known |= {"y": worked.target, "σ": lambda z: 1 / (1 + np.exp(-z))}
                letters = Product(graph, graph.edges[0]).text.split(" = ")[-1]
                letters = letters.replace("−", "-").replace("²", "**2").replace("·", "*")
                letters = re.sub(r"(?<=[\w)])(?=[(\[])", "*", letters).replace("σ*", "σ")
                total = eval(letters.translate({ord("["): "(", ord("]"): ")"}), known)
                assert total == pytest.approx(worked.by_parameter[0], rel=1e-9, abs=1e-12)


def test_held_out_examples():
    model = Perceptron(X, CLASSES, held_out=(X[:2] + 1, [1.0, 0.0]))
    graph = passes_of(model)
    assert (graph.trained, graph.count) == (12, 14)
    worked = graph.work(RNG.normal(size=4), 13)
    assert (worked.target, worked.values[:3]) == (0.0, tuple(X[1] + 1))


def test_a_class_is_told_by_its_number_and_name():
    graph = passes_of(Perceptron(X, CLASSES, activation="sigmoid", cost="mse"))
    worked, cost = graph.work(np.zeros(4), 1), next(stage for stage in graph.stages if stage.what == "cost")
    for classes, told in (((), "1"), (("0", "1"), "1"), (("no", "yes"), "1 (yes)")):
        walk = Walk(graph, "{:.3f}".format, None, classes)
        assert walk.formula(worked, graph.stages[0], 0).endswith(f"y = {told}")
        assert walk.formula(worked, cost, len(graph.nodes) - 1) == "C = (a − y)² = (0.500 − 1)² = 0.250"
    numbers = passes_of(LinearRegression(X, NUMBERS))
    written = Walk(numbers, "{:.3f}".format).formula(numbers.work(np.zeros(4), 1), numbers.stages[0], 0)
    assert written.endswith(f"y = {NUMBERS[1]:.3f}")


def test_what_is_too_large():
    assert is_small(Network(X, NUMBERS, hidden=(16, 16)))
    assert not is_small(Network(X, NUMBERS, hidden=(33,)))
    big = Network(X, NUMBERS, hidden=(20, 20))
    assert big.dimension > MOST_WEIGHTS
    assert not is_small(big)
    assert not is_small(LinearRegression(RNG.normal(size=(40, 33)), RNG.normal(size=40)))
