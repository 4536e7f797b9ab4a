"""Dialog of the keys of commands."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QKeySequenceEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.commands.actions import Actions
from gdsim.desktop.commands.palette import plain
from gdsim.desktop.widgets.labels import plain_label


class ShortcutsDialog(QDialog):
    """A table of commands, each with a field for its keys; keys for two commands are not accepted."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._actions = actions
        self.fields: dict[str, QKeySequenceEdit] = {}
        table = QTableWidget(len(actions.by_name), 2)
        table.setHorizontalHeaderLabels([self.tr("Command"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().resizeSection(1, 180)
        for row, (name, action) in enumerate(actions.by_name.items()):
            table.setItem(row, 0, QTableWidgetItem(plain(action.text())))
            field = QKeySequenceEdit(action.shortcut())
            field.setObjectName(f"keys.{name}")
            field.setAccessibleName(plain(action.text()))
            field.setClearButtonEnabled(True)
            field.setMaximumSequenceLength(1)
            field.keySequenceChanged.connect(self._check)
            table.setCellWidget(row, 1, field)
            self.fields[name] = field
        self._error = plain_label()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.RestoreDefaults)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(kinds.RestoreDefaults).clicked.connect(self._restore)
        column = QVBoxLayout(self)
        column.addWidget(table)
        column.addWidget(self._error)
        column.addWidget(self.buttons)
        self.resize(max(520, parent.width() // 3), max(420, parent.height() * 2 // 3))

    def chosen(self) -> dict[str, str]:
        """Keys that differ from the program's own, by name of the command."""
        found = {}
        for name, field in self.fields.items():
            keys = field.keySequence()
            if keys != QKeySequence(self._actions.default_shortcut(name)):
                found[name] = keys.toString(QKeySequence.SequenceFormat.PortableText)
        return found

    def _check(self) -> None:
        taken: dict[str, str] = {}
        sentence = ""
        for name, field in self.fields.items():
            keys = field.keySequence().toString()
            if keys and keys in taken:
                one, other = (plain(self._actions.by_name[n].text()) for n in (taken[keys], name))
                sentence = self.tr("{keys} stands for both '{one}' and '{other}'.").format(
                    keys=keys, one=one, other=other
                )
            taken.setdefault(keys, name)
        self._error.setText(sentence)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not sentence)

    def _restore(self) -> None:
        for name, field in self.fields.items():
            field.setKeySequence(QKeySequence(self._actions.default_shortcut(name)))
