"""A drag ends when the hand lets go, whatever has happened to what was dragged."""

import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QSlider

import gdsim
from gdsim.simulation.sampling.landscape import RESOLUTION


@pytest.fixture
def driver(open_window, small):
    driver = open_window(small)
    driver.window.player.pause()
    return driver


def is_free(driver):
    """Tell whether nothing is held: changes are changes of their own."""
    window = driver.window
    states = (
        window.store.is_in_gesture,
        window.store.drag.is_active,
        window.session.scene.marks.held,
        window.session.overlays.marks.held,
    )
    return not any(states) and not window.player.whole and not window.store.drag.coarse


def changes_are_told_apart(driver):
    before = driver.window.store.place
    for steps in (31, 32, 33):
        driver.window.store.change(steps=steps)
    return driver.window.store.place == before + 3


def test_a_dialog_comes_between(driver):
    window = driver.window
    driver.change(function="linear", start=None, bounds=None, learning_rate=0.05)
    view = next(dock for dock in window.lazy_docks if dock.name == "data_view").view
    plot = view.plot
    at = plot.mapFromScene(plot.box.mapViewToScene(QPointF(*plot.places[3])))
    QTest.mousePress(plot.viewport(), LEFT, NONE, at)
    QTest.mouseMove(plot.viewport(), at + QPoint(0, 10))
    assert window.store.drag.coarse
    dialog = QDialog(window)
    dialog.open()
    driver.until(lambda: is_free(driver))
    dialog.close()
    assert changes_are_told_apart(driver)
    driver.change(function="himmelblau", data=None, options={}, start=None, bounds=None)
    driver.until(lambda: len(window.landscape.plot.surface_layer.surface.x) == RESOLUTION)
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, at)
    assert is_free(driver)


def test_what_is_dragged_is_gone(driver):
    window, store = driver.window, driver.window.store
    driver.change(optimizers=(gdsim.Entry("gd"),))
    driver.change(optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")))
    driver.action("side_by_side").setChecked(True)
    driver.until(lambda: "adam" in window.side_by_side.panels)
    # the start in the panel of an optimizer that undo takes away
    store.drag.begin(window.side_by_side.panels["adam"].plot.viewport(), of_start=True)
    assert not is_free(driver)
    store.undo()
    driver.until(lambda: "adam" not in window.side_by_side.panels)
    driver.until(lambda: is_free(driver))
    QTest.mouseRelease(window.centre, LEFT, NONE, QPoint(5, 5))
    assert is_free(driver)
    assert changes_are_told_apart(driver)


def test_another_schedule_under_the_hand(driver):
    store = driver.window.store
    store.set_schedule(gdsim.StepDecay())
    slider = driver.widget("schedule.every.slider", QSlider)
    slider.setSliderDown(True)
    slider.setValue(slider.value() + 3)
    driver.window.store.undo()
    store.set_schedule(gdsim.Cosine())
    slider.setValue(slider.value() + 3)
    assert isinstance(driver.experiment.schedule, gdsim.Cosine)
    QApplication.sendPostedEvents()
    QTest.mouseRelease(driver.window, LEFT, NONE, QPoint(5, 5))
    driver.until(lambda: is_free(driver))


def test_other_buttons_are_none_of_its_business(driver):
    window = driver.window
    window.store.drag.begin(window.centre)
    QTest.mouseClick(window.centre, Qt.MouseButton.RightButton, NONE, QPoint(5, 5))
    QApplication.processEvents()
    assert not is_free(driver)
    window.store.drag.end()
    assert is_free(driver)


def test_a_map_without_height(driver):
    driver.change(function="double_well", start=None, bounds=None)
    handle = driver.window.landscape.plot.handle
    handle.pixelSize = lambda: (None, None)
    before = driver.experiment.start or driver.experiment.objective.start
    handle.nudge(5, 0)
    handle._report(None)
    assert len(before) == 1
    assert driver.message == ""
