"""Final loss, or steps, against η."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.loss_heights import Heights
from gdsim.desktop.views.sweep.asked import Found
from gdsim.desktop.views.sweep.rate_plot import RatePlot, advice_of
from gdsim.desktop.views.sweep.shown import Quantity, quantiles


class SweepPlot(RatePlot):
    """The median over the starts of each optimizer, in a band from the tenth to the ninetieth of a hundred."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 130)
        self.setAccessibleName(self.tr("Sweep over η"))

    def show_sweeps(self, found: Mapping[str, Found], quantity: Quantity, heights: Heights, bold: str) -> None:
        """Draw the sweeps of some optimizers, and what the range test of the bold one advises."""
        curves, bands = {}, {}
        # the bold one is drawn last
        for key in sorted(found, key=lambda key: key == bold):
            sweep = found[key].sweep
            x = np.log10(sweep.rates)
            lower, middle, upper = (heights.of(values) for values in quantiles(sweep, quantity))
            curves[key] = x, middle
            if sweep.loss.shape[2] > 1:
                bands[key] = x, lower, upper
        self.show_curves(heights, curves, bands, bold)
        self.mark("best", {key: each.best for key, each in found.items()})
        test = found[bold].test if bold in found else None
        self.show_advice(test)
        for name, rate in advice_of(test).items():
            self.mark(name, {bold: rate})
