"""The landscape of all optimizers, with its colour bar and a reading of what is under the mouse."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue
from gdsim.desktop.look.style import Theme
from gdsim.desktop.look.text_width import text_width
from gdsim.desktop.plotting.axis_names import AxisNames
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.text.numbers import show
from gdsim.desktop.text.slice_phrases import slice_tip
from gdsim.desktop.views.landscape.basins.legend import BasinLegend
from gdsim.desktop.views.landscape.basins.texts import pixel_text
from gdsim.desktop.views.landscape.colour_bar import ColourBar
from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot
from gdsim.desktop.widgets.steady_label import StillLabel
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.landscape import View

#: A value, and the slopes.
Reading = tuple[float, tuple[float, ...]]

_LONGEST_OF_ONE = "x = −0.000   f = −0.00e−0   f′ = −0.00e−0"
_LONGEST = "x = −0.0000   y = −0.0000   f = −0.000e−00   ∇f = (−0.000e−00, −0.000e−00)"


class LandscapeView(QWidget):
    """A landscape with a colour bar on its right and a line of text under it."""

    start_dragged = Signal(object)
    start_picked = Signal(object)
    view_changed = Signal(object)
    run_chosen = Signal(str, int)
    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self, theme: Theme, drag: Drag | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("landscape")
        self.setAccessibleName(self.tr("Landscape"))
        #: Reads what takes long.
        self.queue: RequestQueue | None = None
        self._pointed: QPointF | None = None
        self._narrow = False
        self.plot = LandscapePlot(theme, drag)
        self.plot.setAccessibleName(self.tr("Landscape"))
        self.plot.setAccessibleDescription(self.tr("Arrow keys move the start."))
        self.names = AxisNames(self.plot, theme)
        self.colour_bar, self.basin_legend = ColourBar(), BasinLegend()
        self.reading = StillLabel()
        self.reading.setObjectName("reading")
        self.reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.reading.setAccessibleName(self.tr("Position, value and gradient under the mouse"))
        self._lay_out()
        self.plot.view_changed.connect(self.view_changed)
        self.plot.start_dragged.connect(self.start_dragged)
        self.plot.start_picked.connect(self.start_picked)
        self.plot.run_chosen.connect(self.run_chosen)
        self.plot.hovered.connect(self._read)
        self.plot.axis_tip = self._axis_tip

    @property
    def objective(self) -> Objective | None:
        """The function that is shown, or its slice."""
        return self.plot.objective

    @property
    def read_objective(self) -> Objective | None:
        """The function whose values are told of: that of the batch whose surface is seen, or the one that is shown."""
        return self.objective if self.shown is None or self.shown.batch is None else self.shown.batch.objective

    def _axis_tip(self, at: QPointF) -> str:
        """Say what the axes of a slice are."""
        if self.objective is None or not hasattr(self.objective, "plane") or not self.names.is_at(at):
            return ""
        kinds = {"p₁": "principal", "r₁": "random"}
        return slice_tip(kinds.get(self.objective.names[0], "weights"))

    def _lay_out(self) -> None:
        #: What a picture of this view shows: all but the line of text.
        self.picture = QWidget()
        beside = QHBoxLayout(self.picture)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        self._pictured = QVBoxLayout()
        self._pictured.setSpacing(4)
        beside.addLayout(self._pictured, 1)
        # beside all that lies under the landscape, too: what is seen of x is to be the same there
        beside.addWidget(self.basin_legend)
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

    def show_scene(self, scene: Scene) -> None:
        """Show what has changed since the scene before."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme"):
            self.names.set_theme(scene.theme)
        self.plot.show_scene(scene)
        self.colour_bar.show_scene(scene)
        self.basin_legend.show_scene(scene)
        if scene.changed(before, "basins"):
            self._choose_key()
        if scene.changed(before, "objective") and scene.objective is not None:
            self._show_function(scene.objective, before is None or before.objective is None)
        # a race brings the slopes of a formula that has just been typed
        if scene.changed(before, "objective", "surface", "batch", "basins") or (
            self._slopeless and scene.changed(before, "race")
        ):
            self.plot.look_again()

    def _show_function(self, objective: Objective, first: bool) -> None:
        if first:
            self._read(None)  # which is another hint now
        self.names.show(*_axis_names(objective.shown_names))
        self._choose_key()
        self._make_room()

    def _choose_key(self) -> None:
        """Show the legend of what is seen: of heights, or of basins."""
        is_map = self.shown is not None and self.shown.basins is not None
        self.colour_bar.setVisible(not self.plot.is_curve and not is_map)
        if self._pointed is None:
            self._read(None)  # which is another hint

    def arrow_spacing(self) -> tuple[float, float]:
        """Return the way from one arrow to the next, along x and along y."""
        return self.plot.arrow_spacing()

    def pixels(self) -> int:
        """Return how many pixels the longer side of the landscape has."""
        return self.plot.pixels()

    def set_equal_aspect(self, equal: bool) -> None:
        """Make one unit of x as long as one of y, or fill each axis."""
        self.plot.set_equal_aspect(equal)

    def reset_view(self) -> None:
        """Go back to the function's bounds."""
        self.plot.reset_view()

    def view(self) -> View:
        """Return what is in view: left, right, bottom, top."""
        return self.plot.view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a line for the reading, or two where it is long: its height must not change while the mouse moves."""
        super().resizeEvent(event)
        self._make_room()
        self.basin_legend.fit(self.width())
        self._read(None)
        self.plot.look_again()

    def _make_room(self) -> None:
        longest = _LONGEST_OF_ONE if self.plot.is_curve else _LONGEST
        self._narrow = text_width(self.reading.font(), longest) > self._room()
        height = (2 if self._narrow else 1) * self.reading.fontMetrics().lineSpacing()
        if height != self.reading.maximumHeight():
            self.reading.setFixedHeight(height)
            # a layout does not hear of changes while it is at work: it is told afterwards, before anyone looks
            QTimer.singleShot(0, self, self._lay_out_again)

    def _room(self) -> float:
        # the status has a quarter of the line
        return 0.74 * self.width() - 24

    def _lay_out_again(self) -> None:
        self.footer.invalidate()
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def _read(self, point: QPointF | None) -> None:
        self._pointed, objective = point, self.read_objective
        self._slopeless = objective is not None and not objective.ready
        if point is None or objective is None:
            hint = self.tr("Drag the start, or double-click to move it; the wheel zooms.")
            if self.basin_legend.seen is not None:
                hint = self.tr("Click to put the start there; the wheel zooms.")
            if objective is None:  # of many parameters, before their first race
                hint = self.tr("Being worked out: the plane in which the paths move.")
            fits = not self._narrow and text_width(self.reading.font(), hint) < self._room()
            self.reading.setText(hint if fits else "")
            return
        here = np.array([point.x(), point.y()][: objective.dimension])
        if self.queue is None or objective.effort <= MOST_WORK:
            self._show_reading(objective, here, _reading(objective, here), None)
        else:
            self.reading.setText(self._text_at(objective, here, None))
            self.queue.ask(partial(_reading, objective, here), partial(self._show_reading, objective, here))

    def _show_reading(self, objective: Objective, here: Array, found: Reading | None, _: GdsimError | None) -> None:
        if self._pointed is None or objective is not self.read_objective:
            return  # the mouse has left, or something else is seen by now
        text = self._text_at(objective, here, found)
        if self.plot.is_curve and text_width(self.reading.font(), text) > self._room():
            text = self._text_at(objective, here, found, 3)
        self.reading.setText(text)

    def _text_at(self, objective: Objective, here: Array, found: Reading | None, digits: int | None = None) -> str:
        names = objective.shown_names
        facts = [f"{name} = {show(x, digits)}" for name, x in zip(names, here, strict=True)]
        if self.basin_legend.seen is not None and self._pointed is not None:
            ending = pixel_text(self.basin_legend.seen, self._pointed.x(), self._pointed.y())
            facts += [f"f = {show(found[0], digits)}"] if found is not None and not math.isnan(found[0]) else []
            return "   ".join([*facts, f"→ {ending}"] if ending else facts)
        if found is None:
            return "   ".join(facts)
        value, slopes = found
        if math.isnan(value):
            facts.append(self.tr("f is undefined here"))
        else:
            gradient = [show(slope, digits) for slope in slopes]
            facts.append(f"f = {show(value, digits)}")
            if gradient:
                facts.append(f"f′ = {gradient[0]}" if len(names) == 1 else f"∇f = ({', '.join(gradient)})")
        return "   ".join(facts)


def _axis_names(names: tuple[str, ...]) -> tuple[str, str]:
    """Return what is written at the axes: nobody has to be told of x and y where there are both."""
    if names == ("x", "y"):
        return "", ""
    return (names[0], names[1]) if len(names) == 2 else (names[0], "") if len(names) == 1 else ("", "")


def _reading(objective: Objective, here: Array) -> Reading | None:
    """Return the value and the slopes at a point ``(d,)``, or what of them is there without compiling it."""
    if not objective.value_ready:
        return None
    value = float(objective.value(here))
    return value, () if math.isnan(value) or not objective.ready else tuple(objective.gradient(here).tolist())
