"""The loss curves of a race."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.layer import Layer, Mapping
from gdsim.desktop.plotting.strokes import stroke
from gdsim.desktop.plotting.thinning import kept_of_curves, kept_points
from gdsim.desktop.views.loss.curves import Curves
from gdsim.desktop.views.loss.end_marks import draw_ends
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

#: How faint what has not been reached yet is.
_FUTURE = 0.28
#: How faint thin curves are.
_THIN = 0.35
#: And those of batches, of the chosen optimizer and of the others: they go up and down at every step, and would hatch
#: the plot. Of either, the share that strokes to and from what lies below the axis have.
_BATCH, _OTHERS, _BEYOND = 0.32, 0.1, 0.2
#: A curve that goes up and down by so many pixels is drawn by a line of one pixel, as paths are.
_WILD = 15_000.0


class CurvesLayer(Layer):
    """All curves, bright up to the current step and faint beyond."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._race: Trajectories | None = None
        self._curves: Curves | None = None
        self._hidden: frozenset[str] = frozenset()
        self._chosen = ""
        self._bold: list[int] = []
        self._step = 0
        self._batch: tuple[Array, Array] | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.renew()

    def set_curves(self, race: Trajectories, curves: Curves, bold: Sequence[int]) -> None:
        """Show another race, and of each optimizer one run bold."""
        self._race, self._curves, self._bold = race, curves, list(bold)
        self.renew()

    def set_batch(self, batch: tuple[Array, Array] | None) -> None:
        """Show losses of batches in place of the restarts: where along the axis ``(k,)``, how high ``(k, optimizers)``.

        Nothing is shown in place of the restarts before there is any; they come back with None.
        """
        self._batch = batch
        self.renew()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Leave out some optimizers."""
        self._hidden = hidden
        self.renew()

    def set_chosen(self, key: str, bold: Sequence[int]) -> None:
        """The optimizer that is looked at closely, whose batches stand out; and of each the run that is bold."""
        if (key, list(bold)) != (self._chosen, self._bold):
            anew = list(bold) != self._bold or self._batch is not None
            self._chosen, self._bold = key, list(bold)
            if anew:
                self.renew()

    def set_step(self, step: int) -> None:
        """The current step."""
        self._step = step
        self.update()

    @property
    def fleeting(self) -> bool:  # type: ignore[override]
        """Where all is bright no picture is needed to make a part of it faint."""
        return self._race is not None and self._step >= self._race.steps

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """The restarts thin, or the batches, then one run of each optimizer bold; and where runs end."""
        race, curves = self._race, self._curves
        if race is None or curves is None:
            return
        x, y = mapping.x(curves.steps.astype(np.float64)), mapping.y(curves.heights)
        keep = kept_of_curves(x, y)
        if self._batch is not None:
            self._draw_batches(painter, mapping, race, *self._batch)
        seen = [o for o, key in enumerate(race.ids) if key not in self._hidden]
        for o in seen if self._batch is None else ():
            painter.setPen(self._pen(race.ids[o], False))
            for run in range(y.shape[2]):
                if run != self._bold[o]:
                    shown = keep[:, o, run]
                    draw_curve(painter, x[shown], y[shown, o, run])
        for o in seen:
            run = self._bold[o]
            end = curves.row(int(race.ended[o, run]))
            self._draw_bold(painter, race.ids[o], end, x, y[:, o, run], keep[:, o, run], mapping.area.height())
        draw_ends(painter, mapping, race, curves, self._bold, seen, self._theme, restarts=self._batch is None)

    def _draw_bold(
        self, painter: QPainter, key: str, end: int, x: Array, y: Array, keep: NDArray[np.bool_], inside: int
    ) -> None:
        """One curve up to the row in which its run ends; where it stands still after that, thin."""
        shown = keep[: end + 1].copy()
        shown[end] = np.isfinite(y[end])
        x_seen, y_seen = x[: end + 1][shown], y[: end + 1][shown]
        travelled = np.abs(np.diff(np.clip(y_seen, 0, inside))).sum()
        painter.setPen(self._pen(key, True, wild=float(travelled) > _WILD))
        draw_curve(painter, x_seen, y_seen)
        if end + 1 < len(y) and np.isfinite(y[-1]):
            painter.setPen(self._pen(key, False))
            painter.drawLine(QPointF(x[end], y[end]), QPointF(x[-1], y[end]))

    def _draw_batches(
        self, painter: QPainter, mapping: Mapping, race: Trajectories, steps: Array, heights: Array
    ) -> None:
        """The chosen optimizer's above the others."""
        if len(steps) == 0:
            return
        x, y = mapping.x(steps), mapping.y(heights)
        keep = kept_points(np.broadcast_to(x[:, None], y.shape), y)
        floor = self._curves.span[0] if self._curves is not None else -math.inf
        gaps = np.cumsum(~np.isfinite(heights), axis=0)
        for o in sorted(range(len(race.ids)), key=lambda o: race.ids[o] == self._chosen):
            key, shown = race.ids[o], keep[:, o]
            if key in self._hidden or not shown.any():
                continue
            share = _BATCH if key == self._chosen else _OTHERS
            low = heights[shown, o] <= floor
            to_floor = low | np.append(low[1:], False)
            joined = np.append(np.diff(gaps[shown, o]) == 0, False)
            # strokes down to the floor and up again say little, and would hatch the whole plot
            for strokes, part in ((~to_floor, share), (to_floor, share * _BEYOND)):
                painter.setPen(self._pen(key, False, part))
                connect = (strokes & joined).astype(np.int32)
                painter.drawPath(pg.functions.arrayToQPath(x[shown], y[shown, o], connect=connect))

    def _pen(self, key: str, bold: bool, share: float = _THIN, wild: bool = False) -> QPen:
        pen = QPen(solid(optimizer_color(key, self._theme), 1.0 if bold else share))
        if wild:
            pen.setWidthF(1.0)
            return pen
        # a thin one is seen through, and broader than a pixel takes a hundred times as long where it goes to and fro
        pen.setWidthF(2.0 * self._theme.scale if bold else 1.0)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        set_dashes(pen, key)
        return pen

    def show_picture(self, painter: QPainter, picture: QPixmap, corner: QPoint, mapping: Mapping) -> None:
        """The same picture twice, divided at the cursor."""
        ratio = picture.devicePixelRatio()
        width, height = picture.width(), picture.height()
        cut = int(np.clip(mapping.x(np.array([float(self._step)]))[0] * ratio, 0, width))
        # a part without width would be taken for the whole
        if cut > 0:
            painter.drawPixmap(corner, picture, QRect(0, 0, cut, height))
        if cut < width:
            painter.setOpacity(_FUTURE)
            painter.drawPixmap(corner + QPoint(round(cut / ratio), 0), picture, QRect(cut, 0, width - cut, height))
            painter.setOpacity(1.0)


def draw_curve(painter: QPainter, x: Array, y: Array) -> None:
    """Draw one curve through points ``(k,)`` in pixels; a run that is lost at its start has none."""
    if len(x):
        stroke(painter, x, y)
