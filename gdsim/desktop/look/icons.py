"""Icons, drawn as shapes so that they take the theme's colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPainterPathStroker, QPixmap, QPolygonF

_SIZE = 20


def icon(name: str, color: str) -> QIcon:
    """Draw the icon of a name in SHAPES."""
    picture = QPixmap(QSize(_SIZE, _SIZE) * 3)
    picture.fill(Qt.GlobalColor.transparent)
    # after filling: on a screen of 16 bits a pixel, filling forgets it
    picture.setDevicePixelRatio(3)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawPath(SHAPES[name])
    painter.end()
    return QIcon(picture)


def _shape(*parts: QPolygonF | QRectF) -> QPainterPath:
    path = QPainterPath()
    for part in parts:
        if isinstance(part, QRectF):
            path.addRect(part)
        else:
            path.addPolygon(part)
            path.closeSubpath()
    return path


def _triangle(left: float, width: float, backwards: bool = False) -> QPolygonF:
    tip, base = (left, left + width) if backwards else (left + width, left)
    return QPolygonF([QPointF(base, 4), QPointF(tip, 10), QPointF(base, 16)])


def _bar(left: float, width: float = 2.5) -> QRectF:
    return QRectF(left, 4, width, 12)


def _arrow_back() -> QPainterPath:
    """Draw an open circle with an arrow head: back to what it was."""
    ring = QPainterPath()
    ring.arcMoveTo(QRectF(4, 4, 12, 12), 60)
    ring.arcTo(QRectF(4, 4, 12, 12), 60, 290)
    stroker = QPainterPathStroker()
    stroker.setWidth(2.2)
    path = stroker.createStroke(ring)
    path.addPolygon(QPolygonF([QPointF(11, 1), QPointF(17.5, 4.5), QPointF(11.5, 8.5)]))
    path.closeSubpath()
    return path


def _dots() -> QPainterPath:
    """Draw three dots under each other: there is a menu."""
    path = QPainterPath()
    for y in (4.0, 10.0, 16.0):
        path.addEllipse(QPointF(10, y), 1.9, 1.9)
    return path


SHAPES = {
    "menu": _dots(),
    "reset": _arrow_back(),
    "play": _shape(_triangle(5.5, 11)),
    "pause": _shape(_bar(5, 3.5), _bar(11.5, 3.5)),
    "forward": _shape(_bar(4), _triangle(8, 9)),
    "back": _shape(_triangle(3, 9, backwards=True), _bar(13.5)),
    "first": _shape(_bar(2.5), _triangle(5, 6.5, backwards=True), _triangle(11.5, 6.5, backwards=True)),
    "last": _shape(_triangle(2, 6.5), _triangle(8.5, 6.5), _bar(15)),
}
