"""Which function is descended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from gdsim.desktop.store import Store
from gdsim.desktop.words import error_text, known_text
from gdsim.errors import GdsimError
from gdsim.objectives import FUNCTIONS, function_named
from gdsim.objectives.expression import pretty
from gdsim.simulation.experiment import Experiment


class FunctionPanel(QWidget):
    """A list to search in, the formula and one sentence about it."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._choice = QComboBox()
        self._choice.setObjectName("function")
        self._choice.setAccessibleName(self.tr("Function"))
        self._choice.setToolTip(self.tr("The surface to descend; type a part of a name to find it."))
        self._choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._choice.setMaxVisibleItems(24)
        for key, function in FUNCTIONS.items():
            self._choice.addItem(known_text("Function", function.title), key)
            tip = known_text("Function", function.summary)
            self._choice.setItemData(self._choice.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        completer = QCompleter(self._choice.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = QLineEdit()
        line.editingFinished.connect(self._typed)
        self._choice.setLineEdit(line)
        self._choice.setCompleter(completer)
        self._formula = self._text("formula")
        self._summary = self._text("summary")
        self._summary.setProperty("role", "faint")
        self._error = self._text("function_error")
        self._error.setProperty("role", "error")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._choice, self._error, self._formula, self._summary):
            column.addWidget(widget)
        self._error.hide()
        self._choice.activated.connect(self._choose)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._choice)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._restore)
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def _text(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def show_experiment(self, experiment: Experiment) -> None:
        """Show which function it is."""
        function = experiment.objective
        self._error.hide()
        self._choice.blockSignals(True)
        self._choice.setCurrentIndex(self._choice.findData(experiment.function))
        self._choice.setEditText(known_text("Function", function.title))
        self._choice.blockSignals(False)
        self._formula.setText(f"f({', '.join(function.names)}) = {pretty(function.text)}")
        self._summary.setText(known_text("Function", function.summary))

    def _restore(self) -> None:
        self.show_experiment(self._store.experiment)

    def _choose(self, index: int) -> None:
        # a function's own start shows what it is good for
        self._store.change(function=self._choice.itemData(index), start=None, bounds=None)

    def _typed(self) -> None:
        text = self._choice.currentText().strip()
        index = self._choice.findText(text, Qt.MatchFlag.MatchFixedString)
        if index < 0 and text:
            index = self._choice.findText(text, Qt.MatchFlag.MatchContains)
        if index < 0 and text:
            # keys can be typed on any keyboard
            key = text.replace(" ", "_").replace("-", "_")
            index = self._choice.findData(key, Qt.ItemDataRole.UserRole, Qt.MatchFlag.MatchContains)
        if index >= 0:
            if self._choice.itemData(index) != self._store.experiment.function:
                self._choose(index)
            else:
                self.show_experiment(self._store.experiment)
            return
        try:
            function_named(text[:40])
        except GdsimError as error:
            self._error.setText(error_text(error))
            self._error.show()
