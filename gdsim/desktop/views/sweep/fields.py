"""The fields of a sweep: which η are tried, what counts as having got there, and what is drawn."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gdsim.desktop.views.sweep.asked import SweepRange
from gdsim.desktop.views.sweep.shown import Quantity
from gdsim.desktop.widgets.flow_layout import FlowLayout
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField


class SweepFields(QWidget):
    """A box for what is drawn, and small fields in as many lines as it takes."""

    #: Another range is wanted, and another quantity.
    range_changed = Signal()
    quantity_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        #: What is wanted.
        self.within = SweepRange()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        lines = QWidget()
        self._flow = FlowLayout(lines, 6)
        policy = lines.sizePolicy()
        policy.setHeightForWidth(True)
        lines.setSizePolicy(policy)
        self._column.addWidget(lines)
        self._make_box()
        self._make_fields()
        self._show()

    def _make_fields(self) -> None:
        self._low = self._field("low", self.tr("η from"), self.tr("The least η that is tried."), "0.0001")
        self._high = self._field("high", self.tr("to"), self.tr("The largest η that is tried."), "0.0001")
        self._count = self._field("count", self.tr("values"), self.tr("The number of η that are tried."), "0000")
        tip = self.tr("An η works if half of the runs reach this loss; without it, if they converge to the tolerance.")
        self._target = self._field("target", self.tr("target"), tip, "0.0001")
        self._target.set_word(math.inf, self.tr("none"))

    @property
    def quantity(self) -> Quantity:
        """Quantity that is drawn."""
        return Quantity(self.box.currentData())

    def _make_box(self) -> None:
        self.box = QComboBox()
        self.box.setObjectName("sweep.quantity")
        self.box.setAccessibleName(self.tr("Drawn against η"))
        self.box.setToolTip(self.tr("Draw the loss at the end, or the steps until a run converges."))
        self.box.addItem(self.tr("Final loss"), Quantity.LOSS)
        self.box.addItem(self.tr("Steps"), Quantity.STEPS)
        self.box.currentIndexChanged.connect(lambda: self.quantity_changed.emit())
        self._flow.addWidget(self.box)

    def _field(self, name: str, label: str, tip: str, sample: str) -> NumberField:
        field = NumberField(f"sweep.{name}", label, partial(self._take, name))
        field.fix_width(sample)
        field.set_tip(tip)
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        title = plain_label(label)
        title.setBuddy(field.line)
        row.addWidget(title)
        row.addWidget(field, 0, Qt.AlignmentFlag.AlignVCenter)
        self._flow.addWidget(part)
        # a sentence has the whole width
        self._column.addWidget(field.error)
        return field

    def _take(self, name: str, value: float) -> None:
        given = None if name == "target" and math.isinf(value) else value
        self.within = self.within.changed(**{name: given})
        self._show()
        self.range_changed.emit()

    def _show(self) -> None:
        within = self.within
        target = math.inf if within.target is None else within.target
        shown: list[tuple[NumberField, float]] = [
            (self._low, within.low),
            (self._high, within.high),
            (self._count, within.count),
            (self._target, target),
        ]
        for field, value in shown:
            field.show_value(value)
