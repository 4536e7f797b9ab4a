"""Marks of known minima and maxima, and of where restarts begin."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QBrush, QPen

from gdsim.desktop.look.style import Theme, solid
from gdsim.desktop.plotting.scatter import Scatter

#: How much is seen of the edge of a star and of what is in it, if its minimum lies off the plane.
FAINT = (0.6, 0.3)

#: So many starts are circles that one tells apart; of more each is smaller and fainter.
_FEW = 60


class Spots(Scatter):
    """Spots that cost nothing where there are none."""

    def setData(self, *arguments: Any, **fields: Any) -> None:
        """Show other spots; where there are none, the item is not even looked through."""
        super().setData(*arguments, **fields)
        self.setVisible(len(self.data) > 0)


def mark_look(theme: Theme, line: float = 1.0, area: float = 1.0) -> tuple[float, QPen, QBrush]:
    """Return size, pen and brush of a known minimum or maximum; `FAINT` of one that lies off what is seen."""
    return 14 * theme.scale, pg.mkPen(solid(theme.text, line), width=theme.scale), pg.mkBrush(solid(theme.base, area))


def start_look(theme: Theme, restarts: int = 1) -> tuple[float, QPen, QBrush]:
    """Return size, pen and brush of the place where a restart begins; smaller and fainter where there are many."""
    share = shrunk(restarts)
    pen = pg.mkPen(solid(theme.text, 0.7 * share), width=theme.scale)
    return max(3.0, 7 * share) * theme.scale, pen, pg.mkBrush(solid(theme.base, 0.6 * share))


def shrunk(restarts: int) -> float:
    """Return the share that is left of the size and the strength of a start, from 1 for few down to two fifths."""
    return max(0.4, min(1.0, float((_FEW / max(restarts, 1)) ** 0.5)))
