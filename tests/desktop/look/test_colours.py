"""Colours that a person chooses for optimizers, and copies of any view."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QColorDialog, QComboBox, QDialog, QPushButton, QSpinBox, QToolButton

from gdsim.desktop.commands.settings_dialog import SettingsDialog
from gdsim.desktop.files.export import view_names
from gdsim.desktop.files.export_dialog import COPY
from gdsim.desktop.look.style import DARK, LIGHT, optimizer_color
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.window.appearance import theme_for


def test_a_chosen_colour_is_used_in_light_and_dark():
    for choice, plain in (("light", LIGHT), ("dark", DARK)):
        theme = theme_for(choice, colors={"gd": "#123456"})
        assert optimizer_color("gd", theme).name() == "#123456"
        assert optimizer_color("adam", theme) == optimizer_color("adam", plain)


@pytest.mark.parametrize(
    "text", ["", "[]", "3", "{", '{"gd": 3}', '{"gd": "red; x"}', '{"sgd": "#123456"}', "[" * 9999]
)
def test_damaged_colours_count_as_not_chosen(text):
    settings = Settings(lasting=False)
    settings._store.setValue("colors", text)
    assert settings.colors == {}


def test_colours_are_remembered():
    settings = Settings(lasting=False)
    settings.colors = {"gd": "#123456"}
    assert settings.colors == {"gd": "#123456"}


def test_a_colour_is_chosen_in_the_settings_and_taken_back(driver, monkeypatch):
    window = driver.window
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#ff00ff"))
    dialog = SettingsDialog(window.settings.preferences, window.appearance.theme, window)
    dialog.show()
    driver.click(dialog.findChild(QToolButton, "settings.color.gd"))
    assert dialog.colors == {"gd": "#ff00ff"}
    driver.click(dialog.findChild(QPushButton, "settings.standard_colors"))
    assert dialog.colors == {}
    dialog.deleteLater()


def test_the_window_takes_chosen_colours_at_once(driver, monkeypatch):
    window = driver.window
    window.player.seek(30)

    def choose(dialog):
        dialog.findChild(QToolButton, "settings.color.gd").click()
        return 1

    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: QColor("#ff00ff"))
    monkeypatch.setattr(QDialog, "exec", choose)
    driver.action("settings").trigger()
    QApplication.processEvents()
    assert window.settings.colors == {"gd": "#ff00ff"}
    assert optimizer_color("gd", window.appearance.theme).name() == "#ff00ff"
    image = driver.viewport.grab().toImage()
    found = [image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    assert "#ff00ff" in found


def test_any_view_can_be_copied(driver, monkeypatch):
    views = view_names()

    def copy(dialog):
        choice = dialog.findChild(QComboBox, "export.view")
        choice.setCurrentIndex(choice.findData(view))
        dialog.findChild(QSpinBox, "export.width").setValue(700)
        dialog.findChild(QSpinBox, "export.height").setValue(500)
        return COPY

    monkeypatch.setattr(QDialog, "exec", copy)
    for view in views:
        QGuiApplication.clipboard().clear()
        driver.window.session.say("")
        driver.action("export_picture").trigger()
        assert QGuiApplication.clipboard().image().size() == QSize(700, 500), view
        assert "clipboard" in driver.message, view
