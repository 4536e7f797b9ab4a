"""Tools > Tune fairly…"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.function_phrases import file_stem
from gdsim.desktop.text.phrases import error_text
from gdsim.desktop.text.remaining import remaining_text
from gdsim.desktop.tuning.budget_form import BudgetForm
from gdsim.desktop.tuning.range_rows import ranges_of, rows_of
from gdsim.desktop.tuning.ranges_table import RangesTable
from gdsim.desktop.tuning.results import TuningResults
from gdsim.desktop.tuning.search import TuningSearch
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Tuning
from gdsim.simulation.maps.tuning_rule import TuningRule

#: The width of the forms, and the size of all; what a smaller window leaves is enough.
_LEFT, _SIZE, _MARGIN = 340, (1180, 680), 40


class TuneDialog(QDialog):
    """The budget and the ranges on the left, what came of them on the right."""

    #: A race with tuned settings, and the rule they were found by.
    taken = Signal(object)

    def __init__(self, experiment: Experiment, search: TuningSearch, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tune_dialog")
        self.setWindowTitle(self.tr("Tune fairly"))
        self._experiment, self.search, self._theme = experiment, search, theme
        #: What was found last.
        self.tuning: Tuning | None = None
        rule, rows, error = _opened(experiment)
        self.budget, self.ranges = BudgetForm(rule, experiment), RangesTable(experiment, rows, theme)
        self.results = TuningResults(theme)
        self.message = plain_label(error)
        self.message.setObjectName("tune.message")
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        self._make_buttons()
        self._make_progress()
        self._lay_out(theme, parent.window())
        self.budget.changed.connect(self._show_rule)
        self.ranges.complained.connect(self._complain)
        self.ranges.changed.connect(self._complain)
        search.progressed.connect(self._show_progress)
        search.ended.connect(self._take)
        self._show_rule()
        self._show_running()

    @property
    def rule(self) -> TuningRule:
        """The rule as it stands there."""
        return replace(self.budget.rule, ranges=ranges_of(self.ranges.rows))

    def _make_buttons(self) -> None:
        kinds = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        # the picture that Qt has for it is dark in a dark window
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        self.start = QPushButton(self.tr("&Start"))
        self.start.setObjectName("tune.start")
        self.take_over = QPushButton(self.tr("&Take over"))
        self.take_over.setObjectName("tune.take_over")
        self.take_over.setToolTip(self.tr("Give every optimizer its best setting: one step that can be undone."))
        self.take_over.setEnabled(False)
        self.export = QPushButton(self.tr("&Export…"))
        self.export.setObjectName("tune.export")
        self.export.setToolTip(self.tr("Save what came of it as a picture, or as arrays for numpy."))
        self.export.setEnabled(False)
        self.export.clicked.connect(self._ask_where)
        self.buttons.addButton(self.start, kinds.ActionRole)
        self.buttons.addButton(self.export, kinds.ActionRole)
        self.buttons.addButton(self.take_over, kinds.ActionRole)
        for button in self.buttons.buttons():  # Enter in a field takes what was typed, and begins nothing
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        self.start.clicked.connect(self._start_or_stop)
        self.take_over.clicked.connect(self._take_over)
        self.buttons.rejected.connect(lambda: self.done(QDialog.DialogCode.Rejected))

    def _make_progress(self) -> None:
        self.progress = QProgressBar()
        self.progress.setObjectName("tune.progress")
        self.progress.setAccessibleName(self.tr("Progress of the tuning"))
        self.progress.setRange(0, 1000)

    def _lay_out(self, theme: Theme, window: QWidget) -> None:
        area = self._forms(theme)
        sides = QHBoxLayout()
        sides.addWidget(area)
        sides.addWidget(self.results, 1)
        column = QVBoxLayout(self)
        column.addLayout(sides, 1)
        for widget in (self.message, self.progress, self.buttons):
            column.addWidget(widget)
        room = window.size()
        width, height = map(theme.pixels, _SIZE)
        self.resize(min(width, room.width() - _MARGIN), min(height, room.height() - 2 * _MARGIN))

    def _forms(self, theme: Theme) -> QScrollArea:
        """The budget and the ranges, which may be longer than the window is high."""
        left = QWidget()
        forms = QVBoxLayout(left)
        for title, form in ((self.tr("Budget of each optimizer"), self.budget), (self.tr("Ranges"), self.ranges)):
            heading = plain_label(title)
            heading.setProperty("role", "heading")
            forms.addWidget(heading)
            forms.addWidget(form)
        forms.addStretch(1)
        area = QScrollArea()
        area.setObjectName("tune.area")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        area.setFixedWidth(theme.pixels(_LEFT))
        return area

    def _start_or_stop(self) -> None:
        if self.search.is_running:
            self.search.stop()
            return
        wrong = self.budget.is_wrong or self.ranges.is_wrong
        self.message.setText(self.tr("Something above is not what is allowed: it says what.") if wrong else "")
        if not wrong:
            self.search.start(self._experiment, self.rule)
        self._show_running()

    def _complain(self, sentence: str = "") -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _show_running(self) -> None:
        running = self.search.is_running
        self.start.setText(self.tr("&Stop") if running else self.tr("&Start"))
        self.start.setEnabled(running or bool(self._experiment.racing))
        if not self._experiment.racing:
            self.message.setText(self.tr("No optimizer races: switch one on first."))
        self.progress.setVisible(running)
        self.message.setVisible(bool(self.message.text()))
        self.budget.setEnabled(not running)
        self.ranges.setEnabled(not running)
        for button in (self.take_over, self.export):
            button.setEnabled(not running and self.tuning is not None)
        if running:
            self._show_progress(0.0, -1.0)

    def _show_progress(self, share: float, seconds: float) -> None:
        self.progress.setValue(round(1000 * share))
        self.progress.setFormat(f"%p %, {remaining_text(seconds)}")

    def _show_rule(self) -> None:
        self.results.show_rule(self.budget.rule, self._experiment)

    def _take(self, tuning: Tuning | None, error: GdsimError | None) -> None:
        self.message.setText("" if error is None else error_text(error))
        if tuning is not None:
            self.tuning = tuning
            self.results.show_rule(tuning.rule, self._experiment)
            self.results.show_tuning(tuning)
        self._show_running()

    def _take_over(self) -> None:
        if self.tuning is not None:
            self.taken.emit(replace(self.tuning.experiment, tuning=self.tuning.rule))
            self.accept()

    def _ask_where(self) -> None:
        kinds = self.tr("Pictures (*.png *.svg);;NumPy (*.npz)")
        name = f"{file_stem(self._experiment.objective)}-tuning.png"
        path, kind = QFileDialog.getSaveFileName(self, self.tr("Export tuning"), name, kinds)
        if path:
            chosen = Path(path)
            suggested = chosen.suffix.lower() in ("", ".png")
            self.write_out(chosen.with_suffix(".npz") if "npz" in kind and suggested else chosen)

    def write_out(self, path: Path) -> None:
        """Save what came of it as PNG, SVG or NPZ, by the ending of the name."""
        from gdsim.desktop.tuning.export import write_out

        if self.tuning is None:
            return
        try:
            write_out(path, self.tuning, self._experiment, self.results, self._theme)
        except GdsimError as error:
            self._complain(error_text(error))
        else:
            self._complain()

    def reject(self) -> None:
        """Escape ends a search that goes on, and keeps what is there; else the dialog."""
        if self.search.is_running:
            self.search.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Leave nothing running."""
        self.search.forget()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing running."""
        self.search.forget()
        super().closeEvent(event)


def _opened(experiment: Experiment) -> tuple[TuningRule, list, str]:  # type: ignore[type-arg]
    """The rule that the experiment has, or else the usual one, and its rows; what is wrong with the ranges it has."""
    rule = experiment.tuning or TuningRule()
    try:
        return rule, rows_of(experiment, rule), ""
    except GdsimError as error:
        usual = replace(rule, ranges={})
        return usual, rows_of(experiment, usual), error_text(error)
