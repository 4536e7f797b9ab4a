"""Typed functions: their numbers, their parameters, and those made of Python callables."""

import random

import numpy as np
import pytest
from example_counts import example_count
from mpmath import mp
from random_formulas import exact_value, random_formula

import gdsim
from gdsim import GdsimError
from gdsim.objectives import objective_for
from gdsim.objectives.formula.compiled import Expression
from gdsim.objectives.formula.formula import FormulaError
from gdsim.objectives.formula.reading.questions import QuestionError
from gdsim.objectives.surfaces.function import telling_start


def finite_point(function, rng):
    """A random point where value and derivatives are finite; None if none is found."""
    for _ in range(20):
        point = rng.uniform(-2, 2, size=function.dimension)
        numbers = (function.value(point), function.gradient(point), function.hessian(point))
        if all(np.isfinite(n).all() for n in numbers):
            return point
    return None


def exact(text, parameters, names, point):
    """Value, gradient and Hessian by mpmath's differentiation, as mpmath's numbers."""

    def f(*coordinates):
        return exact_value(text, {**parameters, **dict(zip(names, coordinates, strict=True))})

    at = [mp.mpf(float(c)) for c in point]
    d = len(at)
    unit = np.eye(d, dtype=int)
    orders = [tuple(map(int, unit[i])) for i in range(d)] + [
        tuple(map(int, unit[i] + unit[j])) for i in range(d) for j in range(i, d)
    ]
    return [f(*at), *(mp.diff(f, tuple(at), order) if d > 1 else mp.diff(f, at[0], order[0]) for order in orders)]


@pytest.mark.thorough
def test_random_functions_agree_with_mpmath():
    texts, rng, done = random.Random(4), np.random.default_rng(4), 0
    with mp.workdps(20):
        while done < example_count(200):
            text = random_formula(texts, texts.randrange(3, 12))
            try:
                function = objective_for(text)
            except FormulaError:
                continue  # without x, or with log(0) in it
            given = {name: float(rng.uniform(0.5, 2)) for name in function.parameters}
            function = objective_for(text, given)
            point = finite_point(function, rng)
            if point is None:
                continue
            expected = exact(text, {name: mp.mpf(value) for name, value in given.items()}, function.names, point)
            if not all(isinstance(number, mp.mpf) for number in expected):
                continue  # one of its parts is complex there, and multiplied by 0
            done += 1
            found = [
                function.value(point),
                *function.gradient(point),
                *function.hessian(point)[np.triu_indices(len(point))],
            ]
            # what cancels to 0 is 0 but for rounding
            np.testing.assert_allclose(found, [float(n) for n in expected], rtol=1e-8, atol=1e-11, err_msg=text)
            floats = point.tolist()
            with np.errstate(all="ignore"):  # as every loop over floats does
                assert function.float_value()(*floats) == found[0], text
                assert function.float_gradient()(*floats) == tuple(found[1 : 1 + len(floats)]), text


@pytest.mark.parametrize(
    ("text", "points", "values", "slopes"),
    [
        ("exp(log(x))", [-1, 2], [np.nan, 2], [np.nan, 1]),
        ("sqrt(x)^2", [-1, 4], [np.nan, 4], [1, 1]),
        ("sqrt(x^2)", [-3, 3], [3, 3], [-1, 1]),
        ("x^0.5*x^0.5", [-1, 4], [np.nan, 4], [1, 1]),
        ("|x|", [-2, 0, 2], [2, 0, 2], [-1, 0, 1]),
        ("relu(x)", [-2, 0, 2], [0, 0, 2], [0, 0, 1]),
        ("max(x, 2x, 1)", [-1, 0.75, 2], [1, 1.5, 4], [0, 2, 2]),
        ("min(x, -x)", [-2, 0, 2], [-2, 0, -2], [1, 0, -1]),
        ("x*floor(x)", [0.5, 1.5, -0.5], [0, 1.5, 0.5], [0, 1, -1]),
        ("sign(x)*x", [-2, 0, 3], [2, 0, 3], [-1, 0, 1]),
        ("hypot(x, 0)", [-2, 0, 2], [2, 0, 2], [-1, 0, 1]),
        ("softplus(x)", [-800, 0, 800], [0, np.log(2), 800], [0, 0.5, 1]),
        ("sigmoid(x)", [-800, 0, 800], [0, 0.5, 1], [0, 0.25, 0]),
        ("tanh(x)", [-800, 0, 800], [-1, 0, 1], [0, 1, 0]),
        ("x^x", [0, 1, -0.5], [1, 1, np.nan], [np.nan, 1, np.nan]),
        ("1/(x - x)", [1], [np.nan], [0]),
        ("x^-2", [0, 2], [np.inf, 0.25], [-np.inf, -0.25]),
    ],
)
def test_corners_and_domains(text, points, values, slopes):
    function, points = objective_for(text), np.array([points], dtype=float)
    np.testing.assert_allclose(function.value(points), values, rtol=1e-14, err_msg="value")
    np.testing.assert_allclose(function.gradient(points)[0], slopes, rtol=1e-14, err_msg="gradient")
    assert function.hessian(points).shape == (1, 1, points.shape[1])
    smooth = function.hessian(points[:, -1])
    assert np.isfinite(smooth).all() or "x^x" in text


def test_no_derivative_comes_out_in_a_word_of_sympy():
    every = "exp(x) log(y+9) log10(y+9) sqrt(y+9) sin(x) cos(y) tan(x/9) asin(x/9) acos(y/9) atan(x) sinh(x) cosh(y)"
    every += " tanh(x) sigmoid(x) relu(y) softplus(x) |y| sign(x) min(x,y) max(x,y,1) floor(x) hypot(x,y) atan2(y,x)"
    for part in every.split():
        expression = Expression(f"{part}*x^a + {part}^3", ("x", "y"), (("a", 2.0),))
        for what in ("gradient", "hessian"):
            text = expression.source(what) + "".join(expression.latex(what))
            assert not any(word in text for word in ("Derivative", "Dirac", "Piecewise", "re(", "im(", "zoo", "I*")), (
                text
            )


def test_parameters():
    text = "a*x^2 + b*y^2 + x*a^b"
    function = gdsim.function(text, a=3)
    assert function.parameters == {"a": 3.0, "b": 1.0}
    assert function.value([1.0, 2.0]) == 3 + 4 + 3
    assert function is gdsim.function(text, a=3)
    function.compile()
    other = gdsim.function(text, a=-2.5, b=2, bounds=((0, 1), (-1, 1)), name="Mine")
    assert other.ready  # new values need no new derivatives
    assert other.expression.gradient.__code__ is function.expression.gradient.__code__
    assert other.gradient([1.0, 1.0]).tolist() == [-5 + 6.25, 4.0]
    assert other.float_gradient()(1.0, 1.0) == (1.25, 4.0)
    assert (other.title, other.start) == ("Mine", (0.2, 0.6))
    # a parameter may have any name
    odd = gdsim.function("x_0*x + sin_ + f*lambda + array + ts*y", x_0=2, ts=3, array=5, sin_=1)
    assert odd.value([1.0, 1.0]) == 2 + 1 + 1 + 5 + 3
    ones = dict.fromkeys(("sin_", "array", "ts"), 1)
    race = gdsim.descend(odd.text, "gd", (0, 0), steps=1, learning_rate=1, tolerance=0, parameters=ones)
    assert race.positions[-1, 0, :, 0].tolist() == [-1, -1]
    for wrong, sentence in {
        "c": "the formula has no parameter 'c'; it has: a, b",
        "x": "the formula has no parameter 'x'",
    }.items():
        with pytest.raises(GdsimError, match=sentence):
            objective_for(text, {wrong: 1})
    with pytest.raises(GdsimError, match="parameter a must be a finite number, not nan"):
        gdsim.function(text, a=np.nan)
    with pytest.raises(GdsimError, match="bowl has no parameter 'a'"):
        gdsim.function("bowl", a=1)
    with pytest.raises(GdsimError, match=r"bounds must be one pair \(low, high\) for each of x, y, not"):
        gdsim.function(text, bounds=((0, 1),))
    with pytest.raises(GdsimError, match="low < high"):
        gdsim.function("x", bounds=((1, 0),))
    with pytest.raises(GdsimError, match="name must be a text of at most 60 letters, not 5"):
        gdsim.function("name*x", name=5)
    assert gdsim.function("text*x", text=2).parameters == {"text": 2}


def test_a_longer_name_needs_a_value():
    for text in ("velocity*x", "velocity x + velocity^2"):
        with pytest.raises(QuestionError) as error:
            gdsim.function(text)
        assert str(error.value) == (
            "'velocity' at column 1 is no function and no single letter. Is it a parameter? Then give it a value: "
            'parameters={"velocity": 1}, or --parameter velocity=1. A product is written with its signs: '
            "v·e·l·o·c·i·t·y."
        )
    assert gdsim.function("velocity*x", velocity=2).value([3.0]) == 6
    with pytest.raises(QuestionError, match="'foo' at column 12"):
        gdsim.Experiment("velocity*x+foo", parameters={"velocity": 1})
    with pytest.raises(QuestionError, match=r"Or did you mean theta\?"):
        gdsim.descend("thta*x", "gd")
    race = gdsim.Experiment("velocity*x + foo", parameters={"velocity": 1, "foo": 2}, steps=1).run()
    assert race.losses[0, 0, 0] == race.positions[0, 0, 0, 0] + 2


def test_a_name_may_be_spelled_in_other_ways():
    function = gdsim.function("θ*x + a_1*y + α₂", **{"θ": 2, "a_1": 3, "alpha_2": 4})
    assert function.parameters == {"theta": 2, "a1": 3, "alpha2": 4}
    experiment = gdsim.Experiment("θ*x", parameters={"θ": 2})
    assert experiment == gdsim.Experiment("θ*x", parameters={"theta": 2})
    with pytest.raises(TypeError):  # it is the same object for all who ask
        function.parameters["a"] = 5
    with pytest.raises(GdsimError, match="unknown function 'bowl '; did you mean bowl"):
        gdsim.function("bowl ")


@pytest.mark.parametrize("objective", [gdsim.function("x + y"), gdsim.objective(lambda p: p[0] + p[1])])
@pytest.mark.parametrize("points", [3, [1], [1, 2, 3], np.zeros((3, 2)), "ab", [[1, 2], [3]], None])
def test_points_of_another_shape(objective, points):
    for asked in (objective.value, objective.gradient, objective.hessian):
        with pytest.raises(GdsimError, match=r"points must have one row of numbers for each of x, y, not"):
            asked(points)


def test_start():
    assert gdsim.function("x^2 + y^2").start == (-3, 3)
    assert gdsim.function("x^2").start == (-3,)
    x, y = gdsim.function("log(x) + sqrt(y)").start  # undefined up to the left
    assert x > 0 < y
    assert gdsim.function("relu(x) + relu(-y - 2)").start[0] > 0  # flat there
    assert gdsim.function("sign(x)").start == (-3,)  # flat everywhere
    assert gdsim.function("log(-1 - x^2)").start == (-3,)  # nowhere defined
    assert objective_for("bowl", bounds=((5, 6), (5, 6))).start == (-3, 4)


def test_latex():
    function = gdsim.function("(a_1 - x)^2/2 + 0.26*sin(2*pi*y)^2 - |x|")
    assert function.latex == (
        r"\frac{\left(a_{1} - x\right)^{2}}{2} + 0.26 \sin^{2}\left(2 \pi y\right) - \left|x\right|"
    )
    assert function.expression.latex("gradient") == (
        r"-\left(a_{1} - x\right) - \operatorname{sgn}\left(x\right)",
        r"1.04 \pi \sin\left(2 \pi y\right) \cos\left(2 \pi y\right)",
    )
    assert function.expression.latex("hessian")[:2] == ("1", "0")


def test_a_callable_is_an_objective():
    def quartic(points):
        return (points**4).sum(axis=0)

    plain = gdsim.objective(quartic, bounds=((-2, 2), (-1, 3)))
    told = gdsim.objective(quartic, lambda p: 4 * p**3, lambda p: 12 * np.eye(2)[:, :, None] * p**2)
    points = np.random.default_rng(1).uniform(-2, 2, size=(2, 3, 5))
    assert plain.value(points).shape == (3, 5)
    np.testing.assert_allclose(plain.gradient(points), 4 * points**3, rtol=1e-7, atol=1e-8)
    np.testing.assert_allclose(told.hessian(points), plain.hessian(points), rtol=1e-4, atol=1e-4)
    out = np.empty_like(points)
    assert told.gradient(points, out=out) is out
    assert plain.start == (-1.2, 2.2)
    assert plain.within(((0, 1), (0, 1))).start == (0.2, 0.8)
    for objective in (plain, told, gdsim.objective(lambda p: p[0] * 0 + 1, bounds=((0, 1),))):
        race = gdsim.descend(objective, ["gd", "adam"], steps=20, restarts=9, learning_rate=0.01)
        assert np.isfinite(race.positions).all()
    assert gdsim.objective(quartic, bounds=[(0, 1)] * 3).names == ("x1", "x2", "x3")


@pytest.mark.parametrize(
    ("value", "gradient", "sentence"),
    [
        (3, None, "value must be a function of points, not 3"),
        (np.sum, 3, "gradient must be a function of points, not 3"),
        (lambda p: p, None, r"the value of <lambda> must give \(7,\) numbers for 7 points, not \(2, 7\)"),
        (lambda p: 1 / 0, None, "the value of <lambda> raised ZeroDivisionError: division by zero"),
        (lambda p: "text", None, "the value of <lambda> raised ValueError"),
        (lambda p: None, None, r"the value of <lambda> must give \(7,\) numbers for 7 points, not None"),
        (lambda p: p[0], lambda p: p[0], r"the gradient of <lambda> must give \(2, 7\) numbers"),
    ],
)
def test_what_is_wrong_with_a_callable_is_a_sentence(value, gradient, sentence):
    with pytest.raises(GdsimError, match=sentence):
        gdsim.objective(value, gradient).gradient(np.zeros((2, 7)))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"names": 5}, "names must be different words, one a coordinate, such as"),
        ({"names": ("x", "x")}, "names must be different words"),
        ({"names": ("x", "a,b")}, "names must be different words"),
        ({"names": ("x",), "bounds": ((0, 1), (0, 1))}, r"bounds must be one pair \(low, high\) for each of x, not"),
        ({"bounds": 5}, r"bounds must be one pair \(low, high\) for each of x, y, not"),
        ({"minima": [gdsim.Minimum((0,), 0)]}, "minima must hold a Minimum of 2 coordinates each, not Minimum"),
    ],
)
def test_what_is_wrong_beside_a_callable_is_a_sentence(given, sentence):
    with pytest.raises(GdsimError, match=sentence):
        gdsim.objective(np.sum, **given)


def test_telling_start_of_any_objective():
    assert telling_start(gdsim.objective(lambda p: p.sum(axis=0))) == (-3, 3)


def test_for_a_look_at_a_surface_nothing_is_derived_but_a_curve_is_drawn_with_its_slopes():
    surface, curve = objective_for("x^2 + 0.7137*sin(3x*y)"), objective_for("x^2 + 0.7138*sin(3x)")
    assert surface.prepare_look() is surface
    assert surface.start == telling_start(surface)
    assert surface.sketch_ready
    assert not surface.value_ready
    assert surface.prepare().ready
    assert curve.prepare_look().ready


@pytest.mark.parametrize(
    "text", ["x^2 + sin(3x*y)", "a*|x| + sqrt(y^2 + 1)", "min(x, y)^3 + exp(-x*y)", "x/y + log(x^2)"]
)
def test_what_is_sketched_is_the_value_and_the_gradient(text):
    points = np.random.default_rng(0).uniform(-2, 2, (2, 50))
    function = objective_for(f"{text} + 0.7141x")
    sketched = function.sketch(points)
    assert not function.value_ready
    np.testing.assert_allclose(sketched, function.value(points), rtol=1e-12)
    assert (function.sketch(points) == function.value(points)).all()  # which is there now
    np.testing.assert_allclose(function.slopes(points), function.gradient(points), rtol=1e-12)


def test_long_formulas_are_derived_before_they_are_looked_at():
    long = objective_for("+".join(f"sin({i}x + 0.7142y)" for i in range(1, 40)))
    assert not long.sketch_ready
    assert long.prepare_look().ready
