"""Greys of what has no colour in maps, basin maps and setting maps alike: a lightness an outcome, without any hue."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gdsim.desktop.look.oklab import rgba
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.pixel_kinds import ELSEWHERE, OTHERS

#: The lightness in a light and in a dark theme.
_LIGHTNESS: dict[str, tuple[float, float]] = {
    ELSEWHERE: (0.93, 0.36),
    Kind.OUT_OF_STEPS: (0.80, 0.28),
    Kind.DIVERGED: (0.52, 0.13),
    Kind.LEFT_DOMAIN: (0.97, 0.22),
    Kind.NO_GRADIENT: (0.70, 0.45),
    Kind.CANCELLED: (0.97, 0.22),
}

Grey = tuple[int, int, int, int]


@cache
def outcome_grey(kind: str, dark: bool) -> Grey:
    """Return the grey of an outcome, a `Kind` or ELSEWHERE; RGBA."""
    lightness = _LIGHTNESS.get(kind, _LIGHTNESS[Kind.CANCELLED])[dark]
    red, green, blue, alpha = rgba(np.array([[lightness], [0.0], [0.0]]))[0].tolist()
    return red, green, blue, alpha


@cache
def other_greys(dark: bool) -> NDArray[np.uint8]:
    """Return the greys of `OTHERS`, ``(others, 4)`` RGBA."""
    return np.array([outcome_grey(kind, dark) for kind in OTHERS], dtype=np.uint8)
