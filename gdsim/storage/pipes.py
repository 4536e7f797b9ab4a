"""Writing to a pipe without waiting for ever: for one who reads it, or for one who has stopped reading."""

from __future__ import annotations

import errno
import os
import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

_AT_ONCE = 1 << 16
#: How often it is looked whether there is a reader by now, in seconds.
_LOOK = 0.05


@contextmanager
def piped(path: Path, patience: float) -> Iterator[Path]:
    """Give a path to write to; what is written there goes into a pipe.

    Opening a pipe waits for one who reads it, and so does writing to a full one: this is done in a thread of its own,
    which gives up after so many seconds.
    """
    goal = _opened(path, patience)
    source, sink = os.pipe()
    wrong: list[OSError] = []
    pump = Thread(target=_pump, args=(source, goal, patience, wrong), daemon=True, name="pipe")
    pump.start()
    try:
        yield Path(f"/dev/fd/{sink}")
    except BrokenPipeError:
        # whoever reads has gone, or it was given up
        pump.join()
        raise wrong[0] if wrong else BrokenPipeError from None
    finally:
        os.close(sink)
    pump.join()
    if wrong:
        raise wrong[0]


def _opened(path: Path, patience: float) -> int:
    until = time.monotonic() + patience
    while True:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        if time.monotonic() >= until:
            raise _unread()
        time.sleep(_LOOK)


def _pump(source: int, goal: int, patience: float, wrong: list[OSError]) -> None:
    try:
        while data := os.read(source, _AT_ONCE):
            while data:
                if not select.select([], [goal], [], patience)[1]:
                    raise _unread()
                data = data[os.write(goal, data) :]
    except OSError as error:
        wrong.append(error)
    finally:
        os.close(source)
        os.close(goal)


def _unread() -> OSError:
    return TimeoutError(None, "it is a pipe that nobody reads")
