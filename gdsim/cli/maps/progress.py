"""A bar on a terminal that tells how far long work is; Ctrl+C ends the work and keeps what is done."""

from __future__ import annotations

import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import Any, Self, TextIO

#: So long nothing is shown, and so often it is shown anew, in seconds.
_QUIET, _EVERY = 0.3, 0.1
_WIDTH = 30
#: What has been done of less than this says nothing of how long the rest takes.
_TELLING = 0.01


class Progress:
    """Shows the share that is done, and listens for an interrupt, as long as it is entered.

    Attributes
    ----------
    stopped
        Whether somebody has interrupted. Who does so twice ends the program at once.
    share
        How much was done when it was last asked.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = sys.stderr if stream is None else stream
        self._stream = stream if stream is not None and stream.isatty() else None
        self.stopped, self.share = False, 0.0
        self._began = self._told = 0.0
        self._length = 0
        self._before: Any = None

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._told = self._began + _QUIET - _EVERY
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.erase()
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def pulse(self, share: float) -> bool:
        """Take the share that is done; whether to stop."""
        self.share = share
        now = time.monotonic()
        if self._stream is not None and now - self._told >= _EVERY:
            self._told = now
            self._write(bar(share, now - self._began))
        return self.stopped

    def say(self, text: str) -> None:
        """Show a text in place of the bar."""
        if self._stream is not None:
            self._write(text)

    def erase(self) -> None:
        """Take the bar away."""
        if self._stream is not None and self._length:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, text: str) -> None:
        assert self._stream is not None
        self._stream.write("\r" + text.ljust(self._length))
        self._stream.flush()
        self._length = len(text)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.stopped:
            raise KeyboardInterrupt
        self.stopped = True


def bar(share: float, seconds: float) -> str:
    """Write the share that is done, and how long the rest takes if all goes on as it did."""
    share = min(max(share, 0.0), 1.0)
    full = int(share * _WIDTH)
    left = f", {duration(seconds * (1 - share) / share)} left" if share >= _TELLING else ""
    return f"[{'#' * full}{'.' * (_WIDTH - full)}] {int(share * 100):3} %{left}"


def duration(seconds: float) -> str:
    """Write a time in one or two units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
