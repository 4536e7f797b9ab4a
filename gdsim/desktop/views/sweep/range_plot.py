"""The range test: the loss of one run while its η grows with every step."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.loss_heights import Heights
from gdsim.desktop.views.sweep.rate_plot import RatePlot, Spot
from gdsim.desktop.views.sweep.sweep_plot import STEEPEST, TENTH
from gdsim.objectives.base import Array
from gdsim.simulation.maps.range_tests import RangeTest


class RangePlot(RatePlot):
    """The loss after each step of a run, with the two η that people read off it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 100)
        self.setAccessibleName(self.tr("Range test"))

    def show_tests(self, tests: Mapping[str, RangeTest], heights: Heights, bold: str) -> None:
        """Draw the tests of some optimizers, one of them bold."""
        self.begin(heights)
        tenths: list[Spot] = []
        steepest: list[Spot] = []
        for key in sorted(tests, key=lambda key: key == bold):
            test = tests[key]
            self.add_curve(key, np.log10(test.rates), _until_lost(heights.of(test.losses), test.losses), key == bold)
            for rate, spots in ((test.a_tenth, tenths), (test.steepest, steepest)):
                height = None if rate is None else self.height_at(key, math.log10(rate))
                if rate is not None and height is not None:
                    spots.append((key, math.log10(rate), height))
        self.add_marks("t", 11, tenths)
        self.add_marks("d", 11, steepest)
        if bold in tests:
            self._draw_lines(tests[bold])

    def _draw_lines(self, test: RangeTest) -> None:
        for rate, dashes in ((test.a_tenth, TENTH), (test.steepest, STEEPEST)):
            if rate is not None:
                self.add_line(math.log10(rate), dashes)


def _until_lost(heights: Array, losses: Array) -> Array:
    """Heights up to the first step after which there is no loss, where the curve leaves the picture."""
    lost = np.flatnonzero(~np.isfinite(losses))
    heights = heights.copy()
    if lost.size:
        heights[lost[0] + 1 :] = np.nan
    return heights
