"""The cells of a setting map, coloured by what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gdsim.desktop.look.outcome_greys import outcome_grey
from gdsim.desktop.look.setting_colours import SHADES, setting_shades
from gdsim.desktop.look.style import Theme
from gdsim.desktop.plotting.layer import Layer
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.plotting.outcome_patterns import outcome_brush
from gdsim.desktop.views.setting_map.scale import Scale
from gdsim.objectives.base import Array
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.axis import Axis
from gdsim.simulation.maps.runs.found_ends import CODES, KINDS
from gdsim.simulation.maps.settings import SettingMap

#: What has no shade although it has ended so has a gradient that does not shrink.
_UNFINISHED = (CODES[Kind.CONVERGED], CODES[Kind.OUT_OF_STEPS])

Kinds = NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Cells:
    """Rows of a map that follow each other from the lowest up, as they are painted.

    Attributes
    ----------
    axes, of
        The axes of the whole map, and the number of its rows.
    values, kinds
        ``(rows, columns)``: what is measured, and how each cell ended, a number in `KINDS`.
    """

    axes: tuple[Axis, Axis]
    of: int
    values: Array
    kinds: Kinds

    @classmethod
    def joined(cls, maps: Sequence[SettingMap], measure: str, axes: tuple[Axis, Axis], of: int) -> Cells:
        """The cells of maps above each other."""
        values = np.concatenate([found.measured(measure) for found in maps])
        return cls(axes, of, values, np.concatenate([found.kind for found in maps]))

    def bare(self, scale: Scale) -> Kinds:
        """Tell how those without a shade ended; -1 for those with one."""
        kinds = np.where(np.isin(self.kinds, _UNFINISHED), CODES[Kind.OUT_OF_STEPS], self.kinds)
        return np.where(np.isnan(scale.shades(self.values)), kinds, -1).astype(np.int8)


class MapLayer(Layer):
    """Paints cells over each other: those of a whole map, and the finer rows there are."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-10)
        self.cells: tuple[Cells, ...] = ()
        self.scale = Scale("steps", 0, 1)
        self.theme: Theme | None = None

    def show_cells(self, cells: tuple[Cells, ...], scale: Scale, theme: Theme) -> None:
        """Paint other cells, on another scale or in other colours."""
        self.cells, self.scale, self.theme = cells, scale, theme
        self.renew()

    def render(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the cells as they are, then the patterns of what did not converge."""
        if self.theme is None:
            return
        ratio = painter.device().devicePixelRatioF()
        for cells in self.cells:
            target, kinds = _target(cells, mapping), cells.bare(self.scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(target, map_image(cells, self.scale, self.theme))
            for code in np.unique(kinds[kinds >= 0]):
                mask = _mask(kinds == code)
                painter.drawImage(mapping.inside, _patterned(KINDS[code], mask, target, mapping, self.theme, ratio))


def map_image(cells: Cells, scale: Scale, theme: Theme) -> QImage:
    """Return an image with a pixel a cell."""
    shades, kinds = np.nan_to_num(scale.shades(cells.values)), cells.bare(scale)
    pixels = setting_shades(theme.dark)[np.round(shades * (SHADES - 1)).astype(np.intp)]
    for code in np.unique(kinds[kinds >= 0]):
        pixels[kinds == code] = outcome_grey(KINDS[code], theme.dark)
    return _image(pixels[::-1])


def _target(cells: Cells, mapping: Mapping) -> QRectF:
    """The pixels that cells cover: a value is the middle of its cell, and those at the rim are seen by half."""
    (left, right), (bottom, top) = (
        side(np.array([axis.place(axis.low), axis.place(axis.high)]))
        for side, axis in zip((mapping.x, mapping.y), cells.axes, strict=True)
    )
    rows, columns = cells.values.shape
    wide, high = (right - left) / (columns - 1), (top - bottom) / (cells.of - 1)
    return QRectF(left - wide / 2, bottom - high / 2 + rows * high, columns * wide, -rows * high)


def _patterned(kind: Kind, mask: QImage, target: QRectF, mapping: Mapping, theme: Theme, ratio: float) -> QImage:
    """The pattern of an outcome all over the view, cut out where cells have it."""
    picture = QImage(mapping.area.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    try:
        painter.drawImage(target, mask)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(mapping.inside, outcome_brush(kind, theme, ratio))
    finally:
        painter.end()
    return picture


def _mask(cells: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> QImage:
    pixels = np.zeros((*cells.shape, 4), dtype=np.uint8)
    pixels[cells[::-1]] = 255
    return _image(pixels)


def _image(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape[:2]
    # copy(): the pixels are gone before the image is
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()
