"""Who races, and with which hyperparameters."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdsim.desktop.changes import apart_from_start
from gdsim.desktop.panels.optimizer_row import OptimizerRow
from gdsim.desktop.store import Store
from gdsim.desktop.style import Theme
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import Experiment


class OptimizersPanel(QWidget):
    """One row an optimizer."""

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = [OptimizerRow(key, store, theme) for key in OPTIMIZERS]
        for row in self._rows:
            column.addWidget(row)
        self._said: tuple[object, ...] = ()
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for row in self._rows:
            row.set_theme(theme)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show who takes part and with what; while the start is dragged that stays."""
        said = apart_from_start(experiment)
        if said == self._said:
            return
        self._said = said
        entries = {entry.key: entry for entry in experiment.optimizers}
        for row in self._rows:
            row.show_entry(entries.get(row.key), experiment)
