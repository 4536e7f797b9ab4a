"""The derivative of a function of one variable, seen at the chosen run."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import optimizer_text, tip_text
from gdsim.desktop.views.landscape.derivative.curve_point import CurvePoint
from gdsim.desktop.views.landscape.derivative.slope_plot import SlopePlot
from gdsim.desktop.views.landscape.derivative.tangent_item import Look, TangentItem, secant_color
from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.slider_field import SliderField
from gdsim.objectives.base import Array
from gdsim.optimizers import Hyper
from gdsim.simulation.sampling.tangent import judge, next_step, tangent_at
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
    """Strip under the curve: Δx, what is drawn, the numbers, and what they mean for the next step.

    Draws secant, tangent and step on a landscape, and f′ in a plot of its own, `slopes`.
    """

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, theme: Theme, above: LandscapePlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("derivative")
        self.setAccessibleName(self.tr("The derivative"))
        #: η at each step of the run that is looked at: it may be of thousands of steps, and every frame wants one.
        self._rates: Array = np.empty(0)
        self._dx = float(DELTA_X.default)
        self._narrow = False
        self._above = above
        self._lines = TangentItem()
        above.addItem(self._lines, ignoreBounds=True)
        self.slopes = SlopePlot(theme, above)
        self._make_controls()
        self._make_texts()
        self._lay_out()
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

    def show_scene(self, scene: Scene) -> None:
        """Show the derivative at the step and the run that are looked at; of several variables there is none."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme"):
            self._texts["quotient"].setStyleSheet(f"color: {secant_color(scene.theme).name()}")
            self._texts["slope"].setStyleSheet(f"color: {scene.theme.accent}")
        self.slopes.show_scene(scene)
        if scene.changed(before, "paths", "selection") and (at := self._run) is not None:
            race, place = at
            self._rates = race.learning_rates(*place)
        # after the plot of the slope, whose curve says where the extrema are
        if scene.changed(before, "objective"):
            self.setVisible(self._is_curve)
            self._arrange()
        elif scene.changed(before, "theme", "surface", "paths", "selection", "step", "marks"):
            self._show()

    @property
    def look(self) -> Look | None:
        """Everything that is drawn on the curve; None where nothing is."""
        return self._lines.look

    @property
    def _is_curve(self) -> bool:
        return self.shown is not None and self.shown.objective is not None and self.shown.objective.dimension == 1

    @property
    def _run(self) -> tuple[Trajectories, tuple[int, int]] | None:
        """The race of one variable, and the optimizer and the run in it that are looked at; None without these."""
        race = None if self.shown is None else self.shown.paths
        if self.shown is None or race is None or race.objective.dimension != 1:
            return None
        keys, (key, run) = list(race.ids), self.shown.selection
        return (race, (keys.index(key), run)) if key in keys and run < race.runs else None

    def _take_dx(self, value: float) -> None:
        self._dx = float(DELTA_X.check(value))
        self.delta.show_value(self._dx, self._dx == DELTA_X.default)
        self._show()

    def _arrange(self) -> None:
        shown = self._fold.isChecked()
        self._fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        for widget in (*self._unfolded, self._numbers):
            widget.setVisible(shown)
        below = self._is_curve and shown and self._below.isChecked()
        self.slopes.setVisible(below)
        self._above.curve_layer.set_guided(below)
        self._show()

    def _show(self) -> None:
        scene, at = self.shown, self._run
        if scene is None or at is None or not (self._is_curve and self._fold.isChecked()):
            self._lines.show_look(None)
            self.slopes.show_at(math.nan, math.nan)
            for label in self._texts.values():
                label.setText("")
            return
        race, (o, run) = at
        step = min(scene.marks.step(scene.step), race.steps)
        x = float(race.positions[step, o, 0, run])
        seen, following = tangent_at(race.objective, x, self._dx), next_step(race, o, run, step, self._rates)
        point = CurvePoint(seen, following, race.ids[o], race)
        self._lines.show_look(self._look_at(point, scene.theme))
        if self.slopes.isVisible():
            self.slopes.show_at(x, seen.slope)
        self._tell(point)

    def _look_at(self, point: CurvePoint, theme: Theme) -> Look:
        step = point.step if self._next.isChecked() else None
        formula = point.formula if point.step.plain else ""
        return Look(theme, point.seen, step, point.key, formula, self._secant.isChecked(), point.variable)

    def _tell(self, point: CurvePoint) -> None:
        self._delta_name.setText(f"Δ{point.variable}")
        texts, seen = self._texts, point.seen
        if math.isnan(seen.y):
            texts["quotient"].setText(self.tr("f is undefined here"))
            for name in ("slope", "difference", "sign_rule"):
                texts[name].setText("")
        else:
            texts["quotient"].setText(f"Δy/Δ{point.variable} = {self._slope_text(seen.quotient)}")
            texts["slope"].setText(f"f′({point.variable}) = {self._slope_text(seen.slope)}")
            apart = seen.quotient - seen.slope if math.isfinite(seen.slope) else math.nan
            texts["difference"].setText(self.tr("difference {value}").format(value=show(apart)))
            texts["sign_rule"].setText(self._sign_rule(point))
        texts["next_step"].setText(self._step_text(point))
        for name in ("sign_rule", "next_step"):
            texts[name].setToolTip(tip_text(texts[name].text()))

    def _slope_text(self, slope: float) -> str:
        return self.tr("undefined") if math.isnan(slope) else show(slope, _FEWER if self._narrow else _DIGITS)

    def _sign_rule(self, point: CurvePoint) -> str:
        slope, x = point.seen.slope, point.variable
        if math.isnan(slope):
            return ""
        if slope == 0:
            return self.tr("f′ = 0: {x} stays").format(x=x)
        sign = ">" if slope > 0 else "<"
        if (slope > 0) == point.race.ascent:
            return self.tr("→  f′ {sign} 0: {x} is increased").format(sign=sign, x=x)
        return self.tr("←  f′ {sign} 0: {x} is decreased").format(sign=sign, x=x)

    def _step_text(self, point: CurvePoint) -> str:
        step, name = point.step, optimizer_text(point.key, point.race)
        if step.ended:
            return self.tr("{name} has ended here").format(name=name)
        moved, text = step.to - point.seen.x, point.product
        if not step.plain:  # of momentum and the like the step is not one product
            text = self.tr("{name}: the step is {size}").format(name=name, size=show(moved))
        if step.lost:
            return self.tr("{step}, and leads out of all bounds").format(step=text)
        ascent = point.race.ascent
        # momentum carries a run past the bottom and up the other side: that is no overshooting of this step
        if not step.plain and moved * point.seen.slope * (-1 if ascent else 1) > 0:
            return self._carried_on(ascent).format(step=text)
        extrema = np.empty(0) if self.slopes.curve_layer.curve is None else self.slopes.curve_layer.curve.extrema
        verdict = judge(point.seen.x, step.to, extrema)
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
        """Show what it means on one line, or on two where that is too narrow."""
        super().resizeEvent(event)
        narrow = self.width() < 90 * self.fontMetrics().averageCharWidth()
        if narrow != self._narrow:
            self._narrow = narrow
            with_text, icon = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            self._fold.setToolButtonStyle(icon if narrow else with_text)
            down, right = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
            self._meaning.setDirection(down if narrow else right)
            self._show()
