"""Settings that are remembered between starts; damaged ones count as not set."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, fields
from glob import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings, QSize, QStandardPaths

from gdsim.desktop.state.player import SPEEDS
from gdsim.errors import GdsimError
from gdsim.optimizers import OPTIMIZERS

THEMES = ("system", "light", "dark")
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
LANGUAGES = ("en", "xx")
_RECENT, _TABLES = 8, 50
_COLOR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Preferences:
    """Choices of a person.

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
    """Memory between two starts; whatever is not as it should be is passed over.

    Parameters
    ----------
    lasting
        Whether it is kept for the next start; a window without lasting settings keeps nothing and asks nothing when
        it is closed.
    """

    def __init__(self, lasting: bool = True) -> None:
        self.lasting = lasting
        self._store: Any = _stored() if lasting else _Memory()
        #: Is told, once, that what is set will not be there at the next start.
        self.not_kept: Callable[[GdsimError], object] = lambda error: None
        self._told = False
        #: By name, mappings as they were last given out or taken: what differs from that is what a person wants.
        self._seen: dict[str, Mapping[str, object]] = {}

    @property
    def preferences(self) -> Preferences:
        """Choices of a person, with defaults for the rest."""
        found = {}
        for field in fields(Preferences):
            value = self._read(f"preferences/{field.name}", type(field.default))
            if value is not None and _CHECKS[field.name](value):
                found[field.name] = value
        return Preferences(**found)

    @preferences.setter
    def preferences(self, preferences: Preferences) -> None:
        before = self.preferences
        # what another window has set stays, where nothing else is wanted here
        changed = {
            f.name: value
            for f in fields(Preferences)
            if (value := getattr(preferences, f.name)) != getattr(before, f.name)
        }
        if changed:
            self._keep(
                lambda: [self._store.setValue(f"preferences/{name}", str(value)) for name, value in changed.items()]
            )

    @property
    def shortcuts(self) -> dict[str, str]:
        """Keys that were changed, by name of the action."""
        found = self._mapping("shortcuts")
        return {name: keys for name, keys in found.items() if isinstance(keys, str)}

    @shortcuts.setter
    def shortcuts(self, shortcuts: dict[str, str]) -> None:
        self._keep_mapping("shortcuts", shortcuts)

    @property
    def colors(self) -> dict[str, str]:
        """Colours that a person chose for optimizers, as "#rrggbb" by key."""
        found = self._mapping("colors")
        return {key: c for key, c in found.items() if key in OPTIMIZERS and isinstance(c, str) and _COLOR.fullmatch(c)}

    @colors.setter
    def colors(self, colors: dict[str, str]) -> None:
        self._keep_mapping("colors", colors)

    @property
    def switches(self) -> dict[str, bool]:
        """The switches that are on and off, by name of the action."""
        return {name: on for name, on in self._mapping("switches").items() if isinstance(on, bool)}

    @switches.setter
    def switches(self, switches: dict[str, bool]) -> None:
        self._keep_mapping("switches", switches)

    @property
    def columns(self) -> dict[str, bool]:
        """Columns of the table of runs that a person shows or hides, by name."""
        return {name: on for name, on in self._mapping("columns").items() if isinstance(on, bool)}

    @columns.setter
    def columns(self, columns: dict[str, bool]) -> None:
        self._keep_mapping("columns", columns)

    @property
    def functions_path(self) -> Path | None:
        """The file of a person's own functions, beside that of the settings; None if nothing is kept."""
        return Path(self._store.fileName()).parent / "functions.json" if self.lasting else None

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved last, latest first; those that are gone are left out."""
        return [Path(name) for name in self._paths("recent") if os.path.isfile(name)]

    def add_recent(self, path: Path) -> None:
        """Remember a file."""
        self._keep(lambda: self._put_first("recent", path, [str(known) for known in self.recent], _RECENT))

    def knows_table(self, path: str) -> bool:
        """Return whether a person has allowed an experiment to read this table, or saved one that does."""
        return path in self._paths("tables")

    def add_table(self, path: str) -> None:
        """Remember that a table may be read by an experiment that lies elsewhere."""
        self._keep(lambda: self._put_first("tables", Path(path), self._paths("tables"), _TABLES))

    def _paths(self, name: str) -> list[str]:
        try:
            found = json.loads(str(self._store.value(name, "[]")))
        except (ValueError, RecursionError):
            return []
        return [path for path in found if isinstance(path, str) and "\0" not in path] if isinstance(found, list) else []

    def _put_first(self, name: str, path: Path, known: list[str], most: int) -> None:
        self._store.setValue(name, json.dumps(list(dict.fromkeys([str(path.absolute()), *known]))[:most]))

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Geometry and arrangement of the window, as Qt writes them."""
        found = self._store.value("window/geometry"), self._store.value("window/state")
        if isinstance(found[0], QByteArray) and isinstance(found[1], QByteArray):
            return found
        return None

    @property
    def layout_size(self) -> QSize | None:
        """The size of the window that the arrangement was made for."""
        size = self._store.value("window/size")
        return size if isinstance(size, QSize) else None

    def keep_layout(self, geometry: QByteArray, state: QByteArray, size: QSize) -> None:
        """Remember geometry, arrangement and size."""
        values = {"window/geometry": geometry, "window/state": state, "window/size": size}
        self._keep(lambda: [self._store.setValue(name, value) for name, value in values.items()])

    def _keep_mapping(self, name: str, given: Mapping[str, object]) -> None:
        """Keep what is another than it was here, beside what another window has set."""
        before = self._seen[name] if name in self._seen else self._mapping(name)

        def change() -> None:
            theirs = {key: value for key, value in self._mapping(name).items() if key in given or key not in before}
            mine = {key: value for key, value in given.items() if key not in before or before[key] != value}
            self._store.setValue(name, json.dumps(theirs | mine, sort_keys=True))

        self._keep(change)
        self._seen[name] = dict(given)

    def _keep(self, change: Callable[[], object]) -> None:
        """Change settings as they stand in the file now, with no other window in between."""
        if not self.lasting:
            change()
            return
        from gdsim.storage.atomic import cannot
        from gdsim.storage.locking import alone

        path, wrong = Path(self._store.fileName()), None
        with ExitStack() as stack:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(alone(path.with_suffix(".lock")))
                _tidy(path)
            except OSError as error:
                wrong = error
            self._store.sync()
            change()
            store = _stored()  # one that has never failed, to see whether this fails
            store.sync()
        if wrong is None and store.status() != QSettings.Status.NoError:
            wrong = OSError(None, "settings hold until gdsim is closed")
        if wrong is not None and not self._told:
            self.not_kept(cannot("write", path, wrong))
        self._told = wrong is not None

    def _mapping(self, name: str) -> dict[str, Any]:
        """Read a mapping that was written as JSON; nothing if it is something else."""
        try:
            found = json.loads(str(self._store.value(name, "{}")))
        except (ValueError, RecursionError):
            found = {}
        self._seen[name] = found = found if isinstance(found, dict) else {}
        return found

    def _read(self, name: str, kind: type) -> Any:
        value = self._store.value(name)
        if value is None:
            return None
        try:
            return kind(value)
        except (TypeError, ValueError, OverflowError):
            return None


def _stored() -> QSettings:
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "gdsim", "gdsim")


def _tidy(path: Path) -> None:
    """Remove what killed programs left of files that Qt was about to put into the place of the settings."""
    for litter in path.parent.glob(f"{escape(path.name)}.??????"):
        litter.unlink(missing_ok=True)


def state_folder() -> Path:
    """Return the folder of unsaved experiments, in case the program is ended by force."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)) / "unsaved"
