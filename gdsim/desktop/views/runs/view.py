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
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.base import SceneView
from gdsim.desktop.views.runs.columns import RunColumns
from gdsim.desktop.views.runs.facts import Facts, RunFacts
from gdsim.desktop.views.runs.row import ADVICE, END, MORE, NAME, NOW, OUTCOME, RunRow
from gdsim.desktop.views.runs.titles import kind_of
from gdsim.desktop.views.runs.tree import RunsTree
from gdsim.desktop.widgets.legend import swatch
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice

#: Numbers that change faster than this, in milliseconds, cannot be read.
_READABLE = 90
#: More restarts than these are summed up, not listed.
_MOST_LISTED = 200


class RunsView(SceneView):
    """Every optimizer's run from the start point, with the restarts folded under it."""

    advice_taken = Signal(object)
    #: A row was gone to: its optimizer and its run.
    run_chosen = Signal(str, int)
    #: The run that is chosen is to be taken apart.
    explanation_wanted = Signal()

    def __init__(self, theme: Theme, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("runs")
        self._endings = RunEndings(requests, self)
        self._endings.came.connect(self._show_more)
        self._facts = Facts(requests, self)
        self._facts.came.connect(self.fill)
        #: The race whose aim stands in the title, as it is known now.
        self._aimed: Trajectories | None = None
        #: What stands beside the step of a run that has ended, and of one that was lost.
        self._marks: dict[bool, QIcon] = {}
        self.tree = RunsTree(theme, faint=(OUTCOME, ADVICE))
        self.tree.setObjectName("runs_table")
        self.tree.setAccessibleName(self.tr("Runs"))
        self.columns = RunColumns(self.tree, theme)
        self.tree.itemExpanded.connect(self._unfold)
        self.tree.itemSelectionChanged.connect(self._choose)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._pop_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READABLE)
        self._timer.timeout.connect(self.fill)
        self._apply_theme(theme)

    @property
    def shown(self) -> list[RunRow]:
        """The rows of the optimizers."""
        return self.columns.rows

    @property
    def wishes(self) -> dict[str, bool]:
        """The columns that a person shows or hides, by name; of the others as many are shown as there is room for."""
        return self.columns.wishes

    @wishes.setter
    def wishes(self, wishes: dict[str, bool]) -> None:
        self.columns.wishes = wishes

    def columns_menu(self) -> QMenu:
        """Make the menu that shows and hides columns."""
        return self.columns.menu()

    def _apply_theme(self, theme: Theme) -> None:
        self._marks = {lost: ended_icon(theme, lost) for lost in (False, True)}
        self.tree.set_theme(theme)
        self.tree.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        for row in self.shown:
            row.setIcon(NAME, swatch(row.key, theme))
            for each in (row, *row.restarts):
                each.forget()
        self._aimed = None
        self.columns.set_theme(theme, self.race)

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        race = scene.race
        if race is None:
            return
        built = scene.changed(before, "race") and self._take_race(race, None if before is None else before.race)
        if built or scene.changed(before, "hidden"):
            for row in self.shown:
                row.setHidden(row.key in scene.hidden)
        if built or scene.changed(before, "selection"):
            self._mark_selected(race, *scene.selection)
        if scene.changed(before, "stale"):
            self._allow_advice(not scene.stale)
        if scene.changed(before, "race", "step", "theme", "digits"):
            self._soon()

    def _take_race(self, race: Trajectories, before: Trajectories | None) -> bool:
        """Take another race; whether its rows are others."""
        self._endings.set_race(race)
        built = before is None or before.runs != race.runs or before.ids != race.ids
        if built:
            self._build(list(race.ids), race.runs)
        if before is None or kind_of(before) != kind_of(race):
            self.columns.measure_anew(race)
        self.columns.head(race)
        for row in self.shown:
            if row.isExpanded():
                self._endings.want(row.place, row.childCount() + 1)
            row.show_name(race)
            # what was tried for the race before says nothing of this one
            self._show_advice(row, None)
        self.columns.share_width()
        return built

    def _mark_selected(self, race: Trajectories, key: str, run: int) -> None:
        """Mark the selected run: a restart is unfolded, and named in its optimizer's row if it is not listed."""
        self.tree.blockSignals(True)
        for row in self.shown:
            is_selected = row.key == key
            listed = self._listed(race, row, run) if is_selected and run else None
            unlisted = run if is_selected and listed is None else 0
            if row.shown != unlisted:
                row.shown = unlisted
                row.show_name(race)
                self._soon()
            if is_selected:
                self.tree.setCurrentItem(listed or row)
            row.set_bold(is_selected and listed is None)
            for child in row.restarts:
                child.set_bold(child is listed)
        self.tree.blockSignals(False)

    def _listed(self, race: Trajectories, row: RunRow, run: int) -> QTreeWidgetItem | None:
        """The row of a restart, unfolded; None if there are too many for that."""
        if run >= min(race.runs, _MOST_LISTED + 1):
            return None
        self._unfold(row)
        row.setExpanded(True)
        return row.child(run - 1)

    def set_advice(self, advice: dict[int, Advice]) -> None:
        """Offer what to try, by place in the race."""
        for row in self.shown:
            self._show_advice(row, advice.get(row.place))
        self.columns.show_offers()

    def set_trying(self, places: frozenset[int]) -> None:
        """Say of which optimizers, by place in the race, one is finding out what helps."""
        for row in self.shown:
            self._show_advice(row, row.advice, row.place in places)
        self.columns.show_offers()

    def _allow_advice(self, allowed: bool) -> None:
        """Let advice be taken; what is offered for a race that is out of date cannot be."""
        for row in self.shown:
            if (button := self.tree.itemWidget(row, ADVICE)) is not None:
                button.setEnabled(allowed)

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()
        self._endings.stop()
        self._facts.stop()

    def sizeHint(self) -> QSize:
        """Room for half a dozen optimizers."""
        return QSize(700, 210)

    def _choose(self) -> None:
        row = next(iter(self.tree.selectedItems()), None)
        if isinstance(row, RunRow):
            self.run_chosen.emit(row.key, row.run)

    def row_menu(self) -> QMenu:
        """Make the menu of the row that is chosen."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        why = menu.addAction(self.tr("Why this step?"))
        why.setObjectName("why")
        why.setToolTip(self.tr("Take the update of this run apart."))
        why.triggered.connect(self.explanation_wanted)
        return menu

    def _pop_up(self, at: QPoint) -> None:
        if self.tree.itemAt(at) is not None:  # a press has chosen it
            self.row_menu().popup(self.tree.viewport().mapToGlobal(at))

    def _build(self, keys: list[str], runs: int) -> None:
        # rows that come and go choose nothing
        self.tree.blockSignals(True)
        self.tree.clear()
        self.columns.widths.forget_ends()
        for place, key in enumerate(keys):
            row = RunRow(place, 0, key)
            row.setIcon(NAME, swatch(key, self.theme))
            self.tree.addTopLevelItem(row)
            if runs > 1:
                row.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self.tree.blockSignals(False)

    def _unfold(self, row: QTreeWidgetItem) -> None:
        """List the restarts, which most people never look at, when they are asked for."""
        race = self.race
        if race is None or not isinstance(row, RunRow):
            return
        for run in range(row.childCount() + 1, min(race.runs, _MOST_LISTED + 1)):
            child = RunRow(row.place, run, row.key)
            child.show_name(race)
            row.addChild(child)
        self._endings.want(row.place, min(race.runs, _MOST_LISTED + 1))
        self._soon()

    def _soon(self) -> None:
        # the first race is seen before its numbers are read
        if self.race is not None and not self._timer.isActive():
            self._timer.start()

    def fill(self) -> None:
        """Show the numbers of the step, as far as they are known."""
        if self.scene is None or self.race is None:
            return
        race, rows = self.race, self.shown
        listed = 1 + max((max(row.shown, row.childCount() if row.isExpanded() else 0) for row in rows), default=0)
        facts = self._facts.at(race, min(self.scene.step, race.steps), listed)
        self.tree.setSortingEnabled(False)
        # no text changes the height of its row, which the tree would find out for each: it is drawn once
        quiet = QSignalBlocker(self.tree.model())
        self._fill_rows(race, facts)
        self.columns.share_width()
        quiet.unblock()
        now = self.tr("At step {step}").format(step=facts.step)
        end = self.tr("At the end, step {step}").format(step=race.steps)
        self.tree.bands.set_bands([(NOW, now), (END, end), (MORE, now)])
        if race is not self._aimed and (race.runs == 1 or self._endings.reached is not None):
            self._aimed = race
            self.columns.head_reached(race)
        self.tree.viewport().update()
        self.tree.setSortingEnabled(True)

    def _fill_rows(self, race: Trajectories, facts: RunFacts) -> None:
        for row in self.shown:
            row.show_restarts(facts.of_all)
            for each in (row, *(row.restarts if row.isExpanded() else ())):
                each.show_run(race, facts.step, facts.of_runs)
                self._show_end(each, race, facts.step)

    def _show_end(self, row: RunRow, race: Trajectories, step: int) -> None:
        """Show how a run ends, or all of an optimizer's; whether it has, at the step that is shown."""
        o, r = row.place, row.shown
        ended = step >= int(race.ended[o, r])
        mark = self._marks.get(race.is_lost(o, r)) if ended else None
        row.show_mark(mark, self.tr("It has ended.") if ended else "")
        if race.runs == 1:
            row.show_end(self._endings.outcome(o, r), ended, race.steps, self.theme)
        elif row.run:
            row.show_end(self._endings.outcome(o, r), ended, race.steps, self.theme)
            row.show_reached(self._endings.reached)
        else:
            last = int(race.ended[o].max())
            groups, reached = self._endings.tally(o) or self._endings.rough_tally(o), self._endings.reached
            if groups is not None and reached is not None:
                row.show_ends(reached, groups, (last, step >= last), race.steps, self.theme)
            row.show_reached(reached)

    def _show_more(self, _: int) -> None:
        """More is known of how runs end."""
        self._soon()

    def _show_advice(self, row: RunRow, advice: Advice | None, trying: bool = False) -> None:
        if (advice, trying) == (row.advice, row.trying):
            return
        from gdsim.desktop.views.runs.advice_cell import show_advice, show_trying

        row.advice, row.trying = advice, trying
        if trying:
            show_trying(row, ADVICE, self.theme)
        else:
            show_advice(row, ADVICE, row.key, advice, self.advice_taken.emit)
