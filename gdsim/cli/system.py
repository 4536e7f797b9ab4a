"""The things that the window needs from the machine, and how to say that one is missing.

Qt itself ends the process with a core dump where a library of its X11 plugin or the display is missing.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable

#: The libraries that Qt loads and PySide6 does not bring along, and Debian's packages of them; what these depend on
#: is the rest.
_LIBRARIES = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
DEBIAN_PACKAGES = tuple(_LIBRARIES.values())


def qt_missing(error: ImportError) -> str | None:
    """A sentence for an import of Qt that failed; None if something else was imported in vain."""
    if isinstance(error, ModuleNotFoundError):
        missing = (error.name or "").partition(".")[0]
        if missing in ("PySide6", "shiboken6", "pyqtgraph"):
            return f"the window and pictures need {missing}: install gdsim again with pip install ."
        return None
    return f"Qt cannot be loaded ({error}); {_install(DEBIAN_PACKAGES)}" if ".so" in str(error) else None


def why_no_window() -> str | None:
    """A sentence if no window can be opened here; None if one can, as far as can be told before Qt is loaded."""
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb")
    if not sys.platform.startswith("linux") or platform != "xcb" or os.environ.get("WAYLAND_DISPLAY"):
        return None
    missing = [package for library, package in _LIBRARIES.items() if not _loads(library)]
    if missing:
        return f"the window needs libraries that are not installed; {_install(missing)}"
    display = os.environ.get("DISPLAY")
    if not display:
        return "there is no display to open a window on (DISPLAY is not set); gdsim run needs none"
    if not _answers():
        return f"the display {display} does not answer, so no window can be opened; gdsim run needs none"
    return None


def _install(packages: Iterable[str]) -> str:
    return f"on Debian and Ubuntu: sudo apt install {' '.join(packages)}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers() -> bool:
    """Return whether the X server that DISPLAY names lets us in."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
