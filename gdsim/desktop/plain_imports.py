"""Imports without PySide's own part in them."""

from __future__ import annotations

import builtins

# from here on, PySide has its say in every import
import PySide6.QtCore  # noqa: F401


def use_plain_imports() -> None:
    """Have modules imported as if there were no PySide, which reads the source of each to look for its own name.

    It keeps the lines, too: those of 1,200 modules are 55 MB. It does so for `from __feature__ import …`, which gives
    Qt's methods other names; whoever has a program of their own around ours may want that, so only ours does without.
    """
    theirs = getattr(builtins, "__feature_import__", None)
    before = getattr(builtins, "__orig_import__", None)
    if before is not None and builtins.__import__ is theirs:
        builtins.__import__ = before
