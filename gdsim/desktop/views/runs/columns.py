"""The columns of the table of runs: their titles, which of them are shown, and how they share the width."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.runs.position_tips import PositionTips
from gdsim.desktop.views.runs.reached_bars import ReachedBars
from gdsim.desktop.views.runs.row import (
    ADVICE,
    BEST,
    DISTANCE,
    HELD_OUT,
    MEDIAN,
    MORE,
    NUMBERS,
    ORDER,
    POSITION,
    REACHED,
    TRAIN,
    RunRow,
)
from gdsim.desktop.views.runs.shown_columns import columns_menu
from gdsim.desktop.views.runs.titles import Titles, first_titles, headed_by, titles_of
from gdsim.desktop.views.runs.tree import RunsTree
from gdsim.desktop.views.runs.widths import RunWidths
from gdsim.simulation.trajectories import Trajectories


class RunColumns(QObject):
    """Sets up the columns of a table, names them by the race, and shows those that there is room for."""

    def __init__(self, tree: RunsTree, theme: Theme) -> None:
        super().__init__(tree)
        self._tree = tree
        #: What the titles that are shown go by.
        self._headed: tuple[object, ...] = ()
        titles = first_titles()
        tree.setColumnCount(len(titles))
        self._show_titles(titles)
        for column in NUMBERS:
            tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        tree.setItemDelegateForColumn(POSITION, PositionTips(tree))
        self._bars = ReachedBars(tree, theme)
        tree.setItemDelegateForColumn(REACHED, self._bars)
        self.widths = RunWidths(tree, theme)
        self.measure_anew(None)
        for column in (ADVICE, REACHED, *self.widths.absent):
            tree.setColumnHidden(column, True)
        header = tree.header()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._pop_up)
        for place, column in enumerate(ORDER):
            header.moveSection(header.visualIndex(column), place)
        tree.resized.connect(self.share_width)
        tree.setSortingEnabled(True)
        tree.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    @property
    def rows(self) -> list[RunRow]:
        """The rows of optimizers, in the order they are sorted in."""
        items = [self._tree.topLevelItem(i) for i in range(self._tree.topLevelItemCount())]
        return [item for item in items if isinstance(item, RunRow)]

    @property
    def wishes(self) -> dict[str, bool]:
        """The columns that a person shows or hides, by name; of the others as many are shown as there is room for."""
        return self.widths.wishes

    @wishes.setter
    def wishes(self, wishes: dict[str, bool]) -> None:
        self.widths.wishes = wishes
        self.share_width()

    def menu(self) -> QMenu:
        """Make the menu that shows and hides columns."""
        head = self._tree.headerItem()
        titles = {column: head.text(column) for column in ORDER if column in MORE and column not in self.widths.absent}
        return columns_menu(
            self._tree,
            titles,
            lambda column: not self._tree.isColumnHidden(column),
            self._show_column,
            lambda: self._show_column(None),
        )

    def set_theme(self, theme: Theme, race: Trajectories | None) -> None:
        """Take the sizes and colours of a theme, for columns of a race."""
        self._bars.theme = theme
        self.widths.set_theme(theme)
        self.measure_anew(race)

    def measure_anew(self, race: Trajectories | None) -> None:
        """Forget how wide columns were: numbers are of another kind, or letters of another size."""
        dimension = 2 if race is None else race.objective.dimension
        position = ("(−0.00000)", "(−0.0000, −0.00000)", "|θ| = 0.000e−00")[min(dimension, 3) - 1]
        self.widths.begin(position, 0 if race is None else race.planned)
        self.share_width()

    def share_width(self) -> None:
        """Divide the width there is."""
        self.widths.share(self.rows)

    def head(self, race: Trajectories) -> None:
        """Show the columns that a race has, by the titles that they have for it."""
        headed = headed_by(race)
        if headed == self._headed:  # while the start is dragged it is the same for race after race
            return
        self._headed = headed
        model = hasattr(race.objective, "is_classes")
        # of most models, and of what is typed, no bottom is known
        known = race.objective.maxima if race.ascent else race.objective.minima
        held_out_known = getattr(race.objective, "held_out", None) is not None
        several = race.runs > 1
        present = {TRAIN: model, HELD_OUT: held_out_known, DISTANCE: known, BEST: several, MEDIAN: several}
        self.widths.absent = {column for column, is_there in present.items() if not is_there}
        self._tree.setColumnHidden(REACHED, not several)
        self._show_titles(titles_of(race))
        self.share_width()

    def head_reached(self, race: Trajectories) -> None:
        """Say in its title which minimum it is that runs reached or not."""
        if race.runs > 1:
            from gdsim.desktop.text.reached_phrases import aim_text, aim_tip

            self._tree.headerItem().setText(REACHED, aim_text(race.reached))
            self._tree.headerItem().setToolTip(REACHED, aim_tip(race.reached))

    def show_offers(self) -> None:
        """Show the column of advice where there is any."""
        self._tree.setColumnHidden(ADVICE, not any(row.advice or row.trying for row in self.rows))
        self.share_width()

    def _show_titles(self, titles: Titles) -> None:
        head = self._tree.headerItem()
        for column, (title, tip) in titles.items():
            head.setText(column, title)
            head.setToolTip(column, tip)

    def _pop_up(self, at: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._tree.header().mapToGlobal(at))

    def _show_column(self, column: int | None, shown: bool = True) -> None:
        """Show a column, or hide it, whatever room there is; None goes by the room with all."""
        self.widths.wish(column, shown)
        self.share_width()
