"""A longer name in the formula is asked about, beside the field, once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QToolButton, QWidget
from test_layout import cut_off

from gdsim.desktop.edits.formula_offers import offers, question_text
from gdsim.desktop.text.phrases import error_text
from gdsim.errors import GdsimError
from gdsim.objectives import objective_for
from gdsim.objectives.formula.formula import read


def typed(driver, text):
    """Type over the formula, and wait for nothing."""
    line = driver.focus(driver.widget("formula", QPlainTextEdit))
    line.selectAll()
    QTest.keyClicks(line, text)
    return line


def answers(driver):
    """The buttons that are shown."""
    question = driver.widget("formula_question")
    return [b for b in question.findChildren(QToolButton) if b.isVisible()]


def test_a_word_alone_is_offered_as_the_coordinate(driver):
    line = typed(driver, "f = 3velocity^2 - velocity")
    assert driver.text("formula_question_text") == "velocity: the coordinate?"
    assert [button.text() for button in answers(driver)] == ["v", "v·e·l·o·c·i·t·y"]
    assert answers(driver)[0].accessibleName() == "Write v for velocity: it is the coordinate."
    answers(driver)[0].click()
    assert line.toPlainText() == "f(v) = 3v^2 - v"
    driver.until(lambda: driver.experiment.function == "f(v) = 3v^2 - v")


def test_a_name_a_product_and_other_letters(driver):
    before = driver.experiment
    line = typed(driver, "velocity*x^2 + y^2")
    assert driver.widget("formula_question").isVisible()
    assert driver.text("formula_question_text") == "velocity: a parameter?"
    assert [button.text() for button in answers(driver)] == ["Yes", "v·e·l·o·c·i·t·y"]
    assert answers(driver)[0].accessibleName() == "velocity is a parameter of the formula, with a slider."
    assert answers(driver)[1].accessibleName() == "Write v·e·l·o·c·i·t·y for velocity."
    # until it is answered, all stays; the keys go from the field to the answers
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is answers(driver)[0]
    QTest.qWait(250)
    assert driver.experiment == before
    QTest.keyClick(answers(driver)[0], Qt.Key.Key_Space)
    driver.until(lambda: driver.experiment.function == "velocity*x^2 + y^2")
    driver.wait_for_race()
    assert driver.experiment.parameters == {"velocity": 1.0}
    assert not driver.widget("formula_question").isVisible()
    assert driver.widget("parameter.velocity").isVisible()
    # it is not asked again, not even when it had gone
    typed(driver, "x^2 + 3y^2")
    driver.until(lambda: driver.experiment.function == "x^2 + 3y^2")
    typed(driver, "velocity*x^2 + y^2 + x")
    assert not answers(driver)
    driver.until(lambda: driver.experiment.parameters == {"velocity": 1.0})
    # the signs are put in where it was a product, and taken back as they were typed
    line = typed(driver, "x^2 + 2ab y + y^2")
    assert [button.text() for button in answers(driver)] == ["Yes", "a·b"]
    answers(driver)[1].click()
    assert line.toPlainText() == "x^2 + 2a·b y + y^2"
    driver.until(lambda: driver.experiment.function == "x^2 + 2a·b y + y^2")
    driver.wait_for_race()
    assert driver.experiment.parameters == {"a": 1.0, "b": 1.0}
    # letters that are no coordinates
    line = typed(driver, "a*w^2 + cos(w)")
    assert driver.text("formula_question_text") == "Which letters are coordinates?"
    assert [button.text() for button in answers(driver)] == ["w", "a, w", "a"]
    answers(driver)[0].click()
    assert line.toPlainText() == "f(w) = a*w^2 + cos(w)"
    driver.until(lambda: driver.experiment.function == "f(w) = a*w^2 + cos(w)")
    # however long the names, the panel becomes no wider by them, and nothing in it is cut off
    area = driver.widget("parameters")
    wide = area.widget().minimumSizeHint().width()
    area.widget().resize(wide, area.widget().height())
    for text in ("epsilon1 + epsilon2 + epsilon3 + theta_12345*phi", f"{'abcdefgh_' * 4}*x + y", f"{'W' * 30}(x)"):
        typed(driver, text)
        assert answers(driver) or driver.text("formula_error")
        QApplication.processEvents()
        assert area.widget().minimumSizeHint().width() == wide
        driver.until(lambda: not cut_off(driver.window.parameters))
    # a sentence, where nothing is to be chosen, and it begins as it was typed
    typed(driver, "min x")
    assert driver.text("formula_error") == "min at column 1 needs its argument in brackets: min(…)"
    assert not answers(driver)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not driver.widget("formula_error", QLabel).isVisible()
    # what looks like a coordinate is said to be none
    typed(driver, "X*x^2 + y^2")
    driver.until(lambda: driver.experiment.parameters == {"X": 1.0})
    assert driver.text("corners") == "X is a parameter, not the coordinate x."
    typed(driver, "x*y*z + x^2")
    driver.until(lambda: driver.experiment.parameters == {"z": 1.0})
    assert driver.text("corners") == "z is a parameter (f(x, y, z) = … makes it a coordinate)."
    assert read("f(x, y, z) = x*y*z").likely_head == read("f(x, y; z) = x*y*z").likely_head == ""
    assert read("x*z").likely_head == "f(x, z) ="
    # into the list, too: it is the field that asks
    driver.window.findChild(QWidget, "function").lineEdit().setFocus()
    driver.focus(driver.widget("function")).lineEdit().setText("foo*x + y^2")
    QTest.keyClick(driver.widget("function").lineEdit(), Qt.Key.Key_Return)
    assert driver.text("formula_question_text") == "foo: a parameter?"


@pytest.mark.parametrize(
    ("text", "question", "texts"),
    [
        ("thta*x + thta", "thta: a parameter?", ["", "t·h·t·a*x + t·h·t·a", "theta*x + theta"]),
        ("a_max*x", "a_max: a parameter?", [""]),
        ("velocity^2", "velocity: the coordinate?", ["f(v) = v^2", "v·e·l·o·c·i·t·y^2"]),
        (
            "u^2 + 3θ_1",
            "Which letters are coordinates?",
            [f"f({names}) = u^2 + 3θ_1" for names in ("u, theta1", "u", "theta1")],
        ),
        (
            "L = (w - 3)^2 + b^2",
            "Which letters are coordinates?",
            [f"L({names}) = (w - 3)^2 + b^2" for names in ("w, b", "w", "b")],
        ),
    ],
)
def test_what_is_offered(app, text, question, texts):
    with pytest.raises(GdsimError) as error:
        objective_for(text)
    assert question_text(error.value) == question
    assert [offer.text for offer in offers(error.value, text)] == texts


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("min x", "min at column 1 needs"),
        ("sum(x(i), i, 1, 2)", "x(…) at column 5 is a product"),
        ("", "The formula is empty"),
        ("foo(x)", "Unknown name 'foo'"),
        ("x if y", "'if' at column 3"),
    ],
)
def test_what_was_typed_is_not_capitalised(app, text, sentence):
    with pytest.raises(GdsimError) as error:
        read(text)
    assert error_text(error.value).startswith(sentence)


def test_fields_and_reasons_begin_as_sentences_do(app):
    assert error_text(GdsimError("{field} must be 1", "learning_rate")) == "Learning rate η must be 1"
    assert error_text(GdsimError("{reason}; and so on", reason=GdsimError("{field} is 2", "x"))) == "X is 2; and so on"
    assert error_text(GdsimError("{function} has none", function="bowl")) == "bowl has none"
    assert error_text(GdsimError("{where}: {reason}", where="race.json", reason="no")) == "race.json: no"
    assert error_text(GdsimError("{name} must be a number", name="start x")) == "Start x must be a number"
