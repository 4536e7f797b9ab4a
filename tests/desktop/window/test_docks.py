"""Views that are hidden at first: made when first seen, told only while seen, and part of the layout."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QVBoxLayout

from gdsim.desktop.look.style import DARK
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.views.base import LazyView
from gdsim.desktop.views.table import ViewSpec
from gdsim.desktop.window import docks
from gdsim.desktop.window.dock_places import DockPlaces

#: The docks that are there from the start.
FIRST = ("parameters", "loss", "runs")


class Listening(LazyView):
    """Writes down what it is shown."""

    def __init__(self, desk, theme):
        super().__init__(theme)
        self.desk, self.heard = desk, []
        QVBoxLayout(self).addWidget(QLabel("a view"))

    def _show_changes(self, scene, before):
        self.heard += [part for part in ("race", "step") if scene.changed(before, part)]

    def stop(self):
        self.heard.append("stop")


@pytest.fixture
def made(monkeypatch):
    """Names of the views made so far, of a table of three."""
    made = []

    def maker(name):
        return lambda desk, theme: (made.append(name), Listening(desk, theme))[1]

    right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
    table = tuple(
        ViewSpec(name, name.title(), f"What {name} shows.", area, maker(name))
        for name, area in (("one", right), ("two", right), ("three", bottom))
    )
    monkeypatch.setattr(docks, "lazy_views", lambda: table)
    return made


def dock(driver, name):
    return driver.widget(f"{name}_dock", QDockWidget)


def test_made_when_seen_and_told_only_while_seen(open_window, small, made):
    driver = open_window(small)
    window = driver.window
    window.player.seek(0)
    one, two = dock(driver, "one"), dock(driver, "two")
    assert made == []
    assert one.view is None
    action = one.toggleViewAction()
    assert action in driver.action("reset_layout").associatedObjects()[0].actions()
    action.trigger()
    QApplication.processEvents()
    assert made == ["one"]
    view = one.view
    assert view.isVisible()
    assert (view.race, view.scene.step, view.scene.hidden) == (driver.race, 0, frozenset())
    window.player.seek(5)
    driver.change(steps=70)
    assert (view.race, view.scene.step) == (driver.race, 5)
    # the one behind is not seen
    two.toggleViewAction().trigger()
    QApplication.processEvents()
    assert made == ["one", "two"]
    view.heard.clear()
    window.player.seek(9)
    driver.change(steps=80)
    window.appearance.set_theme(DARK)
    assert view.heard == []
    assert two.view.scene.step == 9
    one.raise_()
    QApplication.processEvents()
    assert (view.race, view.scene.step, view.theme.dark) == (driver.race, 9, True)
    one.toggleViewAction().trigger()
    assert view.heard[-1] == "stop"
    assert window.view_named("three") is dock(driver, "three").view


def test_the_layout_holds_docks_that_are_not_made_yet(homes, open_window, small, made, asked):
    first = open_window(small, settings=Settings())
    dock(first, "three").toggleViewAction().trigger()
    QApplication.processEvents()
    first.window.close()
    assert made == ["three"]
    second = open_window(small, settings=Settings())
    QApplication.processEvents()
    assert made == ["three", "three"]
    assert dock(second, "three").isVisible()
    assert not dock(second, "one").isVisible()
    second.action("reset_layout").trigger()
    QApplication.processEvents()
    assert not dock(second, "three").isVisible()
    dock(second, "one").toggleViewAction().trigger()
    QApplication.processEvents()
    assert dock(second, "one").view.race is second.race


def test_a_layout_of_before_there_were_these_docks(homes, open_window, small, asked, monkeypatch, made):
    with monkeypatch.context() as without:
        without.setattr(docks, "lazy_views", tuple)
        open_window(small, settings=Settings()).window.close()
    driver = open_window(small, settings=Settings())
    QApplication.processEvents()
    assert made == []
    dock(driver, "one").toggleViewAction().trigger()
    QApplication.processEvents()
    assert dock(driver, "one").view.isVisible()


def test_late_views_do_not_press_each_other_out_of_the_window(open_window, small):
    driver = open_window(small)
    window, right = driver.window, Qt.DockWidgetArea.RightDockWidgetArea
    names = [late.name for late in docks.lazy_views() if late.area == right]
    for name in names:  # each has the room for itself when it is first seen
        for _ in ("shown", "hidden"):
            dock(driver, name).toggleViewAction().trigger()
            QApplication.processEvents()
    for name in names:
        dock(driver, name).toggleViewAction().trigger()
        QApplication.processEvents()
    assert len(window.tabifiedDockWidgets(dock(driver, names[0]))) == len(names) - 1
    assert window.height() == 900
    # a low window shows one thing at a time beside the landscape
    low = open_window(small, size=(1024, 700))
    dock(low, "gradient_view").toggleViewAction().trigger()
    assert low.widget("loss_dock") in low.window.tabifiedDockWidgets(dock(low, "gradient_view"))


def test_with_larger_text_the_window_keeps_its_size(open_window, small):
    """A network with batches has most to tell; every view is opened where the text is largest."""
    driver = open_window(replace(small, function="network", batch=16), size=(1024, 700))
    window, data = driver.window, driver.widget("data_view_dock", QDockWidget)
    assert data.isVisible()

    def settle():
        for _ in range(4):  # layouts settle in some rounds
            QApplication.processEvents()
        assert window.size().toTuple() == (1024, 700)
        least = window.minimumSizeHint()
        assert least.width() <= 1024
        assert least.height() <= 700

    window.appearance.set_scale(2.0)
    settle()
    # it goes behind the parameters, which stay in sight and as wide as they need
    assert data in window.tabifiedDockWidgets(window.docks[0])
    form = window.parameters.widget()
    assert form.minimumSizeHint().width() <= window.parameters.viewport().width()
    window.appearance.set_scale(2.5)
    settle()
    for late in window.lazy_docks:
        if not late.toggleViewAction().isChecked():
            late.toggleViewAction().trigger()
        settle()
    # what has no room scrolls
    view = window.lazy_docks[-1].view
    assert view.height() >= view.minimumSizeHint().height()
    assert view.width() >= view.minimumSizeHint().width()
    # a model that is chosen anew does not cover the form that it is chosen in
    driver.change(function="bowl", batch=0, start=None)
    assert data.isHidden()
    window.docks[0].raise_()
    driver.change(function="network", start=None)
    settle()
    assert not window.docks[0].visibleRegion().isEmpty()
    for late in window.lazy_docks[1:]:
        late.hide()
    window.appearance.normal_size()
    settle()
    assert window.dockWidgetArea(data) == Qt.DockWidgetArea.RightDockWidgetArea


def test_examples_lie_above_the_loss_wherever_the_model_comes_from(open_window, small):
    model = replace(small, function="logistic")
    chosen = open_window(small)
    chosen.change(function="logistic", start=None)
    opened = open_window(small, before=lambda window: window.store.start_over(model))
    for driver in (chosen, opened):
        QApplication.processEvents()
        data, loss = (driver.widget(f"{name}_dock", QDockWidget) for name in ("data_view", "loss"))
        assert data.isVisible()
        assert data.x() == loss.x()
        assert data.y() < loss.y()


def test_a_layout_of_a_larger_window_leaves_the_landscape_its_room(homes, open_window, small):
    driver = open_window(small, settings=Settings(), size=(1024, 700))
    window, loss = driver.window, driver.window.findChild(QDockWidget, "loss_dock")
    places, usual = DockPlaces(window, [window.findChild(QDockWidget, f"{n}_dock") for n in FIRST]), loss.width()
    window.resizeDocks([loss], [400], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = loss.width()
    assert wide > usual
    for before, width in ((None, wide), (QSize(1100, 720), wide), (QSize(1440, 900), usual)):
        places.take_restored(1.0, before)
        QApplication.processEvents()
        assert loss.width() == width
    window.close()
    assert Settings().layout_size == QSize(1024, 700)


def sizes(driver):
    """The landscape and the docks that are there from the start, as large as they are now."""
    QApplication.processEvents()
    docks = [driver.window.findChild(QDockWidget, f"{name}_dock") for name in FIRST]
    return [part.size().toTuple() for part in (driver.window.landscape.plot, *docks)]


def resized(driver, *size):
    driver.window.resize(*size)
    for _ in range(3):
        QApplication.processEvents()
    assert driver.window.size().toTuple() == size


def test_a_window_that_runs_becomes_smaller_and_larger(open_window, small):
    driver = open_window(small)
    large = sizes(driver)
    resized(driver, 1024, 700)
    assert sizes(driver) == sizes(open_window(small, size=(1024, 700)))
    resized(driver, 1440, 900)
    assert sizes(driver) == large


def test_widths_of_ones_own_stay_in_a_window_of_the_same_kind(open_window, small):
    driver = open_window(small)
    loss = driver.window.findChild(QDockWidget, "loss_dock")
    driver.window.resizeDocks([loss], [520], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    wide = loss.width()
    resized(driver, 1400, 880)
    assert loss.width() == wide > 500
    resized(driver, 1280, 880)
    assert loss.width() < 300


def test_a_broad_view_stays_broad_in_a_smaller_window(open_window, small):
    driver = open_window(replace(small, function="network", batch=16))
    dock = driver.window.findChild(QDockWidget, "forward_back_dock")
    dock.toggleViewAction().trigger()
    QApplication.processEvents()
    resized(driver, 1200, 880)
    assert dock.width() >= 0.3 * 1200
