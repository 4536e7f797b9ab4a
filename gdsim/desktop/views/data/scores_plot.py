"""Error or accuracy against the step: on what is trained on, and on what is held out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gdsim.desktop.look.style import Theme, optimizer_color, solid
from gdsim.desktop.plotting.base_plot import Plot
from gdsim.desktop.plotting.scatter import Scatter
from gdsim.objectives.base import Array

if TYPE_CHECKING:
    from gdsim.simulation.sampling.fits import Scores

#: How strong the curves of optimizers are that are not the chosen one; so many rings mark a bold curve.
_FAINT, _RINGS = 0.4, 13
#: The share of lowest accuracies that may leave the picture: the first steps would flatten all that follows.
_DIPS = 0.04
#: No picture of accuracies begins above this.
_HIGHEST = 0.9


class ScoresPlot(Plot):
    """A full line for the examples that are trained on, one with rings, or thin and dashed, for those held out."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cursor = pg.InfiniteLine(angle=90)
        #: What is drawn: of each optimizer a line and one for what is held out, with rings where it is bold.
        self.curves: list[pg.PlotCurveItem | Scatter] = []
        super().__init__(theme)
        self.box.setMouseEnabled(x=False, y=False)
        self.addItem(self._cursor, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))

    def show_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor.setPos(step)

    def show_scores(
        self, found: Scores | None, keys: tuple[str, ...], hidden: frozenset[str], share: bool, chosen: str
    ) -> None:
        """Show curves, those of the chosen optimizer bold; a `share` is at most 1, and read in hundredths."""
        self.clear_scores()
        if found is None:
            return
        shown = [o for o, key in enumerate(keys) if key not in hidden and o < found.train.shape[1]]
        low, high = _range(found, shown, share)
        span, unit = high - low, 100.0 if share else 1.0
        steps = found.steps.astype(float)
        # the bold ones are drawn last
        for o in sorted(shown, key=lambda o: keys[o] == chosen):
            for values, held in ((found.train[:, o], False), (found.held_out[:, o], True)):
                self._draw(steps, unit * np.clip(values, low - span, high + span), keys[o], held, keys[o] == chosen)
        last = max(1, int(found.steps[-1]))
        self.box.setRange(xRange=(0, last), yRange=(unit * low, unit * high), padding=0.04)

    def clear_scores(self) -> None:
        """Show none."""
        for curve in self.curves:
            self.removeItem(curve)
        self.curves = []

    def _draw(self, steps: Array, heights: Array, key: str, held: bool, bold: bool) -> None:
        """A curve; what is held out is hollow in the picture of the examples, too."""
        curve = pg.PlotCurveItem(antialias=True)
        curve.setPen(self._pen(key, held, bold))
        curve.setData(steps, heights, connect="finite")
        self._add(curve)
        if held and bold:
            # spread evenly, and none on the axis
            places = np.unique(((np.arange(_RINGS) + 0.5) / _RINGS * len(steps)).astype(int))
            places = places[np.isfinite(heights[places])]
            rings = Scatter(symbol="o", pxMode=True, size=9 * self._theme.scale, antialias=True)
            rings.setPen(self._pen(key, held, bold))
            rings.setBrush(pg.mkBrush(self._theme.window))
            rings.setData(x=steps[places], y=heights[places])
            self._add(rings)

    def _add(self, item: pg.PlotCurveItem | Scatter) -> None:
        self.addItem(item, ignoreBounds=True)
        self.curves.append(item)

    def _pen(self, key: str, held: bool, bold: bool) -> Any:
        color, scale = optimizer_color(key, self._theme), self._theme.scale
        if bold:
            return pg.mkPen(color, width=(2.0 if held else 3.2) * scale)
        pen = pg.mkPen(solid(color, _FAINT), width=scale)
        if held:
            pen.setDashPattern([7.0, 5.0])
        return pen


def _range(found: Scores, shown: list[int], share: bool) -> tuple[float, float]:
    values = np.concatenate([found.train[:, shown].ravel(), found.held_out[:, shown].ravel()])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 1.0
    if share:
        return min(_HIGHEST, float(np.quantile(values, _DIPS))), 1.0
    # a run that diverges must not flatten all others
    first = np.concatenate([found.train[0, shown], found.held_out[0, shown]])
    first = first[np.isfinite(first)]
    top = max(float(first.max()) if first.size else float(values.max()), 1e-12)
    least = min(float(values.min()), top)
    # where all stay far above 0 the room is theirs
    return (0.0 if least < 0.5 * top else least - 0.1 * (top - least)), top
