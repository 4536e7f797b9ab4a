"""The cost of models as a function of their parameters."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest
from differences import by_differences

import gdsim
from gdsim.errors import GdsimError
from gdsim.objectives.data import (
    ACTIVATIONS,
    DATASETS,
    SAMPLES,
    LinearRegression,
    LogisticRegression,
    Network,
    Perceptron,
)
from gdsim.objectives.data.models import layers
from gdsim.objectives.workspace import clear_workspace, workspace

RNG = np.random.default_rng(5)
X = RNG.normal(size=(17, 3)) * [1.0, 2.0, 0.5] + [0.0, 1.0, -1.0]
NUMBERS = X @ [1.0, -0.5, 2.0] + 0.3 * RNG.normal(size=17)
CLASSES = np.heaviside(NUMBERS - NUMBERS.mean(), 0)


def cases():
    for l2 in (0.0, 0.3):
        yield "linear", LinearRegression(X, NUMBERS, l2)
        yield "linear standardised", LinearRegression(X, NUMBERS, l2, standardise=True)
        yield "logistic", LogisticRegression(X, CLASSES, l2)
        for activation, cost in product(ACTIVATIONS, ("mse", "cross_entropy")):
            yield f"perceptron {activation} {cost}", Perceptron(X, CLASSES, activation, cost, l2)
            task, y = ("regression", NUMBERS) if cost == "mse" else ("classes", CLASSES)
            for hidden in ((4,), (4, 3)):
                yield f"network {hidden} {activation} {cost}", Network(X, y, hidden, activation, task, l2=l2)


CASES = [pytest.param(model, id=f"{name} l2={model.l2}") for name, model in cases()]


def points(model, *shape):
    return np.random.default_rng(1).normal(0, 0.7, (model.dimension, *shape))


@pytest.mark.parametrize("model", CASES)
def test_gradient_is_that_of_the_value(model):
    at = points(model, 3)
    found = model.gradient(at)
    assert np.abs(found - by_differences(model, at)).max() <= 1e-6 * max(1.0, np.abs(found).max())
    # every lane by itself, in whatever shape
    out = np.empty((2, model.dimension, 3)).swapaxes(0, 1)
    model.gradient(np.stack([at, at + 0.1], axis=1), out)
    np.testing.assert_allclose(out[:, 0], found, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(model.gradient(at[:, 1]), found[:, 1], rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(model.value(at[:, 1]), model.value(at)[1], rtol=1e-12)
    assert model.value(at[:, 1]).shape == ()


def test_in_pieces(monkeypatch):
    model = Network(X, CLASSES, (4, 3), l2=0.1)
    at = points(model, 9)
    whole = model.value(at), model.gradient(at), model.output(at)
    monkeypatch.setattr(layers, "_EXAMPLES", 5)
    monkeypatch.setattr(layers, "_BLOCK", 40)
    for found, expected in zip((model.value(at), model.gradient(at), model.output(at)), whole, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


def test_two_threads_at_once():
    model = Network(X, CLASSES, (4, 3))
    at = points(model, 50)
    expected = model.gradient(at)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: model.gradient(at), range(200)):
            np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(copy.deepcopy(model).gradient(at), expected)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).gradient(at), expected)


def test_many_models_share_what_they_work_on():
    models = [Network(X, CLASSES, (4, 3), activation) for activation in ("tanh", "relu", "sigmoid")]
    models += [Network(X, CLASSES, (width,)) for width in range(2, 20)]
    asked = [(model, points(model, 3)) for model in models]
    alone = [(model.value(at), model.gradient(at)) for model, at in asked]
    for (model, at), expected in zip(reversed(asked), reversed(alone), strict=True):
        np.testing.assert_array_equal(model.gradient(at), expected[1])
        np.testing.assert_array_equal(model.value(at), expected[0])
    assert len(workspace.known) <= layers._KEPT


def test_few_large_arrays_are_kept():
    model = Network(np.tile(X, (60, 1)), np.tile(CLASSES, 60), (30, 30))
    for lanes in range(1, 12):
        model.gradient(points(model, lanes))
    kept = list(workspace.known.values())
    assert len(kept) == 1 or sum(arrays.size for arrays in kept) <= layers._NUMBERS
    before = model.gradient(points(model, 3))
    clear_workspace()
    assert not workspace.known
    np.testing.assert_array_equal(model.gradient(points(model, 3)), before)


def plain_torch(model, theta):
    """The cost as anybody would write it in PyTorch."""
    import torch
    from torch.nn import functional

    plain = {
        "identity": lambda z: z,
        "step": lambda z: torch.heaviside(z.detach(), torch.tensor(0.0, dtype=z.dtype)) + 0 * z,
        "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    }
    a, l2 = torch.tensor(np.array(model.examples.inputs[:, :-1])), 0.0
    for layer in model.layers.layers:
        weights = theta[layer.first : layer.bias].reshape(layer.wide, layer.deep)
        l2 = l2 + (weights**2).sum()
        key = layer.activation.key
        a = plain.get(key, getattr(functional, key, None))(a @ weights.T + theta[layer.bias : layer.end])
    y = torch.tensor(np.array(model.y))
    if model.layers.cost.key == "mse":
        cost = functional.mse_loss(a[:, 0], y)
    else:
        cost = functional.binary_cross_entropy_with_logits(a[:, 0], y)
    return cost + model.l2 / 2 * l2


@pytest.mark.torch
@pytest.mark.parametrize("model", CASES)
def test_gradient_is_that_of_autograd(model):
    import torch

    at = points(model)
    theta = torch.tensor(at, requires_grad=True)
    cost = plain_torch(model, theta)
    cost.backward()
    np.testing.assert_allclose(model.value(at), cost.item(), rtol=1e-10)
    np.testing.assert_allclose(model.gradient(at), theta.grad.numpy(), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(
    "model", [LinearRegression(X, NUMBERS, 0.2), LogisticRegression(X, CLASSES, 0.2), Network(X, CLASSES, (3,))]
)
def test_hessian(model):
    at = points(model, 2)
    found = model.hessian(at)
    for i in range(model.dimension):
        moved = np.zeros((model.dimension, 1))
        moved[i] = 1e-5
        differences = (model.gradient(at + moved) - model.gradient(at - moved)) / 2e-5
        np.testing.assert_allclose(found[i], differences, atol=1e-8)
    np.testing.assert_array_equal(found, found.swapaxes(0, 1))


LINEAR = [
    DATASETS["line"].make(),
    DATASETS["line_outliers"].make(),
    SAMPLES["anscombe3"].load(),
    SAMPLES["diabetes"].load(),
]


@pytest.mark.parametrize("data", LINEAR, ids=lambda data: data.name)
def test_linear_regression_ends_at_least_squares(data):
    # standardised: features of unlike size take gradient descent ten thousands of steps
    model = LinearRegression.of(data, standardise=True)
    inputs = np.column_stack([data.standardised().X[data.train], np.ones(len(data.train))])
    expected = np.linalg.lstsq(inputs, data.y[data.train], rcond=None)[0]
    np.testing.assert_allclose(model.minima[0].position, expected, atol=1e-9)
    race = gdsim.descend(model, gdsim.Momentum(learning_rate=0.1, momentum=0.5), steps=400)
    np.testing.assert_allclose(race.positions[-1, 0, :, 0], expected, atol=1e-6)
    assert race.outcome(0, 0).kind is gdsim.Kind.CONVERGED
    # at the bottom nothing is left of the slope, whatever the units
    raw = LinearRegression.of(data)
    bottom = np.array(raw.minima[0].position)
    assert np.abs(raw.gradient(bottom)).max() <= 1e-8 * np.abs(raw.gradient(np.zeros(raw.dimension))).max()
    np.testing.assert_allclose(raw.minima[0].value, np.mean((raw.predict(bottom) - raw.y) ** 2), rtol=1e-10)


LOGISTIC = [DATASETS["overlapping_blobs"].make(), SAMPLES["diabetes_high"].load(), SAMPLES["iris"].load()]


@pytest.mark.parametrize("data", LOGISTIC, ids=lambda data: data.name)
@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_logistic_regression_ends_at_the_optimum(data, l2):
    model = LogisticRegression.of(data, l2=l2, standardise=True)
    # iteratively reweighted least squares, written down anew
    inputs, theta = np.column_stack([data.standardised().X, np.ones(len(data))])[data.train], np.zeros(model.dimension)
    weight = l2 * np.append(np.ones(model.dimension - 1), 0.0)
    for _ in range(30):
        p = 1 / (1 + np.exp(-inputs @ theta))
        second = (inputs.T * (p * (1 - p))) @ inputs / len(inputs) + np.diag(weight)
        theta -= np.linalg.solve(second, inputs.T @ (p - data.y[data.train]) / len(inputs) + weight * theta)
    np.testing.assert_allclose(model.minima[0].position, theta, atol=1e-9)
    race = gdsim.descend(model, gdsim.Nesterov(learning_rate=2.0, momentum=0.95), steps=3000, tolerance=1e-9)
    np.testing.assert_allclose(race.positions[-1, 0, :, 0], theta, atol=1e-6)


def test_cross_entropy_is_exact_near_and_far():
    model = LogisticRegression([[0.5], [1.0], [2.0], [3.0]], [0, 0, 1, 1], l2=0.3)
    size = np.array([0.0, 1e-3, 1.0, 20.0, 40.0, 300.0, 1e6, 1e307, np.inf, np.nan])
    for direction in ([2.0, -3.0], [-2.0, 3.0], [1.0, 1.0]):
        at = np.multiply.outer(direction, size)
        np.testing.assert_allclose(model.value(at), model.value_on(model.examples, at), rtol=1e-11)
        for k in range(size.size):
            np.testing.assert_allclose(model.value(at[:, k]), model.value_on(model.examples, at[:, k]), rtol=1e-11)


def test_where_there_is_no_optimum():
    apart = LogisticRegression([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1])
    assert apart.minima == ()
    assert len(LogisticRegression(apart.X, apart.y, l2=0.01).minima) == 1
    assert LogisticRegression([[0.0], [1.0]], [1, 1]).minima == ()
    # a feature that is always the same: many weights are as good
    assert LinearRegression([[1.0], [1.0], [1.0]], [1, 2, 3]).minima == ()
    assert len(LinearRegression([[1.0], [1.0], [1.0]], [1, 2, 3], l2=0.1).minima) == 1


@pytest.mark.parametrize(
    "model",
    [
        LinearRegression.of(LINEAR[0]),
        LinearRegression.of(LINEAR[3]),
        LogisticRegression.of(LOGISTIC[0]),
        LogisticRegression.of(LOGISTIC[1]),
        Perceptron.of(LOGISTIC[0]),
        Perceptron.of(LINEAR[0], activation="identity"),
    ],
    ids=repr,
)
def test_box_and_start(model):
    low, high = model.bounds.T
    assert (low < 0).all()
    assert (high > 0).all()
    for known in model.minima:
        assert ((low < known.position) & (known.position < high)).all()
    start = np.array(model.start)
    assert ((low < start) & (start < high)).all()
    assert np.abs(model.gradient(start)).max() > 1e-6
    assert model.value(start) > (model.minima[0].value if model.minima else 0)


def test_names_and_layout():
    assert LinearRegression(X[:, :1], NUMBERS).names == ("w", "b")
    assert LogisticRegression(X, CLASSES).names == ("w1", "w2", "w3", "b")
    assert LogisticRegression.of(SAMPLES["iris"].load()).names == ("w_petal_length", "w_petal_width", "b")
    model = Network([[1.0, 2.0]], [0.5], hidden=(2,), activation="identity")
    assert model.names == ("W1[1,1]", "W1[1,2]", "W1[2,1]", "W1[2,2]", "b1[1]", "b1[2]", "W2[1,1]", "W2[1,2]", "b2[1]")
    theta = np.array([1.0, 2, 3, 4, 10, 20, 5, 7, 100])
    assert model.output(theta).tolist() == [5 * (1 + 4 + 10) + 7 * (3 + 8 + 20) + 100]


def test_what_a_model_says():
    model = LogisticRegression([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1], held_out=([[5.0], [6.0]], [1, 0]))
    theta = np.array([[2.0, -2.0], [-3.0, 3.0]])  # one right throughout, one wrong
    assert model.predict(theta).tolist() == [[0, 1], [0, 1], [1, 0], [1, 0]]
    assert model.accuracy(theta).tolist() == [1.0, 0.0]
    assert model.error(theta, "held_out").tolist() == [0.5, 0.5]
    np.testing.assert_allclose(model.probability(theta[:, 0], [[1.5]]), [0.5])
    np.testing.assert_allclose(model.cost(theta), model.value(theta))
    assert np.isnan(model.predict(np.array([np.nan, 1.0]))).all()
    line = LinearRegression([[0.0], [1.0]], [1, 3])
    assert line.predict(np.array([2.0, 1.0]), [[4.0]]).tolist() == [9.0]
    assert line.error(np.array([2.0, 2.0])) == 1.0
    assert np.isnan(line.accuracy(np.array([2.0, 1.0])))
    assert np.isnan(line.error(np.array([2.0, 1.0]), "held_out"))
    # standardised inside; given and asked as it is outside
    scaled = LinearRegression([[10.0], [20.0], [30.0]], [1, 2, 3], standardise=True)
    np.testing.assert_allclose(scaled.predict(np.array(scaled.minima[0].position), [[40.0]]), [4.0])


def test_what_it_may_be_given():
    """Whatever numpy makes an array of numbers of."""
    expected = Network(X, CLASSES, hidden=(8,), seed=1)
    for given, targets, hidden in (
        (X.tolist(), CLASSES.astype(bool), 8),
        (X.astype(object), CLASSES[:, None], [8.0]),
        (np.asfortranarray(X), list(CLASSES), np.int64(8)),
    ):
        model = Network(given, targets, hidden=hidden, seed=1)
        assert model.value(model.start) == expected.value(expected.start)
    for kind in (LinearRegression, LogisticRegression, Perceptron, Network):
        for features in (
            [[3.0, 4.0]],
            [[0.0, 0.0]],
            np.full((5, 2), 1e-320),
            np.full((2, 2), 1e100),
            X[:, :2] * 1e-300,
        ):
            for standardise in (False, True):
                model = kind(features, np.arange(len(features)) % 2, standardise=standardise)
                for asked in (model.value, model.gradient, model.hessian, model.error):
                    asked(model.start)
                assert np.isfinite(model.bounds).all()


def test_what_is_held_out_has_a_say_in_whether_there_are_classes():
    assert Network(X, CLASSES, held_out=(X, NUMBERS)).is_classes is False
    assert Network(X[:2], [1, 1], held_out=(X, CLASSES)).is_classes is True


def test_starts_are_drawn_by_the_initialiser():
    data = DATASETS["moons"].make()
    one, same, other = (Network.of(data, hidden=(50, 50), seed=seed) for seed in (1, 1, 2))
    assert one.start == same.start != other.start
    spread = {}
    for init in ("zeros", "normal", "xavier", "he"):
        model = Network.of(data, hidden=(50, 50), init=init)
        drawn = model.draw(np.random.default_rng(0))
        layer = model.layers.layers[1]
        spread[init] = drawn[layer.first : layer.bias].std()
        assert not drawn[layer.bias : layer.end].any()
    np.testing.assert_allclose(list(spread.values()), [0, 1, np.sqrt(2 / 100), np.sqrt(2 / 50)], rtol=0.05)


def test_overflow_ends_as_diverged():
    for model in (LinearRegression(X, NUMBERS), Network(X, NUMBERS, (4,)), Perceptron(X, CLASSES, "identity")):
        race = gdsim.descend(model, gdsim.GradientDescent(learning_rate=1e3), steps=400, tolerance=0)
        assert race.outcome(0, 0).kind is gdsim.Kind.DIVERGED
        far = np.full(model.dimension, 1e300)
        for asked in (model.value, model.gradient, model.hessian, model.predict, model.error, model.accuracy):
            asked(far)


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: LogisticRegression(X, NUMBERS), "y must be 0 or 1"),
        (lambda: Perceptron(X, NUMBERS, cost="cross_entropy"), "y must be 0 or 1"),
        (lambda: Perceptron(X, CLASSES, "tahn"), "unknown activation 'tahn'; did you mean tanh"),
        (lambda: Network(X, CLASSES, hidden=()), "hidden must be the widths of 1 to 4 layers"),
        (lambda: Network(X, CLASSES, hidden=(0,)), "hidden must be from 1 to 128"),
        (lambda: Network(X, CLASSES, init="what"), "unknown initialiser"),
        (lambda: Network(X, CLASSES, task="both"), "task must be regression or classes"),
        (lambda: LinearRegression(X, NUMBERS, l2=-1), "l2 must be from 0 to 1e\\+09, not -1"),
        (lambda: LinearRegression(X, NUMBERS).predict(np.zeros(4), [[1.0]]), "X must have 3 features"),
        (lambda: LinearRegression(X, NUMBERS).error(np.zeros(4), "test"), "part must be train or held_out"),
        (lambda: LinearRegression(X, NUMBERS, l2=1e308), "l2 must be from 0 to 1e\\+09, not 1e\\+308"),
        (lambda: LinearRegression(X + 1j, NUMBERS), "X must be an array of numbers: they are complex"),
        (lambda: LinearRegression(np.ones((3, 501)), [1, 2, 3]), "X may have 500 features, not 501"),
        (lambda: LinearRegression(X, NUMBERS, standardise="no"), "standardise must be True or False, not 'no'"),
        (lambda: LinearRegression(X, NUMBERS, features=[1, 2, 3]), "features must be texts, not 1"),
        (lambda: LinearRegression(X, NUMBERS, held_out=0.25), "held_out must be features and targets"),
        (lambda: LogisticRegression(X, CLASSES, held_out=(X, NUMBERS)), "held_out must be 0 or 1, the two classes"),
        (lambda: Network(X, CLASSES, hidden=None), "hidden must be the widths of 1 to 4 layers, not None"),
        (lambda: Network(X, CLASSES, init=None), "unknown initialiser 'None'"),
        (lambda: LinearRegression(X, NUMBERS).value(np.zeros((8, 2))), r"theta must be 4 parameters, .* not \(8, 2\)"),
        (lambda: LinearRegression(X, NUMBERS).predict("abc"), "theta must be an array of numbers"),
        (lambda: LinearRegression.of("lin"), "unknown set of examples 'lin'; did you mean line"),
    ],
)
def test_bad_arguments(make, complaint):
    with pytest.raises(GdsimError, match=complaint):
        make()
