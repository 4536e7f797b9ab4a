"""Of how many variables a function is, and its formula where they are more than can be typed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gdsim.desktop.state.store import Store
from gdsim.desktop.widgets.labels import plain_label
from gdsim.errors import GdsimError
from gdsim.objectives.surfaces.high_dimensional import DIMENSION, FEWEST, MANY, MOST
from gdsim.simulation.experiment import Experiment


class DimensionField(QWidget):
    """Shown for those functions of the catalogue that are for any number of variables."""

    #: Why a dimension was not taken, as an error.
    refused = Signal(object)

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.formula = plain_label()
        self.formula.setObjectName("many_text")
        self.formula.setWordWrap(True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tip = self.tr("How many variables the function has; of more than two a plane through their space is seen.")
        self._box = QSpinBox()
        self._box.setObjectName(DIMENSION)
        self._box.setAccessibleName(self.tr("Dimension d"))
        self._box.setToolTip(tip)
        self._box.setRange(FEWEST, MOST)
        # while a number is typed it is none yet: 1 on the way to 10
        self._box.setKeyboardTracking(False)
        self._box.valueChanged.connect(self._take)
        label = QLabel(self.tr("Dimension d"))
        label.setToolTip(tip)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(self._box)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.formula)
        column.addLayout(row)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the dimension of its function, if that can be chosen; says nothing to anyone."""
        self.setVisible(experiment.function in MANY)
        objective = experiment.objective
        many = objective.dimension > FEWEST
        self.formula.setVisible(many)
        # no line ends between a sum and what is summed
        self.formula.setText(objective.text.replace("Σ ", "Σ\N{NO-BREAK SPACE}") if many else "")
        with QSignalBlocker(self._box):
            self._box.setValue(objective.dimension)

    def _take(self, dimension: int) -> None:
        options = {} if dimension == FEWEST else {DIMENSION: dimension}
        try:
            self._store.change(options=options, start=None, bounds=None)
        except GdsimError as error:  # a long race with many restarts may be too large for memory
            self.show_experiment(self._store.experiment)
            self.refused.emit(error)
