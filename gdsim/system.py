"""What the window needs from the machine, and how to say that it is missing."""

from __future__ import annotations

#: Debian's names of the libraries that Qt loads and PySide6 does not bring along.
DEBIAN_PACKAGES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)


def install_line() -> str:
    """The command that installs them on Debian and Ubuntu."""
    return f"sudo apt install {' '.join(DEBIAN_PACKAGES)}"


def qt_missing(error: ImportError) -> str | None:
    """A sentence for an import of Qt that failed; None if something else was imported in vain."""
    if isinstance(error, ModuleNotFoundError):
        missing = (error.name or "").partition(".")[0]
        if missing in ("PySide6", "shiboken6", "pyqtgraph"):
            return f"the window and pictures need {missing}: install gdsim again with pip install ."
        return None
    if ".so" not in str(error):
        return None
    return f"Qt cannot be loaded ({error}); on Debian and Ubuntu: {install_line()}"
