"""The views that are hidden at first, by name: a table of what they are called and how they are made."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk, LazyView, ViewSpec
from gdsim.desktop.window.lazy_dock import LazyDock

_RIGHT, _BOTTOM = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


def lazy_views() -> tuple[ViewSpec, ...]:
    """Every view that is hidden at first, in the order of the menu."""
    return (
        ViewSpec(
            "data_view",
            _tr("Data"),
            _tr("The examples of a model, to be moved with the mouse, and what every optimizer makes of them."),
            _RIGHT,
            _data,
            above=True,
        ),
        ViewSpec(
            "formulas",
            _tr("Formulas"),
            _tr("The function and its derivatives typeset, with the numbers of the current step."),
            _RIGHT,
            _formulas,
            wide=True,
            few=True,
        ),
        ViewSpec(
            "numerical_gradient",
            _tr("Numerical gradient"),
            _tr("The gradient by differences of values beside the exact one, and its error against h."),
            _RIGHT,
            _numerical_gradient,
            few=True,
        ),
        ViewSpec(
            "gradient_view",
            _tr("Gradient"),
            _tr("Cuts through the surface at the chosen run with their tangents, and the slope in any direction."),
            _RIGHT,
            _gradient,
            few=True,
        ),
        ViewSpec(
            "chain_rule",
            _tr("Chain rule"),
            _tr("How f is worked out step by step, and how its derivatives come out of those of the steps."),
            _RIGHT,
            _chain_rule,
            few=True,
        ),
        ViewSpec(
            "forward_back",
            _tr("Forward and back"),
            _tr("How a model answers one example, and how the derivatives of its cost come back to the weights."),
            _RIGHT,
            _forward_back,
            tall=True,
        ),
    )


def add_docks(
    window: QMainWindow, parameters: QWidget, loss: QWidget, runs: QWidget, history: QWidget
) -> list[QDockWidget]:
    """Add the docks that are there from the start; that of the history is hidden."""
    left, right, bottom = (
        Qt.DockWidgetArea.LeftDockWidgetArea,
        Qt.DockWidgetArea.RightDockWidgetArea,
        Qt.DockWidgetArea.BottomDockWidgetArea,
    )
    # the panel takes the full height, the table the width of landscape and loss
    window.setCorner(Qt.Corner.BottomLeftCorner, left)
    window.setCorner(Qt.Corner.BottomRightCorner, bottom)
    docks = [
        _add_dock(window, "parameters_dock", _tr("Parameters"), parameters, left),
        _add_dock(window, "loss_dock", _tr("Loss"), loss, right),
        _add_dock(window, "runs_dock", _tr("Runs"), runs, bottom),
        _add_dock(window, "history_dock", _tr("History"), history, right),
    ]
    docks[-1].hide()
    return docks


def _add_dock(window: QMainWindow, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
    dock = QDockWidget(title)
    dock.setObjectName(name)
    dock.setWidget(widget)
    window.addDockWidget(area, dock)
    return dock


def add_lazy_docks(window: QMainWindow, desk: Desk, theme: Theme) -> list[LazyDock]:
    """Add a hidden dock for each of the rest, whose views are made when they are first looked at."""
    docks = []
    for late in lazy_views():
        dock = LazyDock(late, desk, theme)
        window.addDockWidget(late.area, dock)
        dock.hide()
        docks.append(dock)
    return docks


def _data(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.data.view import DataView

    return DataView(desk, theme)


def _formulas(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.formulas import FormulasView

    return FormulasView(desk, theme)


def _numerical_gradient(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.numerical_gradient.view import NumericalGradientView

    return NumericalGradientView(desk, theme)


def _gradient(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.gradient.view import GradientView

    return GradientView(desk, theme)


def _chain_rule(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.graphs.chain_rule import ChainRuleView

    return ChainRuleView(desk, theme)


def _forward_back(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.graphs.forward_back import ForwardBackView

    return ForwardBackView(desk, theme)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dock", text)
