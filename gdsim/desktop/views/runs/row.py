"""A row of the table of runs."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QIcon
from PySide6.QtWidgets import QTreeWidgetItem

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.advice_phrases import outcome_text
from gdsim.desktop.text.function_phrases import is_of_weights
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.objectives.base import Array, Objective
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice
    from gdsim.simulation.endings.outcomes import Outcome
    from gdsim.simulation.endings.reached import Reached
    from gdsim.simulation.endings.tally import Group

NAME, STEP, LOSS, OUTCOME, ADVICE, POSITION, GRADIENT, DISTANCE, BEST, MEDIAN, TRAIN, HELD_OUT, REACHED = range(13)
#: From left to right.
ORDER = (NAME, STEP, LOSS, REACHED, OUTCOME, ADVICE, TRAIN, HELD_OUT, BEST, MEDIAN, GRADIENT, DISTANCE, POSITION)
#: What is of the step that is shown, and what of the end.
NOW, END, MORE = (STEP, LOSS), (REACHED, OUTCOME, ADVICE), (TRAIN, HELD_OUT, BEST, MEDIAN, GRADIENT, DISTANCE, POSITION)
#: Columns of numbers.
NUMBERS = (STEP, LOSS, REACHED, *MORE)
#: Around the text of a cell, in pixels.
_PADDING = 10


def end_texts(outcome: Outcome, ended: bool, last: int) -> list[str]:
    """Tell how a run ends and, if known, why; then the same in fewer and fewer words, the cause for the longest.

    Before it has ended each tells at which step it will, unless that is the last step of the race, `last`, which is
    said above.
    """
    bare = outcome_text(dataclasses.replace(outcome, limit=None, restless=""))
    texts = [outcome_text(outcome), *_causes_first(outcome, bare), bare, bare.partition(": ")[0]]
    if not ended and outcome.step < last and "{step}" not in outcome.template:
        texts = [dated_text(outcome.step, words) for words in texts]
    words = texts[-1].split()
    # the step is not left out
    least = next((k for k, word in enumerate(words) if word.startswith(str(outcome.step))), 0) + 1
    texts += [" ".join((*words[:k], "…")) for k in range(len(words) - 1, least - 1, -1)]
    return list(dict.fromkeys(texts))


def _causes_first(outcome: Outcome, bare: str) -> list[str]:
    """The outcome in so many words, or in one, with its cause in signs; [] where no cause is known."""
    from gdsim.simulation.endings.motion import Motion

    translate = QCoreApplication.translate
    if not outcome.cause:
        return []
    if outcome.limit is None:
        cause = translate("Outcome", outcome.cause)
    elif outcome.limit.is_reached:
        cause = translate("RunsView", "η = {formula}")
    else:
        cause = translate("RunsView", "η > {formula} = {limit}")
    cause = cause.format(**outcome.values)
    brief = cause
    if "{step}" in outcome.template:
        brief = translate("RunsView", "step {step}: {cause}").format(step=outcome.step, cause=cause)
    elif outcome.motion is Motion.GROWING:
        brief = translate("RunsView", "diverges: {cause}").format(cause=cause)
    elif outcome.motion is Motion.CYCLING:
        brief = translate("RunsView", "bounces: {cause}").format(cause=cause)
    return [f"{bare}: {cause}", brief]


def _shortened(text: str) -> list[str]:
    """The beginning of a text, with fewer and fewer words; two at least."""
    words = text.split()
    return [" ".join((*words[:k], "…")) for k in range(len(words) - 1, 1, -1)]


def dated_text(step: int, words: str) -> str:
    """Say that something is so from a step on that is not shown yet."""
    return QCoreApplication.translate("RunsView", "by step {step}: {words}").format(step=step, words=words)


class RunRow(QTreeWidgetItem):
    """Row of a run, the first of an optimizer with all its runs summed up; sorts by what its texts mean."""

    def __init__(self, place: int, run: int, key: str) -> None:
        super().__init__()
        self.place, self.run, self.key = place, run, key
        #: Which run its numbers are of: a restart that is looked at closely and has no row stands in its optimizer's.
        self.shown = run
        self.advice: Advice | None = None
        #: Whether something is being tried for it.
        self.trying = False
        #: How it ends, in full; and in fewer and fewer words, for where there is no room.
        self.end = ""
        self._shorter: list[str] = []
        self._shown_end: tuple[object, object] | None = None
        self._values: dict[int, Any] = {}
        self._mark: QIcon | None = None
        self._reached: Reached | None = None
        self._bold = False
        #: Of what its position is one, and where it is.
        self._where: tuple[Objective, Array] | None = None
        self._values[NAME] = run or place
        for column in NUMBERS:
            self.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_name(self, race: Trajectories) -> None:
        """The optimizer, and the restart where it is one."""
        parts = [] if self.run else [optimizer_text(self.key, race)]
        if self.shown:
            parts.append(QCoreApplication.translate("RunsView", "restart {number}").format(number=self.shown))
        text = ", ".join(parts)
        if text != self.text(NAME):
            self.setText(NAME, text)
            self.setToolTip(NAME, tip_text(text))

    def show_run(self, race: Trajectories, step: int, facts: dict[str, Array]) -> None:
        """The numbers of this run at a step, as far as they are known."""
        o, r = self.place, self.shown
        reached = min(step, int(race.ended[o, r]))
        self._put(STEP, reached, str(reached))
        point = race.positions[step, o, :, r]
        self._where = race.objective, point
        if len(point) > 2:
            with np.errstate(over="ignore"):
                length = float(np.linalg.norm(point))
            self._put(POSITION, length, f"|{'θ' if is_of_weights(race.objective) else 'x'}| = {show(length)}")
        else:
            from gdsim.desktop.text.reached_phrases import position_text

            self._put(POSITION, tuple(point), position_text(point))
        for column, name in ((LOSS, "loss"), (GRADIENT, "gradient"), (DISTANCE, "distance")):
            value = float(facts[name][o, r]) if name in facts else None
            self._put(column, value, "" if value is None else show(value))
        for column, name in ((TRAIN, "train"), (HELD_OUT, "held_out")):
            if name in facts:
                value = float(facts[name][o, r])
                share = race.objective.is_classes  # type: ignore[attr-defined]
                self._put(column, value, f"{100 * value:.1f} %" if share and value == value else show(value))

    def position_tip(self) -> str:
        """Return the position of the run at the step that is shown, in full; "" before anything is shown."""
        if self._where is None:
            return ""
        from gdsim.desktop.text.reached_phrases import position_tip

        return position_tip(*self._where)

    def show_end(self, outcome: Outcome | None, ended: bool, last: int, theme: Theme) -> None:
        """Show how this run ends; faint as long as it has not, and nothing while that is not known.

        `last` is the last step of the race.
        """
        if (outcome, (ended, last)) == self._shown_end:
            return
        self._shown_end = outcome, (ended, last)
        if outcome is None:
            self.end, self._shorter = "", []
            self._put(OUTCOME, None, "")
            self.setToolTip(OUTCOME, "")
            return
        self.end, *self._shorter = end_texts(outcome, ended, last)
        self._put(OUTCOME, (outcome.kind, outcome.step), self.end)
        self.setToolTip(OUTCOME, tip_text(outcome_text(outcome)))
        self._fade(not ended, theme)

    def show_ends(
        self, reached: Reached, groups: tuple[Group, ...], ends: tuple[int, bool], last: int, theme: Theme
    ) -> None:
        """Show how all runs of the optimizer end: the step at which the last of them does, and whether it has.

        `last` is the last step of the race.
        """
        if (groups, (ends, last)) == self._shown_end:
            return
        from gdsim.desktop.text.reached_phrases import tally_text

        self._shown_end = groups, (ends, last)
        until, ended = ends
        parts = [tally_text((group,)) for group in groups]
        words = ", ".join(parts)
        self.end = words if ended or until == last else dated_text(until, words)
        # that it is yet to come is seen from the colour, and how many are at a global minimum stands beside it
        beside = reached.known and bool(reached.counts[self.place]) and len(parts) > 1
        fewer = [", ".join((*parts[beside:k], "…")) for k in range(len(parts) - 1, beside, -1)]
        self._shorter = [words, ", ".join(parts[beside:]), *fewer, *_shortened(parts[beside])]
        self.setToolTip(OUTCOME, "\n".join(parts))
        self._values[OUTCOME] = tuple((group.template, -group.count) for group in groups)
        self._fade(not ended, theme)

    def fit_end(self, metrics: QFontMetrics, room: int) -> None:
        """Say no more of how it ends than there is room for."""
        text = self.end
        for shorter in self._shorter:
            if metrics.horizontalAdvance(text) + _PADDING <= room:
                break
            text = shorter
        self._put(OUTCOME, self._values.get(OUTCOME), text)

    def show_mark(self, mark: QIcon | None, tip: str) -> None:
        """Show beside its step that a run has ended."""
        if mark is not self._mark:
            self._mark = mark
            self.setIcon(STEP, mark or QIcon())
            self.setToolTip(STEP, tip)

    def show_reached(self, reached: Reached | None) -> None:
        """Show how many runs of the optimizer reached the minimum; of a restart, whether it did; nothing if unknown."""
        if reached is self._reached:
            return
        self._reached, o = reached, self.place
        if reached is None:
            self._put(REACHED, None, "")
            self.setToolTip(REACHED, "")
            return
        if self.run:
            best = bool(reached.best[o, self.run])
            self._put(REACHED, int(best), "✓" if best else "")
            return
        from gdsim.desktop.text.reached_phrases import reached_tip
        from gdsim.simulation.endings.reached import share_of

        count = int(reached.counts[o])
        self._put(REACHED, count, share_of(count, reached.best.shape[1]))
        self.setToolTip(REACHED, reached_tip(reached, o))

    @property
    def parts(self) -> tuple[tuple[int, int], ...]:
        """Places where the runs ended, as `Reached.parts` has it; nothing of a restart, or if unknown."""
        return () if self.run or self._reached is None else self._reached.parts(self.place)

    def show_restarts(self, facts: dict[str, Array]) -> None:
        """Best and median over all runs of the optimizer, as far as they are known."""
        for column, name in ((BEST, "best"), (MEDIAN, "median")):
            value = float(facts[name][self.place]) if name in facts else None
            self._put(column, value, "" if value is None else show(value))

    @property
    def restarts(self) -> list[RunRow]:
        """The rows of restarts that are listed under it."""
        children = [self.child(i) for i in range(self.childCount())]
        return [child for child in children if isinstance(child, RunRow)]

    def set_bold(self, bold: bool) -> None:
        """Write it in bold, as the run that is looked at closely, or no more."""
        if bold == self._bold:
            return
        self._bold = bold
        font = None
        if bold:
            font = QFont(self.treeWidget().font())
            font.setWeight(QFont.Weight.DemiBold)
        for column in range(self.columnCount()):
            # without one of its own it goes by that of the table
            self.setData(column, Qt.ItemDataRole.FontRole, font)

    def forget(self) -> None:
        """Colours and sizes are others: show all anew."""
        self._shown_end = None
        if self._bold:
            self._bold = False
            self.set_bold(True)

    def _fade(self, faint: bool, theme: Theme) -> None:
        color = QColor(theme.faint if faint else theme.text)
        for column in (OUTCOME, REACHED):
            if self.foreground(column).color() != color:
                self.setForeground(column, QBrush(color))

    def _put(self, column: int, value: Any, text: str) -> None:
        self._values[column] = value
        if self.text(column) != text:
            self.setText(column, text)

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        column = self.treeWidget().sortColumn()
        if not isinstance(other, RunRow) or column < 0:
            return False
        mine, theirs = self._values.get(column), other._values.get(column)
        if mine is None or theirs is None or mine == theirs:
            return self.place < other.place
        return bool(mine < theirs)
