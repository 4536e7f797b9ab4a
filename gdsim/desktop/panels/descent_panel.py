"""The shared η and β, and under a fold what else is shared."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.edits.model_edits import first_value
from gdsim.desktop.panels.more_panel import MorePanel, facts_of
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.shared_values import SHARED


class DescentPanel(QWidget):
    """Form of the values that hold for every optimizer that has none of its own."""

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._more: MorePanel | None = None
        self._was_plain = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        labels = {"learning_rate": self.tr("learning rate η"), "momentum": self.tr("momentum β")}
        self._fields = {}
        for name, hyper in SHARED.items():
            field = SliderField(hyper, labels[name], self._changer(name), drag=store.drag)
            field.field.set_reset(self.tr("Back to the value as it was opened."), self._resetter(name))
            label = plain_label(hyper.symbol)
            label.setToolTip(known_text("Hyperparameter", hyper.meaning))
            label.setMinimumWidth(56)
            label.setProperty("role", "heading")
            form.addRow(label, field)
            self._fields[name] = field
        column.addLayout(form)
        column.addWidget(self._make_fold())
        self._facts = plain_label()
        self._facts.setObjectName("more.facts")
        self._facts.setProperty("role", "faint")
        self._facts.setWordWrap(True)
        column.addWidget(self._facts)
        store.changed.connect(self.show_experiment)
        self.show_experiment(store.experiment)

    def _make_fold(self) -> QToolButton:
        self._fold = QToolButton()
        self._fold.setObjectName("more")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.setText(self.tr("Direction, schedule, gradient"))
        self._fold.setToolTip(self.tr("Show or hide direction, schedule of η, clipping, gradient and noise."))
        self._fold.toggled.connect(self._unfold)
        return self._fold

    def _unfold(self, unfolded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        if unfolded and self._more is None:
            self._more = MorePanel(self._store)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._more)
            keep_own_keys(self._more)
            put_in_tab_order(self._fold, self._more)
        if self._more is not None:
            self._more.setVisible(unfolded)
        self._show_more(self._store.experiment)

    def _changer(self, name: str) -> Callable[[float], None]:
        return lambda value: self._store.change(**{name: value})

    def _resetter(self, name: str) -> Callable[[], None]:
        return lambda: self._store.reset(name)

    def show_experiment(self, experiment: Experiment) -> None:
        """Show its values."""
        for name, field in self._fields.items():
            value, first = getattr(experiment, name), first_value(name, experiment, self._store.base)
            field.show_value(SHARED[name].default if value is None else value, value == first)
        plain = not facts_of(experiment)
        # what is not as at first must be seen; who folds it again wants it so
        if self._was_plain and not plain:
            self._fold.setChecked(True)
        self._was_plain = plain
        self._show_more(experiment)

    def _show_more(self, experiment: Experiment) -> None:
        if self._more is not None and self._fold.isChecked():
            self._more.show_experiment(experiment)
        facts = [] if self._fold.isChecked() else facts_of(experiment)
        self._facts.setText(", ".join(facts))
        self._facts.setVisible(bool(facts))
