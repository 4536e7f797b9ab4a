"""Dialogs about the program itself: settings, shortcuts, the palette, what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

import gdsim
from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.settings import Settings

if TYPE_CHECKING:
    from gdsim.desktop.help.what_is_what import WhatIsWhat


class Dialogs(QObject):
    """Opens the dialogs over a window.

    Parameters
    ----------
    more
        Gives actions that the palette lists besides the commands.
    """

    #: A person changed the settings.
    preferences_changed = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        settings: Settings,
        theme: Theme,
        more: Callable[[], list[QAction]],
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._settings, self._theme, self._more = window, actions, settings, theme, more
        #: What every sign stands for, made when it is asked for.
        self.signs: WhatIsWhat | None = None

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that open a dialog about the program."""
        return {
            "settings": self.ask_settings,
            "palette": self.show_palette,
            "shortcuts": self.ask_shortcuts,
            "what_is_what": self.show_signs,
            "about": self.show_about,
        }

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        if self.signs is not None:
            self.signs.set_theme(theme)

    def show_palette(self) -> None:
        """Show everything the program can do, found by typing."""
        from gdsim.desktop.commands.palette import CommandPalette

        CommandPalette([*self._actions.by_name.values(), *self._more()], self._window).open()

    def ask_settings(self) -> None:
        """Let a person change the settings."""
        from gdsim.desktop.commands.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self._settings.preferences, self._theme, self._window)
        if dialog.exec():
            self._settings.preferences = dialog.preferences()
            self._settings.colors = dialog.colors
            self.preferences_changed.emit()
        dialog.deleteLater()

    def ask_shortcuts(self) -> None:
        """Let a person change the keys of commands."""
        from gdsim.desktop.commands.shortcuts_dialog import ShortcutsDialog

        dialog = ShortcutsDialog(self._actions, self._window)
        if dialog.exec():
            self._settings.shortcuts = dialog.chosen()
            self._actions.set_shortcuts(self._settings.shortcuts)
        dialog.deleteLater()

    def show_about(self) -> None:
        """Say what this is."""
        text = _tr("gdsim {version}: a laboratory for gradient descent. MIT licence.")
        QMessageBox.about(self._window, _tr("About gdsim"), text.format(version=gdsim.__version__))

    def show_signs(self) -> None:
        """Show what the signs of the part of the window that one is at stand for."""
        from gdsim.desktop.help.what_is_what import WhatIsWhat, part_asked_about

        part = part_asked_about(self._window)
        dialog = self.signs = self.signs or WhatIsWhat(self._theme, self._window)
        dialog.show_part(part)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)
