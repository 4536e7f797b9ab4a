"""The docks of views, as the table of views has them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk
from gdsim.desktop.views.table import first_docks, lazy_views
from gdsim.desktop.window.lazy_dock import LazyDock


def add_first_docks(window: QMainWindow, widgets: Mapping[str, QWidget]) -> list[QDockWidget]:
    """Add a dock for each view that is there from the start, with its widget by the name of the view."""
    docks = []
    for spec in first_docks():
        dock = QDockWidget(spec.title)
        dock.setObjectName(f"{spec.name}_dock")
        dock.setWidget(widgets[spec.name])
        window.addDockWidget(spec.area, dock)
        if spec.hidden:
            dock.hide()
        docks.append(dock)
    return docks


def lazy_docks(window: QMainWindow, desk: Desk, theme: Theme) -> list[LazyDock]:
    """Add a hidden dock for each view that is made when it is first looked at."""
    docks = []
    for spec in lazy_views():
        dock = LazyDock(spec, desk, theme)
        window.addDockWidget(spec.area, dock)
        dock.hide()
        docks.append(dock)
    return docks
