"""Appearance of the window: docks, full screen, presentation size, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.look.style import DARK, LIGHT, SCHEME, Theme, apply_theme, dress
from gdsim.desktop.state.settings import SCALES, Settings
from gdsim.desktop.window.dock_places import DockPlaces


class Dressed(Protocol):
    """A part of the window that has colours and sizes."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""


class Appearance(QObject):
    """Dresses the window and remembers its layout.

    Parameters
    ----------
    dressed
        The parts that take the theme.
    """

    def __init__(
        self,
        window: QMainWindow,
        settings: Settings,
        theme: Theme,
        actions: Actions,
        docks: Sequence[QDockWidget],
        dressed: Sequence[Dressed],
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._actions = window, settings, actions
        self._dressed = dressed
        self.theme = theme
        self._choice = settings.preferences.theme if settings.lasting else ("dark" if theme.dark else "light")
        self._first_state = QByteArray()
        self._places = DockPlaces(window, docks)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.timeout.connect(self._refit)
        self._check_theme()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def commands(self) -> dict[str, Callable[..., object]]:
        """Return what the commands do that change how the window looks."""
        return {
            "theme_system": self.use_system,
            "theme_light": self.use_light,
            "theme_dark": self.use_dark,
            "larger": self.larger,
            "smaller": self.smaller,
            "normal_size": self.normal_size,
            "full_screen": self.full_screen,
            "reset_layout": self.reset,
        }

    def use_system(self) -> None:
        """Light or dark as the system is."""
        self._choose("system")

    def use_light(self) -> None:
        """Light."""
        self._choose("light")

    def use_dark(self) -> None:
        """Dark."""
        self._choose("dark")

    def larger(self) -> None:
        """The next presentation size."""
        self.set_scale(next((s for s in SCALES if s > self.theme.scale + 0.01), SCALES[-1]))

    def smaller(self) -> None:
        """The presentation size before."""
        self.set_scale(next((s for s in reversed(SCALES) if s < self.theme.scale - 0.01), SCALES[0]))

    def normal_size(self) -> None:
        """Text and pens for a desk."""
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Text and pens so many times larger."""
        self._settings.preferences = replace(self._settings.preferences, scale=scale)
        self.set_theme(replace(self.theme, scale=scale))

    def set_theme(self, theme: Theme) -> None:
        """Dress the window anew."""
        if theme == self.theme:
            return
        larger, size = theme.scale != self.theme.scale, self._window.size()
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)
        dress(self._window, theme)
        for part in self._dressed:
            part.set_theme(theme)
        if larger:
            self._places.fit(theme.scale, size)
        self._check_theme()

    def apply_preferences(self) -> None:
        """Look as the settings say."""
        preferences = self._settings.preferences
        self._choose(preferences.theme)
        self.set_scale(preferences.scale)

    def _choose(self, choice: str) -> None:
        self._choice = choice
        self._settings.preferences = replace(self._settings.preferences, theme=choice)
        self.set_theme(theme_for(choice, self.theme.scale, self._settings.colors))
        self._check_theme()

    def _check_theme(self) -> None:
        self._actions.by_name[f"theme_{self._choice}"].setChecked(True)

    def _system_changed(self, _: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self.set_theme(theme_for("system", self.theme.scale, self._settings.colors))

    @property
    def was_shown(self) -> bool:
        """Return whether the window has been on the screen."""
        return not self._first_state.isEmpty()

    def first_shown(self) -> None:
        """Take the remembered layout, or sizes that fit the window, and show what was shown."""
        self._places.fit(self.theme.scale)
        self._first_state = self._window.saveState()
        self._actions.set_switches(self._settings.switches)
        layout = self._settings.layout()
        if layout is not None:
            geometry, state = layout
            # what Qt does not understand it leaves alone
            self._window.restoreGeometry(geometry)
            self._window.restoreState(state)
            # widths that left the landscape room enough do not in a window that is smaller now
            self._places.take_restored(self.theme.scale, self._settings.layout_size)
            self._actions.show_switch("full_screen", self._window.isFullScreen())

    def window_resized(self) -> None:
        """Give the docks sizes that fit, as soon as the window is laid out: not in the midst of that."""
        if self.was_shown:
            self._resized.start(0)

    def _refit(self) -> None:
        self._places.refit(self.theme.scale)

    def keep(self) -> None:
        """Remember the layout, and what was shown."""
        self._settings.switches = self._actions.switches
        self._settings.keep_layout(self._window.saveGeometry(), self._window.saveState(), self._window.size())

    def reset(self) -> None:
        """Every part in its place."""
        if not self._first_state.isEmpty():
            self._window.restoreState(self._first_state)
        self._places.reset(self.theme.scale)

    def full_screen(self, on: bool) -> None:
        """Use the whole screen, or not."""
        state = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | full if on else state & ~full)


def theme_for(choice: str, scale: float = 1.0, colors: Mapping[str, str] | None = None) -> Theme:
    """The theme of a choice: light, dark or as the system is; with what a person set besides."""
    theme = DARK if choice == "dark" else LIGHT
    if choice == "system":
        theme = SCHEME[QGuiApplication.styleHints().colorScheme()]
    return replace(theme, scale=scale, colors=tuple(sorted((colors or {}).items())))
