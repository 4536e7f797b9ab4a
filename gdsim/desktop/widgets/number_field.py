"""A field for a number, typed freely and checked when done."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.icons import icon
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.text.numbers import read, show_short
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.widgets.after_release import Released
from gdsim.desktop.widgets.default_action import connect_once
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.typed_line import TypedLine
from gdsim.errors import GdsimError


class NumberField(QWidget):
    """A line for a number with room for a sentence under it.

    `take` is called with what was typed and may raise `GdsimError`: the sentence then stands under the field, which
    keeps the wrong text, and nothing else changes.
    """

    #: A wrong text was typed (True), or is gone again.
    went_wrong = Signal(bool)

    def __init__(self, name: str, label: str, take: Callable[[float], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._take = take
        self._value = 0.0
        self._sample = ""
        self._word: tuple[float, str] | None = None
        self._reset: QAction | None = None
        self.line = TypedLine()
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.editingFinished.connect(self._read)
        self.error = plain_label()
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()
        #: What is wrong; what lies below moves when it is shown, and that waits for the mouse.
        self._sentence = ""
        self._settled = Released(self._show_sentence, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.error)

    def set_reset(self, tip: str, reset: Callable[[], object]) -> None:
        """Offer, at the end of the line, to take the value back; shown where `show_value` says so."""
        self._reset = self.line.addAction(icon("reset", "#8a939c"), QLineEdit.ActionPosition.TrailingPosition)
        self._reset.setToolTip(tip)
        for button in self.line.findChildren(QToolButton):  # Qt makes it, and leaves it without a name
            button.setObjectName(f"{self.line.objectName()}.reset")
            button.setAccessibleName(tip)
            connect_once(button)
        self._reset.triggered.connect(lambda: reset())
        self._reset.setVisible(False)

    def set_word(self, value: float, word: str) -> None:
        """Show one value as a word, which can be typed, too."""
        self._word = (value, word)

    def fix_width(self, sample: str) -> None:
        """Be as wide as a sample of text, at every size of the font."""
        self._sample = sample
        self._fit()

    def _fit(self) -> None:
        if self._sample:
            width = text_width(self.font(), self._sample)
            self.setFixedWidth(width + round(1.6 * self.fontMetrics().height()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def set_tip(self, tip: str) -> None:
        """Say what the number means."""
        self.line.setToolTip(tip)
        self.setToolTip(tip)

    def set_faint(self, faint: bool) -> None:
        """Show the number as one that is followed, not set."""
        self.line.setStyleSheet("QLineEdit { color: palette(placeholder-text); }" if faint else "")

    @property
    def value(self) -> float:
        """The number that was shown last."""
        return self._value

    def show_value(self, value: float, is_default: bool = True) -> None:
        """Show a number, and a way back if it is not the default; says nothing to anyone."""
        if self._reset is not None:
            self._reset.setVisible(not is_default)
        self._value = value
        self._show_error("")
        text = self._text(value)
        # what is being typed stays as it was typed if it means the same
        if not (self.line.hasFocus() and _means(self.line.text(), value)):
            self._show_text(text)
        # it has been taken: undo is now the window's
        self.line.setModified(False)

    def _show_text(self, text: str) -> None:
        # a line that is given the text that it has is painted anew
        if text != self.line.text() or self.line.cursorPosition() > 0:
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def sizeHint(self) -> QSize:
        """Room for a number of six figures."""
        return QSize(text_width(self.font(), "−0.000000e−0"), super().sizeHint().height())

    def _read(self) -> None:
        text = self.line.text()
        if not self._sentence and _means(text, self._value, shown=True):
            return
        try:
            self._take(self._number(text))
        except GdsimError as error:
            self._show_error(error_text(error))
        else:
            self._show_error("")

    def _text(self, value: float) -> str:
        return self._word[1] if self._word is not None and value == self._word[0] else show_short(value)

    def _number(self, text: str) -> float:
        if self._word is not None and text.strip().casefold() == self._word[1].casefold():
            return self._word[0]
        try:
            return read(text)
        except ValueError:
            if re.search(r"\d,\d", text):
                raise GdsimError(
                    "{name} must be a number without a separator of thousands, not '{given}'",
                    name=self._label,
                    given=text[:30],
                ) from None
            raise GdsimError("{name} must be a number, not '{given}'", name=self._label, given=text[:30]) from None

    def _show_error(self, text: str) -> None:
        if text == self._sentence:
            return
        was_wrong = bool(self._sentence)
        self._sentence = text
        self._settled.do()
        if bool(text) != was_wrong:
            self.line.setProperty("wrong", bool(text))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
            self.went_wrong.emit(bool(text))

    def _show_sentence(self) -> None:
        self.error.setText(self._sentence)
        self.error.setVisible(bool(self._sentence))
        self._give_room()

    def _give_room(self) -> None:
        # a form reckons the height of a sentence for another width than it gives
        width = self.error.width() if self.error.parentWidget() is not self else self.width()
        self.error.setMinimumHeight(self.error.heightForWidth(width) if self.error.text() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence has as many lines as its width asks for."""
        super().resizeEvent(event)
        self._give_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the last good number back."""
        if event.key() == Qt.Key.Key_Escape:
            self._show_error("")
            self.line.setText(self._text(self._value))
            self.line.selectAll()
            return
        super().keyPressEvent(event)


def _means(text: str, value: float, shown: bool = False) -> bool:
    try:
        number = read(text)
    except ValueError:
        return False
    return number == value or (shown and text.strip() == show_short(value))
