"""Colours of setting maps: from the best cell to the worst, and greys for runs that did not converge."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.look.oklab import srgb
from gdsim.simulation.endings.outcome_kinds import Kind

#: (lightness, chroma, hue) of OKLCH from the best to the worst, in a light and in a dark theme: lightness goes evenly
#: from what stands out from the ground to what is like it, and so tells all by itself.
_STOPS = {
    False: ((0.40, 0.135, 268.0), (0.665, 0.105, 205.0), (0.93, 0.075, 105.0)),
    True: ((0.93, 0.115, 105.0), (0.625, 0.115, 190.0), (0.32, 0.100, 285.0)),
}
#: The lightness of what has no colour of the measure, without any hue.
_GREYS = {
    Kind.OUT_OF_STEPS: (0.80, 0.28),
    Kind.DIVERGED: (0.52, 0.13),
    Kind.LEFT_DOMAIN: (0.97, 0.22),
    Kind.NO_GRADIENT: (0.70, 0.45),
    Kind.CANCELLED: (0.97, 0.22),
}
SHADES = 256


@cache
def setting_shades(dark: bool) -> NDArray[np.uint8]:
    """Return the colours from the best cell to the worst, ``(SHADES, 4)`` RGBA: straight lines in OKLab."""
    stops = np.array([[light, c * np.cos(np.radians(h)), c * np.sin(np.radians(h))] for light, c, h in _STOPS[dark]])
    place = np.linspace(0, len(stops) - 1, SHADES)
    return _rgba(np.stack([np.interp(place, np.arange(len(stops)), column) for column in stops.T]))


@cache
def outcome_grey(kind: Kind, dark: bool) -> tuple[int, int, int, int]:
    """Return the grey of an outcome."""
    lightness = _GREYS.get(kind, _GREYS[Kind.CANCELLED])[dark]
    red, green, blue, alpha = _rgba(np.array([[lightness], [0.0], [0.0]]))[0].tolist()
    return red, green, blue, alpha


def _rgba(lab: NDArray[np.float64]) -> NDArray[np.uint8]:
    rgba = np.full((lab.shape[1], 4), 255, dtype=np.uint8)
    rgba[:, :3] = np.round(255 * srgb(lab)).T
    return rgba
