"""Colours of basin maps: a hue a minimum, darker with every step it took."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gdsim.desktop.look.oklab import rgba
from gdsim.desktop.look.style import Theme

#: (lightness, chroma, hue) of OKLCH half way from few steps to many, in a light and in a dark theme. Chosen so that all
#: are as far from each other as can be, in the simulations of Machado et al. (2009) for colour-blind eyes, too, and no
#: two of the same lightness: without any colour the first four differ clearly.
_COLORS = {
    False: (
        (0.771, 0.095, 260.0),
        (0.826, 0.095, 106.0),
        (0.690, 0.094, 22.0),
        (0.880, 0.095, 154.0),
        (0.717, 0.050, 306.0),
        (0.853, 0.095, 211.0),
        (0.744, 0.089, 81.0),
        (0.799, 0.071, 6.0),
    ),
    True: (
        (0.434, 0.061, 252.0),
        (0.383, 0.077, 103.0),
        (0.331, 0.074, 352.0),
        (0.280, 0.085, 304.0),
        (0.460, 0.061, 114.0),
        (0.357, 0.074, 278.0),
        (0.409, 0.077, 3.0),
        (0.306, 0.073, 127.0),
    ),
}
#: So many there are; further minima have the same again.
COUNT = 8
#: From half way to few steps, and to many, lightness differs by so much.
_SHADE = {False: 0.07, True: 0.055}


@cache
def basin_shades(place: int, dark: bool, count: int = 64) -> NDArray[np.uint8]:
    """Return the colours of a basin from few steps to many, ``(count, 4)`` RGBA: a straight line of lightness."""
    lightness, chroma, hue = _COLORS[dark][place % COUNT]
    lab = np.empty((3, count))
    lab[0] = np.linspace(lightness + _SHADE[dark], lightness - _SHADE[dark], count)
    lab[1], lab[2] = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    return rgba(lab)


def basin_color(place: int, theme: Theme) -> QColor:
    """Return the colour of a basin half way from few steps to many."""
    return QColor(*basin_shades(place, theme.dark)[32].tolist())
