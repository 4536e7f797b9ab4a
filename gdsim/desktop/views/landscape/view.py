"""The landscape of all optimizers, with its colour bar and a reading of what is under the mouse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.axis_names import AxisNames
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.phrases import slice_tip
from gdsim.desktop.views.landscape.colour_bar import ColourBar
from gdsim.desktop.views.landscape.surface_plot import LandscapeMap
from gdsim.desktop.widgets.steady_label import StillLabel
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface, View
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.sampling.gradient_field import Arrows

#: A value, and the slopes.
Reading = tuple[float, tuple[float, ...]]

_LONGEST_OF_ONE = "x = −0.000   f = −0.00e−0   f′ = −0.00e−0"
_LONGEST = "x = −0.0000   y = −0.0000   f = −0.000e−00   ∇f = (−0.000e−00, −0.000e−00)"


class LandscapeView(QWidget):
    """A map with a colour bar on its right and a line of text under it."""

    start_dragged = Signal(object)
    grabbed = Signal()
    released = Signal()
    view_changed = Signal(object)
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("landscape")
        self.setAccessibleName(self.tr("Landscape"))
        #: What is shown: the function, or a slice of it.
        self.objective: Objective | None = None
        self._read_from: Objective | None = None
        #: Who reads what takes long.
        self.readings: RequestQueue | None = None
        self._pointed: QPointF | None = None
        self._narrow = False
        self.plot = LandscapeMap(theme)
        self.plot.setAccessibleName(self.tr("Landscape"))
        self.plot.setAccessibleDescription(self.tr("Arrow keys move the start."))
        self.ground, self.paths, self.heads = self.plot.ground, self.plot.paths, self.plot.heads
        self.handle = self.plot.handle
        self.names = AxisNames(self.plot, theme)
        self.colour_bar = ColourBar(theme)
        self.reading = StillLabel()
        self.reading.setObjectName("reading")
        self.reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.reading.setAccessibleName(self.tr("Position, value and gradient under the mouse"))
        self._lay_out()
        self.set_theme(theme)
        self.plot.view_changed.connect(self.view_changed)
        self.plot.start_dragged.connect(self.start_dragged)
        self.plot.grabbed.connect(self.grabbed)
        self.plot.released.connect(self.released)
        self.plot.run_chosen.connect(self.run_chosen)
        self.plot.hovered.connect(self._read)
        self.plot.axis_tip = self._axis_tip

    def _axis_tip(self, at: QPointF) -> str:
        """What the axes of a slice are."""
        if self.objective is None or not hasattr(self.objective, "plane") or not self.names.is_at(at):
            return ""
        kinds = {"p₁": "principal", "r₁": "random"}
        return slice_tip(kinds.get(self.objective.names[0], "weights"))

    def _lay_out(self) -> None:
        #: What a picture of this view shows: all but the line of text.
        self.picture = QWidget()
        self._pictured = QVBoxLayout(self.picture)
        self._pictured.setContentsMargins(0, 0, 0, 0)
        self._pictured.setSpacing(4)
        row = QHBoxLayout()
        self._pictured.addLayout(row, 5)
        row.setSpacing(8)
        row.addWidget(self.plot, 1)
        row.addWidget(self.colour_bar)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.picture, 1)
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(8, 0, 8, 0)
        self.footer.addWidget(self.reading, 3)
        column.addLayout(self.footer)
        self._read(None)

    def add_below(self, picture: QWidget, strip: QWidget) -> None:
        """Put something into the picture, under the landscape, and a strip of controls under both."""
        self._pictured.addWidget(picture, 2)
        self._column.insertWidget(1, strip)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)
        self.names.set_theme(theme)
        self.colour_bar.set_theme(theme)

    def set_function(self, objective: Objective, ascent: bool = False) -> None:
        """Show another function; uphill, with its maxima."""
        before, self.objective, self._read_from = self.objective, objective, None
        self.plot.set_function(objective, ascent)
        if objective is before:
            return
        if before is None:
            self._read(None)
        self.plot.look_again()
        self.names.show(*_axis_names(objective.shown_names))
        self.colour_bar.setVisible(not self.plot.is_curve)
        self._make_room()

    def read_from(self, objective: Objective | None) -> None:
        """The surface is that of something else than the function: what is under the mouse is told of that."""
        self._read_from = objective
        self.plot.read_from(objective)
        self.plot.look_again()

    def set_start(self, start: Sequence[float]) -> None:
        """Put the handle somewhere."""
        self.plot.set_start(start)

    def set_surface(self, surface: Surface | Curve) -> None:
        """Show the surface or the curve that was asked for."""
        self.plot.set_surface(surface)
        self.plot.look_again()
        if isinstance(surface, Surface):
            self.colour_bar.set_surface(surface)

    def clear_surface(self) -> None:
        """Show no surface, and no arrows, until others come."""
        self.plot.clear_surface()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self.plot.set_race(race)

    def set_step(self, step: int) -> None:
        """Show a step."""
        self.plot.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.plot.set_hidden(hidden)

    def set_chosen(self, key: str, run: int) -> None:
        """Mark the run that is looked at closely."""
        self.plot.set_chosen(key, run)

    def set_marks(self, marks: Marks) -> None:
        """What is drawn of the gradient."""
        self.plot.gradient.set_marks(marks)

    def set_arrows(self, arrows: Arrows | None) -> None:
        """Show the arrows that were asked for, or none."""
        self.plot.gradient.set_arrows(arrows)

    def arrow_spacing(self) -> tuple[float, float]:
        """From one arrow to the next, along x and along y."""
        return self.plot.arrow_spacing()

    def set_equal_aspect(self, equal: bool) -> None:
        """One unit of x as long as one of y, or each axis filled."""
        self.plot.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Back to the function's bounds."""
        self.plot.reset_view()

    def view(self) -> View:
        """What is in view: left, right, bottom, top."""
        return self.plot.view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A line for the reading, or two where it is long: its height must not change while the mouse moves."""
        super().resizeEvent(event)
        self._make_room()
        self._read(None)
        self.plot.look_again()

    def _make_room(self) -> None:
        metrics = self.reading.fontMetrics()
        longest = _LONGEST_OF_ONE if self.plot.is_curve else _LONGEST
        self._narrow = metrics.horizontalAdvance(longest) > self._room()
        height = (2 if self._narrow else 1) * metrics.lineSpacing()
        if height != self.reading.maximumHeight():
            self.reading.setFixedHeight(height)
            # a layout does not hear of changes while it is at work: it is told afterwards, before anyone looks
            QTimer.singleShot(0, self, self._settle)

    def _room(self) -> float:
        # the status has a quarter of the line
        return 0.74 * self.width() - 24

    def _settle(self) -> None:
        self.footer.invalidate()
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _read(self, point: QPointF | None) -> None:
        self._pointed = point
        if point is None or self.objective is None:
            hint = self.tr("Drag the start, or double-click to move it; the wheel zooms.")
            if self.objective is None:  # of many parameters, before their first race
                hint = self.tr("Being worked out: the plane in which the paths move.")
            fits = not self._narrow and self.reading.fontMetrics().horizontalAdvance(hint) < self._room()
            self.reading.setText(hint if fits else "")
            return
        objective = self._read_from or self.objective
        here = np.array([point.x(), point.y()][: objective.dimension])
        if self.readings is None or objective.effort <= MOST_WORK:
            self._tell(objective, here, _reading(objective, here), None)
        else:
            self.reading.setText(self._text_at(objective, here, None))
            self.readings.ask(partial(_reading, objective, here), partial(self._tell, objective, here))

    def _tell(self, objective: Objective, here: Array, found: Reading | None, _: GdsimError | None) -> None:
        if self._pointed is None or objective is not (self._read_from or self.objective):
            return
        text = self._text_at(objective, here, found)
        if self.plot.is_curve and self.reading.fontMetrics().horizontalAdvance(text) > self._room():
            text = self._text_at(objective, here, found, 3)
        self.reading.setText(text)

    def _text_at(self, objective: Objective, here: Array, found: Reading | None, digits: int | None = None) -> str:
        names = objective.shown_names
        facts = [f"{name} = {show(x, digits)}" for name, x in zip(names, here, strict=True)]
        if found is None:
            return "   ".join(facts)
        value, slopes = found
        if math.isnan(value):
            facts.append(self.tr("f is undefined here"))
        else:
            gradient = [show(slope, digits) for slope in slopes]
            facts.append(f"f = {show(value, digits)}")
            facts.append(f"f′ = {gradient[0]}" if len(names) == 1 else f"∇f = ({', '.join(gradient)})")
        return "   ".join(facts)


def _axis_names(names: tuple[str, ...]) -> tuple[str, str]:
    """What is written at the axes: nobody has to be told of x and y where there are both."""
    if names == ("x", "y"):
        return "", ""
    return (names[0], names[1]) if len(names) == 2 else (names[0], "") if len(names) == 1 else ("", "")


def _reading(objective: Objective, here: Array) -> Reading | None:
    """The value and the slopes at a point ``(d,)``; None if it would take a while to compile them."""
    if not objective.ready:
        return None
    value = float(objective.value(here))
    return value, () if math.isnan(value) else tuple(objective.gradient(here).tolist())
