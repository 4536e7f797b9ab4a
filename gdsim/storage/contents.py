"""The contents of a file that a person named, whatever it is: neither its size nor its silence holds anybody up."""

from __future__ import annotations

import os
import stat
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from gdsim.errors import GdsimError
from gdsim.storage.atomic import cannot

#: So long a file or a pipe may be silent, in seconds: a disk that was asleep needs some.
PATIENCE = 10.0
#: One that says it is empty has nothing to be waited for, unless it is one of those that the system makes up (/proc).
_OF_EMPTY = 1.0
_AT_ONCE = 1 << 18


class UnreadableError(GdsimError):
    """A file is not there, not allowed, too large, silent or no file at all."""


def contents(
    path: str | os.PathLike[str],
    most: int,
    field: str = "",
    *,
    begin: int | None = None,
    pipes: bool = False,
    patience: float = PATIENCE,
) -> bytes:
    """The contents of a file.

    Parameters
    ----------
    most
        How many bytes it may have; that is found out before it is read.
    field
        What errors are about.
    begin
        How many bytes of it are wanted, from its beginning; all if None.
    pipes
        Whether a pipe is read, too; where it has to be waited for, that must not be in the way of a window.
    patience
        How long it may be silent, in seconds.

    Raises
    ------
    UnreadableError
        If it cannot be read; the message names the path.
    """
    try:
        about = Path(path).stat()
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(None, "it is a folder")
        if not (stat.S_ISREG(about.st_mode) or (pipes and stat.S_ISFIFO(about.st_mode))):
            raise OSError(None, "it is not an ordinary file")
        size, found = about.st_size, b""
        if size <= most:
            if stat.S_ISREG(about.st_mode) and not size:
                patience = min(patience, _OF_EMPTY)
            found = _read(path, most + 1 if begin is None else begin, patience)
            size = len(found)
    except (OSError, ValueError, TypeError) as error:
        told = cannot("read", path, error)
        raise UnreadableError(told.template, field, **told.values) from error
    if size > most:  # it may have grown meanwhile
        template = "{path} is too large: {size:.4g} MB, where {limit:.4g} MB is the most"
        raise UnreadableError(template, field, path=path, size=size / 1e6, limit=most / 1e6)
    return found


def _read(path: str | os.PathLike[str], most: int, patience: float) -> bytes:
    """Read in a thread that is left alone if it hangs: opening, too, may wait for ever."""
    came: SimpleQueue[bytes | BaseException] = SimpleQueue()
    Thread(target=_bring, args=(path, most, came), daemon=True, name="reading").start()
    found = BytesIO()  # which gives what was written away without a copy
    while True:
        try:
            part = came.get(timeout=patience)
        except Empty:
            raise TimeoutError(None, "nothing comes out of it") from None
        if isinstance(part, BaseException):
            raise part
        if not part:
            return found.getvalue()
        found.write(part)


def _bring(path: str | os.PathLike[str], most: int, came: SimpleQueue[bytes | BaseException]) -> None:
    try:
        with open(path, "rb", buffering=0) as file:
            while most > 0 and (part := file.read(min(most, _AT_ONCE))):
                most -= len(part)
                came.put(part)
        came.put(b"")
    except BaseException as error:
        came.put(error)
