"""Turns of the window's thread in the midst of long work."""

from __future__ import annotations

import time

#: The GUI gets the interpreter for a moment after this much work, in seconds.
_SHARE = 0.008
#: What takes no longer is finished even if a newer one of its kind has been asked for, in seconds: else a hand that is
#: never still would see none.
SHORT = 0.1


class Turns:
    """Turns of the window's thread: after a share of work it gets the interpreter for a moment."""

    def __init__(self) -> None:
        self._worked_since = time.perf_counter()

    @property
    def is_due(self) -> bool:
        """Return whether a share of work is done."""
        return time.perf_counter() - self._worked_since > _SHARE

    def give(self) -> None:
        """Let the GUI go on: a loop in Python starves it of the interpreter lock unless it lets go by itself."""
        time.sleep(0.001)
        self._worked_since = time.perf_counter()
