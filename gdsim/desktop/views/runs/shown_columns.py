"""Choice of the columns of the table of runs: those for which there is room, and those that a person wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from gdsim.desktop.views.runs.row import BEST, DISTANCE, GRADIENT, HELD_OUT, MEDIAN, POSITION, TRAIN

#: What the columns that may go out of sight are called in settings.
NAMES = {
    TRAIN: "train",
    HELD_OUT: "held_out",
    BEST: "best",
    MEDIAN: "median",
    GRADIENT: "gradient",
    DISTANCE: "distance",
    POSITION: "position",
}


def shown_columns(sizes: Mapping[int, int], room: int, wishes: Mapping[int, bool]) -> list[int]:
    """Choose the columns that are shown of some with their widths, from left to right.

    Those that a person wants, and of those that nobody decided on the first that there is room for.
    """
    shown = [column for column in sizes if wishes.get(column)]
    left = room - sum(sizes[column] for column in shown)
    for column, size in sizes.items():
        if column in wishes:
            continue
        left -= size
        if left < 0:
            break
        shown.append(column)
    return shown


def columns_menu(
    parent: QWidget,
    titles: Mapping[int, str],
    shown: Callable[[int], bool],
    choose: Callable[[int, bool], None],
    forget: Callable[[], None],
) -> QMenu:
    """A menu that shows and hides columns, by their titles, and that leaves it to the room there is."""
    menu = QMenu(parent)
    for column, title in titles.items():
        action = menu.addAction(title)
        action.setObjectName(f"column.{NAMES[column]}")
        action.setCheckable(True)
        action.setChecked(shown(column))
        action.triggered.connect(lambda on, column=column: choose(column, on))
    menu.addSeparator()
    fit = menu.addAction(QCoreApplication.translate("RunsView", "As many as fit"))
    fit.setObjectName("column.fit")
    fit.triggered.connect(lambda: forget())
    return menu
