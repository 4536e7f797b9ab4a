"""The table of runs."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.advice_cell import advice_width, show_advice
from gdsim.desktop.drawing.legend import swatch
from gdsim.desktop.numbers import show
from gdsim.desktop.style import Theme
from gdsim.desktop.words import advice_text, is_of_weights, optimizer_text, outcome_text
from gdsim.objectives.base import Array
from gdsim.simulation.advice import Advice, Found
from gdsim.simulation.ground import Ground
from gdsim.simulation.outcomes import Kind, Outcome
from gdsim.simulation.trajectories import Trajectories

NAME, STEP, LOSS, OUTCOME, ADVICE, POSITION, GRADIENT, DISTANCE, BEST, MEDIAN, TRAIN, HELD_OUT = range(12)
#: Numbers that change faster than this, in milliseconds, cannot be read.
_READABLE = 90
#: More restarts than these are summed up, not listed.
_MOST_LISTED = 200
#: Of many coordinates so many are shown.
_MOST_COORDINATES = 8


class RunsView(QWidget):
    """Every optimizer's run from the start point, with the restarts folded under it."""

    advice_taken = Signal(object)
    #: A row was gone to: its optimizer and its run.
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs")
        self._theme = theme
        self._race: Trajectories | None = None
        self._filled: Trajectories | None = None
        self._step = 0
        self._chosen = ("", 0)
        self._hidden: frozenset[str] = frozenset()
        #: How wide the columns are by themselves.
        self._widths: dict[int, int] = {}
        #: And how wide what is said of the ends.
        self._said = 0
        self.tree = QTreeWidget()
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
            NAME: (self.tr("Optimizer"), self.tr("The update rule; unfold it to see every restart.")),
            STEP: (self.tr("Step"), self.tr("The step that is shown; a run that has ended stays at its last.")),
            POSITION: (self.tr("Position"), self.tr("Where the run from the start point is.")),
            LOSS: (self.tr("Loss f"), self.tr("The value of the function there.")),
            GRADIENT: ("|∇f|", self.tr("The length of the gradient there: 0 on flat ground.")),
            DISTANCE: self._distance_titles(ascent=False),
            BEST: self._best_titles(ascent=False),
            MEDIAN: (self.tr("Median"), self.tr("The median loss over all restarts.")),
            OUTCOME: (self.tr("Outcome"), self.tr("How the run ends.")),
            TRAIN: self._score_titles(classes=False)[0],
            HELD_OUT: self._score_titles(classes=False)[1],
            ADVICE: ("", self.tr("What was tried out and helps: press to take it.")),
        }
        self.tree.setColumnCount(len(titles))
        for column, (title, tip) in titles.items():
            self.tree.headerItem().setText(column, title)
            self.tree.headerItem().setToolTip(column, tip)
            if column not in (NAME, OUTCOME, ADVICE):
                self.tree.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        self.tree.setUniformRowHeights(False)
        self.tree.setAlternatingRowColors(False)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.tree.header().setSectionsMovable(False)
        self.tree.header().setStretchLastSection(True)
        self.tree.header().setMinimumSectionSize(40)
        self._fit_columns()
        self.tree.setColumnHidden(ADVICE, True)
        # beside the loss, where a model has them
        for column in (TRAIN, HELD_OUT):
            self.tree.setColumnHidden(column, True)
            self.tree.header().moveSection(self.tree.header().visualIndex(column), column - TRAIN + LOSS + 1)
        self.tree.setSortingEnabled(True)
        self.tree.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def _distance_titles(self, ascent: bool) -> tuple[str, str]:
        if ascent:
            return self.tr("To maximum"), self.tr("Distance to the nearest known maximum.")
        return self.tr("To minimum"), self.tr("Distance to the nearest known minimum.")

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
        width = self.fontMetrics().horizontalAdvance
        self._said = 0
        for column, sample in {
            NAME: "Gradient descent" + 4 * "m",
            STEP: "000000",
            POSITION: self._position_sample,
            LOSS: "−0.000e−00",
            GRADIENT: "0.000e−00",
            DISTANCE: max(self.tr("To minimum"), self.tr("To maximum"), key=width) + "m",
            BEST: "−0.000e−00",
            MEDIAN: "−0.000e−00",
            TRAIN: "−0.000e−00",
            HELD_OUT: max(self.tr("Held out") + "m", "−0.000e−00", key=width),
            OUTCOME: outcome_text(Outcome(Kind.CONVERGED, 8888, Ground.GLOBAL_MINIMUM)),
            ADVICE: advice_text(Advice("", Found.ARRIVES, (("learning_rate", 0.0005),))),
        }.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self._widths[column] = width(sample) + 10
            header.resizeSection(column, self._widths[column])
        self._fit_advice()
        self._share_width()

    @property
    def _position_sample(self) -> str:
        dimension = 2 if self._race is None else self._race.objective.dimension
        return ("(−0.00000)", "(−0.0000, −0.00000)", "|θ| = 0.000e−00")[min(dimension, 3) - 1]

    def _fit_advice(self) -> None:
        """As wide as what is offered."""
        if wide := advice_width(self._rows(), ADVICE):
            self._widths[ADVICE] = wide
            self.tree.header().resizeSection(ADVICE, wide)

    def _share_width(self) -> None:
        """How a run ends takes what the numbers leave, and is never cut: sooner are they out of sight."""
        header, width = self.tree.header(), self.fontMetrics().horizontalAdvance
        seen = [column for column in self._widths if not self.tree.isColumnHidden(column) and column != OUTCOME]
        # the last one is stretched
        last = max(seen, key=header.visualIndex)
        room = self.tree.viewport().width() - sum(
            self._widths[column] if column == last else header.sectionSize(column) for column in seen
        )
        # a column that breathes cannot be read: it grows with what is said, and does not shrink again
        self._said = max([self._said, *(width(row.text(OUTCOME)) + 10 for row in self._rows())])
        wanted = max(self._said, min(room, self._widths[OUTCOME]))
        if header.sectionSize(OUTCOME) != wanted:
            header.resizeSection(OUTCOME, wanted)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for row in self._rows():
            row.setIcon(NAME, swatch(row.key, theme))
        self.tree.setIconSize(QSize(theme.pixels(14), theme.pixels(14)))
        self._fit_columns()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        before = self._race
        self._race = race
        keys = list(race.ids)
        if before is None or before.runs != race.runs or list(before.ids) != keys:
            self._build(keys, race.runs)
        if before is None or _kind_of(before) != _kind_of(race):
            self._fit_columns()
        head = self.tree.headerItem()
        head.setText(GRADIENT, "|f′|" if race.objective.dimension == 1 else "|∇f|")
        titles = {DISTANCE: self._distance_titles(race.ascent), BEST: self._best_titles(race.ascent)}
        model = hasattr(race.objective, "is_classes")
        train, held_out = self._score_titles(getattr(race.objective, "is_classes", False))
        titles |= {TRAIN: train, HELD_OUT: held_out}
        self.tree.setColumnHidden(TRAIN, not model)
        self.tree.setColumnHidden(HELD_OUT, getattr(race.objective, "held_out", None) is None)
        # of most models, and of what is typed, no bottom is known
        known = race.objective.maxima if race.ascent else race.objective.minima
        self.tree.setColumnHidden(DISTANCE, not known)
        for column in (BEST, MEDIAN):
            self.tree.setColumnHidden(column, race.runs == 1)
        self._share_width()
        for column, (title, tip) in titles.items():
            head.setText(column, title)
            head.setToolTip(column, tip)
        for row in self._rows():
            row.setText(NAME, optimizer_text(row.key, race.ascent))
            self._show_advice(row, None)
        self._soon()

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
        """Mark the run that is looked at closely; its optimizer, where it is not listed."""
        self._chosen = (key, run)
        row = next((row for row in self._rows() if row.key == key), None)
        if row is None:
            return
        listed = row.child(run - 1) if row.isExpanded() else None
        self.tree.blockSignals(True)
        self.tree.setCurrentItem(listed or row)
        self.tree.blockSignals(False)

    def set_advice(self, advice: dict[int, Advice]) -> None:
        """Offer what to try, by place in the race."""
        for row in self._rows():
            self._show_advice(row, advice.get(row.place))
        self.tree.setColumnHidden(ADVICE, not advice)
        self._fit_advice()
        self._share_width()

    def stop(self) -> None:
        """Show nothing more."""
        self._timer.stop()

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
            child.setText(NAME, self.tr("restart {number}").format(number=run))
            row.addChild(child)
        self._soon()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _fill(self) -> None:
        race = self._race
        if race is None:
            return
        step = min(self._step, race.steps)
        facts = {
            "loss": race.losses[step],
            "gradient": race.gradient_norms(step),
            "distance": race.distances(step),
            **_scores(race, step),
        }
        self.tree.setSortingEnabled(False)
        # no text changes the height of its row, which the tree would find out for each: it is drawn once
        quiet = QSignalBlocker(self.tree.model())
        for row in self._rows():
            row.show_run(race, step, facts)
            row.show_restarts(race, step)
            if row.isExpanded():
                for i in range(row.childCount()):
                    child = row.child(i)
                    if isinstance(child, Row):
                        child.show_run(race, step, facts)
        quiet.unblock()
        if race is not self._filled:
            self._filled = race
            self._share_width()
        self.tree.viewport().update()
        self.tree.setSortingEnabled(True)

    def _show_advice(self, row: Row, advice: Advice | None) -> None:
        if advice == row.advice:
            return
        row.advice = advice
        show_advice(row, ADVICE, row.key, advice, self.advice_taken.emit)


def _kind_of(race: Trajectories) -> tuple[str, int]:
    """What the widths of columns go by."""
    return race.objective.title, race.objective.dimension


def _scores(race: Trajectories, step: int) -> dict[str, Array]:
    """How well every run of a model does at a step, ``(optimizers, runs)``, by part of the examples."""
    if not hasattr(race.objective, "is_classes"):
        return {}
    from gdsim.simulation.fits import score

    theta = race.positions[step].swapaxes(0, 1)
    return {part: score(race.objective, theta, part) for part in ("train", "held_out")}  # type: ignore[arg-type]


def position_text(point: Array) -> str:
    """All coordinates, or the first of many."""
    shown = [show(float(x)) for x in point[:_MOST_COORDINATES]]
    return f"({', '.join(shown)}{', …' if len(point) > len(shown) else ''})"


class Row(QTreeWidgetItem):
    """One run; sorts by what its texts mean."""

    def __init__(self, place: int, run: int, key: str) -> None:
        super().__init__()
        self.place, self.run, self.key = place, run, key
        self.advice: Advice | None = None
        self._values: dict[int, Any] = {}
        self._race: Trajectories | None = None
        self._outcome = Outcome(Kind.OUT_OF_STEPS, 0)
        if run == 0:
            self.setText(NAME, optimizer_text(key))
            self._values[NAME] = place
        else:
            self._values[NAME] = run
        for column in (STEP, POSITION, LOSS, GRADIENT, DISTANCE, BEST, MEDIAN, TRAIN, HELD_OUT):
            self.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_run(self, race: Trajectories, step: int, facts: dict[str, Any]) -> None:
        """The numbers of this run at a step."""
        o, r = self.place, self.run
        reached = min(step, int(race.ended[o, r]))
        self._put(STEP, reached, str(reached))
        point = race.positions[step, o, :, r]
        position = position_text(point)
        if len(point) > 2:
            with np.errstate(over="ignore"):
                length = float(np.linalg.norm(point))
            self._put(POSITION, length, f"|{'θ' if is_of_weights(race.objective) else 'x'}| = {show(length)}")
        else:
            self._put(POSITION, tuple(point), position)
        self.setToolTip(POSITION, position)
        for column, name in ((LOSS, "loss"), (GRADIENT, "gradient"), (DISTANCE, "distance")):
            value = float(facts[name][o, r])
            self._put(column, value, show(value))
        if race is not self._race:  # how a run ends takes its curvature: once a race is enough
            self._race, self._outcome = race, race.outcome(o, r)
        for column, name in ((TRAIN, "train"), (HELD_OUT, "held_out")):
            if name in facts:
                value = float(facts[name][o, r])
                share = race.objective.is_classes  # type: ignore[attr-defined]
                self._put(column, value, f"{100 * value:.1f} %" if share and value == value else show(value))
        outcome = self._outcome
        sentence = outcome_text(outcome)
        # the advice after the colon has a button of its own
        self._put(OUTCOME, (outcome.kind, outcome.step), sentence.partition(":")[0])
        self.setToolTip(OUTCOME, sentence)

    def show_restarts(self, race: Trajectories, step: int) -> None:
        """Best and median over all runs of the optimizer; lost runs count as infinitely bad."""
        losses = race.losses[step, self.place].copy()
        lost = np.isin(race.kinds[self.place], [Kind.DIVERGED, Kind.LEFT_DOMAIN]) & (race.ended[self.place] <= step)
        losses[lost] = -np.inf if race.ascent else np.inf
        best = np.max(losses) if race.ascent else np.min(losses)
        for column, value in ((BEST, float(best)), (MEDIAN, float(np.median(losses)))):
            self._put(column, value, show(value) if race.runs > 1 else "")

    def _put(self, column: int, value: Any, text: str) -> None:
        self._values[column] = value
        if self.text(column) != text:
            self.setText(column, text)

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        column = self.treeWidget().sortColumn()
        if not isinstance(other, Row) or column < 0:
            return False
        mine, theirs = self._values.get(column), other._values.get(column)
        if mine is None or theirs is None or mine == theirs:
            return self.place < other.place
        return bool(mine < theirs)
