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


@dataclass(frozen=True, eq=False)
class Trajectories:
    """Every iterate of a race, read-only.

    Attributes
    ----------
    objective, rules
        What was descended and by which rules.
    positions
        ``(steps + 1, optimizers, d, runs)``; after its end a run keeps its last position. A cancelled race is as long
        as it came.
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
        """Number of steps that there are."""
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
