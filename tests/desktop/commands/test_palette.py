"""Every command, found by typing, and the keys that do it."""

from pathlib import Path

import pytest
from driving import LEFT, NONE
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QKeySequenceEdit,
    QLabel,
    QMessageBox,
)

from gdsim.desktop.commands.palette import CommandPalette, plain
from gdsim.desktop.commands.shortcuts_dialog import ShortcutsDialog
from gdsim.desktop.commands.table import commands
from gdsim.desktop.look.style import DARK, LIGHT, apply_theme
from gdsim.desktop.state.settings import Settings
from gdsim.storage.examples import examples
from gdsim.storage.files import save


@pytest.fixture
def light(app):
    yield
    apply_theme(app, LIGHT)


def open_palette(driver):
    """Press Ctrl+K."""
    driver.window.activateWindow()
    driver.until(driver.window.isActiveWindow)
    QTest.keyClick(driver.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: driver.window.findChildren(CommandPalette))
    palette = driver.window.findChildren(CommandPalette)[-1]
    driver.until(lambda: palette.isVisible() and QApplication.focusWidget() is palette.field)
    return palette


def texts(palette):
    return [palette.list.item(i).text() for i in range(palette.list.count())]


def test_it_lists_every_command_with_its_keys(driver):
    palette = open_palette(driver)
    listed = texts(palette)
    for name, action in driver.window.actions_table.by_name.items():
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        found = [text for text in listed if text.startswith(plain(action.text()))]
        assert found, name
        assert not keys or any(text.endswith(f"    {keys}") for text in found), name
    for dock in driver.window.docks:
        assert any(text.startswith(dock.windowTitle()) for text in listed)
    for example in examples():
        assert example.document.title in listed
    assert all(palette.list.item(i).toolTip() for i in range(palette.list.count()))


def test_every_command_does_something(driver):
    assert driver.window.actions_table.unbound == set()


FOUND = {
    "palette": None,
    "dark": "Dark",
    "PYTORCH": "Copy as PyTorch",
    "side": "Side by side",
    "export png": "Export picture…",
    "seed new": "New seed",
    "xyzzy": None,
    "save as": "Save as…",
    "undo": "Undo",
    "shortcuts": "Keyboard shortcuts…",
    "history": "History",
    "race": "The opening race",
}


def test_it_finds_by_words(driver):
    for typed, first in FOUND.items():
        palette = open_palette(driver)
        QTest.keyClicks(palette.field, typed)
        listed = [text.partition("    ")[0] for text in texts(palette)]
        assert listed[:1] == ([] if first is None else [first]), typed
        if first is None:
            QTest.keyClick(palette.field, Qt.Key.Key_Return)  # nothing to do
            assert palette.isVisible()
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        assert not palette.isVisible()


def test_arrow_keys_and_enter(driver):
    palette = open_palette(driver)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(palette.field, key)
    assert palette.list.currentRow() == 2
    QTest.keyClick(palette.field, Qt.Key.Key_PageDown)
    assert palette.list.currentRow() == 10
    QTest.keyClicks(palette.field, "new seed")
    seed = driver.experiment.seed
    while driver.experiment.seed == seed:  # one in ten thousand draws the same again
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        assert not palette.isVisible()
        driver.window.actions_table.by_name["new_seed"].trigger()
    driver.wait_for_race()


def test_a_click_does_it_once(driver):
    palette = open_palette(driver)
    QTest.keyClicks(palette.field, "logarithmic")
    before = driver.action("log_loss").isChecked()
    item = palette.list.item(0)
    at = palette.list.visualItemRect(item).center()
    QTest.mouseClick(palette.list.viewport(), LEFT, NONE, at)
    assert driver.action("log_loss").isChecked() is not before
    # some styles say "activated" for a click as well
    palette.list.itemActivated.emit(item)
    assert driver.action("log_loss").isChecked() is not before


def test_what_cannot_be_done_now_is_not_done(driver):
    palette = open_palette(driver)
    QTest.keyClicks(palette.field, "undo")
    assert not palette.list.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_switches_show_how_they_stand(driver):
    palette = open_palette(driver)
    QTest.keyClicks(palette.field, "logarithmic")
    assert texts(palette)[0].startswith("Logarithmic loss ✓")


def test_palettes_do_not_pile_up(driver):
    for _ in range(3):
        palette = open_palette(driver)
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        driver.until(lambda: not left(driver.window, CommandPalette))


def left(window, kind):
    """The dialogs that are still there when those that are done with have gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window.findChildren(kind)


@pytest.fixture
def answered(monkeypatch, tmp_path):
    """Every dialog is answered at once; the names of those that came."""
    came = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: (came.append(dialog.objectName()), 1)[1])
    monkeypatch.setattr(QMessageBox, "about", lambda *_: came.append("about"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "race.json"), ""))

    def name(parent, title, start, kinds):
        came.append(title)
        first = kinds.partition(";;")[0]
        return str(tmp_path / f"{len(came)}.{first.partition('*.')[2][:4].strip(' );')}"), first

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    return came


#: Commands after which a window is another one; the others are done one after the other in one window.
ALONE = {
    "new",
    "open",
    "open_data",
    "save",
    "save_as",
    "quit",
    "undo",
    "redo",
    "reset_all",
    "new_seed",
    "batch_surface",
    "side_by_side",
    "theme_system",
    "theme_light",
    "theme_dark",
    "larger",
    "smaller",
    "normal_size",
    "full_screen",
    "reset_layout",
    "stop",
    "run_again",
}


@pytest.fixture
def commanded(open_lasting, small, tmp_path, light, asked):
    """A window with a change that can be undone."""
    save(small, tmp_path / "race.json")
    driver = open_lasting(small)
    driver.window.store.change(steps=70)
    driver.wait_for_race()
    return driver


@pytest.mark.parametrize("name", sorted(ALONE))
def test_a_command_is_done_from_the_palette(commanded, answered, tmp_path, small, name):
    store = commanded.window.store
    if name == "redo":
        store.change(steps=80)
        store.undo()
    if name == "batch_surface":
        store.change(function="linear", batch=5, start=None)
    commanded.wait_for_race()
    do_from_palette(commanded, name, answered, tmp_path, small)


def test_every_other_command_is_done_from_the_palette(commanded, answered, tmp_path, small):
    names = [command.name for command in commands()]
    assert set(names) >= ALONE
    for name in names:
        if name not in ALONE:
            answered.clear()
            commanded.window.session.say("")
            for path in filter(Path.is_file, tmp_path.iterdir()):
                path.unlink()
            QGuiApplication.clipboard().clear()
            do_from_palette(commanded, name, answered, tmp_path, small)


def do_from_palette(driver, name, answered, tmp_path, small):
    """Have a command done, and find that it was."""
    window, action = driver.window, driver.action(name)
    if name in (
        "stop",
        "run_again",
        "export_basins",
    ):  # as if a race took its time, or was stopped; as if there was a map
        window.actions_table.allow(name, True)
    palette = open_palette(driver)
    QTest.keyClicks(palette.field, plain(action.text()).strip("…").partition(":")[0])
    row = next(i for i, text in enumerate(texts(palette)) if text.startswith(plain(action.text())))
    palette.list.setCurrentRow(row)
    done = []
    action.triggered.connect(lambda: done.append(name))
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == [name]
    assert not palette.isVisible(), name
    QApplication.processEvents()
    check = {
        "new": lambda: driver.experiment.steps == Settings().preferences.steps,
        "open": lambda: driver.experiment == small,
        "save": lambda: window.document.is_saved,
        "save_as": lambda: window.document.is_saved,
        "export_picture": lambda: list(tmp_path.glob("*.png")),
        "export_table": lambda: list(tmp_path.glob("*.csv")),
        "export_iterates": lambda: list(tmp_path.glob("*.csv")),
        "copy_picture": lambda: QGuiApplication.clipboard().image().width() == 1600,
        "copy_python": lambda: "import gdsim" in QGuiApplication.clipboard().text(),
        "copy_torch": lambda: "import torch" in QGuiApplication.clipboard().text(),
        "settings": lambda: answered == ["settings_dialog"],
        "shortcuts": lambda: answered == ["shortcuts_dialog"],
        "about": lambda: answered == ["about"],
        "quit": lambda: not window.isVisible(),
        "undo": lambda: driver.experiment == small,
        "redo": lambda: driver.experiment.steps == 80,
        "reset_all": lambda: driver.experiment == small,
        "side_by_side": lambda: window.side_by_side.isVisible(),
        "theme_dark": lambda: window.appearance.theme.dark,
        "larger": lambda: window.appearance.theme.scale == 1.25,
        "full_screen": window.isFullScreen,
        "last": lambda: window.player.step == window.player.last,
        "palette": lambda: window.findChildren(CommandPalette),
    }
    if name in check:
        driver.until(check[name], timeout=5000)
    if name == "open_data":  # an experiment is no table, and a sentence in the dialog says so
        dialog = window.findChild(QDialog, "data_dialog")
        driver.until(lambda: any("columns" in label.text() for label in dialog.findChildren(QLabel)))
    elif not name.startswith(("copy", "export", "save")):
        assert driver.message == "", name
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.fixture
def shortcuts(driver):
    dialog = ShortcutsDialog(driver.window.actions_table, driver.window)
    dialog.show()
    yield dialog
    dialog.reject()


def error(dialog):
    return next(label for label in dialog.findChildren(QLabel) if label.property("role") == "error")


def ok(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_the_dialog_lists_every_command(shortcuts, driver):
    assert list(shortcuts.fields) == list(driver.window.actions_table.by_name)
    assert shortcuts.fields["palette"].keySequence().toString() == "Ctrl+K"
    assert shortcuts.chosen() == {}


def test_keys_are_pressed_into_a_field(shortcuts, driver):
    field = shortcuts.fields["new_seed"]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: field.keySequence().toString() == "Ctrl+J")
    assert shortcuts.chosen() == {"new_seed": "Ctrl+J"}
    assert ok(shortcuts).isEnabled()


def test_keys_for_two_commands_are_not_accepted(shortcuts):
    shortcuts.fields["new_seed"].setKeySequence(QKeySequence("Ctrl+K"))
    assert error(shortcuts).text() == "Ctrl+K stands for both 'New seed' and 'Find a command…'."
    assert not ok(shortcuts).isEnabled()
    shortcuts.fields["palette"].clear()
    assert error(shortcuts).text() == ""
    assert ok(shortcuts).isEnabled()
    assert shortcuts.chosen() == {"new_seed": "Ctrl+K", "palette": ""}


def test_defaults_are_restored(shortcuts):
    shortcuts.fields["new_seed"].setKeySequence(QKeySequence("Ctrl+K"))
    shortcuts.fields["play"].clear()
    button = shortcuts.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
    QTest.mouseClick(button, LEFT)
    assert shortcuts.chosen() == {}
    assert error(shortcuts).text() == ""


def test_changed_keys_work_and_are_remembered(lasting, open_lasting, small, monkeypatch):
    def choose(dialog):
        dialog.fields["side_by_side"].setKeySequence(QKeySequence("Ctrl+J"))
        dialog.fields["about"].setKeySequence(QKeySequence("F2"))
        return 1

    monkeypatch.setattr(ShortcutsDialog, "exec", choose)
    lasting.action("shortcuts").trigger()
    lasting.window.activateWindow()
    QTest.keyClick(lasting.window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert not lasting.action("side_by_side").isChecked()
    QTest.keyClick(lasting.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    lasting.until(lambda: lasting.action("side_by_side").isChecked())
    assert "Ctrl+J" in lasting.action("side_by_side").toolTip()
    lasting.window.close()
    again = open_lasting(small)
    assert again.action("side_by_side").shortcut().toString() == "Ctrl+J"
    assert again.action("about").shortcut().toString() == "F2"
    assert again.action("palette").shortcut().toString() == "Ctrl+K"

    def restore(dialog):
        dialog.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
        return 1

    monkeypatch.setattr(ShortcutsDialog, "exec", restore)
    again.action("shortcuts").trigger()
    assert again.action("side_by_side").shortcut().toString() == "Ctrl+G"
    assert Settings().shortcuts == {}


def test_dialogs_do_not_pile_up(driver, monkeypatch):
    monkeypatch.setattr(QDialog, "exec", lambda dialog: 0)
    for name in ("settings", "shortcuts", "export_picture"):
        for _ in range(2):
            driver.action(name).trigger()
    assert left(driver.window, QDialog) == []
    assert not driver.window.findChildren(QKeySequenceEdit)


def test_the_palette_in_the_dark(open_window, small, light, app):
    apply_theme(app, DARK)
    driver = open_window(small, theme=DARK)
    palette = open_palette(driver)
    assert palette.grab().toImage().pixelColor(3, 3).lightness() < 80
