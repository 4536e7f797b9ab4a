"""Colours of setting maps, from the best cell to the worst."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.look.oklab import rgba

#: (lightness, chroma, hue) of OKLCH from the best to the worst, in a light and in a dark theme: lightness goes evenly
#: from what stands out from the ground to what is like it, and so tells all by itself.
_STOPS = {
    False: ((0.40, 0.135, 268.0), (0.665, 0.105, 205.0), (0.93, 0.075, 105.0)),
    True: ((0.93, 0.115, 105.0), (0.625, 0.115, 190.0), (0.32, 0.100, 285.0)),
}
SHADES = 256


@cache
def setting_shades(dark: bool) -> NDArray[np.uint8]:
    """Return the colours from the best cell to the worst, ``(SHADES, 4)`` RGBA: straight lines in OKLab."""
    stops = np.array([[light, c * np.cos(np.radians(h)), c * np.sin(np.radians(h))] for light, c, h in _STOPS[dark]])
    place = np.linspace(0, len(stops) - 1, SHADES)
    return rgba(np.stack([np.interp(place, np.arange(len(stops)), column) for column in stops.T]))
