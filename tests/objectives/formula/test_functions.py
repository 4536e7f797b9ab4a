"""The rows of the table of functions: values, derivatives, and what they are at their corners and poles."""

import ast
import math

import numpy as np
import pytest
from mpmath import mp
from random_formulas import EXACT

from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.objectives.formula.careful import needs_care, worked_out
from gdsim.objectives.formula.chain import chain_of
from gdsim.objectives.formula.compiled import evaluate
from gdsim.objectives.formula.formula import FormulaError, read
from gdsim.objectives.formula.functions import CONDITIONS, ROWS
from gdsim.objectives.formula.latex import latex
from gdsim.objectives.formula.nodes import constant, fold

#: Where those of one argument are defined.
DOMAINS = {
    "log": (0.01, 9),
    "log2": (0.01, 9),
    "log10": (0.01, 9),
    "sqrt": (0.01, 9),
    "asin": (-0.99, 0.99),
    "acos": (-0.99, 0.99),
    "atanh": (-0.99, 0.99),
    "acosh": (1.01, 9),
    "tan": (-1.5, 1.5),
    "sec": (-1.5, 1.5),
    "csc": (0.1, 3),
    "cot": (0.1, 3),
    "csch": (0.1, 4),
    "coth": (0.1, 4),
}
ONE = [row.name for row in ROWS.values() if row.least == 1]


def nowhere_sharp(name, points):
    """Points away from the jumps and corners of a function."""
    if name == "round":
        points = points[np.abs(points - np.floor(points) - 0.5) > 0.02]
    return points[np.abs(points - np.rint(points)) > 0.02] if ROWS[name].corners else points


@pytest.mark.parametrize("name", ONE)
def test_those_of_one_argument(name):
    points = nowhere_sharp(name, np.random.default_rng(1).uniform(*DOMAINS.get(name, (-4, 4)), size=24))[None]
    function = objective_for(f"{name}(x)")
    value, gradient, hessian = function.value(points), function.gradient(points)[0], function.hessian(points)[0, 0]
    exact = EXACT.get(name) or getattr(mp, name)
    with mp.workdps(40):
        expected = [[float(mp.diff(exact, mp.mpf(x), n)) for n in range(3)] for x in points[0].tolist()]
    value_at, slope_at, bend_at = np.transpose(expected)
    np.testing.assert_allclose(value, value_at, rtol=2e-15, atol=1e-15)
    np.testing.assert_allclose(gradient, slope_at, rtol=2e-13, atol=1e-14)
    np.testing.assert_allclose(hessian, bend_at, rtol=1e-12, atol=1e-13)
    for i, x in enumerate(points[0].tolist()):
        assert function.float_value()(x) == value[i]
        assert function.float_gradient()(x) == (gradient[i],)
    # the same derivatives in the view of the chain rule, and with care
    for i, x in enumerate(points[0, :9].tolist()):
        worked = chain_of(f"{name}(x)", ("x",)).evaluate((x,))
        assert worked.totals[0] == pytest.approx(gradient[i], rel=1e-12, abs=1e-14)
    for what, found in (("value", value), ("gradient", gradient), ("hessian", hessian)):
        careful = worked_out(function.text, ("x",), {}, what, points)[0]
        np.testing.assert_allclose(careful, found, rtol=1e-12, atol=1e-13)


TWO = [
    "root(x, 3)",
    "root(x, 5)",
    "root(y, 4)",
    "root(y, x)",
    "log(y, 3)",
    "log(y, 2)",
    "log(y, y + 2)",
    "mod(x, 3)",
    "mod(x, y)",
    "mod(x, -0.7)",
    "where(x > 0.5, x^2*y, y^3)",
    "where(x < y and not y >= 2 or x == y, x*y, exp(x))",
    "where(x <= y and x != 3, sin(x), cos(y))",
    "hypot(x, y)",
    "atan2(x, y)",
    "min(x, y^2, 2x)",
    "max(x, y^2, 2x)",
    "sqrt(y + x^2)",
    "y^x",
    "exp(x/y)",
    "relu(x*y)*sigmoid(y)",
]


@pytest.mark.parametrize("text", TWO)
def test_those_of_more_arguments(text):
    function = objective_for(text) if "y" in text else objective_for(f"{text} + 0*y")
    points = np.random.default_rng(2).uniform((-3, 0.2), (3, 3), size=(16, 2)).T
    value, gradient, hessian = function.value(points), function.gradient(points), function.hessian(points)

    def exact(x, y):
        def part(node, args):
            names = {"x": x, "y": y, "pi": +mp.pi, "e": +mp.e}
            plain = {
                "+": lambda a, b: a + b,
                "-": lambda a, b: a - b,
                "*": lambda a, b: a * b,
                "neg": lambda a: -a,
                "/": lambda a, b: a / b,
                "^": mp.power,
            }
            if not args:
                return mp.mpf(node.name) if node.op == "number" else names[node.name]
            return (plain.get(node.op) or EXACT.get(node.op) or getattr(mp, node.op))(*args)

        return fold(read(function.text).plain, part)

    orders = [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
    with mp.workdps(30):
        for i, point in enumerate(points.T.tolist()):
            at = tuple(map(mp.mpf, point))
            expected = [mp.diff(exact, at, n) if any(n) else exact(*at) for n in orders]
            upper = hessian[..., i][np.triu_indices(2)]
            found = [value[i], *gradient[:, i], *upper]
            if any(isinstance(n, mp.mpc) for n in expected):  # an even root of a negative number
                assert np.isnan(value[i])
                continue
            np.testing.assert_allclose(found, [float(n) for n in expected], rtol=1e-9, atol=1e-12, err_msg=str(point))
            assert function.float_value()(*point) == value[i]
            assert function.float_gradient()(*point) == tuple(gradient[:, i])
    for what, count, printed in (("value", 1, value[None]), ("gradient", 2, gradient)):
        careful = worked_out(function.text, ("x", "y"), {}, what, points)
        assert careful.shape == (count, 16)
        np.testing.assert_allclose(careful, np.where(np.isfinite(value), printed, np.nan), rtol=1e-11, atol=1e-13)


NAN, INF = math.nan, math.inf

#: By text: a point, the value there, the gradient and the diagonal of the Hessian (None: whatever it is).
CASES = [
    # what cancels is undefined where the text is
    ("x/x + x^2", [0], NAN, [NAN], [NAN]),
    ("x/x + x^2", [3], 10, [6], [2]),
    ("0*log(x) + x^2", [-2], NAN, [NAN], [NAN]),
    ("log(x) - log(x) + x", [-2], NAN, [NAN], [NAN]),
    ("(x - 1)/(x - 1) + x", [1], NAN, [NAN], [NAN]),
    ("0/x + x", [0], NAN, [NAN], [NAN]),
    ("x*(1/x)*y", [0, 2], NAN, [NAN, NAN], [NAN, NAN]),
    ("sqrt(x)/sqrt(x)*x", [-1], NAN, [NAN], [NAN]),
    ("1/x - 1/x + x", [0], NAN, [NAN], [NAN]),
    ("x*x/x*x/x*x/x + x", [0], NAN, [NAN], [NAN]),
    ("x*x/x*x/x*x/x + x", [2], 4, [2], [0]),
    ("x - x + y", [0, 3], 3, [0, 1], [0, 0]),
    ("x^0 + x", [0], 1, [1], [0]),
    ("1/(1/x)", [2], 2, [1], [0]),
    # a branch that is not taken says nothing
    ("min(x, exp(1000x))", [1], 1, [1], [0]),
    ("max(y, x, -exp(1000x))", [1, 3], 3, [0, 1], [0, 0]),
    ("where(x > 0, log(x), x)", [-1], -1, [1], [0]),
    ("where(x > 0, sqrt(x), x^2)", [0], 0, [0], [2]),
    ("relu(log(x))", [0], 0, [0], [0]),
    # powers of 0
    ("0^x", [2], 0, [0], [0]),
    ("x^y", [0, 2], 0, [0, 0], [2, 0]),
    ("(x^2 + y^2)^0.25", [0, 0], 0, [0, 0], [0, 0]),
    ("x^1.5", [0], 0, [0], [INF]),
    ("x^x", [0], 1, [NAN], None),
    # poles that an exponential flattens
    ("exp(-1/x^2)", [0], 0, [0], [0]),
    ("tanh(1/x)", [0], 1, [0], [0]),
    # corners at which a root is 0
    ("sqrt((x - 1)^2)", [1], 0, [0], [0]),
    ("sqrt(x^2 - 2x + 1)", [1], 0, [0], [0]),
    ("-20*exp(-0.2*sqrt((x^2 + y^2)/2)) - exp((cos(2pi*x) + cos(2pi*y))/2) + 20 + e", [0, 0], 0, [0, 0], None),
    ("sqrt(x)", [0], 0, [INF], [-INF]),
    ("sqrt(x)", [-1], NAN, [NAN], [NAN]),
    # sums of exponentials
    ("log(1 + exp(-x))", [-800], 800, [-1], [0]),
    ("log(1+exp(-x))", [-800], 800, [-1], [0]),
    ("log(exp(x) + exp(2y) + 3)", [900, 800], 1600, [0, 2], [0, 0]),
    ("log(exp(-x) + 2exp(-y))", [900, 800], -800 + math.log(2), [-math.exp(-100) / 2, -1], None),
    ("log2(1 + e^x)", [800], 800 / math.log(2), [1 / math.log(2)], [0]),
    # roots, remainders and halves
    ("root(x, 3)", [-8], -2, [1 / 12], [1 / 144]),
    ("cbrt(x)", [-8], -2, [1 / 12], [1 / 144]),
    ("root(x, 4)", [-16], NAN, None, None),
    ("mod(x, 3)", [-1], 2, [1], [0]),
    ("mod(x, -3)", [1], -2, [1], [0]),
    ("round(x)", [2.5], 2, [0], [0]),
    ("round(x)", [3.5], 4, [0], [0]),
    ("ceil(x) + floor(x)", [-1.5], -3, [0], [0]),
    ("sinc(x)", [0], 1, [0], [-1 / 3]),
    ("sinc(x)", [1e-5], 1 - 1e-10 / 6, [-1e-5 / 3], [-1 / 3]),
    ("erf(x)", [0], 0, [2 / math.sqrt(math.pi)], [0]),
    ("log(x, 2) + log(x, 10)", [1], 0, [1 / math.log(2) + 1 / math.log(10)], None),
]


@pytest.mark.parametrize(("text", "point", "value", "gradient", "hessian"), CASES)
def test_special_places(text, point, value, gradient, hessian):
    function, point = objective_for(text), np.array(point, dtype=float)
    np.testing.assert_allclose(function.value(point), value, rtol=1e-12, atol=1e-12)
    if gradient is not None:
        np.testing.assert_allclose(function.gradient(point), gradient, rtol=1e-9, atol=1e-300)
    if hessian is not None:
        np.testing.assert_allclose(np.diag(function.hessian(point)), hessian, rtol=1e-9, atol=1e-200)
    # floats raise where arrays go through infinity, and agree elsewhere; points beside it change nothing
    for of_floats, of_arrays in (
        (function.float_value(), function.value),
        (function.float_gradient(), function.gradient),
    ):
        beside = of_arrays(np.stack([point, point + 0.7, point], axis=1))[..., [0, 2]].T
        np.testing.assert_array_equal(beside, [of_arrays(point)] * 2)
        try:
            with np.errstate(all="ignore"):
                found = np.array(of_floats(*point.tolist()))
        except (ArithmeticError, ValueError):
            continue
        np.testing.assert_array_equal(found, of_arrays(point))


def test_a_parameter_as_exponent():
    function = objective_for("x^a", {"a": 1.0})
    zero = np.array([0.0])
    assert function.value(zero) == 0
    assert function.gradient(zero) == [1]
    assert function.hessian(zero) == [[0]]


def test_built_in_functions_need_no_care_but_one():
    assert [key for key, f in FUNCTIONS.items() if needs_care(f.text, "gradient")] == ["logistic_loss"]
    assert not any(
        needs_care(text, "gradient")
        for text in ("x^2/y", "sin(x)/2^3", "exp(-x^2/2)", "x^-2", "|x|", "sqrt(x^2 + y^2 + 0.1)")
    )
    assert all(needs_care(text, "gradient") for text in ("sqrt(x^2 + y^2)", "(x - 1)^0.5", "sqrt(x^3 + 1)", "e^(1/x)"))


def test_care_changes_nothing_that_is_a_number():
    function = objective_for("min(x, exp(1000x)) + sqrt(y^2)")
    plain = function.expression.gradient
    points = np.random.default_rng(4).uniform(-2, 2, size=(2, 500))
    points[1, ::7] = 0.0
    with np.errstate(all="ignore"):
        printed = np.array(plain(*points))
    found = evaluate(plain, points, 2)
    finite = np.isfinite(printed)
    assert not finite.all()
    np.testing.assert_array_equal(found[finite], printed[finite])
    assert np.isfinite(found).all()


def test_a_race_goes_through_a_corner():
    import gdsim

    race = gdsim.descend("sqrt((x - 1)^2)", "gd", start=(3.0,), learning_rate=0.5, steps=9, tolerance=0)
    assert race.positions[:, 0, 0, 0].tolist() == [3, 2.5, 2, 1.5, 1, 1, 1, 1, 1, 1]


def test_long_formulas():
    """A written-out sum of a thousand terms, and sums of a hundred coordinates."""
    terms = "+".join(f"sin({i}x)" for i in range(1000))
    long = objective_for(terms)
    assert long.gradient(np.array([0.1])) == pytest.approx(sum(i * math.cos(i * 0.1) for i in range(1000)))
    wide = objective_for("sum(100(x_(i+1) - x_i^2)^2 + (1 - x_i)^2, i, 1, 99)")
    assert wide.dimension == 100
    assert wide.hessian(np.ones(100)).shape == (100, 100)
    assert wide.hessian(np.ones(100))[:2, :2].tolist() == [[802, -400], [-400, 1002]]
    # each of its second derivatives has a hundred parts, and so they are differences
    dense = objective_for("-20*exp(-0.2*sqrt(sum(x_i^2, i, 1, 100)/100)) + exp(sum(cos(x_i), i, 1, 100)/100)")
    assert not dense.expression.formula.twice
    dense.compile()
    assert dense.ready
    assert dense.expression.latex("hessian") == ("",) * 5050
    point = np.linspace(-1, 1, 100)
    hessian = dense.hessian(point)
    step = 1e-5 * np.eye(100)[3]
    slope = (dense.gradient(point + step) - dense.gradient(point - step)) / 2e-5
    np.testing.assert_allclose(hessian[3], slope, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize(
    "text", ["*".join(f"sin({k}x + y)" for k in range(40)), "x*y/" * 300 + "x", "x/y*" * 200 + "x"]
)
def test_what_would_take_long_is_refused(text):
    with pytest.raises(FormulaError, match="its derivatives have more than 16,000 parts"):
        read(text)


def test_latex_of_every_function():
    for row in ROWS.values():
        given = {"where": "x > 0, x, y"}.get(row.name) or ", ".join("xyx"[: max(row.least, 2 if row.most == 0 else 1)])
        text = latex(f"{row.name}({given}) + x")
        assert text.count("{") == text.count("}")
        assert "#" not in text
    assert latex("where(x > 0 and y <= 1, x, cbrt(y))") == (
        r"\begin{cases} x & \text{if } x > 0 \text{ and } y \leq 1 \\ \sqrt[3]{y} & \text{otherwise} \end{cases}"
    )
    assert latex("2where(x > 0, x, 0)^2") == (
        r"2 \left(\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}\right)^{2}"
    )
    # names of several letters stand apart from what they are multiplied by
    assert latex("velocity*x^2 - 3 drag x") == r"\mathrm{velocity}\, x^{2} - 3\, \mathrm{drag}\, x"
    assert latex("where(x > drag, drag, floor(drag)) + drag^2 x") == (
        r"\begin{cases} \mathrm{drag} & \text{if } x > \mathrm{drag} \\ \left\lfloor \mathrm{drag} \right\rfloor & "
        r"\text{otherwise} \end{cases} + \mathrm{drag}^{2}\, x"
    )
    assert latex("x + drag/2 + a x") == r"x + \frac{\mathrm{drag}}{2} + a x"
    slope = objective_for("velocity*x^2 - 3 drag x", {"velocity": 1, "drag": 2}).expression.latex("gradient")
    assert slope == (r"2\, \mathrm{velocity}\, x - 3\, \mathrm{drag}",)
    assert latex("sum((x_i - 1)^2, i, 1, 3)") == r"\sum_{i = 1}^{3} \left(x_{i} - 1\right)^{2}"
    assert latex("prod(x + k, k, 1, 3)") == r"\prod_{k = 1}^{3} \left(x + k\right)"
    assert latex("root(x, 5) + log(x, 3)*mod(x + 1, 2)") == (
        r"\sqrt[5]{x} + \log_{3}\left(x\right) \left(\left(x + 1\right) \;\bmod\; 2\right)"
    )
    assert objective_for("x/x + x^2").expression.latex("gradient") == ("2 x",)


def test_constants_of_every_function_and_condition():
    for text, value in {
        "where(2 > 1 and not 1 == 2, cbrt(8), 5)": 2,
        "mod(-1, 3) + ceil(1.2) + round(2.5)": 6,
        "log(8, 2) + log2(8) + log(100, 10)": 8,
        "root(-32, 5)": -2,
        "sinc(0) + erf(0)": 1,
        "sec(0) + sech(0)": 2,
    }.items():
        assert fold(read(f"x*({text})").tree.args[1], constant) == value, text
        assert objective_for(f"x + ({text})").value(np.array([0.0])) == pytest.approx(value, rel=1e-15)
    assert not (set(ROWS) & set(CONDITIONS))


def test_what_is_printed_is_plain_python():
    for text in (*TWO, "x/x*erf(x)", "a^x + θ*sinc(x)"):
        function = objective_for(text)
        for what in ("value", "float_value", "gradient", "float_gradient", "hessian"):
            ast.parse(function.expression.source(what))
