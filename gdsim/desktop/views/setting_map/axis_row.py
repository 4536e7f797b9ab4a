"""The row of an axis: which hyperparameter it is, and from where to where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from gdsim.desktop.text.phrases import known_text
from gdsim.desktop.views.setting_map.choice import first_range, offered, scales_of
from gdsim.desktop.views.setting_map.texts import scale_text, scale_tip
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.optimizers import Rule
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.scales import Scale


class AxisRow(QWidget):
    """A box with hyperparameters, and two fields for the ends of the range.

    Parameters
    ----------
    name
        Its objectName: "map_x" or "map_y".
    title
        Where the axis runs.
    take
        Is given both ends, and may raise `GdsimError`.
    """

    #: Another hyperparameter was chosen, by its name.
    chosen = Signal(str)
    #: Another `Scale` was chosen.
    scale_chosen = Signal(object)

    def __init__(self, name: str, title: str, take: Callable[[float, float], None]) -> None:
        super().__init__()
        self._take = take
        self._rule: type[Rule] | None = None
        self._axis: Axis | None = None
        #: What was typed at each end, right or wrong.
        self._typed = [0.0, 1.0]
        self.box = QComboBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(title)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(2)
        self.box.activated.connect(lambda place: self.chosen.emit(self.box.itemData(place)))
        self.scale = QComboBox()
        self.scale.setObjectName(f"{name}.scale")
        self.scale.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale.setMinimumContentsLength(4)
        self.scale.setAccessibleName(self.tr("{axis}, scale").format(axis=title))
        self.scale.activated.connect(lambda place: self.scale_chosen.emit(Scale(self.scale.itemData(place))))
        low, high = self.tr("{axis} from"), self.tr("{axis} to")
        self.low = NumberField(f"{name}.low", low.format(axis=title), lambda value: self._typed_at(0, value))
        self.high = NumberField(f"{name}.high", high.format(axis=title), lambda value: self._typed_at(1, value))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        label = plain_label("→" if name.endswith("x") else "↑")
        label.setProperty("role", "faint")
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.box, 0, 1)
        grid.addWidget(self.low, 0, 2)
        grid.addWidget(plain_label("…"), 0, 3)
        grid.addWidget(self.high, 0, 4)
        grid.addWidget(self.scale, 0, 5)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate((self.low, self.high), 1):
            field.fix_width("0.0000")
            field.went_wrong.connect(self._settle)
            # a sentence needs more room than a number
            grid.addWidget(field.error, row, 0, 1, 6, Qt.AlignmentFlag.AlignTop)
        self.low.set_reset(self.tr("The range that is shown at first."), self._reset)
        self.high.set_reset(self.tr("The range that is shown at first."), self._reset)

    def show_axis(self, rule: type[Rule], axis: Axis) -> None:
        """Show what is on the axis; says nothing to anyone."""
        if rule is not self._rule:
            self._rule = rule
            blocker = QSignalBlocker(self.box)
            self.box.clear()
            for hyper in offered(rule):
                self.box.addItem(known_text("Hyperparameter", hyper.symbol), hyper.name)
                meaning = f"{hyper.name}: {known_text('Hyperparameter', hyper.meaning)}"
                self.box.setItemData(self.box.count() - 1, meaning, Qt.ItemDataRole.ToolTipRole)
            blocker.unblock()
        if axis == self._axis and self.box.currentData() == axis.name:
            return
        self._axis = axis
        self.box.setCurrentIndex(self.box.findData(axis.name))
        self.box.setToolTip(self.box.itemData(self.box.currentIndex(), Qt.ItemDataRole.ToolTipRole))
        self._list_scales(axis)
        logarithmic = self.tr("From where to where, logarithmic.")
        tip = self.tr("From where to where.") if axis.scale is Scale.LINEAR else logarithmic
        for field, value, of in zip((self.low, self.high), (axis.low, axis.high), first_range(axis.hyper), strict=True):
            field.set_tip(tip)
            field.show_value(value, value == of)
        self._typed = [axis.low, axis.high]

    def _list_scales(self, axis: Axis) -> None:
        """Offer the scales that suit a hyperparameter, where it is not only one."""
        scales = scales_of(axis.hyper)
        if [self.scale.itemData(place) for place in range(self.scale.count())] != list(scales):
            self.scale.clear()
            for scale in scales:
                self.scale.addItem(scale_text(scale, axis.hyper), scale)
                tip = scale_tip(scale)
                self.scale.setItemData(self.scale.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.scale.setCurrentIndex(scales.index(axis.scale))
        self.scale.setToolTip(scale_tip(axis.scale))
        self.scale.setEnabled(len(scales) > 1)

    def _typed_at(self, end: int, value: float) -> None:
        self._typed[end] = value
        self._take(self._typed[0], self._typed[1])

    def _settle(self, wrong: bool) -> None:
        """Forget what was wrong, once it is gone from the fields."""
        if not wrong and self._axis is not None:
            self._typed = [self._axis.low, self._axis.high]

    def _reset(self) -> None:
        if self._axis is not None:
            self._take(*first_range(self._axis.hyper))
