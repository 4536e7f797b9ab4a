"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from gdsim.errors import GdsimError

try:
    import fcntl
except ImportError:  # Windows; nothing is tidied up there
    fcntl = None  # type: ignore[assignment]


@contextmanager
def replacing(target: str | os.PathLike[str], field: str = "") -> Iterator[Path]:
    """Give a temporary file beside `target` to write to; it takes the target's place at the end.

    If the block raises, or the process is killed, the target is as it was. The temporary file is made on entering,
    so that a place where nothing can be written is found out before the work, not after it. What is no ordinary
    file (/dev/stdout, a pipe) is given as it is.

    Raises
    ------
    GdsimError
        If nothing can be written there; the message names `field`, such as an option, if one is given.
    """
    path = Path(target)
    temporary, held = path, -1
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.open("a").close()
        else:
            # through a link, what it points at is replaced and the link stays
            path = path.resolve()
            temporary, held = _beside(path)
    except (OSError, RuntimeError, ValueError) as error:
        raise cannot("write", target, error, field) from error
    if held < 0:
        yield path
        return
    try:
        yield temporary
        try:
            _to_disk(temporary)
            os.replace(temporary, path)
        except OSError as error:
            raise cannot("write", target, error, field) from error
        with suppress(OSError):  # not every system can
            _to_disk(path.parent, os.O_RDONLY)
    finally:
        temporary.unlink(missing_ok=True)
        os.close(held)


def cannot(act: str, path: object, error: Exception, field: str = "") -> GdsimError:
    """The error to raise where the system refused to "read" or "write" `path`."""
    template = f"cannot {act} {{path}}: {{reason}}"
    return GdsimError(f"{{field}}: {template}" if field else template, field, path=path, reason=_reason(path, error))


def _reason(path: object, error: Exception) -> str:
    # of what is no name at all each Python speaks in words of its own
    if isinstance(error, TypeError):
        return "it must be a text or a path"
    if isinstance(error, ValueError) and "\0" in str(path):
        return "no name may hold a null character"
    return getattr(error, "strerror", None) or str(error)


def _to_disk(path: Path, how: int = os.O_WRONLY) -> None:
    """Wait until what was written is on the disk: else a power cut could leave an empty file in the place."""
    descriptor = os.open(path, how)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(path: Path) -> tuple[Path, int]:
    """Make an empty file beside `path`, with its suffix and, if it exists, its permissions.

    Returns
    -------
    tuple
        Its path, and a descriptor to be closed at the end: as long as it is open, the file is locked, which tells
        it from what a killed program left behind.
    """
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    old = path.stat() if path.exists() else None
    if old is not None and not os.access(path, os.W_OK):
        raise PermissionError(None, "it is read-only")
    # short, so that a long name that is allowed stays allowed; the process number keeps two programs apart
    name = f"{zlib.crc32(path.name.encode(errors='surrogateescape')):08x}{path.suffix}"
    temporary = path.with_name(f".gdsim-{os.getpid()}-{name}")
    while True:
        _tidy(path.parent, name)
        held = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        _lock(held, wait=True)
        # another program may have taken it for litter before it was locked
        if _is_at(held, temporary):
            break
        os.close(held)
    if old is not None:
        with suppress(OSError):  # what is another's stays with us
            os.chown(temporary, old.st_uid, old.st_gid)
        os.chmod(temporary, old.st_mode & 0o777)
    return temporary, held


def _tidy(folder: Path, name: str) -> None:
    """Remove the temporary files of this name that killed programs left."""
    for litter in folder.glob(f".gdsim-*-{escape(name)}"):
        with suppress(OSError):
            descriptor = os.open(litter, os.O_RDONLY)
            try:
                if _lock(descriptor):
                    litter.unlink()
            finally:
                os.close(descriptor)


def _lock(descriptor: int, wait: bool = False) -> bool:
    """Try to lock a file; whether it is ours now."""
    if fcntl:
        with suppress(OSError):  # another's, or not every file system can
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
