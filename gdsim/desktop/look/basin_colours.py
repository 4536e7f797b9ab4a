"""Colours of basin maps: a hue a minimum, darker with every step it took, and greys for what is no basin."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gdsim.desktop.look.oklab import srgb
from gdsim.desktop.look.style import Theme

#: (lightness, chroma, hue) of OKLCH half way from few steps to many, in a light and in a dark theme. Chosen so that all
#: are as far from each other as can be, in the simulations of Machado et al. (2009) for colour-blind eyes, too, and no
#: two of the same lightness: without any colour the first four differ clearly.
_COLORS = {
    False: (
        (0.80, 0.115, 229.0),
        (0.89, 0.115, 102.0),
        (0.74, 0.100, 344.0),
        (0.68, 0.080, 131.0),
        (0.86, 0.077, 177.0),
        (0.71, 0.115, 271.0),
        (0.83, 0.086, 46.0),
        (0.77, 0.115, 97.0),
    ),
    True: (
        (0.384, 0.100, 243.0),
        (0.441, 0.100, 96.0),
        (0.327, 0.066, 336.0),
        (0.470, 0.100, 274.0),
        (0.356, 0.091, 56.0),
        (0.413, 0.094, 2.0),
        (0.299, 0.100, 273.0),
        (0.270, 0.052, 66.0),
    ),
}
#: So many there are; further minima have the same again.
COUNT = 8
#: From half way to few steps, and to many, lightness differs by so much.
_SHADE = {False: 0.055, True: 0.045}
#: The lightness of what is no basin, all of it without any hue: stopped elsewhere, out of steps, diverged, left the
#: domain, no gradient, not worked out.
_GREYS = {False: (0.93, 0.80, 0.52, 0.97, 0.70, 0.97), True: (0.36, 0.28, 0.13, 0.22, 0.45, 0.22)}


@cache
def basin_shades(place: int, dark: bool, count: int = 64) -> NDArray[np.uint8]:
    """Return the colours of a basin from few steps to many, ``(count, 4)`` RGBA: a straight line of lightness."""
    lightness, chroma, hue = _COLORS[dark][place % COUNT]
    lab = np.empty((3, count))
    lab[0] = np.linspace(lightness + _SHADE[dark], lightness - _SHADE[dark], count)
    lab[1], lab[2] = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    return _rgba(lab)


@cache
def other_colors(dark: bool) -> NDArray[np.uint8]:
    """Return the greys of `OTHERS`, ``(others, 4)`` RGBA."""
    greys = np.array(_GREYS[dark])
    return _rgba(np.stack([greys, np.zeros_like(greys), np.zeros_like(greys)]))


def basin_color(place: int, theme: Theme) -> QColor:
    """Return the colour of a basin half way from few steps to many."""
    return QColor(*basin_shades(place, theme.dark)[32].tolist())


def _rgba(lab: NDArray[np.float64]) -> NDArray[np.uint8]:
    rgba = np.full((lab.shape[1], 4), 255, dtype=np.uint8)
    rgba[:, :3] = np.round(255 * srgb(lab)).T
    return rgba
