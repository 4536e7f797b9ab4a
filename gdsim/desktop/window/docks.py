"""The docks of panels and views, as the table of views has them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.table import first_docks, lazy_views
from gdsim.desktop.window.lazy_dock import LazyDock


def add_docks(window: QMainWindow, parameters: QWidget, views: Mapping[str, QWidget]) -> list[QDockWidget]:
    """Add the docks that are there from the start: the parameters, and views by the names they have in the table."""
    left, bottom = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
    # the panel takes the full height, the table the width of landscape and loss
    window.setCorner(Qt.Corner.BottomLeftCorner, left)
    window.setCorner(Qt.Corner.BottomRightCorner, bottom)
    title = QCoreApplication.translate("MainWindow", "Parameters")
    docks = [_add_dock(window, "parameters_dock", title, parameters, left)]
    for spec in first_docks():
        docks.append(_add_dock(window, f"{spec.name}_dock", spec.title, views[spec.name], spec.area))
        if spec.hidden:
            docks[-1].hide()
    return docks


def add_lazy_docks(window: QMainWindow, desk: Desk, theme: Theme) -> list[LazyDock]:
    """Add a hidden dock for each of the rest, whose views are made when they are first looked at."""
    docks = []
    for spec in lazy_views():
        dock = LazyDock(spec, desk, theme)
        window.addDockWidget(spec.area, dock)
        dock.hide()
        docks.append(dock)
    return docks


def _add_dock(window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    dock = QDockWidget(title)
    dock.setObjectName(name)
    dock.setWidget(widget)
    window.addDockWidget(area, dock)
    return dock
