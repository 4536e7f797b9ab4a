"""All forms, one under the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from gdsim.desktop.compute.model_requests import ModelChanges
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.look.style import Theme
from gdsim.desktop.panels.descent_panel import DescentPanel
from gdsim.desktop.panels.function_panel import FunctionPanel
from gdsim.desktop.panels.optimizers_panel import OptimizersPanel
from gdsim.desktop.panels.start_panel import StartPanel
from gdsim.desktop.state.own_functions import OwnFunctions
from gdsim.desktop.state.store import Store
from gdsim.desktop.widgets.labels import plain_label


class ParametersPanel(QScrollArea):
    """Function, start, shared values and optimizers."""

    #: The formulas are to be shown typeset, or not any more.
    formulas_wanted = Signal()
    table_wanted = Signal()

    def __init__(
        self,
        store: Store,
        theme: Theme,
        requests: Requests,
        changes: ModelChanges,
        own: OwnFunctions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("parameters")
        self.own_functions = own
        self.function = FunctionPanel(store, requests, changes, own)
        self.function.formulas_wanted.connect(self.formulas_wanted)
        self.function.table_wanted.connect(self.table_wanted)
        self.function.set_theme(theme)
        self.optimizers = OptimizersPanel(store, theme)
        self.optimizers.sought.connect(self._scroll_to)
        shared = DescentPanel(store)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 2, 12)
        column.setSpacing(8)
        for title, panel in (
            (self.tr("Function"), self.function),
            (self.tr("Start and restarts"), StartPanel(store)),
            (self.tr("Learning rate η and momentum β, shared"), shared),
            (self.tr("Optimizers"), self.optimizers),
        ):
            heading = plain_label(title)
            heading.setProperty("role", "heading")
            heading.setWordWrap(True)
            column.addWidget(heading)
            column.addWidget(panel)
            column.addSpacing(6)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        # the forms are as broad whether they fit or not: a bar that comes would break their lines anew
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.optimizers.set_theme(theme)
        self.function.set_theme(theme)

    def _scroll_to(self, part: QWidget) -> None:
        # it is laid out first: a part that was just made has no place yet
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(part, 0, 0)
        # lines that are broken make it higher than it was reckoned at first
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, 0))

    def stop(self) -> None:
        """Work nothing out any more."""
        self.function.stop()
