"""Swatches of basins and of other outcomes, as the map has them."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from gdsim.desktop.look.basin_colours import basin_shades
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.outcome_patterns import fill_outcome
from gdsim.desktop.views.landscape.basins.rows import Row
from gdsim.simulation.maps.pixel_kinds import OTHERS


class Swatches:
    """Swatches that were drawn before: a legend has the same ones in every frame of a drag."""

    def __init__(self) -> None:
        self._known: dict[Hashable, QPixmap] = {}

    def draw(self, painter: QPainter, row: Row, theme: Theme, corner: QPoint, size: QSize) -> None:
        """Draw the swatch of a row."""
        ratio = painter.device().devicePixelRatioF()
        key = (row.other, row.colour, theme, size.toTuple(), ratio)
        if key not in self._known:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            inner = QPainter(picture)
            try:
                draw_basin_swatch(inner, row, theme, QRectF(0.5, 0.5, size.width() - 1, size.height() - 1))
            finally:
                inner.end()
            self._known[key] = picture
        painter.drawPixmap(corner, self._known[key])


def draw_basin_swatch(painter: QPainter, row: Row, theme: Theme, where: QRectF) -> None:
    """Draw all shades of a basin, from few steps to many, or the pattern of another outcome."""
    if row.other >= 0:
        fill_outcome(painter, OTHERS[row.other], theme, where)
    else:
        pixels = np.ascontiguousarray(basin_shades(row.colour, theme.dark))
        image = QImage(pixels.data, len(pixels), 1, 4 * len(pixels), QImage.Format.Format_RGBA8888)
        painter.drawImage(where, image.copy())
    painter.setPen(QPen(QColor(theme.line)))
    painter.drawRect(where)
