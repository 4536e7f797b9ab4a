"""Patterns over pixels of a map that show no basin and no measure: no grey is then taken for one of their colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from gdsim.desktop.look.outcome_greys import outcome_grey
from gdsim.desktop.look.style import Theme, solid
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.pixel_kinds import ELSEWHERE

#: The side of a tile, in pixels at scale 1.
_SIDE = 8


def outcome_brush(kind: str, theme: Theme, ratio: float = 1.0) -> QBrush:
    """Return a brush with the pattern of an outcome, a `Kind` or ELSEWHERE, transparent between its strokes."""
    side = theme.pixels(_SIDE)
    tile = QPixmap(round(side * ratio), round(side * ratio))
    tile.fill(Qt.GlobalColor.transparent)
    tile.setDevicePixelRatio(ratio)
    painter = QPainter(tile)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bright = theme.dark or kind == Kind.DIVERGED
        pen = QPen(solid(QColor("#ffffff" if bright else "#202428"), 0.45 if kind == Kind.DIVERGED else 0.38))
        pen.setWidthF(1.1 * theme.scale)
        painter.setPen(pen)
        _STROKES.get(kind, _nothing)(painter, float(side))
    finally:
        painter.end()
    return QBrush(tile)


def fill_outcome(painter: QPainter, kind: str, theme: Theme, where: QRectF) -> None:
    """Fill a rectangle as pixels of an outcome are filled."""
    painter.fillRect(where, QColor(*outcome_grey(kind, theme.dark)))
    painter.save()
    painter.setBrushOrigin(where.topLeft())
    painter.fillRect(where, outcome_brush(kind, theme, painter.device().devicePixelRatioF()))
    painter.restore()


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


_STROKES: dict[str, Callable[[QPainter, float], None]] = {
    ELSEWHERE: _level,
    Kind.OUT_OF_STEPS: _dots,
    Kind.DIVERGED: _falling,
    Kind.LEFT_DOMAIN: _rising,
    Kind.NO_GRADIENT: _upright,
}
