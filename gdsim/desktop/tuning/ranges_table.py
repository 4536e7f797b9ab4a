"""The table of what is searched: a line a hyperparameter, and a button an optimizer that adds one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.phrases import button_text, error_text, known_text, optimizer_text, tip_text
from gdsim.desktop.tuning.range_rows import RangeRow, added, left_out
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.eliding_label import ElidedLabel
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.legend import swatch
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.errors import GdsimError
from gdsim.optimizers import Hyper, Rule
from gdsim.simulation.experiment import Experiment


class RangesTable(QWidget):
    """Ranges that can be edited; the last good ones are kept while something wrong stands there."""

    changed = Signal()
    #: A sentence on what cannot be.
    complained = Signal(str)

    def __init__(self, experiment: Experiment, rows: Sequence[RangeRow], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("tune.ranges")
        self._experiment, self._theme = experiment, theme
        self._rules: dict[str, Rule] = {
            entry.id: rule for entry, rule in zip(experiment.racing, experiment.rules, strict=True)
        }
        #: The ranges as they are taken.
        self.rows = list(rows)
        self._fields: dict[tuple[str, str, str], NumberField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        self._show()

    @property
    def is_wrong(self) -> bool:
        """Return whether a field holds what cannot be taken."""
        return any(field.line.property("wrong") for field in self._fields.values())

    def _show(self) -> None:
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            take_away(self._inside)
        self._inside, self._fields = QWidget(), {}
        grid = QGridLayout(self._inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        titles = (self.tr("Searched"), self.tr("from"), self.tr("to"), self.tr("log"))
        for column, text in zip((1, 2, 3, 4), titles, strict=True):
            label = plain_label(text)
            label.setProperty("role", "faint")
            grid.addWidget(label, 0, column)
        place = 1
        for entry in self._rules:
            place = self._add_entry(grid, place, entry)
        self._column.addWidget(self._inside)

    def _add_entry(self, grid: QGridLayout, place: int, entry: str) -> int:
        """Add the lines of one optimizer; the place of the next."""
        name, size = optimizer_text(entry, self._experiment), self._theme.pixels(12)
        sign, title = plain_label(), ElidedLabel(name)
        sign.setPixmap(swatch(entry, self._theme, size).pixmap(size, size))
        title.setToolTip(tip_text(name))
        grid.addWidget(sign, place, 0)
        grid.addWidget(title, place, 1, 1, 3)
        grid.addWidget(self._adder(entry, name), place, 4, 1, 2)
        for row in [row for row in self.rows if row.entry == entry]:
            place += 1
            self._add_row(grid, place, row, name)
            place += 1  # for a sentence
        return place + 1

    def _adder(self, entry: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tune.add.{entry}")
        button.setText(f"{self.tr('Add')} ▾")
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setProperty("role", "chip")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(tip_text(self.tr("Search another hyperparameter of {name}, too.").format(name=name)))
        button.setAccessibleName(button.toolTip())
        menu = QMenu(button)
        for hyper in left_out(self._rules[entry], entry, self.rows):
            action = menu.addAction(button_text(_hyper_text(hyper)))
            action.setToolTip(known_text("Hyperparameter", hyper.meaning))
            action.triggered.connect(partial(self._add, entry, hyper))
        button.setMenu(menu)
        button.setEnabled(not menu.isEmpty())
        return button

    def _add_row(self, grid: QGridLayout, place: int, row: RangeRow, name: str) -> None:
        hyper = self._rules[row.entry].hyper(row.name)
        symbol = plain_label(known_text("Hyperparameter", hyper.symbol))
        symbol.setToolTip(tip_text(f"{row.name}: {known_text('Hyperparameter', hyper.meaning)}"))
        symbol.setContentsMargins(self._theme.pixels(12), 0, 0, 0)
        grid.addWidget(symbol, place, 1)
        for column, end in ((2, "low"), (3, "high")):
            label = self.tr("{name}: {symbol} from") if end == "low" else self.tr("{name}: {symbol} to")
            field = NumberField(
                f"tune.{row.entry}.{row.name}.{end}",
                label.format(name=name, symbol=symbol.text()),
                partial(self._take, row.entry, row.name, end),
            )
            field.fix_width("0.00001")
            field.show_value(getattr(row, end))
            self._fields[row.entry, row.name, end] = field
            grid.addWidget(field, place, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field.error, place + 1, 0, 1, 6)
        grid.addWidget(self._log_box(row, label.format(name=name, symbol=symbol.text())), place, 4)
        grid.addWidget(self._remover(row, name, symbol.text()), place, 5)

    def _log_box(self, row: RangeRow, label: str) -> QCheckBox:
        box = QCheckBox()
        box.setObjectName(f"tune.{row.entry}.{row.name}.log")
        box.setChecked(row.log)
        tip = self.tr("Spread the tries evenly over factors, not over differences.")
        from_one = self.tr("Spread the tries evenly over factors of the distance from 1: 0, 0.9, 0.99, 0.999.")
        box.setToolTip(from_one if self._rules[row.entry].hyper(row.name).near_one else tip)
        box.setAccessibleName(f"{label}, {self.tr('log')}")
        box.toggled.connect(partial(self._take_log, row.entry, row.name, box))
        return box

    def _remover(self, row: RangeRow, name: str, symbol: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tune.remove.{row.entry}.{row.name}")
        button.setText("×")
        button.setToolTip(tip_text(self.tr("Do not search {symbol} of {name}.").format(symbol=symbol, name=name)))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(partial(self._remove, row.entry, row.name))
        # an optimizer of which nothing is searched is not tuned
        button.setEnabled(sum(other.entry == row.entry for other in self.rows) > 1)
        return button

    def _row(self, entry: str, name: str) -> RangeRow:
        return next(row for row in self.rows if (row.entry, row.name) == (entry, name))

    def _put(self, new: RangeRow) -> None:
        """Take a row, or raise `GdsimError`."""
        new.check(self._rules[new.entry], optimizer_text(new.entry, self._experiment))
        old = self._row(new.entry, new.name)
        self.rows[self.rows.index(old)] = new
        self.changed.emit()

    def _take(self, entry: str, name: str, end: str, value: float) -> None:
        self._put(replace(self._row(entry, name), **{end: value}))  # type: ignore[arg-type]  # one of two numbers
        self._fields[entry, name, end].show_value(value)
        other = self._fields[entry, name, "high" if end == "low" else "low"]
        if other.line.property("wrong"):  # it may be right beside this one
            other.line.editingFinished.emit()

    def _take_log(self, entry: str, name: str, box: QCheckBox, on: bool) -> None:
        try:
            self._put(self._row(entry, name).with_log(self._rules[entry], on))
        except GdsimError as error:
            box.blockSignals(True)
            box.setChecked(not on)
            box.blockSignals(False)
            self.complained.emit(error_text(error))

    def _add(self, entry: str, hyper: Hyper) -> None:
        last = max(i for i, row in enumerate(self.rows) if row.entry == entry)
        self.rows.insert(last + 1, added(hyper, entry))
        self._show()
        self.changed.emit()

    def _remove(self, entry: str, name: str) -> None:
        self.rows.remove(self._row(entry, name))
        self._show()
        self.changed.emit()


def _hyper_text(hyper: Hyper) -> str:
    return f"{known_text('Hyperparameter', hyper.symbol)}  {hyper.name}"
