"""A function is typed: checked at every key, worked out beside the window, kept, saved and opened again."""

import json
import random
import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QSlider, QToolButton

import gdsim
from gdsim.desktop.edits.formula_edit import is_short
from gdsim.desktop.panels.function_panel import FunctionPanel
from gdsim.desktop.state.own_functions import OwnFunction
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.text.captions import title_of
from gdsim.objectives.formula.compiled import Expression
from gdsim.objectives.formula.formula import read
from gdsim.simulation.sampling.landscape import COARSE


def field(driver):
    return driver.widget("formula", QPlainTextEdit)


def error(driver):
    return driver.widget("formula_error", QLabel)


def type_formula(driver, text, enter=True):
    """Type a formula over what stands there; with Enter, wait until it is the function."""
    line = driver.focus(field(driver))
    line.selectAll()
    QTest.keyClicks(line, text)
    if enter:
        QTest.keyClick(line, Qt.Key.Key_Return)
        driver.until(lambda: driver.experiment.function == text)
        driver.wait_for_race()
    return line


def test_typing_an_error_and_the_function_that_stays(driver):
    history = driver.window.store.history
    line = type_formula(driver, "(x^2 + y - 3)^2 + 2y^2")
    # seen coarsely at once, and then finely
    driver.until(lambda: len(driver.results.surfaces[-1].x) > COARSE)
    # what was looked at stays; the race begins where the new function has it begin, as nobody had chosen another start
    assert driver.experiment.start is None
    assert driver.experiment.bounds is None
    assert not error(driver).isVisible()
    assert driver.race.objective.text == "(x^2 + y - 3)^2 + 2y^2"
    assert driver.widget("function", QComboBox).currentText().startswith("(x² + y − 3)²")
    # one change, whatever number of keys
    assert len(driver.window.store.history) == len(history) + 1
    surfaces, race = len(driver.results.surfaces), driver.race
    QTest.keyClicks(line, " + sine(x)")
    assert error(driver).isVisible()
    assert error(driver).text() == "Unknown name 'sine' at column 26; did you mean sin?"
    assert line.property("wrong")
    assert line.extraSelections()[0].cursor.selectedText() == "sine"
    QTest.qWait(250)
    assert driver.race is race
    assert len(driver.results.surfaces) == surfaces
    for _ in range(4):
        QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "(x)")
    assert not error(driver).isVisible()
    # nobody pressed Enter
    driver.until(lambda: driver.experiment.function == "(x^2 + y - 3)^2 + 2y^2 + sin(x)")
    driver.wait_for_race()
    driver.unfocus()
    driver.action("undo").trigger()
    assert line.text() == "(x^2 + y - 3)^2 + 2y^2"
    driver.action("undo").trigger()
    assert line.text() == "x^2 + y^2"
    assert driver.experiment == driver.first


def test_a_built_in_function_typed_over_and_back(driver):
    driver.change(function="rosenbrock", start=None)
    first = driver.experiment
    line = driver.focus(field(driver))
    assert line.text() == "(1 - x)^2 + 100*(y - x^2)^2"
    line.moveCursor(line.textCursor().MoveOperation.End)
    QTest.keyClicks(line, " + a")
    driver.until(lambda: driver.experiment.function.endswith("+ a"))
    assert driver.experiment.bounds == ((-2.0, 2.0), (-1.0, 3.0))
    assert driver.experiment.parameters == {"a": 1.0}
    for _ in range(4):
        QTest.keyClick(line, Qt.Key.Key_Backspace)
    driver.until(lambda: driver.experiment == first)
    assert driver.window.store.history[-1].experiment == first
    QTest.keyClicks(line, "@")
    assert error(driver).isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not error(driver).isVisible()
    assert line.text() == "(1 - x)^2 + 100*(y - x^2)^2"
    driver.wait_for_race()


def test_a_new_function_opens_where_it_shows_something(driver):
    type_formula(driver, "x^4 - 3x^2 + x")
    assert driver.experiment.bounds is None
    assert driver.experiment.objective.bounds.tolist() == [[-2, 2]]
    assert driver.race.positions[0, 0, :, 0].tolist() == list(driver.experiment.objective.start)
    # other numbers make no other function: what is looked at stays
    type_formula(driver, "x^4 - 300x^2 + x")
    assert driver.experiment.bounds == ((-2.0, 2.0),)
    type_formula(driver, "(x - 300)^2 + (y + 40)^2")
    assert driver.experiment.bounds is None
    assert np.abs(driver.race.positions[0]).max() > 20


def test_an_unknown_name_is_a_parameter_with_a_slider(driver):
    type_formula(driver, "a*x^2 + b*y^2 + |x|")
    assert driver.experiment.parameters == {"a": 1.0, "b": 1.0}
    assert "abs" in driver.text("corners")
    assert driver.widget("corners").isVisible()
    driver.type("parameter.a", "3")
    driver.wait_for_race()
    assert float(driver.race.objective.value(np.array([2.0, 0.0]))) == 14.0
    view, places = driver.window.landscape.view(), len(driver.window.store.history)
    slider = driver.widget("parameter.b.slider", QSlider)
    driver.slide(slider, 200)
    driver.until(lambda: driver.experiment.parameters["b"] < 0)
    driver.wait_for_race()
    driver.wait_for_surface()
    assert len(driver.window.store.history) == places + 1
    assert driver.window.landscape.view() == view
    assert driver.race.objective.parameters == driver.experiment.parameters
    driver.type("parameter.b", "40")
    driver.type("parameter.b", "x")
    assert driver.experiment.parameters == {"a": 3.0, "b": 40.0}
    # the slider reaches what was typed
    slider = driver.widget("parameter.b.slider", QSlider)
    assert 500 < slider.value() < 1000
    # names that stay keep their values
    type_formula(driver, "a*x^2 + c*y^2")
    assert driver.experiment.parameters == {"a": 3.0, "c": 1.0}
    assert not driver.widget("parameter.b", QLineEdit).isVisible()
    driver.change(function="booth", parameters={}, start=None)
    assert not driver.widget("parameter.a", QLineEdit).isVisible()


def test_bounds_are_typed_and_the_landscape_follows(driver):
    driver.click("bounds")
    driver.type("bounds_x_low", "-1")
    driver.type("bounds_x_high", "7")
    driver.wait_for_race()
    assert driver.experiment.bounds == ((-1.0, 7.0), (-5.0, 5.0))
    left, right, *_ = driver.window.landscape.plot.target()
    assert (round(left), round(right)) == (-1, 7)
    driver.wait_for_surface()
    driver.type("bounds_y_low", "9")
    assert driver.experiment.bounds == ((-1.0, 7.0), (-5.0, 5.0))
    # from one box to another beside it, from left to right
    driver.type("bounds_y_high", "12")
    assert driver.experiment.bounds == ((-1.0, 7.0), (9.0, 12.0))
    assert driver.text("bounds_y_low") == "9"
    assert not driver.widget("bounds_y_low", QLineEdit).parent().error.text()
    driver.click("bounds.reset")
    assert driver.experiment.bounds is None
    driver.wait_for_race()


def test_one_variable_and_back(driver):
    type_formula(driver, "x^2 + 10sin(x)")
    assert driver.race.positions.shape[2] == 1
    assert driver.race.positions[0, 0, 0, 0] == -3.0
    assert driver.text("formula_names") == "f(x) ="
    type_formula(driver, "x^2 + y*0")
    assert len(driver.race.objective.names) == 2
    driver.window.store.undo()
    driver.wait_for_race()
    assert driver.race.objective.names == ("x",)


def test_the_own_list(open_lasting, small, monkeypatch, homes):
    names = iter(["My valley", "The  other", "The other"])
    monkeypatch.setattr(FunctionPanel, "ask_name", lambda *_: " ".join(next(names).split()))
    driver = open_lasting(small)
    type_formula(driver, "a*x^2 + 3y^2")
    driver.change(parameters={"a": 2.0}, bounds=((-1.0, 1.0), (-2.0, 2.0)))
    assert driver.widget("keep_function").isVisible()
    assert not driver.widget("own_function").isVisible()
    driver.click("keep_function")
    box = driver.widget("function", QComboBox)
    assert box.currentText() == box.itemText(box.count() - 1) == "My valley"
    assert driver.experiment.name == "My valley"
    assert not driver.widget("keep_function").isVisible()
    driver.action("side_by_side").trigger()
    assert driver.window.export_menu.stem == "my-valley"
    assert title_of(driver.experiment) == "My valley:  f(x, y) = a·x² + 3y²"
    assert (homes / "config/gdsim/functions.json").exists()
    driver.wait_for_race()
    driver.window.document.close()
    # another window knows it, too
    second = open_lasting(small)
    second.type(second.widget("function", QComboBox).lineEdit(), "my valley")
    second.until(lambda: second.experiment.name == "My valley")
    second.wait_for_race()
    assert second.experiment.parameters == {"a": 2.0}
    assert second.experiment.bounds == ((-1.0, 1.0), (-2.0, 2.0))
    more = second.widget("own_function", QToolButton)
    assert more.isVisible()
    rename, delete = more.menu().actions()
    rename.trigger()
    assert second.experiment.name == "The other"
    # a name is not given twice unasked
    asked = []
    monkeypatch.setattr(FunctionPanel, "ask_replace", lambda *_: asked.append(1))
    type_formula(second, "x*y")
    second.click("keep_function")
    assert asked
    assert second.window.parameters.own_functions.functions[0].text == "a*x^2 + 3y^2"
    second.window.store.undo()
    assert [f.name for f in second.window.parameters.own_functions.functions] == ["The other"]
    delete.trigger()
    assert second.window.parameters.own_functions.functions == ()
    assert not more.isVisible()
    assert second.experiment.name == "The other"
    second.wait_for_race()


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "typed there"])
def test_a_function_of_the_list_is_seen_before_it_is_derived(open_lasting, small, monkeypatch, kept):
    text = f"(x - 0.3)^2 + {2.5 + kept}y^2"  # one that nobody has derived before
    driver = open_lasting(small)
    driver.window.parameters.own_functions.keep(OwnFunction(name="kept before", text=text))
    may_derive, derive = threading.Event(), Expression.compile

    def compile_late(expression):
        may_derive.wait(20)
        derive(expression)

    monkeypatch.setattr(Expression, "compile", compile_late)
    seen = len(driver.results.surfaces)
    driver.type(driver.widget("function", QComboBox).lineEdit(), "kept before" if kept else text)
    driver.until(lambda: driver.experiment.function == text and len(driver.results.surfaces) > seen)
    assert not driver.experiment.objective.ready
    may_derive.set()
    driver.wait_for_race()
    assert driver.race.objective.text == text


@pytest.mark.parametrize("damage", [b"", b"[1, 2", b'{"functions": 3}', b'{"functions": {"a": 1}}', b"\xff\xfe"])
def test_a_damaged_list_counts_as_empty(app, tmp_path, damage):
    from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions

    path = tmp_path / "functions.json"
    for number in ("", "-2"):  # one that was put aside stays
        path.write_bytes(damage)
        own = OwnFunctions(path)
        assert own.functions == ()
        own.keep(OwnFunction("new", "x*y"))
        assert own.named("new").text == "x*y"
        assert (tmp_path / f"functions.damaged{number}.json").read_bytes() == damage
        assert OwnFunctions(path).functions == own.functions


def test_entries_that_are_not_understood_stay_in_the_file(app, tmp_path):
    from gdsim.desktop.state.own_functions import OwnFunction, OwnFunctions

    path = tmp_path / "functions.json"
    strange = [{"name": 3}, [], {"name": "bad", "text": "__import__(1)"}]
    path.write_text(json.dumps({"functions": [*strange, {"name": "ok", "text": "x^2"}]}))
    own = OwnFunctions(path)
    own.keep(OwnFunction("new", "x*y"))
    assert [f.name for f in own.functions] == ["ok", "new"]
    assert json.loads(path.read_text())["functions"][2:] == strange


def test_functions_that_were_kept_before(app, tmp_path):
    from gdsim.desktop.state.own_functions import OwnFunctions

    entries = [{"name": "One", "text": "xy + speed*x", "parameters": {"xy": 2.0}}]
    path = tmp_path / "functions.json"
    path.write_text(json.dumps({"gdsim functions": 1, "functions": entries}))
    own = OwnFunctions(path)
    one = own.named("One")
    assert (one.text, one.parameters) == ("x1 + speed*x", {"x1": 2.0, "speed": 1.0})
    own.keep(one)
    assert OwnFunctions(path).functions == (one,)
    assert json.loads(path.read_text())["gdsim functions"] == 2


def test_saved_and_opened_again(open_lasting, small, tmp_path):
    driver = open_lasting(small)
    type_formula(driver, "a*x^2 + log(y + 6) + |y|")
    driver.change(parameters={"a": 0.5}, name="Mine")
    path = tmp_path / "mine.json"
    driver.window.document.save(path)
    saved, positions = driver.experiment, driver.race.positions
    driver.action("new").trigger()
    driver.wait_for_race()
    driver.window.files.open_path(path)
    driver.until(lambda: driver.experiment == saved)
    driver.wait_for_race()
    np.testing.assert_array_equal(driver.race.positions, positions)
    # a formula that nothing has worked out yet does not hold the window up
    text = "sin(x*y) + cosh(x/3)*hypot(x, y - 0.3125)"
    gdsim.storage.files.save(gdsim.Experiment(text, optimizers=small.optimizers), path)
    driver.window.files.open_path(path)
    assert driver.experiment == saved
    driver.until(lambda: driver.experiment.function == text)
    driver.wait_for_race()
    assert driver.window.document.path == path
    path.write_text(path.read_text().replace("cosh(", "cosh(("))
    driver.window.files.open_path(path)
    assert "column" in driver.message


def mutated(rng, letters="xyab0123456789.+-*/^()|, eπ²√−·sincotalgqrpmhyuf_×÷@#'\"\\\n\0𝒙é"):
    """A text like a formula, with some letters put in, taken out or doubled."""
    seeds = ["(1-x)^2 + 100*(y-x^2)^2", "a*x^2 + b*|y|", "exp(-x^2)sin(3y)", "min(x, y, 2)/max(1, x)", "log(x)+sqrt(y)"]
    text = list(rng.choice(seeds))
    for _ in range(rng.randrange(6)):
        at = rng.randrange(len(text) + 1)
        text[at : at + rng.randrange(3)] = rng.choices(letters, k=rng.randrange(4))
    return "".join(text)


def test_two_hundred_texts_in_the_field(driver, capfd):
    rng = random.Random(4)
    line = driver.focus(field(driver))
    texts = [mutated(rng) for _ in range(180)] + ["", "(" * 5000, "9^9^9^9x", "x" * 100_000, "x.__class__", "х + y"]
    for i, text in enumerate(texts):
        line.selectAll()
        QApplication.clipboard().setText(text)
        line.paste()
        if i % 10 == 0:
            QTest.keyClick(line, Qt.Key.Key_Return)
        typed = line.text()
        try:
            read(typed)
        except gdsim.GdsimError:
            assert error(driver).isVisible(), typed
        else:
            assert not error(driver).isVisible(), typed
        QApplication.processEvents()
    line.selectAll()
    QTest.keyClicks(line, "x^2 + y^2 + 1")
    QTest.keySequence(line, QKeySequence("Return"))
    driver.until(lambda: driver.experiment.function == "x^2 + y^2 + 1")
    driver.wait_for_race()
    assert capfd.readouterr().err == ""


def test_settings_know_the_place_of_the_list(homes):
    assert Settings().functions_path == homes / "config/gdsim/functions.json"
    assert Settings(lasting=False).functions_path is None


def test_a_short_formula_is_worked_out_at_once_and_a_long_one_after_a_pause(driver):
    editor = driver.window.parameters.function.editor
    line = driver.focus(field(driver))
    line.selectAll()
    QTest.keyClicks(line, "x^2 + 3y^2")
    assert "formula" in driver.window.session.requests.waiting
    assert not editor._timer.isActive()
    driver.until(lambda: driver.experiment.function == "x^2 + 3y^2")
    line.selectAll()
    QTest.keyClicks(line, "sum(x^i, i, 1, 200)")
    assert not is_short("sum(x^i, i, 1, 200)")
    assert is_short("(1-x)^2 + 100*(y-x^2)^2 + sin(3x)*cos(2y)")
    assert "formula" not in driver.window.session.requests.waiting
    assert editor._timer.isActive()
    QTest.keyClick(line, Qt.Key.Key_Return)
    driver.until(lambda: driver.experiment.function == "sum(x^i, i, 1, 200)")


def test_nothing_is_derived_in_the_thread_of_the_window(driver, monkeypatch):
    derived = []
    source = Expression.source

    def noted(expression, what):
        derived.append((what, threading.current_thread() is threading.main_thread()))
        return source(expression, what)

    monkeypatch.setattr(Expression, "source", noted)
    type_formula(driver, "(x - 0.7139)^2 + 2y^2 + x*y")
    type_formula(driver, "(x - 0.7140)^2 + 2y^2 + x*y")  # a start is looked at again where numbers only are others
    assert {"value", "gradient"} <= {what for what, _ in derived}
    assert not any(in_window for _, in_window in derived)


def type_slowly(driver, text):
    """Type on so slowly that all that can be read becomes the function; return what did."""
    line, seen = driver.focus(field(driver)), []
    for letter in text:
        QTest.keyClick(line, letter)
        typed = line.toPlainText()
        if not driver.window.parameters.function.editor.is_wrong:
            driver.until(lambda typed=typed: driver.experiment.function in (typed, typed.strip()))
        seen.append(driver.experiment.function)
    return seen


@pytest.mark.parametrize("word", ["velocity*x", "yellow", "expo(y)", "sine(x)"])
def test_behind_a_word_that_is_wrong_stands_the_function_from_before_it(driver, word):
    type_formula(driver, "x^2 + 3y^2")
    history = len(driver.window.store.history)
    seen = type_slowly(driver, f" + {word}")
    assert seen[3] == f"x^2 + 3y^2 + {word[0]}"
    assert set(seen[4:]) == {"x^2 + 3y^2"}
    assert driver.experiment.parameters == {}
    assert len(driver.window.store.history) == history


def test_behind_a_word_that_is_wrong_stands_what_was_finished_of_the_same_edit(driver):
    type_formula(driver, "x^2 + 3y^2")
    history = len(driver.window.store.history)
    seen = type_slowly(driver, "*x^2 + sin(y")
    assert seen[-1] == "x^2 + 3y^2*x^2"
    assert type_slowly(driver, ")")[-1] == "x^2 + 3y^2*x^2 + sin(y)"
    assert len(driver.window.store.history) == history + 1
    driver.window.store.undo()
    assert driver.experiment.function == "x^2 + 3y^2"


def test_a_first_word_that_is_wrong_leaves_the_function_from_before(driver):
    before = driver.experiment
    driver.focus(field(driver)).selectAll()
    assert type_slowly(driver, "sin")[0] == "s"
    assert driver.experiment == before
