"""The setting map in its dock: drawn, dragged, taken over, stopped, exported."""

import numpy as np
import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDockWidget

import gdsim
from gdsim.desktop.compute import map_requests
from gdsim.desktop.compute.setting_work import FINEST
from gdsim.desktop.look.style import DARK
from gdsim.desktop.plotting.decade_axis import DecadeAxis
from gdsim.desktop.views.setting_map.texts import cell_text
from gdsim.desktop.views.setting_map.theory_lines import best_places, edge_line
from gdsim.simulation.maps import limits
from gdsim.simulation.maps.scales import Scale
from gdsim.storage.files import load

LONG = "sin(x)*exp(cos(y)) + x^2/9 + y^2/9"


@pytest.fixture
def ravine():
    """Momentum on a ravine."""
    return gdsim.Experiment(
        function="x^2/2 + 10*y^2",
        start=(4.0, 1.0),
        restarts=2,
        steps=200,
        learning_rate=0.01,
        momentum=0.5,
        optimizers=(gdsim.Entry("momentum"), gdsim.Entry("adam", {"learning_rate": 0.1})),
    )


@pytest.fixture
def shown(open_window, ravine):
    """The window with the map, finished."""
    return opened(open_window(ravine))


def opened(driver):
    dock = driver.widget("setting_map_dock", QDockWidget)
    assert dock.view is None
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.view, driver.dock = dock.view, dock
    finish(driver)
    return driver


def finish(driver):
    """Until the finest map is there."""
    maps = driver.view.maps
    driver.until(lambda: not maps.busy and maps.done is not None and maps.done.size == FINEST, 30_000)


def choose(driver, name, value):
    """Choose in a box as a person does."""
    box = driver.widget(name, QComboBox)
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def pixel(driver, x, y):
    """Place of values on the plot: both axes as they are drawn."""
    plot = driver.view.page.plot
    return plot.mapFromScene(plot.box.mapViewToScene(QPointF(x, y)))


def test_it_opens_and_shows_the_cells_of_the_engine(shown):
    done = shown.view.maps.done
    assert [axis.name for axis in done.axes] == ["learning_rate", "momentum"]
    assert (done.axes[0].low, done.axes[0].high, done.axes[0].log) == (1e-4, 10, True)
    axes = ("learning_rate", 1e-4, 10), ("momentum", 0, 0.999)
    found = gdsim.setting_map("x^2/2 + 10*y^2", gdsim.Momentum(), *axes, (4, 1), size=FINEST, steps=200)
    np.testing.assert_array_equal(done.map.steps, found.steps)
    np.testing.assert_array_equal(done.map.end, found.end)
    assert done.best == found.best()
    assert shown.text("setting_map_reading").startswith("η = 0.01")
    assert "out of steps" in shown.text("setting_map_key")
    shown.window.appearance.set_theme(DARK)
    shown.view.grab()


def test_the_plot_has_most_of_the_dock_in_a_small_window(open_window, ravine):
    driver = open_window(ravine)
    driver.window.resize(1024, 700)
    opened(driver)
    plot = driver.view.page.plot
    assert plot.height() >= 0.6 * driver.dock.widget().height(), (plot.size(), driver.dock.size())


def test_a_drag_of_the_cross_is_one_change(shown):
    store, plot = shown.window.store, shown.view.page.plot
    places, done = len(store.history), shown.view.maps.done
    here = plot.mapFromScene(plot.box.mapViewToScene(plot.cross.pos()))
    QTest.mouseMove(plot.viewport(), here)
    QTest.mousePress(plot.viewport(), LEFT, NONE, here)
    for way in (0.2, 0.6, 1.0):
        goal = pixel(shown, -2 + way, 0.5 + 0.4 * way)
        QTest.mouseMove(plot.viewport(), goal)
        QApplication.processEvents()
    assert store.drag.is_active
    QTest.mouseRelease(plot.viewport(), LEFT, NONE, goal)
    shown.wait_for_race()
    assert not store.drag.is_active
    assert shown.experiment.learning_rate == pytest.approx(0.1, rel=0.1)
    assert shown.experiment.momentum == pytest.approx(0.9, abs=0.03)
    # what follows the shared values is raced with them
    assert shown.race.rules[0].momentum == shown.experiment.momentum
    assert len(store.history) == places + 1
    assert shown.view.maps.done is done
    store.undo()
    assert (shown.experiment.learning_rate, shown.experiment.momentum) == (0.01, 0.5)
    assert plot.cross.pos().x() == pytest.approx(-2)


def test_arrow_keys_move_the_cross(shown):
    store, plot = shown.window.store, shown.view.page.plot
    places, step = len(store.history), shown.window.player.step
    shown.focus(plot)
    for _ in range(3):
        shown.key(Qt.Key.Key_Right)
    shown.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert shown.experiment.learning_rate == pytest.approx(0.01 * 10 ** (3 * 5 / 127), rel=0.02)
    assert shown.experiment.momentum == pytest.approx(0.5 + 10 * 0.999 / 127, rel=0.01)
    assert len(store.history) == places + 1
    assert shown.window.player.step == step


def test_an_optimizer_with_values_of_its_own_keeps_them_to_itself(shown):
    choose(shown, "map_optimizer", "adam")
    shown.until(lambda: shown.view.maps.done.asked.lane.rule.key == "adam")
    assert [axis.name for axis in shown.view.maps.done.axes] == ["learning_rate", "beta1"]
    finish(shown)
    shown.view.take_best()
    entry = shown.experiment.racing[1]
    row, column = shown.view.map.best()
    assert entry.values == shown.view.map.setting(row, column)
    assert (shown.experiment.learning_rate, shown.experiment.momentum) == (0.01, 0.5)


def test_the_best_cell_is_taken_over(shown):
    store, done = shown.window.store, shown.view.maps.done
    places = len(store.history)
    best = shown.widget("setting_map_best")
    row, column = done.best
    setting = done.map.setting(row, column)
    assert f"η = {setting['learning_rate']:.3g}" in best.text()
    shown.click(best)
    shown.wait_for_race()
    assert shown.experiment.learning_rate == setting["learning_rate"]
    assert len(store.history) == places + 1
    # the race is what the cell said
    assert shown.race.ended[0, 0] == done.map.steps[0, row, column]
    assert "converged" in shown.text("setting_map_reading")


def test_axes_change_and_change_places(shown):
    view = shown.view
    choose(shown, "map_y", "weight_decay")
    shown.until(lambda: view.maps.done.axes[1].name == "weight_decay")
    choose(shown, "map_x", "weight_decay")
    shown.until(lambda: view.maps.done.axes[0].name == "weight_decay")
    assert view.maps.done.axes[1].name == "learning_rate"
    assert view.page.plot.names.texts == ("λ", "η")
    finish(shown)
    shown.type("map_x.high", "0.05")
    shown.until(lambda: view.maps.done.axes[0].high == 0.05)


def test_momentum_by_its_distance_from_1(shown):
    view, plot = shown.view, shown.view.page.plot
    assert not shown.widget("map_y.scale").isVisible()
    shown.click(shown.widget("map_axes"))
    assert shown.widget("map_y.scale").isVisible()
    choose(shown, "map_y.scale", Scale.LOG1M)
    shown.until(lambda: view.maps.done.axes[1].scale is Scale.LOG1M)
    finish(shown)
    plot.resize(400, 600)
    plot.grab()
    axis = plot.getPlotItem().getAxis("left")
    low, high = plot.box.viewRange()[1]
    assert (low, high) == pytest.approx((0, 3))
    ticks = axis.tickValues(low, high, 500)[0][1]
    assert axis.tickStrings(ticks, 1, 1)[:3] == ["0", "0.9", "0.99"]
    # the cross lies at β = 0.5, and a hand moves it to 0.99
    assert plot.cross.pos().y() == pytest.approx(np.log10(2))
    plot.cross.dragged.emit(-2.0, 2.0)
    assert shown.window.store.experiment.momentum == 0.99
    assert "logarithm of 1 − β" in view.page.caption
    # a range up to 1 has no such scale, and is as at first
    choose(shown, "map_y.scale", Scale.LINEAR)
    shown.type("map_y.high", "1")
    choose(shown, "map_y.scale", Scale.LOG1M)
    assert view.page.plot.axes[1].high == 0.999


def test_numbers_near_one():
    axis = DecadeAxis("left")
    axis.set_scale(Scale.LOG1M)
    places = Scale.LOG1M.places(np.array([0, 0.5, 0.8, 0.95, 0.999, 0.99999, 1 - 1e-7]))
    assert axis.tickStrings(list(places), 1, 1) == ["0", "0.5", "0.8", "0.95", "0.999", "0.99999", "1 − 10⁻⁷"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("map_x.low", "0", "logarithmic"),
        ("map_x.low", "20", "is no range"),
        ("map_y.high", "1.5", "from 0 to 1"),
        ("map_x.high", "much", "must be a number"),
    ],
)
def test_a_bad_range_is_named_and_the_map_stays(shown, field, typed, words):
    done = shown.view.maps.done
    line = shown.type(field, typed)
    row = shown.view.head.rows["xy".index(field[4])]
    number = row.low if field.endswith("low") else row.high
    shown.until(lambda: words in number.error.text())
    assert shown.view.maps.done is done
    assert not shown.view.maps.busy
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not number.error.text()
    shown.type("map_x.high", "1")
    shown.until(lambda: shown.view.maps.done.axes[0].high == 1)


def test_it_is_coloured_by_what_is_chosen(shown):
    view = shown.view
    for measure, words in (("loss", "Final loss"), ("rate", "Rate of convergence")):
        choose(shown, "map_measure", measure)
        shown.until(lambda measure=measure: view.maps.done.asked.measure == measure)
        finish(shown)
        assert shown.text("setting_map_key").startswith(words)
        view.grab()
    assert "rate" in shown.text("setting_map_reading")
    shown.click("map_median")
    shown.until(lambda: view.maps.done.map.steps.shape[0] == 3)
    assert "median of 3 runs" in shown.text("setting_map_reading")


def test_theory_lies_where_the_formulas_say(shown):
    done = shown.view.maps.done
    momenta = done.map.y_values
    x, y = edge_line(done)
    np.testing.assert_allclose(10**x, 2 * (1 + momenta) / 20, rtol=1e-12)
    np.testing.assert_array_equal(y, momenta)
    roots = np.sqrt([1, 20])
    (at,), (up,) = best_places(done)
    assert 10**at == pytest.approx((2 / roots.sum()) ** 2)
    assert up == pytest.approx(((roots[1] - roots[0]) / roots.sum()) ** 2)
    assert shown.text("setting_map_theory").startswith("Theory: line, edge of stability")
    drawn = shown.view.page.plot.edge.getData()
    np.testing.assert_array_equal(drawn[0], x)
    choose(shown, "map_x", "momentum")
    shown.until(lambda: shown.view.maps.done.axes[0].name == "momentum")
    across, up = edge_line(shown.view.maps.done)
    np.testing.assert_allclose(10**up, 2 * (1 + across) / 20, rtol=1e-12)


def test_theory_elsewhere_is_called_local(shown):
    shown.change(function="rosenbrock", start=(-1.0, 1.0), steps=500)
    shown.type("map_x.low", "1e-5")
    shown.type("map_x.high", "0.01")
    shown.until(lambda: shown.view.maps.done.asked.x.high == 0.01)
    finish(shown)
    assert shown.text("setting_map_theory").startswith("Local theory (at the minimum (x, y) = (1, 1))")


def test_it_follows_the_start_and_the_steps(shown):
    view = shown.view
    shown.change(start=(1.0, 1.0))
    shown.until(lambda: view.maps.done.asked.starts[0, 0] == 1)
    shown.change(steps=100)
    shown.until(lambda: view.maps.done.asked.steps == 100)
    shown.change(optimizers=())
    assert "No optimizer takes part" in shown.text("setting_map_error")
    shown.window.store.undo()
    finish(shown)


def test_nothing_is_drawn_while_it_is_hidden(shown):
    done = shown.view.maps.done
    shown.dock.hide()
    shown.change(start=(1.0, 1.0))
    assert not shown.view.maps.busy
    shown.dock.show()
    shown.until(lambda: shown.view.maps.done is not done)
    assert shown.view.maps.done.asked.starts[0, 0] == 1


def test_a_long_map_is_stopped_and_keeps_what_is_done(open_window, ravine, monkeypatch):
    driver = opened(open_window(ravine))
    maps, stop = driver.view.maps, driver.widget("setting_map_stop")
    assert not stop.isVisible()
    monkeypatch.setattr(map_requests, "_TURN", 0.01)
    driver.change(function=LONG, steps=2000, tolerance=0)
    driver.until(lambda: maps.done.asked.steps == 2000 and maps.parts and stop.isVisible(), 30_000)
    assert "left" in stop.text()
    driver.click(stop)
    assert maps.stopped
    assert not maps.busy
    parts, done = maps.parts, maps.done
    assert parts
    assert stop.text() == "Go on"
    driver.view.grab()
    # what is read off is the finest there is
    low = driver.view.page.plot.axes[0].low
    assert driver.view.page.cell_at(np.log10(low), 0)[0] is parts[0]
    assert driver.view.page.cell_at(np.log10(low), 0.999)[0] is done.map
    monkeypatch.undo()
    driver.change(steps=50)
    finish(driver)
    assert not stop.isVisible()


def test_the_windows_stop_ends_a_long_map(open_window, ravine, monkeypatch):
    driver = opened(open_window(ravine))
    maps, window = driver.view.maps, driver.window
    monkeypatch.setattr(map_requests, "_TURN", 0.01)
    driver.change(function=LONG, steps=2000, tolerance=0)
    driver.until(lambda: maps.parts and driver.view.foot.is_long and not window.session.staleness.busy, 30_000)
    driver.until(lambda: driver.widget("stop_computing").isVisible())
    window.actions_table.by_name["stop"].trigger()
    assert maps.stopped
    assert not maps.busy
    assert window.session.long_works.longest is None
    driver.until(lambda: not driver.widget("stop_computing").isVisible())


def test_it_goes_on_where_it_was_stopped(open_window, ravine):
    driver = opened(open_window(ravine))
    driver.change(steps=201)
    driver.view.maps.want(driver.view.maps.done.asked)
    driver.view.maps.stop()
    driver.view.maps.go_on()
    finish(driver)


def test_the_cell_under_the_mouse_is_told(shown):
    plot, found = shown.view.page.plot, shown.view.map
    shown.hover(plot.viewport(), pixel(shown, np.log10(found.x_values[100]), found.y_values[30]))
    told = shown.text("setting_map_reading")
    assert told == cell_text(found, 30, 100)
    assert told.startswith(f"η = {found.x_values[100]:.4g}, β = {found.y_values[30]:.4g}: ")
    assert "f = " in told or "diverged" in told
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert shown.text("setting_map_reading").startswith("η = 0.01")


def test_too_much_work_is_said_and_the_map_stays(shown, monkeypatch):
    done = shown.view.maps.done
    monkeypatch.setattr(limits, "MOST_WORK", 10**6)
    shown.change(steps=201)
    assert "at most" in shown.text("setting_map_error")
    assert shown.view.page.done is done
    assert not shown.view.maps.busy
    monkeypatch.undo()
    shown.change(steps=202)
    assert not shown.text("setting_map_error")
    finish(shown)


def test_a_menu_offers_the_best_cell_and_the_exports(shown):
    shown.view.page.plot.menu_wanted.emit(shown.view.mapToGlobal(shown.view.rect().center()))
    menu = QApplication.activePopupWidget()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[0].startswith("Take over the best")
    assert [text.replace("&", "") for text in texts[1:]] == ["Export picture…", "Export setting map…"]
    menu.close()


def test_it_goes_out_as_picture_and_arrays(shown, tmp_path):
    choose(shown, "map_measure", "rate")
    shown.until(lambda: shown.view.maps.done.asked.measure == "rate")
    finish(shown)
    exports = shown.window.export_menu
    exports.write_setting_map(tmp_path / "map.npz")
    found = shown.view.map
    with np.load(tmp_path / "map.npz") as arrays:
        np.testing.assert_array_equal(arrays["x"], found.x_values)
        np.testing.assert_array_equal(arrays["steps"], found.steps)
        np.testing.assert_array_equal(arrays["rate"], found.rate)
        assert (arrays["kind_names"][arrays["kinds"][0]] == found.outcome).all()
        assert (str(arrays["y_name"]), str(arrays["x_scale"])) == ("momentum", "log")
        assert load(bytes(str(arrays["experiment"]), "utf-8")).experiment == shown.window.store.experiment
    words = exports.words("setting_map")
    assert words.caption.startswith("Rate of convergence. Theory")
    for name in ("map.png", "map.svg"):
        exports.write_picture(tmp_path / name, "setting_map", QSize(800, 600))
        assert (tmp_path / name).stat().st_size > 1000


def test_the_picture_of_one_that_was_never_opened_has_a_map(open_window, ravine, tmp_path):
    driver = open_window(ravine)
    driver.window.export_menu.write_picture(tmp_path / "map.png", "setting_map", QSize(800, 600))
    view = driver.widget("setting_map_dock", QDockWidget).view
    assert view.map.shape == (FINEST, FINEST)
    assert view.page.caption.startswith("Steps to convergence. Theory")


def test_export_says_what_is_missing(open_window, ravine):
    driver = open_window(ravine)
    driver.action("export_setting_map").trigger()
    assert "no setting map yet" in driver.message


def test_a_map_of_an_optimizer_that_is_gone_sets_nothing(shown):
    shown.dock.hide()
    shown.change(optimizers=(gdsim.Entry("adam"),))
    left = shown.experiment
    shown.view.take_best()
    assert shown.experiment == left
