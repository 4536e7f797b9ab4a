"""A box of parameters to look at, with plain numbers on its edges."""

from __future__ import annotations

import math

import numpy as np

from gdsim.objectives.base import Array

#: How much farther than from its middle to 0 the box reaches: weights of 0 are in sight.
_PAST_ZERO = 1.3
#: How far above the bottom the middles of the edges lie: times the height of what one starts from, weights of 0.
_HEIGHT = 4.0


def box(middle: Array, half: Array) -> Array:
    """Bounds ``(d, 2)`` round `middle` ``(d,)``, with weights of 0 in them, rounded outwards; read-only."""
    pairs = [_plain(m, max(h, _PAST_ZERO * abs(m))) for m, h in zip(middle.tolist(), half.tolist(), strict=True)]
    bounds = np.array(pairs)
    bounds.flags.writeable = False
    return bounds


def bowl_box(bottom: Array, curvatures: Array, height: float) -> Array:
    """Bounds round the `bottom` ``(d,)`` of a bowl so that every coordinate alone climbs about as high at its edge.

    Parameters
    ----------
    curvatures
        The second derivatives ``(d,)`` by each coordinate.
    height
        Of the bowl at weights of 0 above its bottom.
    """
    climb = _HEIGHT * max(height, 1e-12)
    with np.errstate(all="ignore"):
        half = np.sqrt(2 * climb / curvatures)
    # along a flat coordinate the bowl never climbs, however far one goes
    return box(bottom, np.where(np.isfinite(half) & (half > 0), half, 1.0))


def _plain(middle: float, half: float) -> tuple[float, float]:
    digits = 1 - math.floor(math.log10(half))
    scale = 10.0**digits
    # the quotient may be a bit beside the short number that is meant: round gives that
    return round(math.floor((middle - half) * scale) / scale, digits), round(
        math.ceil((middle + half) * scale) / scale, digits
    )
