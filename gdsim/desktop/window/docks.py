"""The docks round the landscape, and what lies in them: forms, and the views that the table of views has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.panels.parameters import ParametersPanel
from gdsim.desktop.session import Session
from gdsim.desktop.state.own_functions import OwnFunctions
from gdsim.desktop.state.settings import Settings
from gdsim.desktop.views.history import HistoryView
from gdsim.desktop.views.loss.view import LossView
from gdsim.desktop.views.runs.view import RunsView
from gdsim.desktop.views.table import first_docks, lazy_views
from gdsim.desktop.window.data_dock import DataDock
from gdsim.desktop.window.lazy_dock import LazyDock
from gdsim.desktop.window.stale_veils import StaleVeils


class Docks:
    """Everything that lies in docks of a window.

    Attributes
    ----------
    parameters, loss, runs
        What is there from the start.
    first, lazy
        The docks that are there from the start, and those whose views are made when they are first looked at.
    data
        Opens and closes that of the examples.
    """

    def __init__(self, window: QMainWindow, session: Session, theme: Theme, settings: Settings) -> None:
        own_functions = OwnFunctions(settings.functions_path, window)
        self.parameters = ParametersPanel(session.store, theme, session.requests, session.changes, own_functions)
        self.loss, self.runs = LossView(theme, session.requests), RunsView(theme, session.requests)
        self.first = self._add_first(window, HistoryView(session.store))
        self.lazy = _add_lazy(window, session, theme)
        self.data = DataDock(self.lazy, session)
        StaleVeils(session, self.loss, self.runs)

    def _add_first(self, window: QMainWindow, history: HistoryView) -> list[QDockWidget]:
        left, bottom = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        # the panel takes the full height, the table the width of landscape and loss
        window.setCorner(Qt.Corner.BottomLeftCorner, left)
        window.setCorner(Qt.Corner.BottomRightCorner, bottom)
        title = QCoreApplication.translate("MainWindow", "Parameters")
        docks = [_add_dock(window, "parameters", title, self.parameters, left)]
        widgets: dict[str, QWidget] = {"loss": self.loss, "runs": self.runs, "history": history}
        for spec in first_docks():
            docks.append(_add_dock(window, spec.name, spec.title, widgets[spec.name], spec.area))
            if spec.hidden:
                docks[-1].hide()
        return docks

    def toggle_formulas(self) -> None:
        """Show the formulas, or hide them."""
        next(dock for dock in self.lazy if dock.name == "formulas").toggleViewAction().trigger()


def _add_dock(window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    dock = QDockWidget(title)
    dock.setObjectName(f"{name}_dock")
    dock.setWidget(widget)
    window.addDockWidget(area, dock)
    return dock


def _add_lazy(window: QMainWindow, session: Session, theme: Theme) -> list[LazyDock]:
    docks = []
    for spec in lazy_views():
        dock = LazyDock(spec, session, theme)
        window.addDockWidget(spec.area, dock)
        dock.hide()
        docks.append(dock)
    return docks
