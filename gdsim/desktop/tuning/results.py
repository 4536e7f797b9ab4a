"""The results of a tuning: before and after, what is to be said of them, and the expected best of k tries."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.desktop.tuning.best_plot import BestPlot
from gdsim.desktop.tuning.sentences import (
    containment_text,
    criterion_text,
    loss_text,
    median,
    reached_text,
    rule_sentence,
    setting_text,
    steps_text,
)
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.legend import swatch
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Tuned, Tuning
from gdsim.simulation.maps.tuning_rule import TuningRule


class TuningResults(QWidget):
    """The rule in a sentence, and what came of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rule, self.contained, self._plot_title = plain_label(), plain_label(), plain_label()
        self.rule.setObjectName("tune.rule")
        self.contained.setObjectName("tune.containments")
        for label in (self.rule, self.contained, self._plot_title):
            label.setWordWrap(True)
        self.table, self.plot = self._make_table(), BestPlot(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rule, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table)
        column.addWidget(self.contained)
        column.addWidget(self._plot_title)
        column.addWidget(self.plot, 1)
        self._seen = (self.table, self.contained, self._plot_title, self.plot)
        self._show_parts(False)

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setObjectName("tune.table")
        table.setAccessibleName(self.tr("Before and after"))
        table.setRootIsDecorated(False)
        table.setHeaderLabels(
            [
                self.tr("Optimizer"),
                self.tr("Median loss f"),
                self.tr("Median steps"),
                self.tr("Global minimum"),
                self.tr("Setting"),
            ]
        )
        header = table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        return table

    def _show_parts(self, shown: bool) -> None:
        for part in self._seen:
            part.setVisible(shown)

    def show_rule(self, rule: TuningRule, experiment: Experiment) -> None:
        """Spell a rule out."""
        self.rule.setText(rule_sentence(rule, experiment))

    def show_tuning(self, tuning: Tuning) -> None:
        """Show what a search came to."""
        self.table.clear()
        for found in tuning.optimizers:
            self.table.addTopLevelItem(self._item(found, tuning.experiment))
        sentences = [containment_text(pair, tuning) for pair in tuning.containments]
        if not tuning.is_whole:
            sentences.insert(0, self.tr("It was stopped: settings that were not tried count as the worst."))
        self.contained.setText("\n".join(sentences))
        # a dash for everybody says nothing
        steps = [result.steps for found in tuning.optimizers for result in (found.before, found.after)]
        self.table.setColumnHidden(2, not any(np.isfinite(median(each)) for each in steps))
        by = criterion_text(tuning.rule.criterion)
        self._plot_title.setText(
            self.tr("Expected best of k tried settings against k, by {criterion}").format(criterion=by)
        )
        self.plot.show_tuning(tuning)
        rows = self.table.topLevelItemCount()
        height = self.table.header().sizeHint().height() + rows * self.table.sizeHintForRow(0)
        self.table.setFixedHeight(height + 2 * self.table.frameWidth() + self.fontMetrics().height())
        self._show_parts(True)
        self.contained.setVisible(bool(sentences))

    def _item(self, found: Tuned, experiment: Experiment) -> QTreeWidgetItem:
        pairs = [f"{told(found.before)} → {told(found.after)}" for told in (loss_text, steps_text, reached_text)]
        name = optimizer_text(found.entry.id, experiment)
        item = QTreeWidgetItem([name, *pairs, setting_text(found)])
        item.setIcon(0, QIcon(swatch(found.entry.id, self._theme, self._theme.pixels(12))))
        for column in range(5):
            item.setToolTip(column, tip_text(item.text(column)))
        for column in (1, 2, 3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        return item
