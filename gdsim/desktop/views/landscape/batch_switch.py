"""Switch over the landscape: the surface of the current batch, or that of all examples."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget


class BatchSwitch(QWidget):
    """Check box over the landscape that does what the action does."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_switch")
        box = QCheckBox(self.tr("Batch surface"))
        box.setObjectName("batch_surface")
        box.setToolTip(
            self.tr(
                "Show the loss over the batch of the current step, in the colours of the loss over all examples; "
                "arrows are those of the batch, the faint star is the minimum over all examples."
            )
        )
        box.setChecked(action.isChecked())
        box.toggled.connect(action.setChecked)
        action.toggled.connect(box.setChecked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(box)
