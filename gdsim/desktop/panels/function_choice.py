"""The list of functions, to choose from or to search in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QMouseEvent, QShortcut, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from gdsim.desktop.edits.model_edits import MODEL_SUMMARIES, MODEL_TITLES
from gdsim.desktop.text.phrases import known_text, tip_text
from gdsim.desktop.widgets.typed_line import TypedLine
from gdsim.errors import shown
from gdsim.objectives import FUNCTIONS
from gdsim.objectives.formula.pretty import pretty

#: Before the name of a person's own function, where the list holds keys.
OWN = "own:"
#: Of a longer formula so many letters are told in the tip.
_TOLD = 300


class _Name(TypedLine):
    """Tells when it is gone to with the mouse."""

    clicked = Signal()
    _is_first = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first click goes there; a second one places the cursor."""
        super().focusInEvent(event)
        self._is_first = event.reason() == Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, if nothing was selected."""
        super().mouseReleaseEvent(event)
        first, self._is_first = self._is_first, False
        if first and not self.hasSelectedText():
            self.clicked.emit()


class FunctionChoice(QComboBox):
    """Models on data, built-in functions of two and of one variable, then a person's own."""

    #: A key of FUNCTIONS or of a model, or OWN and a name.
    chosen = Signal(str)
    #: A text that is in no line of the list.
    typed = Signal(str)
    #: What was typed is taken back.
    restored = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("function")
        self.setAccessibleName(self.tr("Function"))
        self.tell("")
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(30)
        # a long formula is cut here, and whole in its field
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self._key, self._title = "", ""
        self._fill_built_in()
        self._built_in = self.count()
        completer = self._completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._line = _Name()
        self._line.clicked.connect(self._list_all)
        self._line.editingFinished.connect(self._look_up)
        self.setLineEdit(self._line)
        self.setCompleter(completer)
        self.activated.connect(self._choose)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.restore)

    def show_own(self, names: Iterable[str]) -> None:
        """List a person's own functions."""
        while self.count() > self._built_in:
            self.removeItem(self.count() - 1)
        names = list(names)
        if names:
            self._add_heading(self.tr("Your functions"))
        for name in names:
            self.addItem(name, OWN + name)
        self.show_function(self._key, self._title)

    def show_function(self, key: str, title: str) -> None:
        """Show which function it is; says nothing to anyone."""
        index = self.findData(key) if key else -1
        if (key, title, index) == (self._key, self._title, self.currentIndex()) and self.currentText() == title:
            return
        self._key, self._title = key, title
        self.blockSignals(True)
        self.setCurrentIndex(index)
        self.setEditText(title)
        self._line.setCursorPosition(0)
        self.blockSignals(False)

    def tell(self, formula: str) -> None:
        """Show a formula in the tip: in the list it may be cut."""
        tip = self.tr("The function to descend; type a part of a name to find it.")
        self.setToolTip(tip_text(f"{shown(pretty(formula), _TOLD)}\n{tip}" if formula else tip))

    def _list_all(self) -> None:
        """Every function, for whoever does not know yet what to type; what is typed then replaces the name."""
        self._line.selectAll()
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def restore(self) -> None:
        """Show again what was shown last."""
        self.show_function(self._key, self._title)
        self.restored.emit()

    def _fill_built_in(self) -> None:
        # the fewest first: below thirty functions nobody would find them
        self._add_heading(self.tr("Models on data"))
        for key, title in MODEL_TITLES.items():
            self.addItem(known_text("Function", title), key)
            tip = known_text("Function", MODEL_SUMMARIES[key])
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        for heading, variables in ((self.tr("Two variables"), 2), (self.tr("One variable"), 1)):
            self._add_heading(heading)
            for key, function in FUNCTIONS.items():
                if function.dimension == variables:
                    self.addItem(known_text("Function", function.title), key)
                    tip = known_text("Function", function.summary)
                    self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def _add_heading(self, text: str) -> None:
        self.addItem(text)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(self.count() - 1)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            font = self.font()
            font.setBold(True)
            item.setFont(font)

    def _choose(self, index: int) -> None:
        key = self.itemData(index)
        if key:
            self.chosen.emit(key)
        else:
            self.restore()

    def _look_up(self) -> None:
        text = self.currentText().strip()
        if not text or text == self._title:
            self.restore()
            return
        key = self._found(text)
        if not key:
            self.typed.emit(text)
        elif key != self._key:
            self.chosen.emit(key)
        else:
            self.restore()

    def _found(self, text: str) -> str:
        """The key of the line that fits a text best; "" if none does."""
        folded = text.casefold()
        lines = [(self.itemText(i).casefold(), str(self.itemData(i) or "")) for i in range(self.count())]
        lines = [(title, key) for title, key in lines if key]
        # keys can be typed on any keyboard
        spelled = folded.replace(" ", "_").replace("-", "_")
        tests = (
            lambda t, k: t == folded,
            lambda t, k: k == spelled,
            lambda t, k: folded in t,
            lambda t, k: not k.startswith(OWN) and spelled in k,
        )
        return next((key for test in tests for title, key in lines if test(title, key)), "")
