"""The budget that every optimizer is given."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.tuning.sentences import criterion_text
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning_rule import Criterion, TuningRule


class BudgetForm(QWidget):
    """Tries, starts, steps as the race has them, the criterion and the seed."""

    changed = Signal()

    def __init__(self, rule: TuningRule, experiment: Experiment) -> None:
        super().__init__()
        #: What is wanted, but for the ranges.
        self.rule = rule
        self._fields: dict[str, NumberField] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._add("tries", self.tr("Tries"), self.tr("The number of settings tried for each optimizer."))
        self._add("starts", self.tr("Starts"), self.tr("The number of random starts each setting is tried from."))
        steps = plain_label(self.tr("{steps}, as in the race").format(steps=show_typed(experiment.steps)))
        steps.setObjectName("tune.steps")
        self._form.addRow(self.tr("Steps"), steps)
        self._add_criterion()
        self._add("seed", self.tr("Seed"), self.tr("What settings and starts are drawn from."))
        self._show()

    @property
    def is_wrong(self) -> bool:
        """Return whether a field holds what cannot be taken."""
        return any(field.line.property("wrong") for field in self._fields.values())

    def _add(self, name: str, label: str, tip: str) -> None:
        field = self._fields[name] = NumberField(f"tune.{name}", label, partial(self._take, name))
        field.set_tip(tip)
        self._form.addRow(label, field)

    def _add_criterion(self) -> None:
        self._criterion = QComboBox()
        self._criterion.setObjectName("tune.criterion")
        self._criterion.setAccessibleName(self.tr("Criterion"))
        self._criterion.setToolTip(self.tr("What makes a setting better."))
        for criterion in Criterion:
            self._criterion.addItem(criterion_text(criterion), criterion)
        self._criterion.setCurrentIndex(self._criterion.findData(self.rule.criterion))
        self._criterion.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._criterion.currentIndexChanged.connect(self._take_criterion)
        self._form.addRow(self.tr("Best by"), self._criterion)

    def _take(self, name: str, value: float) -> None:
        self.rule = replace(self.rule, **{name: value})  # type: ignore[arg-type]  # checked there
        self._show()
        self.changed.emit()

    def _take_criterion(self) -> None:
        self.rule = replace(self.rule, criterion=self._criterion.currentData())
        self.changed.emit()

    def _show(self) -> None:
        for name, field in self._fields.items():
            if not field.line.property("wrong"):
                field.show_value(getattr(self.rule, name))
