"""Tests of how well optimizers do, step by step: whose curves are bold, and which are those of what is held out."""

import numpy as np
import pyqtgraph as pg
import pytest

from gdsim.desktop.look.style import DARK, LIGHT, optimizer_color
from gdsim.desktop.views.data.key import lines_key
from gdsim.desktop.views.data.scores_plot import ScoresPlot
from gdsim.objectives import Source
from gdsim.objectives.data.lookup import dataset_of
from gdsim.simulation.sampling.fits import Scores


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_chosen_optimizer_stands_out_and_what_is_held_out_has_rings(app, qtbot, theme):
    steps = np.arange(0, 400, 2)
    train = np.column_stack([np.linspace(0.5, 0.8, 200), np.linspace(0.3, 1.0, 200)])
    held = np.where(steps[:, None] % 8 > 2, 0.85, 0.88) * np.ones(2)
    held[:3] = np.nan
    plot = ScoresPlot(theme)
    qtbot.addWidget(plot)
    for chosen, other in (("adam", "gd"), ("gd", "adam")):
        plot.show_scores(Scores(steps, train, held), ("gd", "adam"), frozenset(), True, chosen)
        thin, dashed, bold, line, rings = plot.curves
        pens = [curve.opts["pen"] for curve in (thin, dashed, bold, line)]
        assert [pen.color().name() for pen in pens] == [
            optimizer_color(key, theme).name() for key in (other, other, chosen, chosen)
        ]
        assert min(pen.widthF() for pen in pens[2:]) >= 2 * max(pen.widthF() for pen in pens[:2])
        assert [bool(pen.dashPattern()) for pen in pens] == [False, True, False, False]
        assert max(pen.color().alphaF() for pen in pens[:2]) < 0.5
        assert isinstance(rings, pg.ScatterPlotItem)
        x, y = rings.getData()
        assert len(x) > 9
        assert set(zip(x, y, strict=True)) <= set(zip(*line.getData(), strict=True))
    # the first steps, far below, do not flatten what comes after
    low, high = plot.box.viewRange()[1]
    assert 30 < low < 60 < 100 <= high
    key = lines_key(dataset_of(Source("moons")), True, "adam", "Adam η 0.1", theme)
    for said in ("trained on", "○", "held out", "bold: Adam", optimizer_color("adam", theme).name()):
        assert said in key
    plot.show_scores(None, (), frozenset(), True, "")
    assert plot.curves == []
