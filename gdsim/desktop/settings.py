"""What is remembered between starts; damaged settings count as not set."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gdsim.desktop.player import SPEEDS
from gdsim.optimizers import OPTIMIZERS

THEMES = ("system", "light", "dark")
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
LANGUAGES = ("en", "xx")
_RECENT = 8
_COLOR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Preferences:
    """What a person chose.

    Attributes
    ----------
    theme
        One of THEMES.
    scale
        Presentation size: text and pens are so many times larger, 1 to 2.5.
    speed
        Steps a second at first.
    digits
        Significant digits in tables and readings, 3 to 10.
    steps
        Steps of a new experiment.
    language
        One of LANGUAGES.
    """

    theme: str = "system"
    scale: float = 1.0
    speed: int = 60
    digits: int = 4
    steps: int = 400
    language: str = "en"


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "theme": lambda v: v in THEMES,
    "scale": lambda v: 1.0 <= v <= 2.5,
    "speed": lambda v: v in SPEEDS,
    "digits": lambda v: 3 <= v <= 10,
    "steps": lambda v: 1 <= v <= 1_000_000,
    "language": lambda v: v in LANGUAGES,
}


class _Memory:
    """Settings that nobody will ask for again."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def value(self, name: str, default: Any = None) -> Any:
        return self._values.get(name, default)

    def setValue(self, name: str, value: Any) -> None:
        self._values[name] = value


class Settings:
    """What is remembered; whatever is not what it should be is passed over.

    Parameters
    ----------
    lasting
        Whether it is kept for the next start; a window without lasting settings keeps nothing and asks nothing when
        it is closed.
    """

    def __init__(self, lasting: bool = True) -> None:
        self.lasting = lasting
        self._store: Any = _Memory()
        if lasting:
            self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gdsim", "gdsim")

    @property
    def preferences(self) -> Preferences:
        """What a person chose, with defaults for the rest."""
        found = {}
        for field in fields(Preferences):
            value = self._read(f"preferences/{field.name}", type(field.default))
            if value is not None and _CHECKS[field.name](value):
                found[field.name] = value
        return Preferences(**found)

    @preferences.setter
    def preferences(self, preferences: Preferences) -> None:
        for field in fields(Preferences):
            self._store.setValue(f"preferences/{field.name}", str(getattr(preferences, field.name)))

    @property
    def shortcuts(self) -> dict[str, str]:
        """Keys that were changed, by name of the action."""
        found = self._mapping("shortcuts")
        return {name: keys for name, keys in found.items() if isinstance(keys, str)}

    @shortcuts.setter
    def shortcuts(self, shortcuts: dict[str, str]) -> None:
        self._store.setValue("shortcuts", json.dumps(shortcuts, sort_keys=True))

    @property
    def colors(self) -> dict[str, str]:
        """Colours that a person chose for optimizers, as "#rrggbb" by key."""
        found = self._mapping("colors")
        return {key: c for key, c in found.items() if key in OPTIMIZERS and isinstance(c, str) and _COLOR.fullmatch(c)}

    @colors.setter
    def colors(self, colors: dict[str, str]) -> None:
        self._store.setValue("colors", json.dumps(colors, sort_keys=True))

    @property
    def switches(self) -> dict[str, bool]:
        """What is shown and what is not, by name of the action."""
        return {name: on for name, on in self._mapping("switches").items() if isinstance(on, bool)}

    @switches.setter
    def switches(self, switches: dict[str, bool]) -> None:
        self._store.setValue("switches", json.dumps(switches, sort_keys=True))

    @property
    def columns(self) -> dict[str, bool]:
        """Columns of the table of runs that a person shows or hides, by name."""
        return {name: on for name, on in self._mapping("columns").items() if isinstance(on, bool)}

    @columns.setter
    def columns(self, columns: dict[str, bool]) -> None:
        self._store.setValue("columns", json.dumps(columns, sort_keys=True))

    @property
    def functions_path(self) -> Path | None:
        """The file of a person's own functions, beside that of the settings; None if nothing is kept."""
        return Path(self._store.fileName()).parent / "functions.json" if self.lasting else None

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved last, latest first; those that are gone are left out."""
        try:
            found = json.loads(str(self._store.value("recent", "[]")))
        except (ValueError, RecursionError):
            return []
        if not isinstance(found, list):
            return []
        return [Path(name) for name in found if isinstance(name, str) and "\0" not in name and os.path.isfile(name)]

    def add_recent(self, path: Path) -> None:
        """Remember a file."""
        names = [str(path.absolute()), *(str(p) for p in self.recent)]
        self._store.setValue("recent", json.dumps(list(dict.fromkeys(names))[:_RECENT]))

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and arrangement of the window, as Qt writes them."""
        found = self._store.value("window/geometry"), self._store.value("window/state")
        if isinstance(found[0], QByteArray) and isinstance(found[1], QByteArray):
            return found
        return None

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember geometry and arrangement."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def _mapping(self, name: str) -> dict[str, Any]:
        """What was written as JSON; nothing if it is something else."""
        try:
            found = json.loads(str(self._store.value(name, "{}")))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _read(self, name: str, kind: type) -> Any:
        value = self._store.value(name)
        if value is None:
            return None
        try:
            return kind(value)
        except (TypeError, ValueError, OverflowError):
            return None


def state_folder() -> Path:
    """Where unsaved experiments are kept in case the program is ended by force."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "unsaved"
