"""The line over the loss plot: what its axis shows, and switches for that."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.loss.curves import Curves, Scale
from gdsim.desktop.views.loss.shown_curves import ShownCurves
from gdsim.desktop.views.loss.texts import axis_text, axis_tip
from gdsim.desktop.widgets.eliding_label import ElidedLabel
from gdsim.desktop.widgets.log_check_box import LogBox
from gdsim.simulation.trajectories import Trajectories

translate = QCoreApplication.translate


class LossHead(QWidget):
    """Name of the axis, key of the rings, and the switches for losses of batches and for logarithms."""

    #: Something else is to be shown.
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.axis_name, self.best_key, self.batch_loss = ElidedLabel(), _best_key(), _batch_switch()
        self.batch_loss.toggled.connect(self.changed)
        self.logarithmic = LogBox(translate("LossView", "Log"))
        self.logarithmic.setObjectName("log_loss")
        self.logarithmic.wish_changed.connect(self.changed)
        self._has_rings = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.axis_name)
        row.addStretch(1)
        row.addWidget(self.best_key)
        row.addWidget(self.batch_loss)
        row.addWidget(self.logarithmic)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Explain the rings where there is room."""
        super().resizeEvent(event)
        self._fit()

    def name_axis(self, race: Trajectories, curves: Curves, batches: bool) -> None:
        """Say what the axis shows of a race, and whether it could be logarithmic."""
        self.logarithmic.set_possible(curves.logs is not Scale.LINEAR)
        wanted = self.logarithmic.wanted and not curves.is_empty
        self.axis_name.setText(axis_text(race, curves.scale, wanted))
        tip = axis_tip(race, curves, batches)
        if tip != self.logarithmic.toolTip():
            self.logarithmic.setToolTip(tip)

    def show_best_key(self, shown: ShownCurves | None) -> None:
        """Explain the rings, where there are any and there is room beside the name of the axis."""
        self._has_rings = shown is not None and shown.marks_best
        self._fit()

    def _fit(self) -> None:
        parts = [self.axis_name, self.best_key, self.logarithmic]
        parts += [] if self.batch_loss.isHidden() else [self.batch_loss]
        needed = sum(part.sizeHint().width() + 12 for part in parts)
        self.best_key.setVisible(self._has_rings and needed <= self.width() + 16)
        tips = [self.logarithmic.toolTip()] if self.logarithmic.wanted else []
        tip = "\n".join([*tips, *([self.best_key.toolTip()] if self._has_rings else [])])
        if tip != self.axis_name.toolTip():
            self.axis_name.setToolTip(tip_text(tip))


def _batch_switch() -> QCheckBox:
    switch = QCheckBox(translate("LossView", "Batch loss"))
    switch.setObjectName("batch_loss")
    switch.setToolTip(
        translate("LossView", "Thin: the loss over the batch that each step goes by; bold: that over all examples.")
    )
    switch.setChecked(True)
    switch.hide()
    return switch


def _best_key() -> ElidedLabel:
    label = ElidedLabel(translate("LossView", "○ best restart"))
    label.setProperty("role", "faint")
    label.setToolTip(
        translate(
            "LossView",
            "A ring marks where the best run of an optimizer ends, if another is bold. Bold are the chosen run "
            "and, of other optimizers, those from the start.",
        )
    )
    label.hide()
    return label
