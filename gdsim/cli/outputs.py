"""The files that a command writes: begun before the work, so that a place that cannot be written is found out now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from gdsim.errors import GdsimError


@contextmanager
def begun(**paths: str | None) -> Iterator[dict[str, Path]]:
    """Give the places to write to by the names of their options; the files take their places at the end."""
    from gdsim.storage.atomic import replacing
    from gdsim.storage.contents import PATIENCE

    _refuse_one_file_twice(paths)
    with ExitStack() as files:
        yield {
            name: files.enter_context(replacing(path, f"--{name}", patience=PATIENCE))
            for name, path in paths.items()
            if path is not None
        }


def wants_picture(path: str | None) -> bool:
    """Return whether a picture is asked for, or raise `GdsimError` if it is of no kind that is drawn."""
    if path is not None and Path(path).suffix.lower() != ".png":
        raise GdsimError("--png must name a file that ends in .png, not '{given}'", "png", given=path)
    return path is not None


def _refuse_one_file_twice(paths: dict[str, str | None]) -> None:
    seen: dict[Path, str] = {}
    for name, path in paths.items():
        if path is not None and path not in ("/dev/null", "/dev/stdout"):
            other = seen.setdefault(Path(path).absolute(), name)
            if other != name:
                raise GdsimError(
                    "--{other} and --{name} name the same file, {path}", name, other=other, name=name, path=path
                )
