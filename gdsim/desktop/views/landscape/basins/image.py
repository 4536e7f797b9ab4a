"""The pixels of a basin map: colours of minima by shades of steps, greys of all else."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from gdsim.desktop.look.basin_colours import basin_shades
from gdsim.desktop.look.outcome_greys import other_greys
from gdsim.desktop.look.style import Theme
from gdsim.desktop.state.seen_basins import SeenMap

#: So many shades are told apart.
_SHADES = 64
#: So many rows are worked on at once: memory for all would be new each time, which takes longer than the work.
_ROWS = 64
_OPAQUE = np.uint32(0xFFFFFFFF)


def map_image(seen: SeenMap, theme: Theme) -> QImage:
    """Return a map as an image, the highest row first; that of one variable has one row."""
    shown, steps = (np.atleast_2d(each)[::-1] for each in (seen.map.shown, seen.map.steps))
    shades = np.round(seen.shade_of_steps * (_SHADES - 1)).astype(np.intp)
    words, (image, pixels) = _words(seen.colours, theme.dark), _blank(shown.shape)
    for first in range(0, len(shown), _ROWS):
        rows = slice(first, first + _ROWS)
        places = shades[steps[rows]]
        # what is below 0 counts from the end, as numbers of `OTHERS` do
        places += np.multiply(shown[rows], _SHADES, dtype=np.int32)
        words.take(places, out=pixels[rows], mode="wrap")
    return image


@lru_cache(maxsize=16)
def _words(colours: tuple[int, ...], dark: bool) -> NDArray[np.uint32]:
    """The colours of minima by shades, then those of `OTHERS` from the last: each a pixel of Qt's."""
    minima = [basin_shades(colour, dark, _SHADES) for colour in colours]
    table = np.concatenate([*minima, np.repeat(other_greys(dark)[::-1], _SHADES, axis=0)]).astype(np.uint32)
    words: NDArray[np.uint32] = table @ np.array([1 << 16, 1 << 8, 1, 1 << 24], dtype=np.uint32)
    return words


def mask_of(seen: SeenMap, other: int) -> QImage:
    """Return an image that is opaque where runs end in one of `OTHERS`, and else transparent."""
    shown = np.atleast_2d(seen.map.shown)[::-1]
    image, pixels = _blank(shown.shape)
    np.multiply(shown == -1 - other, _OPAQUE, out=pixels, casting="unsafe")
    return image


def _blank(shape: tuple[int, ...]) -> tuple[QImage, NDArray[np.uint32]]:
    """An image, and its pixels to be written."""
    rows, columns = shape
    image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
    return image, np.frombuffer(image.bits(), dtype=np.uint32).reshape(rows, columns)
