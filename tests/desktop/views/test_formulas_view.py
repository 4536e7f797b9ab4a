"""Formulas and derivatives typeset, with the numbers of the chosen run; copied in three ways."""

import numpy as np
import pytest
from driving import count_in
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from test_layout import cut_off

from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.views.formulas import _Numbers
from gdsim.desktop.widgets.typeset import lines_of
from gdsim.objectives import FUNCTIONS, objective_for


def shown(driver):
    """The view and the rows to be seen, once all are typeset."""
    view = next(dock.view for dock in driver.window.lazy_docks if dock.name == "formulas")
    driver.until(lambda: view.shown and all(row.is_done for row in view.shown), timeout=30_000)
    return view, view.shown


def test_formulas_are_shown_followed_and_copied(driver):
    assert all(dock.view is None for dock in driver.window.lazy_docks)
    driver.click("show_formulas")
    view, rows = shown(driver)
    assert [row.line.text for row in rows] == ["f(x, y) = x² + y²", "∂f/∂x = 2*x", "∂f/∂y = 2*y"]
    assert all(row.picture.isVisible() for row in rows)
    image = rows[0].picture.grab().toImage()
    assert count_in(image, QColor(LIGHT.text), 40) > 20
    # the numbers are those of the chosen run at the step that is shown
    driver.window.player.seek(7)
    x, y = driver.race.positions[7, 0, :, 0]
    at = f"({show(x)}, {show(y)})"
    assert driver.text("formulas.numbers.1").replace("\n", " ") == f"∇f{at} = ({show(2 * x)}, {show(2 * y)})"
    assert driver.text("formulas.numbers.0") == f"f{at} = {show(x * x + y * y)}"
    driver.window.session.selection.choose("momentum", 1)
    assert show(driver.race.positions[7, 1, 0, 1]) in driver.text("formulas.numbers.0")
    assert "step 7" in driver.text("formulas.where")
    driver.click("formulas.second")
    view, rows = shown(driver)
    assert len(rows) == 6
    assert "(2.000,  0)" in driver.text("formulas.numbers.2")
    assert cut_off(view) == []
    assert all(b.objectName() and b.toolTip() and b.text() for b in view.findChildren(QAbstractButton))
    # copies
    clipboard = QGuiApplication.clipboard()
    driver.click("formulas.copy_text")
    assert clipboard.text().splitlines()[1] == "∂f/∂x = 2*x"
    driver.click("formulas.copy_latex")
    assert clipboard.text().splitlines()[0] == "f(x, y) = x^{2} + y^{2}"
    driver.click("formulas.copy_picture")
    assert clipboard.image().height() > 300
    assert driver.message
    # in the dark
    driver.window.appearance.set_theme(DARK)
    QApplication.processEvents()
    image = rows[0].picture.grab().toImage()
    assert count_in(image, QColor(DARK.text), 40) > 20
    # another function, of one variable, with a parameter
    driver.change(function="a*x^2 + |x|", start=None, parameters={"a": 3.0})
    driver.until(lambda: view.shown and view.shown[0].line.text == "f(x) = a·x² + |x|")
    view, rows = shown(driver)
    assert rows[1].line.text == "f′(x) = 2*a*x + sign(x)"
    assert driver.text("formulas.numbers.1").startswith("f′(")
    assert "a = 3" in driver.text("formulas.where")
    # closed, it does nothing
    driver.click("show_formulas")
    before = driver.text("formulas.numbers.0")
    driver.window.player.seek(20)
    assert driver.text("formulas.numbers.0") == before


def test_a_sum_has_two_lines_where_it_is_narrow_and_in_a_larger_font(app):
    label = _Numbers("sum")
    label.show_sum("∇f(1, 2)", "(3, 4)")
    label.show()
    wide = label.fontMetrics().horizontalAdvance("∇f(1, 2) = (3, 4)")
    label.resize(wide, 60)
    assert label.text() == "∇f(1, 2) = (3, 4)"
    label.resize(wide - 1, 60)
    assert label.text() == "∇f(1, 2) =\n(3, 4)"
    label.resize(wide + 5, 60)
    font = label.font()
    font.setPointSizeF(2 * font.pointSizeF())
    label.setFont(font)
    assert label.text() == "∇f(1, 2) =\n(3, 4)"
    label.resize(3 * wide, 60)
    assert label.text() == "∇f(1, 2) = (3, 4)"
    label.show_sum("∇²f(1, 2)", "(3, 4)\n(5, 6)")
    assert label.text() == "∇²f(1, 2) =\n(3, 4)\n(5, 6)"
    label.close()


def test_one_formula_by_its_menu(driver):
    driver.click("show_formulas")
    rows = shown(driver)[1]
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, rows[1].mapToGlobal(at))
    QApplication.sendEvent(rows[1], event)
    menu = rows[1].findChildren(QMenu)[-1]
    text, latex, picture = menu.actions()
    text.trigger()
    assert QGuiApplication.clipboard().text() == "∂f/∂x = 2*x"
    latex.trigger()
    assert QGuiApplication.clipboard().text() == r"\frac{\partial f}{\partial x} = 2 x"
    picture.trigger()
    assert not QGuiApplication.clipboard().image().isNull()
    menu.close()


def test_what_is_too_long_is_said(driver):
    text = " + ".join(f"sin({k}x)^2*cos({k}y)" for k in range(1, 25))
    driver.window.store.change(function=text, start=(1.0, 1.0))
    driver.wait_for_race()
    driver.click("show_formulas")
    rows = shown(driver)[1]
    said = [row for row in rows if row.picture.picture is None]
    assert said
    assert "too long" in said[0].reason.text().lower()
    driver.click("formulas.copy_text")
    assert QGuiApplication.clipboard().text().count("sin") > 24
    driver.click("formulas.copy_picture")


@pytest.mark.parametrize("key", ["himmelblau", "ackley", "logistic_loss"])
def test_texts_of_derivatives_mean_the_derivatives(key):
    function = FUNCTIONS[key]
    point = np.linspace(0.4, 0.9, function.dimension)
    lines = lines_of(function)
    exact = [*function.gradient(point), *function.hessian(point)[np.triu_indices(function.dimension)]]
    for line, value in zip(lines[1:], exact, strict=True):
        typed = line.text.partition(" = ")[2]
        # a derivative may be the same everywhere, which no formula of its own may be
        again = objective_for(f"{typed} + 0*{'*'.join(function.names)}")
        assert float(again.value(point)) == pytest.approx(value, rel=1e-12)
    assert MINUS not in lines[1].text


def test_second_derivatives_that_are_still_to_be_derived_are_left_to_the_worker(driver):
    text = "x^4 + 0.317*x*y^3 + y^2"
    driver.window.store.change(function=text)
    driver.wait_for_race()
    driver.click("show_formulas")
    view, _ = shown(driver)
    driver.window.player.pause()
    driver.click("formulas.second")
    x, _ = driver.race.positions[driver.window.player.step, 0, :, 0]
    driver.until(lambda: show(12 * x * x) in driver.text("formulas.numbers.2"))
    assert view.race.objective.ready_twice
