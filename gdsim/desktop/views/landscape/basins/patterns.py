"""Patterns over what is no basin, so that no grey is taken for one: each outcome has its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from gdsim.desktop.look.style import Theme, solid

#: The side of a tile, in pixels at scale 1.
_SIDE = 8


def pattern_brush(other: int, theme: Theme, ratio: float = 1.0) -> QBrush:
    """Return a brush with the pattern of one of `OTHERS`, transparent between its strokes."""
    side = theme.pixels(_SIDE)
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.fill(Qt.GlobalColor.transparent)
    tile.setDevicePixelRatio(ratio)
    painter = QPainter(tile)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = other in _ON_DARK or theme.dark
        pen = QPen(solid(QColor("#ffffff" if dark else "#202428"), 0.5 if other in _ON_DARK else 0.38))
        pen.setWidthF(1.1 * theme.scale)
        painter.setPen(pen)
        _STROKES[other](painter, float(side))
    finally:
        painter.end()
    return QBrush(tile)


#: Those whose ground is dark in a light theme, too.
_ON_DARK = (2,)


def _rising(painter: QPainter, side: float) -> None:
    for shift in (-side, 0.0, side):
        painter.drawLine(QLineF(shift, side, shift + side, 0))


def _falling(painter: QPainter, side: float) -> None:
    for shift in (-side, 0.0, side):
        painter.drawLine(QLineF(shift, 0, shift + side, side))


def _level(painter: QPainter, side: float) -> None:
    painter.drawLine(QLineF(0, side / 2, side, side / 2))


def _upright(painter: QPainter, side: float) -> None:
    painter.drawLine(QLineF(side / 2, 0, side / 2, side))


def _dots(painter: QPainter, side: float) -> None:
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    dot = side / 5
    for x, y in ((side / 4, side / 4), (3 * side / 4, 3 * side / 4)):
        painter.drawEllipse(QRectF(x - dot / 2, y - dot / 2, dot, dot))


def _nothing(painter: QPainter, side: float) -> None:
    """Leave it blank."""


#: In the order of `OTHERS`: stopped elsewhere, out of steps, diverged, left the domain, no gradient, not worked out.
_STROKES: tuple[Callable[[QPainter, float], None], ...] = (_level, _dots, _falling, _rising, _upright, _nothing)
