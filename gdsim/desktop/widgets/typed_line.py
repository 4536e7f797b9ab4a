"""A line to type into, beside the window's own undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TypedLine(QLineEdit):
    """A line whose undo is the window's once what was typed has been taken.

    Whoever takes the text says so with `setModified(False)`; `setText` does it by itself.
    """

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where nothing typed is left to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves(event):
            event.ignore()
            return True
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo):
            return not (self.isModified() and self.isUndoAvailable())
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
