"""What a document says about itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget


class NoteStrip(QWidget):
    """A title and a sentence or two on what to look at, over the landscape; it can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._text = QLabel()
        self._text.setObjectName("note_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        away = QToolButton()
        away.setObjectName("note_away")
        away.setText("×")
        away.setAccessibleName(self.tr("Put the note away"))
        away.setToolTip(self.tr("Put the note away."))
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 0)
        row.addWidget(self._text, 1)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_note(self, title: str, note: str) -> None:
        """Show a title and a note, or nothing where there is no note."""
        text = f"{title}. {note}" if title and note else note
        if text != self._text.text():
            self._text.setText(text)
            self.setVisible(bool(note))
