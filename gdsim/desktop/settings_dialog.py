"""The form of the settings."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.player import SPEEDS
from gdsim.desktop.settings import LANGUAGES, SCALES, THEMES, Preferences


class SettingsDialog(QDialog):
    """One row a preference."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self.setWindowTitle(self.tr("Settings"))
        themes = {"system": self.tr("as the system is"), "light": self.tr("light"), "dark": self.tr("dark")}
        languages = {"en": "English", "xx": self.tr("pseudo, to test translations")}
        self._theme = self._choice("theme", {t: themes[t] for t in THEMES}, preferences.theme)
        self._scale = self._choice("scale", {s: f"{s:g}×" for s in SCALES}, preferences.scale)
        speeds = {s: self.tr("{speed} steps a second").format(speed=s) for s in SPEEDS}
        self._speed = self._choice("default_speed", speeds, preferences.speed)
        self._steps = self._number("default_steps", 1, 1_000_000, preferences.steps)
        self._digits = self._number("digits", 3, 10, preferences.digits)
        self._language = self._choice("language", {k: languages[k] for k in LANGUAGES}, preferences.language)
        form = QFormLayout()
        form.addRow(self.tr("Colours"), self._theme)
        form.addRow(self.tr("Presentation size"), self._scale)
        form.addRow(self.tr("Speed at first"), self._speed)
        form.addRow(self.tr("Steps of a new experiment"), self._steps)
        form.addRow(self.tr("Significant digits"), self._digits)
        form.addRow(self.tr("Language (after a restart)"), self._language)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(buttons)

    def preferences(self) -> Preferences:
        """What was chosen."""
        return Preferences(
            theme=self._theme.currentData(),
            scale=self._scale.currentData(),
            speed=self._speed.currentData(),
            digits=self._digits.value(),
            steps=self._steps.value(),
            language=self._language.currentData(),
        )

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
