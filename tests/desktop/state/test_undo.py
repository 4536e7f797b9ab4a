"""Undo, redo, the history and the ways back."""

import dataclasses
import itertools

import pytest
from driving import LEFT, NONE
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSlider, QToolButton

import gdsim
from gdsim.desktop.state import history as history_module
from gdsim.desktop.state.store import Store

KEYS = ("gd", "momentum", "adam", "rmsprop")
VALUES = [("adam", "beta1"), ("adam", "learning_rate"), ("rmsprop", "decay"), ("momentum", "momentum")]

share = st.floats(0.001, 0.9)
edits = st.one_of(
    st.tuples(st.just("change"), st.fixed_dictionaries({"steps": st.integers(1, 6)})),
    st.tuples(st.just("change"), st.fixed_dictionaries({"learning_rate": share | st.none(), "momentum": share})),
    st.tuples(st.just("change"), st.fixed_dictionaries({"start": st.tuples(share, share)})),
    st.tuples(
        st.just("change"),
        st.fixed_dictionaries({"function": st.sampled_from(["bowl", "himmelblau"]), "start": st.none()}),
    ),
    st.tuples(st.just("enable"), st.sampled_from(KEYS), st.booleans()),
    st.builds(lambda which, value: ("set_value", *which, value), st.sampled_from(VALUES), share),
    st.builds(lambda which: ("unset_value", *which), st.sampled_from(VALUES)),
    st.tuples(st.just("unset_all"), st.sampled_from(KEYS)),
    st.tuples(st.just("reset")),
    st.tuples(st.just("reset"), st.sampled_from(["steps", "start", "learning_rate", "function"])),
    st.tuples(st.sampled_from(["begin", "end", "undo", "redo"])),
)


def do(store, edit):
    name, *arguments = edit
    if name == "change":
        store.change(**arguments[0])
    else:
        getattr(store, name)(*arguments)


@many_examples(150)
@given(st.lists(edits, max_size=25))
def test_undone_to_the_beginning_and_redone_to_the_end(app, sequence):
    first = gdsim.Experiment(function="bowl", steps=3)
    store = Store(first)
    for edit in sequence:
        do(store, edit)
    store.end()
    last, known = store.experiment, [moment.experiment for moment in store.history]
    assert known[0] == first
    assert known[store.place] == last
    # neighbours differ: every entry is a change
    assert all(one != other for one, other in itertools.pairwise(known))
    while store.redo_text:
        store.redo()
    forth = []
    for _ in range(store.place):
        forth.append(store.experiment)
        assert store.undo_text
        store.undo()
    forth.append(store.experiment)
    assert store.undo_text == ""
    assert forth[::-1] == known
    for experiment in known[1:]:
        assert store.redo_text
        store.redo()
        assert store.experiment == experiment
    assert store.redo_text == ""


@many_examples(60)
@given(st.lists(st.lists(share, min_size=1, max_size=5), max_size=6))
def test_a_drag_is_one_entry_or_none(app, drags):
    store = Store(gdsim.Experiment(function="bowl", learning_rate=0.5, steps=3))
    expected = 0
    for drag in drags:
        before = store.experiment.learning_rate
        store.begin()
        for value in drag:
            store.change(learning_rate=value)
        store.end()
        expected += drag[-1] != before
        assert store.place == expected == len(store.history) - 1
        assert store.experiment.learning_rate == drag[-1]


def test_only_so_many_changes_are_kept(app, monkeypatch):
    monkeypatch.setattr(history_module, "DEPTH", 5)
    store = Store(gdsim.Experiment(steps=1))
    for steps in range(2, 12):
        store.change(steps=steps)
    assert [moment.experiment.steps for moment in store.history] == [6, 7, 8, 9, 10, 11]
    for _ in range(20):
        store.undo()
    assert store.experiment.steps == 6


def test_another_experiment_has_a_history_of_its_own(app):
    store = Store(gdsim.Experiment(steps=1))
    store.change(steps=2)
    store.begin()
    store.start_over(gdsim.Experiment(steps=7))
    store.change(steps=8)
    store.change(steps=9)
    assert [moment.experiment.steps for moment in store.history] == [7, 8, 9]
    store.reset("steps")
    assert store.experiment.steps == 7


def test_a_bad_value_in_a_drag_changes_nothing(app):
    store = Store(gdsim.Experiment(steps=5))
    store.begin()
    store.change(steps=6)
    with pytest.raises(gdsim.GdsimError):
        store.change(steps=0)
    store.end()
    assert store.experiment.steps == 6
    store.undo()
    assert store.experiment.steps == 5


NAMES = [
    (lambda s: s.change(learning_rate=0.1), "η 0.05 → 0.1"),
    (lambda s: s.change(momentum=None), "β 0.9 → 0.9"),
    (lambda s: s.change(momentum=0.5), "β 0.9 → 0.5"),
    (lambda s: s.change(start=(-1.0, 2.5)), "start (4, 2) → (−1, 2.5)"),
    (lambda s: s.change(steps=70), "steps 60 → 70"),
    (lambda s: s.change(restarts=3), "restarts 1 → 3"),
    (lambda s: s.change(seed=12), "seed 0 → 12"),
    (lambda s: s.enable("adam", True), "Adam on"),
    (lambda s: s.enable("gd", False), "Gradient descent off"),
    (lambda s: s.set_value("adam", "beta1", 0.5), "Adam β₁ default → 0.5"),
    (lambda s: s.set_value("adam", "learning_rate", 0.5), "Adam η followed → 0.5"),
    (lambda s: s.change(function="himmelblau", start=None), "function Bowl → Himmelblau"),
    (lambda s: s.change(steps=70, seed=3), "several values"),
]


@pytest.mark.parametrize(("edit", "name"), NAMES, ids=[name for _, name in NAMES])
def test_changes_have_names(app, small, edit, name):
    store = Store(dataclasses.replace(small, start=(4.0, 2.0)))
    edit(store)
    assert store.undo_text == name
    store.undo()
    assert (store.undo_text, store.redo_text) == ("", name)


def test_resets_have_names(app, small):
    store = Store(small)
    store.change(steps=70)
    store.change(seed=3)
    store.reset("steps")
    assert store.undo_text == "steps 70 → 60"
    store.reset()
    assert store.undo_text == "reset all"
    assert store.experiment == small


def test_the_actions_say_what_they_would_do(driver):
    undo, redo = driver.action("undo"), driver.action("redo")
    assert (undo.isEnabled(), redo.isEnabled()) == (False, False)
    driver.type("learning_rate", "0.1")
    assert undo.isEnabled()
    assert undo.text().replace("&", "") == "Undo: η 0.05 → 0.1"
    assert not redo.isEnabled()
    undo.trigger()
    assert driver.experiment == driver.first
    assert not undo.isEnabled()
    assert undo.text().replace("&", "") == "Undo"
    assert redo.text().replace("&", "") == "Redo: η 0.05 → 0.1"
    redo.trigger()
    assert driver.experiment.learning_rate == 0.1


def test_a_drag_of_the_start_is_one_entry(driver):
    at = driver.handle
    driver.press(at)
    for i in range(1, 9):
        driver.move(at + QPoint(6 * i, -4 * i))
    driver.release(at + QPoint(48, -32))
    assert driver.experiment.start is not None
    assert len(driver.window.store.history) == 2
    assert driver.window.store.undo_text.startswith("start (")
    dragged = driver.experiment
    driver.action("undo").trigger()
    assert driver.experiment == driver.first
    # the views follow
    x, y = driver.first.objective.start
    handle = driver.window.landscape.plot.handle.pos()
    assert (handle.x(), handle.y()) == (x, y)
    driver.wait_for_race()
    driver.until(lambda: tuple(driver.race.positions[0, 0, :, 0]) == (x, y))
    driver.action("redo").trigger()
    assert driver.experiment == dragged
    driver.until(lambda: tuple(driver.race.positions[0, 0, :, 0]) == dragged.start)


def test_a_drag_of_a_slider_is_one_entry(driver):
    slider = driver.widget("learning_rate.slider", QSlider)
    for to in (slider.value() + 60, slider.value() + 120):
        goal = driver.slide(slider, to, release=False)
        for dx in (4, 8, 12):
            QTest.mouseMove(slider, goal + QPoint(dx, 0))
        QTest.mouseRelease(slider, LEFT, NONE, goal + QPoint(12, 0))
    assert len(driver.window.store.history) == 3
    driver.action("undo").trigger()
    driver.action("undo").trigger()
    assert driver.experiment == driver.first
    assert driver.text("learning_rate") == "0.05"


def test_panels_and_views_follow(driver):
    store = driver.window.store
    store.enable("adam", True)
    store.change(steps=90)
    store.change(function="himmelblau", start=None)
    driver.wait_for_race()
    for _ in range(3):
        driver.action("undo").trigger()
    driver.wait_for_race()
    assert driver.text("steps") == "60"
    assert not driver.widget("adam", QCheckBox).isChecked()
    assert driver.text("formula").startswith("x^2")
    assert driver.race.steps == 60
    assert [rule.key for rule in driver.race.rules] == ["gd", "momentum"]
    assert driver.window.runs.tree.topLevelItemCount() == 2
    assert driver.window.loss.legend.keys == ["gd", "momentum"]


def test_undo_in_the_middle_of_a_drag_ends_it(driver):
    store = driver.window.store
    store.change(steps=70)
    driver.window.store.drag.begin(driver.window.centre)
    store.change(learning_rate=0.1)
    store.undo()
    assert driver.experiment.steps == 70
    assert driver.experiment.learning_rate == 0.05
    store.change(learning_rate=0.2)
    driver.window.store.drag.end()
    assert [moment.text for moment in store.history] == ["", "steps 60 → 70", "η 0.05 → 0.2"]


def test_the_history_is_a_list_to_jump_in(driver):
    store, history = driver.window.store, driver.window.docks[3].widget()
    dock = driver.window.docks[3]
    store.change(steps=70)
    dock.show()
    store.change(seed=5)
    store.enable("adam", True)
    texts = [history.list.item(i).text() for i in range(history.list.count())]
    assert texts == ["as opened", "steps 60 → 70", "seed 0 → 5", "Adam on"]
    assert history.list.currentRow() == 3
    item = history.list.visualItemRect(history.list.item(1))
    driver.until(lambda: history.list.viewport().rect().contains(item.center()))
    QTest.mouseClick(history.list.viewport(), LEFT, NONE, item.center())
    assert (driver.experiment.steps, driver.experiment.seed) == (70, 0)
    assert history.list.count() == 4
    history.list.setCurrentRow(3)
    assert driver.experiment.seed == 5
    driver.action("undo").trigger()
    assert history.list.currentRow() == 2
    # what comes after another change is gone
    store.change(steps=80)
    assert [history.list.item(i).text() for i in range(history.list.count())][-1] == "steps 70 → 80"
    assert history.list.count() == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("steps", "90"),
        ("start_x", "1.5"),
        ("learning_rate", "0.2"),
        ("seed", "4"),
        ("momentum", "0.3"),
        ("restarts", "2"),
    ],
)
def test_one_field_is_reset_from_its_line(driver, name, text):
    first = driver.text(name)

    def buttons():
        return [b for b in driver.widget(name, QLineEdit).findChildren(QToolButton) if b.isVisible()]

    assert buttons() == []
    driver.type(name, text)
    driver.window.store.enable("adam", True)
    assert len(buttons()) == 1
    driver.click(buttons()[0])
    assert driver.text(name) == first
    driver.until(lambda: buttons() == [])
    # nothing else was taken back
    assert [entry.key for entry in driver.experiment.racing] == ["gd", "momentum", "adam"]
    assert driver.experiment.steps == 60
    driver.action("undo").trigger()
    assert float(driver.text(name)) == float(text)


def test_one_optimizer_is_reset(driver):
    store = driver.window.store
    store.set_value("adam", "beta1", 0.5)
    store.set_value("adam", "beta2", 0.6)
    store.set_value("rmsprop", "decay", 0.6)
    driver.click("adam.fold")
    driver.click("adam.reset")
    values = {entry.key: dict(entry.values) for entry in driver.experiment.optimizers}
    assert not values.get("adam")
    assert values["rmsprop"] == {"decay": 0.6}
    assert not driver.widget("adam.reset").isVisible()
    driver.action("undo").trigger()
    assert {e.key: dict(e.values) for e in driver.experiment.optimizers}["adam"] == {"beta1": 0.5, "beta2": 0.6}


def test_everything_is_reset(driver):
    driver.type("steps", "90")
    driver.window.store.enable("adam", True)
    driver.window.store.change(function="himmelblau", start=None)
    driver.action("reset_all").trigger()
    assert driver.experiment == driver.first
    assert driver.action("undo").text().replace("&", "") == "Undo: reset all"
    driver.action("undo").trigger()
    assert driver.experiment.function == "himmelblau"


@pytest.mark.parametrize("ended", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keys_of_undo_are_the_windows_once_a_number_is_taken(driver, ended):
    line = driver.widget("restarts", QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "9")
    QTest.keyClick(line, ended)
    assert driver.experiment.restarts == 9
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert driver.experiment == driver.first
    assert line.text() == str(driver.first.restarts)
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert driver.experiment.restarts == 9


def test_what_is_being_typed_is_taken_back_first(driver):
    driver.window.store.change(steps=70)
    line = driver.widget("restarts", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "9")
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (line.text(), driver.experiment.steps) == (str(driver.first.restarts), 70)
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert driver.experiment == driver.first


def test_a_function_that_was_just_chosen_is_taken_back_with_the_keys(driver):
    choice = driver.widget("function", QComboBox)
    choice.setFocus()
    choice.lineEdit().selectAll()
    QTest.keyClicks(choice, "Rastrigin")
    QTest.keyClick(choice, Qt.Key.Key_Return)
    assert driver.experiment.function == "rastrigin"
    QTest.keyClick(choice, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert driver.experiment == driver.first
