"""How the window looks: docks, full screen, presentation size, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QScrollArea

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.look.style import DARK, LIGHT, SCHEME, Theme, apply_theme, dress
from gdsim.desktop.state.settings import SCALES, Settings
from gdsim.desktop.window.lazy_dock import LazyDock
from gdsim.desktop.window.window_size import CRAMPED, CROWDED, ROOMY, is_broad, is_low, room_of

_UNKNOWN = -1


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
        self._window, self._settings, self._actions, self._docks = window, settings, actions, docks
        self._dressed = dressed
        self.theme = theme
        self._choice = settings.preferences.theme if settings.lasting else ("dark" if theme.dark else "light")
        self._first_state = QByteArray()
        self._room, self._low = ROOMY, False
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
            self.size_docks(size)
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
        """Whether the window has been on the screen."""
        return not self._first_state.isEmpty()

    def first_shown(self) -> None:
        """Take the remembered layout, or sizes that fit the window, and show what was shown."""
        self.size_docks()
        self._first_state = self._window.saveState()
        self._actions.set_switches(self._settings.switches)
        layout = self._settings.layout()
        if layout is not None:
            geometry, state = layout
            # what Qt does not understand it leaves alone
            self._window.restoreGeometry(geometry)
            self._window.restoreState(state)
            self._actions.show_switch("full_screen", self._window.isFullScreen())

    def keep(self) -> None:
        """Remember the layout, and what was shown."""
        self._settings.switches = self._actions.switches
        self._settings.keep_layout(self._window.saveGeometry(), self._window.saveState())

    def reset(self) -> None:
        """Every part in its place."""
        if not self._first_state.isEmpty():
            self._window.restoreState(self._first_state)
        self._room = _UNKNOWN  # the first layout may be one for another size
        self.size_docks()
        for dock in self._docks:
            if isinstance(dock, LazyDock):
                dock.forget_place()

    def size_docks(self, size: QSize | None = None) -> None:
        """Sizes that fit the window: the landscape is the biggest.

        Parameters
        ----------
        size
            What the window keeps, though larger text may have made it grow before everything is in its place.
        """
        size, scale = size or self._window.size(), self.theme.scale
        parameters, loss, runs = self._docks[:3]
        room, low = room_of(size, scale), is_low(size, scale)
        if room != self._room:
            self._place_docks(room)
        if (room, low) != (self._room, self._low):
            self._place_late(room)
        self._room, self._low = room, low
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # else the least sizes are those of before
        if size != self._window.size() and not self._window.isMaximized() and not self._window.isFullScreen():
            self._window.resize(size)
        area = parameters.widget()
        form = area.widget() if isinstance(area, QScrollArea) else None
        inside = form.minimumSizeHint().width() + 24 if form is not None else 0
        left = min(max(round(296 * scale), inside), round(0.46 * size.width()))
        right = 400 if is_broad(size, scale) else round(236 * scale)
        high = 230 if size.height() >= 800 else 190
        high = min(round(high * scale), round((0.4 if room == ROOMY else 0.3) * size.height()))
        self._window.resizeDocks([parameters, loss], [left, right], Qt.Orientation.Horizontal)
        self._window.resizeDocks([runs], [high], Qt.Orientation.Vertical)

    def _place_docks(self, room: int) -> None:
        """Round the landscape; where there is no room, behind each other."""
        parameters, loss, runs = self._docks[:3]
        visible = [dock.isVisible() for dock in self._docks[:3]]
        if room == CRAMPED:
            self._window.tabifyDockWidget(parameters, runs)
            self._window.tabifyDockWidget(parameters, loss)
        else:
            self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, runs)
            if room == CROWDED:
                self._window.tabifyDockWidget(runs, loss)
            else:
                self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, loss)
        for dock, was in zip((parameters, loss, runs), visible, strict=True):
            dock.setVisible(was)

    def _place_late(self, room: int) -> None:
        """What is opened as it is needed goes where there is room for it, and nothing covers the parameters."""
        parameters, _, runs = self._docks[:3]
        for dock in self._docks:
            if isinstance(dock, LazyDock):
                dock.place_anew()
        parameters.raise_()
        if room != CRAMPED:
            runs.raise_()

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
