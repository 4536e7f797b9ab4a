"""Cuts with their tangents, and a direction turned by hand."""

import math

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget

from gdsim.desktop.look.style import DARK
from gdsim.desktop.text.numbers import read, show
from gdsim.objectives import objective_for


@pytest.fixture
def shown(driver):
    """The window with the view, at step 5."""
    dock = driver.widget("gradient_view_dock", QDockWidget)
    assert dock.view is None
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.window.player.seek(5)
    driver.view = dock.view
    return driver


def gradient_of(driver, step=5):
    return 2 * driver.race.positions[step, 0, :, 0]


def along(driver):
    return read(driver.text("directional_derivative").partition("= ")[2])


def test_tangents_and_slopes(shown):
    view, gradient = shown.view, gradient_of(shown)
    for i, (cut, slope) in enumerate(zip(view.cuts, view.slopes, strict=True)):
        assert slope.text().endswith(f"∂f/∂{'xy'[i]} = {show(gradient[i])}")
        x, y = cut.tangent.getData()
        assert np.diff(y)[0] / np.diff(x)[0] == pytest.approx(gradient[i])
        left, right, bottom, top = shown.window.landscape.view()
        assert cut.box.viewRange()[0] == pytest.approx([(left, right), (bottom, top)][i], rel=0.1)
    # they follow the player, the zoom and the chosen run
    before = view.slopes[0].text()
    shown.window.player.seek(6)
    assert view.slopes[0].text() != before
    shown.wheel(shown.pixel(-1.0, 1.0), 6)
    left, right = view.cuts[0].box.viewRange()[0]
    assert right - left < 8
    shown.window.session.selection.choose("momentum", 1)
    wanted = 2 * shown.race.positions[6, 1, :, 1]
    assert view.slopes[1].text().endswith(show(wanted[1]))


def test_the_direction_by_mouse_keys_and_number(shown):
    view, gradient = shown.view, gradient_of(shown)
    length, angle = math.hypot(*gradient), math.degrees(math.atan2(gradient[1], gradient[0])) % 360
    for degrees, wanted in [
        (angle, length),
        (angle + 180, -length),
        (angle + 90, 0),
        (angle - 90, 0),
        (0, gradient[0]),
    ]:
        shown.type("direction", f"{degrees:.9f}")
        assert along(shown) == pytest.approx(wanted, rel=1e-3, abs=1e-6)
        assert shown.window.session.overlays.marks.angle == pytest.approx(degrees % 360)
    assert sorted(round(value, 9) for _, value, _ in view.turn.marks()) == pytest.approx([-length, 0, 0, length])
    # the vector points to the mouse
    middle = view.dial.rect().center()
    QTest.mouseClick(view.dial, LEFT, NONE, middle + QPoint(0, -30))
    assert view.dial.degrees == pytest.approx(90, abs=3)
    QTest.mousePress(view.dial, LEFT, NONE, middle + QPoint(-20, -30))
    QTest.mouseMove(view.dial, middle + QPoint(-30, 0))
    assert view.dial.degrees == pytest.approx(180, abs=3)
    QTest.mouseRelease(view.dial, LEFT, NONE, middle + QPoint(-30, 0))
    shown.focus(view.dial)
    before, step = view.dial.degrees, shown.window.player.step
    shown.key(Qt.Key.Key_Up)
    shown.key(Qt.Key.Key_Right)
    assert view.dial.degrees == pytest.approx(before + 2)
    assert float(shown.text("direction")) == pytest.approx(before + 2)
    assert shown.window.player.step == step
    area = view.turn.area()
    QTest.mousePress(view.turn, LEFT, NONE, QPoint(round(area.left() + area.width() / 4), 40))
    assert view.dial.degrees == pytest.approx(90, abs=3)
    assert along(shown) == pytest.approx(gradient[1], rel=0.05)
    # what is wrong is told below the field only when no button is down
    QTest.mouseRelease(view.turn, LEFT, NONE, QPoint(round(area.left() + area.width() / 4), 40))
    for wrong in ("inf", "north"):
        shown.type("direction", wrong)
        assert view.angle.error.text()


def test_it_follows_a_drag_and_leaves_nothing_behind(shown):
    window, view = shown.window, shown.view
    assert window.session.overlays.marks.angle is not None
    window.player.seek(0)
    begin = shown.handle
    shown.press(begin)
    shown.move(begin + QPoint(30, 30))
    shown.wait_for_race()
    # whole paths are shown, but the gradient where the hand is
    assert view.slopes[0].text().endswith(show(gradient_of(shown, 0)[0]))
    shown.release(begin + QPoint(30, 30))
    window.appearance.set_theme(DARK)
    QApplication.processEvents()
    view.grab()
    shown.change(function="line", start=None)
    assert "two variables" in shown.text("gradient_sentence")
    assert window.session.overlays.marks.angle is None
    view.grab()
    shown.change(function="rosenbrock", start=None, learning_rate=1.0)
    window.player.to_end()
    view.grab()
    objective_for("log(x) + y^2").compile()
    shown.change(function="log(x) + y^2", start=(1.0, 1.0), learning_rate=0.01)
    window.player.seek(0)
    assert shown.text("gradient_sentence") == ""
    assert view.slopes[0].text().endswith("= 1.000")
    view.resize(900, 200)
    assert view.columns == 4
    shown.widget("gradient_view_dock", QDockWidget).hide()
    assert window.session.overlays.marks.angle is None
