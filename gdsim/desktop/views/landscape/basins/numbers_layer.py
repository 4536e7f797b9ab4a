"""The numbers of the minima on a basin map, which tell basins apart without any colour."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication

from gdsim.desktop.look.style import solid
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.state.seen_basins import SeenMap
from gdsim.desktop.views.landscape.basins.layer import seen_map
from gdsim.desktop.views.landscape.basins.rows import legend_rows

#: From a minimum to its number, in pixels at scale 1; that of one variable stands over the band.
_OFF, _ABOVE = (7.0, -7.0), 20.0
#: More of them would be a carpet.
_MOST = 30


class NumbersLayer(Layer):
    """Writes beside each minimum the number that the legend has for it."""

    #: The scene that is shown.
    shown: Scene | None = None

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(6)
        self.setVisible(False)
        self._seen: SeenMap | None = None

    def show_scene(self, scene: Scene) -> None:
        """Write anew where the map or the colours are others."""
        before, self.shown = self.shown, scene
        was, self._seen = self._seen, seen_map(scene)
        if self._seen is not was or scene.changed(before, "theme"):
            self.setVisible(self._seen is not None)
            # while η is turned they stay where they are
            if scene.changed(before, "theme") or _marks(self._seen) != _marks(was):
                self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Write each number with a halo: what lies under it may be light or dark."""
        if self.shown is None or self._seen is None:
            return
        theme, font = self.shown.theme, QFont(QApplication.font())
        font.setWeight(QFont.Weight.DemiBold)
        for number, at in self._places(self._seen, mapping, theme.scale):
            path = QPainterPath()
            path.addText(at, font, str(number))
            painter.strokePath(path, QPen(solid(theme.base, 0.85), 3.0 * theme.scale))
            painter.fillPath(path, QColor(theme.text))

    def _places(self, seen: SeenMap, mapping: Mapping, scale: float) -> Iterator[tuple[int, QPointF]]:
        """The numbers that are in view, and where they stand."""
        plane, inside = seen.map.grid.plane, mapping.inside
        for number, position in _marks(seen):
            place = np.array(position) if plane is None else plane.project(np.array(position))
            x = float(mapping.x(place[:1])[0])
            y = inside.bottom() - _ABOVE * scale
            if len(place) > 1:
                x, y = x + _OFF[0] * scale, float(mapping.y(place[1:2])[0]) + _OFF[1] * scale
            if inside.contains(x, y):
                yield number, QPointF(x, y)


def _marks(seen: SeenMap | None) -> list[tuple[int, tuple[float, ...]]]:
    """The numbers of the minima that come first in the legend, and where these lie."""
    if seen is None:
        return []
    rows = [row for row in legend_rows(seen) if row.minimum >= 0][:_MOST]
    return [(row.number, seen.map.minima[row.minimum].position) for row in rows]
