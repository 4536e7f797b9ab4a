"""The pixels of a basin map: colours of minima by shades of steps, greys of all else."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QImage

from gdsim.desktop.look.basin_colours import basin_shades
from gdsim.desktop.look.outcome_greys import other_greys
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.seen_basins import SeenMap

#: So many shades are told apart.
_SHADES = 64


def map_image(seen: SeenMap, theme: Theme) -> QImage:
    """Return a map as an image, the highest row first; that of one variable has one row."""
    shown = np.atleast_2d(seen.map.shown)[::-1]
    shades = np.atleast_2d(np.round(seen.shades * (_SHADES - 1)).astype(np.int32))[::-1]
    minima = [basin_shades(colour, theme.dark, _SHADES) for colour in seen.colours]
    table = np.concatenate([*minima, other_greys(theme.dark)])
    places = np.where(shown >= 0, shown * _SHADES + shades, len(minima) * _SHADES - 1 - shown)
    return _image(table[places])


def mask_of(seen: SeenMap, other: int) -> QImage:
    """Return an image that is opaque where runs end in one of `OTHERS`, and else transparent."""
    shown = np.atleast_2d(seen.map.shown)[::-1]
    pixels = np.zeros((*shown.shape, 4), dtype=np.uint8)
    pixels[shown == -1 - other] = 255
    return _image(pixels)


def _image(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape[:2]
    # copy(): the pixels are gone before the image is
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888).copy()
