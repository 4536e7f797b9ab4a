"""Dialog for the columns of a CSV file: features, and the target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.files.feature_list import FeatureList
from gdsim.desktop.text.phrases import error_text, known_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError
from gdsim.objectives.rows import MOST_FEATURES
from gdsim.objectives.table_reading import REASONS, Recoded, unit_text, values_text
from gdsim.storage.csv.preview import Preview, preview

#: The first rows and columns that are shown, and the columns of which the target is looked for by typing.
_ROWS, _COLUMNS, _MANY = 8, 40, 12
#: A cell is shown so far.
_LETTERS = 40


class DataDialog(QDialog):
    """The first rows of a file, and what is to be read from it.

    It stays open until the file is read: what is wrong with it stands below the choices, which can be changed, and so
    can the file. `read_wanted` asks for the reading, `stop_wanted` for its end, and `other_wanted` for another file.
    """

    read_wanted = Signal()
    stop_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data_dialog")
        self.setWindowTitle(self.tr("Open data"))
        self.path = path
        self._seen: Preview | None = None
        self._is_reading = False
        self._make_parts()
        self._make_choices()
        self._lay_out()
        self.resize(620, 0)
        self.look_at(path)

    def _make_parts(self) -> None:
        self.about = self._label("csv.about")
        self._other = QPushButton(self.tr("Choose another file…"))
        self._other.setObjectName("csv.other")
        self._other.setToolTip(self.tr("Look into another file instead."))
        self._other.setAutoDefault(False)
        self._other.clicked.connect(self.other_wanted)
        self.table = QTableWidget()
        self.table.setObjectName("csv.preview")
        self.table.setAccessibleName(self.tr("First rows"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.error = self._label("csv.error")
        self.error.setProperty("role", "error")
        self.error.hide()
        self._progress = QProgressBar()
        self._progress.setObjectName("csv.progress")
        self._progress.setAccessibleName(self.tr("How much of the file is read"))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(8)
        self._progress.hide()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.accepted.connect(self.read)
        self.buttons.rejected.connect(self.reject)

    def _label(self, name: str) -> QLabel:
        label = plain_label()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _make_choices(self) -> None:
        self._header = QCheckBox(self.tr("The first row has names"))
        self._header.setObjectName("csv.header")
        self._header.setToolTip(self.tr("Whether the first row is what the columns are called, not an example."))
        self._header.toggled.connect(lambda header: self.look_at(self.path, header))
        self.target = QComboBox()
        self.target.setObjectName("csv.target")
        self.target.setAccessibleName(self.tr("Target"))
        self.target.setToolTip(self.tr("What is to be told from the features: numbers, or two classes."))
        # else it would measure every name of thousands
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(20)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.target.currentIndexChanged.connect(self._list_features)
        self.features = FeatureList()
        self.features.changed.connect(self._check)
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

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.about, 1)
        top.addWidget(self._other, 0, Qt.AlignmentFlag.AlignTop)
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("", self._header)
        form.addRow(self.tr("Target"), self.target)
        form.addRow(self.tr("Features"), self.features)
        form.addRow(self.tr("Rows with gaps"), self._gaps)
        form.addRow("", self._inside)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self._form)
        column.addWidget(self.error)
        column.addWidget(self._progress)
        column.addWidget(self.buttons)

    @property
    def inside(self) -> bool:
        """Return whether the data belongs into the file of the experiment."""
        return self._inside.isChecked()

    def choices(self) -> dict[str, Any]:
        """Return what `read_csv` is to be given."""
        return {
            "features": self.features.chosen(),
            "target": self._chosen_target,
            "header": self._header.isChecked(),
            "gaps": self._gaps.currentData(),
        }

    @property
    def _chosen_target(self) -> str:
        return str(self.target.currentData())

    def read(self) -> None:
        """Have the file read with what is chosen."""
        self._is_reading = True
        self._complain("")
        self.show_progress(0)
        self.read_wanted.emit()

    def show_progress(self, share: float) -> None:
        """So much of the file is read."""
        self._progress.setValue(round(100 * share))
        self._progress.setVisible(self._is_reading)
        for part in (self._form, self._other, self.buttons.button(QDialogButtonBox.StandardButton.Ok)):
            part.setEnabled(not self._is_reading)

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be read so."""
        self._is_reading = False
        self.show_progress(0)
        self._complain(sentence, may_try=True)

    def reject(self) -> None:
        """Stop the reading, or close."""
        if self._is_reading:
            self._is_reading = False
            self.stop_wanted.emit()
            self.show_progress(0)
        else:
            super().reject()

    def look_at(self, path: Path, header: bool | None = None) -> None:
        """Show the beginning of a file; if there is none, say why, and leave what is chosen for the one before."""
        self.path = path
        try:
            seen = preview(path, header, most=_ROWS)
        except GdsimError as error:
            self._form.setEnabled(self._seen is not None and header is not None)
            self._make_room()
            if header is None:
                self.about.setText(path.name)
                self.table.setRowCount(0)
                self.table.setColumnCount(0)
            self._complain(error_text(error))
            return
        self._form.setEnabled(True)
        self._show(seen)
        self._make_room()

    def _make_room(self) -> None:
        """Show table and choices as soon as there has been anything to choose from."""
        there = self._seen is not None
        if there != self._form.isVisibleTo(self) or self.height() < 100:
            self._form.setVisible(there)
            self.table.setVisible(there)
            self.resize(620, 600 if there else 180)

    def _show(self, seen: Preview) -> None:
        self._seen = seen
        self._header.blockSignals(True)
        self._header.setChecked(seen.header)
        self._header.blockSignals(False)
        self.about.setText(self._about_text(seen))
        self._show_rows(seen)
        self._inside.setEnabled(seen.fits_inside)
        self._inside.setChecked(seen.fits_inside)
        self.target.blockSignals(True)
        self.target.clear()
        for name in seen.columns:
            self.target.addItem(name, name)
        self.target.setEditable(len(seen.columns) > _MANY)
        if completer := self.target.completer():
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.target.setCurrentIndex(seen.columns.index(seen.target))
        self.target.blockSignals(False)
        self._list_features()

    def _about_text(self, seen: Preview) -> str:
        rows = (
            self.tr("{name}: {count} rows, {gaps} of them with gaps")
            if seen.whole
            else self.tr("{name}: more than {count} rows, {gaps} of these with gaps")
        )
        if not seen.gaps:
            rows = self.tr("{name}: {count} rows") if seen.whole else self.tr("{name}: more than {count} rows")
        parts = [rows.format(name=self.path.name, count=seen.count, gaps=seen.gaps)]
        if len(seen.columns) > _COLUMNS:
            shown = self.tr("{count} columns, of which the first {shown} are shown")
            parts.append(shown.format(count=len(seen.columns), shown=_COLUMNS))
        parts += [known_text("Reading", sentence) for sentence in seen.manner]
        return "; ".join(parts)

    def _show_rows(self, seen: Preview) -> None:
        names = seen.columns[:_COLUMNS]
        self.table.setColumnCount(len(names))
        self.table.setHorizontalHeaderLabels(list(names))
        self.table.setRowCount(len(seen.rows))
        for i, row in enumerate(seen.rows):
            for k, cell in enumerate(row[:_COLUMNS]):
                self.table.setItem(i, k, QTableWidgetItem(cell[:_LETTERS]))
        self.table.resizeColumnsToContents()

    def _list_features(self) -> None:
        seen = self._seen
        if seen is None:
            return
        choice = seen.choice(self._chosen_target)
        proposed = set(choice.features) if len(choice.features) <= MOST_FEATURES else set()
        abouts = map(self._about_column, seen.reasons, seen.codes, seen.units)
        self.features.show_columns(
            [
                (name, about, possible, name in proposed)
                for name, about, possible in zip(seen.columns, abouts, seen.possible, strict=True)
                if name != choice.target
            ]
        )
        self._check()

    def _about_column(self, reason: str, codes: Recoded | None, unit: str) -> str:
        if codes is not None:
            return values_text(codes, _of_reading)
        if reason:
            return _of_reading(REASONS[reason])
        return unit_text(unit, _of_reading) if unit else ""

    def _check(self) -> None:
        count = len(self.features.chosen())
        if count > MOST_FEATURES:
            self._complain(self.tr("Choose at most {most} features.").format(most=MOST_FEATURES))
        elif not count and not self.features.may_choose():
            self._complain(
                self.tr(
                    "No column beside the target holds numbers or two values; signs such as $, and units that are "
                    "not the same in the whole column, have to be taken out of the cells."
                )
            )
        else:
            self._complain("" if count else self.tr("Choose at least one feature."))

    def _complain(self, text: str, may_try: bool = False) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(may_try or not text)


def _of_reading(text: str) -> str:
    return QCoreApplication.translate("Reading", text)
