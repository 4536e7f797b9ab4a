"""Final loss, or steps, against η."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.loss_heights import Heights
from gdsim.desktop.views.sweep.asked import Found
from gdsim.desktop.views.sweep.rate_plot import RatePlot
from gdsim.desktop.views.sweep.shown import Quantity, quantiles
from gdsim.simulation.maps.range_tests import RangeTest

#: The strokes and gaps of the lines of the two advices.
TENTH, STEEPEST = [6.0, 4.0], [1.5, 3.0]


class SweepPlot(RatePlot):
    """The median over the starts of each optimizer, in a band from the tenth to the ninetieth of a hundred."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 130)
        self.setAccessibleName(self.tr("Sweep over η"))
        self._rates: dict[str, float] = {}
        self._marks = self.add_marks("o", 10, [])

    def show_sweeps(self, found: Mapping[str, Found], quantity: Quantity, heights: Heights, bold: str) -> None:
        """Draw the sweeps of some optimizers, one of them bold."""
        self.begin(heights)
        best = []
        for key in sorted(found, key=lambda key: key == bold):
            sweep = found[key].sweep
            x, curves = np.log10(sweep.rates), quantiles(sweep, quantity)
            lower, middle, upper = map(heights.of, curves)
            if sweep.loss.shape[2] > 1:
                self.add_band(key, x, lower, upper, key == bold)
            self.add_curve(key, x, middle, key == bold)
            rate = sweep.best_rate(0)
            height = None if rate is None else self.height_at(key, math.log10(rate))
            if rate is not None and height is not None:
                best.append((key, math.log10(rate), height))
        self.add_marks("star", 15, best)
        self._marks = self.add_marks("o", 10, [])
        self.show_in_use(self._rates)

    def show_in_use(self, rates: Mapping[str, float]) -> None:
        """Mark the η that each optimizer has."""
        self._rates = dict(rates)
        spots = []
        for key, rate in rates.items():
            height = self.height_at(key, math.log10(rate)) if rate > 0 else None
            if height is not None:
                spots.append((key, math.log10(rate), height))
        self.move_marks(self._marks, spots)

    def show_advice(self, key: str, test: RangeTest) -> None:
        """Mark what the range test of an optimizer advises, and where its sweep is there."""
        for rate, dashes, symbol in ((test.a_tenth, TENTH, "t"), (test.steepest, STEEPEST, "d")):
            if rate is None:
                continue
            x = math.log10(rate)
            self.add_line(x, dashes)
            height = self.height_at(key, x)
            if height is not None:
                self.add_marks(symbol, 12, [(key, x, height)])
