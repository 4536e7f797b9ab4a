"""The form of the settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.state.player import SPEEDS
from gdsim.desktop.state.settings import LANGUAGES, SCALES, THEMES, Preferences
from gdsim.desktop.text.language import DEVELOPMENT, PSEUDO
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.legend import swatch
from gdsim.optimizers import OPTIMIZERS

#: So many colours of optimizers are beside each other.
_COLUMNS = 9


class SettingsDialog(QDialog):
    """Dialog with a row for each preference."""

    def __init__(self, preferences: Preferences, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = theme
        self.setObjectName("settings_dialog")
        self.setWindowTitle(self.tr("Settings"))
        themes = {"system": self.tr("as the system is"), "light": self.tr("light"), "dark": self.tr("dark")}
        languages = {"en": "English"}
        if os.environ.get(DEVELOPMENT) or preferences.language == PSEUDO:
            languages[PSEUDO] = self.tr("pseudo, to test translations")
        self._theme = self._choice("theme", {t: themes[t] for t in THEMES}, preferences.theme)
        self._scale = self._choice("scale", {s: f"{s:g}×" for s in SCALES}, preferences.scale)
        speeds = {s: self.tr("{speed} steps a second").format(speed=s) for s in SPEEDS}
        self._speed = self._choice("default_speed", speeds, preferences.speed)
        self._steps = self._number("default_steps", 1, 1_000_000, preferences.steps)
        self._digits = self._number("digits", 3, 10, preferences.digits)
        self._language = self._choice(
            "language", {k: languages[k] for k in LANGUAGES if k in languages}, preferences.language
        )
        form = QFormLayout()
        form.addRow(self.tr("Window"), self._theme)
        form.addRow(self.tr("Optimizers"), self._color_buttons())
        form.addRow(self.tr("Presentation size"), self._scale)
        form.addRow(self.tr("Speed at first"), self._speed)
        form.addRow(self.tr("Steps of a new experiment"), self._steps)
        form.addRow(self.tr("Significant digits"), self._digits)
        form.addRow(self.tr("Language (after a restart)"), self._language)
        form.setRowVisible(self._language, len(languages) > 1)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)

    def preferences(self) -> Preferences:
        """Return the preferences that were chosen."""
        return Preferences(
            theme=self._theme.currentData(),
            scale=self._scale.currentData(),
            speed=self._speed.currentData(),
            digits=self._digits.value(),
            steps=self._steps.value(),
            language=self._language.currentData(),
        )

    @property
    def colors(self) -> dict[str, str]:
        """Colours of optimizers that are not the program's own, as "#rrggbb" by key."""
        return dict(self._look.colors)

    def _color_buttons(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        self._buttons = {}
        for i, (key, rule) in enumerate(OPTIMIZERS.items()):
            title = known_text("Optimizer", rule.title)
            button = self._buttons[key] = QToolButton()
            button.setObjectName(f"settings.color.{key}")
            button.setToolTip(self.tr("Choose the colour of {name}.").format(name=title))
            button.setAccessibleName(button.toolTip())
            button.clicked.connect(self._chooser(key, title))
            grid.addWidget(button, i // _COLUMNS, i % _COLUMNS)
        own = QPushButton(self.tr("Standard colours"))
        own.setObjectName("settings.standard_colors")
        own.setToolTip(self.tr("The colours that colour-blind eyes tell apart."))
        own.clicked.connect(lambda: self._take_colors({}))
        grid.addWidget(own, grid.rowCount(), 0, 1, _COLUMNS)
        self._take_colors(self.colors)
        return box

    def _chooser(self, key: str, title: str) -> Callable[[], None]:
        def choose() -> None:
            now = optimizer_color(key, self._look)
            color = QColorDialog.getColor(now, self, self.tr("Colour of {name}").format(name=title))
            if color.isValid():
                self._take_colors({**self.colors, key: color.name()})

        return choose

    def _take_colors(self, colors: dict[str, str]) -> None:
        self._look = replace(self._look, colors=tuple(sorted(colors.items())))
        for key, button in self._buttons.items():
            button.setIcon(swatch(key, self._look, self._look.pixels(16)))

    def _choice(self, name: str, texts: dict[str, str] | dict[float, str] | dict[int, str], now: object) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"settings.{name}")
        for value, text in texts.items():
            box.addItem(text, value)
        if box.findData(now) < 0:  # a value of a person's own, set by hand
            box.addItem(str(now), now)
        box.setCurrentIndex(box.findData(now))
        return box

    def _number(self, name: str, low: int, high: int, now: int) -> QSpinBox:
        box = QSpinBox()
        box.setObjectName(f"settings.{name}")
        box.setRange(low, high)
        box.setValue(now)
        return box
