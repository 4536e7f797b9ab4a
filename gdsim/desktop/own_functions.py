"""The functions that a person keeps, in a file of their own beside the settings."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.errors import GdsimError
from gdsim.objectives import objective_for
from gdsim.objectives.reading.older import as_now
from gdsim.objectives.typed import LONGEST_NAME
from gdsim.simulation.experiment import Experiment

_VERSION = 2
_LARGEST_FILE = 10_000_000


@dataclass(frozen=True)
class OwnFunction:
    """A formula with a name, values of its parameters and the box that is looked at."""

    name: str
    text: str
    parameters: dict[str, float] = field(default_factory=dict)
    bounds: tuple[tuple[float, float], ...] | None = None

    @staticmethod
    def of(experiment: Experiment, name: str) -> OwnFunction:
        """The function of an experiment under a name."""
        return OwnFunction(name, str(experiment.function), dict(experiment.parameters), experiment.bounds)


class OwnFunctions(QObject):
    """The list, by name; what of the file is damaged counts as not there.

    Parameters
    ----------
    path
        The file; None keeps nothing for the next start.
    """

    changed = Signal()

    def __init__(self, path: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._functions: dict[str, OwnFunction] | None = None
        self._damaged = False

    @property
    def functions(self) -> tuple[OwnFunction, ...]:
        """All of them, in the order in which they were kept."""
        return tuple(self._known().values())

    def named(self, name: str) -> OwnFunction | None:
        """The one of a name."""
        return self._known().get(name)

    def keep(self, function: OwnFunction) -> None:
        """Keep a function, in place of one of the same name."""
        name = _checked_name(function.name)
        self._write({**self._fresh(), name: replace(function, name=name)})

    def rename(self, name: str, other: str) -> None:
        """Call a function something else."""
        other = _checked_name(other)
        known = self._fresh()
        if other != name and other in known:
            raise GdsimError("'{name}' is in the list already", "name", name=other)
        named = ((other, replace(f, name=other)) if f.name == name else (f.name, f) for f in known.values())
        self._write(dict(named))

    def delete(self, name: str) -> None:
        """Keep a function no longer."""
        self._write({key: function for key, function in self._fresh().items() if key != name})

    def _known(self) -> dict[str, OwnFunction]:
        if self._functions is None:
            self._functions = self._read()
        return self._functions

    def _fresh(self) -> dict[str, OwnFunction]:
        """As it stands in the file now: another window may have kept something."""
        return self._read() if self._path is not None else self._known()

    def _read(self) -> dict[str, OwnFunction]:
        self._damaged = False
        if self._path is None or not self._path.exists():
            return {}
        try:
            if self._path.stat().st_size > _LARGEST_FILE:
                raise ValueError("too large")
            tree = json.loads(self._path.read_text(encoding="utf-8"))
            entries = tree["functions"]
            older = tree.get("gdsim functions") == 1
            found = [function for entry in entries if (function := _function(entry, older)) is not None]
            self._damaged = len(found) < len(entries)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._damaged = True
            return {}
        return {function.name: function for function in found}

    def _write(self, functions: dict[str, OwnFunction]) -> None:
        if self._path is not None:
            from gdsim.storage.atomic import cannot, replacing

            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if self._damaged:  # what cannot be read may be mended by hand
                    with contextlib.suppress(OSError):
                        self._path.replace(self._path.with_suffix(".damaged.json"))
                tree = {"gdsim functions": _VERSION, "functions": [asdict(f) for f in functions.values()]}
                with replacing(self._path) as temporary:
                    temporary.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            except OSError as error:
                raise cannot("write", self._path, error) from error
        self._functions = functions
        self.changed.emit()


def _function(entry: Any, older: bool) -> OwnFunction | None:
    """What an entry of the file says, or None if it is not right."""
    try:
        name, text, parameters = _checked_name(entry["name"]), entry["text"], dict(entry.get("parameters") or {})
        bounds = None if entry.get("bounds") is None else tuple((float(a), float(b)) for a, b in entry["bounds"])
        if older:
            text, parameters = as_now(text, parameters)
        objective_for(text, parameters, bounds, name)
    except (GdsimError, KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    return OwnFunction(name, text, parameters, bounds)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        raise GdsimError("a name must have 1 to {most} letters", "name", most=LONGEST_NAME)
    return name
