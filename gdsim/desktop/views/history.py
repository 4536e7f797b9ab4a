"""The list of changes."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from gdsim.desktop.state.store import Store


class HistoryView(QWidget):
    """Every change, oldest first; choosing one goes there."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._store = store
        self.list = QListWidget()
        self.list.setObjectName("history_list")
        self.list.setAccessibleName(self.tr("History of changes"))
        self.list.setToolTip(self.tr("Choose a change to go back, or forward, to it."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self.list.currentRowChanged.connect(self._go)
        store.history_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the history as it is; nobody looks at a list that is hidden."""
        if not self.isVisible():
            return
        texts = [moment.text or self.tr("as opened") for moment in self._store.history]
        self.list.blockSignals(True)
        if [self.list.item(i).text() for i in range(self.list.count())] != texts:
            self.list.clear()
            self.list.addItems(texts)
        self.list.setCurrentRow(self._store.place)
        self.list.blockSignals(False)

    def _go(self, row: int) -> None:
        if row >= 0:
            self._store.go_to(row)

    def showEvent(self, event: object) -> None:
        """Catch up."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()
