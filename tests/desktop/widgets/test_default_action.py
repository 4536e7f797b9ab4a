"""A button is connected to its action once, however often that changes; nothing is left in a layout's stead."""

import gc

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolBar, QToolButton

from gdsim.desktop.widgets.default_action import connect_once


def test_an_action_that_changes_a_hundred_times_has_one_connection_to_its_button(app):
    bar, line, button = QToolBar(), QLineEdit(), QToolButton()
    action, other = QAction("go"), line.addAction(app.windowIcon(), QLineEdit.ActionPosition.TrailingPosition)
    bar.addAction(action)
    button.setDefaultAction(action)
    for widget in (bar, line, button):
        connect_once(widget)
    before = action.receivers(SIGNAL("changed()")), other.receivers(SIGNAL("changed()"))
    for i in range(100):
        action.setText(f"go {i}")
        other.setEnabled(i % 2 == 0)
    assert (action.receivers(SIGNAL("changed()")), other.receivers(SIGNAL("changed()"))) == before
    assert (button.text(), bar.widgetForAction(action).text()) == ("go 99", "go 99")
    action.setEnabled(False)
    assert not button.isEnabled()
    gc.collect()


def test_every_action_of_the_window_has_few_receivers(driver):
    window = driver.window

    def receivers():
        return sum(action.receivers(SIGNAL("changed()")) for action in window.actions_table.by_name.values())

    before = receivers()
    for _ in range(3):
        window.appearance.use_dark()
        window.appearance.use_light()
        window.player.play()
        window.player.pause()
    assert receivers() <= before
