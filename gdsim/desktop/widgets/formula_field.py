"""A field for a formula: as many lines as it needs, and a mark where it is wrong."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from gdsim.desktop.look.style import Theme

_MOST_LINES, _MARGIN = 6, 5
#: Of a longer text that is pasted, this much is taken: laying out more would take the window's time.
_MOST_PASTED = 25_000


class FormulaField(QPlainTextEdit):
    """Emits what is typed; what is shown by the program is not typed."""

    typed = Signal(str)
    #: Enter was pressed, or the focus left.
    settled = Signal()
    #: Someone is about to type.
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(_MARGIN)
        self._wrong_color = QColor("red")
        self._column: int | None = None
        self._shown = False
        self.textChanged.connect(self._text_changed)
        self._fit()

    def text(self) -> str:
        """The text in the field, as one line."""
        return self.toPlainText().replace("\n", " ")

    def show_text(self, text: str) -> None:
        """Show a formula; says nothing to anyone."""
        if text != self.text():
            self._shown = True
            self.setPlainText(text)
            self._shown = False

    def retype(self, text: str) -> None:
        """Type a text over what stands there; it can be taken back like anything typed."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._wrong_color = QColor(theme.error)
        self.mark(self._column)

    def mark(self, column: int | None) -> None:
        """Underline what stands at a column, counted from 1; nothing if None."""
        self._column = column
        text = self.text()
        self.setExtraSelections([self._underlined(text, column)] if column is not None and text.strip() else [])
        if bool(self.property("wrong")) != (column is not None):
            self.setProperty("wrong", column is not None)
            self.style().unpolish(self)
            self.style().polish(self)

    def _underlined(self, text: str, column: int) -> QTextEdit.ExtraSelection:
        # what is missing at the end is missed by the last letter
        start = min(column, len(text.rstrip())) - 1
        part = re.compile(r"\w+|.", re.DOTALL).match(text, start)
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(self._wrong_color)
        form.setForeground(self._wrong_color)
        cursor = QTextCursor(self.document())
        cursor.setPosition(_place(text, start))
        cursor.setPosition(_place(text, part.end() if part else start + 1), QTextCursor.MoveMode.KeepAnchor)
        wrong = QTextEdit.ExtraSelection()
        wrong.cursor, wrong.format = cursor, form
        return wrong

    def _text_changed(self) -> None:
        self._fit()
        if not self._shown:
            self.typed.emit(self.text())

    def _fit(self) -> None:
        """Be as tall as its lines."""
        tall = self.blockBoundingRect(self.document().firstBlock()).height()
        room = 2 * self.document().documentMargin() + 2
        height = math.ceil(min(tall, _MOST_LINES * self.fontMetrics().lineSpacing()) + room)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Size that takes all the width there is."""
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Room for some letters at least."""
        return QSize(self.fontMetrics().horizontalAdvance("x") * 12, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste text as one line."""
        self.insertPlainText(" ".join(source.text()[:_MOST_PASTED].splitlines()))

    def event(self, event: QEvent) -> bool:
        """Leave undo to the window where nothing typed is left to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            undo = event.matches(keys.Undo) and not self.document().isUndoAvailable()
            if undo or (event.matches(keys.Redo) and not self.document().isRedoAvailable()):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends the typing: a formula is one line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.settled.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Someone is about to type."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The typing is over."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.settled.emit()


def _place(text: str, column: int) -> int:
    """Place of a column of a text for Qt, which counts in UTF-16."""
    return len(text[:column].encode("utf-16-le", "surrogatepass")) // 2
