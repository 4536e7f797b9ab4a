"""From data to the pixels of what is seen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QTransform

from gdsim.desktop.plotting.far_lines import FAR, UNIT
from gdsim.objectives.base import Array


class Mapping:
    """Mapping from data to the pixels of a layer's picture, without rotation."""

    def __init__(self, transform: QTransform, area: QRect) -> None:
        self.transform = transform
        self.area = area

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and (self.transform, self.area) == (other.transform, other.area)

    __hash__ = None  # type: ignore[assignment]

    @property
    def inside(self) -> QRectF:
        """The picture's rectangle, from its own corner."""
        return QRectF(0, 0, self.area.width(), self.area.height())

    def x(self, values: Array) -> Array:
        """Return pixels to the right of the picture's left edge; clipped far outside."""
        return _clipped(values, self.transform.m11(), self.transform.dx() - self.area.left())

    def y(self, values: Array) -> Array:
        """Return pixels below the picture's top edge; clipped far outside."""
        return _clipped(values, self.transform.m22(), self.transform.dy() - self.area.top())

    def unclipped(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return both in units of `UNIT` pixels, so that of what is far outside the direction is kept."""
        transform, area = self.transform, self.area
        across = x * (transform.m11() / UNIT) + (transform.dx() - area.left()) / UNIT
        return across, y * (transform.m22() / UNIT) + (transform.dy() - area.top()) / UNIT


def _clipped(values: Array, scale: float, shift: float) -> Array:
    with np.errstate(over="ignore"):  # what is that far out is clipped like all else
        return np.clip(values * scale + shift, -FAR, FAR)
