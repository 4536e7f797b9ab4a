"""The functions that a person keeps, in a file of their own beside the settings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.errors import GdsimError
from gdsim.objectives import objective_for
from gdsim.objectives.formula.reading.older import as_now
from gdsim.objectives.surfaces.lookup import DEFAULT_BOUNDS, LONGEST_NAME
from gdsim.simulation.experiment import Experiment

_VERSION = 2
_LARGEST_FILE = 10_000_000


@dataclass(frozen=True)
class OwnFunction:
    """A formula with a name, values of its parameters and the box that is looked at: −5 … 5 where none is told."""

    name: str
    text: str
    parameters: dict[str, float] = field(default_factory=dict)
    bounds: tuple[tuple[float, float], ...] | None = None

    def __post_init__(self) -> None:
        if self.bounds is None:
            object.__setattr__(self, "bounds", (DEFAULT_BOUNDS,) * objective_for(self.text, self.parameters).dimension)

    @staticmethod
    def of(experiment: Experiment, name: str) -> OwnFunction:
        """The function of an experiment under a name."""
        low_high = experiment.objective.bounds.tolist()
        bounds = tuple((low, high) for low, high in low_high)
        return OwnFunction(name, str(experiment.function), dict(experiment.parameters), bounds)


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
        self._change(lambda known: {**known, name: replace(function, name=name)})

    def rename(self, name: str, other: str) -> None:
        """Call a function something else."""
        other = _checked_name(other)

        def renamed(known: dict[str, OwnFunction]) -> dict[str, OwnFunction]:
            if other != name and other in known:
                raise GdsimError("'{name}' is in the list already", "name", name=other)
            return {
                other if key == name else key: replace(f, name=other) if key == name else f for key, f in known.items()
            }

        self._change(renamed)

    def delete(self, name: str) -> None:
        """Keep a function no longer."""
        self._change(lambda known: {key: function for key, function in known.items() if key != name})

    def _known(self) -> dict[str, OwnFunction]:
        if self._functions is None:
            self._functions = {} if self._path is None else _read(self._path).functions
        return self._functions

    def _change(self, change: Callable[[dict[str, OwnFunction]], dict[str, OwnFunction]]) -> None:
        """Change the list as it stands in the file now: another window may have kept something."""
        if self._path is None:
            self._functions = change(self._known())
        else:
            from gdsim.storage.atomic import writing
            from gdsim.storage.locking import alone

            with writing(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with alone(self._path.with_suffix(".lock")):
                    kept = _read(self._path)
                    functions = change(kept.functions)
                    _write(self._path, functions, kept)
            self._functions = functions
        self.changed.emit()


@dataclass(frozen=True)
class _Kept:
    """Content of the file: functions by name, entries that are none to this gdsim, and whether it is damaged."""

    functions: dict[str, OwnFunction] = field(default_factory=dict)
    others: tuple[Any, ...] = ()
    damaged: bool = False


def _read(path: Path) -> _Kept:
    if not path.exists():
        return _Kept()
    from gdsim.storage.contents import contents

    try:
        tree = json.loads(contents(path, _LARGEST_FILE).decode())
        entries, older = tree["functions"], tree.get("gdsim functions") == 1
        if not isinstance(entries, list):
            raise TypeError(entries)
        found = [_function(entry, older) for entry in entries]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _Kept(damaged=True)
    others = [entry for entry, function in zip(entries, found, strict=True) if function is None]
    return _Kept({function.name: function for function in found if function is not None}, tuple(others))


def _write(path: Path, functions: dict[str, OwnFunction], kept: _Kept) -> None:
    from gdsim.storage.atomic import replacing

    if kept.damaged:  # what cannot be read may be mended by hand
        with replacing(_free(path)) as aside:
            shutil.copyfile(path, aside)
    # what another gdsim understands stays in the file
    tree = {"gdsim functions": _VERSION, "functions": [*(asdict(f) for f in functions.values()), *kept.others]}
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _free(path: Path) -> Path:
    """A name for a damaged file, which takes the place of none that was put aside before."""
    names = ("damaged" if number == 1 else f"damaged-{number}" for number in count(1))
    return next(aside for name in names if not (aside := path.with_suffix(f".{name}.json")).exists())


def _function(entry: Any, older: bool) -> OwnFunction | None:
    """Return the function of an entry of the file, or None if it is not right."""
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
