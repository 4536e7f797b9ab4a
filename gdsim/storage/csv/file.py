"""The bytes of a table of a person's own, and errors about it."""

from __future__ import annotations

import os
from pathlib import Path

from gdsim.errors import GdsimError
from gdsim.storage.checking import located
from gdsim.storage.contents import contents

#: What a file of examples may hold, in bytes.
MOST_BYTES = 64_000_000


def content_of(path: str | os.PathLike[str], most: int | None = None) -> bytes:
    """The bytes of a file, only the first of them if `most` says so; a pipe is read whole or not at all.

    Raises
    ------
    GdsimError
        If it cannot be read, or is larger than MOST_BYTES: that is found out before it is read.
    """
    return contents(path, MOST_BYTES, "data", begin=most, pipes=most is None)


def in_file(error: GdsimError, path: str | os.PathLike[str]) -> GdsimError:
    """The same error with the name of the file before its sentence."""
    made = located(error, Path(path).name)
    made.field = "data"
    return made
