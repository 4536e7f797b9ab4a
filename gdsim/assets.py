"""Files that come with the program: fonts, icons, examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
#: Inside the package once installed; beside it in a checkout (`pip install -e`).
_FOLDERS = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def asset(*parts: str) -> Path:
    """The path of a file or folder in resources: ``asset("fonts", "Inter-Regular.otf")``.

    Raises
    ------
    FileNotFoundError
        If the installation does not hold it.
    """
    for folder in _FOLDERS:
        path = folder.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from gdsim's resources: install gdsim again")
