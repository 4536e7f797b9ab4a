"""Cuts through a surface along each coordinate, and how steep it is in any direction."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective

#: Points of a cut.
RESOLUTION = 201


@dataclass(frozen=True, eq=False)
class Section:
    """The surface along one coordinate, the others held still.

    Attributes
    ----------
    places, heights
        Where along the coordinate, and f there, ``(n,)`` each; nan where it is not finite.
    here, height, slope
        The coordinate of the point the cut goes through, f there, and the derivative by this coordinate.
    """

    places: Array
    heights: Array
    here: float
    height: float
    slope: float


def sections(
    objective: Objective, point: Array, ranges: Sequence[tuple[float, float]], resolution: int = RESOLUTION
) -> tuple[Section, ...]:
    """A cut through a point ``(d,)`` along each coordinate, each in its range."""
    point = np.asarray(point, dtype=np.float64)
    d = len(point)
    places = np.stack([np.linspace(low, high, resolution) for low, high in ranges])
    points = np.broadcast_to(point[:, None, None], (d, d, resolution)).copy()
    for i in range(d):
        points[i, i] = places[i]
    with np.errstate(all="ignore"):
        heights = objective.value(points)
        height, slopes = float(objective.value(point)), objective.gradient(point)
    heights = np.where(np.isfinite(heights), heights, np.nan)
    return tuple(Section(places[i], heights[i], float(point[i]), height, float(slopes[i])) for i in range(d))


def fitted(section: Section) -> tuple[float, float]:
    """The lowest and the highest that is worth seeing of a cut: a pole does not flatten all the rest."""
    heights = section.heights[np.isfinite(section.heights)]
    if not heights.size:
        return -1.0, 1.0
    low, some, many, high = (float(q) for q in np.quantile(heights, [0, 0.05, 0.95, 1]))
    with np.errstate(all="ignore"):
        low, high = max(low, some - (many - some)), min(high, many + (many - some))
    if math.isfinite(section.height):
        low, high = min(low, section.height), max(high, section.height)
    margin = 0.08 * (high - low) or 1e-3 * max(1e-9, abs(high))
    return low - margin, high + margin


def tangent(section: Section, span: float) -> tuple[Array, Array]:
    """The ends of the tangent in the point, ``(2,)`` each: as long as the cut, no higher than some spans of it."""
    width = float(section.places[-1] - section.places[0])
    reach = min(width, 4 * span / abs(section.slope)) if section.slope else width
    way = np.array([-reach, reach])
    return section.here + way, section.height + section.slope * way


def directional(gradient: Array, degrees: float | Array) -> Array:
    """∇f·u for a gradient ``(2,)`` and the unit vectors u of angles ``(…)``, counter-clockwise from x."""
    angle = np.radians(degrees)
    along: Array = gradient[0] * np.cos(angle) + gradient[1] * np.sin(angle)
    return along


def angle_of(vector: Array) -> float:
    """The angle of a vector ``(2,)`` in degrees, in [0, 360)."""
    return math.degrees(math.atan2(float(vector[1]), float(vector[0]))) % 360.0
