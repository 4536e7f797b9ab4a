"""Tests of the landscapes side by side, one an optimizer."""

import dataclasses

import numpy as np
import pytest
from driving import LEFT, NONE, count, pixels
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

import gdsim
from gdsim.desktop.look.style import LIGHT, optimizer_color


@pytest.fixture
def several(open_window, small):
    """Four optimizers side by side, standing still."""
    return beside(open_window, small, ("gd", "momentum", "adam", "rmsprop"))


def beside(open_window, small, keys, **changes):
    entries = tuple(gdsim.Entry(key) for key in gdsim.OPTIMIZERS if key in keys)
    driver = open_window(dataclasses.replace(small, optimizers=entries, **changes))
    driver.window.player.seek(30)
    driver.action("side_by_side").trigger()
    driver.until(lambda: panels(driver) and all(p.isVisible() and p.plot.surface_layer.surface for p in panels(driver)))
    settle(driver)
    driver.window.activateWindow()
    driver.until(driver.window.isActiveWindow)
    return driver


def settle(driver):
    """Until the surface that is shown is that of what is in view."""
    view = driver.window.side_by_side.view
    driver.until(lambda: driver.results.surfaces and edges(driver.results.surfaces[-1]) == view())


def edges(surface):
    return surface.x[0], surface.x[-1], surface.y[0], surface.y[-1]


def panels(driver):
    return list(driver.window.side_by_side.panels.values())


def handle(panel):
    return panel.plot.mapFromScene(panel.plot.box.mapViewToScene(QPointF(panel.plot.handle.pos())))


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 12])
def test_a_panel_an_optimizer(open_window, small, number):
    keys = list(gdsim.OPTIMIZERS)[:number]
    driver = beside(open_window, small, keys, learning_rate=0.3)
    driver.window.player.to_end()
    assert [panel.key for panel in panels(driver)] == keys
    rects = [panel.geometry() for panel in panels(driver)]
    assert not any(one.intersects(other) for i, one in enumerate(rects) for other in rects[:i])
    sizes = np.array([rect.size().toTuple() for rect in rects])
    assert np.ptp(sizes, axis=0).max() <= 2
    assert driver.window.side_by_side.rect().contains(rects[-1])
    colors, found = [optimizer_color(key, LIGHT) for key in keys[:7]], 0
    for panel in panels(driver):
        # its own path, and nobody else's
        picture = panel.plot.viewport().grab()
        drawn = {color.name() for color in colors if count(picture, color) > 3}
        assert drawn <= {optimizer_color(panel.key, LIGHT).name()}
        found += len(drawn)
    # one that hardly moves is hidden under the start
    assert found >= number - 1


def test_zoom_is_linked(several):
    one, *others = panels(several)
    before = one.plot.view()
    several.wheel_over(one.plot.viewport(), 3)
    several.until(lambda: one.plot.view() != before)
    for other in others:
        assert other.plot.view() == pytest.approx(one.plot.view(), rel=0.02, abs=0.1)
    settle(several)
    shown = {id(panel.plot.surface_layer.surface) for panel in panels(several)}
    assert len(shown) == 1
    several.action("reset_view").trigger()
    for panel in panels(several):
        assert panel.plot.view() == pytest.approx(before, rel=0.02, abs=0.1)


def test_start_is_linked_and_a_drag_is_one_entry(several):
    panel = panels(several)[2]
    at = handle(panel)
    viewport = panel.plot.viewport()
    QTest.mouseMove(viewport, at)
    QTest.mousePress(viewport, LEFT, NONE, at)
    for i in range(1, 6):
        QTest.mouseMove(viewport, at + QPoint(5 * i, 3 * i))
        QApplication.processEvents()
    assert several.window.player.shown_step == several.window.player.last
    QTest.mouseRelease(viewport, LEFT, NONE, at + QPoint(25, 15))
    start = several.experiment.start
    assert start is not None
    assert len(several.window.store.history) == 2
    for other in panels(several):
        assert (other.plot.handle.pos().x(), other.plot.handle.pos().y()) == pytest.approx(start, abs=1e-3)
    several.until(lambda: tuple(several.race.positions[0, 0, :, 0]) == start)
    assert several.window.player.shown_step == 30
    several.action("undo").trigger()
    x, y = several.first.objective.start
    for other in panels(several):
        assert (other.plot.handle.pos().x(), other.plot.handle.pos().y()) == (x, y)


def test_step_is_linked(several):
    before = [pixels(panel.plot.viewport().grab().toImage()) for panel in panels(several)]
    several.key(Qt.Key.Key_Home)
    assert several.window.player.step == 0
    after = [pixels(panel.plot.viewport().grab().toImage()) for panel in panels(several)]
    for one, other in zip(before, after, strict=True):
        assert (one != other).any()
    assert {panel.plot.heads.shown.step for panel in panels(several)} == {0}


def test_colour_scale_is_linked(several):
    surfaces = [panel.plot.surface_layer.surface for panel in panels(several)]
    assert len({id(surface) for surface in surfaces}) == 1


def test_hidden_optimizers_leave_and_come_back(several):
    several.click("legend.momentum")
    assert [panel.key for panel in panels(several)] == ["gd", "rmsprop", "adam"]
    several.click("legend.momentum")
    assert [panel.key for panel in panels(several)] == ["gd", "momentum", "rmsprop", "adam"]
    for key in ("gd", "momentum", "rmsprop", "adam"):
        several.click(f"legend.{key}")
    assert panels(several) == []
    view = several.window.side_by_side
    assert view.nothing.isVisible()
    several.click("legend.adam")
    assert [panel.key for panel in panels(several)] == ["adam"]
    assert not view.nothing.isVisible()
    several.until(lambda: panels(several)[0].width() > 0.9 * view.width() - 20)


def test_one_click_makes_one_big_and_one_brings_all_back(several):
    window = several.window
    several.click("panel.adam")
    assert window.landscape.isVisible()
    assert not window.side_by_side.isVisible()
    picture = several.viewport.grab()
    assert count(picture, optimizer_color("adam", LIGHT)) > 4
    assert count(picture, optimizer_color("rmsprop", LIGHT)) == 0
    assert not several.action("side_by_side").isChecked()
    back = several.widget("all_optimizers")
    assert back.isVisible()
    several.click(back)
    picture = several.viewport.grab()
    assert count(picture, optimizer_color("adam", LIGHT)) > 0
    assert count(picture, optimizer_color("rmsprop", LIGHT)) > 0
    assert not back.isVisible()


def test_back_from_the_panels_to_the_overlay(several):
    several.click("all_optimizers")
    assert several.window.landscape.isVisible()
    assert not several.action("side_by_side").isChecked()
    several.action("side_by_side").trigger()
    assert several.window.side_by_side.isVisible()
    several.action("side_by_side").trigger()
    assert several.window.landscape.isVisible()
    several.wait_for_surface()


def test_the_status_strip_and_the_start_follow_the_view(several):
    several.type("start_x", "1.5")
    several.wait_for_race()
    several.window.session.say("A sentence.")
    several.until(several.widget("message").isVisible)
    several.click("panel.gd")
    several.until(several.widget("message").isVisible)
    assert several.window.landscape.plot.handle.pos().x() == 1.5
    np.testing.assert_array_equal(several.window.landscape.plot.paths.shown.paths.positions, several.race.positions)


def test_another_function_while_side_by_side(several):
    several.change(function="rosenbrock", start=None)
    several.window.player.pause()
    settle(several)
    (left, right), (bottom, top) = several.experiment.objective.bounds
    for panel in panels(several):
        view = panel.plot.view()
        assert view[0] <= left
        assert view[1] >= right
        assert view[2] <= bottom
        assert view[3] >= top
        assert panel.plot.surface_layer.surface is several.results.surfaces[-1]
        assert panel.plot.paths.shown.paths is several.race
    # the overlay knows of it, too
    several.click("all_optimizers")
    surface = several.wait_for_surface()
    assert several.window.landscape.plot.surface_layer.surface is surface


def test_optimizers_join_and_leave_while_side_by_side(several):
    several.click("nadam")
    several.wait_for_race()
    assert [panel.key for panel in panels(several)] == ["gd", "momentum", "rmsprop", "adam", "nadam"]
    panel = panels(several)[-1]
    assert panel.plot.surface_layer.surface is panels(several)[0].plot.surface_layer.surface
    assert panel.plot.view() == pytest.approx(panels(several)[0].plot.view(), rel=0.05, abs=0.2)
    # a click on its landscape leaves the keys with the player, as everywhere
    assert panel.plot.focusPolicy() == panels(several)[0].plot.focusPolicy() == Qt.FocusPolicy.TabFocus
    several.click("gd")
    several.wait_for_race()
    assert [panel.key for panel in panels(several)] == ["momentum", "rmsprop", "adam", "nadam"]
    for key in ("momentum", "rmsprop", "adam", "nadam"):
        several.click(several.widget(key, QCheckBox))
    several.wait_for_race()
    assert panels(several) == []


def test_a_zoom_outlives_a_newcomer(several):
    one = panels(several)[0]
    several.wheel_over(one.plot.viewport(), 4)
    settle(several)
    zoomed = one.plot.view()
    several.click("nadam")
    several.wait_for_race()
    QApplication.processEvents()
    width = one.plot.view()[1] - one.plot.view()[0]
    assert width < 1.3 * (zoomed[1] - zoomed[0])
    newcomer = panels(several)[-1]
    assert newcomer.plot.view() == pytest.approx(one.plot.view(), rel=0.05, abs=0.1)


def test_coming_and_going_does_not_change_the_zoom(several):
    before = panels(several)[0].plot.view()
    for _ in range(3):
        several.click("nadam")
        several.wait_for_race()
        QApplication.processEvents()
        several.click("nadam")
        several.wait_for_race()
        QApplication.processEvents()
    assert panels(several)[0].plot.view() == pytest.approx(before, rel=0.02)


def test_arrow_keys_move_the_start_in_a_panel(several):
    panel = panels(several)[1]
    several.focus(panel.plot)
    x, y = several.experiment.objective.start
    several.key(Qt.Key.Key_Right)
    assert several.experiment.start[0] > x
    assert several.experiment.start[1] == pytest.approx(y, abs=0.02)
    assert several.window.player.step == 30


def test_panels_take_theme_and_aspect(several):
    several.action("equal_aspect").trigger()
    for panel in panels(several):
        (left, right), (bottom, top) = several.experiment.objective.bounds
        view = panel.plot.view()
        assert view[1] - view[0] < 1.1 * (right - left)
        assert view[3] - view[2] < 1.1 * (top - bottom)
    several.action("theme_dark").trigger()
    try:
        for panel in panels(several):
            dark = pixels(panel.plot.viewport().grab().toImage()).mean()
            assert dark < 110
    finally:
        several.action("theme_light").trigger()


def test_going_to_and_fro_keeps_one_guard_a_widget(several):
    centre = several.window.centre
    before = len(centre.findChildren(object))
    for _ in range(6):
        several.action("side_by_side").trigger()
    QApplication.processEvents()
    assert len(centre.findChildren(object)) <= before + 4


def test_before_the_first_race(open_window, small):
    driver = open_window(small, wait=False)
    driver.action("side_by_side").trigger()
    driver.wait_for_race()
    assert [panel.key for panel in panels(driver)] == ["gd", "momentum"]
    driver.until(lambda: all(panel.plot.surface_layer.surface for panel in panels(driver)))
