"""An update taken apart: its formula, its terms in numbers, and the step in slow motion."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.run_point import held_point
from gdsim.desktop.views.update.arrows import step_arrows
from gdsim.desktop.views.update.math_lines import MathLines
from gdsim.desktop.views.update.shown_step import ShownStep
from gdsim.desktop.views.update.sub_steps import number_lines, rule_line, says_itself, sentence, sub_steps
from gdsim.desktop.views.update.term_table import TermTable
from gdsim.desktop.widgets.labels import plain_label
from gdsim.optimizers.compiled.named_terms import NamedStep, Role
from gdsim.simulation.terms.update_terms import TakenStep


class UpdateView(LazyView):
    """For any rule, at the current point of the chosen run: all that it shows is read off the recorded step."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("Update"))
        self._desk = desk
        self._shown = ShownStep(desk.requests, self)
        self._shown.changed.connect(self._show_step)
        self._shown.history_changed.connect(self._show_histories)
        #: What is listed: terms, names of coordinates, and whether they can be drawn.
        self._listed: tuple[object, ...] = ()
        #: The term that is explained, by its place; None while the whole step is shown.
        self._place: int | None = None
        #: The step that slow motion goes on with.
        self._slow_at = -1
        self._make_parts(theme)
        self._lay_out()
        self._apply_theme(theme)

    def _make_parts(self, theme: Theme) -> None:
        self.where = plain_label()
        self.where.setObjectName("update.where")
        self.where.setWordWrap(True)
        self.rule, self.numbers = MathLines(theme), MathLines(theme, faint=True)
        self.rule.setObjectName("update.rule")
        self.numbers.setObjectName("update.numbers")
        self.sub_rule, self.sub_numbers = MathLines(theme), MathLines(theme, faint=True)
        self.sub_rule.setObjectName("update.sub_rule")
        self.sub_numbers.setObjectName("update.sub_numbers")
        self.sentence = plain_label()
        self.sentence.setObjectName("update.sentence")
        self.sentence.setWordWrap(True)
        self.count = plain_label()
        self.count.setProperty("role", "faint")
        self.back = self._button("back", self.tr("◀ Back"), self.tr("One sub-step back."))
        self.next = self._button(
            "next",
            self.tr("Next ▶"),
            self.tr("Slow motion: the next thing that this step works out; after the last, the next step."),
        )
        self.whole = self._button("whole", self.tr("Whole step"), self.tr("Leave slow motion."))
        self.back.clicked.connect(lambda: self.go(-1))
        self.next.clicked.connect(lambda: self.go(1))
        self.whole.clicked.connect(self.leave)
        self.table = TermTable(theme)
        self.table.ticked.connect(self._mark)
        self.table.chosen.connect(self.explain)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"update.{name}")
        button.setProperty("role", "chip")
        button.setText(text)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.back, self.next, self.whole):
            row.addWidget(button)
        row.addWidget(self.count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.where)
        column.addWidget(self.rule)
        column.addWidget(self.numbers)
        column.addLayout(row)
        for part in (self.sentence, self.sub_rule, self.sub_numbers):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Room for a formula, and most of the terms."""
        return QSize(self.theme.pixels(400), self.theme.pixels(560))

    def minimumSizeHint(self) -> QSize:
        """Room for the formula and some terms."""
        return QSize(self.theme.pixels(240), self.theme.pixels(300))

    def _apply_theme(self, theme: Theme) -> None:
        for lines in (self.rule, self.numbers, self.sub_rule, self.sub_numbers):
            lines.set_theme(theme)
        self.table.set_theme(theme)
        self.table.setMinimumHeight(theme.pixels(120))

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if (
            before is None
            or scene.marks.step(scene.step) != before.marks.step(before.step)
            or scene.changed(before, "race", "selection", "digits", "theme")
        ):
            self._shown.look(held_point(scene))

    def stop(self) -> None:
        """Work out nothing more, and take the arrows away from the landscape."""
        self._shown.stop()
        self._desk.overlays.mark(terms=None)

    def showEvent(self, event: QShowEvent) -> None:
        """The arrows are on the landscape while the terms can be read."""
        super().showEvent(event)
        self._mark()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the arrows away."""
        super().hideEvent(event)
        self._desk.overlays.mark(terms=None)

    def go(self, way: int) -> None:
        """Go on by a sub-step, or back; after the last, to the next step."""
        taken = self._shown.taken
        if taken is None:
            return
        subs, at = sub_steps(taken.named), self._place
        left = [place for place in subs if at is None or (place > at if way > 0 else place < at)]
        if left:
            self.explain(left[0] if way > 0 else left[-1])
        elif way > 0:
            self._place, self._slow_at = subs[0], taken.number + 1
            self._desk.player.pause()
            self._desk.player.forward()

    def leave(self) -> None:
        """Leave slow motion."""
        self.explain(None)

    def explain(self, place: int | None) -> None:
        """Show how a term is worked out, and the arrows as far as that; None for the whole step."""
        self._place, self._slow_at = place, self._shown.number
        self._show_sub_step()
        self._mark()

    def _show_step(self) -> None:
        here, taken = self._shown.here, self._shown.taken
        if self._shown.number != self._slow_at:
            self._place = None  # another step is looked at
        self._say_where()
        if here is not None and taken is not None:
            names = here.race.objective.shown_names
            self._list(taken.named, names, here.race.objective.dimension <= 2)
            last = taken.named.terms[-1]
            self.rule.show_lines([rule_line(taken.named, last, type(taken.rule))])
            self.numbers.show_lines(number_lines(taken, last, names) if len(names) <= 2 else [])
        else:
            self.rule.show_lines([])
            self.numbers.show_lines([])
        self.table.show_step(taken, self._shown.number)
        self._show_sub_step()
        self._mark()

    def _list(self, named: NamedStep, names: tuple[str, ...], drawable: bool) -> None:
        wanted = named, names, drawable
        if wanted != self._listed:
            self._listed = wanted
            self.table.set_terms(named, names, drawable)
            self._show_histories()

    def _show_histories(self) -> None:
        self.table.show_histories(self._shown.histories)

    def _say_where(self) -> None:
        here, number = self._shown.here, self._shown.number
        if here is None:
            self.where.setText(self.tr("No optimizer takes part."))
            return
        restart = self.tr(", restart {number}").format(number=here.run) if here.run else ""
        title = optimizer_text(here.key, here.race)
        if self._shown.is_of_method:
            text = self.tr("{optimizer} is a method, which has no rule: there are no terms to take apart.").format(
                optimizer=title
            )
        elif not number:
            text = self.tr("{optimizer}{restart} took no step.").format(optimizer=title, restart=restart)
        elif here.step >= number:
            text = self.tr("{optimizer}{restart}: its last step, {step}").format(
                optimizer=title, restart=restart, step=number
            )
        else:
            text = self.tr("{optimizer}{restart}: the step from {before} to {after}").format(
                optimizer=title, restart=restart, before=number - 1, after=number
            )
        self.where.setText(text)

    def _show_sub_step(self) -> None:
        here, taken, place = self._shown.here, self._shown.taken, self._place
        slow = here is not None and taken is not None and place is not None
        for part in (self.sentence, self.sub_rule, self.sub_numbers):
            part.setVisible(slow)
        # in slow motion they are told last
        self.numbers.setVisible(not slow)
        self.next.setEnabled(taken is not None)
        self.back.setEnabled(slow and place != 0)
        self.whole.setEnabled(slow)
        self.table.mark(place if slow else None)
        if here is None or taken is None or place is None:
            self.count.setText(self.tr("Slow motion"))
        else:
            self._explain(taken, place, here.race.objective.shown_names)

    def _explain(self, taken: TakenStep, place: int, names: tuple[str, ...]) -> None:
        term, subs = taken.named.terms[place], sub_steps(taken.named)
        text = self.tr("{number} of {count}").format(number=1 + bisect_right(subs, place - 1), count=len(subs))
        self.count.setText(text if place in subs else "")
        self.sentence.setText(sentence(taken, term))
        line = rule_line(taken.named, term, type(taken.rule))
        # that of x stands at the top, the step is what is between two of these, and some symbols are formulas
        told = term.role not in (Role.POINT, Role.STEP) and not says_itself(line, term)
        self.sub_rule.show_lines([line] if told else [])
        numbers = term.role is not Role.STEP and (len(names) <= 2 or term.is_scalar)
        self.sub_numbers.show_lines(number_lines(taken, term, names) if numbers else [])

    def _mark(self) -> None:
        here, taken = self._shown.here, self._shown.taken
        arrows = None
        if here is not None and taken is not None and self.isVisible():
            arrows = step_arrows(here.race.objective, taken, self.table.drawn(), self._place)
        self._desk.overlays.mark(terms=arrows)
