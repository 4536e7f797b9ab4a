"""What came out of a race: positions, losses, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.base import Rule
from gdsim.simulation.outcomes import Kind, Outcome, ground_at

#: What one race may hold, in bytes.
MEMORY_LIMIT = 2**31

#: Points worked on at once, so that what is in between stays in the cache.
_BLOCK = 2**14

#: A point farther out than this many bounds is lost, not outside a domain.
_FAR = 1e6


@dataclass(frozen=True, eq=False)
class Trajectories:
    """Every iterate of a race, read-only.

    Attributes
    ----------
    objective, rules
        What was descended and by which rules.
    positions
        ``(steps + 1, optimizers, d, runs)``; after its end a run keeps its last position.
    losses
        ``(steps + 1, optimizers, runs)``: the objective at each.
    kinds, ended
        ``(optimizers, runs)``: how each run ended, and at which step.
    """

    objective: Objective
    rules: tuple[Rule, ...]
    positions: Array
    losses: Array
    kinds: NDArray[np.object_]
    ended: NDArray[np.int64]

    @property
    def steps(self) -> int:
        """Number of steps."""
        return len(self.positions) - 1

    @property
    def runs(self) -> int:
        """Number of runs of each optimizer: the restarts and one."""
        return int(self.positions.shape[-1])

    @cached_property
    def outcomes(self) -> list[list[Outcome]]:
        """How each run ended: ``outcomes[optimizer][run]``."""
        return [[self.outcome(o, r) for r in range(self.runs)] for o in range(len(self.rules))]

    def outcome(self, optimizer: int, run: int) -> Outcome:
        """How one run ended."""
        # numpy keeps text that is a Kind as text
        kind, step = Kind(self.kinds[optimizer, run]), int(self.ended[optimizer, run])
        ground = ground_at(self.objective, kind, self.positions[-1, optimizer, :, run])
        return Outcome(kind, step, ground)

    def gradient_norms(self, step: int) -> Array:
        """‖∇f‖ of every run at one step, ``(optimizers, runs)``."""
        points = self.positions[step].swapaxes(0, 1)
        return norm(self.objective.gradient(points), axis=0)

    def distances(self, step: int) -> Array:
        """Distance of every run to the nearest known minimum, ``(optimizers, runs)``; nan if none is known."""
        points = self.positions[step].swapaxes(0, 1)
        nearest = np.full(points.shape[1:], np.nan)
        for minimum in self.objective.minima:
            offset = points - np.reshape(minimum.position, (-1, 1, 1))
            nearest = np.fmin(nearest, norm(offset, axis=0))
        return nearest

    def best_runs(self, step: int) -> NDArray[np.int64]:
        """The run of lowest loss of each optimizer at one step, ``(optimizers,)``."""
        losses = self.losses[step]
        best: NDArray[np.int64] = np.argmin(np.where(np.isnan(losses), np.inf, losses), axis=-1)
        return best


def norm(vectors: Array, axis: int) -> Array:
    """Euclidean length along one axis."""
    with np.errstate(all="ignore"):
        length: Array = np.sqrt(np.sum(vectors * vectors, axis=axis))
    return length


def check_memory(steps: int, optimizers: int, dimension: int, runs: int) -> None:
    """Raise `GdsimError` if a race of this size would not fit."""
    needed = 8 * (steps + 1) * optimizers * (dimension + 1) * runs
    if needed > MEMORY_LIMIT:
        raise GdsimError(
            "{optimizers} optimizers × {runs} runs × {steps} steps would take {needed:.1f} GB; "
            "the limit is {limit:.1f} GB: take fewer steps or restarts",
            "steps",
            optimizers=optimizers,
            runs=runs,
            steps=steps,
            needed=needed / 1e9,
            limit=MEMORY_LIMIT / 1e9,
        )


def settle(
    objective: Objective, rules: tuple[Rule, ...], positions: Array, done: NDArray[np.int64], tolerance: float
) -> Trajectories:
    """Find out where each run ended and hold it there.

    Parameters
    ----------
    positions
        ``(steps + 1, optimizers, d, runs)`` as the loop left them, which knows nothing of endings; changed in
        place.
    done
        ``(optimizers, runs)``: the steps each run took before it was cancelled; all, if it was not.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops.
    """
    steps = len(positions) - 1
    with np.errstate(all="ignore"):
        losses = _losses(objective, positions)
        ended = done.copy()
        last = done.copy()  # whose position is kept
        kinds = np.empty(done.shape, dtype=object)
        kinds.fill(Kind.OUT_OF_STEPS)  # np.full would make plain text of it
        kinds[done < steps] = Kind.CANCELLED
        if tolerance > 0:
            _find_converged(objective, positions, tolerance, kinds, ended, last)
        _find_lost(objective, positions, losses, kinds, ended, last)
    for o, r in np.argwhere(last < steps):
        positions[last[o, r] + 1 :, o, :, r] = positions[last[o, r], o, :, r]
        losses[last[o, r] + 1 :, o, r] = losses[last[o, r], o, r]
    for array in (positions, losses, kinds, ended):
        array.flags.writeable = False
    return Trajectories(objective, rules, positions, losses, kinds, ended)


def _find_converged(
    objective: Objective,
    positions: Array,
    tolerance: float,
    kinds: NDArray[np.object_],
    ended: NDArray[np.int64],
    last: NDArray[np.int64],
) -> None:
    t, o, r = np.nonzero(norm(np.diff(positions, axis=0), axis=2) <= tolerance)
    t += 1
    small = norm(objective.gradient(positions[t, o, :, r].T), axis=0) <= tolerance
    small &= t <= ended[o, r]  # a cancelled run stands still after it
    # np.nonzero lists the earliest step first: the first of each run counts
    for step, optimizer, run in zip(t[small][::-1], o[small][::-1], r[small][::-1], strict=True):
        kinds[optimizer, run] = Kind.CONVERGED
        ended[optimizer, run] = last[optimizer, run] = step


def _find_lost(
    objective: Objective,
    positions: Array,
    losses: Array,
    kinds: NDArray[np.object_],
    ended: NDArray[np.int64],
    last: NDArray[np.int64],
) -> None:
    if np.isfinite(losses).all() and np.isfinite(positions).all():
        return
    broken = ~np.isfinite(losses)
    for coordinate in positions.swapaxes(0, 2).swapaxes(1, 2):
        broken |= ~np.isfinite(coordinate)
    far = _FAR * (1 + np.abs(objective.bounds).max())
    first = np.argmax(broken, axis=0)
    for o, r in np.argwhere(broken.any(axis=0)):
        step = first[o, r]
        if step > ended[o, r]:
            continue
        before = max(step - 1, 0)
        # near the bounds only an undefined function gives "not a number"; far out, overflow does
        undefined = np.isnan(positions[step, o, :, r]).any() or np.isnan(losses[step, o, r])
        near = np.abs(positions[before, o, :, r]).max() < far
        kinds[o, r] = Kind.LEFT_DOMAIN if undefined and near else Kind.DIVERGED
        ended[o, r], last[o, r] = step, before


def _losses(objective: Objective, positions: Array) -> Array:
    """The objective at every iterate, ``(steps + 1, optimizers, runs)``, block by block to stay in the cache."""
    rows, optimizers, _, runs = positions.shape
    losses = np.empty((rows, optimizers, runs))
    block = max(1, _BLOCK // max(1, optimizers * runs))
    for first in range(0, rows, block):
        part = slice(first, first + block)
        losses[part] = objective.value(positions[part].transpose(2, 0, 1, 3))
    return losses
