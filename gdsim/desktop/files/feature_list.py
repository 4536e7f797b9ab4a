"""The columns of a table, those ticked that are features; of many, those are shown that hold what is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

#: From so many columns on they are looked for.
_MANY = 12
_NAME = Qt.ItemDataRole.UserRole


class FeatureList(QWidget):
    """Columns to be ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setObjectName("csv.features")
        self.list.setAccessibleName(self.tr("Features"))
        self.list.setToolTip(self.tr("The columns that the target is told from: numbers, or two values."))
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(self.changed)
        self.search = QLineEdit()
        self.search.setObjectName("csv.search")
        self.search.setPlaceholderText(self.tr("Search columns"))
        self.search.setAccessibleName(self.tr("Search columns"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._all = self._button("csv.all", self.tr("All"), self.tr("Tick all columns that are listed."), True)
        self._none = self._button(
            "csv.none", self.tr("None"), self.tr("Tick none of the columns that are listed."), False
        )
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search, self._all, self._none):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        column.addWidget(self.list)

    def _button(self, name: str, text: str, tip: str, ticked: bool) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._tick(ticked))
        return button

    def show_columns(self, columns: list[tuple[str, str, bool, bool]]) -> None:
        """Show columns: the name, what is said of it, whether it can be ticked and whether it is."""
        self._quietly(lambda: self._fill(columns))
        self._bar.setVisible(len(columns) > _MANY)
        self.search.clear()
        lines = min(8, max(2, len(columns)))
        self.list.setFixedHeight((lines + 1) * self.list.fontMetrics().lineSpacing())

    def chosen(self) -> list[str]:
        """The names of those that are ticked."""
        items = (self.list.item(i) for i in range(self.list.count()))
        return [item.data(_NAME) for item in items if item.checkState() == Qt.CheckState.Checked]

    def may_choose(self) -> bool:
        """Return whether any of them can be ticked."""
        return any(self.list.item(i).flags() & Qt.ItemFlag.ItemIsEnabled for i in range(self.list.count()))

    def _fill(self, columns: list[tuple[str, str, bool, bool]]) -> None:
        self.list.clear()
        for name, about, possible, ticked in columns:
            item = QListWidgetItem(f"{name}  –  {about}" if about else name, self.list)
            item.setData(_NAME, name)
            enabled = Qt.ItemFlag.ItemIsEnabled if possible else Qt.ItemFlag.NoItemFlags
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | enabled)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _filter(self, text: str) -> None:
        wanted = text.casefold()
        for i in range(self.list.count()):
            item = self.list.item(i)
            item.setHidden(wanted not in item.text().casefold())

    def _tick(self, ticked: bool) -> None:
        self._quietly(lambda: self._tick_listed(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked))
        self.changed.emit()

    def _tick_listed(self, state: Qt.CheckState) -> None:
        for i in range(self.list.count()):
            item = self.list.item(i)
            if not item.isHidden() and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                item.setCheckState(state)

    def _quietly(self, work: Callable[[], None]) -> None:
        self.list.blockSignals(True)
        self.list.setUpdatesEnabled(False)
        work()
        self.list.setUpdatesEnabled(True)
        self.list.blockSignals(False)
