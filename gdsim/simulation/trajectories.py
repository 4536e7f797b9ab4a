"""The result of a race: positions, losses, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gdsim.errors import GdsimError
from gdsim.objectives import GradientMode
from gdsim.objectives.base import Array, Objective
from gdsim.optimizers.base import Rule
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import LOST, Kind
from gdsim.simulation.names import Name
from gdsim.simulation.noise import noise_of
from gdsim.simulation.pieces import norm

if TYPE_CHECKING:
    from gdsim.simulation.endings.outcomes import Outcome
    from gdsim.simulation.endings.reached import Reached
    from gdsim.simulation.endings.tally import Group
    from gdsim.simulation.methods.evaluations import Evaluations
    from gdsim.simulation.methods.records import Marks, Record
    from gdsim.simulation.terms.update_terms import UpdateTerms

#: The most that one race may hold, in bytes.
MEMORY_LIMIT = 2**31


@dataclass(frozen=True, eq=False)
class Trajectories:
    """Every iterate of a race, read-only.

    Attributes
    ----------
    course, lanes
        What was raced on, and by which optimizers.
    positions
        ``(steps + 1, optimizers, d, runs)``; after its end a run keeps its last position. A cancelled race is as long
        as it came.
    losses
        ``(steps + 1, optimizers, runs)``: the objective at each.
    kinds, ended
        ``(optimizers, runs)``: how each run ended, and at which step.
    planned
        Number of steps that were asked for.
    records
        What the runs of methods asked for, by optimizer and run.
    """

    course: Course
    lanes: tuple[Lane, ...]
    positions: Array
    losses: Array
    kinds: NDArray[np.object_]
    ended: NDArray[np.int64]
    planned: int
    records: Mapping[tuple[int, int], Record] = field(default_factory=dict)

    # a view asks for these many times a frame
    @cached_property
    def objective(self) -> Objective:
        """The function itself, with its exact derivatives."""
        return self.course.objective

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The update rules."""
        return tuple([lane.rule for lane in self.lanes])

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the optimizers, which tell them apart: see `Entry.id`."""
        return tuple([lane.id or lane.rule.key for lane in self.lanes])

    def others(self, entry_id: str) -> frozenset[str]:
        """The ids of all optimizers but one."""
        return frozenset(self.ids) - {entry_id}

    @cached_property
    def names(self) -> dict[str, Name]:
        """The names of the optimizers, by their ids."""
        named = zip(self.ids, self.lanes, strict=True)
        return {id_: lane.name or Name(lane.rule.key) for id_, lane in named}

    @property
    def direction(self) -> str:
        """The direction in which the race went: descent or ascent."""
        return "ascent" if self.ascent else "descent"

    @cached_property
    def ascent(self) -> bool:
        """Return whether the race went uphill."""
        return self.course.ascent

    @property
    def gradient_mode(self) -> GradientMode:
        """The way in which the gradient was worked out."""
        return self.course.mode

    @cached_property
    def steps(self) -> int:
        """Number of steps that there are."""
        return len(self.positions) - 1

    @cached_property
    def runs(self) -> int:
        """Number of runs of each optimizer: the restarts and one."""
        return int(self.positions.shape[-1])

    @cached_property
    def outcomes(self) -> list[list[Outcome]]:
        """The outcome of each run: ``outcomes[optimizer][run]``."""
        return [[self.outcome(o, r) for r in range(self.runs)] for o in range(len(self.rules))]

    def outcome(self, optimizer: int, run: int) -> Outcome:
        """The outcome of one run."""
        found = self._outcomes.get((optimizer, run))
        if found is None:  # it takes a look around
            # paths are seen before anyone asks how they end
            from gdsim.simulation.endings.ending import outcome_of

            found = self._outcomes[optimizer, run] = outcome_of(self, optimizer, run)
        return found

    @cached_property
    def _outcomes(self) -> dict[tuple[int, int], Outcome]:
        """The outcomes that have been asked for."""
        return {}

    def is_lost(self, optimizer: int, run: int) -> bool:
        """Return whether a run came to where there is no number; it stays where it was a step before its end."""
        return self.kinds[optimizer, run] in LOST

    def gave_up(self, optimizer: int, run: int) -> bool:
        """Return whether the run of a method, which had steps left, found no further one."""
        used_up = self.kinds[optimizer, run] == Kind.OUT_OF_STEPS
        return bool(used_up) and self.last_move(optimizer, run) < self.steps

    def last_move(self, optimizer: int, run: int) -> int:
        """The last step that a run could take; only methods may take none before the steps are used up."""
        record = self.records.get((optimizer, run))
        return self.steps if record is None else len(record.counts) - 1

    @cached_property
    def reached(self) -> Reached:
        """The known minimum that each run reached, and how many reached the global one; in ascent, that of maxima."""
        from gdsim.simulation.endings.reached import reached_by

        return reached_by(self)

    def tally(self, optimizer: int) -> tuple[Group, ...]:
        """Count how all runs of an optimizer ended, those that ended in the same way together; in words as text."""
        from gdsim.simulation.endings.tally import tally

        return tally(self, optimizer)

    @cached_property
    def evaluations(self) -> Evaluations:
        """The number of values, gradients and Hessians that every run had asked for by each step."""
        from gdsim.simulation.methods.evaluations import evaluations_of

        return evaluations_of(self)

    def tried(self, optimizer: int, run: int, step: int) -> Array:
        """The points that a method tried for one step, in order, ``(d, n)``: of a line search, say. None of a rule.

        After the last step of a run, those that it tried in vain.
        """
        return self._marks(optimizer, run).tried(step)

    def simplex(self, optimizer: int, run: int, step: int) -> Array | None:
        """The simplex of Nelder-Mead at one step, ``(d, d + 1)``, the best vertex first; None where there is none."""
        return self._marks(optimizer, run).simplex(step)

    def _marks(self, optimizer: int, run: int) -> Marks:
        from gdsim.simulation.methods.evaluations import marks_of

        found = self._marks_found.get((optimizer, run))
        if found is None:
            # of one run alone: they may be many
            self._marks_found.clear()
            found = self._marks_found[optimizer, run] = marks_of(self, optimizer, run)
        return found

    @cached_property
    def _marks_found(self) -> dict[tuple[int, int], Marks]:
        """The marks that were asked for last."""
        return {}

    def gradient_norms(self, step: int, runs: int | None = None) -> Array:
        """‖∇f‖ of every run, or the first ones, at one step, ``(optimizers, runs)``; nan where f is undefined."""
        points = self.positions[step, :, :, :runs].swapaxes(0, 1)
        norms = norm(self.objective.gradient(points), axis=0)
        # a formula of the slope may have values where the function has none
        return np.where(np.isnan(self.losses[step, :, :runs]), np.nan, norms)

    def distances(self, step: int, runs: int | None = None) -> Array:
        """Distance of every run, or the first ones, to the nearest known minimum, ``(optimizers, runs)``.

        Nan if none is known. In ascent, to the nearest known maximum.
        """
        points = self.positions[step, :, :, :runs].swapaxes(0, 1)
        nearest = np.full(points.shape[1:], np.nan)
        for known in self.objective.maxima if self.ascent else self.objective.minima:
            offset = points - np.reshape(known.position, (-1, 1, 1))
            # fmin, as all of them are nan at first
            nearest = np.fmin(nearest, norm(offset, axis=0))
        return nearest

    def learning_rates(self, optimizer: int, run: int = 0) -> Array:
        """η of one optimizer at each step, ``(steps,)``; the first is that of step 1.

        Only where its schedule watches the loss does it differ from run to run; after a run's end it stays.
        """
        lane = self.lanes[optimizer]
        if lane.plateau:
            rates = np.full(self.steps, lane.rate)
            last = min(int(self.ended[optimizer, run]), self.steps)
            told = self.losses[:last, optimizer, run]
            rates[:last] = lane.plateau.replayed(lane.rate, -told if self.ascent else told)
            rates[last:] = rates[last - 1] if last else lane.rate
            return rates
        return lane.rates(self.planned)[: self.steps] if lane.scheduled else np.full(self.steps, lane.rate)

    def used_gradient(self, optimizer: int, run: int, step: int) -> Array:
        """The gradient an optimizer is handed for its next step from where a run is at one step, ``(d,)``.

        As the gradient mode gives it, with noise, cut to length; not turned round for ascent. After a run's end it is
        that of its end.
        """
        step = max(min(int(step), int(self.ended[optimizer, run]) - int(self.is_lost(optimizer, run))), 0)
        with np.errstate(all="ignore"):
            g = self.course.gradient(step + 1, self.positions[step, optimizer, :, run]).copy()
            sign = -1.0 if self.ascent else 1.0
            if self.course.noise > 0:
                # in powers of two, so that playing on draws again only now and then
                drawn = 1 << max(10, (step + 1).bit_length())
                g += sign * noise_of(self.course.noise, self.course.seed, run, len(g), drawn)[step]
            clip, length = self.lanes[optimizer].clip, float(norm(g, axis=0))
            return g * (clip / length) if 0 < clip < length else g

    def terms(self, optimizer: int | str = 0, run: int = 0, *, first: int = 1, last: int | None = None) -> UpdateTerms:
        """Take the steps of a run apart: every named term of its rule, such as Adam's m̂, at each step.

        They are worked out again along the path, and are those of the steps that were taken, to the last bit.

        Parameters
        ----------
        optimizer, run
            The optimizer, by its place or its id, and which of its runs.
        first, last
            The numbers of the steps, counted from 1; None for the last that the run took.
        """
        from gdsim.simulation.terms.update_terms import update_terms

        return update_terms(self, optimizer, run, first, last)


def check_memory(steps: int, optimizers: int, dimension: int, runs: int) -> None:
    """Raise `GdsimError` if a race of this size would not fit."""
    row = 8 * optimizers * (dimension + 1)
    needed = row * (steps + 1) * runs
    if needed > MEMORY_LIMIT:
        raise GdsimError(
            "{optimizers} optimizers × {runs:,} runs × {steps:,} steps would take {needed:,.1f} GB; "
            "the limit is {limit:.1f} GB: {reason}",
            "steps",
            optimizers=optimizers,
            runs=runs,
            steps=steps,
            needed=needed / 1e9,
            limit=MEMORY_LIMIT / 1e9,
            reason=_what_fits(MEMORY_LIMIT // (row * runs) - 1, MEMORY_LIMIT // (row * (steps + 1)) - 1),
        )


def _what_fits(steps: int, restarts: int) -> GdsimError:
    """The number of steps, or of restarts, that there is memory for."""
    if min(steps, restarts) >= 1:
        return GdsimError("at most {steps:,} steps or {restarts:,} restarts fit", steps=steps, restarts=restarts)
    if steps >= 1:
        return GdsimError("at most {steps:,} steps fit", steps=steps)
    if restarts >= 1:
        return GdsimError("at most {restarts:,} restarts fit", restarts=restarts)
    return GdsimError("take fewer optimizers, steps or restarts")
