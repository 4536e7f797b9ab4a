"""The mouse on the landscape."""

import dataclasses
import re

import numpy as np
import pytest
from driving import LEFT, NONE, count
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.look.style import DARK, LIGHT, optimizer_color


def drag_to(driver, to):
    """Move the mouse that holds the handle, and wait for the race from there."""
    before = driver.race

    def followed():
        driver.move(to)
        return driver.race is not before

    driver.until(followed)
    driver.wait_for_race()


@pytest.mark.parametrize("playing", [True, False])
def test_dragging_the_start(open_window, playing):
    keys = list(gdsim.OPTIMIZERS)[:8]
    opening = opening_experiment()
    racing = {entry.key: entry for entry in opening.optimizers}
    entries = tuple(racing.get(key, gdsim.Entry(key)) for key in keys)
    driver = open_window(dataclasses.replace(opening, optimizers=entries, restarts=1))
    player = driver.window.player
    player.set_speed(5)
    player.seek(10)
    if playing:
        player.play()
    begin = driver.handle
    driver.press(begin)
    paths = [driver.race.positions]
    for k in range(1, 7):
        to = begin + QPoint(9 * k, -7 * k)
        drag_to(driver, to)
        # all paths follow, complete, while the mouse is down
        assert player.shown_step == player.last
        assert driver.window.loss.shown.step == player.last
        assert len(driver.race.rules) == 8
        x, y = driver.experiment.start
        assert (driver.pixel(x, y) - to).manhattanLength() <= 2
        np.testing.assert_array_equal(driver.race.positions, driver.experiment.run().positions)
        for other in paths:
            assert (driver.race.positions[:, :, :, 0] != other[:, :, :, 0]).any(axis=(0, 2)).all()
        paths.append(driver.race.positions)
        assert float(driver.text("start_x")) == pytest.approx(x, rel=1e-5)
        assert float(driver.text("start_y")) == pytest.approx(y, rel=1e-5)
    # the head of the one that is drawn last stands where its run ends
    QApplication.processEvents()
    end = driver.pixel(*driver.race.positions[-1, -1, :, 0])
    assert driver.viewport.grab().toImage().pixelColor(end) == optimizer_color(keys[-1], LIGHT)
    driver.release(to)
    assert player.shown_step == player.step
    assert player.playing is playing
    assert player.step < player.last
    if playing:
        now = player.step
        driver.until(lambda: player.step > now)
    else:
        assert player.step == 10


def test_a_press_without_a_move_changes_nothing(driver):
    before = driver.experiment
    driver.press(driver.handle)
    driver.release(driver.handle)
    assert driver.experiment is before


def test_the_start_may_be_dragged_out_of_the_bounds(driver):
    begin = driver.handle
    driver.press(begin)
    drag_to(driver, QPoint(begin.x() - 40, 4))
    driver.release(QPoint(begin.x() - 40, 4))
    assert driver.experiment.start[1] > driver.experiment.objective.bounds[1, 1]


def test_double_click_moves_the_start(driver):
    at = driver.pixel(2.0, -1.5)
    x, y = driver.point(at)
    driver.double_click(at)
    driver.until(lambda: driver.experiment.start is not None)
    assert driver.experiment.start == pytest.approx((x, y), abs=1e-9)
    driver.wait_for_race()
    assert driver.race.positions[0, 0, :, 0] == pytest.approx((x, y))
    handle = driver.window.landscape.plot.handle.pos()
    assert (handle.x(), handle.y()) == driver.experiment.start


def test_a_single_click_does_not(driver):
    QTest.mouseClick(driver.viewport, LEFT, NONE, driver.pixel(2.0, -1.5))
    QApplication.processEvents()
    assert driver.experiment.start is None


def test_arrow_keys_move_the_start_where_the_landscape_has_the_focus(driver):
    driver.focus(driver.window.landscape.plot)
    driver.key(Qt.Key.Key_Right)
    driver.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    x, y = driver.experiment.start
    assert (x > -3.0, y > 4.0) == (True, True)
    assert x + 3.0 > y - 4.0
    assert driver.window.player.step == 0
    driver.wait_for_race()
    assert tuple(driver.race.positions[0, 0, :, 0]) == driver.experiment.start


def test_hovering_reads_position_value_and_gradient(driver):
    hint = before = driver.text("reading")
    for x, y in [(1.5, -2.0), (-3.0, 0.5)]:
        at = driver.pixel(x, y)
        driver.move(at)
        driver.until(lambda before=before: driver.text("reading") != before)
        before = driver.text("reading")
        under = driver.point(at)
        wanted = [*under, under[0] ** 2 + under[1] ** 2, 2 * under[0], 2 * under[1]]
        found = re.findall(r"[−-]?\d+\.?\d*(?:e[−-]?\d+)?", driver.text("reading"))
        assert [float(text.replace("−", "-")) for text in found] == pytest.approx(wanted, rel=2e-3, abs=1e-3)
    assert "∇f" in driver.text("reading")
    driver.move(QPoint(4, 4))
    driver.until(lambda: driver.text("reading") == hint)


def test_the_wheel_zooms_about_the_mouse_and_the_surface_follows(driver):
    before = driver.wait_for_surface()
    at = driver.pixel(1.0, 1.0)
    under = driver.point(at)
    driver.wheel(at, 4)
    surface = driver.wait_for_surface()
    left, right, bottom, top = driver.window.landscape.view()
    assert right - left < 0.8 * (before.x[-1] - before.x[0])
    assert left < 1.0 < right
    assert bottom < 1.0 < top
    assert driver.point(at) == pytest.approx(under, abs=0.05)
    assert surface.x.size == before.x.size
    driver.wheel(at, -4)
    assert driver.wait_for_surface().x == pytest.approx(before.x, abs=1e-6)


def test_panning_moves_the_surface_and_not_the_start(driver):
    driver.wait_for_surface()
    before = driver.window.landscape.view()
    at = driver.pixel(2.0, 2.0)
    driver.press(at)
    for k in range(1, 6):
        driver.move(at + QPoint(20 * k, 0))
    driver.release(at + QPoint(100, 0))
    after = driver.window.landscape.view()
    assert after[0] < before[0] - 0.1
    assert after[2:] == pytest.approx(before[2:], abs=1e-6)
    assert driver.wait_for_surface().x[0] == after[0]
    assert driver.experiment.start is None


@pytest.mark.parametrize("notches", [-1500, 1500])
def test_zooming_very_far_breaks_nothing(open_window, small, notches):
    driver = open_window(dataclasses.replace(small, function="goldstein_price", learning_rate=1e-6))
    at = driver.pixel(0.3, 0.3)
    for _ in range(30):
        driver.wheel(at, notches // 30)
    driver.move(at)
    driver.wait_for_surface()
    QApplication.processEvents()
    driver.viewport.grab()
    assert driver.message == ""
    driver.action("reset_view").trigger()
    surface = driver.wait_for_surface()
    assert np.isfinite(surface.shades).all()


def test_reset_view(driver):
    bounds = driver.experiment.objective.bounds
    before = driver.window.landscape.view()
    driver.wheel(driver.pixel(2, 2), 6)
    assert driver.window.landscape.view() != before
    driver.action("reset_view").trigger()
    assert driver.window.landscape.view() == pytest.approx(before)
    left, right, bottom, top = driver.window.landscape.view()
    assert left <= bounds[0, 0] < bounds[0, 1] <= right
    assert bottom <= bounds[1, 0] < bounds[1, 1] <= top
    driver.wait_for_surface()


def test_equal_aspect_is_a_switch(open_window, small):
    driver = open_window(dataclasses.replace(small, function="ravine"))
    box = driver.window.landscape.plot.box
    wide, high = box.viewPixelSize()
    assert wide == pytest.approx(high, rel=0.02)
    driver.action("equal_aspect").trigger()
    wide, high = box.viewPixelSize()
    assert wide != pytest.approx(high, rel=0.1)
    (left, right), (bottom, top) = driver.experiment.objective.bounds
    assert driver.window.landscape.view() == pytest.approx(
        (
            left - 0.02 * (right - left),
            right + 0.02 * (right - left),
            bottom - 0.02 * (top - bottom),
            top + 0.02 * (top - bottom),
        ),
        rel=0.02,
    )
    driver.action("equal_aspect").trigger()
    wide, high = box.viewPixelSize()
    assert wide == pytest.approx(high, rel=0.02)


def test_known_minima_and_all_starts_are_marked(open_window):
    driver = open_window()
    landscape = driver.window.landscape
    objective = driver.experiment.objective
    found = {(spot.pos().x(), spot.pos().y()) for spot in landscape.plot.stars.known.points()}
    assert found == {tuple(minimum.position) for minimum in objective.minima}
    starts = {(spot.pos().x(), spot.pos().y()) for spot in landscape.plot.starts.points()}
    assert starts == {tuple(point) for point in driver.experiment.starts[:, 1:].T}
    assert (landscape.plot.handle.pos().x(), landscape.plot.handle.pos().y()) == objective.start


def test_dark_and_light(open_window, small, app):
    driver = open_window(small)
    driver.wait_for_surface()
    middle = driver.pixel(3.0, -3.0)

    def lightness():
        QApplication.processEvents()
        return driver.viewport.grab().toImage().pixelColor(middle).lightness()

    light = lightness()
    driver.action("theme_dark").trigger()
    try:
        assert app.palette().window().color() == QColor(DARK.window)
        assert lightness() < light - 60
        driver.window.player.seek(driver.window.player.last)
        # momentum keeps its colour in the dark
        assert count(driver.viewport.grab(), optimizer_color("momentum", DARK))
    finally:
        driver.action("theme_light").trigger()
    assert app.palette().window().color() == QColor(LIGHT.window)
    assert abs(lightness() - light) < 12


def test_the_colour_bar_names_the_levels(driver):
    surface = driver.wait_for_surface()
    bar = driver.window.landscape.colour_bar
    QApplication.processEvents()
    image = bar.grab().toImage()
    margin = bar.fontMetrics().height()
    top = image.pixelColor(QPointF(3, margin + 8).toPoint()).lightness()
    bottom = image.pixelColor(QPointF(3, bar.height() - margin - 8).toPoint()).lightness()
    assert top > bottom + 20  # low is dark
    assert (np.diff(surface.levels) > 0).all()


def test_the_landscape_does_not_move_when_a_computation_takes_its_time(driver):
    before = driver.viewport.size()
    driver.window.centre.status.show_progress(0.5)
    QApplication.processEvents()
    assert driver.widget("stop_computing").isVisible()
    assert driver.viewport.size() == before
    driver.window.session.say("A sentence that tells what went wrong, as long as such sentences are.")
    QApplication.processEvents()
    assert driver.viewport.size() == before


def test_a_path_that_thrashes_about_is_a_hairline(driver):
    window = driver.window
    layer = window.landscape.plot.paths
    driver.change(
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("amsgrad", {"learning_rate": 0.05})),
        steps=400,
        function="rastrigin",
        start=(3.1, 2.2),
        bounds=None,
        restarts=0,
        tolerance=0,
    )

    def drawn():
        driver.until(lambda: layer.shown.paths is driver.race)
        window.player.to_end()
        window.landscape.grab()
        return [(line.pen.widthF(), line.pen.style() == Qt.PenStyle.CustomDashLine) for line in layer.lines]

    driver.change(learning_rate=0.001)
    assert drawn() == [(2.0, False), (2.0, True)]
    driver.change(learning_rate=0.1)
    assert drawn() == [(1.0, False), (2.0, True)]
