"""Buttons of actions, connected to them once."""

from __future__ import annotations

from PySide6.QtCore import SIGNAL, QEvent, QObject
from PySide6.QtGui import QActionEvent
from PySide6.QtWidgets import QToolButton, QWidget


class _Once(QObject):
    """Takes the connection of a button to its action away before the button makes another."""

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        """Look for a change of the action."""
        if isinstance(event, QActionEvent) and event.type() == QEvent.Type.ActionChanged:
            QObject.disconnect(event.action(), SIGNAL("changed()"), button, None)  # type: ignore[call-overload]
        return False


def connect_once(widget: QWidget) -> None:
    """Keep the buttons in a widget, or a button, from connecting to their actions anew with every change.

    With each a QToolButton (Qt 6.11.3) is given its action again, and connects to it once more: after some hours that
    is thousands of connections, all of them gone through when a command is enabled.
    """
    for button in [widget] if isinstance(widget, QToolButton) else widget.findChildren(QToolButton):
        button.installEventFilter(_Once(button))
