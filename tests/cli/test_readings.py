"""Tests of how the command line says what a typed formula was read as."""

import pytest

import gdsim
from gdsim.cli.readings import read_as


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^2y", "f(x, y) = x²·y"),
        ("x^2(1 - y)", "f(x, y) = x²·(1 − y)"),
        ("1/2x", "f(x) = 1/2·x"),
        ("sin 2x cos y", "f(x, y) = sin(2x)·cos(y)"),
        ("log x/2", "f(x) = log(x)/2"),
        (r"\frac{x^2}{2}", "f(x) = x²/2"),
        ("sum(x_i^2, i, 1, 10)", "f(x₁, x₂, …, x₁₀) = sum(x_i², i, 1, 10)"),
        ("f(w, b) = w^2b", "f(w, b) = w²·b"),
    ],
)
def test_what_the_text_leaves_open(text, said):
    assert read_as(gdsim.function(text)) == f"read as {said}"


@pytest.mark.parametrize(
    "text",
    [
        "x**2 + y**2",
        "a*x^2+b*y^2",
        "X^2+θ_1*y^2",
        "x^2 y",
        "x^2*y",
        "x/2*y",
        "sin(2x) cos(y)",
        "2(x+1)(y-1)",
        "|x|",
        "√x + sqrt(y)",
        "pi x^2",
        "f(w, b) = (w-3)^2 + b^2",
        "y = x^2",
        "w1^2 + 3 w2^2",
        "-x^2",
        "ln(x)",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        "f(x1, x2) = sum(x_i^2, i, 1, 2)",
        "1.5e3 x",
    ],
)
def test_what_it_does_not(text):
    assert read_as(gdsim.function(text)) == ""
