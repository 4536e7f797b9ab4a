"""Words for how long work still takes."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication


def remaining_text(seconds: float) -> str:
    """Say how long it still takes; below 0, nobody knows yet."""
    if seconds < 0:
        return _tr("begins…")
    if seconds < 1:
        return _tr("less than a second left")
    if seconds < 90:
        return _tr("about {count} s left").format(count=math.ceil(seconds))
    return _tr("about {count} min left").format(count=math.ceil(seconds / 60))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Remaining", text)
