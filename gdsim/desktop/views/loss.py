"""The loss curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdsim.desktop.batch_losses import BatchLosses
from gdsim.desktop.drawing.legend import Legend
from gdsim.desktop.drawing.loss_layer import CurvesLayer
from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.drawing.rates_plot import RatesPlot
from gdsim.desktop.elided import ElidedLabel
from gdsim.desktop.errands import Errands
from gdsim.desktop.loss_curves import batch_heights, curves_of
from gdsim.desktop.rates import has_schedule
from gdsim.desktop.style import Theme, solid
from gdsim.desktop.words import is_of_weights
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.drawing.epoch_axis import EpochAxis


class LossView(QWidget):
    """Loss against step, one colour an optimizer, with a cursor at the current step."""

    def __init__(self, theme: Theme, errands: Errands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss")
        self.setAccessibleName(self.tr("Loss curves"))
        self._race: Trajectories | None = None
        self.plot = Plot(theme, decades=("left",))
        self.curves = CurvesLayer(theme)
        self.plot.addItem(self.curves, ignoreBounds=True)
        self.plot.box.setMouseEnabled(x=False, y=False)
        self._cursor = pg.InfiniteLine(angle=90)
        self.plot.addItem(self._cursor, ignoreBounds=True)
        self._theme = theme
        #: η under the loss, made when any changes on the way for the first time.
        self.rates: RatesPlot | None = None
        self._rates_name = QLabel(self.tr("η against step"))
        self._rates_name.hide()
        self._scheduled = False
        self._step = 0
        self._hidden: frozenset[str] = frozenset()
        self.legend = Legend(theme)
        self.logarithmic = QCheckBox(self.tr("Log"))
        self.logarithmic.setObjectName("log_loss")
        self.logarithmic.setToolTip(self._log_tip(ascent=False))
        self.logarithmic.setChecked(True)
        self.logarithmic.toggled.connect(self._decide)
        self._batches = BatchLosses(errands, self)
        self._batches.found.connect(self._decide)
        #: Where epochs end, made when steps go by batches for the first time.
        self.epochs: EpochAxis | None = None
        self.batch_loss = QCheckBox(self.tr("Batch loss"))
        self.batch_loss.setObjectName("batch_loss")
        self.batch_loss.setToolTip(
            self.tr("Thin: the cost of the batch that each step goes by; bold: that of all examples.")
        )
        self.batch_loss.setChecked(True)
        self.batch_loss.toggled.connect(self._decide)
        self.batch_loss.hide()
        self._axis_name = ElidedLabel()
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._axis_name)
        row.addStretch(1)
        row.addWidget(self.batch_loss)
        row.addWidget(self.logarithmic)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.plot, 3)
        column.addWidget(self._rates_name)
        column.addWidget(self.legend)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.plot.set_theme(theme)
        self.curves.set_theme(theme)
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
        self.legend.set_keys(list(race.ids), race.ascent)
        self._scheduled = has_schedule(race)
        if self._scheduled:
            self._prepared().set_race(race)
        self._show_epochs(race.course.epoch_steps)
        self._give_room()
        self._decide()

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor.setPos(step)
        self._step = step
        if self.rates is not None:
            self.rates.set_step(step)
        self.curves.set_step(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self.curves.set_hidden(hidden)
        self._hidden = hidden
        if self.rates is not None:
            self.rates.set_hidden(hidden)
        self.legend.set_hidden(hidden)

    def set_chosen(self, key: str, run: int) -> None:
        """Of the run that is looked at closely, what its batches cost stands out."""
        del run
        self.curves.set_chosen(key)

    def minimumSizeHint(self) -> QSize:
        """That of the curves alone: the rest goes where it has no room."""
        return QSize(super().minimumSizeHint().width(), 8 * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has room for other parts."""
        super().resizeEvent(event)
        self._give_room()

    def _prepared(self) -> RatesPlot:
        if self.rates is None:
            self.rates = RatesPlot(self._theme)
            self.rates.set_step(self._step)
            self.rates.set_hidden(self._hidden)
            self._column.insertWidget(self._column.indexOf(self.legend), self.rates, 1)
        return self.rates

    def _show_epochs(self, epoch_steps: int) -> None:
        self.batch_loss.setVisible(epoch_steps > 1)
        if epoch_steps > 1 and self.epochs is None:
            from gdsim.desktop.drawing.epoch_axis import EpochAxis

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

    def _log_tip(self, ascent: bool, known: bool = True) -> str:
        if not known:
            return self.tr(
                "Logarithmic axis: the depth below the highest value that any run of this race reaches, as no maximum "
                "is known."
            ) if ascent else self.tr(
                "Logarithmic axis: the height above the lowest loss that any run of this race reaches, as no minimum "
                "is known."
            )  # fmt: skip
        if ascent:
            return self.tr(
                "Logarithmic axis: the depth below the highest known maximum f*; straight lines shrink by a factor."
            )
        return self.tr(
            "Logarithmic axis: the height above the lowest known minimum f*; straight lines shrink by a factor."
        )

    def _plain_tip(self) -> str:
        return self.tr(
            "Logarithmic axis: the loss itself. Nothing is subtracted, as batches may cost less than all examples do."
        )

    def _height_name(self, race: Trajectories, itself: bool) -> str:
        """What is shown against the step: of models the loss, of functions f; itself, or how far it is from the end."""
        model = is_of_weights(race.objective)
        if itself:
            return self.tr("Loss against step") if model else self.tr("f against step")
        if not (race.objective.maxima if race.ascent else race.objective.minima):
            if race.ascent:
                return self.tr("Loss below the highest") if model else self.tr("f below the highest")
            return self.tr("Loss above the lowest") if model else self.tr("f above the lowest")
        if model:
            return self.tr("Loss below maximum") if race.ascent else self.tr("Loss above minimum")
        return self.tr("f* − f against step") if race.ascent else self.tr("f − f* against step")

    def _decide(self) -> None:
        race = self._race
        if race is None:
            return
        logarithmic = self.logarithmic.isChecked()
        curves = curves_of(race, logarithmic, self._batch_losses(race))
        self._axis_name.setText(self._height_name(race, itself=curves.plain or not logarithmic))
        known = bool(race.objective.maxima if race.ascent else race.objective.minima)
        tip = self._plain_tip() if curves.plain else self._log_tip(race.ascent, known)
        self.logarithmic.setToolTip(tip)
        self._axis_name.setToolTip(tip if logarithmic else "")
        self.plot.getPlotItem().getAxis("left").setLogMode(logarithmic)
        self.plot.show_range((0, race.steps), curves.span)
        self.curves.set_curves(race, curves)
        if self._wants_batches(race):
            self._batches.ask(race, curves.best)
        else:
            self._batches.forget()
        found = self._batch_losses(race)
        if found is None:
            self.curves.set_batch(None)
            return
        places = self._batches.known.places if len(found) and self._batches.known is not None else np.empty(0)
        self.curves.set_batch((places, batch_heights(found, curves, logarithmic, race.ascent)))

    def _wants_batches(self, race: Trajectories) -> bool:
        return race.course.epoch_steps > 1 and self.batch_loss.isChecked()

    def _batch_losses(self, race: Trajectories) -> Array | None:
        """Those that are there, ``(k, optimizers)``: in a drag, those of a moment ago; None if none are to be seen."""
        if not self._wants_batches(race):
            return None
        keys, known = race.ids, self._batches.known
        return known.losses if known is not None and known.keys == keys else np.empty((0, len(keys)))
