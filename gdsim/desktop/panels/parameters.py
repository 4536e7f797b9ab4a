"""All forms, one under the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from gdsim.desktop.panels.descent_panel import DescentPanel
from gdsim.desktop.panels.function_panel import FunctionPanel
from gdsim.desktop.panels.optimizers_panel import OptimizersPanel
from gdsim.desktop.panels.start_panel import StartPanel
from gdsim.desktop.store import Store
from gdsim.desktop.style import Theme


class ParametersPanel(QScrollArea):
    """Function, start, shared values and optimizers."""

    grabbed = Signal()
    released = Signal()

    def __init__(self, store: Store, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("parameters")
        self._optimizers = OptimizersPanel(store, theme)
        shared = DescentPanel(store)
        shared.grabbed.connect(self.grabbed)
        shared.released.connect(self.released)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        for title, panel in (
            (self.tr("Function"), FunctionPanel(store)),
            (self.tr("Start and restarts"), StartPanel(store)),
            (self.tr("Learning rate η and momentum β, shared"), shared),
            (self.tr("Optimizers"), self._optimizers),
        ):
            heading = QLabel(title)
            heading.setProperty("role", "heading")
            heading.setWordWrap(True)
            column.addWidget(heading)
            column.addWidget(panel)
            column.addSpacing(6)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._optimizers.set_theme(theme)
