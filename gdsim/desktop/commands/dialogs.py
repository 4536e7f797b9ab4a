"""Questions about the program itself: settings, shortcuts, what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

import gdsim
from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.settings import Settings

if TYPE_CHECKING:
    from gdsim.desktop.help.what_is_what import WhatIsWhat


def settings_asked(settings: Settings, theme: Theme, parent: QWidget) -> bool:
    """Let a person change the settings; whether they were."""
    from gdsim.desktop.commands.settings_dialog import SettingsDialog

    dialog = SettingsDialog(settings.preferences, theme, parent)
    accepted = bool(dialog.exec())
    if accepted:
        settings.preferences = dialog.preferences()
        settings.colors = dialog.colors
    dialog.deleteLater()
    return accepted


def ask_shortcuts(table: Actions, settings: Settings, parent: QWidget) -> None:
    """Let a person change the keys of commands."""
    from gdsim.desktop.commands.shortcuts_dialog import ShortcutsDialog

    dialog = ShortcutsDialog(table, parent)
    if dialog.exec():
        settings.shortcuts = dialog.chosen()
        table.set_shortcuts(settings.shortcuts)
    dialog.deleteLater()


def tell_about(parent: QWidget) -> None:
    """Say what this is."""
    text = _tr("gdsim {version}: a laboratory for gradient descent. MIT licence.")
    QMessageBox.about(parent, _tr("About gdsim"), text.format(version=gdsim.__version__))


def tell_what_is_what(dialog: WhatIsWhat | None, theme: Theme, window: QWidget) -> WhatIsWhat:
    """Show what the signs of the part of the window that one is at stand for; the dialog, made if there was none."""
    from gdsim.desktop.help.what_is_what import WhatIsWhat, part_asked_about

    part = part_asked_about(window)
    dialog = dialog or WhatIsWhat(theme, window)
    dialog.show_part(part)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
