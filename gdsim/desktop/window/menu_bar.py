"""The menus and the toolbar, filled from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.commands.table import TOOLBAR, menus
from gdsim.desktop.files.file_menu import FileMenu
from gdsim.desktop.widgets.default_action import connect_once


def fill_menus(bar: QMenuBar, table: Actions, files: FileMenu, parts: Sequence[QAction]) -> None:
    """Put the commands into menus, and a switch for each part of the window that can be hidden."""
    by_name = {}
    for name, title in menus().items():
        menu = by_name[name] = bar.addMenu(title)
        for action in table.in_menu(name):
            menu.addSeparator() if action is None else menu.addAction(action)
    before = table.by_name["save"]
    for menu in (files.recent, files.examples):
        by_name["file"].insertMenu(before, menu)
    # one that cannot be had says why
    by_name["view"].setToolTipsVisible(True)
    by_name["view"].addSeparator()
    by_name["view"].addActions(parts)


def make_tool_bar(window: QMainWindow, table: Actions) -> QToolBar:
    """The toolbar, hidden: the window opens with nothing that a newcomer does not need."""
    bar = window.addToolBar(_tr("Toolbar"))
    bar.setObjectName("toolbar")
    bar.addActions([table.by_name[name] for name in TOOLBAR])
    for action in bar.actions():
        button = bar.widgetForAction(action)
        button.setObjectName(f"toolbar.{action.objectName()}")
        button.setAccessibleName(action.text())
    connect_once(bar)
    bar.hide()
    return bar


def _tr(text: str) -> str:
    return QCoreApplication.translate("MenuBar", text)
