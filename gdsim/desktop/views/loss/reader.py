"""Reading and choosing in the loss plot, with the mouse and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSize, Signal
from PySide6.QtWidgets import QWidget

from gdsim.desktop.look.style import Theme, optimizer_color
from gdsim.desktop.text.phrases import optimizer_text
from gdsim.desktop.views.loss.loss_plot import LossPlot
from gdsim.desktop.views.loss.nearest_curve import nearest_bold, nearest_run, step_at
from gdsim.desktop.views.loss.read_out import ReadOut, ReadRow
from gdsim.desktop.views.loss.reading_item import ReadingItem
from gdsim.desktop.views.loss.shown_curves import ShownCurves
from gdsim.desktop.views.loss.texts import loss_text

#: A click may miss a curve by so many pixels.
_REACH = 8.0


class LossReader(QObject):
    """Reads values under the mouse, and says which step and which run is wanted."""

    step_chosen = Signal(int)
    run_chosen = Signal(str, int)

    def __init__(self, plot: LossPlot, view: QWidget) -> None:
        super().__init__(view)
        self._plot, self._view = plot, view
        self._shown: ShownCurves | None = None
        #: The place of the mouse in the scene: what lies under it changes with the axes.
        self._pointed: QPointF | None = None
        self.item = ReadingItem()
        plot.addItem(self.item, ignoreBounds=True)
        #: What is read, made when the mouse comes for the first time.
        self.read_out: ReadOut | None = None
        plot.box.sigResized.connect(self._read_again)

    def show_curves(self, shown: ShownCurves) -> None:
        """Read again where the curves are others."""
        before, self._shown = self._shown, shown
        # the step that is shown, and arrow keys go on from, changes nothing of what is under the mouse
        if shown.differs(before) or (before is not None and shown.selected != before.selected):
            self._read_again()

    def _read_again(self) -> None:
        """Read what is under the mouse now."""
        if self._pointed is not None:
            self._read()

    def point_at(self, point: QPointF | None) -> None:
        """Read at a step and a height; None reads nothing."""
        if point is not None or self._pointed is not None:
            self._pointed = None if point is None else self._plot.box.mapViewToScene(point)
            self._read()

    def go_to(self, point: QPointF) -> None:
        """The step under the mouse, and what is read there."""
        if self._shown is not None:
            self.step_chosen.emit(step_at(point.x(), self._shown.race.steps))
            self.point_at(point)

    def choose_near(self, point: QPointF) -> None:
        """The run whose curve is nearest, if one is within reach."""
        seen = self._shown
        if seen is None:
            return
        at, bold = (point.x(), point.y()), () if seen.batches is None else seen.bold
        found = nearest_run(seen.curves, at, self._plot.pixel_size(), _REACH, seen.hidden, bold)
        if found is not None:
            self.run_chosen.emit(seen.race.ids[found[0]], found[1])

    def move(self, steps: int, optimizers: int) -> None:
        """From the current step so many on, or to the next optimizer that is seen."""
        if self._shown is None:
            return
        if steps:
            self.step_chosen.emit(step_at(self._shown.step + steps, self._shown.race.steps))
        keys = [self._shown.race.ids[o] for o in self._shown.seen]
        if optimizers and self._shown.selected in keys:
            self.run_chosen.emit(keys[(keys.index(self._shown.selected) + optimizers) % len(keys)], 0)

    def _read(self) -> None:
        seen = self._shown
        if seen is None or self._pointed is None or not seen.race.ids:
            self.item.clear()
            if self.read_out is not None:
                self.read_out.hide()
            return
        point = self._plot.box.mapSceneToView(self._pointed)
        step = step_at(point.x(), seen.race.steps)
        nearest = nearest_bold(seen.curves, (point.x(), point.y()), seen.bold, seen.hidden)
        self._mark(seen, step, nearest)
        rows = [self._row(seen, step, o, o == nearest) for o in seen.seen]
        self._show_rows(seen.theme, step, rows)

    def _mark(self, seen: ShownCurves, step: int, nearest: int) -> None:
        low, high = seen.curves.span
        row, dots = seen.curves.row(step), []
        for o in sorted(seen.seen, key=lambda o: o == nearest):
            height = float(seen.curves.heights[row, o, seen.bold[o]])
            if low <= height <= high:
                dots.append((optimizer_color(seen.race.ids[o], seen.theme), height, o == nearest))
        self.item.show_at(seen.theme, step, dots)

    def _row(self, seen: ShownCurves, step: int, o: int, nearest: bool) -> ReadRow:
        key, run = seen.race.ids[o], seen.bold[o]
        name = optimizer_text(key, seen.race)
        if run:
            name = self.tr("{name}, restart {run}").format(name=name, run=run)
        return ReadRow(key, name, loss_text(seen.race, o, run, step), nearest)

    def _show_rows(self, theme: Theme, step: int, rows: list[ReadRow]) -> None:
        if self.read_out is None:
            self.read_out = ReadOut(self._view)
        place = self._view.mapToGlobal(QPoint(0, self._plot.y()))
        beside = QRect(place, QSize(self._view.width(), self._plot.height()))
        note = self.tr("Click: to this step; on a curve: choose its run.")
        title = self.tr("Loss f at step {step}").format(step=step)
        self.read_out.show_rows(theme, title, rows, note, beside)
