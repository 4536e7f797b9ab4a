"""A race of many parameters seen on a plane: the plane is chosen, and every path is projected onto it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.objectives.data.planes import Plane

#: The ways to choose a plane.
KINDS = ("principal", "weights", "random")
#: At most so many iterates say which share of the movement lies in a plane, and what is in view.
_MOST_LOOKED_AT = 2000
#: So many numbers are projected between two looks at whether anybody waits for them.
_AT_ONCE = 1_000_000
#: A place that moves farther than this share of what is in view is seen elsewhere.
_ELSEWHERE = 0.2
#: Room round the paths, as a share of what they take; and the least height of it, as a share of its width.
_MARGIN, _SLIMMEST = 0.15, 0.3


@dataclass(frozen=True)
class Cut:
    """The choice of a plane.

    Attributes
    ----------
    kind
        One of KINDS: the two leading principal directions of the paths, two parameters, or two random directions.
    first, second
        The names of the two parameters.
    seed
        What the random directions are drawn from.
    """

    kind: str = "principal"
    first: str = ""
    second: str = ""
    seed: int = 0

    def fitted(self, objective: Objective) -> Cut:
        """The same with parameters that the function has."""
        names = _telling_names(objective)
        first = self.first if self.first in names else names[0]
        second = self.second if self.second in names and self.second != first else ""
        return replace(self, first=first, second=second or next(name for name in names if name != first))


@dataclass(frozen=True, eq=False)
class Sliced:
    """A race as it is seen on a plane.

    Attributes
    ----------
    plane
        The plane.
    race
        The race with every position projected onto it, ``(steps + 1, optimizers, 2, runs)``, on the slice as its
        function; the losses are those of the runs themselves.
    explained
        The share of the movement of all runs that lies along the plane; nan if nothing moves.
    key
        The optimizer through the end of whose run the plane goes; "" where it goes through a start.
    """

    plane: Plane
    race: Trajectories
    explained: float
    key: str = ""

    @property
    def objective(self) -> Objective:
        """The function on the plane."""
        return self.race.objective

    def place(self, theta: Array | tuple[float, ...]) -> tuple[float, ...]:
        """The coordinates on the plane of parameters ``(d,)``."""
        return tuple(float(x) for x in self.plane.project(np.asarray(theta)))

    def moved(self, theta: Array | tuple[float, ...], to: tuple[float, ...]) -> tuple[float, ...]:
        """Parameters ``(d,)`` moved along the plane, until they are seen at some coordinates on it."""
        before = np.asarray(theta, dtype=np.float64)
        found = before + self.plane.directions @ (np.asarray(to) - self.plane.project(before))
        return tuple(found.tolist())


def sliced(
    race: Trajectories, cut: Cut, place: tuple[int, int] | None = None, before: Sliced | None = None, held: bool = False
) -> Sliced:
    """Project a race of more than two parameters onto a plane through the end of one run.

    Parameters
    ----------
    place
        The optimizer and the run through whose end it goes: where there is none, or it was lost, through the start.
    before
        What was seen before: what is in view stays as long as it fits.
    held
        Whether the plane stays, too.
    """
    from gdsim.objectives.data.planes import Slice

    if before is not None and held and len(before.plane.origin) == race.objective.dimension:
        kept = before.objective
        if getattr(kept, "objective", None) is not race.objective:
            kept = Slice(race.objective, before.plane, kept.bounds.tolist())
        return Sliced(before.plane, _flat(race, before.plane, kept), before.explained, before.key)
    place = None if place is None or race.kinds[place] in (Kind.DIVERGED, Kind.LEFT_DOMAIN) else place
    plane = _plane(race, cut.fitted(race.objective), _through(race, place))
    flat = _projected(race, plane)
    give_up_if_unwanted()
    bounds = _bounds(flat, race)
    if before is not None and _fits(before.objective.bounds, bounds) and before.plane.names == plane.names:
        bounds = before.objective.bounds
    give_up_if_unwanted()
    flattened = _flat(race, plane, Slice(race.objective, plane, bounds.tolist()), flat)
    return Sliced(plane, flattened, _share(race, plane), "" if place is None else race.ids[place[0]])


def _telling_names(objective: Objective) -> list[str]:
    """The names of the parameters; of one neuron, the weights of the most telling features first."""
    features, targets = getattr(objective, "X", None), getattr(objective, "y", None)
    names = list(objective.names)
    if features is None or targets is None or features.shape[1] + 1 != len(names):
        return names
    from gdsim.objectives.data.dataset import telling

    return [names[i] for i in telling(features, targets)] + names[-1:]


def is_elsewhere(before: Sliced, after: Sliced) -> bool:
    """Return whether places on one plane have moved on the other: a picture of one is wrong on the other."""
    one, other = before.plane, after.plane
    if one.origin.shape != other.origin.shape:
        return True
    corners = np.stack(np.meshgrid(*before.objective.bounds)).reshape(2, -1)
    shown = one.points(*corners)
    moved = np.linalg.norm(other.points(*corners) - shown, axis=0).max()
    return bool(moved > _ELSEWHERE * np.linalg.norm(shown[:, -1] - shown[:, 0]))


def resting(seen: Sliced, objective: Objective) -> Sliced:
    """Another function of the same parameters on the same plane; the paths are those of before."""
    from gdsim.objectives.data.planes import Slice

    return on_function(seen, Slice(objective, seen.plane, seen.objective.bounds.tolist()))


def on_function(seen: Sliced, function: Objective) -> Sliced:
    """The same paths on a slice that is there already, of the same plane."""
    return replace(seen, race=replace(seen.race, course=replace(seen.race.course, objective=function)))


def _plane(race: Trajectories, cut: Cut, origin: Array) -> Plane:
    from gdsim.objectives.data.planes import named_plane, principal_plane, random_plane

    if cut.kind == "weights":
        return named_plane(race.objective, cut.first, cut.second, origin)
    if cut.kind == "random":
        return replace(random_plane(race.objective, origin, cut.seed), names=("r₁", "r₂"))
    return replace(principal_plane(race.objective, _looked_at(race), origin), names=("p₁", "p₂"))


def _through(race: Trajectories, place: tuple[int, int] | None) -> Array:
    if place is None:
        return race.positions[0, 0, :, 0] if race.rules else np.array(race.objective.start)
    found: Array = race.positions[-1, place[0], :, place[1]]
    return found


def _looked_at(race: Trajectories) -> Array:
    """Take positions evenly: ``(k, optimizers, d, runs)``."""
    lanes = max(1, len(race.rules) * race.runs)
    return race.positions[:: max(1, len(race.positions) * lanes // _MOST_LOOKED_AT)]


def _projected(race: Trajectories, plane: Plane) -> Array:
    """``(steps + 1, optimizers, 2, runs)``."""
    with np.errstate(all="ignore"):
        # inverse·(θ − origin) is inverse·θ and this: the origin need not be taken off every iterate
        origin, inverse = plane.project(np.zeros(len(plane.origin))), _inverse(plane)
        steps, optimizers, d, runs = race.positions.shape
        found = np.empty((steps, optimizers, 2, runs))
        at_once = max(1, _AT_ONCE // max(1, optimizers * d * runs))
        for first in range(0, steps, at_once):
            give_up_if_unwanted()
            part = slice(first, first + at_once)
            np.matmul(inverse, race.positions[part], out=found[part])
        found += origin[:, None]
    found.flags.writeable = False
    return found


def _inverse(plane: Plane) -> Array:
    unit = np.eye(2)
    found: Array = np.linalg.solve(plane.directions.T @ plane.directions, unit) @ plane.directions.T
    return found


def _flat(race: Trajectories, plane: Plane, objective: Objective, positions: Array | None = None) -> Trajectories:
    flat = _projected(race, plane) if positions is None else positions
    return replace(race, course=replace(race.course, objective=objective, batch=0), positions=flat)


def _share(race: Trajectories, plane: Plane) -> float:
    """The share of the movement, as squared lengths from the middle of all iterates, that lies along the plane."""
    rows = np.moveaxis(_looked_at(race), 2, -1).reshape(-1, race.objective.dimension)
    with np.errstate(all="ignore"):
        rows = rows[np.isfinite(rows).all(axis=1) & (np.abs(rows) < 1e6).all(axis=1)]
        if len(rows) < 2:
            return float("nan")
        moved = rows - rows.mean(axis=0)
        # the directions may be of any length, and at any angle: squares add up along unit vectors only
        sides, _ = np.linalg.qr(plane.directions)
        total = float((moved * moved).sum())
        return float(((moved @ sides) ** 2).sum() / total) if total > 0 else float("nan")


def _bounds(flat: Array, race: Trajectories) -> Array:
    """The bounds in view, ``(2, 2)``: all paths but their wildest excursions, and always the start."""
    lost = np.isin(race.kinds.astype(str), [Kind.DIVERGED.value, Kind.LEFT_DOMAIN.value])
    points = np.moveaxis(flat, 2, -1)  # (steps + 1, optimizers, runs, 2)
    points = points[:: max(1, len(points) // _MOST_LOOKED_AT)]
    kept = points[:, ~lost].reshape(-1, 2) if not lost.all() else points[0].reshape(-1, 2)
    kept = kept[np.isfinite(kept).all(axis=1)]
    if len(kept) == 0:
        return np.array([[-1.0, 1.0], [-1.0, 1.0]])
    least, low, high, most = np.quantile(kept, [0.0, 0.02, 0.98, 1.0], axis=0)
    width = high - low
    low, high = np.maximum(least, low - width), np.minimum(most, high + width)
    start = flat[0, :, :, 0]  # far from all the rest, if a run is at its end after a few of its steps
    low, high = np.minimum(low, start.min(axis=0)), np.maximum(high, start.max(axis=0))
    middle, half = (low + high) / 2, (high - low) / 2
    half = np.maximum(half, _SLIMMEST * half.max()) * (1 + 2 * _MARGIN)
    # paths that stay at one place have no width
    half = np.maximum(half, 1e-6 * np.maximum(1.0, np.abs(middle)))
    return np.column_stack([middle - half, middle + half])


def _fits(before: Array, after: Array) -> bool:
    """Return whether what was in view still shows all, and not from too far away."""
    inside = (before[:, 0] <= after[:, 0]) & (after[:, 1] <= before[:, 1])
    return bool(inside.all() and (np.ptp(after, axis=1).max() > 0.6 * np.ptp(before, axis=1).max()))
