"""Widths of the columns of the table of runs, and which of them are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView

from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.runs.column_widths import shared_widths
from gdsim.desktop.views.runs.row import (
    ADVICE,
    BEST,
    HELD_OUT,
    MEDIAN,
    MORE,
    NAME,
    NUMBERS,
    ORDER,
    OUTCOME,
    REACHED,
    STEP,
    TRAIN,
    RunRow,
)
from gdsim.desktop.views.runs.shown_columns import NAMES, shown_columns
from gdsim.desktop.views.runs.tree import RunsTree

#: So broad is what is said of the ends at least, in pixels.
_LEAST_END = 120
#: And so broad it is enough for the groups of many runs.
_ENOUGH_END = 320
#: As narrow it may become beside columns that a person wants.
_LEAST_BESIDE = 60
#: A name shows so many letters at least.
_LEAST_NAME = 9
#: Around the text of a cell, and of a title, in pixels.
_CELL, _TITLE = 10, 16
#: What numbers are not wider than, mostly: columns that grow as one looks cannot be read.
_USUAL = "−0.000e−00"


class RunWidths:
    """Measures what the columns hold and divides the width among them."""

    def __init__(self, tree: RunsTree, theme: Theme) -> None:
        self._tree, self._theme = tree, theme
        #: The columns that the race has nothing for; those that a person shows or hides, by column.
        self.absent: set[int] = {TRAIN, HELD_OUT}
        self._wishes: dict[int, bool] = {}
        #: How wide the columns are by what they hold, and how long the longest text was that was measured.
        self._needs: dict[int, int] = {}
        self._longest: dict[int, int] = {}
        #: How much room cells have besides their text.
        self._rooms: dict[int, int] = {}
        #: How wide what is said of the ends is.
        self._end_width = 0
        #: Whether anything was offered since the columns were measured anew: room is kept for more.
        self._offered = False
        #: Those that a person made wider or narrower.
        self._dragged: dict[int, int] = {}
        self._sharing = False
        header = tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        for column in range(tree.columnCount()):
            fixed = column == OUTCOME  # it takes what is left
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive
            )
        header.sectionResized.connect(self._section_resized)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes of a theme."""
        self._theme = theme

    @property
    def wishes(self) -> dict[str, bool]:
        """The columns that a person shows or hides, by name; of the others as many are shown as there is room for."""
        return {NAMES[column]: shown for column, shown in self._wishes.items()}

    @wishes.setter
    def wishes(self, wishes: dict[str, bool]) -> None:
        self._wishes = {column: wishes[name] for column, name in NAMES.items() if name in wishes}

    def wish(self, column: int | None, shown: bool = True) -> None:
        """Show a column, or hide it, whatever room there is; None goes by the room with all."""
        self._wishes = {} if column is None else self._wishes | {column: shown}

    def begin(self, position: str, steps: int) -> None:
        """Measure anew: numbers are of another kind, or letters of another size.

        Parameters
        ----------
        position, steps
            A position as wide as they mostly are, and the steps of the race.
        """
        usual = {
            STEP: "0" * max(3, len(str(steps))),
            **{column: _USUAL for column in NUMBERS if column not in (STEP, REACHED)},
            MORE[-1]: position,
            NAME: "Gradient descent",
            ADVICE: QCoreApplication.translate("Advice", "try {changes}").format(changes="η = 0.0005"),
        }
        self._needs, self._longest, self._dragged, self._rooms = {}, {}, {}, {}
        self._end_width, self._offered = 0, False
        width = self._metrics.horizontalAdvance
        for column in range(self._tree.columnCount()):
            self._needs[column] = width(usual.get(column, "")) + self._around(column)
        self._measure_titles()

    def forget_ends(self) -> None:
        """Forget how runs end, of which nothing is said any more."""
        self._end_width = 0

    def share(self, rows: Sequence[RunRow]) -> None:
        """Divide the width: how the runs end takes what the numbers leave, and what is less needed goes out of sight.

        Only where there is no room for it beside what one cannot do without is it cut.
        """
        self._measure(rows)
        tree, room = self._tree, self._tree.viewport().width()
        all_sizes = self._needs | self._dragged
        sizes = {column: all_sizes[column] for column in ORDER if column in MORE and column not in self.absent}
        needed = [column for column in ORDER if column not in MORE and not tree.isColumnHidden(column)]
        most = room - sum([all_sizes[column] for column in needed if column != OUTCOME])
        offers = self._needs[ADVICE] if self._offered and tree.isColumnHidden(ADVICE) else 0
        # of many runs it can be told in fewer words, and then best and median stand beside it
        beside = sum([sizes.get(column, 0) for column in (BEST, MEDIAN) if self._wishes.get(column, True)])
        enough = most - offers - beside >= self._theme.pixels(_ENOUGH_END)
        least_end = min(_LEAST_END, max(self._end_width, 1))
        wanted = min(max(self._end_width, self._usual_end), most - offers - (beside if enough else 0))
        wanted = max(wanted, least_end)
        shown = shown_columns(sizes, most - offers - wanted, self._wishes)
        for column in MORE:
            if tree.isColumnHidden(column) == (column in shown):
                tree.setColumnHidden(column, column not in shown)
        sides = {column: all_sizes[column] for column in (NAME, *needed, *shown) if column != OUTCOME}
        least = {**sides, NAME: min(sides[NAME], self._least_name), OUTCOME: least_end}
        if any(self._wishes.get(column) for column in shown):
            least[OUTCOME] = min(least[OUTCOME], _LEAST_BESIDE)
            room = max(room, sum(least[column] for column in (OUTCOME, *sides)))  # what a person wants is not cut
        self._apply(shared_widths({OUTCOME: wanted, **sides}, least, room, OUTCOME, whole={ADVICE}))
        self._fit_ends(rows)

    @property
    def _metrics(self) -> QFontMetrics:
        """The chosen run is written in bold, which needs more room."""
        font = QFont(self._tree.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font)

    @property
    def _usual_end(self) -> int:
        text = QCoreApplication.translate("Outcome", "converged at step {step} to a global minimum")
        return self._metrics.horizontalAdvance(text.format(step=8888)) + self._around(OUTCOME)

    @property
    def _least_name(self) -> int:
        return self._metrics.horizontalAdvance("m" * _LEAST_NAME) + self._around(NAME)

    def _around(self, column: int) -> int:
        """Room in the cells of a column besides its text, in pixels."""
        # the same until all is measured anew, and asked for with every race while a hand drags
        if column not in self._rooms:
            px = self._theme.pixels
            icon = px(14) + px(4)
            beside = {NAME: icon + self._tree.indentation(), STEP: icon}
            self._rooms[column] = beside.get(column, 0) + px(_CELL)
        return self._rooms[column]

    def _measure(self, rows: Sequence[RunRow]) -> None:
        """Columns grow with what they hold and do not shrink again: one that breathes cannot be read."""
        metrics = self._metrics
        # worked out once: this is done with every race, while a hand drags
        around = self._rooms
        ends = [metrics.horizontalAdvance(row.end) + around[OUTCOME] for row in rows]
        self._end_width = max(self._end_width, *ends, 0)
        self._measure_titles()
        for row in rows:
            self._measure_cells(row, 0, metrics, around)
            for child in row.restarts if row.isExpanded() else ():
                self._measure_cells(child, self._tree.indentation(), metrics, around)
        if [row for row in rows if row.advice or row.trying]:
            from gdsim.desktop.views.runs.advice_cell import advice_width

            self._offered = True
            self._needs[ADVICE] = max(advice_width(rows, ADVICE), 1)

    def _measure_cells(self, row: RunRow, further: int, metrics: QFontMetrics, around: dict[int, int]) -> None:
        for column in (NAME, *NUMBERS):
            text = row.text(column)
            # figures are all as wide: what is shorter by two signs is no wider
            if len(text) < self._longest.get(column, 0) - 1 and column != NAME:
                continue
            self._longest[column] = max(self._longest.get(column, 0), len(text))
            needed = metrics.horizontalAdvance(text) + around[column] + (further if column == NAME else 0)
            self._needs[column] = max(self._needs[column], needed)

    def _measure_titles(self) -> None:
        head = self._tree.headerItem()
        metrics, margin = self._tree.header().fontMetrics(), self._theme.pixels(_TITLE)
        for column in range(self._tree.columnCount()):
            if column in (OUTCOME, ADVICE):
                continue
            title = metrics.horizontalAdvance(head.text(column)) + margin
            self._needs[column] = max(self._needs[column], title)

    def _apply(self, widths: dict[int, int]) -> None:
        header = self._tree.header()
        self._sharing = True
        for column, width in widths.items():
            if header.sectionSize(column) != width:
                header.resizeSection(column, width)
        self._sharing = False

    def _fit_ends(self, rows: Sequence[RunRow]) -> None:
        metrics, room = self._metrics, self._tree.header().sectionSize(OUTCOME)
        for row in rows:
            for each in (row, *(row.restarts if row.isExpanded() else ())):
                each.fit_end(metrics, room)

    def _section_resized(self, column: int, _: int, width: int) -> None:
        if not self._sharing and self._tree.bands.is_held and width:
            self._dragged[column] = width
            self._tree.resized.emit()
