"""The ground of the landscape: colours and level lines."""

from __future__ import annotations

from collections.abc import Hashable
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from gdsim.desktop.look.style import Theme, ground_colors, solid
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.plotting.layer import Layer, Mapping
from gdsim.desktop.plotting.strokes import stroke_pieces
from gdsim.simulation.sampling.landscape import Surface

#: What is painted of a surface, for as long as a landscape shows it: by where, how large and in which colours.
_PICTURES: WeakKeyDictionary[Surface, WeakValueDictionary[Hashable, QPixmap]] = WeakKeyDictionary()


class GroundLayer(Layer):
    """Paints a sampled surface."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setZValue(-10)
        self._surface: Surface | None = None
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._colors = ground_colors(theme)
        self._pen = QPen(solid(QColor("#ffffff") if theme.dark else QColor("#203040"), 0.3 if not theme.dark else 0.22))
        self._pen.setWidthF(theme.scale)
        self.renew()

    def set_surface(self, surface: Surface | None) -> None:
        """Paint another surface."""
        self._surface = surface
        self.renew()

    def rendered(self, mapping: Mapping, ratio: float) -> QPixmap:
        """The same picture for all landscapes of the same size that stand side by side."""
        if self._surface is None:
            return super().rendered(mapping, ratio)
        known = _PICTURES.setdefault(self._surface, WeakValueDictionary())
        corner, to = mapping.area.topLeft(), mapping.transform
        place = (to.m11(), to.m22(), to.dx() - corner.x(), to.dy() - corner.y())
        key = (place, mapping.area.size().toTuple(), ratio, self._theme)
        picture = known.get(key)
        if picture is None:
            picture = known[key] = super().rendered(mapping, ratio)
        return picture

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Colours stretched smoothly, then the lines."""
        surface = self._surface
        if surface is None:
            return
        x, y = mapping.x(surface.x), mapping.y(surface.y)
        # a sample is the middle of its cell
        dx, dy = (x[-1] - x[0]) / (len(x) - 1), (y[-1] - y[0]) / (len(y) - 1)
        target = QRectF(x[0] - dx / 2, y[-1] + dy / 2, x[-1] - x[0] + dx, y[0] - y[-1] - dy)
        if np.isnan(surface.shades).any():
            # seen through the picture where that has no colour
            draw_hatch(painter, target & QRectF(0, 0, mapping.area.width(), mapping.area.height()), self._theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image(surface))
        painter.setPen(self._pen)
        stroke_pieces(painter, mapping.x(surface.lines[0]), mapping.y(surface.lines[1]))

    def _image(self, surface: Surface) -> QImage:
        top = len(self._colors) - 1
        index = np.clip(np.nan_to_num(surface.shades[::-1], nan=0.0) * top, 0, top).astype(np.uint8)
        pixels = self._colors[index]
        pixels[~np.isfinite(surface.shades[::-1])] = 0
        pixels = np.ascontiguousarray(pixels)
        rows, columns = index.shape
        # copy(): the pixels are gone before the image is
        return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()
