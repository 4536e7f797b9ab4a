"""Sampling a surface for display: grid, colour scale, levels, level lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.pieces import in_pieces
from gdsim.simulation.sampling.contours import Contours
from gdsim.simulation.sampling.curve import Curve, sample_curve

View = tuple[float, float, float, float]

#: Points of the grid along each side.
RESOLUTION = 280
#: And of one that has to be there soon, as while an example is dragged; fewer where that is more work than this, as
#: `Objective.effort` tells it of every point, but not much fewer.
COARSE, _COARSEST, _LITTLE = 84, 24, 3e6
#: Number of level lines.
LEVELS = 18
#: The shades of level lines where the scale is that of another surface: below its lowest value every third, as near
#: to that value they are dense already.
_BEYOND = np.concatenate([np.arange(-LEVELS, 0, 3), np.arange(1, 2 * LEVELS + 3)]) / (LEVELS + 1)
#: So many points of level lines are painted within a frame; where there are more, as far out over hills without end,
#: they are lines of every second level, and so on, or of none: they would be a tangle.
_MOST_POINTS, _THINNED = 55_000, (1, 2, 3, 6, LEVELS)
#: This share of the picture, the lowest, gets that share of the scale: valley floors and wells then show.
_LOW_AREA, _LOW_SCALE = 0.03, 0.22
#: Between these quantiles lies what a picture is of, where a pole goes down farther below than that; what is beyond
#: them by more than that share is then as low, or as high, as colours go. Of fewer points nothing is said.
_MOST, _POLE, _BEYOND_MOST, _FEWEST = (0.1, 0.9), 1.0, 0.25, 500
#: Values that differ by no more than this, of their size, differ by rounding.
_ROUNDING = 64 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Scale:
    """A monotone map of values to shades in [0, 1]: linear near `low`, logarithmic far above it.

    Attributes
    ----------
    low, high
        The values at shade 0 and 1.
    softness
        The height above `low` at which linear turns into logarithmic; inf for linear throughout.
    constant
        Whether it is of one value only, `low`: what is above is made up.
    """

    low: float
    high: float
    softness: float
    constant: bool = False

    def shade(self, values: Array) -> Array:
        """Shades of values of any shape; not clipped."""
        height = (values - self.low) / (self.high - self.low)
        if np.isinf(self.softness):
            return height
        s = self.softness / (self.high - self.low)
        shades: Array = np.log1p(height / s) / np.log1p(1 / s)
        return shades

    def value(self, shades: Array) -> Array:
        """The values of shades: the inverse of `shade`."""
        if np.isinf(self.softness):
            return self.low + shades * (self.high - self.low)
        top = np.log1p((self.high - self.low) / self.softness)
        values: Array = self.low + self.softness * np.expm1(shades * top)
        return values


@dataclass(frozen=True, eq=False)
class Surface:
    """A surface sampled on a grid.

    Attributes
    ----------
    x, y
        Where, ``(columns,)`` and ``(rows,)``.
    shades
        ``(rows, columns)`` in [0, 1]; nan where the function is undefined.
    scale
        What turns a value into a shade.
    levels
        The values that level lines are of, ascending; not all of them have lines. None where all is at one height.
    lines
        ``(2, points)``: the level lines, with nan between one and the next; of some of the levels, or of none, where
        those of all would be a tangle.
    """

    x: Array
    y: Array
    shades: Array
    scale: Scale
    levels: Array
    lines: Array


def survey(objective: Objective, view: View, coarse: bool = False) -> Surface | Curve:
    """Sample a function in ``view = (left, right, bottom, top)``: a surface, or a curve of one variable.

    A coarse surface has the same values at fewer points.
    """
    if objective.dimension == 1:
        # half a view more on either side, so that a picture that is moved has no empty edge
        left, right = view[:2]
        more = (right - left) / 2
        return sample_curve(objective, left - more, right + more)
    resolution = getattr(objective, "resolution", RESOLUTION)
    if coarse:
        resolution = min(resolution, _coarse_resolution(objective))
    return sample(objective, view, resolution, values_of=objective.sketch if coarse else None)


def is_soon_there(objective: Objective) -> bool:
    """Return whether a coarse surface takes no longer than a few milliseconds."""
    return objective.sketch_ready and _coarse_resolution(objective) ** 2 * objective.effort <= _LITTLE


def _coarse_resolution(objective: Objective) -> int:
    return int(np.clip((_LITTLE / objective.effort) ** 0.5, _COARSEST, COARSE))


def sample(
    objective: Objective,
    view: View,
    resolution: int = RESOLUTION,
    scale: Scale | None = None,
    values_of: Callable[[Array], Array] | None = None,
) -> Surface:
    """Sample a surface of two variables in ``view = (left, right, bottom, top)``.

    With the `scale` of another surface the same colour is the same value; what lies beyond the scale is as low, or as
    high, as colours go, and has level lines all the same.
    """
    left, right, bottom, top = view
    x = np.linspace(left, right, resolution)
    y = np.linspace(bottom, top, resolution)
    values = in_pieces(objective, values_of or objective.value, np.stack(np.meshgrid(x, y)))
    give_up_if_unwanted()
    levels = np.linspace(0, 1, LEVELS + 2)[1:-1]
    with np.errstate(all="ignore"):
        if scale is None:
            scale = fit_scale(values)
            lines_at = levels = levels[:0] if scale.constant else levels
            shades = scale.shade(np.maximum(values, scale.low))
            beyond = np.isfinite(values) & ((values < scale.low) | (values > scale.high))
        else:
            beyond = np.zeros(values.shape, dtype=np.bool_)
            lines_at = _BEYOND
            height = values - scale.low
            # below its lowest value the scale goes on as it does above
            shades = np.copysign(scale.shade(scale.low + np.abs(height)), height)
    # too large for a number is as high as can be; not a number is nowhere
    shades[values == np.inf], shades[values == -np.inf] = 1.0, 0.0
    # from one side of a pole to the other no level is passed
    lines = _level_lines(x, y, np.where(beyond, np.nan, shades), lines_at)
    return Surface(x, y, np.clip(shades, 0.0, 1.0, out=shades), scale, scale.value(levels), lines)


def fit_scale(values: Array) -> Scale:
    """The scale for values of any shape, nan where there is none."""
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return Scale(0.0, 1.0, np.inf, constant=True)
    low, high = float(finite.min()), float(finite.max())
    if not high - low > max(1e-300, _ROUNDING * max(abs(low), abs(high))):
        return Scale(low, low + max(1.0, abs(low)), np.inf, constant=True)
    if values.ndim == 2 and finite.size >= _FEWEST and (ends := _without_poles(values, finite, low, high)):
        return Scale(*ends, np.inf)
    k = int(_LOW_AREA * (finite.size - 1))
    some = float(np.partition(finite.ravel(), k)[k])
    return Scale(low, high, _softness((some - low) / (high - low)) * (high - low))


def _without_poles(values: Array, finite: Array, low: float, high: float) -> tuple[float, float] | None:
    """The ends of a scale of what lies beside a pole that goes down without end; None where there is none.

    A pole that goes up has room on a scale that is logarithmic far above its low end.
    """
    first, last = (int(share * (finite.size - 1)) for share in _MOST)
    ordered = np.partition(finite, (first, last))
    most_low, most_high = float(ordered[first]), float(ordered[last])
    width = most_high - most_low
    if not (width > 0 and most_low - low > _POLE * width and _is_sudden(values, low, most_low)):
        return None
    beyond = _BEYOND_MOST * width
    return most_low - beyond, min(high, most_high + beyond)


def _is_sudden(values: Array, low: float, ground: float) -> bool:
    """Return whether right beside the lowest place it is not half as low: a well has a bottom, a pole has none."""
    row, column = np.unravel_index(int(np.nanargmin(np.where(np.isfinite(values), values, np.nan))), values.shape)
    around = values[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    return bool((~(around - low < (ground - low) / 2)).any())


def _softness(height: float) -> float:
    """The softness, as a share of the range, that gives `height` the shade _LOW_SCALE; inf if it has more anyway."""
    if height >= _LOW_SCALE:
        return np.inf
    # the shade of a height falls as softness grows: bisection on its logarithm
    low, high = -12.0, 3.0
    for _ in range(50):
        middle = (low + high) / 2
        s = 10.0**middle
        if np.log1p(height / s) > _LOW_SCALE * np.log1p(1 / s):
            low = middle
        else:
            high = middle
    return float(10.0**low)


def _level_lines(x: Array, y: Array, shades: Array, levels: Array) -> Array:
    contours = Contours(x, y, shades)
    found = [contours.at(float(level)) for level in levels]
    counts = [sum(map(len, lines)) for lines in found]
    for step in _THINNED:
        if sum(counts[step // 2 :: step]) <= _MOST_POINTS:
            gap = np.full((1, 2), np.nan)
            parts = [part for lines in found[step // 2 :: step] for line in lines for part in (line, gap)]
            return np.concatenate(parts).T if parts else np.empty((2, 0))
    return np.empty((2, 0))
