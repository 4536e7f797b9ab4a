"""A slider with the number beside it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from gdsim.desktop.state.drag import Drag
from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.optimizers import Hyper

_TICKS = 1000


class SliderField(QWidget):
    """A hyperparameter, dragged or typed; what is typed may lie beyond the slider's ends."""

    def __init__(
        self,
        hyper: Hyper,
        label: str,
        take: Callable[[float], None],
        name: str = "",
        drag: Drag | None = None,
    ) -> None:
        super().__init__()
        name = name or hyper.name
        self._hyper = hyper
        self._take = take
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName(f"{name}.slider")
        self.slider.setAccessibleName(label)
        self.slider.setRange(0, _TICKS)
        self.slider.setPageStep(_TICKS // 20)
        self.field = NumberField(name, label, take)
        self.set_tip(known_text("Hyperparameter", hyper.meaning))
        self.field.fix_width("0.000000")
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        # a sentence needs more room than a number
        column.addWidget(self.field.error)
        self.slider.valueChanged.connect(self._slid)
        if drag is not None:
            drag.follow(self.slider)

    def set_tip(self, tip: str) -> None:
        """Say what the number means."""
        self.slider.setToolTip(tip)
        self.field.set_tip(tip)

    def show_value(self, value: float, is_default: bool = True) -> None:
        """Show a number; says nothing to anyone."""
        self.field.show_value(value, is_default)
        # the tick stays where the hand has it if it stands for the same number
        if self._number(self.slider.value()) != value:
            self.slider.blockSignals(True)
            self.slider.setValue(self._tick(value))
            self.slider.blockSignals(False)

    def _slid(self, tick: int) -> None:
        self._take(self._number(tick))

    def _number(self, tick: int) -> float:
        """Three significant digits, or a whole number: one that can be said."""
        low, high = self._hyper.slider
        share = tick / _TICKS
        if self._hyper.log:
            number = low * (high / low) ** share
        elif low == 0 and high < 1:
            # towards 1 what counts is the distance from it: 0.9, 0.99, 0.999 are equal steps
            number = 1 - (1 - high) ** share
        else:
            number = low + (high - low) * share
        return round(number) if isinstance(self._hyper.default, int) else float(f"{number:.3g}")

    def _tick(self, value: float) -> int:
        low, high = self._hyper.slider
        value = min(max(value, low), high)
        if self._hyper.log:
            share = math.log(value / low) / math.log(high / low)
        elif low == 0 and high < 1:
            share = math.log(1 - value) / math.log(1 - high)
        else:
            share = (value - low) / (high - low)
        return round(share * _TICKS)
