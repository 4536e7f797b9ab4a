"""What the first typed formula needs, fetched while nobody does anything."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from gdsim.desktop.errands import Errands
from gdsim.objectives.interruption import give_up_if_unwanted

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

_CHANNEL = "ahead"
#: So long after the first race is shown, in milliseconds: by then paths move, and whoever opened the window looks.
_SETTLED = 1200
#: After each module that is fetched the interpreter is left to the window for so long, in seconds.
_BREATH = 0.002


class Ahead(QObject):
    """Has the worker fetch SymPy once the opening race is seen, unless it is there."""

    def __init__(self, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errands = errands
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._fetch)

    def begin(self) -> None:
        """A race is shown: fetch in a while."""
        if "sympy" not in sys.modules:
            self._timer.start()

    def stop(self) -> None:
        """Fetch nothing more."""
        self._timer.stop()
        self._errands.forget(_CHANNEL)

    def _fetch(self) -> None:
        self._errands.send(_CHANNEL, lambda: fetch(_BREATH), _nothing, background=True)


def fetch(breath: float = 0.0) -> None:
    """Import what formulas are derived with, and work one out: the first costs more than others.

    Parameters
    ----------
    breath
        So long the interpreter is left to others between two modules, in seconds.
    """
    pauses = _Pauses(breath)
    sys.meta_path.insert(0, pauses)
    try:
        from gdsim.objectives import objective_for

        warmed = objective_for("sin(x)*y^2 + exp(-x)/(1 + y^2)")
        warmed.value(warmed.bounds.mean(axis=1))
        warmed.gradient(warmed.bounds.mean(axis=1))
    finally:
        sys.meta_path.remove(pauses)


class _Pauses(MetaPathFinder):
    """Is asked for every module before it is looked for: it knows of none, and lets others have their turn."""

    def __init__(self, breath: float) -> None:
        self._breath = breath

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        give_up_if_unwanted()
        if self._breath:
            time.sleep(self._breath)
        return None


def _nothing(*_: object) -> None:
    pass
