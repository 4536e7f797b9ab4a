"""Typed functions of other coordinates than x and y in the window: under their own names, and of many on a plane."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QToolButton

import gdsim
from gdsim.desktop.panels.start_field import numbers_of, start_text
from gdsim.desktop.text.function_phrases import dimension_text, function_name, function_text
from gdsim.desktop.text.numbers import show
from gdsim.desktop.widgets.typeset import lines_of
from gdsim.errors import GdsimError
from gdsim.objectives.data.models.equation import equation
from gdsim.simulation.experiment import Entry, Experiment


def _type(driver, text):
    driver.change(function=text, start=None, bounds=None, parameters={})
    driver.wait_for_race()


def _labels(driver):
    return {label.text() for label in driver.window.findChildren(QLabel) if label.isVisible()}


def test_under_their_own_names(open_window):
    driver = open_window(Experiment("theta^2 - 3theta", steps=20, optimizers=(Entry("gd"),)))
    assert {"f(θ) =", "θ", "Δθ"} <= _labels(driver)
    assert driver.widget("bounds", QToolButton).text() == "θ −5 … 5"
    assert driver.widget("start_x", QLineEdit).accessibleName() == "start θ"
    assert driver.window.landscape.names.texts == ("θ", "")
    _type(driver, "x1^2 + 2x_2^2")
    assert {"f(x₁, x₂) =", "x₁", "x₂"} <= _labels(driver)
    assert driver.window.landscape.names.texts == ("x₁", "x₂")
    _type(driver, "x^2 + y^2")
    assert driver.window.landscape.names.texts == ("", "")
    assert driver.widget("start_y", QLineEdit).accessibleName() == "start y"


def test_many_are_seen_on_a_plane_and_can_be_typed_over(open_window):
    race = Experiment("sum(x_i^2, i, 1, 10)", steps=20, restarts=2, optimizers=(Entry("gd"), Entry("adam")))
    driver = open_window(race)
    driver.until(lambda: driver.window.session.plane.seen is not None)
    assert driver.widget("formula", QPlainTextEdit).isVisible()
    start = driver.widget("start_all", QLineEdit)
    assert start.text() == "-3, 3, -3, 3, -3, 3, -3, 3, -3, 3"
    driver.type("start_all", "1, 2, 3")
    assert driver.text("start_all.error") == "Start takes 10 numbers, or one for all, not 3"
    assert driver.experiment.start is None
    driver.type("start_all", "2")
    driver.wait_for_race()
    assert driver.experiment.start == (2.0,) * 10
    assert not driver.widget("start_all.error", QLabel).isVisible()
    driver.click("start_many.reset")
    driver.wait_for_race()
    assert driver.widget("bounds", QToolButton).text() == "xᵢ −5 … 5"
    driver.window.session.plane.choose(kind="weights", first="x3", second="x10")
    driver.until(lambda: driver.window.session.plane.seen.plane.names == ("x₃", "x₁₀"))
    # axes of quite different widths fill the picture
    _type(driver, "x*log(x) + (y - 20)^2")
    driver.wait_for_surface()
    left, right, bottom, top = driver.window.landscape.view()
    assert right - left < 10 < 90 < top - bottom


def test_what_stands_typeset():
    (value, first, second) = lines_of(gdsim.function("theta^2 - 3theta"))
    assert value.latex.startswith(r"f(\theta) = \theta^{2}")
    assert first.latex.startswith(r"f'(\theta) = ")
    assert second.text == "f″(θ) = 2"
    lines = lines_of(gdsim.function("x1^2 + x2*x1"))
    assert lines[1].latex.startswith(r"\frac{\partial f}{\partial x_{1}} = ")
    assert [line.text.partition(" = ")[0] for line in lines[1:]] == [
        "∂f/∂x₁",
        "∂f/∂x₂",
        "∂²f/∂x₁²",
        "∂²f/∂x₁∂x₂",
        "∂²f/∂x₂²",
    ]
    many = lines_of(gdsim.function("sum(x_i^2, i, 1, 30)"))
    assert len(many) == 13
    assert many[0].latex.startswith("f(x_{1}, …, x_{30}) = ")


def test_what_a_function_of_them_is_called():
    assert function_text(gdsim.function("theta^2 - 3theta")) == "f(θ) = θ² − 3θ"
    assert dimension_text(gdsim.function("x1 + x2*x3")) == "x₁, x₂, x₃"
    assert dimension_text(gdsim.function("sum(x_i, i, 1, 100)")) == "x₁, …, x₁₀₀"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x^2 + 3", "x² + 3"),
        ("(x^2+y-11)^2 + (x+y^2-7)^2 + 3x + sin(y)", "(x² + y − 11)² + (x + y² − 7)² + 3x + …"),
        ("sum(100(x_(i+1) - x_i^2)^2 + (1-x_i)^2, i, 1, 9)", "sum(100(x_(i + 1) − x_i²)² + (1 − x_i)²…"),
    ],
)
def test_what_a_formula_without_a_name_is_called(text, name):
    assert function_name(gdsim.function(text)) == name


def test_an_equation_has_minus_signs_of_one_sort():
    experiment = Experiment(function="linear")
    model = experiment.objective
    assert equation(model, np.full(model.dimension, -1.0), lambda x: f"{x:.2g}").count("−") == 0
    assert "-" not in equation(model, np.full(model.dimension, -1.0), show)


@pytest.mark.parametrize("text", ["1, 2, 3", "1;2;3", "(1 2 3)", "1,2,3", " 1 , 2,3 "])
def test_a_start_of_three_is_read(text):
    assert numbers_of(text, 3, "start") == (1.0, 2.0, 3.0)
    assert start_text((1.0, 2.0, 3.0)) == "1, 2, 3"
    assert start_text((0.5, 0.5)) == "0.5"
    assert numbers_of("−1,5; 2; 3", 3, "start") == (-1.5, 2.0, 3.0)
    with pytest.raises(GdsimError, match="start must be a number, not 'z'"):
        numbers_of("1, z, 3", 3, "start")
