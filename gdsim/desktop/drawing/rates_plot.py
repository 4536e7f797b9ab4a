"""η against step, under the loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gdsim.desktop.drawing.plot import Plot
from gdsim.desktop.style import Theme, is_second_round, optimizer_color, solid
from gdsim.objectives.base import Array
from gdsim.optimizers import Constant
from gdsim.simulation.trajectories import Trajectories

#: So many steps are drawn at most.
_MOST = 2000
#: The axis is logarithmic if the rates, but for the least quarter, are further apart than this.
_WIDE = 20.0


@dataclass(frozen=True, eq=False)
class Rates:
    """What is shown of the learning rates of a race.

    Attributes
    ----------
    steps
        ``(k,)``: the steps that are drawn, from 1.
    heights
        ``(k, optimizers)``: η, or log₁₀ of it; nan for an η of 0 there.
    logarithmic
        Which of the two.
    span
        The lowest and the highest that the axis shows.
    """

    steps: Array
    heights: Array
    logarithmic: bool
    span: tuple[float, float]


def has_schedule(race: Trajectories) -> bool:
    """Whether any η changes on the way."""
    return any(lane.schedule is not None and lane.schedule.key != Constant.key for lane in race.lanes)


def rates_of(race: Trajectories) -> Rates:
    """Decide what to show: the run from the start point of every optimizer."""
    steps = race.steps
    picked = np.unique(np.linspace(0, max(steps - 1, 0), min(max(steps, 1), _MOST)).astype(np.int64))
    lanes = [race.learning_rates(o)[picked] for o in range(len(race.rules))] if steps else []
    rates = np.stack(lanes, axis=-1) if lanes else np.zeros((len(picked), 0))
    positive = rates[rates > 0]
    top = float(positive.max()) if positive.size else 1.0
    if positive.size and top > _WIDE * np.percentile(positive, 25):
        heights: Array = np.log10(rates, where=rates > 0, out=np.full(rates.shape, np.nan))
        # what falls to nothing at last is not worth a dozen decades
        low = np.log10(np.percentile(positive, 3))
        margin = 0.06 * (np.log10(top) - low)
        return Rates((picked + 1).astype(np.float64), heights, True, (low - margin, np.log10(top) + margin))
    return Rates((picked + 1).astype(np.float64), rates, False, (-0.03 * top, 1.06 * top))


class RatesPlot(Plot):
    """One line an optimizer, over the same steps as the loss."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._keys: list[str] = []
        self._hidden: frozenset[str] = frozenset()
        self.lines: list[pg.PlotCurveItem] = []
        self._cursor = pg.InfiniteLine(angle=90)
        super().__init__(theme)
        self.setAccessibleName(self.tr("Learning rate against step"))
        self.box.setMouseEnabled(x=False, y=False)
        self.addItem(self._cursor, ignoreBounds=True)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        super().set_theme(theme)
        self._theme = theme
        self.setMinimumHeight(theme.pixels(64))
        self.setMaximumHeight(theme.pixels(150))
        self._cursor.setPen(pg.mkPen(solid(QColor(theme.text), 0.6), width=theme.scale))
        self._dress()

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        self._keys = [rule.key for rule in race.rules]
        rates = rates_of(race)
        while len(self.lines) < len(self._keys):
            self.lines.append(pg.PlotCurveItem())
            self.addItem(self.lines[-1], ignoreBounds=True)
        for line in self.lines[len(self._keys) :]:
            line.setData([], [])
        for line, heights in zip(self.lines, rates.heights.T, strict=False):
            known = np.isfinite(heights)
            line.setData(rates.steps[known], heights[known])
        self.getPlotItem().getAxis("left").setLogMode(rates.logarithmic)
        self.box.setRange(xRange=(0, race.steps), yRange=rates.span, padding=0)
        self._dress()

    def set_step(self, step: int) -> None:
        """Move the cursor."""
        self._cursor.setPos(step)

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self._dress()

    def _dress(self) -> None:
        for key, line in zip(self._keys, self.lines, strict=False):
            style = Qt.PenStyle.DashLine if is_second_round(key) else Qt.PenStyle.SolidLine
            line.setPen(pg.mkPen(optimizer_color(key, self._theme), width=1.5 * self._theme.scale, style=style))
            line.setVisible(key not in self._hidden)
