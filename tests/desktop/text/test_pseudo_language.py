"""In a language of no people, every text is translated and has room."""

import re

import pytest
from driving import Driver
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QTableWidget,
    QToolButton,
    QWidget,
)
from test_layout import cut_off, outside

import gdsim
from gdsim.desktop.commands.palette import CommandPalette
from gdsim.desktop.commands.settings_dialog import SettingsDialog
from gdsim.desktop.commands.shortcuts_dialog import ShortcutsDialog
from gdsim.desktop.edits.first_experiments import opening_experiment
from gdsim.desktop.files.export_dialog import ExportDialog
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.help.what_is_what import WhatIsWhat
from gdsim.desktop.text.language import PSEUDO, PseudoTranslator, use_language
from gdsim.desktop.tuning.dialog import TuneDialog
from gdsim.desktop.tuning.search import TuningSearch

#: What stands for itself in every language: names of programs, formats, fields of files.
KEPT = {"gdsim", "CSV", "NPZ", "PNG", "SVG", "json", "csv", "npz", "png", "svg", "NumPy", "English", "Ctrl", "Shift"}
KEPT |= {"Space", "Home", "End", "Left", "Right", "Esc", "Del", "Backspace"}
KEPT |= {"exp", "sin", "cos", "sqrt", "pi", "log", "abs", "max", "min", "tanh", "hypot", "atan2", "floor"}
KEPT |= {"_".join(name) for rule in gdsim.OPTIMIZERS.values() for name in [[h.name] for h in rule.hypers()]}


@pytest.fixture
def pseudo(app, open_window):
    """The opening window, made in the pseudo-language."""
    translator = use_language(app, PSEUDO)
    assert isinstance(translator, PseudoTranslator)
    driver = open_window()
    driver.window.player.pause()
    yield driver
    app.removeTranslator(translator)


def missed(text):
    """Tell whether a text has words of English: three letters or more that no accent has reached."""
    words = re.findall(r"[^\W\d]{3,}", text.replace("&", ""))
    left = [word for word in words if word.isascii() and word not in KEPT]
    return bool(left) and "·" not in text


def texts(root):
    """Every text that a person can see or hear below a widget, and where it is."""
    for widget in [root, *root.findChildren(QWidget)]:
        where = f"{type(widget).__name__} {widget.objectName()}"
        for name in ("toolTip", "accessibleName", "accessibleDescription", "windowTitle", "placeholderText", "text"):
            get = getattr(widget, name, None)
            if get is not None and not (name == "text" and isinstance(widget, QLineEdit)):
                yield f"{where} {name}", get()
        if isinstance(widget, QComboBox):
            for i in range(widget.count()):
                yield f"{where} {i}", widget.itemText(i)
        if isinstance(widget, QListWidget):
            for i in range(widget.count()):
                yield f"{where} {i}", widget.item(i).text()
        if isinstance(widget, QTableWidget):
            for i in range(widget.rowCount()):
                yield f"{where} {i}", widget.item(i, 0).text() if widget.item(i, 0) else ""
            for i in range(widget.columnCount()):
                yield f"{where} header {i}", widget.horizontalHeaderItem(i).text()
    for action in root.findChildren(QAction):
        yield f"action {action.objectName()} text", action.text()
        yield f"action {action.objectName()} tip", action.toolTip()


def english(root):
    return sorted({(where, text) for where, text in texts(root) if missed(text)})


def test_the_walk_finds_what_is_not_translated(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    QLabel("forgotten", box)
    label = QLabel("ƒ = exp(x)", box)
    label.setToolTip("forgotten, too")
    assert [text for _, text in english(box)] == ["forgotten", "forgotten, too"]


def test_every_text_of_the_window(pseudo):
    window = pseudo.window
    for key in gdsim.OPTIMIZERS:
        window.parameters.optimizers.race(key)
        button = window.findChild(QToolButton, f"{key}.fold")
        button.setChecked(True)
    window.findChild(QToolButton, "more").setChecked(True)
    for key in gdsim.SCHEDULES:
        pseudo.change(schedule=gdsim.SCHEDULES[key](), gradient=gdsim.ForwardDifference(), direction="ascent")
        assert english(window.parameters) == []
    for menu in window.findChildren(QMenu):
        menu.aboutToShow.emit()
    for dock in window.docks[3:]:
        dock.show()
    for dock in window.lazy_docks:
        dock.toggleViewAction().trigger()
        QApplication.processEvents()
        assert english(dock) == []
    pseudo.action("side_by_side").trigger()
    QApplication.processEvents()
    assert english(window) == []
    tree = window.runs.tree
    for i in range(tree.columnCount()):
        header = tree.headerItem()
        assert not missed(header.text(i)), header.text(i)
        assert not missed(header.toolTip(i)), header.toolTip(i)


def test_outcomes_and_advice(pseudo):
    pseudo.until(lambda: pseudo.results.advice)
    pseudo.change(steps=30)
    pseudo.window.player.to_end()
    pseudo.until(lambda: pseudo.results.advice[-1].experiment == pseudo.experiment)
    tree = pseudo.window.runs.tree
    pseudo.until(lambda: all(tree.topLevelItem(i).text(3) for i in range(tree.topLevelItemCount())))
    for i in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(i)
        for column in range(tree.columnCount()):
            assert not missed(item.text(column)), item.text(column)
            assert not missed(item.toolTip(column)), item.toolTip(column)
    assert english(pseudo.window) == []
    pseudo.change(function="double_well", start=None)
    pseudo.window.player.seek(3)
    assert english(pseudo.window) == []
    QApplication.processEvents()
    assert cut_off(pseudo.window.centre) == []


def test_sentences_under_fields(pseudo):
    for name, text in [
        ("learning_rate", "-1"),
        ("start_x", "no number"),
        ("steps", "0"),
        ("seed", "1e99"),
        ("restarts", "2.5"),
        ("momentum", "7"),
    ]:
        pseudo.type(name, text)
    pseudo.type(pseudo.widget("function", QComboBox).lineEdit(), "xyzzy")
    errors = [label.text() for label in pseudo.window.findChildren(QLabel) if label.property("role") == "error"]
    errors = [text for text in errors if text]
    assert len(errors) == 7
    assert [text for text in errors if "·" not in text] == []


def test_undo_names_and_captions(pseudo):
    from gdsim.desktop.text.captions import caption_of

    store = pseudo.window.store
    store.enable("adam", False)
    store.change(function="rosenbrock", start=None)
    store.change(restarts=3)
    store.change(start=(1.0, 1.0))
    store.set_value("adam", "beta1", 0.5)
    store.set_value("nadam", "learning_rate", 0.5)
    store.reset()
    assert [moment.text for moment in store.history if missed(moment.text)] == []
    assert len(store.history) == 8
    assert not missed(caption_of(opening_experiment()))


def test_status_sentences(pseudo, tmp_path):
    window = pseudo.window
    (tmp_path / "bad.json").write_text("hello")
    said = []
    for do in (
        lambda: window.files.open_path(tmp_path / "bad.json"),
        lambda: window.files.open_path(tmp_path / "gone.json"),
        lambda: window.export_menu.write_table(tmp_path / "nowhere" / "x.csv"),
        lambda: pseudo.action("copy_python").trigger(),
        lambda: pseudo.action("copy_picture").trigger(),
        lambda: window.session.worker.failed.emit("reason"),
    ):
        do()
        said.append(pseudo.message)
        window.session.say("")
    assert len(said) == 6
    assert [sentence for sentence in said if "·" not in sentence] == []


def tune_dialog(window):
    session = window.session
    search = TuningSearch(session.worker, session.requests, session.long_works, window)
    return TuneDialog(session.store.experiment, search, window.appearance.theme, window)


def test_dialogs(pseudo, monkeypatch):
    window = pseudo.window
    window.files.fill_examples()
    for dialog in (
        SettingsDialog(window.settings.preferences, window.appearance.theme, window),
        ShortcutsDialog(window.actions_table, window),
        ExportDialog(window),
        CommandPalette(list(window.actions_table.by_name.values()), window),
        WhatIsWhat(window.appearance.theme, window),
        tune_dialog(window),
    ):
        dialog.show()
        QApplication.processEvents()
        own = [one for one in english(dialog) if "QDialogButtonBox" not in one[0] and "qt_" not in one[0]]
        # the texts of Qt's own buttons come with Qt
        buttons = {b.text() for box in dialog.findChildren(QDialogButtonBox) for b in box.buttons()}
        assert [one for one in own if one[1] not in buttons] == []
        # not the icons inside fields
        assert [one for one in cut_off(dialog) if one[1]] == []
        dialog.reject()
        dialog.deleteLater()
    asked = []
    monkeypatch.setattr(
        QMessageBox, "question", lambda *a: (asked.extend(a[1:3]), QMessageBox.StandardButton.Cancel)[1]
    )
    monkeypatch.setattr(QMessageBox, "about", lambda *a: asked.extend(a[1:3]))
    FileMenu.ask(window.files)
    pseudo.action("about").trigger()
    assert len(asked) == 4
    assert [text for text in asked if "·" not in text] == []


def test_longer_words_have_room(pseudo):
    window = pseudo.window
    QApplication.processEvents()
    assert window.size().toTuple() == (1440, 900)
    assert cut_off(window) == []
    assert [one for one in outside(window) if one[2][0] + one[2][2] > 0] == []
    for box in window.findChildren(QCheckBox):
        if box.isVisible() and not box.visibleRegion().isEmpty():
            assert box.width() >= box.sizeHint().width(), box.objectName()
    area = pseudo.widget("parameters")
    assert area.widget().width() <= area.viewport().width()
    assert isinstance(pseudo, Driver)
    assert all(isinstance(b, QAbstractButton) for b in window.findChildren(QAbstractButton))


def test_a_language_that_is_not_there_is_english(app):
    assert use_language(app, "tlh") is None
    assert use_language(app, "en") is None
    assert QCoreApplication.translate("Command", "&Open…") == "&Open…"


def test_values_in_braces_are_left_alone():
    text = PseudoTranslator().translate("Error", "cannot read {path}: {reason}")
    assert "{path}" in text
    assert "{reason}" in text
    assert text.format(path="a", reason="b").startswith("ç")
