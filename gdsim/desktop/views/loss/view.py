"""The loss curves."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.base import SceneView
from gdsim.desktop.views.loss.batch_curves import BatchLosses
from gdsim.desktop.views.loss.curves import Curves, Scale, batch_heights, curves_of
from gdsim.desktop.views.loss.curves_layer import CurvesLayer
from gdsim.desktop.views.loss.cut_marks import CutsItem
from gdsim.desktop.views.loss.head import LossHead
from gdsim.desktop.views.loss.loss_plot import LossPlot
from gdsim.desktop.views.loss.shown_curves import ShownCurves, bold_of
from gdsim.desktop.widgets.legend import Legend
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.rates import Rates, are_soon_known, has_schedule, rates_of
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.loss.epoch_axis import EpochAxis
    from gdsim.desktop.views.loss.rates_plot import RatesPlot
    from gdsim.desktop.views.loss.reader import LossReader


_CHANNEL = "rates"


class LossView(SceneView):
    """Loss against step, one colour an optimizer, with a cursor at the current step."""

    #: A place along the steps was clicked, or the mouse is dragged there.
    step_chosen = Signal(int)
    #: A curve was clicked: its optimizer and its run.
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("loss")
        self.setAccessibleName(self.tr("Loss curves"))
        #: The curves that are shown; None before the first race.
        self.shown: ShownCurves | None = None
        self.plot = LossPlot(theme)
        self.plot.setAccessibleName(self.tr("Loss curves"))
        self.plot.setAccessibleDescription(
            self.tr("Left and right arrow keys go along the steps, up and down ones from optimizer to optimizer.")
        )
        self.curves = CurvesLayer()
        self.cuts = CutsItem()
        self.step_line = pg.InfiniteLine(angle=90)
        for item in (self.curves, self.step_line, self.cuts):
            self.plot.addItem(item, ignoreBounds=True)
        self._reader: LossReader | None = None
        self.plot.pointed.connect(lambda point: self.reader.point_at(point))
        self.plot.dragged.connect(lambda point: self.reader.go_to(point))
        self.plot.clicked.connect(lambda point: self.reader.choose_near(point))
        self.plot.moved.connect(lambda steps, optimizers: self.reader.move(steps, optimizers))
        #: η under the loss, made when any changes on the way for the first time.
        self.rates: RatesPlot | None = None
        self._rates_name = QLabel(self.tr("η against step"))
        self._rates_name.hide()
        self.legend = Legend(theme)
        self.head = LossHead()
        self.head.changed.connect(self._decide)
        self._requests = requests
        self.batches = BatchLosses(requests, self)
        self.batches.found.connect(self._decide)
        #: Where epochs end, made when steps go by batches for the first time.
        self.epochs: EpochAxis | None = None
        self._lay_out()
        self._apply_theme(theme)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.plot, 3)
        column.addWidget(self._rates_name)
        column.addWidget(self.legend)

    @property
    def reader(self) -> LossReader:
        """The reader of values under the mouse, made when mouse or keys come for the first time."""
        if self._reader is None:
            from gdsim.desktop.views.loss.reader import LossReader

            self._reader = LossReader(self.plot, self)
            self._reader.step_chosen.connect(self.step_chosen)
            self._reader.run_chosen.connect(self.run_chosen)
            if self.shown is not None:
                self._reader.show_curves(self.shown)
        return self._reader

    def _apply_theme(self, theme: Theme) -> None:
        self.plot.set_theme(theme)
        for part in (self.rates, self.epochs):
            if part is not None:
                part.set_theme(theme)
        self.step_line.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))

    def _show_changes(self, scene: Scene, before: Scene | None) -> None:
        self.legend.show_scene(scene)
        self.step_line.setPos(scene.step)
        if self.rates is not None:
            self.rates.show_scene(scene)
        if scene.race is None:
            return
        if scene.changed(before, "race"):
            self._prepare_parts(scene.race)
            self._decide()
        elif self.shown is not None:
            bold = self.shown.bold
            if scene.changed(before, "selection"):
                bold = bold_of(scene, scene.race, self.shown.curves)
            self._show_curves(replace(self.shown, scene=scene, bold=bold))

    def _prepare_parts(self, race: Trajectories) -> None:
        """Have the parts beside the curves there that a race needs."""
        self._requests.forget(_CHANNEL)
        if has_schedule(race):
            if are_soon_known(race):
                self._prepared().show_rates(race)
            else:
                self._requests.send(_CHANNEL, partial(rates_of, race), partial(self._show_rates, race), background=True)
        self._show_epochs(race.course.epoch_steps)
        self._give_room()

    def _show_rates(self, race: Trajectories, _: Rates | None, error: GdsimError | None) -> None:
        if race is self.race and error is None:
            rates = self._prepared()
            rates.show_rates(race)
            if self.shown is not None:
                rates.box.setXRange(0, self.shown.curves.last, padding=0)
            self._give_room()

    @property
    def _has_rates(self) -> bool:
        """Tell whether η changes on the way, so that it is shown, too."""
        return self.race is not None and has_schedule(self.race)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing any more."""
        super().hideEvent(event)
        if self._reader is not None:
            self._reader.point_at(None)

    def minimumSizeHint(self) -> QSize:
        """The least size of the curves alone: the rest goes where it has no room."""
        return QSize(super().minimumSizeHint().width(), 8 * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the parts the room there is."""
        super().resizeEvent(event)
        self._give_room()
        self.head.show_best_key(self.shown)

    def _prepared(self) -> RatesPlot:
        if self.rates is None:
            from gdsim.desktop.views.loss.rates_plot import RatesPlot

            self.rates = RatesPlot(self.theme)
            if self.scene is not None:
                self.rates.show_scene(self.scene)
            self._column.insertWidget(self._column.indexOf(self.legend), self.rates, 1)
        return self.rates

    def _show_epochs(self, epoch_steps: int) -> None:
        self.head.batch_loss.setVisible(epoch_steps > 1)
        if epoch_steps > 1 and self.epochs is None:
            from gdsim.desktop.views.loss.epoch_axis import EpochAxis

            self.epochs = EpochAxis()
            self.epochs.set_theme(self.theme)
            self.plot.getPlotItem().setAxisItems({"top": self.epochs})
        if self.epochs is not None:
            self.epochs.set_epoch_steps(epoch_steps)
            # it gives its room back only if it is told so by these names
            self.epochs.show() if epoch_steps > 1 else self.epochs.hide()

    def _give_room(self) -> None:
        """The curves come first: without room for all, the legend goes, and then η."""
        line, height = self.fontMetrics().height(), self.height()
        room = height - 7 * line
        rates = self.rates.minimumHeight() + 2 * line if self.rates is not None and self._has_rates else 0
        legend = self.legend.heightForWidth(self.width() - 16)
        parts = [(self._rates_name, 0 < rates < room), (self.legend, legend < room - rates)]
        if self.rates is not None:
            parts.append((self.rates, 0 < rates < room))
        for part, shown in parts:
            part.setVisible(shown)
            if self.height() != height:  # showing it settled a size that was still to come
                self._give_room()
                return

    def _decide(self) -> None:
        scene, race = self.scene, self.race
        if scene is None or race is None:
            return
        found = self._batch_losses(race)
        curves = curves_of(race, self.head.logarithmic.wanted, found)
        self.head.name_axis(race, curves, self._wants_batches(race))
        self._number_axis(curves)
        self.plot.show_range((0, curves.last), curves.span)
        if self.rates is not None and self._has_rates:
            self.rates.box.setXRange(0, curves.last, padding=0)
        batches = None
        if found is not None:
            places = self.batches.known.places if len(found) and self.batches.known is not None else np.empty(0)
            batches = places, batch_heights(found, curves)
        self._show_curves(ShownCurves(scene, race, curves, bold_of(scene, race, curves), batches))

    def _number_axis(self, curves: Curves) -> None:
        axis, decades = self.plot.getPlotItem().getAxis("left"), curves.scale is not Scale.LINEAR
        if decades != axis.logMode:  # else it would be painted anew
            axis.setLogMode(decades)
        if curves.is_empty == axis.style["showValues"]:
            axis.setStyle(showValues=not curves.is_empty)  # where nothing is drawn no number means anything

    def _show_curves(self, shown: ShownCurves) -> None:
        before, self.shown = self.shown, shown
        self.curves.show_curves(shown)
        self.cuts.show_cuts(shown)
        if self._reader is not None:
            self._reader.show_curves(shown)
        if before is not None and shown.curves is before.curves and shown.bold == before.bold:
            return
        self.head.show_best_key(self.shown)
        if self._wants_batches(shown.race):
            self.batches.ask(shown.race, np.array(shown.bold, dtype=np.int64))
        else:
            self.batches.forget()

    def _wants_batches(self, race: Trajectories) -> bool:
        return race.course.epoch_steps > 1 and self.head.batch_loss.isChecked()

    def _batch_losses(self, race: Trajectories) -> Array | None:
        """Losses that are known, ``(k, optimizers)``: in a drag, those of a moment ago; None if none are to be seen."""
        if not self._wants_batches(race):
            return None
        keys, known = race.ids, self.batches.known
        return known.losses if known is not None and known.keys == keys else np.empty((0, len(keys)))
