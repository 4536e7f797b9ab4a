"""Tools > Tune fairly…: run, stop, take over, undo, save and open again."""

from dataclasses import replace

import numpy as np
import pytest
from driving import LEFT
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialogButtonBox, QLineEdit, QToolButton

import gdsim
from gdsim.desktop.tuning.dialog import TuneDialog
from gdsim.simulation.maps.tuning import expected_best
from gdsim.simulation.maps.tuning_rule import TuningRule
from gdsim.storage.files import dump, load

RULE = TuningRule(12, 2, "loss", 3)


@pytest.fixture
def race(small):
    return replace(small, restarts=5, steps=40, tuning=RULE)


def opened(driver):
    driver.action("tune").trigger()
    driver.dialog = driver.window.findChildren(TuneDialog)[-1]
    driver.until(driver.dialog.isVisible)
    return driver.dialog


def wait_for_tuning(driver):
    driver.until(lambda: driver.dialog.tuning is not None and not driver.dialog.search.is_running)


def run(driver):
    QTest.mouseClick(driver.dialog.start, LEFT)
    wait_for_tuning(driver)
    return driver.dialog.tuning


def typed(driver, name, text):
    line = driver.widget(name, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    line.editingFinished.emit()
    return line


def test_it_is_run_and_taken_over_in_one_step_that_can_be_undone(open_window, race, tmp_path):
    driver = open_window(race)
    dialog, store = opened(driver), driver.window.store
    assert not dialog.take_over.isEnabled()
    tuning = run(driver)
    fields = ("restarts", "steps", "seed", "tolerance", "learning_rate", "momentum")
    given = {name: getattr(race, name) for name in fields}
    wanted = gdsim.tune("bowl", list(race.optimizers), race.start, tries=12, starts=2, search_seed=3, **given)
    for one, other in zip(tuning.optimizers, wanted.optimizers, strict=True):
        np.testing.assert_array_equal(one.scores, other.scores)
    assert dialog.results.table.topLevelItemCount() == 2
    assert dialog.results.table.topLevelItem(0).text(0) == "Gradient descent"
    assert "→" in dialog.results.table.topLevelItem(0).text(4)
    assert "12 tries" in dialog.results.rule.text()
    assert "6 starts of the race" in dialog.results.rule.text()
    place = store.place
    QTest.mouseClick(dialog.take_over, LEFT)
    assert not dialog.isVisible()
    assert store.place == place + 1
    assert store.undo_text == "fair tuning"
    taken = store.experiment
    assert taken.optimizers == tuning.experiment.optimizers
    assert (taken.tuning.tries, taken.tuning.seed) == (12, 3)
    assert set(taken.tuning.ranges) == {"gd", "momentum"}
    driver.wait_for_race()
    # a file has it, and the dialog opens with it again
    assert load(dump(taken)).experiment == taken
    driver.action("undo").trigger()
    assert store.experiment == race
    driver.action("redo").trigger()
    again = opened(driver)
    assert again.rule == taken.tuning
    again.reject()


def test_it_goes_out_as_picture_and_arrays(open_window, race, tmp_path):
    driver = open_window(race)
    dialog = opened(driver)
    assert not dialog.export.isEnabled()
    tuning = run(driver)
    assert dialog.export.isEnabled()
    for name in ("a.png", "a.svg", "a.npz"):
        dialog.write_out(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["scores"].tolist() == [found.scores.tolist() for found in tuning.optimizers]
    dialog.write_out(tmp_path / "a.gif")
    assert "a.gif" in dialog.message.text()
    dialog.done(0)


def test_the_curves_are_expected_bests_and_begin_where_they_are_finite(open_window, race):
    driver = open_window(replace(race, steps=100))
    opened(driver)
    tuning = run(driver)
    for found in tuning.optimizers:
        x, y = driver.dialog.results.plot.curves[found.entry.id].getData()
        best = expected_best(found.scores)
        seen = np.isfinite(best)
        tries = 10**x if driver.dialog.results.plot.is_logarithmic else x
        np.testing.assert_allclose(tries, np.arange(1, 13)[seen], rtol=1e-12)
        np.testing.assert_allclose(10**y, np.maximum(best[seen], 1e-16), rtol=1e-6)
    driver.dialog.reject()


def test_what_momentum_owes_gradient_descent_is_said(open_window, race):
    driver = open_window(race)
    opened(driver)
    (pair,) = run(driver).containments
    said = driver.dialog.results.contained.text()
    assert said.startswith("Momentum holds Gradient descent (β = 0), so its tuned result should be no worse: ")
    assert f"from {pair.worse} of 6 starts it is worse, from {pair.better} better." in said
    assert pair.is_worse == ("too small" in said)
    driver.dialog.reject()


def test_long_work_tells_how_long_and_is_stopped_with_what_there_is(open_window, race):
    driver = open_window(replace(race, function="rastrigin", steps=5000, tolerance=0.0, tuning=TuningRule(500, 50)))
    dialog = opened(driver)
    QTest.mouseClick(dialog.start, LEFT)
    assert dialog.start.text().replace("&", "") == "Stop"
    assert not dialog.ranges.isEnabled()
    driver.until(lambda: dialog.progress.value() > 0 and "left" in dialog.progress.format())
    work = driver.window.session.long_works.longest
    assert work.seconds > 0
    # as the window's command does, or Escape
    driver.window.actions_table.by_name["stop"].trigger()
    wait_for_tuning(driver)
    assert driver.window.session.long_works.longest is None
    assert not dialog.tuning.is_whole
    assert "stopped" in dialog.results.contained.text()
    assert dialog.take_over.isEnabled()
    # left in the midst of another one
    QTest.mouseClick(dialog.start, LEFT)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    wait_for_tuning(driver)
    QTest.mouseClick(dialog.start, LEFT)
    dialog.buttons.button(QDialogButtonBox.StandardButton.Close).click()
    assert not dialog.search.is_running


def test_ranges_are_edited_added_and_taken_away(open_window, race):
    driver = open_window(race)
    dialog = opened(driver)
    typed(driver, "tune.gd.learning_rate.low", "0.001")
    typed(driver, "tune.gd.learning_rate.high", "0.1")
    driver.widget("tune.gd.learning_rate.log", QCheckBox).setChecked(False)
    menu = driver.widget("tune.add.momentum", QToolButton).menu()
    action = next(action for action in menu.actions() if "dampening" in action.text())
    action.trigger()
    QTest.mouseClick(driver.widget("tune.remove.momentum.momentum", QToolButton), LEFT)
    assert dialog.rule.ranges["gd"] == (("learning_rate", 0.001, 0.1, "linear"),)
    assert [words[0] for words in dialog.rule.ranges["momentum"]] == ["learning_rate", "dampening"]
    assert not driver.widget("tune.remove.gd.learning_rate", QToolButton).isEnabled()
    found = run(driver).optimizers[1]
    assert [axis.name for axis in found.axes] == ["learning_rate", "dampening"]
    dialog.reject()
    # nothing was taken over
    assert driver.experiment == race


def test_what_cannot_be_is_said_and_the_last_good_state_stays(open_window, race):
    driver = open_window(race)
    dialog = opened(driver)
    line = typed(driver, "tune.gd.learning_rate.high", "1e-7")
    assert "is no range" in line.parent().error.text()
    assert dialog.rule.ranges["gd"] == (("learning_rate", 1e-5, 10.0, "log"),)
    QTest.mouseClick(dialog.start, LEFT)
    assert not dialog.search.is_running
    assert dialog.message.isVisible()
    # set right by the other end
    typed(driver, "tune.gd.learning_rate.low", "1e-8")
    assert dialog.rule.ranges["gd"] == (("learning_rate", 1e-8, 1e-7, "log"),)
    line = typed(driver, "tune.tries", "1")
    assert "tries must be from 2" in line.parent().error.text().lower()
    assert dialog.rule.tries == 12
    typed(driver, "tune.tries", "10000")
    typed(driver, "tune.starts", "10000")
    box = driver.widget("tune.momentum.momentum.log", QCheckBox)
    box.setChecked(True)
    assert dialog.rule.ranges["momentum"][-1][3] == "log1m"
    box.setChecked(False)
    typed(driver, "tune.momentum.momentum.high", "1")
    box.setChecked(True)
    assert not box.isChecked()
    assert "below 1, not 1" in dialog.message.text()
    dialog.reject()


def test_more_than_anybody_waits_for_is_refused_before_it_begins(open_window, race):
    driver = open_window(replace(race, steps=10_000, restarts=0, tuning=TuningRule(10_000, 10_000)))
    dialog = opened(driver)
    QTest.mouseClick(dialog.start, LEFT)
    driver.until(lambda: not dialog.search.is_running)
    assert "steps" in dialog.message.text()
    assert dialog.tuning is None
    dialog.reject()


def test_the_criterion_is_taken_over_and_told(open_window, race):
    driver = open_window(race)
    dialog = opened(driver)
    for place, word in ((1, "median steps"), (2, "global minimum")):
        driver.widget("tune.criterion", QComboBox).setCurrentIndex(place)
        assert word in dialog.results.rule.text()
        dialog.tuning = None
        assert run(driver).rule.criterion == ("loss", "steps", "reached")[place]
        assert dialog.results.plot.curves
    dialog.reject()


def test_ranges_that_fit_no_more_are_told_and_the_usual_ones_shown(open_window, race):
    rule = TuningRule(ranges={"gd": [("beta1", 0, 0.9)]})
    driver = open_window(replace(race, tuning=rule))
    dialog = opened(driver)
    assert "beta1" in dialog.message.text()
    assert dialog.rule.ranges["gd"] == (("learning_rate", 1e-5, 10.0, "log"),)
    dialog.reject()


def test_without_an_optimizer_there_is_nothing_to_tune(open_window, race):
    driver = open_window(replace(race, optimizers=()), wait=False)
    dialog = opened(driver)
    assert not dialog.start.isEnabled()
    assert "No optimizer races" in dialog.message.text()
    dialog.reject()
