"""A schedule of η: which one, and its values under it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from gdsim.desktop.state.drag import Drag
from gdsim.desktop.text.numbers import show_typed
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.focus_keys import keep_own_keys, put_in_tab_order
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.optimizers import SCHEDULES, Constant, Hyper, Schedule


class ScheduleField(QWidget):
    """A list of schedules with a form made from the description of the chosen one.

    Parameters
    ----------
    name, label
        Its object name, and what it is called where it is read out.
    take
        Called with the schedule that was chosen or changed; None is the shared one or, in the field of the shared
        one, a constant η.
    own
        Whether it is that of one optimizer, which can follow the shared one.
    """

    def __init__(
        self,
        name: str,
        label: str,
        take: Callable[[Schedule | None], None],
        own: bool,
        drag: Drag | None = None,
    ) -> None:
        super().__init__()
        self._name, self._label, self._take, self._own, self._drag = name, label, take, own, drag
        self._schedule: Schedule | None = None
        self._fields: dict[str, NumberField | SliderField | QCheckBox] = {}
        self._form: QWidget | None = None
        self.choice = QComboBox()
        self.choice.setObjectName(name)
        self.choice.setAccessibleName(label)
        # what is chosen may be wider than the panel: the list that pops up is as wide as it must be
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        if own:
            self.choice.addItem(self.tr("Follow shared"), "")
        for key, kind in SCHEDULES.items():
            self.choice.addItem(known_text("Schedule", kind.title), key)
            tip = known_text("Schedule", kind.summary)
            self.choice.setItemData(self.choice.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.choice.activated.connect(self._choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.choice)
        self._show_tip(Constant)

    def show_schedule(self, schedule: Schedule | None, shared: Schedule | None = None) -> None:
        """Show a schedule, or that the shared one is followed; says nothing to anyone."""
        shown = schedule if self._own else schedule or Constant()
        if type(shown) is not type(self._schedule):
            self._build(type(shown) if shown is not None else None)
        self._schedule = shown
        self.choice.setCurrentIndex(self.choice.findData(shown.key if shown is not None else ""))
        self._show_tip(type(shown or shared or Constant()))
        for hyper in shown.hypers() if shown is not None else ():
            value, field = getattr(shown, hyper.name), self._fields[hyper.name]
            if isinstance(field, QCheckBox):
                field.blockSignals(True)
                field.setChecked(bool(value))
                field.blockSignals(False)
            else:
                field.show_value(value, value == hyper.default)

    def _show_tip(self, kind: type[Schedule]) -> None:
        summary = known_text("Schedule", kind.summary)
        asked = self.tr("How η goes on from where it starts.")
        self.choice.setToolTip(f"{asked} {known_text('Schedule', kind.title)}: {summary}")

    def _choose(self, index: int) -> None:
        key = self.choice.itemData(index)
        if key == (self._schedule.key if self._schedule is not None else ""):
            return
        constant = key == Constant.key and not self._own
        self._take(SCHEDULES[key]() if key and not constant else None)

    def _build(self, kind: type[Schedule] | None) -> None:
        """Another form; the old one goes."""
        if self._form is not None:
            self._column.removeWidget(self._form)
            take_away(self._form)
        self._form, self._fields = None, {}
        if kind is None or not kind.hypers():
            return
        self._form = QWidget()
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, hyper in enumerate(kind.hypers()):
            self._add(grid, row, hyper)
        self._column.addWidget(self._form)
        keep_own_keys(self._form)
        put_in_tab_order(self.choice, self._form)

    def _add(self, grid: QGridLayout, row: int, hyper: Hyper) -> None:
        if isinstance(hyper.default, bool):
            self._add_switch(grid, row, hyper)
        else:
            self._add_number(grid, row, hyper)

    def _add_switch(self, grid: QGridLayout, row: int, hyper: Hyper) -> None:
        switch = QCheckBox(known_text("Hyperparameter", hyper.symbol))
        switch.setObjectName(f"{self._name}.{hyper.name}")
        switch.setAccessibleName(f"{self._label} {hyper.name}")
        switch.setToolTip(known_text("Hyperparameter", hyper.meaning))
        switch.toggled.connect(self._changer(hyper.name))
        grid.addWidget(switch, row, 1)
        self._fields[hyper.name] = switch

    def _add_number(self, grid: QGridLayout, row: int, hyper: Hyper) -> None:
        name, label = f"{self._name}.{hyper.name}", f"{self._label} {hyper.name}"
        meaning = known_text("Hyperparameter", hyper.meaning)
        symbol = plain_label(known_text("Hyperparameter", hyper.symbol))
        symbol.setToolTip(meaning)
        take = self._changer(hyper.name)
        field: NumberField | SliderField
        if self._own:
            field = number = NumberField(name, label, take)
            field.set_tip(meaning)
        else:
            field = SliderField(hyper, label, take, name, self._drag)
            number = field.field
        number.set_reset(
            self.tr("Back to the default, {value}.").format(value=show_typed(float(hyper.default))),
            lambda: take(hyper.default),
        )
        grid.addWidget(symbol, row, 0)
        grid.addWidget(field, row, 1)
        self._fields[hyper.name] = field

    def _changer(self, name: str) -> Callable[[float], None]:
        def take(value: float) -> None:
            # undo may have brought back another schedule while the hand is on the slider of this one
            if self._schedule is not None and name in self._fields:
                self._take(dataclasses.replace(self._schedule, **{name: value}))

        return take
