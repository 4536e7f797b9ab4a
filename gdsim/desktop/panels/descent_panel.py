"""The shared η and β."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from gdsim.desktop.panels.slider_field import SliderField
from gdsim.desktop.store import Store
from gdsim.desktop.words import known_text
from gdsim.simulation.experiment import SHARED, Experiment


class DescentPanel(QWidget):
    """Learning rate and momentum of every optimizer that has none of its own."""

    grabbed = Signal()
    released = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        labels = {"learning_rate": self.tr("learning rate η"), "momentum": self.tr("momentum β")}
        self._fields = {}
        for name, hyper in SHARED.items():
            field = SliderField(hyper, labels[name], self._changer(name))
            field.field.set_reset(self.tr("Back to the value as it was opened."), self._resetter(name))
            field.grabbed.connect(self.grabbed)
            field.released.connect(self.released)
            label = QLabel(hyper.symbol)
            label.setToolTip(known_text("Hyperparameter", hyper.meaning))
            label.setMinimumWidth(56)
            label.setProperty("role", "heading")
            form.addRow(label, field)
            self._fields[name] = field
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def _changer(self, name: str) -> Callable[[float], None]:
        return lambda value: self._store.change(**{name: value})

    def _resetter(self, name: str) -> Callable[[], None]:
        return lambda: self._store.reset(name)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its values."""
        for name, field in self._fields.items():
            value, first = getattr(experiment, name), getattr(self._store.base, name)
            field.show_value(SHARED[name].default if value is None else value, value == first)
