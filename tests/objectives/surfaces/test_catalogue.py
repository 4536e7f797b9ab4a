"""The built-in surfaces: their definitions, derivatives and minima."""

import inspect

import numpy as np
import pytest
from numpy import cos, exp, pi, sin, sqrt

import gdsim
from gdsim.objectives import function_named
from gdsim.objectives.formula.formula import read

FUNCTIONS = gdsim.FUNCTIONS
EACH = pytest.mark.parametrize("key", FUNCTIONS)

#: The functions again, as they are published, in numpy. Sources: Surjanovic & Bingham, Virtual Library of Simulation
#: Experiments; Jamil & Yang (2013); the last two are this program's own.
PUBLISHED = {
    "bowl": lambda x, y: x**2 + y**2,
    "ravine": lambda x, y: x**2 / 20 + y**2,
    "rosenbrock": lambda x, y: 100 * (y - x**2) ** 2 + (x - 1) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "rastrigin": lambda x, y: 10 * 2 + (x**2 - 10 * cos(2 * pi * x)) + (y**2 - 10 * cos(2 * pi * y)),
    "ackley": lambda x, y: (
        -20 * exp(-0.2 * sqrt((x**2 + y**2) / 2)) - exp((cos(2 * pi * x) + cos(2 * pi * y)) / 2) + 20 + np.e
    ),
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "three_hump_camel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "six_hump_camel": lambda x, y: (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2,
    "goldstein_price": lambda x, y: (
        (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2))
        * (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2))
    ),
    "styblinski_tang": lambda x, y: ((x**4 - 16 * x**2 + 5 * x) + (y**4 - 16 * y**2 + 5 * y)) / 2,
    "mccormick": lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "levy13": lambda x, y: (
        sin(3 * pi * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2) + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)
    ),
    "griewank": lambda x, y: x**2 / 4000 + y**2 / 4000 - cos(x) * cos(y / sqrt(2)) + 1,
    "easom": lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2),
    "branin": lambda x, y: (y - 5.1 / (4 * pi**2) * x**2 + 5 / pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10,
    "bohachevsky": lambda x, y: x**2 + 2 * y**2 - 0.3 * cos(3 * pi * x) - 0.4 * cos(4 * pi * y) + 0.7,
    "saddle": lambda x, y: x**2 - y**2,
    "monkey_saddle": lambda x, y: x**3 - 3 * x * y**2,
    "two_valleys": lambda x, y: 3 * x**4 - 9 * x**2 - 4.5 * x + 6 * y**2,
    "plateau": lambda x, y: 1 - exp(-(x**2 + y**2) / 2) + (x**2 + y**2) / 10000,
    "square": lambda x: x**2,
    "line": lambda x: 3 * x,
    "double_well": lambda x: x**4 - 4 * x**2 + x,
    "sine_hill": lambda x: x**2 + 10 * sin(x),
    "quartic_flat": lambda x: x**4,
    "abs_value": lambda x: np.sqrt(x**2),
    "cosine": lambda x: sin(x + pi / 2),
    "logistic_loss": lambda x: -np.log(1 / (1 + exp(-x))),
}

G, L = True, False
#: Published minima (coordinates, value, whether global), to the digits they are published with. Sources: as above;
#: Himmelblau (1972); the local minima of the six-hump camel after Molga & Smutnicki (2005), of Goldstein–Price after
#: Dixon & Szegö (1978), of Styblinski–Tang and the three-hump camel from the roots of their derivatives.
MINIMA = {
    "bowl": [(0, 0, 0, G)],
    "ravine": [(0, 0, 0, G)],
    "rosenbrock": [(1, 1, 0, G)],
    "himmelblau": [
        (3, 2, 0, G),
        (-2.805118, 3.131312, 0, G),
        (-3.779310, -3.283186, 0, G),
        (3.584428, -1.848126, 0, G),
    ],
    "rastrigin": [(0, 0, 0, G)],
    "ackley": [(0, 0, 0, G)],
    "beale": [(3, 0.5, 0, G)],
    "booth": [(1, 3, 0, G)],
    "matyas": [(0, 0, 0, G)],
    "three_hump_camel": [(0, 0, 0, G), (1.7476, -0.8738, 0.2986, L), (-1.7476, 0.8738, 0.2986, L)],
    "six_hump_camel": [
        (0.0898, -0.7126, -1.0316, G),
        (-0.0898, 0.7126, -1.0316, G),
        (1.7036, -0.7961, -0.2155, L),
        (-1.7036, 0.7961, -0.2155, L),
        (1.6071, 0.5687, 2.1043, L),
        (-1.6071, -0.5687, 2.1043, L),
    ],
    "goldstein_price": [(0, -1, 3, G), (-0.6, -0.4, 30, L), (1.8, 0.2, 84, L), (1.2, 0.8, 840, L)],
    "styblinski_tang": [
        (-2.903534, -2.903534, 2 * -39.166166, G),
        (2.746803, -2.903534, -64.195612, L),
        (-2.903534, 2.746803, -64.195612, L),
        (2.746803, 2.746803, -50.058893, L),
    ],
    "mccormick": [(-0.5472, -1.5472, -1.9132, G), (2.5944, 1.5944, 1.2284, L)],
    "levy13": [(1, 1, 0, G)],
    "griewank": [(0, 0, 0, G)],
    "easom": [(3.141593, 3.141593, -1, G)],
    "branin": [(-3.141593, 12.275, 0.397887, G), (3.141593, 2.275, 0.397887, G), (9.424778, 2.475, 0.397887, G)],
    "bohachevsky": [(0, 0, 0, G)],
    "saddle": [],
    "monkey_saddle": [],
    # 12x³ − 18x − 4.5 = 0 has the roots 2 cos(…) of a depressed cubic: x = √2 cos(arccos(1/(2√2))/3 − 2πk/3)
    "two_valleys": [(1.334540, 0, -12.518552, G), (-1.072551, 0, -1.556788, L)],
    "plateau": [(0, 0, 0, G)],
    "square": [(0, 0, G)],
    "line": [],
    # the roots of 4x³ − 8x + 1
    "double_well": [(-1.472998, -5.444192, G), (1.346997, -2.618556, L)],
    # those of x = −5 cos x
    "sine_hill": [(-1.306440, -7.945823, G), (3.837467, 8.315586, L)],
    "quartic_flat": [(0, 0, G)],
    "abs_value": [(0, 0, G)],
    "cosine": [(k * 3.141593, -1, G) for k in (-3, -1, 1, 3)],
    "logistic_loss": [],
}
CORNERS = {"ackley", "abs_value"}
#: How many maxima are listed, of the functions that have any inside their bounds; the others have dozens.
MAXIMA = {
    "himmelblau": 1,
    "six_hump_camel": 2,
    "goldstein_price": 1,
    "styblinski_tang": 1,
    "easom": 4,
    "double_well": 1,
    "sine_hill": 1,
    "cosine": 3,
}
DOZENS = {"rastrigin", "ackley", "levy13", "griewank", "bohachevsky"}


def inside(function, n, seed):
    """Random points ``(d, n)`` in the bounds."""
    low, high = function.bounds.T
    return np.random.default_rng(seed).uniform(low, high, size=(n, len(low))).T


def difference(f, points, i, h=1e-3):
    """The derivative of f by coordinate i, to fourth order in h."""
    step = np.zeros_like(points)
    step[i] = h
    near, far = f(points + step) - f(points - step), f(points + 2 * step) - f(points - 2 * step)
    return (8 * near - far) / (12 * h)


def test_the_tables_are_whole():
    assert list(FUNCTIONS) == list(PUBLISHED)
    assert list(FUNCTIONS) == list(MINIMA)


@EACH
def test_description(key):
    function = FUNCTIONS[key]
    assert function.key == key
    assert function_named(key) is function
    assert function.title
    assert function.summary.endswith(".")
    assert function.names == ("x", "y")[: function.dimension] == read(function.text).names
    assert function.bounds.shape == (function.dimension, 2)
    assert function.parameters == {}
    assert function.ready
    low, high = function.bounds.T
    assert (low < high).all()
    assert (low <= function.start).all()
    assert (high >= function.start).all()
    assert np.linalg.norm(function.gradient(np.array(function.start))) > 1e-6
    with pytest.raises(ValueError, match="read-only"):
        function.bounds[0, 0] = 7.0


@EACH
def test_value_as_published(key):
    points = inside(FUNCTIONS[key], 200, seed=1)
    expected = PUBLISHED[key](*points)
    np.testing.assert_allclose(FUNCTIONS[key].value(points), expected, rtol=1e-11, atol=1e-11)


@EACH
def test_gradient_against_differences(key):
    function = FUNCTIONS[key]
    points = inside(function, 300, seed=2)
    expected = np.array([difference(lambda p: PUBLISHED[key](*p), points, i) for i in range(function.dimension)])
    np.testing.assert_allclose(function.gradient(points), expected, rtol=1e-5, atol=1e-7 * np.abs(expected).max())


@EACH
def test_hessian_against_differences(key):
    function = FUNCTIONS[key]
    points = inside(function, 300, seed=3)
    if key in CORNERS:
        points = points[:, np.linalg.norm(points, axis=0) > 0.05]
    expected = np.array([difference(function.gradient, points, i) for i in range(function.dimension)])
    hessian = function.hessian(points)
    np.testing.assert_allclose(hessian, expected, rtol=1e-5, atol=1e-6 * np.abs(expected).max())
    np.testing.assert_array_equal(hessian, hessian.swapaxes(0, 1))


@EACH
def test_minima_as_published(key):
    found = {(*m.position, m.value, m.is_global) for m in FUNCTIONS[key].minima}
    assert len(found) == len(MINIMA[key])
    for *position, value, is_global in MINIMA[key]:
        # a unit of the fourth digit: some tables round and some cut off
        near = [m for m in found if np.abs(np.array(m[:-2]) - position).max() <= 1e-4]
        assert len(near) == 1, position
        assert near[0][-2] == pytest.approx(value, abs=1e-4)
        assert near[0][-1] is is_global


@EACH
def test_minima_are_stationary(key):
    function = FUNCTIONS[key]
    assert {m.corner for m in function.minima} <= {key in CORNERS}
    for minimum in function.minima:
        position = np.array(minimum.position)
        low, high = function.bounds.T
        assert (low <= position).all()
        assert (position <= high).all()
        assert function.value(position) == pytest.approx(minimum.value, rel=1e-13, abs=1e-13)
        if minimum.corner:
            angles = np.linspace(0, 2 * pi, 64, endpoint=False)
            directions = np.array([cos(angles), sin(angles)]) if function.dimension == 2 else np.array([[1.0, -1.0]])
            for radius in (1e-9, 1e-6, 1e-3, 0.1, 0.3):
                ring = position[:, None] + radius * directions
                assert (function.value(ring) >= function.value(position) + radius).all()
                assert np.isfinite(function.gradient(ring)).all()
            assert np.isfinite(function.gradient(position)).all()
        else:
            curvatures = np.linalg.eigvalsh(function.hessian(position))
            assert curvatures[0] > 0 or key == "quartic_flat"
            assert np.linalg.norm(function.gradient(position)) <= 1e-14 * curvatures[-1] * (1 + np.abs(position).max())


@EACH
def test_nothing_is_lower_than_a_global_minimum(key):
    function = FUNCTIONS[key]
    lowest = function.value(np.stack(np.meshgrid(*(np.linspace(*pair, 501) for pair in function.bounds)))).min()
    globals_ = [m.value for m in function.minima if m.is_global]
    assert all(lowest >= value - 1e-12 for value in globals_)
    assert all(m.value > min(globals_) for m in function.minima if not m.is_global)


@EACH
def test_maxima(key):
    function = FUNCTIONS[key]
    assert len(function.maxima) == MAXIMA.get(key, 0)
    low, high = function.bounds.T
    highest = function.value(inside(function, 20_000, seed=9)).max()
    for maximum in function.maxima:
        position = np.array(maximum.position)
        assert (low < position).all()
        assert (position < high).all()
        assert function.value(position) == pytest.approx(maximum.value, rel=1e-13)
        curvatures = np.linalg.eigvalsh(function.hessian(position))
        assert curvatures[-1] < 0
        assert np.linalg.norm(function.gradient(position)) <= 1e-13 * -curvatures[0] * (1 + np.abs(position).max())
        assert maximum.is_global is (key in ("easom", "cosine"))
        assert maximum.is_global == (highest <= maximum.value)


@EACH
def test_a_minimum_that_is_not_listed_is_no_lower_well(key):
    """Descent from random points of the surfaces with few wells ends at a listed minimum."""
    function = FUNCTIONS[key]
    if key in DOZENS or key in ("easom", "quartic_flat", "abs_value") or not function.minima:
        return
    points = inside(function, 200, seed=4)
    for _ in range(200):  # Newton's method
        hessian = np.moveaxis(function.hessian(points), -1, 0)
        points = points - np.linalg.solve(hessian, function.gradient(points).T[..., None])[..., 0].T
    curvatures = np.linalg.eigvalsh(np.nan_to_num(np.moveaxis(function.hessian(points), -1, 0), nan=-1.0))
    low, high = function.bounds.T[:, :, None]
    settled = (np.linalg.norm(function.gradient(points), axis=0) < 1e-8) & (curvatures[:, 0] > 1e-3)
    settled &= (points > low).all(axis=0) & (points < high).all(axis=0)
    known = np.array([m.position for m in function.minima])
    assert settled.any()
    distance = np.linalg.norm(points.T[settled][:, None] - known, axis=2).min(axis=1)
    assert distance.max() < 1e-6


@EACH
@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 5), (2, 1, 4), (0,)])
def test_shapes(key, shape):
    function = FUNCTIONS[key]
    d = function.dimension
    points = np.random.default_rng(5).uniform(-1, 1, size=(d, *shape))
    assert function.value(points).shape == shape
    assert function.gradient(points).shape == (d, *shape)
    assert function.hessian(points).shape == (d, d, *shape)
    assert function.value(points).dtype == np.float64
    flat = points.reshape(d, -1)
    np.testing.assert_array_equal(function.gradient(points).reshape(d, -1), function.gradient(flat))
    np.testing.assert_array_equal(function.hessian(points).reshape(d, d, -1), function.hessian(flat))
    out = np.full((d, *shape), np.nan)
    assert function.gradient(points, out=out) is out
    np.testing.assert_array_equal(out, function.gradient(points))


@EACH
def test_lists_and_whole_numbers_are_points_too(key):
    function = FUNCTIONS[key]
    d = function.dimension
    assert function.value([1, 2][:d]) == function.value(np.array([1.0, 2.0])[:d])
    found = function.gradient([[1, 2], [0, 1]][:d])
    np.testing.assert_array_equal(found, function.gradient(np.array([[1.0, 2], [0, 1]])[:d]))


@EACH
def test_strided_points_give_the_same_bits(key):
    function = FUNCTIONS[key]
    block = np.random.default_rng(6).uniform(-4, 4, size=(6, 40, 2, 8))
    views = [
        block[0].transpose(1, 0, 2),
        block[:, 3].swapaxes(0, 1),
        block[::2, ::-3, :, 1].transpose(2, 0, 1),
        block[1, :, :, 5].T[:, ::7],
        np.broadcast_to(block[0, 0, :, :1], (2, 33)),
        np.asfortranarray(block[2].transpose(1, 0, 2)),
    ]
    for whole in views:
        view = whole[: function.dimension]
        copy = np.ascontiguousarray(view)
        for of in (function.value, function.gradient, function.hessian):
            np.testing.assert_array_equal(of(view), of(copy))
        out = np.full((*view.shape[1:], function.dimension), np.nan)
        function.gradient(view, out=np.moveaxis(out, -1, 0))
        np.testing.assert_array_equal(np.moveaxis(out, -1, 0), function.gradient(copy))


@EACH
def test_one_point_gives_the_bits_of_many(key):
    function = FUNCTIONS[key]
    points = np.random.default_rng(7).uniform(-6, 6, size=(2, 37))[: function.dimension]
    for of in (function.value, function.gradient, function.hessian):
        together = of(points)
        for count in (1, 2, 3, 5, 8, 9, 17):
            np.testing.assert_array_equal(of(points[:, 11 : 11 + count]), together[..., 11 : 11 + count])
        np.testing.assert_array_equal(of(points[:, 4]), together[..., 4])


def many_points(count):
    """Points of all sizes, ``(2, count)``: near, far, on whole and half numbers, on zeros of either sign."""
    rng = np.random.default_rng(1)
    sizes = 10 ** rng.uniform(-20, 60, (2, count)) * rng.choice([-1, 1], (2, count))
    kinds = [rng.uniform(-10, 10, (2, count)), rng.integers(-6, 7, (2, count)) / 2, sizes, np.full((2, count), -0.0)]
    return np.choose(rng.choice(4, (2, count), p=[0.5, 0.3, 0.15, 0.05]), kinds)


@EACH
def test_float_gradient_has_the_bits_of_the_gradient(key):
    function = FUNCTIONS[key]
    points = many_points(1000)[: function.dimension]
    # what numpy works out in groups, it works out otherwise at the end of an array
    cuts = np.cumsum(np.resize(np.arange(1, 10), 200))
    pieces = np.split(points, cuts[cuts < 1000], axis=1)
    expected = np.concatenate([function.gradient(piece) for piece in pieces], axis=1)
    values = np.concatenate([function.value(piece) for piece in pieces])
    of_floats, value_of_floats = function.float_gradient(), function.float_value()
    with np.errstate(all="ignore"):
        found = [(*of_floats(*point), value_of_floats(*point)) for point in points.T.tolist()]
    assert {type(number) for numbers in found for number in numbers} == {float}
    np.testing.assert_array_equal(np.transpose(found), [*expected, values])


@EACH
def test_overflow_is_silent(key):
    function = FUNCTIONS[key]
    far = np.array([[1e200, -1e308, np.inf, np.nan], [1e200, 1e308, 0.0, 1.0]])[: function.dimension]
    function.value(far)
    function.gradient(far)
    function.hessian(far)


def test_arguments_are_named():
    assert list(inspect.signature(FUNCTIONS["bowl"].gradient).parameters) == ["points", "out"]


def test_unknown_function():
    with pytest.raises(gdsim.GdsimError) as error:
        function_named("rosenbrok")
    assert str(error.value) == "unknown function 'rosenbrok'; did you mean rosenbrock?"
    assert error.value.field == "function"
    with pytest.raises(gdsim.GdsimError, match="there are: bowl, ravine"):
        function_named("qqqq")
    with pytest.raises(gdsim.GdsimError, match="unknown function"):
        function_named(["bowl"])


def test_draw():
    function = FUNCTIONS["branin"]
    rng = np.random.default_rng(8)
    low, high = function.bounds.T
    drawn = np.array([function.draw(rng) for _ in range(500)])
    assert ((low <= drawn) & (drawn < high)).all()
    assert (np.ptp(drawn, axis=0) > 0.95 * (high - low)).all()
    box = np.array([[1.0, 1.5], [-3.0, -2.0]])
    drawn = np.array([function.within(tuple(map(tuple, box))).draw(rng) for _ in range(50)])
    assert ((box[:, 0] <= drawn) & (drawn < box[:, 1])).all()


@pytest.mark.parametrize("learning_rate", [1e-3, 2e-3, 5e-3, 7e-3, 1e-2])
def test_two_valleys_catches_plain_descent_and_not_momentum(learning_rate):
    race = gdsim.descend("two_valleys", ["gd", "momentum"], learning_rate=learning_rate, steps=20_000)
    plain, momentum = (run.ground for (run,) in race.outcomes)
    assert plain is gdsim.Ground.LOCAL_MINIMUM
    assert momentum is gdsim.Ground.GLOBAL_MINIMUM
