"""The table of actions: text, icon, shortcut, what each does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from gdsim.desktop.icons import icon
from gdsim.desktop.style import Theme


@dataclass(frozen=True)
class Command:
    """One thing a person can do.

    Attributes
    ----------
    name
        The action's objectName.
    menu
        Which menu it stands in.
    text, tip
        What it is called, and what it does in one sentence.
    shortcut
        Keys that do it, in Qt's notation.
    picture
        The name of its icon; "" for none.
    switch
        Whether it is a switch, and if so how it stands at first.
    """

    name: str
    menu: str
    text: str
    tip: str
    shortcut: str = ""
    picture: str = ""
    switch: bool | None = None


def commands() -> tuple[Command, ...]:
    """Every command, in the order of the menus."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Command", text)

    return (
        Command("save_picture", "file", tr("Save &picture…"), tr("Save the landscape as a PNG picture."), "Ctrl+E"),
        Command("quit", "file", tr("&Quit"), tr("Leave the program."), "Ctrl+Q"),
        Command("reset_view", "view", tr("&Reset view"), tr("Show the function's bounds again."), "Ctrl+0"),
        Command(
            "equal_aspect", "view", tr("&Equal aspect"), tr("One unit of x as long as one of y."), "Ctrl+Shift+E",
            switch=True,
        ),
        Command(
            "log_loss", "view", tr("&Logarithmic loss"), tr("Show the loss on a logarithmic axis."), "Ctrl+L",
            switch=True,
        ),
        Command("dark", "view", tr("&Dark"), tr("Dark window, or light."), "Ctrl+D", switch=False),
        Command("first", "run", tr("To the &start"), tr("Show the start."), "Home", "first"),
        Command("back", "run", tr("Step &back"), tr("Show the step before."), "Left", "back"),
        Command("play", "run", tr("&Play"), tr("Play or pause."), "Space", "play"),
        Command("forward", "run", tr("Step &forward"), tr("Show the next step."), "Right", "forward"),
        Command("last", "run", tr("To the &end"), tr("Show the last step."), "End", "last"),
        Command("stop", "run", tr("S&top computing"), tr("End a long computation where it is."), "Ctrl+."),
        Command("about", "help", tr("&About gdsim"), tr("Version and licence.")),
    )  # fmt: skip


class Actions:
    """The commands as QActions, by name."""

    def __init__(self, parent: QObject, theme: Theme, handlers: dict[str, Callable[..., object]]) -> None:
        self._pictures: dict[str, str] = {}
        self.by_name: dict[str, QAction] = {}
        self.by_menu: dict[str, list[QAction]] = {}
        for command in commands():
            action = QAction(command.text, parent)
            action.setObjectName(command.name)
            keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{command.tip} ({keys})" if keys else command.tip)
            action.setStatusTip(command.tip)
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
            if command.switch is not None:
                action.setCheckable(True)
                action.setChecked(command.switch)
                action.toggled.connect(handlers[command.name])
            else:
                action.triggered.connect(handlers[command.name])
            self._pictures[command.name] = command.picture
            self.by_name[command.name] = action
            self.by_menu.setdefault(command.menu, []).append(action)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for name, picture in self._pictures.items():
            if picture:
                self.by_name[name].setIcon(icon(picture, theme.text))

    def show_playing(self, playing: bool, theme: Theme) -> None:
        """The play button shows what pressing it does."""
        self._pictures["play"] = "pause" if playing else "play"
        action = self.by_name["play"]
        action.setIcon(icon(self._pictures["play"], theme.text))
        text = "&Pause" if playing else "&Play"
        action.setText(QCoreApplication.translate("Command", text))
