"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from pathlib import Path

from gdsim.errors import GdsimError
from gdsim.storage.locking import lock


@contextmanager
def replacing(
    target: str | os.PathLike[str], field: str = "", *, private: bool = False, patience: float = 1.0
) -> Iterator[Path]:
    """Give a temporary file beside `target` to write to; it takes the target's place at the end.

    If the block raises, or the process is killed, the target is as it was. The temporary file is made on entering,
    so that a place where nothing can be written is found out before the work, not after it. What is no ordinary
    file (/dev/stdout, a pipe) is written to as it is; a pipe that nobody reads is waited for `patience` seconds.

    Parameters
    ----------
    field
        What the message of an error names beside the target, such as an option.
    private
        Whether the file is for nobody else to read.

    Raises
    ------
    GdsimError
        If nothing can be written there, in the beginning or in the end, or if the block raises an `OSError`: as where
        a disk is full. A reader who leaves early is a BrokenPipeError.
    """
    path = Path(target)
    with ExitStack() as stack:
        stack.enter_context(writing(target, field))
        try:
            place = stack.enter_context(_place(path, private, patience))
        except (RuntimeError, ValueError) as error:  # a loop of links, a name that is none
            raise cannot("write", target, error, field) from error
        yield place


@contextmanager
def writing(target: object, field: str = "") -> Iterator[None]:
    """Tell what the system refuses in the block as what cannot be written."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot("write", target, error, field) from error


@contextmanager
def _place(path: Path, private: bool, patience: float) -> Iterator[Path]:
    kind = path.stat().st_mode if path.exists() else stat.S_IFREG
    # one that was handed to the process (/dev/stdout, /dev/fd/…) is read by whoever made it, maybe page by page
    is_named = os.path.exists(os.path.realpath(path))
    if stat.S_ISFIFO(kind) and is_named:
        from gdsim.storage.pipes import piped

        with piped(path, patience) as pipe:
            yield pipe
    elif stat.S_ISCHR(kind) or stat.S_ISFIFO(kind):
        path.open("a").close()
        yield path
    elif stat.S_ISREG(kind) or stat.S_ISDIR(kind):
        with _beside(path.resolve(), private) as temporary:  # a link stays, and what it points at is replaced
            yield temporary
    else:
        raise OSError(None, "it is not an ordinary file")


@contextmanager
def _beside(path: Path, private: bool) -> Iterator[Path]:
    temporary, held = _begun(path, private)
    try:
        yield temporary
        _to_disk(temporary)
        os.replace(temporary, path)
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


def _begun(path: Path, private: bool) -> tuple[Path, int]:
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
        held = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
        lock(held)
        # another program may have taken it for litter before it was locked
        if _is_at(held, temporary):
            break
        os.close(held)
    if old is not None:
        with suppress(OSError):  # what is another's stays with us, and not every system knows permissions
            os.chown(temporary, old.st_uid, old.st_gid)
        with suppress(OSError):
            os.chmod(temporary, old.st_mode & (0o700 if private else 0o777))
    return temporary, held


def _tidy(folder: Path, name: str) -> None:
    """Remove the temporary files of this name that killed programs left."""
    for litter in folder.glob(f".gdsim-*-{escape(name)}"):
        with suppress(OSError):
            descriptor = os.open(litter, os.O_RDONLY)
            try:
                if lock(descriptor, patience=0):
                    litter.unlink()
            finally:
                os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
