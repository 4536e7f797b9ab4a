"""Error or accuracy against the step: on what is trained on, and on what is held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.style import Theme, optimizer_color, solid

if TYPE_CHECKING:
    from gdsim.simulation.fits import Scores


class ScoresPlot(Plot):
    """A full line for the examples that are trained on, a dashed one for those held out."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cursor = pg.InfiniteLine(angle=90)
        self._curves: list[pg.PlotCurveItem] = []
        super().__init__(theme)
        self.box.setMouseEnabled(x=False, y=False)
        self.addItem(self._cursor, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor.setPos(step)

    def show_scores(self, found: Scores | None, keys: tuple[str, ...], hidden: frozenset[str], share: bool) -> None:
        """Show curves; a `share` is at most 1, and read in hundredths."""
        for curve in self._curves:
            self.removeItem(curve)
        self._curves = []
        if found is None:
            return
        shown = [o for o, key in enumerate(keys) if key not in hidden and o < found.train.shape[1]]
        for style in (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine):
            for o in shown:
                pen = pg.mkPen(optimizer_color(keys[o], self._theme), width=1.6 * self._theme.scale, style=style)
                curve = pg.PlotCurveItem(antialias=True)
                curve.setPen(pen)
                self.addItem(curve, ignoreBounds=True)
                self._curves.append(curve)
        low, high = _range(found, shown, share)
        span, unit = high - low, 100.0 if share else 1.0
        curves = iter(self._curves)
        for values in (found.train, found.held_out):
            for o in shown:
                heights = np.clip(values[:, o], low - span, high + span)
                next(curves).setData(found.steps.astype(float), unit * heights, connect="finite")
        last = max(1, int(found.steps[-1]))
        self.box.setRange(xRange=(0, last), yRange=(unit * low, unit * high), padding=0.04)


def _range(found: Scores, shown: list[int], share: bool) -> tuple[float, float]:
    values = np.concatenate([found.train[:, shown].ravel(), found.held_out[:, shown].ravel()])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 1.0
    if share:
        return min(0.5, float(values.min())), 1.0
    # a run that diverges must not flatten all others
    first = np.concatenate([found.train[0, shown], found.held_out[0, shown]])
    first = first[np.isfinite(first)]
    top = max(float(first.max()) if first.size else float(values.max()), 1e-12)
    least = min(float(values.min()), top)
    # where all stay far above 0 the room is theirs
    return (0.0 if least < 0.5 * top else least - 0.1 * (top - least)), top
