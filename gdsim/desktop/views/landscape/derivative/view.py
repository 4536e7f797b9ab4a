"""The derivative of a function of one variable, seen at the chosen run."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.text.numbers import MINUS, show
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.desktop.views.landscape.derivative.slope_plot import SlopePlot
from gdsim.desktop.views.landscape.derivative.tangent_item import Look, TangentItem, secant_color
from gdsim.desktop.views.landscape.surface_plot import LandscapeMap
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.objectives.base import Array
from gdsim.optimizers import Hyper
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.tangent import NextStep, Tangent, judge, next_step, tangent_at
from gdsim.simulation.trajectories import Trajectories

#: Δx of the secant: state of the window, not of the experiment.
DELTA_X = Hyper(
    "delta_x",
    0.5,
    "Δx",
    "Δx: how far the second point of the secant is away; towards 0 the secant turns into the tangent.",
    low=1e-15,
    high=1e3,
    slider=(1e-6, 2.0),
    log=True,
)
#: Digits of Δy/Δx and f′: enough to see rounding; fewer where there is little room.
_DIGITS, _FEWER = 9, 6


class DerivativeView(QWidget):
    """A strip under the curve: Δx, what is drawn, the numbers, and what they mean for the next step.

    Draws secant, tangent and step on a map, and f′ in a plot of its own, `slopes`.
    """

    def __init__(self, theme: Theme, above: LandscapeMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivative")
        self.setAccessibleName(self.tr("The derivative"))
        self._race: Trajectories | None = None
        self._rates: Array = np.empty(0)
        self._place: tuple[int, int] | None = None
        self._chosen = ("", 0)
        self._step = 0
        self._dx = float(DELTA_X.default)
        self._narrow = False
        self._extrema: Array = np.empty(0)
        self._above = above
        self._shown = True
        self._lines = TangentItem(theme)
        above.addItem(self._lines, ignoreBounds=True)
        self.slopes = SlopePlot(theme, above)
        self._make_controls()
        self._make_texts()
        self._lay_out()
        self.set_theme(theme)
        self._arrange()

    def _make_controls(self) -> None:
        self._fold = QToolButton()
        self._fold.setObjectName("fold_derivative")
        self._fold.setText(self.tr("Derivative"))
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setToolTip(self.tr("Show the derivative at the current point of the chosen run, or fold it away."))
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.toggled.connect(self._arrange)
        self.delta = SliderField(DELTA_X, "Δx", self._take_dx)
        self.delta.show_value(self._dx)
        self._secant = self._chip(
            "show_secant", self.tr("Secant"), self.tr("Draw the secant to x + Δx and the tangent at x.")
        )
        self._next = self._chip("show_step", self.tr("Step"), self.tr("Draw the next step to scale, on the x axis."))
        self._below = self._chip("show_slope", "f′", self.tr("Draw f′ under f: its zeros lie under the extrema."))

    def _chip(self, name: str, text: str, tip: str) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(name)
        chip.setText(text)
        chip.setToolTip(tip)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.toggled.connect(self._arrange)
        return chip

    def _make_texts(self) -> None:
        names = (
            ("quotient", self.tr("Slope of the secant")),
            ("slope", self.tr("Slope of the tangent")),
            ("difference", self.tr("Difference of the two slopes")),
            ("sign_rule", self.tr("What the sign means")),
            ("next_step", self.tr("The next step")),
        )
        self._texts = {}
        for name, meaning in names:
            label = self._texts[name] = plain_label()
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAccessibleName(meaning)
            # what it says must not push anything about while it plays
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._fold)
        self._delta_name = plain_label("Δx")
        self._unfolded = [self._delta_name, self.delta, self._secant, self._next, self._below]
        for widget in self._unfolded:
            top.addWidget(widget, int(widget is self.delta))
        top.addStretch(0)
        self._numbers = QWidget()
        lines = QVBoxLayout(self._numbers)
        lines.setContentsMargins(6, 0, 0, 0)
        lines.setSpacing(2)
        slopes = QHBoxLayout()
        for name, stretch in (("quotient", 8), ("slope", 9), ("difference", 8)):
            slopes.addWidget(self._texts[name], stretch)
        lines.addLayout(slopes)
        self._meaning = QHBoxLayout()
        self._meaning.addWidget(self._texts["sign_rule"], 2)
        self._meaning.addWidget(self._texts["next_step"], 3)
        lines.addLayout(self._meaning)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 8, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self._numbers)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._lines.set_theme(theme)
        self.slopes.set_theme(theme)
        self._texts["quotient"].setStyleSheet(f"color: {secant_color(theme).name()}")
        self._texts["slope"].setStyleSheet(f"color: {theme.accent}")

    def set_curve(self, curve: Curve) -> None:
        """The curve that is drawn above."""
        self._extrema = curve.extrema
        self.slopes.set_curve(curve)
        self._show()

    def set_race(self, race: Trajectories | None) -> None:
        """Look at another race; one of several variables has no single slope."""
        self._race = race if race is not None and race.objective.dimension == 1 else None
        self._find()

    def set_chosen(self, key: str, run: int) -> None:
        """Look at another run."""
        self._chosen = (key, run)
        self._find()

    def set_step(self, step: int) -> None:
        """Look at another step."""
        self._step = step
        self._show()

    def _find(self) -> None:
        race, (key, run) = self._race, self._chosen
        keys = [] if race is None else list(race.ids)
        there = race is not None and key in keys and run < race.runs
        self._place = (keys.index(key), run) if there else None
        if race is not None and self._place is not None:
            self._rates = race.learning_rates(*self._place)
        self._show()

    def _take_dx(self, value: float) -> None:
        self._dx = float(DELTA_X.check(value))
        self.delta.show_value(self._dx, self._dx == DELTA_X.default)
        self._show()

    def set_shown(self, shown: bool) -> None:
        """Show it at all: for functions of one variable."""
        self._shown = shown
        self.setVisible(shown)
        self._arrange()

    def _arrange(self) -> None:
        shown = self._fold.isChecked()
        self._fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        for widget in (*self._unfolded, self._numbers):
            widget.setVisible(shown)
        below = self._shown and shown and self._below.isChecked()
        self.slopes.setVisible(below)
        self._above.curve.set_guided(below)
        self._show()

    def _show(self) -> None:
        if not (self._shown and self._fold.isChecked()) or self._race is None or self._place is None:
            self._lines.show_look(None)
            self.slopes.show_at(math.nan, math.nan)
            for label in self._texts.values():
                label.setText("")
            return
        race, (o, run) = self._race, self._place
        at = min(self._step, race.steps)
        x = float(race.positions[at, o, 0, run])
        seen, step = tangent_at(race.objective, x, self._dx), next_step(race, o, run, at, self._rates)
        drawn = step if self._next.isChecked() else None
        formula = _formula(seen, step, race.ascent, self._variable) if step.plain else ""
        look = Look(seen, drawn, self._chosen[0], formula, self._secant.isChecked())
        self._lines.show_look(look, self._variable)
        if self.slopes.isVisible():
            self.slopes.show_at(x, seen.slope)
        self._tell(seen, step, race.ascent)

    @property
    def _variable(self) -> str:
        return self._race.objective.shown_names[0] if self._race is not None else "x"

    def _tell(self, seen: Tangent, step: NextStep, ascent: bool) -> None:
        self._delta_name.setText(f"Δ{self._variable}")
        texts = self._texts
        if math.isnan(seen.y):
            texts["quotient"].setText(self.tr("f is undefined here"))
            for name in ("slope", "difference", "sign_rule"):
                texts[name].setText("")
        else:
            undefined = self.tr("undefined")
            quotient, slope = (
                (show(v, _FEWER if self._narrow else _DIGITS) if not math.isnan(v) else undefined)
                for v in (seen.quotient, seen.slope)
            )
            texts["quotient"].setText(f"Δy/Δ{self._variable} = {quotient}")
            texts["slope"].setText(f"f′({self._variable}) = {slope}")
            apart = seen.quotient - seen.slope if math.isfinite(seen.slope) else math.nan
            texts["difference"].setText(self.tr("difference {value}").format(value=show(apart)))
            texts["sign_rule"].setText(self._sign_rule(seen.slope, ascent))
        texts["next_step"].setText(self._step_text(seen, step, ascent))
        for name in ("sign_rule", "next_step"):
            texts[name].setToolTip(tip_text(texts[name].text()))

    def _sign_rule(self, slope: float, ascent: bool) -> str:
        if math.isnan(slope):
            return ""
        if slope == 0:
            return self.tr("f′ = 0: {x} stays").format(x=self._variable)
        sign = ">" if slope > 0 else "<"
        if (slope > 0) == ascent:
            return self.tr("→  f′ {sign} 0: {x} is increased").format(sign=sign, x=self._variable)
        return self.tr("←  f′ {sign} 0: {x} is decreased").format(sign=sign, x=self._variable)

    def _step_text(self, seen: Tangent, step: NextStep, ascent: bool) -> str:
        name = optimizer_text(self._chosen[0], self._race) if self._race is not None else ""
        if step.ended:
            return self.tr("{name} has ended here").format(name=name)
        if step.plain:
            formula = (
                f"{_formula(seen, step, ascent, self._variable)} = {'' if ascent else MINUS}{_plain(step.rate)} · "
            )
            used = show(step.gradient)
            size = (1.0 if ascent else -1.0) * step.rate * step.gradient
            text = f"{formula}{f'({used})' if step.gradient < 0 else used} = {show(size)}"
        else:
            text = self.tr("{name}: the step is {size}").format(name=name, size=show(step.to - seen.x))
        if step.lost:
            return self.tr("{step}, and leads out of all bounds").format(step=text)
        moved = step.to - seen.x
        if not step.plain and moved * seen.slope * (-1 if ascent else 1) > 0:
            return self._carried_on(ascent).format(step=text)
        verdict = judge(seen.x, step.to, self._extrema)
        return f"{text}: {self._verdicts()[verdict]}" if verdict else text

    def _carried_on(self, ascent: bool) -> str:
        return self.tr("{step}: carried on downhill") if ascent else self.tr("{step}: carried on uphill")

    def _verdicts(self) -> dict[str, str]:
        return {
            "crawls": self.tr("it crawls"),
            "reaches": self.tr("it reaches f′ = 0"),
            "overshoots": self.tr("it overshoots"),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What it means on one line, or on two where that is too narrow."""
        super().resizeEvent(event)
        narrow = self.width() < 90 * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._narrow = narrow
            with_text, icon = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            self._fold.setToolButtonStyle(icon if narrow else with_text)
            down, right = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
            self._meaning.setDirection(down if narrow else right)
            self._show()


def _formula(seen: Tangent, step: NextStep, ascent: bool, variable: str) -> str:
    """What a step of plain descent is: g where the gradient it is handed is not the derivative."""
    return f"{'+' if ascent else MINUS}η·{f'f′({variable})' if step.gradient == seen.slope else 'g'}"


def _plain(x: float) -> str:
    return f"{x:.4g}".replace("-", MINUS)
