"""Spots that are given other looks over and over."""

import numpy as np
import pyqtgraph as pg

from gdsim.desktop.plotting.scatter import Scatter


def test_looks_that_nobody_has_are_forgotten(app):
    spots = Scatter(x=[1.0, 2.0], y=[0.0, 1.0])
    for i in range(200):
        spots.setBrush(pg.mkBrush(i % 256, 0, 0))
    assert len(spots.fragmentAtlas) < 40
    assert (spots.data["sourceRect"]["w"] > 0).all()


def test_looks_of_many_spots_are_all_there(app):
    spots = Scatter()
    for _ in range(3):
        brushes = [pg.mkBrush(i, 0, 0) for i in range(100)]
        spots.setData(x=np.arange(100.0), y=np.zeros(100), brush=brushes)
        assert len({tuple(rect) for rect in spots.data["sourceRect"][["x", "y"]].tolist()}) == 100
    assert len(spots.fragmentAtlas) <= 300
