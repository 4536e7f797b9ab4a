"""The command palette: everything the program can do, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gdsim.desktop.text.phrases import tip_text

#: The rank of a word that occurs neither in a name nor in what is said of it.
_NOWHERE = 5


class CommandPalette(QDialog):
    """A field and a list; Enter does what is selected."""

    def __init__(self, actions: list[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette_dialog")
        self.setWindowTitle(self.tr("Find a command"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = [action for action in actions if action.text()]
        self.field = QLineEdit()
        self.field.setObjectName("palette_field")
        self.field.setAccessibleName(self.tr("Name of a command"))
        self.field.setPlaceholderText(self.tr("Type a part of a command's name…"))
        self.field.setClearButtonEnabled(True)
        self._nothing = QLabel(self.tr("No command is called that."))
        self._nothing.setProperty("role", "faint")
        self.list = QListWidget()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setUniformItemSizes(True)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.field.installEventFilter(self)
        self._filter("")
        self.resize(max(460, parent.width() // 3), max(360, parent.height() // 2))

    def _filter(self, text: str) -> None:
        self.list.clear()
        ranked = sorted(
            (rank, i, action)
            for i, action in enumerate(self._actions)
            if (rank := match_rank(text, plain(action.text()), action.statusTip())) is not None
        )
        for _, _, action in ranked:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            state = " ✓" if action.isCheckable() and action.isChecked() else ""
            item = QListWidgetItem(f"{plain(action.text())}{state}" + (f"    {keys}" if keys else ""))
            item.setToolTip(tip_text(action.statusTip()) or action.toolTip())
            item.setData(Qt.ItemDataRole.UserRole, self._actions.index(action))
            if not action.isEnabled():
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._nothing.setVisible(not ranked)

    def _take(self) -> None:
        item = self.list.currentItem()
        # some styles say "activated" for a click as well
        done = not self.isVisible()
        if done or item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        action = self._actions[item.data(Qt.ItemDataRole.UserRole)]
        # closed first: the action may open a dialog of its own
        self.accept()
        action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)


def plain(text: str) -> str:
    """A menu text without its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def match_rank(typed: str, name: str, tip: str = "") -> int | None:
    """Return how well what was typed fits: 0 best, None not at all; every word typed must occur.

    A name counts more than what is said of it.
    """
    ranks = [_word_rank(word, f" {name.casefold()}", f" {tip.casefold()}") for word in typed.casefold().split()]
    return sum(ranks) if all(rank < _NOWHERE for rank in ranks) else None


def _word_rank(word: str, name: str, tip: str) -> int:
    begins = f" {word}"
    places = (name.startswith(begins), begins in name, word in name, begins in tip, word in tip)
    return places.index(True) if True in places else _NOWHERE
