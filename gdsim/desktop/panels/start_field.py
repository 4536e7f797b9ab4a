"""A field for a start of many coordinates: all of them, or one number for all."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.desktop.text.numbers import read, show_short
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.widgets.typed_line import TypedLine
from gdsim.desktop.widgets.wrapping_label import WrappedLabel
from gdsim.errors import GdsimError, shown


class StartField(QWidget):
    """A line for numbers with commas between them, and room for a sentence under it.

    `take` is called with what was typed and may raise `GdsimError`: the sentence then stands under the field, which
    keeps the wrong text, and nothing else changes.
    """

    def __init__(self, name: str, label: str, take: Callable[[tuple[float, ...]], None]) -> None:
        super().__init__()
        self._label, self._take = label, take
        self._value: tuple[float, ...] = ()
        self.line = TypedLine()
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.editingFinished.connect(self._read)
        self.error = WrappedLabel()
        self.error.setObjectName(f"{name}.error")
        self.error.setProperty("role", "error")
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.error)

    def show_value(self, value: tuple[float, ...]) -> None:
        """Show coordinates; says nothing to anyone."""
        self._value = value
        self._show_error("")
        # what is being typed stays as it was typed if it means the same
        if not (self.line.hasFocus() and self._means(value)) and self.line.text() != start_text(value):
            self.line.setText(start_text(value))
            self.line.setCursorPosition(0)
        # it has been taken: undo is now the window's
        self.line.setModified(False)

    def _means(self, value: tuple[float, ...]) -> bool:
        try:
            return numbers_of(self.line.text(), len(value), self._label) == value
        except GdsimError:
            return False

    def _read(self) -> None:
        if self.error.isHidden() and self.line.text() == start_text(self._value):
            return
        try:
            self._take(numbers_of(self.line.text(), len(self._value), self._label))
        except GdsimError as error:
            self._show_error(error_text(error))
        else:
            self._show_error("")

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        if bool(self.line.property("wrong")) != bool(text):
            self.line.setProperty("wrong", bool(text))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the last good numbers back."""
        if event.key() == Qt.Key.Key_Escape:
            self._show_error("")
            self.line.setText(start_text(self._value))
            self.line.selectAll()
            return
        super().keyPressEvent(event)


def start_text(value: tuple[float, ...]) -> str:
    """Coordinates as they are typed: one number where all are the same."""
    return ", ".join(map(show_short, value[:1] if len(set(value)) == 1 else value))


def numbers_of(text: str, count: int, name: str) -> tuple[float, ...]:
    """So many numbers of a text with commas, semicolons or blanks between them; one stands for all."""
    pieces = re.split(r"\s*;\s*" if ";" in text else r"\s*,\s*|\s+", text.strip(" ()[],;"))
    values = []
    for piece in pieces:
        try:
            values.append(read(piece))
        except ValueError:
            raise GdsimError("{name} must be a number, not '{given}'", name=name, given=shown(piece, 30)) from None
    if len(values) not in (1, count):
        raise GdsimError(
            "{name} takes {count} numbers, or one for all, not {given}", name=name, count=count, given=len(values)
        )
    return tuple(values) if len(values) == count else (values[0],) * count
