"""Spots of a plot, without the looks they had before."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg

#: So many pictures of spots are kept, or as many as there are spots.
_MOST_LOOKS = 32


class Scatter(pg.ScatterPlotItem):
    """Scatter plot that is given other colours over and over.

    pyqtgraph paints each look once, on a picture that all of them share. It knows a look by its very pen and brush: the
    same colour given again is another one, and only the pictures beyond a thousand are forgotten.
    """

    def updateSpots(self, dataSet: Any = None) -> None:  # noqa: N803 (its name)
        """Paint the looks that are new, and forget those that nobody has."""
        if len(self.fragmentAtlas) > max(_MOST_LOOKS, len(self.data)):
            self.fragmentAtlas.clear()
            self.data["sourceRect"] = 0
            super().updateSpots()
        else:
            super().updateSpots(dataSet)
