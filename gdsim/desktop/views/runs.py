"""The table of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.drawing.ended import ended_icon
from gdsim.desktop.drawing.legend import swatch
from gdsim.desktop.drawing.runs_tree import RunsTree
from gdsim.desktop.ends import Ends
from gdsim.desktop.errands import Errands
from gdsim.desktop.run_columns import NAMES, columns_menu, shown_columns
from gdsim.desktop.run_facts import Facts
from gdsim.desktop.run_row import (
    ADVICE,
    BEST,
    DISTANCE,
    END,
    GRADIENT,
    HELD_OUT,
    LOSS,
    MEDIAN,
    MORE,
    NAME,
    NOW,
    NUMBERS,
    ORDER,
    OUTCOME,
    POSITION,
    REACHED,
    STEP,
    TRAIN,
    Row,
)
from gdsim.desktop.style import Theme
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice import Advice

#: Numbers that change faster than this, in milliseconds, cannot be read.
_READABLE = 90
#: So broad is what is said of the ends at least, in pixels.
_LEAST_SAID = 120
#: And so broad it is enough for the groups of many runs.
_ENOUGH_SAID = 320
#: More restarts than these are summed up, not listed.
_MOST_LISTED = 200


class RunsView(QWidget):
    """Every optimizer's run from the start point, with the restarts folded under it."""

    advice_taken = Signal(object)
    #: A row was gone to: its optimizer and its run.
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs")
        self._ends = Ends(errands, self)
        self._ends.came.connect(self._show_more)
        self._facts = Facts(errands, self)
        self._facts.came.connect(self._fill)
        self._theme = theme
        self._race: Trajectories | None = None
        self._filled: Trajectories | None = None
        self._step = 0
        self._chosen = ("", 0)
        self._hidden: frozenset[str] = frozenset()
        #: How wide the columns are by themselves.
        self._widths: dict[int, int] = {}
        #: What stands beside the step of a run that has ended, and of one that was lost.
        self._marks: dict[bool, QIcon] = {}
        #: The columns that the race has nothing for; those that a person shows or hides, by column.
        self._absent: set[int] = {TRAIN, HELD_OUT}
        self._wishes: dict[int, bool] = {}
        #: Whether anything was offered since the columns were made: room is kept for more.
        self._offered = False
        #: And how wide what is said of the ends.
        self._said = 0
        #: What the width of the names, and the columns were made for.
        self._names: list[str] = []
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
        titles = {
            NAME: (
                self.tr("Optimizer"),
                self.tr("The update rule; unfold it to see every restart. A right click here shows or hides columns."),
            ),
            STEP: (self.tr("Step"), self.tr("The step that is shown; a run that has ended stays at its last.")),
            POSITION: (self.tr("Position"), self.tr("Where the run from the start point is.")),
            LOSS: (self.tr("Loss f"), self.tr("The value of the function there.")),
            GRADIENT: ("|∇f|", self.tr("The length of the gradient there: 0 on flat ground.")),
            DISTANCE: self._distance_titles(ascent=False),
            BEST: self._best_titles(ascent=False),
            MEDIAN: (self.tr("Median"), self.tr("The median loss over all restarts.")),
            REACHED: (self.tr("Global minimum"), ""),
            OUTCOME: self._outcome_titles(several=False),
            TRAIN: self._score_titles(classes=False)[0],
            HELD_OUT: self._score_titles(classes=False)[1],
            ADVICE: ("", self.tr("What was tried out and helps: press to take it.")),
        }
        self.tree.setColumnCount(len(titles))
        for column, (title, tip) in titles.items():
            self.tree.headerItem().setText(column, title)
            self.tree.headerItem().setToolTip(column, tip)
            if column in NUMBERS:
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                self.tree.headerItem().setTextAlignment(column, right)
        self.tree.setUniformRowHeights(False)
        self.tree.setAlternatingRowColors(False)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.header().setSectionsMovable(False)
        self.tree.header().setStretchLastSection(True)
        self.tree.header().setMinimumSectionSize(40)
        self._fit_columns()
        for column in (ADVICE, REACHED, *self._absent):
            self.tree.setColumnHidden(column, True)
        self.tree.header().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.header().customContextMenuRequested.connect(self._pop_up_columns)
        for place, column in enumerate(ORDER):
            self.tree.header().moveSection(self.tree.header().visualIndex(column), place)
        self.tree.setSortingEnabled(True)
        self.tree.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def _distance_titles(self, ascent: bool) -> tuple[str, str]:
        if ascent:
            return self.tr("To maximum"), self.tr("Distance to the nearest known maximum.")
        return self.tr("To minimum"), self.tr("Distance to the nearest known minimum.")

    def _outcome_titles(self, several: bool) -> tuple[str, str]:
        if several:
            return self.tr("Outcomes"), self.tr("How many of all runs end in which way; unfold a row to see each.")
        return self.tr("Outcome"), self.tr("How the run ends.")

    def _score_titles(self, classes: bool) -> tuple[tuple[str, str], tuple[str, str]]:
        """Of the column for what is trained on, and of that for what is held out."""
        if classes:
            train = self.tr("Right"), self.tr("The share of the examples it is trained on that it tells right.")
            return train, (self.tr("Held out"), self.tr("The share of the held-out examples that it tells right."))
        train = self.tr("Error"), self.tr("The mean squared error on the examples it is trained on.")
        return train, (self.tr("Held out"), self.tr("The mean squared error on the held-out examples."))

    def _best_titles(self, ascent: bool) -> tuple[str, str]:
        highest, lowest = self.tr("The highest f over all restarts."), self.tr("The lowest loss over all restarts.")
        return self.tr("Best"), highest if ascent else lowest

    def _fit_columns(self) -> None:
        """Widths are fixed: columns that breathe with their numbers cannot be read."""
        header = self.tree.header()
        width = self._bold_metrics.horizontalAdvance
        self._said, self._offered = 0, False
        around = self._around
        converged = QCoreApplication.translate("Outcome", "converged at step {step} to a global minimum")
        offered = QCoreApplication.translate("Advice", "try {changes}")
        for column, sample in {
            NAME: "Gradient descent",
            STEP: "0" * self._step_digits,
            POSITION: self._position_sample,
            LOSS: "−0.000e−00",
            GRADIENT: "0.000e−00",
            DISTANCE: max(self.tr("To minimum"), self.tr("To maximum"), key=width) + "m",
            BEST: "−0.000e−00",
            MEDIAN: "−0.000e−00",
            TRAIN: "−0.000e−00",
            HELD_OUT: max(self.tr("Held out") + "m", "−0.000e−00", key=width),
            REACHED: max(self.tr("Global minimum"), self.tr("Global maximum"), key=width),
            OUTCOME: converged.format(step=8888),
            ADVICE: offered.format(changes="η = 0.0005"),
        }.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self._widths[column] = width(sample) + around.get(column, self._theme.pixels(10))
            header.resizeSection(column, self._widths[column])
        self._names = []
        self._fit_names()
        self._fit_advice()
        self._share_width()

    def _fit_names(self) -> None:
        """As wide as the longest name, within reason; it does not shrink again, or it would breathe with an η."""
        names = [row.text(NAME) for row in self._rows()]
        if names == self._names:
            return
        self._names = names
        width = self._bold_metrics.horizontalAdvance
        wanted = min(max([width(name) for name in names], default=0), 20 * width("m")) + self._around[NAME]
        if wanted > self._widths[NAME]:
            self._widths[NAME] = wanted
            self.tree.header().resizeSection(NAME, wanted)
            self._share_width()

    @property
    def _around(self) -> dict[int, int]:
        """What stands in the cells of a column besides its text, in pixels."""
        px = self._theme.pixels
        icon = px(14) + px(4)
        return {NAME: icon + self.tree.indentation() + px(10), STEP: icon + px(10)}

    @property
    def _step_digits(self) -> int:
        return 3 if self._race is None else max(3, len(str(self._race.planned)))

    @property
    def _position_sample(self) -> str:
        dimension = 2 if self._race is None else self._race.objective.dimension
        return ("(−0.00000)", "(−0.0000, −0.00000)", "|θ| = 0.000e−00")[min(dimension, 3) - 1]

    def _fit_advice(self) -> None:
        """As wide as what is offered."""
        if not any(row.advice for row in self._rows()):
            return
        from gdsim.desktop.advice_cell import advice_width

        if wide := advice_width(self._rows(), ADVICE):
            self._widths[ADVICE] = wide
            self.tree.header().resizeSection(ADVICE, wide)

    def _share_width(self) -> None:
        """Divide the width: how the runs end takes what the numbers leave, and what is less needed goes out of sight.

        Only where there is no room for it beside what one cannot do without is it cut.
        """
        metrics, header = self._bold_metrics, self.tree.header()
        # a column that breathes cannot be read: it grows with what is said, and does not shrink again
        self._said = max([self._said, *(metrics.horizontalAdvance(row.end) + 10 for row in self._rows())])
        sizes = {column: self._size(column) for column in ORDER if column in MORE and column not in self._absent}
        needed = [c for c in self._widths if c not in (OUTCOME, *MORE) and not self.tree.isColumnHidden(c)]
        most = self.tree.viewport().width() - sum(self._size(column) for column in needed)
        offers = self._widths[ADVICE] if self._offered and self.tree.isColumnHidden(ADVICE) else 0
        # of many runs it can be told in fewer words, and then best and median stand beside it
        beside = sum(sizes.get(column, 0) for column in (BEST, MEDIAN) if self._wishes.get(column, True))
        enough = most - offers - beside >= self._theme.pixels(_ENOUGH_SAID)
        wanted = min(max(self._said, self._widths[OUTCOME]), most - offers - (beside if enough else 0))
        wanted = max(wanted, _LEAST_SAID)
        shown = shown_columns(sizes, most - offers - wanted, self._wishes)
        for column in MORE:
            if self.tree.isColumnHidden(column) == (column in shown):
                self.tree.setColumnHidden(column, column not in shown)
        wanted = max(wanted, most - sum(sizes[column] for column in shown))
        if header.sectionSize(OUTCOME) != wanted:
            header.resizeSection(OUTCOME, wanted)
        self._fit_ends(metrics, wanted)

    def _size(self, column: int) -> int:
        """How wide a column is, or would be; the last one is stretched."""
        header = self.tree.header()
        last = header.visualIndex(column) == max(header.visualIndex(c) for c in ORDER if not header.isSectionHidden(c))
        return self._widths[column] if last or header.isSectionHidden(column) else header.sectionSize(column)

    def _fit_ends(self, metrics: QFontMetrics, room: int) -> None:
        for row in self._rows():
            row.fit_end(metrics, room)
            for i in range(row.childCount() if row.isExpanded() else 0):
                child = row.child(i)
                if isinstance(child, Row):
                    child.fit_end(metrics, room)

    # --- which columns are shown

    @property
    def wishes(self) -> dict[str, bool]:
        """The columns that a person shows or hides, by name; of the others as many are shown as there is room for."""
        return {NAMES[column]: shown for column, shown in self._wishes.items()}

    @wishes.setter
    def wishes(self, wishes: dict[str, bool]) -> None:
        self._wishes = {column: wishes[name] for column, name in NAMES.items() if name in wishes}
        self._share_width()

    def columns_menu(self) -> QMenu:
        """What shows and hides columns."""
        head = self.tree.headerItem()
        titles = {column: head.text(column) for column in ORDER if column in MORE and column not in self._absent}
        return columns_menu(
            self, titles, lambda c: not self.tree.isColumnHidden(c), self._show_column, lambda: self._show_column(None)
        )

    def _pop_up_columns(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tree.header().mapToGlobal(at))

    def _show_column(self, column: int | None, shown: bool = True) -> None:
        """Show a column, or hide it, whatever room there is; None goes by the room with all."""
        self._wishes = {} if column is None else self._wishes | {column: shown}
        self._share_width()

    @property
    def _bold_metrics(self) -> QFontMetrics:
        """The chosen run is written in bold, which needs more room."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font)

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
        self._fit_columns()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        before = self._race
        self._race = race
        keys = list(race.ids)
        self._ends.set_race(race)
        if before is None or before.runs != race.runs or list(before.ids) != keys:
            self._build(keys, race.runs)
        if before is None or _kind_of(before) != _kind_of(race):
            self._fit_columns()
        headed = _headed(race)
        if headed != self._headed:  # while the start is dragged it is the same for race after race
            self._headed = headed
            self._show_heads(race)
        self._want_outcomes()
        for row in self._rows():
            row.show_name(race)
            self._show_advice(row, None)
        self._fit_names()
        self._soon()

    def _show_heads(self, race: Trajectories) -> None:
        """The columns that a race has, and what they and the rows are called."""
        head = self.tree.headerItem()
        head.setText(GRADIENT, "|f′|" if race.objective.dimension == 1 else "|∇f|")
        titles = {DISTANCE: self._distance_titles(race.ascent), BEST: self._best_titles(race.ascent)}
        model = hasattr(race.objective, "is_classes")
        train, held_out = self._score_titles(getattr(race.objective, "is_classes", False))
        titles |= {TRAIN: train, HELD_OUT: held_out, OUTCOME: self._outcome_titles(race.runs > 1)}
        # of most models, and of what is typed, no bottom is known
        known = race.objective.maxima if race.ascent else race.objective.minima
        held_out_known = getattr(race.objective, "held_out", None) is not None
        several = race.runs > 1
        present = {TRAIN: model, HELD_OUT: held_out_known, DISTANCE: known, BEST: several, MEDIAN: several}
        self._absent = {column for column, is_there in present.items() if not is_there}
        self.tree.setColumnHidden(REACHED, not several)
        for column, (title, tip) in titles.items():
            head.setText(column, title)
            head.setToolTip(column, tip)
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
                    self._fit_names()
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

    def _show_offers(self) -> None:
        offered = any(row.advice or row.trying for row in self._rows())
        self.tree.setColumnHidden(ADVICE, not offered)
        self._offered = self._offered or offered
        self._fit_advice()
        self._share_width()

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()
        self._ends.stop()
        self._facts.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room, or less."""
        super().resizeEvent(event)
        self._share_width()

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
        self._said = 0
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
            from gdsim.desktop.reached_words import aim_text, aim_tip

            self.tree.headerItem().setText(REACHED, aim_text(race.reached))
            self.tree.headerItem().setToolTip(REACHED, aim_tip(race.reached))

    def _show_more(self, _: int) -> None:
        """More is known of how runs end."""
        self._soon()

    def _show_advice(self, row: Row, advice: Advice | None, trying: bool = False) -> None:
        if (advice, trying) == (row.advice, row.trying):
            return
        from gdsim.desktop.advice_cell import show_advice, show_trying

        row.advice, row.trying = advice, trying
        if trying:
            show_trying(row, ADVICE, self._theme)
        else:
            show_advice(row, ADVICE, row.key, advice, self.advice_taken.emit)


def _kind_of(race: Trajectories) -> tuple[str, int, int]:
    """What the widths of columns go by."""
    return race.objective.title, race.objective.dimension, len(str(race.planned))


def _headed(race: Trajectories) -> tuple[object, ...]:
    """What the columns and the names of rows go by."""
    objective = race.objective
    model = getattr(objective, "is_classes", None), getattr(objective, "held_out", None) is None
    known = bool(objective.maxima if race.ascent else objective.minima)
    return race.ids, race.runs, race.ascent, _kind_of(race), model, known
