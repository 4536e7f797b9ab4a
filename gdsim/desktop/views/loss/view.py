"""The loss curves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.state.selection import bold_runs
from gdsim.desktop.text.phrases import tip_text
from gdsim.desktop.views.base import PartByPart
from gdsim.desktop.views.loss.batch_curves import BatchLosses
from gdsim.desktop.views.loss.curves import Curves, Scale, batch_heights, curves_of
from gdsim.desktop.views.loss.curves_layer import CurvesLayer
from gdsim.desktop.views.loss.cut_marks import CutsItem
from gdsim.desktop.views.loss.cuts import cuts_of
from gdsim.desktop.views.loss.loss_plot import LossPlot
from gdsim.desktop.views.loss.texts import axis_text, axis_tip
from gdsim.desktop.widgets.eliding_label import ElidedLabel
from gdsim.desktop.widgets.legend import Legend
from gdsim.desktop.widgets.log_check_box import LogBox
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.sampling.rates import Rates, are_soon_known, has_schedule, rates_of
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.views.loss.epoch_axis import EpochAxis
    from gdsim.desktop.views.loss.rates_plot import RatesPlot
    from gdsim.desktop.views.loss.reader import LossReader


_CHANNEL = "rates"


class LossView(PartByPart, QWidget):
    """Loss against step, one colour an optimizer, with a cursor at the current step."""

    #: A place along the steps was clicked, or the mouse is dragged there.
    step_chosen = Signal(int)
    #: A curve was clicked: its optimizer and its run.
    run_chosen = Signal(str, int)

    def __init__(self, theme: Theme, requests: Requests, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss")
        self.setAccessibleName(self.tr("Loss curves"))
        self._race: Trajectories | None = None
        self.plot = LossPlot(theme)
        self.plot.setAccessibleName(self.tr("Loss curves"))
        self.plot.setAccessibleDescription(
            self.tr("Left and right arrow keys go along the steps, up and down ones from optimizer to optimizer.")
        )
        self.curves = CurvesLayer(theme)
        self.cuts = CutsItem(theme)
        self._cursor = pg.InfiniteLine(angle=90)
        for item in (self.curves, self._cursor, self.cuts):
            self.plot.addItem(item, ignoreBounds=True)
        self._reader: LossReader | None = None
        self.plot.pointed.connect(lambda point: self.reader.point_at(point))
        self.plot.dragged.connect(lambda point: self.reader.go_to(point))
        self.plot.clicked.connect(lambda point: self.reader.choose_near(point))
        self.plot.moved.connect(lambda steps, optimizers: self.reader.move(steps, optimizers))
        self._theme = theme
        self._curves: Curves | None = None
        self._best_marked = False
        self._chosen = ("", 0)
        #: η under the loss, made when any changes on the way for the first time.
        self.rates: RatesPlot | None = None
        self._rates_name = QLabel(self.tr("η against step"))
        self._rates_name.hide()
        self._scheduled = False
        self._step = 0
        self._hidden: frozenset[str] = frozenset()
        self.legend = Legend(theme)
        self.logarithmic = LogBox(self.tr("Log"))
        self.logarithmic.setObjectName("log_loss")
        self.logarithmic.wish_changed.connect(self._decide)
        self._requests = requests
        self._batches = BatchLosses(requests, self)
        self._batches.found.connect(self._decide)
        #: Where epochs end, made when steps go by batches for the first time.
        self.epochs: EpochAxis | None = None
        self.batch_loss = QCheckBox(self.tr("Batch loss"))
        self.batch_loss.setObjectName("batch_loss")
        self.batch_loss.setToolTip(
            self.tr("Thin: the loss over the batch that each step goes by; bold: that over all examples.")
        )
        self.batch_loss.setChecked(True)
        self.batch_loss.toggled.connect(self._decide)
        self.batch_loss.hide()
        self._axis_name = ElidedLabel()
        self.best_key = ElidedLabel(self.tr("○ best restart"))
        self.best_key.setProperty("role", "faint")
        self.best_key.setToolTip(
            self.tr(
                "A ring marks where the best run of an optimizer ends, if another is bold. Bold are the chosen run "
                "and, of other optimizers, those from the start."
            )
        )
        self.best_key.hide()
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._axis_name)
        row.addStretch(1)
        row.addWidget(self.best_key)
        row.addWidget(self.batch_loss)
        row.addWidget(self.logarithmic)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.plot, 3)
        column.addWidget(self._rates_name)
        column.addWidget(self.legend)

    @property
    def reader(self) -> LossReader:
        """What reads values under the mouse, made when mouse or keys come for the first time."""
        if self._reader is None:
            from gdsim.desktop.views.loss.reader import LossReader

            self._reader = LossReader(self.plot, self._theme, self)
            self._reader.step_chosen.connect(self.step_chosen)
            self._reader.run_chosen.connect(self.run_chosen)
            self._reader.set_step(self._step)
            self._tell_reader()
        return self._reader

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)
        for item in (self.curves, self.cuts):
            item.set_theme(theme)
        if self._reader is not None:
            self._reader.set_theme(theme)
        self._theme = theme
        if self.rates is not None:
            self.rates.set_theme(theme)
        if self.epochs is not None:
            self.epochs.set_theme(theme)
        self.legend.set_theme(theme)
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._race = race
        self.legend.set_race(race)
        self._scheduled = has_schedule(race)
        self._requests.forget(_CHANNEL)
        if self._scheduled:
            if are_soon_known(race):
                self._prepared().set_race(race)
            else:
                self._requests.send(_CHANNEL, partial(rates_of, race), partial(self._show_rates, race), background=True)
        self._show_epochs(race.course.epoch_steps)
        self._give_room()
        self._decide()

    def _show_rates(self, race: Trajectories, _: Rates | None, error: GdsimError | None) -> None:
        if race is self._race and error is None:
            rates = self._prepared()
            rates.set_race(race)
            if self._curves is not None:
                rates.box.setXRange(0, self._curves.last, padding=0)
            self._give_room()

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor.setPos(step)
        self._step = step
        if self.rates is not None:
            self.rates.set_step(step)
        self.curves.set_step(step)
        self.cuts.set_step(step)
        if self._reader is not None:
            self._reader.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.curves.set_hidden(hidden)
        self.cuts.set_hidden(hidden)
        self._hidden = hidden
        if self.rates is not None:
            self.rates.set_hidden(hidden)
        self.legend.set_hidden(hidden)
        self._tell_reader()

    def set_chosen(self, key: str, run: int) -> None:
        """The run that is looked at closely is bold, and what its batches cost stands out."""
        self._chosen = (key, run)
        if self._race is not None and self._curves is not None:
            self._show_bold(self._race, self._curves)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read any more."""
        super().hideEvent(event)
        if self._reader is not None:
            self._reader.point_at(None)

    def minimumSizeHint(self) -> QSize:
        """That of the curves alone: the rest goes where it has no room."""
        return QSize(super().minimumSizeHint().width(), 8 * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has room for other parts."""
        super().resizeEvent(event)
        self._give_room()
        self._show_best_key()

    def _prepared(self) -> RatesPlot:
        if self.rates is None:
            from gdsim.desktop.views.loss.rates_plot import RatesPlot

            self.rates = RatesPlot(self._theme)
            self.rates.set_step(self._step)
            self.rates.set_hidden(self._hidden)
            self._column.insertWidget(self._column.indexOf(self.legend), self.rates, 1)
        return self.rates

    def _show_epochs(self, epoch_steps: int) -> None:
        self.batch_loss.setVisible(epoch_steps > 1)
        if epoch_steps > 1 and self.epochs is None:
            from gdsim.desktop.views.loss.epoch_axis import EpochAxis

            self.epochs = EpochAxis()
            self.epochs.set_theme(self._theme)
            self.plot.getPlotItem().setAxisItems({"top": self.epochs})
        if self.epochs is not None:
            self.epochs.set_epoch_steps(epoch_steps)
            # it gives its room back only if it is told so by these names
            self.epochs.show() if epoch_steps > 1 else self.epochs.hide()

    def _give_room(self) -> None:
        """The curves come first: without room for all, the legend goes, and then η."""
        line, height = self.fontMetrics().height(), self.height()
        room = height - 7 * line
        rates = self.rates.minimumHeight() + 2 * line if self.rates is not None and self._scheduled else 0
        legend = self.legend.heightForWidth(self.width() - 16)
        parts = [(self._rates_name, 0 < rates < room), (self.legend, legend < room - rates)]
        if self.rates is not None:
            parts.append((self.rates, 0 < rates < room))
        for part, shown in parts:
            part.setVisible(shown)
            if self.height() != height:  # showing it settled a size that was still to come
                self._give_room()
                return

    def _show_best_key(self) -> None:
        """What the rings mean, where there are any and there is room beside the name of the axis."""
        line = [
            self._axis_name,
            self.best_key,
            self.logarithmic,
            *([] if self.batch_loss.isHidden() else [self.batch_loss]),
        ]
        needed = sum(part.sizeHint().width() + 12 for part in line)
        self.best_key.setVisible(self._best_marked and needed <= self.width())
        tips = [self.logarithmic.toolTip()] if self.logarithmic.wanted else []
        tip = "\n".join([*tips, *([self.best_key.toolTip()] if self._best_marked else [])])
        if tip != self._axis_name.toolTip():
            self._axis_name.setToolTip(tip_text(tip))

    def _decide(self) -> None:
        race = self._race
        if race is None:
            return
        curves = self._curves = curves_of(race, self.logarithmic.wanted, self._batch_losses(race))
        self._name_axis(race, curves)
        self.plot.show_range((0, curves.last), curves.span)
        if self.rates is not None and self._scheduled:
            self.rates.box.setXRange(0, curves.last, padding=0)
        self.curves.set_curves(race, curves, self._bold(race, curves))
        self._show_bold(race, curves)
        found = self._batch_losses(race)
        if found is None:
            self.curves.set_batch(None)
            return
        places = self._batches.known.places if len(found) and self._batches.known is not None else np.empty(0)
        self.curves.set_batch((places, batch_heights(found, curves)))

    def _name_axis(self, race: Trajectories, curves: Curves) -> None:
        self.logarithmic.set_possible(curves.logs is not Scale.LINEAR)
        wanted = self.logarithmic.wanted and not curves.is_empty
        self._axis_name.setText(axis_text(race, curves.scale, wanted))
        tip = axis_tip(race, curves, self._wants_batches(race))
        if tip != self.logarithmic.toolTip():
            self.logarithmic.setToolTip(tip)
        axis, decades = self.plot.getPlotItem().getAxis("left"), curves.scale is not Scale.LINEAR
        if decades != axis.logMode:  # else it would be painted anew
            axis.setLogMode(decades)
        if curves.is_empty == axis.style["showValues"]:
            axis.setStyle(showValues=not curves.is_empty)  # where nothing is drawn no number means anything

    def _bold(self, race: Trajectories, curves: Curves) -> list[int]:
        return bold_runs(race.ids, curves.heights.shape[2], self._chosen)

    def _show_bold(self, race: Trajectories, curves: Curves) -> None:
        """All that goes by which run of each optimizer is bold."""
        bold, batches = self._bold(race, curves), self._wants_batches(race)
        self.curves.set_chosen(self._chosen[0], bold)
        self.cuts.set_cuts(race.ids, cuts_of(race, curves, bold))
        self.cuts.set_chosen(self._chosen[0])
        self._best_marked = not batches and curves.best.tolist() != bold
        self._show_best_key()
        if batches:
            self._batches.ask(race, np.array(bold, dtype=np.int64))
        else:
            self._batches.forget()
        self._tell_reader()

    def _tell_reader(self) -> None:
        race, curves = self._race, self._curves
        if self._reader is not None and race is not None and curves is not None:
            from gdsim.desktop.views.loss.reader import Seen

            bold, restarts = self._bold(race, curves), not self._wants_batches(race)
            self._reader.show(Seen(race, curves, bold, restarts, self._hidden, self._chosen[0]))

    def _wants_batches(self, race: Trajectories) -> bool:
        return race.course.epoch_steps > 1 and self.batch_loss.isChecked()

    def _batch_losses(self, race: Trajectories) -> Array | None:
        """Those that are there, ``(k, optimizers)``: in a drag, those of a moment ago; None if none are to be seen."""
        if not self._wants_batches(race):
            return None
        keys, known = race.ids, self._batches.known
        return known.losses if known is not None and known.keys == keys else np.empty((0, len(keys)))
