"""The loss curves of a race."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from gdsim.desktop.look.style import Theme, optimizer_color, set_dashes, solid
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.strokes import stroke
from gdsim.desktop.plotting.thinning import kept_of_curves, kept_points
from gdsim.desktop.views.loss.end_marks import draw_ends
from gdsim.desktop.views.loss.shown_curves import ShownCurves
from gdsim.objectives.base import Array

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

    def __init__(self) -> None:
        super().__init__()
        #: What is drawn; None before the first race.
        self.shown: ShownCurves | None = None

    def show_curves(self, shown: ShownCurves) -> None:
        """Draw other curves, or the same up to another step."""
        before, self.shown = self.shown, shown
        if shown.differs(before):
            self.renew()
        elif before is not None and shown.step != before.step:
            # the picture is kept: it is only divided at another place
            self.update()

    @property
    def fleeting(self) -> bool:  # type: ignore[override]
        """Tell whether no picture is needed, as all is bright and no part of it has to be made faint."""
        return self.shown is not None and self.shown.step >= self.shown.race.steps

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """The restarts thin, or the batches, then one run of each optimizer bold; and where runs end."""
        shown = self.shown
        if shown is None:
            return
        curves = shown.curves
        x, y = mapping.x(curves.steps.astype(np.float64)), mapping.y(curves.heights)
        keep = kept_of_curves(x, y)
        if shown.batches is None:
            _draw_restarts(painter, shown, x, y, keep)
        else:
            _draw_batches(painter, mapping, shown, *shown.batches)
        for o in shown.seen:
            run, key = shown.bold[o], shown.race.ids[o]
            end = curves.row(int(shown.race.ended[o, run]))
            _draw_bold(painter, shown.theme, key, end, x, y[:, o, run], keep[:, o, run], mapping.area.height())
        draw_ends(painter, mapping, shown)

    def show_picture(self, painter: QPainter, picture: QPixmap, corner: QPoint, mapping: Mapping) -> None:
        """The same picture twice, divided at the cursor."""
        ratio = picture.devicePixelRatio()
        width, height = picture.width(), picture.height()
        step = 0 if self.shown is None else self.shown.step
        cut = int(np.clip(mapping.x(np.array([float(step)]))[0] * ratio, 0, width))
        # a part without width would be taken for the whole
        if cut > 0:
            painter.drawPixmap(corner, picture, QRect(0, 0, cut, height))
        if cut < width:
            painter.setOpacity(_FUTURE)
            painter.drawPixmap(corner + QPoint(round(cut / ratio), 0), picture, QRect(cut, 0, width - cut, height))
            painter.setOpacity(1.0)


def _draw_restarts(painter: QPainter, shown: ShownCurves, x: Array, y: Array, keep: NDArray[np.bool_]) -> None:
    """Every run but the bold ones."""
    for o in shown.seen:
        painter.setPen(_pen(shown.theme, shown.race.ids[o], False))
        for run in range(y.shape[2]):
            if run != shown.bold[o]:
                kept = keep[:, o, run]
                draw_curve(painter, x[kept], y[kept, o, run])


def _draw_bold(
    painter: QPainter, theme: Theme, key: str, end: int, x: Array, y: Array, keep: NDArray[np.bool_], inside: int
) -> None:
    """Draw a curve up to the row in which its run ends; where it stands still after that, thin."""
    kept = keep[: end + 1].copy()
    kept[end] = np.isfinite(y[end])
    x_seen, y_seen = x[: end + 1][kept], y[: end + 1][kept]
    travelled = np.abs(np.diff(np.clip(y_seen, 0, inside))).sum()
    painter.setPen(_pen(theme, key, True, wild=float(travelled) > _WILD))
    draw_curve(painter, x_seen, y_seen)
    if end + 1 < len(y) and np.isfinite(y[-1]):
        painter.setPen(_pen(theme, key, False))
        painter.drawLine(QPointF(x[end], y[end]), QPointF(x[-1], y[end]))


def _draw_batches(painter: QPainter, mapping: Mapping, shown: ShownCurves, steps: Array, heights: Array) -> None:
    """Losses of batches, those of the selected optimizer above the others."""
    if len(steps) == 0:
        return
    x, y, keys = mapping.x(steps), mapping.y(heights), shown.race.ids
    keep = kept_points(np.broadcast_to(x[:, None], y.shape), y)
    gaps = np.cumsum(~np.isfinite(heights), axis=0)
    for o in sorted(shown.seen, key=lambda o: keys[o] == shown.selected):
        kept = keep[:, o]
        if not kept.any():
            continue
        share = _BATCH if keys[o] == shown.selected else _OTHERS
        low = heights[kept, o] <= shown.curves.span[0]
        to_floor = low | np.append(low[1:], False)
        joined = np.append(np.diff(gaps[kept, o]) == 0, False)
        # strokes down to the floor and up again say little, and would hatch the whole plot
        for strokes, part in ((~to_floor, share), (to_floor, share * _BEYOND)):
            painter.setPen(_pen(shown.theme, keys[o], False, part))
            connect = (strokes & joined).astype(np.int32)
            painter.drawPath(pg.functions.arrayToQPath(x[kept], y[kept, o], connect=connect))


@lru_cache(maxsize=256)  # painter copies it, and it is asked for twice a frame by every optimizer
def _pen(theme: Theme, key: str, bold: bool, share: float = _THIN, wild: bool = False) -> QPen:
    pen = QPen(solid(optimizer_color(key, theme), 1.0 if bold else share))
    if wild:
        pen.setWidthF(1.0)
        return pen
    # a thin one is seen through, and broader than a pixel takes a hundred times as long where it goes to and fro
    pen.setWidthF(2.0 * theme.scale if bold else 1.0)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    set_dashes(pen, key)
    return pen


def draw_curve(painter: QPainter, x: Array, y: Array) -> None:
    """Draw one curve through points ``(k,)`` in pixels; a run that is lost at its start has none."""
    if len(x):
        stroke(painter, x, y)
