"""The expected best of k tried settings against k."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize
from PySide6.QtGui import QPen

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.loss_heights import Scale, heights_of_losses
from gdsim.objectives.base import Array
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.maps.tuning import Tuning
from gdsim.simulation.maps.tuning_rule import Criterion

#: The fewest steps that have a logarithm in the picture; heights that differ by less are alike; from so many times more
#: tries on the axis of them is logarithmic.
_LOG_STEPS, _ALIKE, _DECADE = 0.5, 1e-9, 8


class BestPlot(Plot):
    """A curve an optimizer, which begins where no choice of k settings can have failed altogether."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        #: What is drawn, by `Entry.id`.
        self.curves: dict[str, pg.PlotCurveItem] = {}
        #: Whether k lies on a logarithmic axis.
        self.is_logarithmic = True
        super().__init__(theme, decades=("left", "bottom"))
        self.setAccessibleName(self.tr("Expected best of k tried settings"))
        self.box.setMouseEnabled(x=False, y=False)
        self.getPlotItem().getAxis("bottom").setLogMode(True)
        self.setMinimumHeight(theme.pixels(120))

    def sizeHint(self) -> QSize:
        """As small as can be read."""
        return QSize(2 * self.minimumHeight(), self.minimumHeight())

    def show_tuning(self, tuning: Tuning) -> None:
        """Draw the search of every optimizer."""
        for curve in self.curves.values():
            self.removeItem(curve)
        bests = {found.entry.id: found.best_of for found in tuning.optimizers}
        heights, logarithmic = heights_of(tuning, bests)
        self.getPlotItem().getAxis("left").setLogMode(logarithmic)
        across = self._show_tries(heights, tuning.rule.tries)
        self.curves = {}
        for key, values in heights.items():
            pen = QPen(optimizer_color(key, self._theme), 2.0 * self._theme.scale)
            pen.setCosmetic(True)
            set_dashes(pen, key)
            counts, seen = np.arange(1, len(values) + 1), np.isfinite(values)
            places = np.log10(counts) if self.is_logarithmic else counts.astype(float)
            curve = pg.PlotCurveItem(places[seen], values[seen], pen=pen, antialias=True)
            self.curves[key] = curve
            self.addItem(curve, ignoreBounds=True)
        self.show_range(across, _span(heights))

    def _show_tries(self, heights: dict[str, Array], tries: int) -> tuple[float, float]:
        """Decide on the axis of k, and give its range: what is infinite for all is no part of the picture."""
        finite = [int(np.argmax(np.isfinite(values))) for values in heights.values() if np.isfinite(values).any()]
        first = min(min(finite, default=0) + 1, tries - 1)
        self.is_logarithmic = tries >= _DECADE * first
        self.getPlotItem().getAxis("bottom").setLogMode(self.is_logarithmic)
        if self.is_logarithmic:
            return math.log10(first) - 0.02, math.log10(tries) + 0.02
        return first - 0.02 * (tries - first), tries + 0.02 * (tries - first)


def _span(heights: dict[str, Array]) -> tuple[float, float]:
    """All heights with a margin."""
    drawn = np.concatenate([values[np.isfinite(values)] for values in heights.values()])
    low, high = (float(drawn.min()), float(drawn.max())) if drawn.size else (0.0, 1.0)
    alike = high - low <= _ALIKE * max(1.0, abs(low))
    margin = 0.5 if alike else 0.06 * (high - low)
    return low - margin, high + margin


def heights_of(tuning: Tuning, bests: dict[str, Array]) -> tuple[dict[str, Array], bool]:
    """The heights of curves of scores, and whether they are logarithms; what is infinite has none."""
    experiment: Experiment = tuning.experiment
    if tuning.rule.criterion is Criterion.REACHED:
        # the loss of −share is told as a share
        return {key: np.where(np.isfinite(best), -best, np.nan) for key, best in bests.items()}, False
    if tuning.rule.criterion is Criterion.STEPS:
        return {key: _logs(np.maximum(best, _LOG_STEPS)) for key, best in bests.items()}, True
    sign = -1.0 if experiment.ascent else 1.0
    losses = {key: sign * best for key, best in bests.items()}
    axis = heights_of_losses(list(losses.values()), experiment.objective, experiment.ascent, np.inf)
    heights = {key: np.where(np.isfinite(loss), axis.of(loss), np.nan) for key, loss in losses.items()}
    return heights, axis.scale is not Scale.LINEAR


def _logs(values: Array) -> Array:
    with np.errstate(all="ignore"):
        logs: Array = np.where(np.isfinite(values), np.log10(values), np.nan)
    return logs
