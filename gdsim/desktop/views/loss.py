"""The loss curves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdsim.desktop.batch_losses import BatchLosses
from gdsim.desktop.drawing.layer import Layer, Mapping
from gdsim.desktop.drawing.legend import Legend
from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.drawing.rates_plot import RatesPlot
from gdsim.desktop.drawing.thinning import drawn, kept_points
from gdsim.desktop.errands import Errands
from gdsim.desktop.rates import has_schedule
from gdsim.desktop.style import Theme, is_second_round, optimizer_color, solid
from gdsim.desktop.words import is_of_weights
from gdsim.objectives.base import Array
from gdsim.simulation.outcomes import Kind
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.desktop.drawing.epoch_axis import EpochAxis

#: The smallest height above the minimum that a logarithmic axis shows.
_FLOOR = 1e-16
#: How faint what has not been reached yet is.
_FUTURE = 0.28
#: How faint thin curves are, and their strokes to and from what lies below the axis.
_THIN, _FAINTEST = 0.35, 0.06


@dataclass(frozen=True, eq=False)
class Curves:
    """What the loss view shows of a race.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that are drawn.
    heights
        ``(k, optimizers, runs)``: the loss, or log₁₀ of how far it is from `base`; nan after a run is lost.
    best
        ``(optimizers,)``: the run of each optimizer that ends lowest; uphill, highest.
    base
        What is subtracted on the logarithmic axis: the lowest known minimum, or the lowest loss of the race; uphill the
        highest, from which the loss is subtracted.
    span
        The lowest and the highest that the axis shows.
    """

    steps: NDArray[np.int64]
    heights: Array
    best: NDArray[np.int64]
    base: float
    span: tuple[float, float]


def curves_of(race: Trajectories, logarithmic: bool) -> Curves:
    """Decide what to show: no run that diverges or goes far spoils the axis."""
    shown = drawn(race)
    # uphill all is turned round, and turned back at the end
    sign = -1.0 if race.ascent else 1.0
    losses = sign * shown.losses
    lost = np.isin(race.kinds[:, : shown.runs], [Kind.DIVERGED, Kind.LEFT_DOMAIN])
    finite = losses[:, ~lost][np.isfinite(losses[:, ~lost])]
    finite = finite if finite.size else losses[np.isfinite(losses)]
    lowest = float(finite.min()) if finite.size else 0.0
    known = race.objective.maxima if race.ascent else race.objective.minima
    base = min((sign * extremum.value for extremum in known), default=lowest)
    base = min(base, lowest)
    for o, r in np.argwhere(lost):
        # on its way out a run may fall below all that others reach
        losses[(shown.steps >= race.ended[o, r]) | (losses[:, o, r] < base), o, r] = np.nan
    starts = losses[0][np.isfinite(losses[0])]
    highest = float(starts.max()) if starts.size else 1.0
    best = np.argmin(np.nan_to_num(sign * shown.losses[-1], nan=np.inf), axis=-1)
    if not logarithmic:
        margin = 0.05 * max(highest - lowest, 1e-12 * max(1.0, abs(highest)))
        low, high = sorted((sign * (lowest - margin), sign * (highest + margin)))
        return Curves(shown.steps, sign * losses, best, 0.0, (low, high))
    floor = _FLOOR if known else _floor_of(losses - base)
    with np.errstate(invalid="ignore"):
        heights = np.log10(np.maximum(losses - base, floor))
    top = math.log10(max(highest - base, floor))
    kept = heights[np.isfinite(heights)]
    bottom = float(kept.min()) if kept.size else top - 1
    bottom = min(bottom, top - 1)
    margin = 0.04 * (top - bottom)
    return Curves(shown.steps, heights, best, sign * base, (bottom - margin, top + margin))


def batch_heights(losses: Array, curves: Curves, logarithmic: bool, ascent: bool = False) -> Array:
    """Where losses of batches ``(k, optimizers)`` lie on the axis of `curves`.

    A batch may well cost less than the lowest minimum of the whole: a logarithmic axis shows that at its bottom.
    """
    if not logarithmic:
        return losses
    gaps = (curves.base - losses) if ascent else (losses - curves.base)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.maximum(np.log10(np.maximum(gaps, 0.0)), curves.span[0])


def _floor_of(gaps: Array) -> float:
    """Where the lowest loss of the race itself is drawn: it is no minimum, and no reason to show fifteen decades."""
    above = gaps[np.isfinite(gaps) & (gaps > 0)]
    return max(_FLOOR, float(above.min()) / 10) if above.size else _FLOOR


class CurvesLayer(Layer):
    """All curves, bright up to the current step and faint beyond."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._race: Trajectories | None = None
        self._curves: Curves | None = None
        self._hidden: frozenset[str] = frozenset()
        self._step = 0
        self._batch: tuple[Array, Array] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.renew()

    def set_curves(self, race: Trajectories, curves: Curves) -> None:
        """Show another race."""
        self._race, self._curves = race, curves
        self.renew()

    def set_batch(self, batch: tuple[Array, Array] | None) -> None:
        """Show losses of batches in place of the restarts: where along the axis ``(k,)``, how high ``(k, optimizers)``.

        Nothing is shown in place of the restarts before there is any; they come back with None.
        """
        self._batch = batch
        self.renew()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.renew()

    def set_step(self, step: int) -> None:
        """The current step."""
        self._step = step
        self.update()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """The restarts thin, or the batches, then the best run of each optimizer bold."""
        race, curves = self._race, self._curves
        if race is None or curves is None:
            return
        x, y = mapping.x(curves.steps.astype(np.float64)), mapping.y(curves.heights)
        keep = kept_points(np.broadcast_to(x[:, None, None], y.shape), np.nan_to_num(y, nan=0.0))
        keep[-1] = True
        if self._batch is not None:
            self._draw_batches(painter, mapping, race, *self._batch)
        for bold in (False, True) if self._batch is None else (True,):
            for o, rule in enumerate(race.rules):
                if rule.key in self._hidden:
                    continue
                painter.setPen(self._pen(rule.key, bold))
                for run in range(y.shape[2]):
                    if (run == curves.best[o]) == bold:
                        shown = keep[:, o, run] & np.isfinite(y[:, o, run])
                        if shown.any():  # a run that is lost at its start has no curve
                            painter.drawPolyline(pg.functions.arrayToQPolygonF(x[shown], y[shown, o, run]))

    def _draw_batches(
        self, painter: QPainter, mapping: Mapping, race: Trajectories, steps: Array, heights: Array
    ) -> None:
        if len(steps) == 0:
            return
        x, y = mapping.x(steps), mapping.y(heights)
        keep = kept_points(np.broadcast_to(x[:, None], y.shape), y)
        floor = self._curves.span[0] if self._curves is not None else -math.inf
        for o, rule in enumerate(race.rules):
            shown = keep[:, o]
            if rule.key in self._hidden or not shown.any():
                continue
            low = heights[shown, o] <= floor
            to_floor = low | np.append(low[1:], False)
            # strokes down to the floor and up again say little, and would hatch the whole plot
            for strokes, share in ((~to_floor, _THIN), (to_floor, _FAINTEST)):
                painter.setPen(self._pen(rule.key, False, share))
                connect = strokes.astype(np.int32)
                painter.drawPath(pg.functions.arrayToQPath(x[shown], y[shown, o], connect=connect))

    def _pen(self, key: str, bold: bool, share: float = _THIN) -> QPen:
        pen = QPen(solid(optimizer_color(key, self._theme), 1.0 if bold else share))
        pen.setWidthF((2.0 if bold else 1.0) * self._theme.scale)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        if is_second_round(key):
            pen.setDashPattern([4.0, 3.0])
        return pen

    def show_picture(self, painter: QPainter, picture: QPixmap, corner: QPoint, mapping: Mapping) -> None:
        """The same picture twice, divided at the cursor."""
        ratio = picture.devicePixelRatio()
        width, height = picture.width(), picture.height()
        cut = int(np.clip(mapping.x(np.array([float(self._step)]))[0] * ratio, 0, width))
        painter.drawPixmap(corner, picture, QRect(0, 0, cut, height))
        painter.setOpacity(_FUTURE)
        painter.drawPixmap(corner + QPoint(round(cut / ratio), 0), picture, QRect(cut, 0, width - cut, height))
        painter.setOpacity(1.0)


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
        self._batches.found.connect(self._show_batch_losses)
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
        self._axis_name = QLabel()
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
        self.legend.set_keys([rule.key for rule in race.rules], race.ascent)
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

    def _height_name(self, race: Trajectories, logarithmic: bool) -> str:
        """What is shown against the step: of models the loss, of functions f."""
        model = is_of_weights(race.objective)
        if not logarithmic:
            return self.tr("Loss against step") if model else self.tr("f against step")
        if not (race.objective.maxima if race.ascent else race.objective.minima):
            if race.ascent:
                return self.tr("Loss below the highest") if model else self.tr("f below the highest")
            return self.tr("Loss above the lowest") if model else self.tr("f above the lowest")
        if model:
            return self.tr("Loss below maximum") if race.ascent else self.tr("Loss above minimum")
        return self.tr("f* − f against step") if race.ascent else self.tr("f − f* against step")

    def _decide(self) -> None:
        if self._race is None:
            return
        logarithmic = self.logarithmic.isChecked()
        curves = curves_of(self._race, logarithmic)
        self._axis_name.setText(self._height_name(self._race, logarithmic))
        known = bool(self._race.objective.maxima if self._race.ascent else self._race.objective.minima)
        tip = self._log_tip(self._race.ascent, known)
        self.logarithmic.setToolTip(tip)
        self._axis_name.setToolTip(tip if logarithmic else "")
        self.plot.getPlotItem().getAxis("left").setLogMode(logarithmic)
        self.plot.box.setRange(xRange=(0, self._race.steps), yRange=curves.span, padding=0)
        self.curves.set_curves(self._race, curves)
        self._batches.ask(self._race, curves.best) if self._wants_batches else self._batches.forget()
        self._shown_curves = curves
        self._show_batch_losses()

    @property
    def _wants_batches(self) -> bool:
        return self._race is not None and self._race.course.epoch_steps > 1 and self.batch_loss.isChecked()

    def _show_batch_losses(self) -> None:
        """Those that are there; in a drag, those of a moment ago."""
        known = self._batches.known
        if self._race is None or not self._wants_batches:
            self.curves.set_batch(None)
            return
        if known is None:
            self.curves.set_batch((np.empty(0), np.empty((0, len(self._race.rules)))))
            return
        logarithmic = self.logarithmic.isChecked()
        heights = batch_heights(known.losses, self._shown_curves, logarithmic, self._race.ascent)
        self.curves.set_batch((known.places, heights))
