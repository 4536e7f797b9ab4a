"""The ways a run can be lost: told from the last place that is a number, and the one after it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.simulation.pieces import in_pieces

#: A point farther out than this many bounds is lost, not outside a domain.
_FAR = 1e6


class LostRuns:
    """Tells how runs on an objective are lost."""

    def __init__(self, objective: Objective) -> None:
        self._objective = objective
        self._far = _FAR * (1 + float(np.abs(objective.bounds).max()))

    def near(self, left: Array, here: Array) -> NDArray[np.bool_]:
        """Return whether runs come from a place, or to one, that is not far out: all others diverge, and no more."""
        return np.asarray((np.abs(left) < self._far).all(axis=0) | (np.abs(here) < self._far).all(axis=0))

    def left_domain(self, left: Array, here: Array, losses: Array) -> NDArray[np.bool_]:
        """Return whether the function ends at points ``(d, n)``, rather than the run going out of all bounds.

        Not a number: near the bounds only an undefined function gives that; far out, overflow does. Infinite: a pole,
        if it is met where one looks at the function; farther out, overflow may be all there is to it.
        """
        unknown = np.isnan(here).any(axis=0) | np.isnan(losses)
        near, pole = np.abs(left).max(axis=0) < self._far, np.isfinite(here).all(axis=0) & self._in_sight(here)
        return np.asarray(np.where(unknown, near, pole))

    def has_no_gradient(self, points: Array) -> NDArray[np.bool_]:
        """Return whether points ``(d, n)`` where the function is defined, and that one looks at, have no gradient."""
        found = self._in_sight(points)
        if found.any():
            found[found] = in_pieces(self._objective, self._lacks_gradient, points[:, found])
        return found

    def _lacks_gradient(self, points: Array) -> NDArray[np.bool_]:
        return np.asarray(~np.isfinite(self._objective.gradient(points)).all(axis=0))

    def _in_sight(self, points: Array) -> NDArray[np.bool_]:
        """Return whether points ``(d, n)`` lie within the bounds, or no farther outside than they are wide."""
        low, high = self._objective.bounds.T[:, :, None]
        width = high - low
        found: NDArray[np.bool_] = ((points >= low - width) & (points <= high + width)).all(axis=0)
        return found
