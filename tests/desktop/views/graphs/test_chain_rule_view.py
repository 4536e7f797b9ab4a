"""The chain rule in the window: boxes, edges, paths and sums."""

import re

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget

from gdsim.desktop.look.style import DARK
from gdsim.desktop.text.numbers import read, show


@pytest.fixture
def shown(driver):
    """The window with the view, at step 5."""
    dock = driver.widget("chain_rule_dock", QDockWidget)
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.window.player.seek(5)
    driver.view = dock.view
    return driver


def sums(driver):
    """The lines of sums without what makes them bold."""
    return re.sub(r"</?b[^r>]*>", "", driver.text("chain_sums")).split("<br>")


def test_sums_of_products_follow_step_function_and_point(shown):
    view = shown.view
    x, y = shown.race.positions[5, 0, :, 0]
    assert sums(shown) == [f"∂f/∂x = {show(2 * x)}", f"∂f/∂y = {show(2 * y)}"]
    shown.window.player.seek(6)
    assert sums(shown)[0].endswith(show(2 * shown.race.positions[6, 0, 0, 0]))
    shown.window.session.selection.choose("momentum", 1)
    assert sums(shown)[0].endswith(show(2 * shown.race.positions[6, 1, 0, 1]))

    shown.change(function="a*sin(x*y) + x^2*y", parameters={"a": 2.0}, start=(1.0, 0.5), learning_rate=0.01)
    shown.window.player.seek(3)
    shown.window.session.selection.choose("gd", 0)
    point = shown.race.positions[3, 0, :, 0]
    gradient = shown.race.objective.gradient(point)
    for line, name, total in zip(sums(shown), "xy", gradient, strict=True):
        head, terms, result = line.split(" = ")
        assert head == f"∂f/∂{name}"
        assert read(result) == pytest.approx(total, rel=1e-3)
        products = [np.prod([read(f.strip("()")) for f in term.split("·")]) for term in terms.split(" + ")]
        assert len(products) == 2
        assert sum(products) == pytest.approx(total, rel=0.02)
    names = [step.name for step in view.shown.steps]
    assert view.graph.drawing.layout.boxes[names.index("f")].y() < view.graph.drawing.layout.boxes[0].y()

    # of one variable; the parameter and the start of another experiment
    shown.change(function="sin(x^2) + x", parameters={}, start=(0.7,), learning_rate=0.01)
    shown.window.player.seek(0)
    (line,) = sums(shown)
    assert line.startswith("df/dx = ")
    assert read(line.split(" = ")[-1]) == pytest.approx(1.4 * np.cos(0.49) + 1, rel=1e-3)
    shown.change(optimizers=())
    assert "No optimizer" in shown.text("chain_sums")
    view.grab()


def test_a_path_is_chosen_by_list_key_and_mouse(shown):
    shown.change(function="(x + y)^2 + x*y", start=(1.0, 2.0))
    shown.window.player.seek(0)
    view, choice = shown.view, shown.widget("chain_path", QComboBox)
    assert [choice.itemText(i) for i in range(choice.count())] == [
        "all paths",
        "x → u₁ → u₂ → f",
        "x → u₃ → f",
        "y → u₁ → u₂ → f",
        "y → u₃ → f",
    ]
    choice.setCurrentIndex(1)
    assert shown.text("chain_product") == "∂f/∂u₂ · du₂/du₁ · ∂u₁/∂x = 1 · 2u₁ · 1 = 1 · 6 · 1 = 6.000"
    assert '">6</b> + 2 = 8.000' in shown.text("chain_sums")
    assert view.graph.drawing.path == (0, 2, 3, 5)
    view.grab()

    graph, drawing = view.graph, view.graph.drawing

    def at(edge):
        # the dock may still be finding its size
        QApplication.processEvents()
        return graph.mapFromScene(drawing.layout.middles[edge])

    assert drawing.at(drawing.layout.middles[1, 4]) == (1, 4)
    shown.hover(graph.viewport(), at((1, 4)))
    assert drawing.path == (1, 4, 5)
    # chosen from the list with the mouse at rest; a pixel farther the mouse leads again
    choice.setCurrentIndex(2)
    choice.setCurrentIndex(1)
    assert drawing.path == (0, 2, 3, 5)
    shown.hover(graph.viewport(), at((1, 4)) + QPoint(1, 0))
    assert drawing.path == (1, 4, 5)
    assert drawing.tip((1, 4)) == "∂u₃/∂y = x"
    assert "∂f/∂u₃ · ∂u₃/∂y = 1 · x = 1 · 1 = 1.000" in shown.text("chain_product")
    QTest.mouseClick(graph.viewport(), LEFT, NONE, at((2, 3)))
    assert choice.currentIndex() == 3
    QTest.mouseClick(graph.viewport(), LEFT, NONE, at((2, 3)))
    assert choice.currentIndex() == 1
    shown.hover(graph.viewport(), graph.viewport().rect().bottomLeft())
    assert drawing.path == (0, 2, 3, 5)
    QTest.mouseClick(graph.viewport(), LEFT, NONE, graph.viewport().rect().topLeft())
    assert (choice.currentIndex(), drawing.path) == (0, None)

    before = graph.transform().m11()
    shown.wheel_over(graph.viewport(), 3)
    assert graph.transform().m11() > 1.3 * before
    QTest.mouseDClick(graph.viewport(), LEFT, NONE, graph.viewport().rect().center())
    assert graph.transform().m11() == pytest.approx(before)
    shown.focus(choice)
    shown.key(Qt.Key.Key_Down)
    assert choice.currentIndex() == 1


def test_large_and_strange_formulas(shown):
    view = shown.view
    long = " + ".join(f"sin({k}x)*{k}" for k in range(1, 26))
    shown.change(function=long, start=(0.3,))
    assert "not drawn" in shown.text("chain_sentence")
    assert not view.graph.isVisible()
    assert sums(shown)[0].startswith("df/dx = ")
    assert "25 paths" in sums(shown)[0]
    shown.change(function="x", start=(1.0,))
    assert sums(shown) == ["df/dx = 1.000"]
    shown.change(function="log(x) + 1/y", start=(-1.0, 0.0))
    view.grab()
    shown.change(function="six_hump_camel", start=None)
    shown.window.appearance.set_theme(DARK)
    QApplication.processEvents()
    view.grab()
    assert view.graph.isVisible()
