"""The steps of one run worked out again, portion by portion, along the path that was kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.optimizers.base import Rule
from gdsim.optimizers.compiled.named_terms import NamedStep, named_step
from gdsim.optimizers.compiled.term_loop import TermLoop, term_loop
from gdsim.optimizers.compiled.terms import Level
from gdsim.simulation.arrays import shortening
from gdsim.simulation.noise import noise_of
from gdsim.simulation.pieces import at_once, pieces

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: About as many numbers, and so many steps at most and at least, are worked out at once.
_NUMBERS, _MOST, _LEAST = 2**19, 512, 16
#: Of more coordinates arrays are faster than floats.
_FLOATS = 8


class Replay:
    """The named terms of every step of a run: those of the steps taken, to the last bit.

    What the rule remembers is kept before each portion of steps that was worked out, so that any of them can be worked
    out again.

    Attributes
    ----------
    named
        The names of the terms.
    count
        Number of steps that the run took; where it was lost, the last of them led to where there is no number.
    portion
        Number of steps in a portion.
    """

    def __init__(self, race: Trajectories, optimizer: int, run: int) -> None:
        self._race, self._optimizer, self._run = race, optimizer, run
        self._lane = race.lanes[optimizer]
        varies = self._lane.scheduled or self._lane.plateau is not None
        self.named: NamedStep = named_step(self._lane.rule, Level.STEP if varies else Level.RACE)
        self._shown = self.named.worked_out
        self.count = min(int(race.ended[optimizer, run]), race.steps)
        path = race.positions[: self.count + 1, optimizer, :, run]
        #: Where the run was before each step, ``(d, steps + 1)``.
        self._path = np.ascontiguousarray(path.T)
        self.portion = max(_LEAST, min(_MOST, _NUMBERS // (len(self._shown) * len(self._path))))
        self._memories: list[Array] = [self._first_memory()]
        #: The portion that was worked out last, and its terms: who looks at a step looks at the next one, too.
        self._last: tuple[int, Array] = (-1, np.empty(0))

    @cached_property
    def _looks_ahead(self) -> bool:
        """Return whether the rule takes its gradient elsewhere than where the run is."""
        return self.named.record.look is not self.named.record.inputs[0]

    @property
    def rule(self) -> Rule:
        """The rule that took the steps."""
        return self._lane.rule

    def _first_memory(self) -> Array:
        """Position and state before the first step, ``(d, 1 + states)``."""
        rule, start = self._lane.rule, self._path[:, 0]
        return np.stack([start, *(np.full_like(start, rule.initial(name, start)) for name in rule.state)], axis=1)

    @cached_property
    def _rates(self) -> Array:
        """η at each step."""
        return self._race.learning_rates(self._optimizer, self._run)

    @cached_property
    def _array_loop(self) -> TermLoop:
        return term_loop(self.named, self._lane.rule, 0)

    def terms(self, portion: int) -> Array:
        """The terms of a portion of the steps, by its number from 0, then what was before, ``(steps, columns, d)``.

        Portions before it that were not worked out yet are worked out first.
        """
        for number in range(len(self._memories) - 1, portion):
            self._work_out(number)
        return self._work_out(portion)

    def _work_out(self, portion: int) -> Array:
        if portion == self._last[0]:
            return self._last[1]
        give_up_if_unwanted()
        first = portion * self.portion
        ts = range(first + 1, min(first + self.portion, self.count) + 1)
        memory, values = self._steps(ts, self._memories[portion])
        if portion + 1 == len(self._memories):
            self._memories.append(memory)
        self._last = portion, values
        return values

    def _steps(self, ts: range, memory: Array) -> tuple[Array, Array]:
        """Take some steps: the memory after them, and their terms."""
        rates = self._rates[ts.start - 1 : ts.stop - 1].tolist()
        with np.errstate(all="ignore"):
            gradients = self._looks(ts) if self._looks_ahead else self._gradients(ts).T
            if len(memory) <= _FLOATS:
                try:
                    return self._on_floats(ts, memory, gradients, rates)
                except (ArithmeticError, ValueError):
                    pass  # arrays go through inf and nan where floats raise
            return self._on_arrays(ts, memory, gradients, rates)

    def _on_floats(self, ts: range, memory: Array, gradients: Any, rates: list[float]) -> tuple[Array, Array]:
        d = len(memory)
        loop = term_loop(self.named, self._lane.rule, d)
        after, rows = loop(ts, memory.ravel().tolist(), _lists(gradients), rates)
        columns, which = 0, []
        for each in self._shown:
            width = 1 if each.is_scalar else d
            which.append([columns + i % width for i in range(d)])
            columns += width
        values: Array = np.array(rows, dtype=float).reshape(len(ts), columns)[:, which]
        return np.array(after).reshape(memory.shape), values

    def _on_arrays(self, ts: range, memory: Array, gradients: Any, rates: list[float]) -> tuple[Array, Array]:
        after, rows = self._array_loop(ts, list(memory.T.copy()), gradients, rates)
        values = np.empty((len(ts), len(self._shown), len(memory)))
        for step, row in zip(values, rows, strict=True):
            for kept, value in zip(step, row, strict=True):
                kept[:] = value
        return np.stack([np.broadcast_to(each, len(memory)) for each in after], axis=1), values

    def _gradients(self, ts: range) -> Array:
        """Gradients that the rule was handed at each of these steps, ``(d, steps)``, made in the race's order."""
        return self._handed(ts, self._raw_gradients(ts))

    def _looks(self, ts: range) -> list[Callable[..., Any]]:
        """Source of the gradient of each of these steps where the rule looks."""
        course = self._race.course
        quick = None if course.batch else course.mode.float_gradient(course.objective)

        def at(t: int, *point: Any) -> Any:
            is_float = isinstance(point[0], float)
            if is_float and quick is not None:
                raw = np.array(quick(*point))
            else:
                raw = course.gradient(t, np.array(point if is_float else point[0])[:, None])[:, 0]
            handed = self._handed(range(t, t + 1), raw[:, None].copy())[:, 0]
            return handed.tolist() if is_float else handed

        return [partial(at, t) for t in ts]

    def _handed(self, ts: range, gradients: Array) -> Array:
        """Turn gradients ``(d, steps)`` into those that the rule is handed, in place."""
        course = self._race.course
        if course.ascent:
            np.negative(gradients, out=gradients)
        if course.noise > 0:
            # in powers of two, so that a later portion draws all of it again only now and then
            drawn = 1 << max(10, (ts.stop - 1).bit_length())
            noise = noise_of(course.noise, course.seed, self._run, len(gradients), drawn)
            gradients += noise[ts.start - 1 : ts.stop - 1].T
        if self._lane.clip:
            shortening(gradients[None], [self._lane.clip])()
        return gradients

    def _raw_gradients(self, ts: range) -> Array:
        """Gradients of the mode where the run was before each of these steps, ``(d, steps)``."""
        course = self._race.course
        points = np.ascontiguousarray(self._path[:, ts.start - 1 : ts.stop - 1])
        gradients = np.empty(points.shape)
        if course.stepwise.at(1) is not course.stepwise.at(2):
            for k, t in enumerate(ts):
                give_up_if_unwanted()
                gradients[:, k : k + 1] = course.gradient(t, points[:, k : k + 1])
            return gradients
        for some in pieces(len(ts), at_once(course.objective)):
            gradients[:, some] = course.gradient(1, points[:, some])
        return gradients


def _lists(gradients: Any) -> Any:
    return gradients.tolist() if isinstance(gradients, np.ndarray) else gradients
