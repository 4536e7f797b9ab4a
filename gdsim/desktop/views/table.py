"""The table of views: how each is called, where it lies, how it is made, and as what it can be exported.

Menus, docks and the list of pictures read it; a new view is a class and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.base import Desk, LazyView

translate = QCoreApplication.translate

_RIGHT, _BOTTOM = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


@dataclass(frozen=True, eq=False)
class ViewSpec:
    """A row of the table of views.

    Attributes
    ----------
    name
        The objectName of the view; its dock is called `name` + "_dock".
    title, tip
        The name of its dock in the menu, and a sentence on what it shows; both "" for views of the centre.
    area
        Where its dock lies at first; nowhere for views of the centre, which have no dock.
    make
        Makes the view, and imports it, when it is first looked at; None for those that are there from the start.
    picture
        The name of its picture where one is exported; "" if that is its title, None if none can be.
    hidden
        Whether its dock is hidden at first.
    wide
        Whether it needs width more than height: in a narrow window its dock lies below the landscape.
    above
        Whether it belongs beside the landscape, above what lies there at first, in a window that has room for both.
    tall
        Whether it is a drawing that is read from top to bottom, and nothing in it smaller than it is drawn.
    few
        Whether it is for functions of one or two variables only; for others its dock says so.
    """

    name: str
    title: str = ""
    tip: str = ""
    area: Qt.DockWidgetArea = Qt.DockWidgetArea.NoDockWidgetArea
    make: Callable[[Desk, Theme], LazyView] | None = None
    picture: str | None = ""
    hidden: bool = False
    wide: bool = False
    above: bool = False
    tall: bool = False
    few: bool = False


def all_views() -> tuple[ViewSpec, ...]:
    """Return every view, in the order of menus and lists."""
    return (*_centre(), *first_docks(), *lazy_views())


def first_docks() -> tuple[ViewSpec, ...]:
    """Return the views in docks that are there from the start."""
    return (
        ViewSpec("loss", translate("MainWindow", "Loss"), area=_RIGHT, picture=translate("Export", "Loss curves")),
        ViewSpec("runs", translate("MainWindow", "Runs"), area=_BOTTOM, picture=translate("Export", "Runs")),
        ViewSpec("history", translate("MainWindow", "History"), area=_RIGHT, picture=None, hidden=True),
    )


def lazy_views() -> tuple[ViewSpec, ...]:
    """Return the views that are made when they are first looked at."""
    return (
        ViewSpec(
            "data_view",
            translate("Dock", "Data"),
            translate(
                "Dock",
                "The examples of a model, to be moved with the mouse, and what every optimizer makes of them.",
            ),
            _RIGHT,
            _data,
            above=True,
        ),
        ViewSpec(
            "formulas",
            translate("Dock", "Formulas"),
            translate("Dock", "The function and its derivatives typeset, with the numbers of the current step."),
            _RIGHT,
            _formulas,
            wide=True,
            few=True,
        ),
        ViewSpec(
            "numerical_gradient",
            translate("Dock", "Numerical gradient"),
            translate("Dock", "The gradient by differences of values beside the exact one, and its error against h."),
            _RIGHT,
            _numerical_gradient,
            few=True,
        ),
        ViewSpec(
            "sweep",
            translate("Dock", "Sweep"),
            translate("Dock", "How every optimizer does with every η, how forgiving it is, and the range test."),
            _RIGHT,
            _sweep,
            tall=True,
        ),
        ViewSpec(
            "update",
            translate("Dock", "Update"),
            translate("Dock", "The step of the chosen run taken apart: its formula, its terms, and in slow motion."),
            _RIGHT,
            _update,
            tall=True,
        ),
        ViewSpec(
            "gradient_view",
            translate("Dock", "Gradient"),
            translate(
                "Dock",
                "Cuts through the surface at the chosen run with their tangents, and the slope in any direction.",
            ),
            _RIGHT,
            _gradient,
            few=True,
        ),
        ViewSpec(
            "chain_rule",
            translate("Dock", "Chain rule"),
            translate(
                "Dock",
                "How f is worked out step by step, and how its derivatives come out of those of the steps.",
            ),
            _RIGHT,
            _chain_rule,
            few=True,
        ),
        ViewSpec(
            "forward_back",
            translate("Dock", "Forward and back"),
            translate(
                "Dock",
                "How a model answers one example, and how the derivatives of its cost come back to the weights.",
            ),
            _RIGHT,
            _forward_back,
            tall=True,
        ),
        ViewSpec(
            "setting_map",
            translate("Dock", "Setting map"),
            translate(
                "Dock",
                "How the chosen optimizer does with every pair of values of two of its hyperparameters, such as η × β.",
            ),
            _RIGHT,
            _setting_map,
            above=True,
            tall=True,
        ),
    )


def picture_names() -> dict[str, str]:
    """Return how the pictures of views are called, by the name of the view."""
    return {view.name: view.picture or view.title for view in all_views() if view.picture is not None}


def _centre() -> tuple[ViewSpec, ...]:
    return (
        ViewSpec("landscape", picture=translate("Export", "Landscape")),
        ViewSpec("side_by_side", picture=translate("Export", "Side by side")),
    )


def _data(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.data.view import DataView

    return DataView(desk, theme)


def _formulas(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.formulas import FormulasView

    return FormulasView(desk, theme)


def _numerical_gradient(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.numerical_gradient.view import NumericalGradientView

    return NumericalGradientView(desk, theme)


def _sweep(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.sweep.view import SweepView

    return SweepView(desk, theme)


def _gradient(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.gradient.view import GradientView

    return GradientView(desk, theme)


def _update(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.update.view import UpdateView

    return UpdateView(desk, theme)


def _chain_rule(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.graphs.chain_rule import ChainRuleView

    return ChainRuleView(desk, theme)


def _forward_back(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.graphs.forward_back import ForwardBackView

    return ForwardBackView(desk, theme)


def _setting_map(desk: Desk, theme: Theme) -> LazyView:
    from gdsim.desktop.views.setting_map.view import SettingMapView

    return SettingMapView(desk, theme)
