"""A slider for every parameter of a typed function."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gdsim.desktop.state.store import Store
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.objectives import Function
from gdsim.optimizers import Hyper
from gdsim.simulation.experiment import Experiment

#: A slider reaches so far to both sides, or ten, a hundred … times as far where the value asks for it.
_REACH = 5.0
#: More parameters than these keep their values.
_MOST = 16
#: Names are cut to this width, in letters.
_LETTERS = 8


class ParameterFields(QWidget):
    """A row a parameter: name, slider, number.

    Parameters
    ----------
    before
        The control from which Tab goes to the first of them.
    """

    def __init__(self, store: Store, before: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._before = store, before
        self._rows: dict[str, tuple[QLabel, SliderField, float]] = {}
        self._shown: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._rest = plain_label()
        self._rest.setObjectName("parameters_rest")
        self._rest.setProperty("role", "faint")
        self._rest.setWordWrap(True)
        self.hide()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the parameters of its function."""
        objective = experiment.objective
        values = objective.parameters if isinstance(objective, Function) else {}
        names = tuple(values)[:_MOST]
        for name in names:
            self._give_row(name, values[name])
        if names != self._shown:
            self._lay_out(names, len(values) - len(names))
        for name in names:
            self._rows[name][1].show_value(values[name], values[name] == self._begun(name))
        self.setVisible(bool(names))

    def _begun(self, name: str) -> float:
        """The value as it was opened, or that of a new parameter."""
        base = self._store.base
        same = base.function == self._store.experiment.function
        return float(base.parameters.get(name, 1.0)) if same else 1.0

    def _give_row(self, name: str, value: float) -> None:
        """A row whose slider reaches the value."""
        reach = _reach(value)
        known = self._rows.get(name)
        if known is not None and known[2] >= reach:
            return
        if known is not None:
            for widget in known[:2]:
                self._grid.removeWidget(widget)
                take_away(widget)
            self._shown = ()
        text = self.tr("parameter {name}").format(name=name)
        tip = self.tr("The parameter {name} of your formula; drag it, or type any number.").format(name=name)
        hyper = Hyper(name, 1.0, name, "", low=-math.inf, slider=(-reach, reach))
        field = SliderField(hyper, text, self._changer(name), f"parameter.{name}", self._store.drag)
        field.set_tip(tip)
        field.field.set_reset(self.tr("Back to the value as it was opened."), self._resetter(name))
        label = plain_label()
        label.setProperty("role", "heading")
        label.setToolTip(tip)
        label.setMinimumWidth(56)
        wide = self.fontMetrics().horizontalAdvance("m") * _LETTERS
        label.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, wide))
        keep_own_keys(field)
        self._rows[name] = (label, field, reach)

    def _lay_out(self, names: tuple[str, ...], rest: int) -> None:
        before = self._before
        for label, field, _ in self._rows.values():
            for part in (label, field):
                self._grid.removeWidget(part)
                part.hide()
        for row, name in enumerate(names):
            label, field, _ = self._rows[name]
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(field, row, 1)
            label.show()
            field.show()
            for widget in (field.slider, field.field.line):
                QWidget.setTabOrder(before, widget)
                before = widget
        self._grid.removeWidget(self._rest)
        self._grid.addWidget(self._rest, len(names), 0, 1, 2)
        self._rest.setText(self.tr("{count} more parameters have no slider.").format(count=rest))
        self._rest.setVisible(rest > 0)
        self._shown = names

    def _changer(self, name: str) -> Callable[[float], None]:
        def take(value: float) -> None:
            objective = self._store.experiment.objective
            if isinstance(objective, Function) and name in objective.parameters:
                self._store.change(parameters={**objective.parameters, name: value})

        return take

    def _resetter(self, name: str) -> Callable[[], None]:
        take = self._changer(name)
        return lambda: take(self._begun(name))


def _reach(value: float) -> float:
    size = abs(value)
    if not _REACH < size < math.inf:
        return _REACH
    return float(_REACH * 10.0 ** math.ceil(math.log10(size / _REACH) - 1e-9))
