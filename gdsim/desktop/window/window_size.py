"""Classes of windows by the room that they have round the landscape."""

from __future__ import annotations

from PySide6.QtCore import QSize

#: A window narrower than this, at scale 1, has no room for loss curves beside the landscape, and one that is less
#: tall no room for a table under it.
_ROOMY, _TALL = 800, 400
#: In one lower than this, at scale 1, there is one thing at a time beside the landscape.
_HIGH = 800
#: In one narrower than this there is little room beside the landscape.
_BROAD = 1300
ROOMY, CROWDED, CRAMPED = range(3)


def room_of(size: QSize, scale: float) -> int:
    """Return one of the three: for docks on three sides, on two, or on one."""
    if size.width() / scale >= _ROOMY:
        return ROOMY
    return CROWDED if size.height() / scale >= _TALL else CRAMPED


def is_broad(size: QSize, scale: float) -> bool:
    """Return whether there is room for more than curves beside the landscape."""
    return size.width() / scale >= _BROAD


def is_low(size: QSize, scale: float) -> bool:
    """Return whether there is no room for two docks above each other."""
    return size.height() / scale < _HIGH
