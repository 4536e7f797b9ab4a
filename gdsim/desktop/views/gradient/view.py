"""The gradient, seen: cuts through the surface with their tangents, and the derivative in any direction."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import RequestQueue, work_of
from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.views.base import Desk, LazyView
from gdsim.desktop.views.gradient.angle_plot import TurnPlot
from gdsim.desktop.views.gradient.dial import FINE, Dial
from gdsim.desktop.views.gradient.section_plot import SectionPlot
from gdsim.desktop.views.run_point import held_point
from gdsim.desktop.widgets.labels import plain_label
from gdsim.desktop.widgets.number_field import NumberField
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.sections import RESOLUTION, Section, angle_of, directional, sections
from gdsim.simulation.trajectories import Trajectories

#: Where u points at first, in degrees.
_FIRST = 30.0


class GradientView(LazyView):
    """For functions of two variables, at the current point of the chosen run."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName(self.tr("Gradient"))
        self._desk = desk
        self._degrees = _FIRST
        #: The gradient at the point, ``(2,)``; None where there is none.
        self.gradient: Array | None = None
        self._cut = RequestQueue(desk.requests, "cuts")
        #: How many parts stand beside each other.
        self.columns = 0
        self._make_sections(theme)
        self._make_turn(theme)
        self._lay_out()
        self._show_angle()
        desk.overlays.view_changed.connect(self._show_if_seen)

    def _make_sections(self, theme: Theme) -> None:
        self.cuts = (SectionPlot(theme), SectionPlot(theme))
        self.slopes = (plain_label(), plain_label())
        for name, cut, slope in zip("xy", self.cuts, self.slopes, strict=True):
            cut.setAccessibleName(self.tr("Cut through the surface along {name}").format(name=name))
            cut.setToolTip(
                self.tr(
                    "The surface along {name} through the point, and its tangent: its slope is the partial derivative."
                ).format(name=name)
            )
            slope.setObjectName(f"slope_{name}")
            slope.setTextFormat(Qt.TextFormat.PlainText)
            slope.setWordWrap(True)

    def _make_turn(self, theme: Theme) -> None:
        tip = self.tr("A direction u: drag it, or turn it with the arrow keys; the landscape shows it, too.")
        self.dial = Dial(theme)
        self.dial.setObjectName("direction.dial")
        self.dial.setAccessibleName(self.tr("Direction u"))
        self.dial.setToolTip(tip)
        self.dial.valueChanged.connect(self._dialled)
        self.angle = NumberField("direction", self.tr("direction u"), self._typed)
        self.angle.set_tip(tip)
        self.angle.fix_width("360.00")
        self.turn = TurnPlot(theme)
        self.turn.setAccessibleName(self.tr("Directional derivative against the angle"))
        self.turn.setToolTip(
            self.tr("The slope in every direction: largest along ∇f, least against it, and 0 along the level line.")
        )
        self.turn.turned.connect(self.set_degrees)
        self.number = plain_label()
        self.number.setObjectName("directional_derivative")
        self.most = plain_label()
        self.most.setObjectName("steepest")
        self.most.setProperty("role", "faint")
        self.most.setWordWrap(True)

    def _lay_out(self) -> None:
        self._blocks = [_block(slope, cut) for slope, cut in zip(self.slopes, self.cuts, strict=True)]
        turned = QHBoxLayout()
        turned.addWidget(QLabel(self.tr("u at")))
        turned.addWidget(self.angle)
        turned.addWidget(plain_label("°"))
        turned.addStretch(1)
        dialled = _block(self.dial)
        dialled.layout().insertLayout(0, turned)  # type: ignore[union-attr]
        self._blocks += [dialled, _block(self.number, self.most, self.turn)]
        self._sheet = QWidget()
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(8, 4, 8, 4)
        self._grid.setSpacing(8)
        self._area = QScrollArea()
        self._area.setObjectName("gradient_area")
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._sheet)
        self.sentence = plain_label()
        self.sentence.setObjectName("gradient_sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setContentsMargins(8, 8, 8, 8)
        self.sentence.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sentence)
        column.addWidget(self._area, 1)
        self._arrange()

    def sizeHint(self) -> QSize:
        """Room for four parts, two by two."""
        return QSize(self.theme.pixels(380), self.theme.pixels(400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many parts beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() / self.theme.pixels(172)
        columns = 4 if room >= 4 else 2 if room >= 2 else 1
        if columns == self.columns:
            return
        self.columns = columns
        for block in self._blocks:
            self._grid.removeWidget(block)
        for i, block in enumerate(self._blocks):
            self._grid.addWidget(block, i // columns, i % columns)
        for i in range(4):
            self._grid.setColumnStretch(i, int(i < columns))
            self._grid.setRowStretch(i, int(i * columns < 4))

    def _apply_theme(self, theme: Theme) -> None:
        for part in (*self.cuts, self.dial, self.turn):
            part.set_theme(theme)
        self.columns = 0
        self._arrange()

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        if before is None or _cut_by(scene) != _cut_by(before) or scene.changed(before, "race", "theme", "digits"):
            self._show()

    def stop(self) -> None:
        """Take u away from the landscape."""
        self._desk.overlays.mark(angle=None)

    def showEvent(self, event: QShowEvent) -> None:
        """The direction is on the landscape while it can be turned here."""
        super().showEvent(event)
        self._mark()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the direction away from the landscape."""
        super().hideEvent(event)
        self.stop()

    def set_degrees(self, degrees: float) -> None:
        """Turn u to an angle."""
        self._degrees = degrees % 360.0
        self._show_angle()
        self._show_derivative()
        self._mark()

    def _dialled(self, value: int) -> None:
        self.set_degrees(value / FINE)

    def _typed(self, degrees: float) -> None:
        if not math.isfinite(degrees):
            raise GdsimError("an angle must be a finite number of degrees, not {given}", given=degrees)
        self.set_degrees(degrees)

    def _mark(self) -> None:
        seen = self.isVisible() and self.race is not None and self.race.objective.dimension == 2
        self._desk.overlays.mark(angle=self._degrees if seen else None)

    def _show_if_seen(self) -> None:
        if self.isVisible():
            self._show()

    def _point(self) -> Array | None:
        """Position of the selected run, ``(2,)``; None where there is nothing to be cut."""
        here = held_point(self.scene)
        if here is None or here.race.objective.dimension != 2 or not here.race.objective.ready:
            return None
        return here.point if np.isfinite(here.point).all() else None

    def _show(self) -> None:
        point = self._point()
        self._explain(point)
        self._mark()
        if point is None or self.race is None:
            self._cut.forget()
            self.gradient = None
            for cut, slope in zip(self.cuts, self.slopes, strict=True):
                cut.show_section(None)
                slope.setText("")
            self._show_gradient()
        else:
            objective = self.race.objective
            work = partial(sections, objective, point, self._ranges(point))
            size = work_of(objective) * 2 * RESOLUTION
            self._cut.do(work, size, partial(self._show_cuts, self.race, point))

    def _show_cuts(self, race: Trajectories, point: Array, found: tuple[Section, ...] | None, _: Any) -> None:
        if race is not self.race or found is None:
            return
        names, color = race.objective.shown_names, optimizer_color(self._selected, self.theme)
        for i, section in enumerate(found):
            self.cuts[i].set_color(color)
            self.cuts[i].show_section(section)
            along = self.tr("along {name}, at {other} = {value}").format(
                name=names[i], other=names[1 - i], value=show(float(point[1 - i]), 3)
            )
            self.slopes[i].setText(f"{along}\n∂f/∂{names[i]} = {show(section.slope)}")
        self.gradient = np.array([section.slope for section in found])
        self._show_gradient()

    @property
    def _selected(self) -> str:
        return "" if self.scene is None else self.scene.selection[0]

    def _show_gradient(self) -> None:
        self.dial.set_gradient(self.gradient)
        self.turn.set_gradient(self.gradient)
        self._show_derivative()

    def _ranges(self, point: Array) -> list[tuple[float, float]]:
        """Ranges that are in view, widened to the point if it has not gone far."""
        assert self.race is not None
        left, right, bottom, top = self._desk.overlays.view or tuple(self.race.objective.bounds.ravel())
        ranges = []
        for x, (low, high) in zip(point, ((left, right), (bottom, top)), strict=True):
            width = high - low
            far = not low - width <= x <= high + width
            ranges.append((low, high) if far else (min(low, x - 0.03 * width), max(high, x + 0.03 * width)))
        return ranges

    def _explain(self, point: Array | None) -> None:
        race = self.race
        text = ""
        if race is not None and race.objective.dimension != 2:
            text = self.tr(
                "This view is for functions of two variables. A function of one variable has one "
                "derivative: it is shown under its curve."
            )
        elif race is not None and not race.rules:
            text = self.tr("No optimizer takes part.")
        elif race is not None and point is None:
            text = self.tr("The chosen run is nowhere: it has diverged, or left the domain.")
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))
        self._area.setVisible(not text)

    def _show_angle(self) -> None:
        self.dial.blockSignals(True)
        self.dial.setValue(round(self._degrees * FINE) % (360 * FINE))
        self.dial.blockSignals(False)
        self.angle.show_value(round(self._degrees, 2))
        self.turn.set_degrees(self._degrees)

    def _show_derivative(self) -> None:
        gradient = self.gradient
        if gradient is None or not np.isfinite(gradient).all():
            self.number.setText("∇f·u = –")
            self.most.setText("")
            return
        along, length = float(directional(gradient, self._degrees)), math.hypot(*gradient)
        if abs(along) < 1e-12 * length:
            along = 0.0
        self.number.setText(f"∇f·u = {show(along)}")
        where = show(angle_of(gradient), 3) if length else "–"
        self.most.setText(self.tr("largest: {length} at {angle}°").format(length=show(length), angle=where))


def _cut_by(scene: Scene) -> tuple[object, ...]:
    """Return what cuts go by besides the race: the angle that is marked on the landscape is this view's own."""
    return scene.marks.step(scene.step), scene.selection


def _block(*parts: QWidget) -> QWidget:
    """Parts on each other; the last one takes the room."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part, int(part is parts[-1]))
    return block
