"""Planes through a space of many parameters: what one can see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from gdsim.errors import GdsimError, UnknownNameError
from gdsim.objectives.base import Array, Minimum, Objective
from gdsim.objectives.data.seeds import DIRECTIONS, generator
from gdsim.objectives.interruption import give_up_if_unwanted

#: Iterates farther from the middle than this many widths of the bounds have no say in principal directions: a run that
#: diverges would be all there is to see.
_FAR = 100.0
#: At most so many numbers, and so many iterates, are looked at for principal directions.
_MOST_NUMBERS, _MOST_ITERATES = 1_500_000, 50_000
#: A known minimum no farther off the plane than this share of what is in view lies in it.
_IN_PLANE = 0.01
#: At most so many numbers are held at once while a slice is worked out.
_HELD = 4_000_000
#: What the sampling of a slice may cost, in products of weights and examples, and the least and the most points a side.
_EFFORT, _COARSEST, _FINEST = 1e9, 24, 140


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane through parameter space: origin + u·a + v·b.

    Attributes
    ----------
    origin, a, b
        ``(d,)``: a point and two directions, neither 0 nor parallel.
    names
        What u and v are called.
    shares
        Of principal directions, the share of the movement that each explains; else empty.
    """

    origin: Array
    a: Array
    b: Array
    names: tuple[str, str] = ("u", "v")
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        for name in ("origin", "a", "b"):
            array = np.array(getattr(self, name), dtype=np.float64)
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        if not np.isfinite(self._inverse).all() or np.linalg.matrix_rank(self.directions) < 2:
            raise GdsimError("a plane needs two directions that are not parallel", "plane")

    @property
    def directions(self) -> Array:
        """``(d, 2)``."""
        return np.column_stack([self.a, self.b])

    @cached_property
    def _inverse(self) -> Array:
        """``(2, d)``: coordinates on the plane of the nearest point on it."""
        # pinv raises where it meets no number; a plane has an error of its own
        if not np.isfinite(self.directions).all():
            return np.full((2, len(self.a)), np.nan)
        return np.asarray(np.linalg.pinv(self.directions), dtype=np.float64)

    @property
    def explained(self) -> float:
        """The share of the movement that lies along the plane; nan unless it was made of movements."""
        return sum(self.shares) if self.shares else float("nan")

    def points(self, u: Array, v: Array) -> Array:
        """Parameters ``(d, …)`` at coordinates u and v, each ``(…)``."""
        u, v = np.broadcast_arrays(np.asarray(u, dtype=np.float64), np.asarray(v, dtype=np.float64))
        spread = (slice(None), *[None] * u.ndim)
        with np.errstate(all="ignore"):
            found: Array = self.origin[spread] + self.a[spread] * u + self.b[spread] * v
        return found

    def project(self, theta: Array) -> Array:
        """Coordinates ``(2, …)`` of the nearest points on the plane to parameters ``(d, …)``."""
        offset = self._offset(theta)
        with np.errstate(all="ignore"):
            found: Array = np.tensordot(self._inverse, offset, axes=1)
        return found

    def distance(self, theta: Array) -> Array:
        """The distance of parameters ``(d, …)`` from the plane, ``(…)``."""
        offset = self._offset(theta)
        with np.errstate(all="ignore"):
            off: Array = offset - np.tensordot(self.directions, np.tensordot(self._inverse, offset, axes=1), axes=1)
            found: Array = np.linalg.norm(off, axis=0)
        return found

    def _offset(self, theta: Array) -> Array:
        theta = np.asarray(theta, dtype=np.float64)
        with np.errstate(all="ignore"):
            return theta - self.origin.reshape(-1, *[1] * (theta.ndim - 1))


class Slice(Objective):
    """An objective on a plane, as a function of u and v: what a landscape shows of it.

    Its known minima are those of the objective that lie in the plane; `minima_beside` are the others, projected.
    """

    def __init__(self, objective: Objective, plane: Plane, bounds: Sequence[Sequence[float]]) -> None:
        self.objective = objective
        self.plane = plane
        self.names = plane.names
        self.bounds = np.array(bounds, dtype=np.float64)
        self.bounds.flags.writeable = False
        self.title = objective.title
        self.minima, self.minima_beside = self._seen(objective.minima)
        self.maxima, self.maxima_beside = self._seen(objective.maxima)

    def _seen(self, known: Sequence[Minimum]) -> tuple[tuple[Minimum, ...], tuple[Minimum, ...]]:
        """Known places as they are seen: those in the plane, and the others, projected."""
        places = [replace(k, position=tuple(self.plane.project(np.array(k.position)).tolist())) for k in known]
        # what one cannot see lies in the plane
        reach = _IN_PLANE * float(np.ptp(self.bounds, axis=1).min())
        off = [bool(self.plane.distance(np.array(k.position)) > reach) for k in known]
        pairs = list(zip(places, off, strict=True))
        return tuple(p for p, far in pairs if not far), tuple(p for p, far in pairs if far)

    @property
    def resolution(self) -> int:
        """Number of points a side that it is sampled with in reasonable time."""
        return int(np.clip((_EFFORT / self.effort) ** 0.5, _COARSEST, _FINEST))

    @property
    def effort(self) -> int:  # noqa: D102
        return self.objective.effort

    def value(self, points: Array) -> Array:  # noqa: D102
        u, v = np.asarray(points, dtype=np.float64)
        found = np.empty(u.size)
        for part in self._parts(u.size):
            found[part] = self.objective.value(self.plane.points(u.ravel()[part], v.ravel()[part]))
        return found.reshape(u.shape)

    def gradient(self, points: Array, out: Array | None = None) -> Array:  # noqa: D102
        u, v = np.asarray(points, dtype=np.float64)
        found = np.empty((2, u.size))
        for part in self._parts(u.size):
            whole = self.objective.gradient(self.plane.points(u.ravel()[part], v.ravel()[part]))
            with np.errstate(all="ignore"):
                found[:, part] = self.plane.directions.T @ whole
        found = found.reshape(2, *u.shape)
        if out is None:
            return found
        np.copyto(out, found)
        return out

    def _parts(self, count: int) -> list[slice]:
        """So many points at a time that they fit into memory."""
        at_once = max(1, _HELD // self.objective.dimension)
        return [slice(first, first + at_once) for first in range(0, count, at_once)]

    def hessian(self, points: Array) -> Array:  # noqa: D102
        whole = self.objective.hessian(self.plane.points(*np.asarray(points, dtype=np.float64)))
        with np.errstate(all="ignore"):
            directions = self.plane.directions
            found: Array = np.einsum("ia,ij...,jb->ab...", directions, whole, directions)
        return found

    def at(self, t: int) -> Objective:
        """The slice of what step t descends on."""
        now = self.objective.at(t)
        return self if now is self.objective else Slice(now, self.plane, self.bounds.tolist())


def named_plane(objective: Objective, first: str, second: str, origin: Sequence[float] | Array | None = None) -> Plane:
    """Two parameters by name, the others as at `origin` ``(d,)`` (the start if None).

    u and v are the parameters themselves: at ``u = v = 0`` both are 0.
    """
    for name in (first, second):
        if name not in objective.names:
            raise UnknownNameError("parameter", name, objective.names, "plane")
    if first == second:
        raise GdsimError("a plane needs two parameters, not {name} twice", "plane", name=first)
    at = np.array(objective.start if origin is None else origin, dtype=np.float64)
    sides = np.zeros((2, len(at)))
    for side, name in zip(sides, (first, second), strict=True):
        i = objective.names.index(name)
        side[i], at[i] = 1.0, 0.0
    shown = dict(zip(objective.names, objective.shown_names, strict=True))
    return Plane(at, sides[0], sides[1], (shown[first], shown[second]))


def random_plane(objective: Objective, origin: Sequence[float] | Array | None = None, seed: int = 0) -> Plane:
    """Two random directions through `origin` ``(d,)`` (the start if None).

    Normalised by filters (Li et al. 2018): what belongs to one neuron is as long as that neuron's weights at the
    origin, so that u = 1 means as much in every layer. Where the origin has weights of 0, so have the directions. An
    objective without neurons gets directions as long as half its bounds are wide.
    """
    at = np.array(objective.start if origin is None else origin, dtype=np.float64)
    first, second = (generator(seed, DIRECTIONS, k).standard_normal(len(at)) for k in range(2))
    second -= first * (first @ second) / (first @ first)
    filters = getattr(objective, "filters", None)
    if filters is None or not at.any():
        filters = ()
    a, b = (_normalised(side, at, filters) for side in (first, second))
    if not filters or np.linalg.matrix_rank(np.stack([a, b])) < 2:
        half = np.ptp(objective.bounds, axis=1).mean() / 2
        a, b = (side * half / np.linalg.norm(side) for side in (first, second))
    return Plane(at, a, b)


def _normalised(side: Array, at: Array, filters: Sequence[slice]) -> Array:
    found = side.copy()
    for part in filters:
        found[part] *= np.linalg.norm(at[part]) / max(float(np.linalg.norm(side[part])), 1e-300)
    return found


def principal_plane(objective: Objective, positions: Array, origin: Sequence[float] | Array | None = None) -> Plane:
    """The two directions in which iterates move most, of length 1, with the share of the movement each explains.

    Parameters
    ----------
    positions
        ``(steps + 1, optimizers, d, runs)``.
    origin
        ``(d,)``: the middle of the iterates if None.
    """
    rows = np.moveaxis(np.asarray(positions, dtype=np.float64), 2, -1).reshape(-1, objective.dimension)
    low, high = objective.bounds.T
    near = (np.abs(rows - (low + high) / 2) <= _FAR * (high - low)).all(axis=1)
    rows = rows[near]
    most = max(500, min(_MOST_ITERATES, _MOST_NUMBERS // objective.dimension))
    # of no rows it would be a step of 0, which is refused
    rows = rows[:: -(-len(rows) // most) or 1]
    if len(rows) == 0:
        rows = np.array([objective.start])
    middle = rows.mean(axis=0)
    at = middle if origin is None else np.array(origin, dtype=np.float64)
    moved = rows - middle
    give_up_if_unwanted()
    if len(rows) < objective.dimension:
        # the same directions out of the smaller of two matrices
        spread, weights = np.linalg.eigh(moved @ moved.T)
        # of a single row there is no second one: a sum of none is 0, and QR supplies a direction
        sides, _ = np.linalg.qr(moved.T @ np.column_stack([weights[:, -1], weights[:, -2:-1].sum(axis=1)]))
        a, b = sides.T
    else:
        spread, sides = np.linalg.eigh(moved.T @ moved)
        a, b = sides[:, -1], sides[:, -2]
    give_up_if_unwanted()
    # rounding may leave eigenvalues below 0 that are none
    spread = np.maximum(spread[::-1], 0.0)
    total = float(spread.sum())
    shares = tuple(float(s / total) for s in spread[:2]) if total > 0 and len(rows) > 1 else (0.0, 0.0)
    # of a direction and its opposite, the one that mostly grows
    a, b = (side if side[np.abs(side).argmax()] > 0 else -side for side in (a, b))
    return Plane(at, a, b, shares=shares)
