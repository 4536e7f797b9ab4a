"""Locks that go with the process that holds them, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows; nothing is locked there
    fcntl = None  # type: ignore[assignment]

_LOOK = 0.005


def lock(descriptor: int, patience: float | None = None) -> bool:
    """Lock an open file until it is closed, waiting so many seconds for whoever has it (None: for ever).

    Returns
    -------
    bool
        Whether it is ours now: not every system, and not every file system, can.
    """
    if not fcntl:
        return False
    until = time.monotonic() + (patience or 0)
    while True:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX if patience is None else fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK)


@contextmanager
def alone(path: Path, patience: float = 2.0) -> Iterator[None]:
    """Keep others out who ask for the same file of a lock, so that what is read, changed and written stays together.

    One that holds it far longer than any write takes hangs: it is not waited for. The file stays: taking it away would
    let two in.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(descriptor, patience)
        yield
    finally:
        os.close(descriptor)
