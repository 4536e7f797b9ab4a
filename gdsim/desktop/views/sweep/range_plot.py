"""The range test: the loss of one run while its η grows with every step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.loss_heights import Heights
from gdsim.desktop.views.sweep.rate_plot import RatePlot
from gdsim.objectives.base import Array
from gdsim.simulation.maps.range_tests import RangeTest


class RangePlot(RatePlot):
    """The loss after each step of a run, with the two η that people read off it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 100)
        self.setAccessibleName(self.tr("Range test"))

    def show_tests(self, tests: Mapping[str, RangeTest], heights: Heights, bold: str) -> None:
        """Draw the tests of some optimizers, and lines at what that of the bold one advises."""
        curves = {}
        for key in sorted(tests, key=lambda key: key == bold):
            test = tests[key]
            curves[key] = np.log10(test.rates), _until_lost(heights.of(test.losses), test.losses)
        self.show_curves(heights, curves, {}, bold)
        self.mark("tenth", {key: test.a_tenth for key, test in tests.items()})
        self.mark("steepest", {key: test.steepest for key, test in tests.items()})
        self.show_advice(tests.get(bold))


def _until_lost(heights: Array, losses: Array) -> Array:
    """Heights up to the first step after which there is no loss, where the curve leaves the picture."""
    lost = np.flatnonzero(~np.isfinite(losses))
    heights = heights.copy()
    if lost.size:
        heights[lost[0] + 1 :] = np.nan
    return heights
