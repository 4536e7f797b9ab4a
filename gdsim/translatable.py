"""A mark for texts that the window translates and that stand where there is no Qt."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Give `text` back; Qt's lupdate finds it by this name, and the window translates it in its `context`."""
    del context
    return text
