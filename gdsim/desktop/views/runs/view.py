"""The table of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QTreeWidgetItem, QVBoxLayout, QWidget

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.run_endings import RunEndings
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.end_cross import ended_icon
from gdsim.desktop.views.base import PartByPart
from gdsim.desktop.views.runs.facts import Facts
from gdsim.desktop.views.runs.position_tips import PositionTips
from gdsim.desktop.views.runs.row import (
    ADVICE,
    BEST,
    DISTANCE,
    END,
    HELD_OUT,
    MEDIAN,
    MORE,
    NAME,
    NOW,
    NUMBERS,
    ORDER,
    OUTCOME,
    POSITION,
    REACHED,
    TRAIN,
    Row,
)
from gdsim.desktop.views.runs.shown_columns import columns_menu
from gdsim.desktop.views.runs.titles import Titles, first_titles, headed_by, kind_of, titles_of
from gdsim.desktop.views.runs.tree import RunsTree
from gdsim.desktop.views.runs.widths import RunWidths
from gdsim.desktop.widgets.legend import swatch
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice

#: Numbers that change faster than this, in milliseconds, cannot be read.
_READABLE = 90
#: More restarts than these are summed up, not listed.
_MOST_LISTED = 200


class RunsView(PartByPart, QWidget):
    """Every optimizer's run from the start point, with the restarts folded under it."""

    advice_taken = Signal(object)
    #: A row was gone to: its optimizer and its run.
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs")
        self._ends = RunEndings(requests, self)
        self._ends.came.connect(self._show_more)
        self._facts = Facts(requests, self)
        self._facts.came.connect(self._fill)
        self._theme = theme
        self._race: Trajectories | None = None
        self._filled: Trajectories | None = None
        self._step = 0
        self._chosen = ("", 0)
        self._hidden: frozenset[str] = frozenset()
        #: What stands beside the step of a run that has ended, and of one that was lost.
        self._marks: dict[bool, QIcon] = {}
        self._headed: tuple[object, ...] = ()
        self.tree = RunsTree(theme, faint=(REACHED, OUTCOME, ADVICE))
        self.tree.setObjectName("runs_table")
        self.tree.setAccessibleName(self.tr("Runs"))
        self._set_up_columns()
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.itemSelectionChanged.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READABLE)
        self._timer.timeout.connect(self._fill)

    def _set_up_columns(self) -> None:
        titles = first_titles()
        head = self.tree.headerItem()
        self.tree.setColumnCount(len(titles))
        self._show_titles(titles)
        for column in NUMBERS:
            head.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.tree.setItemDelegateForColumn(POSITION, PositionTips(self.tree))
        self.widths = RunWidths(self.tree, self._theme)
        self._measure_anew()
        for column in (ADVICE, REACHED, *self.widths.absent):
            self.tree.setColumnHidden(column, True)
        self.tree.header().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.header().customContextMenuRequested.connect(self._pop_up_columns)
        for place, column in enumerate(ORDER):
            self.tree.header().moveSection(self.tree.header().visualIndex(column), place)
        self.tree.resized.connect(self._share_width)
        self.tree.setSortingEnabled(True)
        self.tree.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def _show_titles(self, titles: Titles) -> None:
        head = self.tree.headerItem()
        for column, (title, tip) in titles.items():
            head.setText(column, title)
            head.setToolTip(column, tip)

    def _measure_anew(self) -> None:
        race = self._race
        dimension = 2 if race is None else race.objective.dimension
        position = ("(−0.00000)", "(−0.0000, −0.00000)", "|θ| = 0.000e−00")[min(dimension, 3) - 1]
        self.widths.begin(position, 0 if race is None else race.planned)
        self._share_width()

    def _share_width(self) -> None:
        self.widths.share(self._rows())

    @property
    def wishes(self) -> dict[str, bool]:
        """The columns that a person shows or hides, by name; of the others as many are shown as there is room for."""
        return self.widths.wishes

    @wishes.setter
    def wishes(self, wishes: dict[str, bool]) -> None:
        self.widths.wishes = wishes
        self._share_width()

    def columns_menu(self) -> QMenu:
        """What shows and hides columns."""
        head = self.tree.headerItem()
        titles = {column: head.text(column) for column in ORDER if column in MORE and column not in self.widths.absent}
        return columns_menu(
            self, titles, lambda c: not self.tree.isColumnHidden(c), self._show_column, lambda: self._show_column(None)
        )

    def _pop_up_columns(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.header().mapToGlobal(at))

    def _show_column(self, column: int | None, shown: bool = True) -> None:
        """Show a column, or hide it, whatever room there is; None goes by the room with all."""
        self.widths.wish(column, shown)
        self._share_width()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._marks = {lost: ended_icon(theme, lost) for lost in (False, True)}
        self.tree.set_theme(theme)
        for row in self._rows():
            row.setIcon(NAME, swatch(row.key, theme))
            for each in (row, *(row.child(i) for i in range(row.childCount()))):
                if isinstance(each, Row):
                    each.forget()
        self._filled = None
        self._soon()
        self.tree.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        self.widths.set_theme(theme)
        self._measure_anew()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        before = self._race
        self._race = race
        keys = list(race.ids)
        self._ends.set_race(race)
        if before is None or before.runs != race.runs or list(before.ids) != keys:
            self._build(keys, race.runs)
        if before is None or kind_of(before) != kind_of(race):
            self._measure_anew()
        headed = headed_by(race)
        if headed != self._headed:  # while the start is dragged it is the same for race after race
            self._headed = headed
            self._show_heads(race)
        self._want_outcomes()
        for row in self._rows():
            row.show_name(race)
            self._show_advice(row, None)
        self._share_width()
        self._soon()

    def _show_heads(self, race: Trajectories) -> None:
        """The columns that a race has, and what they and the rows are called."""
        model = hasattr(race.objective, "is_classes")
        # of most models, and of what is typed, no bottom is known
        known = race.objective.maxima if race.ascent else race.objective.minima
        held_out_known = getattr(race.objective, "held_out", None) is not None
        several = race.runs > 1
        present = {TRAIN: model, HELD_OUT: held_out_known, DISTANCE: known, BEST: several, MEDIAN: several}
        self.widths.absent = {column for column, is_there in present.items() if not is_there}
        self.tree.setColumnHidden(REACHED, not several)
        self._show_titles(titles_of(race))
        self._share_width()

    def set_step(self, step: int) -> None:
        """Show a step."""
        self._step = step
        self._soon()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        for row in self._rows():
            row.setHidden(row.key in hidden)

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely: a restart is unfolded, and told of in its optimizer's row if it is
        not listed.
        """
        self._chosen = (key, run)
        self.tree.blockSignals(True)
        for row in self._rows():
            is_chosen = row.key == key
            listed = self._listed(row, run) if is_chosen and run else None
            unlisted = run if is_chosen and listed is None else 0
            if row.shown != unlisted:
                row.shown = unlisted
                if self._race is not None:
                    row.show_name(self._race)
                self._soon()
            if is_chosen:
                self.tree.setCurrentItem(listed or row)
            row.set_chosen(is_chosen and listed is None)
            for i in range(row.childCount()):
                child = row.child(i)
                if isinstance(child, Row):
                    child.set_chosen(child is listed)
        self.tree.blockSignals(False)

    def _listed(self, row: Row, run: int) -> QTreeWidgetItem | None:
        """The row of a restart, unfolded; None if there are too many for that."""
        if self._race is None or run >= min(self._race.runs, _MOST_LISTED + 1):
            return None
        self._unfold(row)
        row.setExpanded(True)
        return row.child(run - 1)

    def set_advice(self, advice: dict[int, Advice]) -> None:
        """Offer what to try, by place in the race."""
        for row in self._rows():
            self._show_advice(row, advice.get(row.place))
        self._show_offers()

    def set_trying(self, places: frozenset[int]) -> None:
        """Say of which optimizers, by place in the race, one is finding out what helps."""
        for row in self._rows():
            self._show_advice(row, row.advice, row.place in places)
        self._show_offers()

    def set_stale(self, stale: bool) -> None:
        """What is offered for a race that is out of date cannot be taken."""
        for row in self._rows():
            if (button := self.tree.itemWidget(row, ADVICE)) is not None:
                button.setEnabled(not stale)

    def _show_offers(self) -> None:
        offered = any(row.advice or row.trying for row in self._rows())
        self.tree.setColumnHidden(ADVICE, not offered)
        self._share_width()

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()
        self._ends.stop()
        self._facts.stop()

    def sizeHint(self) -> QSize:
        """Room for half a dozen optimizers."""
        return QSize(700, 210)

    def _choose(self) -> None:
        row = next(iter(self.tree.selectedItems()), None)
        if isinstance(row, Row):
            self.run_chosen.emit(row.key, row.run)

    def _rows(self) -> list[Row]:
        items = [self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount())]
        return [item for item in items if isinstance(item, Row)]

    def _build(self, keys: list[str], runs: int) -> None:
        # rows that come and go choose nothing
        self.tree.blockSignals(True)
        self.tree.clear()
        self.widths.forget_ends()
        for place, key in enumerate(keys):
            row = Row(place, 0, key)
            row.setIcon(NAME, swatch(key, self._theme))
            self.tree.addTopLevelItem(row)
            # a row that is in no tree yet cannot be hidden
            row.setHidden(key in self._hidden)
            if runs > 1:
                row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self.tree.blockSignals(False)
        self.set_chosen(*self._chosen)

    def _unfold(self, row: QTreeWidgetItem) -> None:
        """List the restarts, which most people never look at, when they are asked for."""
        if self._race is None or not isinstance(row, Row):
            return
        for run in range(row.childCount() + 1, min(self._race.runs, _MOST_LISTED + 1)):
            child = Row(row.place, run, row.key)
            child.show_name(self._race)
            row.addChild(child)
        self._ends.want(row.place, min(self._race.runs, _MOST_LISTED + 1))
        self._soon()

    def _want_outcomes(self) -> None:
        """Of the rows that are unfolded, each restart's."""
        for row in self._rows():
            if row.isExpanded():
                self._ends.want(row.place, row.childCount() + 1)

    def _soon(self) -> None:
        # the first race is seen before its numbers are read
        if self._race is not None and not self._timer.isActive():
            self._timer.start()

    def _fill(self) -> None:
        race = self._race
        if race is None:
            return
        step = min(self._step, race.steps)
        rows = self._rows()
        listed = 1 + max((max(row.shown, row.childCount() if row.isExpanded() else 0) for row in rows), default=0)
        facts = self._facts.at(race, step, listed)
        step = facts.step
        self.tree.setSortingEnabled(False)
        # no text changes the height of its row, which the tree would find out for each: it is drawn once
        quiet = QSignalBlocker(self.tree.model())
        for row in rows:
            row.show_run(race, step, facts.of_runs)
            row.show_restarts(facts.of_all)
            self._show_end(row, race, step)
            if row.isExpanded():
                for i in range(row.childCount()):
                    child = row.child(i)
                    if isinstance(child, Row):
                        child.show_run(race, step, facts.of_runs)
                        self._show_end(child, race, step)
        self._share_width()
        quiet.unblock()
        now = self.tr("At step {step}").format(step=step)
        end = self.tr("At the end, step {step}").format(step=race.steps)
        self.tree.bands.set_bands([(NOW, now), (END, end), (MORE, now)])
        if race is not self._filled and (race.runs == 1 or self._ends.reached is not None):
            self._filled = race
            self._show_aim(race)
        self.tree.viewport().update()
        self.tree.setSortingEnabled(True)

    def _show_end(self, row: Row, race: Trajectories, step: int) -> None:
        """How a run ends, or all of an optimizer's; whether it has, at the step that is shown."""
        o, r = row.place, row.shown
        ended = step >= int(race.ended[o, r])
        mark = self._marks.get(race.is_lost(o, r)) if ended else None
        row.show_mark(mark, self.tr("It has ended.") if ended else "")
        if race.runs == 1:
            row.show_end(self._ends.outcome(o, r), ended, race.steps, self._theme)
        elif row.run:
            row.show_end(self._ends.outcome(o, r), ended, race.steps, self._theme)
            row.show_reached(self._ends.reached)
        else:
            last = int(race.ended[o].max())
            groups, reached = self._ends.tally(o) or self._ends.rough_tally(o), self._ends.reached
            if groups is not None and reached is not None:
                row.show_ends(reached, groups, (last, step >= last), race.steps, self._theme)
            row.show_reached(reached)

    def _show_aim(self, race: Trajectories) -> None:
        if race.runs > 1:
            from gdsim.desktop.text.reached_phrases import aim_text, aim_tip

            self.tree.headerItem().setText(REACHED, aim_text(race.reached))
            self.tree.headerItem().setToolTip(REACHED, aim_tip(race.reached))

    def _show_more(self, _: int) -> None:
        """More is known of how runs end."""
        self._soon()

    def _show_advice(self, row: Row, advice: Advice | None, trying: bool = False) -> None:
        if (advice, trying) == (row.advice, row.trying):
            return
        from gdsim.desktop.views.runs.advice_cell import show_advice, show_trying

        row.advice, row.trying = advice, trying
        if trying:
            show_trying(row, ADVICE, self._theme)
        else:
            show_advice(row, ADVICE, row.key, advice, self.advice_taken.emit)
