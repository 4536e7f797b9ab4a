"""A field for what a person calls an optimizer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.typed_line import TypedLine
from gdsim.errors import GdsimError
from gdsim.simulation.names import LONGEST_NAME


class NameField(TypedLine):
    """A line for a name; empty it shows, faintly, that which is made.

    `take` is called with what was typed and may raise `GdsimError`: the sentence then stands in `error`.
    """

    def __init__(self, name: str, label: str, take: Callable[[str], None]) -> None:
        super().__init__()
        self._take = take
        self._name = ""
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setMaxLength(LONGEST_NAME)
        self.editingFinished.connect(self._read)
        self.error = plain_label()
        self.error.setObjectName(f"{name}.error")
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.hide()

    def show_name(self, typed: str, made: str) -> None:
        """Show the name that was typed, or "", and that which is made."""
        self._name = typed
        self.setPlaceholderText(made)
        self._show_error("")
        if not (self.hasFocus() and self.text().strip() == typed):
            self.setText(typed)
        # it has been taken: undo is now the window's
        self.setModified(False)

    def _read(self) -> None:
        if self.text().strip() == self._name and self.error.isHidden():
            return
        try:
            self._take(self.text())
        except GdsimError as error:
            self._show_error(error_text(error))
        else:
            self._show_error("")

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape brings the last good name back."""
        if event.key() == Qt.Key.Key_Escape:
            self._show_error("")
            self.setText(self._name)
            self.selectAll()
            return
        super().keyPressEvent(event)
