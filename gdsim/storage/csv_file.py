"""The bytes of a table of a person's own, and errors about it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gdsim.errors import GdsimError
from gdsim.storage.atomic import cannot
from gdsim.storage.checking import located

#: What a file of examples may hold, in bytes.
MOST_BYTES = 64_000_000


def content_of(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """The bytes of a file, only the first of them if `most` says so.

    Raises
    ------
    GdsimError
        If it cannot be read or, without `most`, is larger than MOST_BYTES: that is found out before it is read.
    """
    try:
        about = Path(path).stat()
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(None, "it is a folder")
        if not stat.S_ISREG(about.st_mode):  # opening a pipe could wait for ever
            raise OSError(None, "it is not an ordinary file")
        if about.st_size > MOST_BYTES:
            raise _too_large(path, about.st_size)
        with Path(path).open("rb") as file:
            content = file.read(MOST_BYTES + 1 if most is None else most)
    except GdsimError:
        raise
    except (OSError, ValueError, TypeError) as error:
        raise cannot("read", path, error) from error
    if len(content) > MOST_BYTES:  # it has grown meanwhile
        raise _too_large(path, len(content))
    return content


def _too_large(path: str | os.PathLike[str], size: int) -> GdsimError:
    return GdsimError("{path} is too large: {size:.0f} MB, where {limit:.0f} MB is the most", "data", path=path,
                      size=size / 1e6, limit=MOST_BYTES / 1e6)  # fmt: skip


def in_file(error: GdsimError, path: str | os.PathLike[str]) -> GdsimError:
    """The same error with the name of the file before its sentence."""
    made = located(error, Path(path).name)
    made.field = "data"
    return made
