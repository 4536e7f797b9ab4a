"""The function and its derivatives typeset, with the numbers of the chosen run under them."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdsim.desktop.compute.request_queue import RequestQueue, work_of
from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show, show_typed
from gdsim.desktop.text.phrases import error_text, optimizer_text
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.run_point import shown_point
from gdsim.desktop.widgets.disposal import take_away
from gdsim.desktop.widgets.formula_row import Copies, FormulaRow
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.typeset import Line, Picture, lines_of, typeset
from gdsim.errors import GdsimError
from gdsim.objectives import Function
from gdsim.objectives.base import Array, Objective
from gdsim.simulation.trajectories import Trajectories

#: Numbers beside a formula have room for this.
_LONGEST = "∇²f(−0.0000, −0.0000) ="


class FormulasView(LazyView):
    """f and its first derivatives; unfolded, the second; nothing here is worked out in the window's thread."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self._desk = desk
        self._copies = Copies(desk.say, self)
        self._text = ""
        self._turns = RequestQueue(desk.requests, "derivatives")
        self._lines: tuple[Line, ...] = ()
        self._rows: list[FormulaRow] = []
        self._where = plain_label()
        self._where.setObjectName("formulas.where")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setProperty("role", "faint")
        self._where.setWordWrap(True)
        self._numbers = [_Numbers(f"formulas.numbers.{order}") for order in range(3)]
        self._parts = [QVBoxLayout() for _ in range(3)]
        self._lay_out()

    def _lay_out(self) -> None:
        self._fold = QToolButton()
        self._fold.setObjectName("formulas.second")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setArrowType(Qt.ArrowType.RightArrow)
        self._fold.setText(self.tr("Second derivatives"))
        self._fold.setToolTip(self.tr("Show or hide the second derivatives: the Hessian, how the slope changes."))
        self._fold.toggled.connect(self._unfold)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(10)
        self._sections = [QBoxLayout(QBoxLayout.Direction.TopToBottom) for _ in range(3)]
        for order, section in enumerate(self._sections):
            if order == 2:
                column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
            section.setSpacing(6)
            section.addLayout(self._parts[order], 3)
            section.addWidget(self._numbers[order], 1)
            column.addLayout(section)
        column.addStretch(1)
        self._numbers[2].hide()
        area = QScrollArea()
        area.setObjectName("formulas.area")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 4)
        outside.setSpacing(4)
        outside.addWidget(area, 1)
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._foot.setContentsMargins(12, 0, 12, 0)
        self._foot.addWidget(self._where, 1)
        self._foot.addLayout(self._make_buttons())
        outside.addLayout(self._foot)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for name, text, tip, copy in (
            ("text", self.tr("Copy text"), self.tr("Copy the formulas that are shown, as text."), self._copies.text),
            ("latex", self.tr("LaTeX"), self.tr("Copy the formulas that are shown, as LaTeX."), self._copies.latex),
            (
                "picture",
                self.tr("Picture"),
                self.tr("Copy the formulas that are shown, as one picture."),
                self._copies.picture,
            ),
        ):
            button = QToolButton()
            button.setObjectName(f"formulas.copy_{name}")
            button.setProperty("role", "chip")
            button.setText(text)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, copy=copy: copy(self.shown))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers beside the formulas where it is wide."""
        super().resizeEvent(event)
        wide = self.width() > self.theme.pixels(560)
        for box in (self._foot, *self._sections):
            box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        for label in self._numbers:
            label.setMinimumWidth(text_width(label.font(), _LONGEST) if wide else 0)

    def sizeHint(self) -> QSize:
        """Room for f and its first derivatives."""
        return QSize(self.theme.pixels(300), self.theme.pixels(350))

    @property
    def shown(self) -> list[FormulaRow]:
        """The formulas that are seen, from the top."""
        return [row for row in self._rows if len(row.line.by) < 2 or self._fold.isChecked()]

    def _apply_theme(self, theme: Theme) -> None:
        for row in self._rows:
            row.picture.set_theme(theme)

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if scene.race is not None and scene.changed(before, "race"):
            self._take_function(scene.race.objective)
        if scene.changed(before, "race", "step", "selection", "digits"):
            self._renumber()

    def _take_function(self, objective: Objective) -> None:
        """Show the formulas of a function; those of the same one stay, and are typeset to the end."""
        text = f"{len(objective.names)} {objective.text}"
        if text != self._text:
            self._text = text
            self._show_lines(())
            if isinstance(objective, Function):
                self._desk.requests.send("formulas", lambda: lines_of(objective), self._take_lines)
        elif self._lines:
            self._go_on()

    def stop(self) -> None:
        """Typeset nothing more."""
        self._desk.requests.forget("formulas")
        if not self._lines:
            self._text = ""

    def _take_lines(self, lines: tuple[Line, ...] | None, error: GdsimError | None) -> None:
        self._show_lines(lines or ())
        if error is not None:
            self._where.setText(error_text(error))
        self._go_on()

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        for row in self._rows:
            take_away(row)
        self._rows = []
        for i, line in enumerate(lines):
            row = FormulaRow(line, self.theme, f"formulas.row.{i}", self._copies)
            self._parts[len(line.by)].addWidget(row)
            row.setVisible(len(line.by) < 2 or self._fold.isChecked())
            self._rows.append(row)

    def _go_on(self) -> None:
        """Have the next formula typeset that is to be seen: one by one, so that races come in between."""
        row = next((row for row in self.shown if not row.is_done), None)
        if row is None:
            return

        def take(picture: Picture | None, error: GdsimError | None) -> None:
            row.take(picture, error)
            self._even_out()
            self._go_on()

        self._desk.requests.send("formulas", partial(typeset, row.line.latex), take)

    def _even_out(self) -> None:
        """All formulas that are shown are of one size."""
        pictures = [row.picture for row in self.shown]
        widest = max((picture.natural_width for picture in pictures), default=0)
        for picture in pictures:
            picture.keep_beside(widest)

    def _unfold(self, unfolded: bool) -> None:
        self._fold.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)
        for row in self._rows:
            row.setVisible(len(row.line.by) < 2 or unfolded)
        self._numbers[2].setVisible(unfolded)
        self._even_out()
        self._go_on()
        self._renumber()

    def _renumber(self) -> None:
        here = shown_point(self.scene)
        if here is None or not here.race.objective.ready or not self.isVisible():
            return
        race, point, objective = here.race, here.point, here.race.objective
        at = f"({', '.join(show(float(x)) for x in point)})"
        self._numbers[0].show_sum(f"f{at}", show(float(race.losses[here.step, here.optimizer, here.run])))
        twice = self._fold.isChecked()
        work = partial(_derivatives, objective, point.copy(), twice)
        take = partial(self._show_derivatives, race, at)
        if twice and not objective.ready_twice:
            # a Hessian that is still to be derived is nothing for the window's thread
            self._turns.ask(work, take)
        else:
            self._turns.do(work, work_of(objective) * (1 + len(point)), take)
        restart = self.tr(", restart {number}").format(number=here.run) if here.run else ""
        values = objective.parameters if isinstance(objective, Function) else {}
        self._where.setText(
            self.tr("{optimizer}{restart}, step {step}{parameters}").format(
                optimizer=optimizer_text(here.key, race),
                restart=restart,
                step=min(here.step, int(race.ended[here.optimizer, here.run])),
                parameters="".join(f";  {key} = {show_typed(value)}" for key, value in values.items()),
            )
        )

    def _show_derivatives(
        self, race: Trajectories, at: str, found: tuple[Array, Array | None] | None, _: object
    ) -> None:
        """Show the derivatives at a point, of which `at` says where it is."""
        if race is not self.race or found is None:
            return
        gradient, hessian = found
        slopes, one = [show(float(g)) for g in gradient], len(gradient) == 1
        self._numbers[1].show_sum(f"f′{at}" if one else f"∇f{at}", slopes[0] if one else f"({', '.join(slopes)})")
        if hessian is not None:
            self._numbers[2].show_sum(f"f″{at}" if one else f"∇²f{at}", _matrix(hessian))


def _derivatives(objective: Objective, point: Array, twice: bool) -> tuple[Array, Array | None]:
    return objective.gradient(point), objective.hessian(point) if twice else None


class _Numbers(QLabel):
    """A sum in numbers, on one line or on two; it never asks for more width than there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sides = ("", "")
        #: How wide it is on one line.
        self._wide = 0

    def show_sum(self, left: str, right: str) -> None:
        """Show that left = right."""
        self._sides = (left, right)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """In another font it is as wide as it is there."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In two lines where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        # not with every size: while a window is laid out that is many, and nothing else has changed
        self._wide = text_width(self.font(), " = ".join(self._sides))
        self._fit()

    def _fit(self) -> None:
        left, right = self._sides
        apart = "\n" in right or self._wide > self.width()
        text = f"{left} =\n{right}" if apart else f"{left} = {right}"
        if text != self.text():
            self.setText(text)


def _matrix(values: Array) -> str:
    rows = [",  ".join(show(float(value)) for value in row) for row in np.atleast_2d(values)]
    return "\n".join(f"({row})" for row in rows) if len(rows) > 1 else rows[0]
