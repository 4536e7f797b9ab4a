"""Arrays that are worked in, kept from one call to the next until there is nothing to work on."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any


class _Workspace(threading.local):
    """Arrays by what they depend on; each thread has its own, as a window and its worker ask the same model.

    Models share them: nothing is left in them from one call to the next, and many models are known at a time.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, Any] = {}


workspace = _Workspace()


def clear_workspace() -> None:
    """Give up the arrays of this thread: to be called where it rests, not in the middle of work."""
    workspace.known.clear()
