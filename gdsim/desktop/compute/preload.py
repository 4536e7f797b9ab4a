"""Imports that the first typed formula needs, fetched while nobody does anything."""

from __future__ import annotations

import importlib
import sys
import threading
import time
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

#: So long after the first race is shown, in milliseconds: by then paths move, and whoever opened the window looks.
_SETTLED = 1200
#: Between two modules that are fetched the interpreter is left to the window for so long, in seconds.
_BREATH = 0.002


class Preload(QObject):
    """Fetches SymPy once the opening race is seen, unless it is there.

    It has a thread of its own: an import cannot be given up in the middle, and a race that is asked for meanwhile would
    have to wait for it. It ends by itself, in less than a second of work, or with the process.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hurried, self._begun = threading.Event(), False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self._fetch)

    def begin(self) -> None:
        """Fetch in a while: a race is shown."""
        if not (self._begun or self._hurried.is_set() or "sympy" in sys.modules):
            self._begun = True
            self._timer.start()

    def stop(self) -> None:
        """Fetch nothing more; what is under way pauses for nobody."""
        self._timer.stop()
        self._hurried.set()

    def _fetch(self) -> None:
        threading.Thread(target=fetch_slowly, args=(self._hurried,), name="ahead", daemon=True).start()


def fetch() -> None:
    """Import what formulas are derived with, and work one out: the first costs more than others."""
    from gdsim.objectives import objective_for

    warmed = objective_for("sin(x)*y^2 + exp(-x)/(1 + y^2)")
    warmed.value(warmed.bounds.mean(axis=1))
    warmed.gradient(warmed.bounds.mean(axis=1))


def fetch_slowly(hurried: threading.Event) -> None:
    """Import SymPy, with a pause before each of its modules until somebody is in a hurry."""
    pauses = _Pauses(hurried)
    sys.meta_path.insert(0, pauses)
    try:
        importlib.import_module("sympy")
    finally:
        sys.meta_path.remove(pauses)


class _Pauses(MetaPathFinder):
    """Is asked for every module before it is looked for: it knows of none, and lets others have their turn."""

    def __init__(self, hurried: threading.Event) -> None:
        self._hurried = hurried
        self._thread = threading.get_ident()

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """Know of nothing."""
        if threading.get_ident() == self._thread and not self._hurried.is_set():
            time.sleep(_BREATH)
        return None
