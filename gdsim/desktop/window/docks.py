"""The docks of views, as the table of views has them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.table import first_docks, lazy_views
from gdsim.desktop.window.lazy_dock import LazyDock


def add_first_docks(window: QMainWindow, parameters: QWidget, widgets: Mapping[str, QWidget]) -> list[QDockWidget]:
    """Add docks for the parameters and each view that is there from the start, with its widget by its name."""
    left, bottom = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
    # the panel takes the full height, the table the width of landscape and loss
    window.setCorner(Qt.Corner.BottomLeftCorner, left)
    window.setCorner(Qt.Corner.BottomRightCorner, bottom)
    title = QCoreApplication.translate("MainWindow", "Parameters")
    docks = [_add_dock(window, "parameters", title, parameters, left)]
    for spec in first_docks():
        docks.append(_add_dock(window, spec.name, spec.title, widgets[spec.name], spec.area))
        if spec.hidden:
            docks[-1].hide()
    return docks


def _add_dock(window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    dock = QDockWidget(title)
    dock.setObjectName(f"{name}_dock")
    dock.setWidget(widget)
    window.addDockWidget(area, dock)
    return dock


def add_lazy_docks(window: QMainWindow, desk: Desk, theme: Theme) -> list[LazyDock]:
    """Add a hidden dock for each view that is made when it is first looked at."""
    docks = []
    for spec in lazy_views():
        dock = LazyDock(spec, desk, theme)
        window.addDockWidget(spec.area, dock)
        dock.hide()
        docks.append(dock)
    return docks
