"""What the mouse and the arrow keys do in the loss plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.loss.curves import Curves
from gdsim.desktop.views.loss.loss_plot import LossPlot
from gdsim.desktop.views.loss.nearest_curve import nearest_bold, nearest_run, step_at
from gdsim.desktop.views.loss.read_out import ReadOut, Row
from gdsim.desktop.views.loss.reading_item import ReadingItem
from gdsim.desktop.views.loss.texts import loss_text
from gdsim.simulation.trajectories import Trajectories

#: A click may miss a curve by so many pixels.
_REACH = 8.0


@dataclass(frozen=True, eq=False)
class Seen:
    """What the plot shows: a race, its curves, the bold run of each optimizer, and whether there are others.

    Attributes
    ----------
    hidden
        The optimizers that are not seen.
    chosen
        The optimizer that is looked at closely.
    """

    race: Trajectories
    curves: Curves
    bold: Sequence[int]
    restarts: bool
    hidden: frozenset[str]
    chosen: str


class LossReader(QObject):
    """Reads values under the mouse, and says which step and which run is wanted."""

    step_chosen = Signal(int)
    run_chosen = Signal(str, int)

    def __init__(self, plot: LossPlot, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._plot, self._theme, self._view = plot, theme, view
        self._seen: Seen | None = None
        #: The place of the mouse in the scene: what lies under it changes with the axes.
        self._pointed: QPointF | None = None
        self._step = 0
        self.item = ReadingItem(theme)
        plot.addItem(self.item, ignoreBounds=True)
        #: What is read, made when the mouse comes for the first time.
        self.read_out: ReadOut | None = None
        plot.box.sigResized.connect(self._read_again)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.item.set_theme(theme)
        if self.read_out is not None:
            self.read_out.set_theme(theme)

    def set_step(self, step: int) -> None:
        """Arrow keys go on from this step."""
        self._step = step

    def show(self, seen: Seen) -> None:
        """What the plot shows has changed, and so may what is read."""
        self._seen = seen
        self._read_again()

    def _read_again(self) -> None:
        """What is under the mouse is another."""
        if self._pointed is not None:
            self._read()

    def point_at(self, point: QPointF | None) -> None:
        """Read at a step and a height; None reads nothing."""
        if point is not None or self._pointed is not None:
            self._pointed = None if point is None else self._plot.box.mapViewToScene(point)
            self._read()

    def go_to(self, point: QPointF) -> None:
        """The step under the mouse, and what is read there."""
        if self._seen is not None:
            self.step_chosen.emit(step_at(point.x(), self._seen.race.steps))
            self.point_at(point)

    def choose_near(self, point: QPointF) -> None:
        """The run whose curve is nearest, if one is within reach."""
        seen = self._seen
        if seen is None:
            return
        at, bold = (point.x(), point.y()), () if seen.restarts else seen.bold
        found = nearest_run(seen.curves, at, self._plot.pixel_size(), _REACH, _hidden(seen), bold)
        if found is not None:
            self.run_chosen.emit(seen.race.ids[found[0]], found[1])

    def move(self, steps: int, optimizers: int) -> None:
        """From the current step so many on, or to the next optimizer that is seen."""
        if self._seen is None:
            return
        if steps:
            self.step_chosen.emit(step_at(self._step + steps, self._seen.race.steps))
        keys = [key for key in self._seen.race.ids if key not in self._seen.hidden]
        if optimizers and self._seen.chosen in keys:
            self.run_chosen.emit(keys[(keys.index(self._seen.chosen) + optimizers) % len(keys)], 0)

    def _read(self) -> None:
        seen = self._seen
        if seen is None or self._pointed is None or not seen.race.ids:
            self.item.show_at(None)
            if self.read_out is not None:
                self.read_out.hide()
            return
        point = self._plot.box.mapSceneToView(self._pointed)
        step = step_at(point.x(), seen.race.steps)
        nearest = nearest_bold(seen.curves, (point.x(), point.y()), seen.bold, _hidden(seen))
        shown = [o for o, key in enumerate(seen.race.ids) if key not in seen.hidden]
        self._mark(seen, step, shown, nearest)
        rows = [self._row(seen, step, o, o == nearest) for o in shown]
        self._tell(step, rows)

    def _mark(self, seen: Seen, step: int, shown: Sequence[int], nearest: int) -> None:
        low, high = seen.curves.span
        row, dots = seen.curves.row(step), []
        for o in sorted(shown, key=lambda o: o == nearest):
            height = float(seen.curves.heights[row, o, seen.bold[o]])
            if low <= height <= high:
                dots.append((optimizer_color(seen.race.ids[o], self._theme), height, o == nearest))
        self.item.show_at(step, dots)

    def _row(self, seen: Seen, step: int, o: int, nearest: bool) -> Row:
        key, run = seen.race.ids[o], seen.bold[o]
        name = optimizer_text(key, seen.race)
        if run:
            name = self.tr("{name}, restart {run}").format(name=name, run=run)
        return Row(key, name, loss_text(seen.race, o, run, step), nearest)

    def _tell(self, step: int, rows: list[Row]) -> None:
        if self.read_out is None:
            self.read_out = ReadOut(self._view, self._theme)
        place = self._view.mapToGlobal(QPoint(0, self._plot.y()))
        beside = QRect(place, QSize(self._view.width(), self._plot.height()))
        note = self.tr("Click: to this step; on a curve: choose its run.")
        title = self.tr("Loss f at step {step}").format(step=step)
        self.read_out.show_rows(title, rows, note, beside)


def _hidden(seen: Seen) -> list[int]:
    """The optimizers that are not seen, by place."""
    return [o for o, key in enumerate(seen.race.ids) if key in seen.hidden]
