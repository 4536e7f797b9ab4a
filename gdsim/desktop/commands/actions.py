"""The commands as QActions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QObject, QSignalBlocker
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gdsim.desktop.commands.table import Command, commands
from gdsim.desktop.look.icons import icon
from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.phrases import button_text


class Actions:
    """The actions by name and by menu."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        self._commands = {command.name: command for command in commands()}
        self._pictures = {name: command.picture for name, command in self._commands.items()}
        self._groups: dict[str, QActionGroup] = {}
        self._why: dict[str, str] = {}
        self._unbound = set(self._commands)
        self.by_name: dict[str, QAction] = {}
        for command in self._commands.values():
            self.by_name[command.name] = self._action(parent, command)
        self.set_shortcuts({})
        self.set_theme(theme)

    def _action(self, parent: QObject, command: Command) -> QAction:
        action = QAction(command.text, parent)
        action.setObjectName(command.name)
        if command.switch is not None:
            action.setCheckable(True)
            action.setChecked(command.switch)
        if command.group:
            self._groups.setdefault(command.group, QActionGroup(parent)).addAction(action)
        return action

    def bind(self, handlers: Mapping[str, Callable[..., object]]) -> None:
        """Say what some commands do, by name; a switch is given how it stands."""
        for name, handler in handlers.items():
            command, action = self._commands[name], self.by_name[name]
            is_switch = command.switch is not None and not command.group
            (action.toggled if is_switch else action.triggered).connect(handler)
            self._unbound.discard(name)

    @property
    def unbound(self) -> frozenset[str]:
        """The names of commands that do nothing yet."""
        return frozenset(self._unbound)

    def in_menu(self, menu: str) -> list[QAction | None]:
        """The actions of a menu, with None where a rule is drawn."""
        found: list[QAction | None] = []
        for name, command in self._commands.items():
            if command.menu.lstrip("-") == menu:
                if command.menu.startswith("-"):
                    found.append(None)
                found.append(self.by_name[name])
        return found

    def default_shortcut(self, name: str) -> str:
        """The keys a command has unless a person chose others."""
        return self._commands[name].shortcut

    def set_shortcuts(self, chosen: dict[str, str]) -> None:
        """Give every action its keys: those chosen, or else its own."""
        found = self._distinct(chosen)
        for name, command in self._commands.items():
            keys = QKeySequence(found[name])
            self.by_name[name].setShortcut(keys)
            self._tell(command)

    def allow(self, name: str, allowed: bool, why: str = "") -> None:
        """Let a command be given or not, and say why not."""
        self.by_name[name].setEnabled(allowed)
        self._why[name] = "" if allowed else why
        self._tell(self._commands[name])

    def _tell(self, command: Command) -> None:
        action, why = self.by_name[command.name], self._why.get(command.name, "")
        tip = f"{command.tip} {why}" if why else command.tip
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)
        action.setStatusTip(tip)

    def _distinct(self, chosen: dict[str, str]) -> dict[str, str]:
        """Keys for every action; settings changed by hand may give the same to two, and then neither would work."""
        found = {name: command.shortcut for name, command in self._commands.items() if name not in chosen}
        taken = {QKeySequence(keys).toString() for keys in found.values()}
        for name in self._commands:
            if name in chosen:
                wanted = (chosen[name], self._commands[name].shortcut)
                found[name] = next((keys for keys in wanted if QKeySequence(keys).toString() not in taken - {""}), "")
                taken.add(QKeySequence(found[name]).toString())
        return found

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._color = theme.text
        for name, picture in self._pictures.items():
            if picture:
                self.by_name[name].setIcon(icon(picture, theme.text))

    @property
    def switches(self) -> dict[str, bool]:
        """Switches that are on and off, by name; colours and the size of the window are kept elsewhere."""
        return {
            name: self.by_name[name].isChecked()
            for name, command in self._commands.items()
            if command.switch is not None and not command.group and name != "full_screen"
        }

    def set_switches(self, switches: Mapping[str, bool]) -> None:
        """Show again what was shown; names that are not known are passed over."""
        for name in self.switches:
            self.by_name[name].setChecked(switches.get(name, self.by_name[name].isChecked()))

    def show_switch(self, name: str, on: bool) -> None:
        """Let a switch show how things stand, without doing what it does."""
        blocker = QSignalBlocker(self.by_name[name])
        self.by_name[name].setChecked(on)
        blocker.unblock()

    def show_playing(self, playing: bool) -> None:
        """The play button shows what pressing it does."""
        self._pictures["play"] = "pause" if playing else "play"
        self.by_name["play"].setIcon(icon(self._pictures["play"], self._color))
        text = "&Pause" if playing else "&Play"
        self.by_name["play"].setText(QCoreApplication.translate("Command", text))

    def show_history(self, undo: str, redo: str) -> None:
        """Undo and redo say what they would do."""
        translate = QCoreApplication.translate
        for name, text, title in (("undo", undo, "&Undo"), ("redo", redo, "&Redo")):
            action = self.by_name[name]
            action.setEnabled(bool(text))
            title = translate("Command", title)
            title = f"{title}: {button_text(text)}" if text else title
            if title != action.text():  # all that show it are told, even if it is the same
                action.setText(title)
