"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gdsim.errors import GdsimError


@contextmanager
def replacing(target: str | os.PathLike[str], field: str = "path") -> Iterator[Path]:
    """Give a temporary file beside `target` to write to; it takes the target's place at the end.

    If the block raises, the target is as it was and the temporary file is gone. The temporary file is made on
    entering, so that a place where nothing can be written is found out before the work, not after it. What is
    no ordinary file (/dev/stdout, a pipe) is given as it is.

    Raises
    ------
    GdsimError
        If nothing can be written there; the message names `field`.
    """
    path = Path(target)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.open("a").close()
            yield path
            return
        # through a link, what it points at is replaced and the link stays
        path = path.resolve()
        temporary = _beside(path)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GdsimError("{field}: cannot write {path}: {reason}", field, path=target, reason=reason) from error
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """Make an empty file beside `path`, with its suffix and, if it exists, its permissions."""
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    mode = 0o666
    if path.exists():
        if not os.access(path, os.W_OK):
            raise PermissionError(None, "it is read-only")
        mode = path.stat().st_mode & 0o777
    # short, so that a long name that is allowed stays allowed; the process number keeps two programs apart
    temporary = path.with_name(f".gdsim-{os.getpid()}-{hash(path.name) & 0xFFFF:x}{path.suffix}")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    return temporary
