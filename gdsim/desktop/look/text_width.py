"""Widths of texts: each is measured once in a font, not with every size that a view is given."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics

#: So many widths are known at once.
_MOST = 2_000
_known: dict[tuple[str, str], int] = {}


def text_width(font: QFont, text: str) -> int:
    """The width of a line of text, in pixels."""
    place = (font.key(), text)
    width = _known.get(place)
    if width is None:
        if len(_known) >= _MOST:  # numbers come and go
            _known.clear()
        width = _known[place] = QFontMetrics(font).horizontalAdvance(text)
    return width
