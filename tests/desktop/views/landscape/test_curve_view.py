"""Functions of one variable in the window."""

import dataclasses
import math
import re

import numpy as np
import pytest
from driving import count_in, pixels
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.landscape.derivative.tangent_item import secant_color
from gdsim.objectives import Objective


@pytest.fixture
def curve(open_window, small):
    """The window with plain descent and momentum on a curve with two wells, standing still."""
    driver = open_window(dataclasses.replace(small, function="double_well", learning_rate=0.03))
    driver.window.player.seek(0)
    driver.wait_for_surface()
    return driver


def numbers_in(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"[−-]?\d+\.?\d*(?:e[−-]?\d+)?", text)]


def test_the_start_is_dragged_along_the_curve(curve):
    window, plot = curve.window, curve.window.landscape.plot
    begin = curve.handle
    curve.press(begin)
    for k in range(1, 6):
        to = begin + QPoint(12 * k, -40 * k)
        before = curve.race
        curve.move(to)
        curve.until(lambda before=before: curve.race is not before)
        curve.wait_for_race()
        (x,) = curve.experiment.start
        assert abs(curve.pixel(x, 0).x() - to.x()) <= 2
        # y follows the curve, not the mouse
        assert plot.handle.pos().y() == pytest.approx(x**4 - 4 * x**2 + x)
        np.testing.assert_array_equal(curve.race.positions, curve.experiment.run().positions)
    curve.release(to)
    assert window.store.undo_text
    x = curve.experiment.start[0]
    curve.focus(plot)
    curve.key(Qt.Key.Key_Left)
    assert curve.experiment.start[0] < x
    at = curve.pixel(-1.0, 5.0)
    curve.double_click(at)
    assert curve.experiment.start == pytest.approx((curve.point(at)[0],))
    curve.wait_for_race()
    assert not curve.widget("start_y").isVisible()
    assert float(curve.text("start_x")) == pytest.approx(curve.experiment.start[0], rel=1e-5)
    assert re.fullmatch(r"\(.*\)", window.runs.tree.topLevelItem(0).text(5))


def test_heads_and_minima_lie_on_the_curve_and_the_mouse_reads_it(curve):
    plot = curve.window.landscape.plot
    marks = {(round(s.pos().x(), 3), round(s.pos().y(), 3)) for s in plot.stars.known.points()}
    assert marks == {(-1.473, -5.444), (1.347, -2.619)}
    curve.window.player.seek(4)
    QApplication.processEvents()
    x, y = curve.race.positions[4, 0, 0, 0], curve.race.losses[4, 0, 0]
    assert plot.heads.head_at(plot.mapToScene(curve.pixel(x, y)))[1] == 0
    at = curve.pixel(-0.7, 3.0)
    before = curve.text("reading")
    curve.move(at)
    curve.until(lambda: curve.text("reading") != before)
    x = curve.point(at)[0]
    assert numbers_in(curve.text("reading")) == pytest.approx(
        [x, x**4 - 4 * x**2 + x, 4 * x**3 - 8 * x + 1], rel=2e-3, abs=1e-3
    )


def test_the_wheel_zooms_x_and_y_fits_until_it_is_zoomed_itself(curve):
    landscape = curve.window.landscape
    left, right, bottom, top = landscape.view()
    assert (left, right) == pytest.approx((-2.4 * 1.04, 2.4 * 1.04))
    assert bottom < -5.4443 < 5 < top
    at = curve.pixel(1.0, 0.0)
    curve.wheel(at, 3)
    curve.wait_for_surface()
    closer = landscape.view()
    assert closer[1] - closer[0] < 0.7 * (right - left)
    assert closer[3] < top - 3  # the high sides are out of view
    curve.wheel(QPoint(10, at.y()), 3)
    assert landscape.view()[:2] == closer[:2]
    zoomed = landscape.view()[2:]
    assert zoomed[1] - zoomed[0] < 0.7 * (closer[3] - closer[2])
    curve.wheel(at, -2)
    curve.wait_for_surface()
    assert landscape.view()[2:] == zoomed
    curve.action("reset_view").trigger()
    curve.wait_for_surface()
    assert landscape.view() == pytest.approx((left, right, bottom, top))
    for notches in (-60, 120):
        for _ in range(10):
            curve.wheel(at, notches)
        curve.wait_for_surface()
        curve.viewport.grab()
        curve.action("reset_view").trigger()
    assert curve.message == ""


def test_to_a_surface_and_back_alone_and_side_by_side(curve):
    window, landscape = curve.window, curve.window.landscape
    equal = curve.action("equal_aspect")
    assert (landscape.colour_bar.isVisible(), equal.isEnabled()) == (False, False)
    curve.change(function="ravine", start=None)
    curve.wait_for_surface()
    assert (landscape.colour_bar.isVisible(), equal.isEnabled()) == (True, True)
    wide, high = landscape.plot.box.viewPixelSize()
    assert wide == pytest.approx(high, rel=0.02)
    assert curve.widget("start_y").isVisible()
    window.centre.show_side_by_side()
    window.store.undo()
    curve.wait_for_race()
    panels = window.side_by_side.panels
    curve.until(lambda: all(p.plot.curve_layer.curve is not None for p in panels.values()))
    QApplication.processEvents()
    views = {p.plot.view()[2:] for p in panels.values()}
    assert len(views) == 1
    panels["gd"].button.click()
    assert window.session.selection.key == "gd"
    curve.wait_for_surface()
    window.store.redo()
    curve.wait_for_race()
    window.store.undo()
    curve.wait_for_race()
    for view in ("landscape", "side_by_side"):
        window.export_menu.copy_view(view, window.size())
    assert curve.message
    window.centre.show_overlay()


class Log(Objective):
    """log x, or log x + y²."""

    def __init__(self, names):
        self.names = names
        self.bounds = np.array([[-4.0, 4.0]] * len(names))
        self.start = (1.0,) * len(names)

    def value(self, points):
        with np.errstate(all="ignore"):
            return np.log(points[0]) + sum(np.square(y) for y in points[1:])

    def gradient(self, points, out=None):
        with np.errstate(all="ignore"):
            first = np.where(points[0] > 0, 1 / points[0], np.nan)
            return np.stack([first, *(2 * y for y in points[1:])])

    def hessian(self, points):
        return np.full((len(points), *points.shape), math.nan)


@pytest.mark.parametrize("names", [("x",), ("x", "y")])
def test_where_it_is_undefined_it_is_hatched_and_said(open_window, small, names, tmp_path):
    driver = open_window(dataclasses.replace(small, function=Log(names)))
    driver.window.player.seek(0)
    driver.wait_for_surface()
    QApplication.processEvents()
    picture = pixels(driver.viewport.grab().toImage()).astype(int)
    at, defined = driver.pixel(-2.0, 0.7), driver.pixel(2.0, -2.0)

    def shades_at(point, size=12):
        piece = picture[point.y() - size : point.y() + size, point.x() - size : point.x() + size]
        return piece.sum(axis=-1)

    # the lines go diagonally: a step up and right is no change
    hatch, ground = shades_at(at), shades_at(defined)
    assert np.abs(np.diff(hatch)).mean() > 5 * np.abs(np.diff(ground)).mean()
    assert np.abs(hatch[1:, :-1] - hatch[:-1, 1:]).mean() < 0.3 * np.abs(hatch[:, 1:] - hatch[:, :-1]).mean()
    driver.move(at)
    driver.until(lambda: "undefined" in driver.text("reading"))
    driver.change(start=(-1.0,) * len(names))
    QApplication.processEvents()
    driver.viewport.grab()
    driver.window.player.to_end()
    QApplication.processEvents()
    assert driver.message == ""


def test_a_picture_without_a_window(app, tmp_path):
    from gdsim.desktop.picture import save_picture

    path = tmp_path / "curve.png"
    save_picture(gdsim.descend("cosine", ["gd", "adam"], restarts=3, steps=30), path)
    image = QImage(str(path))
    assert image.width() == 1200


def after(text):
    """The number after the equals sign."""
    return numbers_in(text.rpartition("=")[2])[0]


def test_the_secant_turns_into_the_tangent(curve):
    """Δx from 2 down to 1e-6: the numbers are those of floats, rounding and all."""
    curve.change(start=(0.75,))
    delta = curve.window.centre.derivative.delta
    f, x = curve.experiment.objective, 0.75
    slope = 4 * x**3 - 8 * x + 1
    for tick, dx in [(delta.slider.maximum(), 2.0), (delta.slider.minimum(), 1e-6)]:
        curve.slide(delta.slider, tick)
        curve.until(lambda dx=dx: float(curve.text("delta_x")) == dx)
        quotient = float((f.value(np.array([x + dx])) - f.value(np.array([x]))) / dx)
        assert after(curve.text("quotient")) == pytest.approx(quotient, rel=1e-8)
        assert after(curve.text("slope")) == pytest.approx(slope, rel=1e-8)
        assert numbers_in(curve.text("difference"))[0] == pytest.approx(quotient - slope, rel=1e-3)
    assert quotient - slope == pytest.approx((12 * x**2 - 8) / 2 * 1e-6, rel=1e-3)
    curve.type("delta_x", "0.5")
    assert after(curve.text("quotient")) == pytest.approx(
        ((1.25**4 - 4 * 1.25**2 + 1.25) - float(f.value(np.array([0.75])))) / 0.5, rel=1e-8
    )
    # nothing of this is part of the experiment
    assert curve.window.store.undo_text != "delta_x"


def test_sign_rule_and_step_follow_start_step_rate_and_run(curve):
    window = curve.window
    for start, sign in [(0.75, "<"), (-0.5, ">")]:
        curve.change(start=(start,))
        assert f"f′ {sign} 0: x is {'increased' if sign == '<' else 'decreased'}" in curve.text("sign_rule")
    gradient = 4 * (-0.5) ** 3 + 8 * 0.5 + 1
    assert after(curve.text("next_step")) == pytest.approx(-0.03 * gradient, rel=1e-3)
    for rate, verdict in [(1e-3, "crawls"), (0.5, "overshoots")]:
        curve.change(learning_rate=rate)
        assert verdict in curve.text("next_step")
    curve.change(learning_rate=0.03)
    window.session.selection.choose("momentum", 0)
    window.player.seek(3)
    step = curve.race.positions[4, 1, 0, 0] - curve.race.positions[3, 1, 0, 0]
    assert numbers_in(curve.text("next_step"))[0] == pytest.approx(step, rel=1e-3)
    window.player.to_end()
    assert "ended" in curve.text("next_step")
    curve.change(direction="ascent")
    window.player.seek(0)
    assert "increased" in curve.text("sign_rule")
    curve.change(direction="descent")
    # while η is dragged at the end, the first step is looked at
    window.player.to_end()
    window.store.drag.begin(window.centre)
    assert "the step is" in curve.text("next_step")
    window.store.drag.end()
    assert "ended" in curve.text("next_step")


def test_the_slope_lies_under_the_curve_and_all_folds_away(curve):
    derivative, landscape = curve.window.centre.derivative, curve.window.landscape
    QApplication.processEvents()
    # what has the same x lies over one another
    for x in (-2.0, 0.0, 1.3469974):
        above = landscape.plot.mapTo(curve.window, curve.pixel(x, 0.0)).x()
        slopes = derivative.slopes
        below = slopes.mapTo(curve.window, slopes.mapFromScene(slopes.box.mapViewToScene(QPointF(x, 0)))).x()
        assert abs(above - below) <= 1
    curve.click("show_slope")
    assert not derivative.slopes.isVisible()
    curve.click("show_slope")
    curve.click("fold_derivative")
    assert not derivative.slopes.isVisible()
    assert not derivative.delta.isVisible()
    assert derivative.look is None
    curve.click("fold_derivative")
    assert derivative.slopes.isVisible()
    curve.change(function="bowl", start=None)
    assert not derivative.isVisible()
    assert derivative.look is None
    curve.window.store.undo()
    curve.wait_for_race()
    assert derivative.isVisible()
    assert derivative.look is not None
    image = landscape.plot.grab().toImage()
    assert count_in(image, secant_color(LIGHT)) > 50


def test_the_derivative_where_there_is_none(open_window, small):
    driver = open_window(dataclasses.replace(small, function=Log(("x",)), start=(-1.0,)))
    driver.window.player.seek(0)
    driver.until(lambda: "undefined" in driver.text("quotient"))
    assert driver.text("sign_rule") == ""
    driver.change(start=(1.0,))
    assert after(driver.text("slope")) == 1
    driver.viewport.grab()


def test_uphill_maxima_are_marked_and_labels_turned(curve):
    window = curve.window
    curve.change(function="cosine", start=(2.0,), direction="ascent", learning_rate=0.1)
    plot = window.landscape.plot
    found = {round(s.pos().x(), 6) for s in plot.stars.known.points()}
    assert found == {round(m.position[0], 6) for m in curve.experiment.objective.maxima}
    header = window.runs.tree.headerItem()
    assert [header.text(column) for column in (6, 7)] == ["|f′|", "To maximum"]
    assert "f* − f" in window.loss.head.axis_name.text()
    window.player.to_end()
    row = window.runs.tree.topLevelItem(0)
    best = max(curve.race.losses[-1, 0])
    curve.until(lambda: row.text(8) == show(float(best)))
    curve.change(direction="descent")
    assert header.text(7) == "To minimum"
