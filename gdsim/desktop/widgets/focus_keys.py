"""Keys that a control keeps for itself, although the window has a use for them, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QGraphicsView,
    QHeaderView,
    QSlider,
    QSpinBox,
    QTreeView,
    QWidget,
)

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
#: What each kind of control does with keys while it has the focus; of those that are of two kinds the first counts.
_KEPT: tuple[tuple[type[QWidget], tuple[Qt.Key, ...]], ...] = (
    (QAbstractSlider, _ARROWS),
    (QAbstractButton, (Qt.Key.Key_Space,)),
    (QComboBox, (*_ARROWS, Qt.Key.Key_Space)),
    (QSpinBox, _ARROWS),
    # the landscape, where they move the start; it has the focus from the Tab key only
    (QGraphicsView, _ARROWS[:4]),
    # the table of runs has the focus after a click: only from row to row, so that all else still steps the player
    (QTreeView, (Qt.Key.Key_Up, Qt.Key.Key_Down)),
    (QHeaderView, ()),
    (QAbstractItemView, (*_ARROWS, Qt.Key.Key_Space)),
)


def keep_own_keys(root: QWidget) -> None:
    """Let `root` and every control below it use its own keys while it has the focus, and no others.

    Buttons get the focus from the Tab key only: after a click on one, Space still plays. The wheel scrolls the panel
    and does not turn what happens to lie under it.
    """
    # one that was there before is enough: this is called again whenever the fields of a form are made anew
    guard = root.findChild(_Guard, options=Qt.FindChildOption.FindDirectChildrenOnly) or _Guard(root)
    for kind, _ in _KEPT:
        for widget in (*([root] if isinstance(root, kind) else []), *root.findChildren(kind)):
            widget.installEventFilter(guard)
            if isinstance(widget, QAbstractButton | QGraphicsView):
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            elif isinstance(widget, QAbstractSlider | QComboBox | QSpinBox):
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def put_in_tab_order(before: QWidget, form: QWidget) -> None:
    """Let Tab go from a control into a form that was made after it."""
    for widget in form.findChildren(QWidget):
        # the list that pops up from a box is a window of its own
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.window() is before.window():
            QWidget.setTabOrder(before, widget)
            before = widget


def _kept(widget: QObject) -> tuple[Qt.Key, ...]:
    """The keys of a control."""
    return next((keys for kind, keys in _KEPT if isinstance(widget, kind)), ())


class _Guard(QObject):
    """Answers Qt's question whether a key is a shortcut."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a control's keys; let the wheel pass controls without the focus."""
        kind = event.type()  # asked for once: every event of every control comes through here
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in _kept(watched):
                event.accept()
                return True
        wheel = kind == QEvent.Type.Wheel
        if wheel and isinstance(watched, QSlider | QComboBox | QSpinBox) and not watched.hasFocus():
            event.ignore()
            return True
        return False
