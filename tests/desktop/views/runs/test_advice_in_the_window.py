"""Tests of what is advised in the table of runs: a button that says all it does, and does it in one step."""

import threading
import time

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QTreeWidget

import gdsim
from gdsim.desktop.views.runs import view as columns
from gdsim.simulation.advice import advising
from gdsim.simulation.advice.problems import Problem, problem_of


def rows_of(driver):
    """The rows of the optimizers, by name."""
    tree = driver.widget("runs_table", QTreeWidget)
    rows = [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    return {row.text(columns.NAME): row for row in rows}


def with_advice(driver, key):
    """The button that advises an optimizer."""
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    return driver.widget(f"advice.{key}", QPushButton)


@pytest.mark.parametrize(("rate", "kind"), [(0.01, gdsim.Kind.DIVERGED), (1e-5, gdsim.Kind.OUT_OF_STEPS)])
def test_advice_is_taken_by_a_press_and_holds(open_window, rate, kind):
    entries = tuple(gdsim.Entry(key, {}, key == "gd") for key in gdsim.OPTIMIZERS)
    driver = open_window(gdsim.Experiment("rosenbrock", learning_rate=rate, steps=300, optimizers=entries))
    before = driver.race
    assert before.kinds[0, 0] == kind
    button = with_advice(driver, "gd")
    # the button says all that it does, and does it in one step
    assert button.text() == "try η = 0.002, 500 steps"
    assert button.toolTip() == "Tried: it ends near a global minimum. For all optimizers: 500 steps. Press to take it."
    driver.click(button)
    assert driver.experiment.optimizers[0].values["learning_rate"] == 0.002
    assert driver.experiment.steps == 500
    driver.wait_for_race()
    after = driver.race
    assert after.outcome(0, 0).arrived
    assert after.losses[-1, 0, 0] < before.losses[-1, 0, 0]
    assert float(driver.text("gd.own").removeprefix("η ")) == 0.002
    assert driver.window.store.undo_text == "η = 0.002, 500 steps"
    driver.window.store.undo()
    assert (driver.experiment.steps, driver.experiment.optimizers[0].values) == (300, {})


def test_a_learning_rate_that_is_too_large_is_repaired_by_one_press(open_window):
    driver = open_window(gdsim.Experiment("bowl", start=(1.0, 1.0), restarts=5, learning_rate=1.2, steps=100))
    button = with_advice(driver, "gd")
    assert button.text() == "try η = 0.5"
    assert button.toolTip() == "Tried: 6 of 6 runs end at a global minimum, before: 0. Press to take it."
    driver.click(button)
    driver.wait_for_race()
    assert [outcome.kind for outcome in driver.race.outcomes[0]] == 6 * [gdsim.Kind.CONVERGED]
    driver.until(lambda: driver.results.advice[-1].experiment == driver.experiment)
    assert driver.results.advice[-1].advice == {}
    assert driver.window.runs.tree.isColumnHidden(columns.ADVICE)
    driver.window.store.undo()
    assert driver.experiment.optimizers[0].values == {}


def test_where_nothing_helps_that_is_said_and_nothing_can_be_pressed(open_window):
    driver = open_window(gdsim.Experiment("log(x) + y^2", start=(1.0, 1.0), learning_rate=0.1, steps=100))
    driver.until(lambda: driver.results.advice and driver.results.advice[-1].experiment == driver.experiment)
    (row,) = rows_of(driver).values()
    assert row.text(columns.ADVICE) == "nothing tried helps"
    tried = driver.results.advice[-1].advice[0].tried
    assert row.toolTip(columns.ADVICE) == f"None of {tried} changes that were tried brings it to a minimum."
    assert driver.window.findChild(QPushButton, "advice.gd") is None


def test_more_steps_are_advised_where_no_rate_helps(open_window):
    entries = (gdsim.Entry("adadelta"),)
    driver = open_window(gdsim.Experiment("bowl", steps=20, learning_rate=None, optimizers=entries))
    button = with_advice(driver, "adadelta")
    before = driver.race.losses[-1, 0, 0]
    text = button.text()
    driver.click(button)
    driver.wait_for_race()
    assert text.startswith("try ")
    assert driver.race.losses[-1, 0, 0] < before


def test_who_converged_needs_no_advice(open_window):
    entries = (gdsim.Entry("gd", {"learning_rate": 0.1}),)
    driver = open_window(gdsim.Experiment("bowl", steps=300, tolerance=1e-6, optimizers=entries))
    assert driver.race.kinds[0, 0] == gdsim.Kind.CONVERGED
    driver.until(lambda: driver.results.advice)
    assert driver.results.advice[-1].advice == {}
    assert driver.window.findChild(QPushButton, "advice.gd") is None


TABLE = gdsim.Source(rows=tuple((1000.0 + 100 * k, 2000.0 + 200 * k + 50 * (-1) ** k) for k in range(31)))


@pytest.mark.parametrize(
    ("experiment", "text", "change"),
    [
        (gdsim.Experiment("ravine", learning_rate=1.05, restarts=3), "try η = 0.5", "η"),
        (gdsim.Experiment("linear", data=TABLE, learning_rate=0.05), "try standardising", "Standardise features"),
        (gdsim.Experiment("x^4 - 2x^2 + y^2", start=(0.0, 1.0), learning_rate=0.1), "try start (0.04, 1.03)", "start"),
    ],
    ids=["ravine", "table", "saddle"],
)
def test_one_press_ends_it(open_window, experiment, text, change):
    driver = open_window(experiment)
    button = with_advice(driver, "gd")
    assert button.text() == text
    driver.click(button)
    driver.wait_for_race()
    assert [problem_of(driver.race, 0, run) for run in range(driver.race.runs)] == driver.race.runs * [Problem.NONE]
    assert change in driver.window.store.undo_text
    driver.until(lambda: driver.results.advice[-1].experiment == driver.experiment)
    assert driver.results.advice[-1].advice == {}
    driver.window.store.undo()
    assert driver.experiment == experiment


def test_a_schedule_is_advised_in_words(open_window, monkeypatch):
    entry = gdsim.Entry("gd", {"learning_rate": 0.1})
    advice = gdsim.Advice(
        "gd",
        gdsim.simulation.advice.advice.Found.ARRIVES,
        (("steps", 10000), ("schedule", gdsim.Exponential(gamma=0.96)), ("learning_rate", 1e-8)),
    )
    monkeypatch.setattr(advising, "advise", lambda *_: advice)
    driver = open_window(gdsim.Experiment("bowl", optimizers=(entry,)))
    button = with_advice(driver, "gd")
    assert button.text() == "try η = 1e−8, schedule Exponential γ = 0.96, 10000 steps"
    driver.click(button)
    (taken,) = driver.experiment.optimizers
    assert (taken.values, taken.schedule) == ({"learning_rate": 1e-8}, gdsim.Exponential(gamma=0.96))
    assert driver.experiment.steps == 10_000


def test_the_search_gives_way_at_once(open_window, monkeypatch):
    began, ended = threading.Event(), threading.Event()

    def endless(experiment, place, race, pulse, begun):
        begun()
        began.set()
        while not pulse(0.0):
            time.sleep(0.001)
        ended.set()

    monkeypatch.setattr(advising, "advise", endless)
    driver = open_window(gdsim.Experiment("bowl", learning_rate=1.2))
    driver.until(began.is_set)
    (row,) = rows_of(driver).values()
    driver.until(lambda: row.text(columns.ADVICE))
    driver.change(learning_rate=0.1)
    assert ended.is_set()
    assert not row.text(columns.ADVICE)
    assert driver.race.lanes[0].rate == 0.1
    assert driver.results.advice == []


@pytest.mark.parametrize("ends", ["it helps", "nothing to say", "given up"])
def test_while_changes_are_tried_that_is_said(open_window, monkeypatch, ends):
    done = threading.Event()
    helps = gdsim.Advice("gd", gdsim.simulation.advice.advice.Found.ARRIVES, (("learning_rate", 0.5),))

    def held(experiment, place, race, pulse, begun):
        if place == 0:
            return None  # nothing is wrong with it
        begun()
        while not (done.is_set() or pulse(0.0)):
            time.sleep(0.001)
        return helps if ends == "it helps" else None

    monkeypatch.setattr(advising, "advise", held)
    entries = gdsim.Entry("adam", {"learning_rate": 0.1}), gdsim.Entry("gd"), gdsim.Entry("gd", {"learning_rate": 3.0})
    driver = open_window(gdsim.Experiment("bowl", learning_rate=1.2, optimizers=entries))
    well, ill, waiting = rows_of(driver).values()
    driver.until(lambda: ill.text(columns.ADVICE))
    assert [row.text(columns.ADVICE) for row in (well, ill, waiting)] == ["", "trying…", "trying…"]
    assert ill.foreground(columns.ADVICE).color() == QColor(driver.window.runs.theme.faint)
    # the delegate of that column keeps it so in the row that is chosen, too
    tree = driver.window.runs.tree
    assert type(tree.itemDelegateForColumn(columns.ADVICE)) is type(tree.itemDelegateForColumn(columns.OUTCOME))
    assert not driver.window.runs.tree.isColumnHidden(columns.ADVICE)
    if ends == "given up":
        driver.window.session.worker.cancel()
        driver.until(lambda: not ill.text(columns.ADVICE))
        assert driver.results.advice == []
    else:
        done.set()
        driver.until(lambda: driver.results.advice)
        assert ill.text(columns.ADVICE) == ""
    assert driver.window.runs.tree.isColumnHidden(columns.ADVICE) == (ends != "it helps")
    assert (driver.window.findChild(QPushButton, "advice.gd") is not None) == (ends == "it helps")


def test_what_a_press_does_for_all_is_said(open_window):
    driver = open_window(gdsim.Experiment("linear", data=TABLE, learning_rate=0.05))
    tip = with_advice(driver, "gd").toolTip()
    assert "at a global minimum. For all optimizers: standardised features, from the model's own start. Press" in tip


def test_a_button_that_is_too_narrow_shows_the_beginning_of_its_text(app, monkeypatch):
    from PySide6.QtWidgets import QStylePainter

    from gdsim.desktop.widgets.eliding_label import ElidedButton

    written, draw = [], QStylePainter.drawControl
    monkeypatch.setattr(QStylePainter, "drawControl", lambda *given: (written.append(given[2].text), draw(*given))[1])
    button = ElidedButton("try η = 0.5, standardised features")
    wide = button.sizeHint().width()
    for width in (wide, wide // 2):
        button.resize(width, button.sizeHint().height())
        button.grab()
    assert button.minimumSizeHint().width() < wide // 4
    assert written[0] == button.text()
    assert written[1].startswith("try η")
    assert written[1].endswith("…")
