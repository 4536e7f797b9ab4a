"""The files that a command writes: begun before the work, so that a place that cannot be written is found out now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from gdsim.errors import GdsimError
from gdsim.storage.atomic import replacing, writing
from gdsim.storage.contents import PATIENCE

#: Gives a function of the room that imports Qt, by its module and its name.
Desktop = Callable[[str, str], Callable[..., Any]]


@dataclass(frozen=True)
class Outputs:
    """Files that are written, by the names of their options; what is not asked for is left out.

    Attributes
    ----------
    asked
        The paths as they were given.
    places
        The files that are written meanwhile.
    """

    asked: dict[str, str]
    places: dict[str, Path]

    def write(self, name: str, write: Callable[[Path], object]) -> None:
        """Write a file, where it is asked for."""
        if name in self.places:
            with writing(self.asked[name], f"--{name}"):
                write(self.places[name])

    def write_text(self, name: str, write: Callable[[TextIO], object]) -> None:
        """Write a file of text, where it is asked for."""
        if name in self.places:
            with (
                writing(self.asked[name], f"--{name}"),
                self.places[name].open("w", encoding="utf-8", newline="\n") as file,
            ):
                write(file)


@contextmanager
def begun(**paths: str | None) -> Iterator[Outputs]:
    """Begin the files of some options; they take their places at the end."""
    asked = {name: path for name, path in paths.items() if path is not None}
    _refuse_one_file_twice(asked)
    with ExitStack() as files:
        places = {
            name: files.enter_context(replacing(path, f"--{name}", patience=PATIENCE)) for name, path in asked.items()
        }
        yield Outputs(asked, places)


def drawing(path: str | None, desktop: Desktop, module: str, name: str) -> Callable[..., Any] | None:
    """Return the function that draws a picture, if one is asked for; without Qt that is found out now."""
    if path is None:
        return None
    if Path(path).suffix.lower() != ".png":
        raise GdsimError("--png must name a file that ends in .png, not '{given}'", "png", given=path)
    return desktop(module, name)


def _refuse_one_file_twice(paths: dict[str, str]) -> None:
    seen: dict[Path, str] = {}
    for name, path in paths.items():
        if path not in ("/dev/null", "/dev/stdout"):
            other = seen.setdefault(Path(path).absolute(), name)
            if other != name:
                raise GdsimError(
                    "--{other} and --{name} name the same file, {path}", name, other=other, name=name, path=path
                )
