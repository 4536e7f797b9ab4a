"""The dock with the sweep over η and the range test under it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from driving import LEFT
from PySide6.QtCore import QPointF, QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDockWidget, QLabel, QLineEdit, QProgressBar, QPushButton, QToolButton

import gdsim
from gdsim.desktop.look.style import DARK


@pytest.fixture
def race(small):
    return replace(small, restarts=3, steps=100, tolerance=1e-6)


def opened(driver):
    dock = driver.widget("sweep_dock", QDockWidget)
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.view = dock.view
    return driver


def wait_for_sweep(driver):
    driver.until(lambda: driver.view.runs.found and driver.view.runs.is_whole and not driver.view._timer.isActive())


@pytest.fixture
def shown(open_window, race):
    driver = opened(open_window(race))
    wait_for_sweep(driver)
    return driver


def typed(driver, name, text):
    line = driver.widget(name, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    line.editingFinished.emit()


def test_curves_bands_and_widths_are_those_of_the_sweep(shown, race):
    view = shown.view
    wanted = gdsim.sweep("bowl", ["gd", "momentum"], race.start, restarts=3, steps=100, tolerance=1e-6, seed=race.seed)
    assert set(view.sweep.curves) == set(view.sweep.bands) == {"gd", "momentum"}
    x, y = view.sweep.curves["gd"]
    np.testing.assert_allclose(x, np.log10(wanted.rates))
    finite = np.isfinite(wanted.loss_quantiles()[1, 0])
    low, high = view.sweep.box.viewRange()[1]
    inside = finite & (y > low) & (y < high)
    assert inside.sum() > 20
    np.testing.assert_allclose(10 ** y[inside], np.maximum(wanted.loss_quantiles()[1, 0][inside], 1e-16), rtol=1e-6)
    widths = dict(zip(("gd", "momentum"), wanted.widths, strict=True))
    assert list(view.table.lines) == sorted(widths, key=widths.get, reverse=True)
    for key, line in view.table.lines.items():
        assert line.bar.number == f"{widths[key]:.2f}"
        assert line.bar.accessibleName()
    # what leaves the picture is lost
    assert (y[~finite] > high).all()


def test_the_range_test_lies_on_the_same_axis_and_is_told(shown):
    view = shown.view
    assert view.range.box.viewRange()[0] == pytest.approx(view.sweep.box.viewRange()[0])
    assert view.labels["advice"].text().startswith("Gradient descent: the range test advises ")
    assert view.labels["advice"].text().endswith(("Both work.", "works.", "work."))
    shown.window.session.selection.choose("momentum", 0)
    assert view.labels["advice"].text().startswith("Momentum")


def test_the_best_rate_is_taken_over_in_one_step(shown):
    view, store = shown.view, shown.window.store
    before, place = store.experiment, store.place
    best = view.runs.found["momentum"].sweep.best_rate(0)
    QTest.mouseClick(shown.widget("sweep.use.momentum", QToolButton), LEFT)
    rule = dict(zip([entry.id for entry in store.experiment.racing], store.experiment.rules, strict=True))["momentum"]
    assert rule.learning_rate == pytest.approx(best, rel=1e-2)
    assert store.place == place + 1
    marks = {point.pos().x() for point in view.sweep.marks["in_use"].points()}
    assert any(mark == pytest.approx(math.log10(rule.learning_rate)) for mark in marks)
    # η is no reason to work anything out again
    assert view.runs.is_whole
    shown.action("undo").trigger()
    assert store.experiment == before


def test_a_click_on_a_curve_takes_its_best_rate(shown):
    view, place = shown.view, shown.window.store.place
    x, y = view.sweep.curves["gd"]
    low, high = view.sweep.box.viewRange()[1]
    apart = np.abs(y - view.sweep.curves["momentum"][1])
    k = int(np.argmax(np.where((y > low) & (y < high), apart, -1)))
    assert view.sweep.curve_near(view.sweep.box.mapViewToScene(QPointF(x[k], y[k]))) == "gd"
    view.sweep.chosen.emit("gd")
    assert shown.window.store.place == place + 1
    corner = view.sweep.box.sceneBoundingRect().bottomLeft()
    assert view.sweep.curve_near(corner + QPointF(2, -2)) in ("", "gd", "momentum")


def test_nothing_is_worked_out_while_it_is_not_seen(open_window, race, monkeypatch):
    asked = []
    driver = open_window(race)
    requests = driver.window.session.requests
    send = requests.send
    monkeypatch.setattr(
        requests, "send", lambda channel, *rest, **more: (asked.append(channel), send(channel, *rest, **more))
    )
    driver.change(steps=90)
    assert "sweep" not in asked
    opened(driver)
    wait_for_sweep(driver)
    assert "sweep" in asked
    driver.widget("sweep_dock", QDockWidget).toggleViewAction().trigger()
    asked.clear()
    driver.change(steps=80)
    assert "sweep" not in asked
    driver.widget("sweep_dock", QDockWidget).toggleViewAction().trigger()
    wait_for_sweep(driver)
    assert driver.view.runs.found["gd"].asked.steps == 80


def test_the_picture_of_one_that_was_never_opened_has_its_curves(open_window, race, tmp_path):
    driver = open_window(race)
    driver.window.export_menu.write_picture(tmp_path / "sweep.png", "sweep", QSize(900, 700))
    view = driver.widget("sweep_dock", QDockWidget).view
    assert not view.isVisible()
    assert set(view.sweep.curves) == {"gd", "momentum"}
    assert all(found.whole for found in view.runs.found.values())
    # nothing more is worked out for nobody
    driver.change(steps=90)
    assert not view.runs.waits


def test_the_fields_say_what_is_tried_and_refuse_what_cannot_be(shown):
    view = shown.view
    typed(shown, "sweep.high", "1e-6")
    assert "is no range" in shown.widget("sweep.high", QLineEdit).parent().error.text()
    assert view.fields.within.high == 10
    typed(shown, "sweep.high", "1")
    typed(shown, "sweep.count", "41")
    wait_for_sweep(shown)
    assert view.runs.found["gd"].sweep.rates[[0, -1]].tolist() == [1e-5, 1]
    assert len(view.sweep.curves["gd"][0]) == 41
    narrow = float(view.table.lines["gd"].bar.number)
    typed(shown, "sweep.target", "1")
    wait_for_sweep(shown)
    assert float(view.table.lines["gd"].bar.number) > narrow
    typed(shown, "sweep.target", "none")
    assert view.fields.within.target is None


def test_steps_in_place_of_the_loss(shown):
    box = shown.widget("sweep.quantity", QComboBox)
    box.setCurrentIndex(1)
    assert shown.view.labels["title"].text().startswith("Steps until")
    best = shown.view.runs.found["gd"].sweep.best_rate(0)
    steps = 10 ** shown.view.sweep.height_at("gd", math.log10(best))
    assert 1 <= steps < 100
    shown.window.appearance.set_theme(DARK)
    assert shown.view.sweep.curves


def test_long_work_is_told_and_stopped_and_goes_on(open_window, race):
    driver = opened(open_window(replace(race, function="rastrigin", steps=20_000, tolerance=0.0, restarts=20)))
    stop = driver.widget("sweep.stop", QPushButton)
    driver.until(stop.isVisible)
    QTest.mouseClick(stop, LEFT)
    assert driver.view.runs.halted
    assert "Not all values" in driver.text("sweep.message")
    assert not driver.view.runs.is_whole
    QTest.mouseClick(driver.widget("sweep.resume", QPushButton), LEFT)
    assert not driver.view.runs.halted
    # another race: what was under way is dropped
    driver.change(steps=50, restarts=1)
    wait_for_sweep(driver)
    assert not driver.view.work.isVisible()
    assert "the tolerance is 0" in driver.view.labels["hint"].text().lower()


def test_the_windows_stop_ends_it_and_tells_how_long_it_takes(open_window, race):
    driver = opened(open_window(replace(race, function="rastrigin", steps=20_000, tolerance=0.0, restarts=20)))
    stop, left = driver.widget("stop_computing", QPushButton), driver.widget("remaining", QLabel)
    driver.until(lambda: stop.isVisible() and driver.view.runs.busy and left.isVisible())
    assert "left" in left.text()
    assert "left" in driver.widget("sweep.progress", QProgressBar).format()
    assert driver.window.actions_table.by_name["stop"].isEnabled()
    QTest.mouseClick(stop, LEFT)
    assert driver.view.runs.halted
    driver.until(lambda: not (stop.isVisible() or left.isVisible()))
    assert driver.window.session.long_works.longest is None


def test_what_takes_very_long_waits_for_a_word(open_window, race, monkeypatch):
    monkeypatch.setattr("gdsim.desktop.views.sweep.runs._LONGEST", 0.0)
    driver = opened(open_window(race))
    driver.until(lambda: driver.view.runs.halted)
    assert all(not found.whole for found in driver.view.runs.found.values())
    assert len(driver.view.runs.found) == 2
    QTest.mouseClick(driver.widget("sweep.resume", QPushButton), LEFT)
    wait_for_sweep(driver)
    assert all(found.whole for found in driver.view.runs.found.values())
