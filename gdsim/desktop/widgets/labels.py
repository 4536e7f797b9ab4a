"""Labels that show what they are given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(text: str = "") -> QLabel:
    """A label whose text is plain: what comes from a file or from a person may look like HTML, and is none."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def rich_label() -> QLabel:
    """A label for HTML that the program writes; what comes from outside is escaped in it."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    return label
