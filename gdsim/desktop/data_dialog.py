"""Which columns of a CSV file are features, and which the target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.labels import plain_label
from gdsim.desktop.words import error_text
from gdsim.errors import GdsimError
from gdsim.storage.csv_data import Preview, preview

_SHOWN = 8


class DataDialog(QDialog):
    """The first rows of a file, and what is to be read from it; a file that cannot be read raises `GdsimError`."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data_dialog")
        self.setWindowTitle(self.tr("Open data"))
        self._path = path
        self._seen = preview(path, most=_SHOWN)
        self._about = plain_label()
        self._about.setObjectName("csv.about")
        self._about.setWordWrap(True)
        self._table = QTableWidget()
        self._table.setObjectName("csv.preview")
        self._table.setAccessibleName(self.tr("First rows"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().hide()
        self._make_choices()
        self._error = plain_label()
        self._error.setObjectName("csv.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        kinds = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("", self._header)
        form.addRow(self.tr("Target"), self._target)
        form.addRow(self.tr("Features"), self._features)
        form.addRow(self.tr("Rows with gaps"), self._gaps)
        form.addRow("", self._inside)
        column = QVBoxLayout(self)
        column.addWidget(self._about)
        column.addWidget(self._table, 1)
        column.addLayout(form)
        column.addWidget(self._error)
        column.addWidget(self._buttons)
        self.resize(560, 560)
        self._show(self._seen)

    def _make_choices(self) -> None:
        self._header = QCheckBox(self.tr("The first row has names"))
        self._header.setObjectName("csv.header")
        self._header.setToolTip(self.tr("Whether the first row is what the columns are called, not an example."))
        self._header.toggled.connect(self._look_again)
        self._target = QComboBox()
        self._target.setObjectName("csv.target")
        self._target.setAccessibleName(self.tr("Target"))
        self._target.setToolTip(self.tr("What is to be told from the features: numbers, or two classes."))
        self._target.currentIndexChanged.connect(self._list_features)
        self._features = QListWidget()
        self._features.setObjectName("csv.features")
        self._features.setAccessibleName(self.tr("Features"))
        self._features.setToolTip(self.tr("The columns that the target is told from; only numbers can be features."))
        self._features.itemChanged.connect(self._check)
        self._gaps = QComboBox()
        self._gaps.setObjectName("csv.gaps")
        self._gaps.setAccessibleName(self.tr("Rows with gaps"))
        self._gaps.setToolTip(self.tr("What is done with a row that has no value in a chosen column."))
        self._gaps.addItem(self.tr("are left out"), "drop")
        self._gaps.addItem(self.tr("are refused"), "reject")
        self._inside = QCheckBox(self.tr("Save the data with the experiment"))
        self._inside.setObjectName("csv.inside")
        self._inside.setToolTip(self.tr("Whether a saved experiment holds the data itself, or only where its file is."))
        self._inside.setChecked(True)

    # --- what was chosen

    @property
    def inside(self) -> bool:
        """Whether the data belongs into the file of the experiment."""
        return self._inside.isChecked()

    def choices(self) -> dict[str, Any]:
        """What `read_csv` is to be given."""
        return {
            "features": self._chosen(),
            "target": self._target.currentData(),
            "header": self._header.isChecked(),
            "gaps": self._gaps.currentData(),
        }

    def _chosen(self) -> list[str]:
        items = [self._features.item(i) for i in range(self._features.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    # --- showing

    def _look_again(self, header: bool) -> None:
        try:
            self._show(preview(self._path, header, most=_SHOWN))
        except GdsimError as error:
            self._complain(error_text(error))

    def _show(self, seen: Preview) -> None:
        self._seen = seen
        self._header.blockSignals(True)
        self._header.setChecked(seen.header)
        self._header.blockSignals(False)
        rows = self.tr("{name}: {count} rows, {gaps} of them with gaps") if seen.whole else self.tr(
            "{name}: more than {count} rows, {gaps} of these with gaps")  # fmt: skip
        if not seen.gaps:
            rows = self.tr("{name}: {count} rows") if seen.whole else self.tr("{name}: more than {count} rows")
        self._about.setText(rows.format(name=self._path.name, count=seen.count, gaps=seen.gaps))
        self._table.setColumnCount(len(seen.columns))
        self._table.setHorizontalHeaderLabels(list(seen.columns))
        self._table.setRowCount(len(seen.rows))
        for i, row in enumerate(seen.rows):
            for k, cell in enumerate(row):
                self._table.setItem(i, k, QTableWidgetItem(cell))
        self._table.resizeColumnsToContents()
        self._target.blockSignals(True)
        self._target.clear()
        for name in seen.columns:
            self._target.addItem(name, name)
        self._target.setCurrentIndex(len(seen.columns) - 1)
        self._target.blockSignals(False)
        self._list_features()

    def _list_features(self) -> None:
        target, proposed = self._target.currentData(), self._seen.features(self._target.currentData())
        self._features.blockSignals(True)
        self._features.clear()
        for name in self._seen.columns:
            if name == target:
                continue
            item = QListWidgetItem(name, self._features)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Checked if name in proposed else Qt.CheckState.Unchecked)
        self._features.blockSignals(False)
        # as high as its lines, or eight of many
        lines = min(8, max(2, self._features.count()))
        self._features.setFixedHeight((lines + 1) * self._features.fontMetrics().lineSpacing())
        self._check()

    def _check(self) -> None:
        self._complain("" if self._chosen() else self.tr("Choose at least one feature."))

    def _complain(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not text)
