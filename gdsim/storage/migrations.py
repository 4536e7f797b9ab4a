"""Migrations from older versions of the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gdsim.objectives import FUNCTIONS, MODEL_KEYS
from gdsim.objectives.formula.reading.older import as_now

Tree = dict[str, Any]

#: The version that is written.
VERSION = 2


def _from_0(tree: Tree) -> Tree:
    """Version 0 spelled the learning rate as torch does, "lr"."""
    _rename(tree, "lr", "learning_rate")
    entries = tree.get("optimizers")
    for entry in entries if isinstance(entries, list) else ():
        _rename(entry, "lr", "learning_rate", "values")
    return tree


def _from_1(tree: Tree) -> Tree:
    """Version 1 took every longer name in a formula for a parameter."""
    function, parameters = tree.get("function"), tree.get("parameters", {})
    if isinstance(function, str) and isinstance(parameters, dict) and function not in (*FUNCTIONS, *MODEL_KEYS):
        tree["function"], values = as_now(function, parameters)
        if values != parameters:
            # in place: it may know of a name that stands in it twice
            parameters.clear()
            parameters.update(values)
            tree["parameters"] = parameters
    return tree


#: By version: what makes the next version of it. What is in the file is not yet checked, and may be anything.
MIGRATIONS: dict[int, Callable[[Tree], Tree]] = {0: _from_0, 1: _from_1}


def migrated(tree: Tree, version: int) -> Tree:
    """`tree` of some version, known to be in `MIGRATIONS` or the present one, as the present version has it."""
    for old in range(version, VERSION):
        tree = MIGRATIONS[old](tree)
    return tree


def _rename(tree: Any, old: str, new: str, *where: str) -> None:
    """Rename a field in place; one that is there under both names is left, to be found unknown later."""
    for name in where:
        tree = tree.get(name) if isinstance(tree, dict) else None
    if isinstance(tree, dict) and old in tree and new not in tree:
        tree[new] = tree.pop(old)
