"""The note of a document about itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.labels import plain_label


class NoteStrip(QWidget):
    """A title and a sentence or two on what to look at, over the landscape; it can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._text = plain_label()
        self._text.setObjectName("note_text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._changed = QLabel(self.tr("changed since"))
        self._changed.setObjectName("note_changed")
        self._changed.setProperty("role", "faint")
        self._changed.setToolTip(
            self.tr("The experiment is not as it was when this was written; Edit > Reset all brings it back.")
        )
        # what lies below must not move while something is turned: the note has as much room without
        policy = self._changed.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._changed.setSizePolicy(policy)
        self._changed.hide()
        away = QToolButton()
        away.setObjectName("note_away")
        away.setText("×")
        away.setAccessibleName(self.tr("Put the note away"))
        away.setToolTip(self.tr("Put the note away."))
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._changed, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_note(self, title: str, note: str, changed: bool = False) -> None:
        """Show a title and a note, or nothing where there is no note; that the experiment has changed since.

        Those of the examples are shown in the language of the window.
        """
        title, note = (known_text("Example", text) for text in (title, note))
        text = f"{title}. {note}" if title and note else note
        self._changed.setVisible(changed)
        if text != self._text.text():
            self._text.setText(text)
            self.setVisible(bool(note))
