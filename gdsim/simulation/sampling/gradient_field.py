"""Sampling the gradient for display: arrows on an even lattice."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdsim.objectives.base import Array, Objective

#: No more arrows than these along a side: nobody could tell them apart.
MOST = 120
#: This share of the arrows, the flattest, count as hardly steep and share the lowest part of the scale.
_FLAT = 0.1


@dataclass(frozen=True, eq=False)
class Arrows:
    """The gradient at the points of a lattice where it is defined and not zero.

    Attributes
    ----------
    points
        Where, ``(2, n)``.
    gradients
        ∇f there, ``(2, n)``.
    shares
        ``(n,)`` in [0, 1]: how steep it is there, on a compressed scale that grows with the steepness.
    """

    points: Array
    gradients: Array
    shares: Array


def sample_arrows(
    objective: Objective, view: tuple[float, float, float, float], spacing: tuple[float, float]
) -> Arrows:
    """The arrows of a function of two variables in ``view = (left, right, bottom, top)``.

    The lattice has a point every `spacing` and one at the origin: it stays where it is while the view moves.
    """
    left, right, bottom, top = view
    points = np.stack(np.meshgrid(_places(left, right, spacing[0]), _places(bottom, top, spacing[1]))).reshape(2, -1)
    gradients = objective.gradient(points)
    with np.errstate(all="ignore"):
        steepness = np.hypot(*gradients)
        # where the function is undefined its derivatives may still have a value
        seen = np.isfinite(steepness) & (steepness > 0) & np.isfinite(objective.value(points))
    return Arrows(points[:, seen], gradients[:, seen], compressed(steepness[seen]))


def compressed(steepness: Array) -> Array:
    """Shares in [0, 1] of positive numbers ``(n,)``: in their order, and the small ones not lost beside the large."""
    if steepness.size == 0:
        return steepness
    flat, most = float(np.quantile(steepness, _FLAT)), float(steepness.max())
    with np.errstate(all="ignore"):
        shares = np.log1p(steepness / flat) / np.log1p(most / flat)
    # inf/inf where the flattest is next to 0: only the steepest come to that
    kept: Array = np.clip(np.nan_to_num(shares, nan=1.0), 0.0, 1.0)
    return kept


def _places(low: float, high: float, spacing: float) -> Array:
    """Multiples of the spacing from `low` to `high` and one beyond each."""
    if not (spacing > 0 and math.isfinite(spacing) and math.isfinite(high - low)):
        return np.empty(0)
    spacing = max(spacing, (high - low) / MOST)
    first, last = math.floor(low / spacing), math.ceil(high / spacing)
    # multiples, not sums: the same numbers whatever is in view
    places: Array = (first + np.arange(last - first + 1.0)) * spacing
    return places
