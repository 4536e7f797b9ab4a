"""The heads of optimizers: of those that have the same colour, each has another shape."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPolygonF

from gdsim.desktop.look.style import round_of


def _star(points: int, inner: float, turned: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Return the corners of a star, first one on top, whose every other corner lies at `inner`; of a polygon at 1."""
    reach = (1.0, inner) if inner != 1.0 else (1.0,)
    angles = [turned + math.tau * i / (points * len(reach)) for i in range(points * len(reach))]
    return tuple(
        (reach[i % len(reach)] * math.sin(a), -reach[i % len(reach)] * math.cos(a)) for i, a in enumerate(angles)
    )


#: By round the corners in units of the radius; none for a disc. As large to the eye as the disc is.
HEADS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    tuple((1.2 * x, 1.2 * y) for x, y in _star(4, 1.0)),
    tuple((1.25 * x, 1.25 * y) for x, y in _star(4, 1.0, math.pi / 4)),
    tuple((1.35 * x, 1.35 * y + 0.2) for x, y in _star(3, 1.0)),
    tuple((1.4 * x, 1.4 * y) for x, y in _star(4, 0.45, math.pi / 4)),
    tuple((1.35 * x, 1.35 * y - 0.2) for x, y in _star(3, 1.0, math.pi)),
    tuple((1.45 * x, 1.45 * y) for x, y in _star(5, 0.45)),
    tuple((1.4 * x, 1.4 * y) for x, y in _star(4, 0.45)),
    tuple((1.15 * x, 1.15 * y) for x, y in _star(6, 1.0)),
)


def draw_head(painter: QPainter, key: str, at: QPointF, radius: float) -> None:
    """Draw the head of an optimizer with the pen and the brush that are set."""
    corners = HEADS[round_of(key) % len(HEADS)]
    if corners:
        painter.drawPolygon(QPolygonF([QPointF(at.x() + radius * x, at.y() + radius * y) for x, y in corners]))
    else:
        painter.drawEllipse(at, radius, radius)
