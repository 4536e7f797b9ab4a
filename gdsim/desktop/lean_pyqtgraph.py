"""pyqtgraph without those of its parts that the window does not draw with."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")
#: What plots are made of; the rest is parameter trees, tables, image viewers, and plots in other processes.
_NEEDED = frozenset(
    {
        "",
        "GraphicsScene",
        "Qt",
        "colors",
        "functions",
        "graphicsItems.AxisItem",
        "graphicsItems.FillBetweenItem",
        "graphicsItems.GraphicsObject",
        "graphicsItems.ImageItem",
        "graphicsItems.InfiniteLine",
        "graphicsItems.PlotCurveItem",
        "graphicsItems.ScatterPlotItem",
        "graphicsItems.TargetItem",
        "graphicsItems.TextItem",
        "graphicsItems.ViewBox",
        "widgets.PlotWidget",
    }
)


def import_lean() -> None:
    """Import pyqtgraph with what plots need; any other name of it brings the rest when it is first asked for.

    pyqtgraph copies all names of three of Qt's modules, for which PySide makes a thousand classes and enumerations
    that nobody uses, and imports every widget it has: more than half of the time that its import takes.
    """
    if "pyqtgraph" in sys.modules:
        return
    for name in _MIRRORED:
        sys.modules[f"pyqtgraph.Qt.{name}"] = _Mirror(f"pyqtgraph.Qt.{name}", import_module(f"PySide6.{name}"))
    with _nothing_to_copy(), _parts_left_out() as left_out:
        pyqtgraph = import_module("pyqtgraph")
    for name in {name for names in left_out.values() for name in names if name != "*"}:
        del vars(pyqtgraph)[name]
    vars(pyqtgraph)["__getattr__"] = partial(_bring_the_rest, pyqtgraph, left_out)


def _bring_the_rest(pyqtgraph: ModuleType, left_out: Mapping[str, Sequence[str]], name: str) -> Any:
    """Import what was left out, as a name is asked for that is not there."""
    there = vars(pyqtgraph)
    if not name.startswith("__"):
        del there["__getattr__"]  # the parts ask for each other
        for each, wanted in left_out.items():
            part = import_module(f"pyqtgraph.{each}")
            for public in _public(part) if "*" in wanted else wanted:
                there.setdefault(public, getattr(part, public))
    if name not in there:
        raise AttributeError(f"module 'pyqtgraph' has no attribute {name!r}")
    return there[name]


def _public(part: ModuleType) -> Sequence[str]:
    """Return what `from part import *` brings."""
    names: Sequence[str] = getattr(part, "__all__", [name for name in vars(part) if not name.startswith("_")])
    return names


class _Mirror(ModuleType):
    """A module of Qt under pyqtgraph's name for it, which fetches what is asked for."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._source, name)
        setattr(self, name, found)
        return found


@contextmanager
def _nothing_to_copy() -> Iterator[None]:
    """Have the modules of Qt name nothing as theirs, so that pyqtgraph finds nothing to copy."""
    names = [vars(sys.modules[f"PySide6.{name}"]) for name in _MIRRORED]
    before = [each.get("__dir__") for each in names]
    for each in names:
        each["__dir__"] = list
    try:
        yield
    finally:
        for each, own in zip(names, before, strict=True):
            if own is None:
                del each["__dir__"]
            else:
                each["__dir__"] = own


@contextmanager
def _parts_left_out() -> Iterator[dict[str, Sequence[str]]]:
    """Have pyqtgraph's own `__init__` import no more than is needed; the names of what it goes without."""
    left_out: dict[str, Sequence[str]] = {}
    plain: Callable[..., Any] = builtins.__import__

    def needed(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        asking = globals and globals.get("__name__")
        if level == 1 and asking == "pyqtgraph" and name not in _NEEDED:
            left_out[name] = fromlist or ()
            return _Hollow(name)
        if asking == "pyqtgraph.Qt" and fromlist in (("QtSvg",), ("QtTest",)):
            raise ImportError("plots do without")  # as pyqtgraph itself does where they are not installed
        return plain(name, globals, locals, fromlist, level)

    builtins.__import__ = needed
    try:
        yield left_out
    finally:
        builtins.__import__ = plain


class _Hollow(ModuleType):
    """Module that is imported in place of a part that is left out."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)
