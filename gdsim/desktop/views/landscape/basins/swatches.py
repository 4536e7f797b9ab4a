"""Swatches of basins and of other outcomes, as the map has them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from gdsim.desktop.look.basin_colours import basin_shades, other_colors
from gdsim.desktop.look.style import Theme
from gdsim.desktop.views.landscape.basins.patterns import pattern_brush
from gdsim.desktop.views.landscape.basins.rows import Row


def draw_basin_swatch(painter: QPainter, row: Row, theme: Theme, where: QRectF) -> None:
    """Draw all shades of a basin, from few steps to many, or the pattern of another outcome."""
    if row.other >= 0:
        painter.fillRect(where, QColor(*other_colors(theme.dark)[row.other].tolist()))
        painter.save()
        painter.setBrushOrigin(where.topLeft())
        painter.fillRect(where, pattern_brush(row.other, theme, painter.device().devicePixelRatioF()))
        painter.restore()
    else:
        pixels = np.ascontiguousarray(basin_shades(row.colour, theme.dark))
        image = QImage(pixels.data, len(pixels), 1, 4 * len(pixels), QImage.Format.Format_RGBA8888)
        painter.drawImage(where, image.copy())
    painter.setPen(QPen(QColor(theme.line)))
    painter.drawRect(where)
