"""Tests of what is said of a document: its note, messages, and what comes from files."""

import dataclasses
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtGui import Qt as Rich
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMessageBox, QWidget

import gdsim
from gdsim.desktop.commands.settings_dialog import SettingsDialog
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.files.table_questions import ask_outside
from gdsim.desktop.look.style import LIGHT
from gdsim.desktop.state.document import is_of_same
from gdsim.desktop.state.settings import Preferences
from gdsim.desktop.text.language import DEVELOPMENT, PSEUDO
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import tip_text
from gdsim.errors import GdsimError
from gdsim.objectives.source import Source
from gdsim.storage.examples import GROUPS, examples
from gdsim.storage.files import open_file, save
from gdsim.storage.sources import TableError

EXAMPLES = {example.path.stem: example.document for example in examples()}
#: A name that Qt would take for HTML.
HOSTILE = "<b>x</b><img src='no'>"


def open_example(driver, stem):
    document = EXAMPLES[stem]
    driver.window.files.open_example(document)
    driver.until(lambda: driver.experiment == document.experiment)
    driver.wait_for_race()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_a_message_is_whole_however_long_it_is(open_window, small, size):
    driver = open_window(small, size=size)
    box, label = driver.widget("message_box"), driver.widget("message")
    path = "/home/" + "a_folder_with_a_name_without_any_blank" * 12 + "/table.csv."
    for sentence in ("Short.", "Saved to " + path, "One of many words. " * 30):
        driver.window.session.say(sentence)
        QApplication.processEvents()
        assert label.text() == driver.message == sentence
        assert box.isVisible()
        assert label.height() >= label.heightForWidth(label.width())
        assert label.width() >= min(label.sizeHint().width(), driver.window.centre.width() - 150)
        centre = driver.window.centre.rect()
        assert centre.contains(box.geometry())
        assert not box.geometry().intersects(driver.window.player_bar.geometry())
    driver.click("message_away")
    assert driver.message == ""
    assert not box.isVisible()


def test_a_message_goes_with_what_makes_it_untrue(driver):
    driver.action("copy_python").trigger()
    assert driver.message == "The program is on the clipboard."
    QGuiApplication.clipboard().setText("something else")
    driver.until(lambda: driver.message == "")
    driver.window.session.say("Cannot be.")
    QGuiApplication.clipboard().setText("again")
    QApplication.processEvents()
    assert driver.message == "Cannot be."
    driver.change(steps=61)
    assert driver.message == ""


def test_labels_are_made_with_a_format():
    """Whatever is not a text of the program's own goes into a label that has decided what it takes for HTML."""
    folder = Path(gdsim.__file__).parent / "desktop"
    found = [
        f"{path.name}: {line.strip()}"
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bQLabel\((?!self\.tr\(|_tr\(|translate\(|\):)", line)
        and path.name != "labels.py"
        and "class " not in line
    ]
    assert found == []


def test_a_tip_shows_what_it_is_given():
    for text in (HOSTILE, f"first\n{HOSTILE}", "a < b", "x <3 and\ny", "plain", f"{HOSTILE}\nsecond  line"):
        tip = tip_text(text)
        shown = tip
        if Rich.mightBeRichText(tip):
            document = QTextDocument()
            document.setHtml(tip)
            shown = document.toPlainText()
        assert shown.replace("\u2028", "\n") == text


def test_names_from_a_file_are_plain_text_all_over_the_window(lasting, tmp_path):
    driver, window = lasting, lasting.window
    rows = tuple((float(i), float(i % 3), float(i % 2)) for i in range(12))
    source = Source(
        rows=rows, features=(HOSTILE, HOSTILE + "2"), target=HOSTILE + "3", classes=(HOSTILE + "4", HOSTILE + "5")
    )
    entries = (gdsim.Entry("gd", name=HOSTILE), gdsim.Entry("momentum"))
    experiment = gdsim.Experiment("logistic", data=source, optimizers=entries, steps=5, restarts=1)
    path = tmp_path / "<b>file.json"
    save(experiment, path, HOSTILE, HOSTILE)
    window.resize(1440, 900)
    for dock in window.lazy_docks:
        dock.toggleViewAction().trigger()
    assert window.files.open_path(path)
    driver.until(lambda: driver.experiment == experiment)
    driver.wait_for_race()
    QApplication.processEvents()
    window.session.say(HOSTILE)
    shown = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel) and "<" in widget.text():
            shown.append(widget.text())
            auto = widget.textFormat() == Qt.TextFormat.AutoText and Rich.mightBeRichText(widget.text())
            assert not auto, (widget.objectName(), widget.text())
            assert widget.textFormat() == Qt.TextFormat.PlainText or "<img" not in widget.text()
        assert not (Rich.mightBeRichText(widget.toolTip()) and "<img" in widget.toolTip()), widget.objectName()
    assert len(shown) >= 3


def test_a_box_that_asks_shows_names_as_plain_text(lasting, tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: seen.append((box.textFormat(), box.text())))
    for why in ("changed", "unreadable"):
        lasting.window.files.ask_table(TableError(GdsimError("no"), str(tmp_path / "<b>x</b>.csv"), why))
    ask_outside("<b>x</b>.csv", lasting.window)
    assert {form for form, _ in seen} == {Qt.TextFormat.PlainText}
    assert all("<b>x</b>.csv" in text for _, text in seen)
    assert len(seen) == 3


def test_a_note_says_that_the_experiment_has_changed_and_goes_with_the_function(open_window, small):
    driver = open_window(small)
    open_example(driver, "03-rate-too-large")
    note, changed = driver.widget("note"), driver.widget("note_changed")
    assert note.isVisible()
    assert not changed.isVisible()
    room = driver.viewport.size()
    driver.change(learning_rate=0.01)
    QApplication.processEvents()
    assert changed.isVisible()
    assert driver.viewport.size() == room
    driver.window.store.undo()
    assert not changed.isVisible()
    driver.change(function="rosenbrock", start=None, bounds=None)
    assert not note.isVisible()
    assert driver.window.windowTitle() == "Untitled[*] — gdsim"
    driver.window.store.undo()
    driver.until(note.isVisible)
    assert "Learning rate" in driver.window.windowTitle()


def test_an_example_that_is_played_with_is_nobodys_work(lasting, asked):
    open_example(lasting, "02-rate-right")
    lasting.change(learning_rate=0.02, steps=99)
    assert not lasting.window.isWindowModified()
    assert lasting.window.files.may_leave()
    assert asked.count == 0
    # what is typed is a person's own
    lasting.change(function="x^2 + 3*y^2", start=None, bounds=None)
    assert lasting.window.isWindowModified()
    asked.answer = "cancel"
    assert not lasting.window.files.may_leave()
    assert asked.count == 1


def test_what_is_made_of_an_example_is_saved_without_its_words(lasting, tmp_path):
    open_example(lasting, "02-rate-right")
    lasting.change(function="x^2 + 3*y^2", start=None, bounds=None)
    lasting.window.document.save(tmp_path / "own.json")
    document = open_file(tmp_path / "own.json")
    assert (document.title, document.note) == ("", "")
    lasting.change(steps=31)
    assert lasting.window.isWindowModified()  # it has a file now


def test_what_is_turned_and_dragged_is_of_the_same_thing():
    network = EXAMPLES["19-regression-and-outliers"].experiment
    dragged = dataclasses.replace(network, data=Source(rows=((0.0, 1.0), (1.0, 2.0), (2.0, 1.0))))
    assert is_of_same(network, dragged)
    assert not is_of_same(network, dataclasses.replace(network, function="network", options={}, start=None))
    parameter = EXAMPLES["16-parameter"].experiment
    turned = {name: value + 1 for name, value in parameter.parameters.items()}
    assert turned
    assert is_of_same(parameter, dataclasses.replace(parameter, parameters=turned))


def test_every_example_stands_in_a_group(lasting):
    window = lasting.window
    window.files.examples.aboutToShow.emit()
    titles = [action.text() for action in window.files.examples.actions() if not action.isSeparator()]
    assert titles == ["The opening race", *GROUPS]
    listed = [action.text() for action in window.files.example_actions() if action.text()]
    assert sorted(listed[1:]) == sorted(document.title for document in EXAMPLES.values())
    assert len({number for numbers in GROUPS.values() for number in numbers}) == len(EXAMPLES)


def test_the_opening_race_can_be_opened_again(lasting):
    first = lasting.window.files.example_actions()[0]
    first.trigger()
    lasting.until(lambda: lasting.experiment == opening_experiment())
    assert lasting.window.windowTitle() == "Untitled[*] — gdsim"
    lasting.change(restarts=3)
    assert not lasting.window.isWindowModified()


def test_the_data_come_back_with_an_example_that_is_on_data(open_window, small):
    driver = open_window(small)
    dock = next(dock for dock in driver.window.lazy_docks if dock.name == "data_view")
    open_example(driver, "22-network-on-moons")
    assert dock.toggleViewAction().isChecked()
    dock.toggleViewAction().trigger()
    open_example(driver, "02-rate-right")
    open_example(driver, "19-regression-and-outliers")
    assert dock.toggleViewAction().isChecked()
    dock.toggleViewAction().trigger()
    # from one model to another
    open_example(driver, "22-network-on-moons")
    assert dock.toggleViewAction().isChecked()


def test_the_opening_race_of_a_process_is_an_example(open_lasting, asked):
    driver = open_lasting()
    driver.window.document.play()
    driver.change(restarts=2)
    assert driver.window.files.may_leave()
    assert asked.count == 0


def test_the_pseudo_language_is_offered_to_those_at_work_on_the_program(app, monkeypatch):
    def offered(preferences):
        dialog = SettingsDialog(preferences, LIGHT, None)
        box = dialog.findChild(QComboBox, "settings.language")
        found = [box.itemData(i) for i in range(box.count())], box.isHidden()
        dialog.deleteLater()
        return found

    monkeypatch.delenv(DEVELOPMENT, raising=False)
    assert offered(Preferences()) == (["en"], True)
    assert offered(Preferences(language=PSEUDO)) == (["en", PSEUDO], False)
    monkeypatch.setenv(DEVELOPMENT, "1")
    assert offered(Preferences()) == (["en", PSEUDO], False)


def test_the_reading_is_of_what_lies_under_the_mouse_now(driver):
    plot = driver.window.landscape.plot
    at = driver.pixel(1.0, 1.0)
    driver.hover(driver.viewport, at)
    driver.until(lambda: "f = " in driver.text("reading"))
    for change in (
        lambda: driver.change(function="rosenbrock", start=None, bounds=None),
        lambda: driver.change(function="2*x^2 + b*y^2", start=None, bounds=None),
        lambda: driver.change(parameters={"b": 3.0}),
        lambda: plot.box.scaleBy((0.5, 0.5)),
        lambda: driver.action("reset_view").trigger(),
    ):
        before = driver.text("reading")
        change()
        objective = driver.experiment.objective
        x, y = driver.point(at)
        value = show(float(objective.value([x, y])))
        driver.until(lambda value=value: f"f = {value}" in driver.text("reading"))
        assert driver.text("reading") != before
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert "f = " not in driver.text("reading")


def test_what_is_done_goes_by_itself_and_what_is_wrong_stays(driver):
    message = driver.window.centre.message
    for good, stays, goes in ((True, False, True), (True, True, False), (False, False, False)):
        driver.window.centre.message.say("So it is.", good=good, stays=stays)
        assert message.timer.isActive() is goes
    message.say("Done.", good=True)
    message.timer.timeout.emit()
    assert driver.message == ""
    assert not message.timer.isActive()


def test_a_long_message_covers_no_axis(open_window, small):
    for size in ((1440, 900), (1024, 700)):
        driver = open_window(small, size=size)
        driver.window.session.say("One of many words. " * 12)
        QApplication.processEvents()
        box, centre, plot = driver.widget("message_box").geometry(), driver.window.centre, driver.window.landscape.plot
        assert not box.intersects(driver.widget("reading").geometry())
        for side in ("left", "bottom"):
            axis = plot.mapFromScene(plot.getPlotItem().getAxis(side).sceneBoundingRect()).boundingRect()
            assert not box.intersects(axis.translated(plot.mapTo(centre, QPoint(0, 0))).adjusted(1, 1, -1, -1))


def test_a_short_message_covers_no_axis(open_window, small):
    for size in ((1440, 900), (1024, 700)):
        driver = open_window(small, size=size)
        driver.window.session.say("Short.")
        centre, plot = driver.window.centre, driver.window.landscape.plot
        under = plot.mapTo(centre, plot.rect().bottomLeft()).y()
        assert driver.widget("message_box").geometry().top() >= under - 2


def test_what_went_wrong_goes_with_the_next_attempt(driver, monkeypatch, tmp_path):
    from PySide6.QtWidgets import QFileDialog

    said = []
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_: (said.append(driver.message), ("", ""))[1])
    for name in ("open", "open_data", "save_as", "export_table", "export_iterates", "save_python"):
        driver.window.session.say("It cannot be read.")
        driver.action(name).trigger()
    assert said == [""] * 6
    driver.window.session.say("It cannot be read.")
    driver.window.files.open_path(tmp_path / "nowhere.json")
    assert driver.message.endswith(".")
    assert "nowhere.json" in driver.message
