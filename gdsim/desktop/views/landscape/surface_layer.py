"""The surface under the paths: colours and level lines."""

from __future__ import annotations

from collections.abc import Hashable
from weakref import WeakKeyDictionary, WeakValueDictionary

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from gdsim.desktop.look.style import solid, surface_colors
from gdsim.desktop.plotting.hatch import draw_hatch
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.strokes import stroke_pieces
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.basins.layer import seen_map
from gdsim.simulation.sampling.landscape import Surface

#: What is painted of a surface, for as long as a landscape shows it: by where, how large and in which colours.
_PICTURES: WeakKeyDictionary[Surface, WeakValueDictionary[Hashable, QPixmap]] = WeakKeyDictionary()


class SurfaceLayer(Layer):
    """Paints a sampled surface."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-10)

    @property
    def surface(self) -> Surface | None:
        """The surface that is painted; None where the scene has none, or has a curve."""
        return _surface_of(self.shown)

    def show_scene(self, scene: Scene) -> None:
        """Paint anew where the surface or the colours are others."""
        before, self.shown = self.shown, scene
        if scene.changed(before, "theme"):
            self._colors = surface_colors(scene.theme)
            dark = scene.theme.dark
            self._pen = QPen(solid(QColor("#ffffff" if dark else "#203040"), 0.22 if dark else 0.3))
            self._pen.setWidthF(scene.theme.scale)
            self.renew()
        elif _surface_of(before) is not self.surface or (seen_map(before) is None) != (seen_map(scene) is None):
            self.renew()

    def rendered(self, mapping: Mapping, ratio: float) -> QPixmap:
        """Share one picture among all landscapes of the same size that stand side by side."""
        if self.shown is None or self.surface is None:
            return super().rendered(mapping, ratio)
        known = _PICTURES.setdefault(self.surface, WeakValueDictionary())
        corner, to = mapping.area.topLeft(), mapping.transform
        place = (to.m11(), to.m22(), to.dx() - corner.x(), to.dy() - corner.y())
        key = (place, mapping.area.size().toTuple(), ratio, self.shown.theme, seen_map(self.shown) is None)
        picture = known.get(key)
        if picture is None:
            picture = known[key] = super().rendered(mapping, ratio)
        return picture

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the colours, stretched smoothly, then the lines."""
        surface = self.surface
        if self.shown is None or surface is None:
            return
        x, y = mapping.x(surface.x), mapping.y(surface.y)
        # a sample is the middle of its cell
        dx, dy = (x[-1] - x[0]) / (len(x) - 1), (y[-1] - y[0]) / (len(y) - 1)
        target = QRectF(x[0] - dx / 2, y[-1] + dy / 2, x[-1] - x[0] + dx, y[0] - y[-1] - dy)
        if np.isnan(surface.shades).any():
            # seen through the picture where that has no colour
            draw_hatch(painter, target & QRectF(0, 0, mapping.area.width(), mapping.area.height()), self.shown.theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if seen_map(self.shown) is None:  # else its lines lie over the basins
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


def _surface_of(scene: Scene | None) -> Surface | None:
    """Return the surface that a scene has of its function; that of a function of another kind comes too late."""
    if scene is None or not isinstance(scene.surface, Surface):
        return None
    return scene.surface if scene.objective is not None and scene.objective.dimension == 2 else None
