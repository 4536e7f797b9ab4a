"""Whatever is read: no longer name that nobody was asked about, and what SymPy reads in the same words."""

import re

import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp
from random_formulas import exact_value

from gdsim.objectives.formula.formula import FormulaError, read
from gdsim.objectives.formula.pretty import pretty

PIECES = [
    *"xyabctwzeEiXn",
    "pi",
    "PI",
    "θ",
    "theta",
    "lambda",
    "sin",
    "cos",
    "ln",
    "log2",
    "exp",
    "sqrt",
    "min",
    "velocity",
    "foo",
    "xy",
    "2",
    "3.5",
    "0,5",
    "1e3",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "(",
    ")",
    "(",
    ")",
    ",",
    "|",
    " ",
    " ",
    "_1",
    "_max",
    "1",
    "₂",
    "²",
    "√",
    "½",
    "·",
    "where(",
    "sum(",
    ", i, 1, 3)",
    "x_i",
    ">",
    "and",
    "if",
    "mod",
    "f(x)=",
    "y=",
    "\\frac",
    "{",
    "}",
    "\\sin",
    "[",
    "]",
    "=",
    "∛",
    "j",
    "nan",
    "deg",
]
#: What may be a parameter without a question, told by itself.
SHORT = re.compile(
    r"([A-Za-z]|alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi"
    r"|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Sigma|Phi|Psi|Omega|Pi)[0-9]*"
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
@many_examples(600)
def test_nothing_is_a_silent_parameter(text):
    try:
        formula = read(text)
    except FormulaError:
        return
    asked = {question.name for question in formula.questions}
    for name in (*formula.parameters, *formula.names):
        assert name in asked or SHORT.fullmatch(name), (text, name)
    assert not asked & set(formula.names)
    assert asked <= set(formula.parameters)
    if "sum(" not in text and "where(" not in text:
        # what is shown of it is read as the same
        assert repr(read(pretty(text)).plain) == repr(formula.plain), (text, pretty(text))


#: Parts that SymPy's parser with implicit multiplication reads as they are read here. A function without brackets
#: stands in some: cos x*y is cos(x·y) to SymPy.
FACTORS = st.sampled_from(
    [
        "x",
        "y",
        "2x",
        "3x y",
        "x^2",
        "x**3",
        "(x + 1)",
        "(2 - y)",
        "sin(x)",
        "(cos x)",
        "(sin 2x)",
        "exp(-x)",
        "2sin(x)",
        "xy",
        "x^2y",
        "(x)(y)",
        "3(x + y)",
        "sqrt(y)",
        "1/2x",
        "-x^2",
        "5",
        "2^x",
        "ln(y)",
        "sin(x)cos(y)",
        "0.5",
        "tanh(x)^2",
        "x/y/2",
        "x^-2",
        "a x",
        "2a^2",
    ]
)
SIGNS = st.sampled_from([" + ", " - ", "*", "/", "+", "-"])


def joined(parts):
    two = st.builds(lambda left, sign, right: f"{left}{sign}{right}", parts, SIGNS, parts)
    return two | parts.map(lambda part: f"({part})^2") | parts.map(lambda part: f"sin({part})")


@given(st.recursive(FACTORS, joined, max_leaves=6))
@many_examples(60)
def test_what_is_read_agrees_with_sympy(text):
    from sympy.parsing.sympy_parser import (
        convert_xor,
        function_exponentiation,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    ways = (*standard_transformations, convert_xor, function_exponentiation, implicit_multiplication_application)
    point = {"x": mp.mpf("0.7"), "y": mp.mpf("1.3"), "a": mp.mpf("1.1")}
    try:
        read(text)
    except FormulaError:
        return
    with mp.workdps(25):
        expected = parse_expr(text, transformations=ways).evalf(20, subs=point)
        assert mp.almosteq(exact_value(text, point), mp.mpmathify(expected), 1e-12), text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/2x", 0.35),
        ("1 - x y", 0.09),
        ("x^2 + xy + y^2", 3.09),
        ("x^2 + y^2 + 10cosx", 9.82842187),
        ("2xy", 1.82),
        ("x^2 + siny", 1.45355819),
        ("sin(PI*x)", 0.80901699),
        ("E^(-x)", 0.49658530),
        ("0,5x^2", 0.245),
    ],
)
def test_values_that_were_wrong(text, value):
    point = {"x": mp.mpf("0.7"), "y": mp.mpf("1.3")}
    assert float(exact_value(text, point)) == pytest.approx(value, abs=1e-8)
