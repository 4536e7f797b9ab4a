"""The language of typed functions: what is read, how, and what is said about what is not."""

import builtins
import importlib
import os
import random
import time

import numpy as np
import pytest
from example_counts import example_count
from random_formulas import random_formula, random_text

from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, objective_for
from gdsim.objectives.formula.formula import FormulaError, read
from gdsim.objectives.formula.nodes import constant, fold
from gdsim.objectives.formula.pretty import pretty
from gdsim.objectives.formula.size import MOST_COUNTED, count_parts

READ = {
    # powers
    "-x^2": "(neg (^ x 2))",
    "2^-x": "(^ 2 (neg x))",
    "x^2^3": "(^ x (^ 2 3))",
    "x**y": "(^ x y)",
    "-x^-y^2": "(neg (^ x (neg (^ y 2))))",
    "x²y⁻¹": "(* (^ x 2) (^ y (neg 1)))",
    "2x^2": "(* 2 (^ x 2))",
    # sums and products from left to right
    "x - y - 1": "(- (- x y) 1)",
    "x/y/2": "(/ (/ x y) 2)",
    "x/2*y": "(* (/ x 2) y)",
    "x + -y*2": "(+ x (* (neg y) 2))",
    "-x*y": "(* (neg x) y)",
    "+x - +y": "(- x y)",
    "--x": "(neg (neg x))",
    # products without a sign
    "2x": "(* 2 x)",
    "3sin(x)": "(* 3 (sin x))",
    "(x+1)(y-1)": "(* (+ x 1) (- y 1))",
    "x(y+1)": "(* x (+ y 1))",
    "(x)y": "(* x y)",
    "x y": "(* x y)",
    "1/2x": "(* (/ 1 2) x)",
    "pi(x)": "(* pi x)",
    "2πx": "(* (* 2 pi) x)",
    "2sin(x)cos(y)": "(* (* 2 (sin x)) (cos y))",
    "xy + x": "(+ (* x y) x)",
    # numbers, and what only begins like one
    "2e3x": "(* 2e3 x)",
    "1e-4x": "(* 1e-4 x)",
    "2e x": "(* (* 2 e) x)",
    "2ex + x": "(+ (* 2 ex) x)",
    "2e-x": "(- (* 2 e) x)",
    ".5x + 5.": "(+ (* .5 x) 5.)",
    # bars
    "|x|": "(abs x)",
    "||x|-1|": "(abs (- (abs x) 1))",
    "2|x||y|": "(* (* 2 (abs x)) (abs y))",
    "|x|y|x|": "(* (* (abs x) y) (abs x))",
    "|(|x|)|": "(abs (abs x))",
    "|x + |y||": "(abs (+ x (abs y)))",
    # functions
    "ln(x)": "(log x)",
    "max(x, y, 1)": "(max x y 1)",
    "atan2(y,x)": "(atan2 y x)",
    "√x + √(y+1) − 2·x÷3×y": "(- (+ (sqrt x) (sqrt (+ y 1))) (* (/ (* 2 x) 3) y))",
    "√2x": "(* (sqrt 2) x)",
}

#: By text: the column, and a part of the sentence.
REFUSED = {
    "": (1, "the formula is empty"),
    " \t ": (1, "the formula is empty"),
    "3": (1, "neither x nor y"),
    "2pi + 3": (1, "neither x nor y"),
    "2*x + sine(3*x)": (7, "unknown name 'sine' at column 7; did you mean sin?"),
    "arcctg(x)": (1, "unknown name 'arcctg' at column 1: no function is called so"),
    "x + a(x)": (5, "unknown name 'a' at column 5: no function is called so; for a product write a*(…)"),
    "foo.bar(x)": (4, "'.' at column 4 cannot stand in a formula"),
    "min x": (1, "min at column 1 needs its argument in brackets: min(…)"),
    "x + sin": (5, "sin at column 5 needs"),
    "sin()": (4, "the brackets at column 4 are empty"),
    "sin(x, y)": (1, "sin at column 1 takes 1 argument, not 2"),
    "hypot(x)": (1, "hypot at column 1 takes 2 arguments, not 1"),
    "min(x)": (1, "min at column 1 takes 2 or more arguments, not 1"),
    "min(x,)": (7, "')' at column 7 stands where a number"),
    "x +": (4, "the formula ends at column 4 where"),
    "x * * y": (5, "'*' at column 5 stands where"),
    "(x": (1, "the bracket opened at column 1 is not closed"),
    "2*(x + (y)": (3, "the bracket opened at column 3 is not closed"),
    "x)": (2, "the bracket ')' at column 2 closes nothing"),
    "|x": (1, "the bar opened at column 1 is not closed"),
    "(|x)": (2, "the bar opened at column 2 is not closed"),
    "x, y": (2, "the comma at column 2 stands in no function"),
    "x 2": (3, "an operator is missing before '2' at column 3"),
    "(x)3": (4, "an operator is missing before '3' at column 4"),
    "x = 1": (3, "'=' at column 3: an expression is typed, not an equation"),
    "x ± 1": (3, "'±' (PLUS-MINUS SIGN) at column 3 cannot stand in a formula"),
    "х^2": (1, "'х' (CYRILLIC SMALL LETTER HA) at column 1 looks like x but is not"),
    "x\n+1": (2, "a control character at column 2"),
    "x + __y": (5, "'_' at column 5"),
    "x*a__b": (3, "the name 'a__b' at column 3 has two underscores in a row"),
    "x*" + "a" * 21: (3, "is too long: at most 20 letters"),
    "x + 1/0": (5, "'1/0' at column 5 is not a finite real number"),
    "x*log(2 - 2)": (3, "'log(2 - 2)' at column 3 is not a finite"),
    "x + sqrt(-1)": (5, "is not a finite real number"),
    "tan(pi/2)x": (1, "is not a finite real number"),
    "x + 9**9**9**9": (8, "'9**9**9' at column 8 is not a finite"),
    "x^(10^10)": (3, "the exponent 1e+10 at column 3 is too large: at most 1,000"),
    "x + 1e999": (5, "the number '1e999' at column 5 is too large"),
    "x + 1e-999": (5, "the number '1e-999' at column 5 is too small"),
    "((1e300x)^1000)^1000": (1, "the numbers at column 1 are too long"),
    "(" * 40 + "x" + ")" * 40: (34, "nested too deep at column 34: at most 32 levels"),
    "x+" * 3500 + "x": (6002, "too many parts"),
    "x" * 1_000_000: (20_001, "it has 1,000,000 letters, at most 20,000 are read"),
    "*".join(f"sin({k}x + y)" for k in range(40)): (1, "its derivatives have more than 16,000 parts"),
}

#: Nothing of this is evaluated, and none of it takes long.
HOSTILE = [
    "__import__('os').system('true')",
    "x.__class__",
    "().__class__.__bases__[0]",
    "open('/etc/passwd').read()",
    "exec('x = 1')",
    "eval('1')",
    "lambda: x",
    "[x for x in (1, 2)]",
    "(x := 3)",
    "x if y else 1",
    "f'{x}'",
    "b'x'",
    "True",
    "None",
    "1j",
    "...",
    "x[0]",
    "x < y",
    "~x",
    "x // y",
    "x % y",
    "x @ y",
    "x << 2",
    "sin(*[x])",
    "sin(x, evaluate=False)",
    "sin(x)(y)[0]",
    "Symbol(x)",
    "sympify(x)",
    "_c0",
    "import os",
    "x; y",
    "x\x00y",
    "\ud800",
    "x\u200b",
    "1e300*1e300 x",
    "2**(10**9) x",
    "((10**200)**100)**100 x",
    "exp(exp(exp(100))) x",
    "1" * 1999,
    "-" * 1999,
    "(" * 1999,
    "|" * 1999,
    "√" * 1999,
    "x^" * 999 + "x",
    "sin(" * 600,
    ")" * 10_000,
    "(" * 10_000,
    "min(" + "x," * 900,
    "x" + "²" * 1900,
    "1e308 x*" * 200 + "x",
    "9" * 300 + "^" + "9" * 300 + "x",
    "x" * 2**20,
    "0.1^0.1^" * 30 + "x^2^(9^9)",
    "\\frac" * 3000,
    "\\left" * 3000,
    "\\sqrt" * 3000,
    "sin " * 3000,
    "sum(" * 1500,
    "x" * 19_999,
    "x*" + "not " * 2000,
    "a" + "_" * 19_000,
    "\\sum_{i=1}^{2}" * 1000,
    "where(" * 3000,
    "x[" * 3000,
    "sum(" * 20 + "x" + ",i,1,9)" * 20,
    "sum(x,i,-9e9,9e9)",
    "\\frac{" * 2000,
    "x^{" * 3000,
    "f(" + "x," * 5000,
    "-sin" * 2000,
    "³√" * 2000,
    "piecewise(" + "x>0,x," * 900 + "x)" + "a" * 500,
]


@pytest.mark.parametrize("text", READ)
def test_what_is_read(text):
    assert repr(read(text).tree) == READ[text]


def test_what_a_formula_tells():
    formula = read("b*y^2 + a*|x| + max(x, b, floor(e))*pi")
    assert formula.names == ("x", "y")
    assert formula.parameters == ("b", "a")
    assert formula.corners == ("abs", "max", "floor")
    assert read("2x + c").names == ("x",)
    assert read("2y").names == ("x", "y")
    assert read("2y") is read("2y")
    spans = {}
    fold(formula.tree, lambda node, _: spans.setdefault(node.op, formula.text[node.start : node.end]))
    assert spans == {
        "name": "b",
        "number": "2",
        "^": "y^2",
        "*": "b*y^2",
        "abs": "|x|",
        "+": "b*y^2 + a*|x|",
        "floor": "floor(e)",
        "max": "max(x, b, floor(e))",
    }


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_says_why_and_where(text):
    column, sentence = REFUSED[text]
    for _ in range(2):  # also when it is remembered
        with pytest.raises(FormulaError) as error:
            read(text)
        assert sentence in str(error.value)
        assert len(str(error.value)) < 160
        assert error.value.column == column
        assert error.value.field == "function"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_refused_and_not_evaluated(text, monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("evaluated")

    # what reads LaTeX is imported with the first of it, and an import executes
    importlib.import_module("gdsim.objectives.formula.reading.from_latex")
    began = time.process_time()
    for name in ("eval", "exec", "open"):
        monkeypatch.setattr(builtins, name, forbidden)
    monkeypatch.setattr(os, "system", forbidden)
    with pytest.raises(GdsimError) as error:
        objective_for(text)
    assert error.value.field == "function"
    assert len(str(error.value)) < 700  # where all functions are listed
    assert time.process_time() - began < 5  # not a timing: one of these would not end


def test_a_slip_in_a_key_is_told_as_one():
    for text, near in {"himmelblow": "himmelblau", " Bowl ": "bowl", "goldstein-price": "goldstein_price"}.items():
        with pytest.raises(GdsimError, match=f"unknown function '{text}'; did you mean {near}"):
            objective_for(text)
    with pytest.raises(GdsimError, match="there are: bowl, ravine"):
        objective_for("qqqq")
    with pytest.raises(GdsimError, match="unknown function"):
        objective_for(["bowl"])


@pytest.mark.thorough
def test_any_text_is_a_formula_or_an_error():
    rng, count = random.Random(7), example_count(5000)
    formulas = 0
    for _ in range(count):
        text = random_text(rng)
        try:
            formula = read(text)
        except FormulaError as error:
            fair = 1 <= error.column <= len(text) + 1 and len(str(error)) < 260
            assert fair, text
            continue
        formulas += 1
        assert count_parts(formula.plain, formula.names) <= MOST_COUNTED
        if formulas % 100 == 0:
            function = objective_for(text, {question.name: 1 for question in formula.questions})
            function.compile()
            points = np.array([[0.3, -1.2, 0.0], [0.7, 2.0, 0.0]])[: function.dimension]
            assert function.gradient(points).shape == points.shape
            assert function.hessian(points).shape == (function.dimension, *points.shape)
            assert function.latex
            assert len(function.expression.latex("gradient")) == function.dimension
    assert formulas > 0.06 * count


def test_a_formula_for_people_reads_back():
    texts = [f.text for f in FUNCTIONS.values()] + list(READ)
    rng = random.Random(3)
    texts += [random_formula(rng, rng.randrange(1, 15)) for _ in range(300)]
    for text in texts:
        try:
            formula = read(text)
        except FormulaError:
            continue
        assert repr(read(pretty(text)).tree) == repr(formula.tree), (text, pretty(text))
    assert pretty("2*x**2*y - 3*sin(2*pi*x)*(-y)") == "2x²y − 3 sin(2πx)·(−y)"
    assert pretty("sqrt(x)*abs(y)/2*x + a*(x + 1)*e**(-x)") == "√x·|y|/2·x + a·(x + 1)·e^(−x)"


def test_constants_are_worked_out_in_floats():
    tree = read("x + (max(2, 3) + floor(2.5) + sigmoid(0) - hypot(3, 4))^2").tree
    assert fold(tree.args[1], constant) == 0.25


@pytest.mark.parametrize(
    ("text", "corners"),
    [
        ("|x|^1.5", ()),
        ("|x - 1|^3*y", ()),
        ("max(0, x)^2 + relu(y)^(3/2) + min(x, 0)^2", ()),
        ("|x|^1 + max(x, 1)^2", ("abs", "max")),
        ("|x|^0.5", ("abs",)),
        ("(|x| + y)^2", ("abs",)),
        ("|x|^a", ("abs",)),
        ("|x|^2 + |x|", ("abs",)),
        ("floor(x)^2", ("floor",)),
    ],
)
def test_a_power_above_one_rounds_a_corner_at_0(text, corners):
    assert read(text).corners == corners
