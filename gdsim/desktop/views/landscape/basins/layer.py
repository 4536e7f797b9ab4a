"""The basin map under level lines and paths, or as a band under a curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QImage, QPainter

from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.outcome_patterns import outcome_brush
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.views.landscape.basins.image import map_image, mask_of
from gdsim.objectives.base import Array
from gdsim.simulation.maps.pixel_kinds import OTHERS

#: The height of the band under a curve, in pixels at scale 1.
BAND = 16


class BasinLayer(Layer):
    """Paints the map of the optimizer whose landscape it is."""

    #: The scene that is shown.
    shown: Scene | None = None
    fleeting = True

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-11)
        self.setVisible(False)
        self._brushes: dict[tuple[int, Theme, float], QBrush] = {}
        self.seen: SeenMap | None = None
        #: Its pixels, once they have been painted.
        self._image: QImage | None = None

    def show_scene(self, scene: Scene) -> None:
        """Paint anew where the map or the colours are others."""
        before, self.shown = self.shown, scene
        seen = seen_map(scene)
        if seen is not self.seen or scene.changed(before, "theme"):
            self.seen, self._image = seen, None
            # the band lies over the curve's ground
            self.setZValue(-11 if seen is None or len(seen.map.grid.y) else -9)
            self.setVisible(seen is not None)
            self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the pixels as they are, then the patterns of what is no basin."""
        if self.shown is None or self.seen is None:
            return
        theme, target = self.shown.theme, self._target(self.seen, mapping)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._image is None:
            self._image = map_image(self.seen, theme)
        painter.drawImage(target, self._image)
        ratio = painter.device().devicePixelRatioF()
        for other, count in enumerate(self.seen.map.counts[len(self.seen.map.minima) :]):
            if count:
                painter.drawImage(mapping.inside, self._patterned(other, target, mapping, theme, ratio))

    def _target(self, seen: SeenMap, mapping: Mapping) -> QRectF:
        left, right = _edges(mapping.x(seen.map.grid.x))
        if not len(seen.map.grid.y):
            height = BAND * (self.shown.theme.scale if self.shown is not None else 1.0)
            return QRectF(left, mapping.inside.bottom() - height, right - left, height)
        bottom, top = _edges(mapping.y(seen.map.grid.y))
        return QRectF(left, top, right - left, bottom - top)

    def _patterned(self, other: int, target: QRectF, mapping: Mapping, theme: Theme, ratio: float) -> QImage:
        """The pattern of one of `OTHERS` all over the view, cut out where runs end so."""
        assert self.seen is not None
        picture = QImage(mapping.area.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(0)
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        try:
            painter.drawImage(target, mask_of(self.seen, other))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            painter.fillRect(mapping.inside, self._brush(other, theme, ratio))
        finally:
            painter.end()
        return picture

    def _brush(self, other: int, theme: Theme, ratio: float) -> QBrush:
        key = (other, theme, ratio)
        if key not in self._brushes:
            self._brushes[key] = outcome_brush(OTHERS[other], theme, ratio)
        return self._brushes[key]


def seen_map(scene: Scene | None) -> SeenMap | None:
    """Return the map that a landscape shows; that of a function of another kind comes too late."""
    if scene is None or scene.basins is None or scene.objective is None:
        return None
    seen = scene.basins.seen
    return seen if seen is not None and len(seen.map.grid.shape) == scene.objective.dimension else None


def _edges(middles: Array) -> tuple[float, float]:
    """The outer edges of pixels whose middles are given."""
    half = float(middles[-1] - middles[0]) / max(len(middles) - 1, 1) / 2
    return float(middles[0]) - half, float(np.asarray(middles[-1])) + half
