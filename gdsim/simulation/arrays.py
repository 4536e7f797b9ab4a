"""The loop over steps for many runs: every run of every optimizer at once, on arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.optimizers.compiled.array_step import array_look, array_step
from gdsim.optimizers.compiled.terms import Level
from gdsim.optimizers.plateau import Plateau
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.noise import Noise

#: So many numbers of all optimizers are moved on at once: they stay in the cache, and the step of many runs takes long.
_NUMBERS = 2**15

#: Places of some optimizers among those of a race.
Places = slice | list[int]
ALL = slice(None)


def march(
    course: Course,
    lanes: Sequence[Lane],
    positions: Array,
    chunk: int,
    runs: Iterable[int] | None = None,
    places: Places = ALL,
) -> Iterator[int]:
    """Fill `positions` ``(steps + 1, optimizers, d, runs)`` from its first entry on.

    Yields the number of steps done after every `chunk` of them; of many runs, after every one.

    Parameters
    ----------
    runs
        The numbers of the runs, which their noise depends on; from 0 on if None.
    places
        Those of the lanes among the optimizers of `positions`.
    """
    steps, count = len(positions) - 1, positions.shape[-1]
    numbers = list(range(count) if runs is None else runs)
    some = max(1, _NUMBERS // max(1, positions[0, places, :, 0].size))
    bands = [
        _Band(course, lanes, positions[..., first : first + some], numbers[first : first + some], places)
        for first in range(0, count, some)
    ]
    several = len(bands) > 1
    for t in range(1, steps + 1):
        objective = course.stepwise.at(t)
        for band in bands:
            if several:
                give_up_if_unwanted()
            band.step(t, objective)
        if several or t % chunk == 0 or t == steps:
            yield t


class _Band:
    """A part of the runs of every optimizer, that go on together; no run depends on which these are."""

    def __init__(
        self, course: Course, lanes: Sequence[Lane], positions: Array, runs: Sequence[int], places: Places
    ) -> None:
        give_up_if_unwanted()
        self._course, self._positions, self._places = course, positions, places
        steps, _, dimension, count = len(positions) - 1, *positions.shape[1:]
        self._now = now = positions[0, places].copy()
        self._gradients = gradients = np.empty_like(now)
        # the gradient of all optimizers is one call, on points packed with the coordinate in front
        self._stacked, self._front = gradients.swapaxes(0, 1), now.swapaxes(0, 1)
        self._points = np.empty(self._front.shape)
        self._noise = Noise(course.noise, course.seed, runs, dimension) if course.noise > 0 else None
        self._cut = shortening(gradients, [lane.clip for lane in lanes]) if any(lane.clip for lane in lanes) else None
        self._watches = {o: lane.plateau.watch(lane.rate, count) for o, lane in enumerate(lanes) if lane.plateau}
        self._movers = [
            _Mover(lane, x, g, steps, self._watches.get(o))
            for o, (lane, x, g) in enumerate(zip(lanes, now, gradients, strict=True))
        ]

    def step(self, t: int, objective: Objective) -> None:
        """Take step t, which descends on `objective`."""
        points, gradients = self._points, self._gradients
        points[...] = self._front
        if self._watches:
            _tell(self._course, self._watches, points)
        for o, mover in enumerate(self._movers):
            mover.look(t, points[:, o])
        self._course.mode.gradient(objective, points, self._stacked)
        # before the noise, which is the same uphill and downhill
        if self._course.ascent:
            np.negative(gradients, out=gradients)
        if self._noise is not None:
            gradients += self._noise.one()
        if self._cut is not None:
            self._cut()
        for mover in self._movers:
            mover.step(t)
        self._positions[t, self._places] = self._now


class _Mover:
    """The steps of one optimizer with positions and gradients ``(d, runs)``, and its memory."""

    def __init__(self, lane: Lane, x: Array, g: Array, steps: int, watch: Plateau | None) -> None:
        self._x, self._g = x, g
        self._state = [np.full_like(g, lane.rule.initial(name, x)) for name in lane.rule.state]
        self._rate, level = _rate_of(lane, steps, watch)
        self._step, self._look = array_step(lane.rule, g.shape, level), array_look(lane.rule, g.shape, level)

    def look(self, t: int, point: Array) -> None:
        """Move `point`, which is x, to where step t takes its gradient."""
        if self._look is not None:
            self._look(t, point, self._x, *self._state, *self._rate(t))

    def step(self, t: int) -> None:
        """Take step t."""
        self._step(t, self._x, self._g, *self._state, *self._rate(t))


def _rate_of(lane: Lane, steps: int, watch: Plateau | None) -> tuple[Callable[[int], tuple[float | Array, ...]], Level]:
    """η of a step as the rule is handed it, nothing where it does not change, and how often it does."""
    if watch is not None:
        return lambda _: (watch.rates,), Level.ELEMENT
    if lane.scheduled:
        rates = lane.rates(steps)
        # steps are counted from 1
        return lambda t: (rates.item(t - 1),), Level.STEP
    return lambda _: (), Level.RACE


def _tell(course: Course, watches: dict[int, Plateau], points: Array) -> None:
    """Let the schedules that ask for it know the loss at points ``(d, optimizers, runs)``."""
    losses = course.objective.value(points[:, list(watches)])
    if course.ascent:
        losses = -losses
    for k, watch in enumerate(watches.values()):
        watch.tell(losses[k])


def shortening(gradients: Array, clips: Sequence[float]) -> Callable[[], None]:
    """Cuts gradients ``(optimizers, d, runs)`` to the length of each optimizer, in place; 0 leaves them.

    A longer one is multiplied by clip / length; torch's clip_grad_norm_ adds 1e-6 to the length, this does not.
    """
    most = np.array([[clip or np.inf] for clip in clips])
    length, square, factor = (np.empty(gradients[:, 0].shape) for _ in range(3))
    short = np.empty(length.shape, dtype=bool)

    def cut() -> None:
        # summed in the order of the coordinates, as on floats
        np.multiply(gradients[:, 0], gradients[:, 0], out=length)
        for i in range(1, gradients.shape[1]):
            np.multiply(gradients[:, i], gradients[:, i], out=square)
            np.add(length, square, out=length)
        np.sqrt(length, out=length)
        np.divide(most, length, out=factor)
        # what is not a number is left as it is
        np.greater(length, most, out=short)
        np.logical_not(short, out=short)
        np.copyto(factor, 1.0, where=short)
        np.multiply(gradients, factor[:, None], out=gradients)

    return cut
