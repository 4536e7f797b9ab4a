"""Running a race."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import InterruptedWorkError, allowed
from gdsim.simulation.arrays import march
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.end_finder import EndFinder
from gdsim.simulation.floats import Gradient, walk
from gdsim.simulation.pieces import norm, slopes_at
from gdsim.simulation.trajectories import Trajectories, check_memory

#: Asked between chunks with the share of the work that is done; True stops the race.
Pulse = Callable[[float], bool]

#: Up to this many runs of an optimizer, plain floats are faster than arrays.
FLOAT_RUNS = 8
#: Steps between two looks at whether to go on; between two looks at whether all is over, which cost more.
_FLOAT_CHUNK, _ARRAY_CHUNK, _LOOK = 2048, 4, 64
#: For so many seconds a race that was stopped is settled: there is as much of it as that is enough for.
_LAST = 0.25


def race(
    course: Course,
    lanes: Sequence[Lane],
    starts: Array,
    steps: int,
    tolerance: float = 0.0,
    pulse: Pulse | None = None,
) -> Trajectories:
    """Run every optimizer from every start and keep every iterate.

    Parameters
    ----------
    course
        What is raced on.
    lanes
        The optimizers, any number.
    starts
        ``(d, runs)``, the same for every optimizer.
    steps
        Number of steps.
    tolerance
        A run has converged when its gradient and its last step are no longer than this; 0 never stops. However the
        gradient was worked out on the way, and whatever noise was on it: here it is the exact one.
    pulse
        Called now and then; returning True cancels. So does work that is given up, if it returns True thereafter.
    """
    check_memory(steps, len(lanes), *starts.shape)
    positions = np.empty((steps + 1, len(lanes), *starts.shape))
    positions[0] = starts
    stopped = False

    def ask(share: float) -> bool:
        nonlocal stopped
        stopped = stopped or (pulse is not None and pulse(share))
        return stopped

    ends = EndFinder(course.objective, positions, tolerance)
    gradient = _float_gradient(course, lanes) if starts.shape[1] <= FLOAT_RUNS else None
    with np.errstate(all="ignore"):
        if gradient is not None:
            done = _race_floats(course, gradient, lanes, positions, tolerance, ask)
        else:
            took = _march(course, lanes, positions, tolerance, ask, None, ends.follow)
            done = np.full((len(lanes), starts.shape[1]), took)
        with allowed(_LAST) if stopped else nullcontext():
            return ends.trajectories(course, tuple(lanes), done, None if stopped else ask)


def _float_gradient(course: Course, lanes: Sequence[Lane]) -> Gradient | None:
    """The gradient that the mode gives, of d floats; None if the race has to go on arrays."""
    if any(lane.plateau for lane in lanes) and course.objective.float_value() is None:
        return None
    return course.mode.float_gradient(course.objective)


def _march(
    course: Course,
    lanes: Sequence[Lane],
    positions: Array,
    tolerance: float,
    ask: Pulse,
    runs: Iterable[int] | None = None,
    follow: Callable[[int], object] = lambda _: None,
) -> int:
    """Fill `positions` on arrays until all is over; the number of steps done, of which `follow` is told."""
    steps, done = len(positions) - 1, 0
    # a step of a model can take as long as many of a formula
    chunk = 1 if course.objective.effort > 1 else _ARRAY_CHUNK
    try:
        for t in march(course, lanes, positions, chunk, runs):
            done = t
            if ask(t / steps) or (
                t % _LOOK == 0 and _all_over(course.objective, positions[t - 1], positions[t], tolerance)
            ):
                break
            follow(t - 1)  # the last two rows are looked at as they are
    except InterruptedWorkError:  # in the middle of a step
        if not ask(done / steps):
            raise
    return done


def _race_floats(
    course: Course,
    gradient: Gradient,
    lanes: Sequence[Lane],
    positions: Array,
    tolerance: float,
    ask: Pulse,
) -> NDArray[np.int64]:
    """Fill `positions` path by path; the number of steps done of each, ``(optimizers, runs)``."""
    _, optimizers, _, runs = positions.shape
    done = np.zeros((optimizers, runs), dtype=np.int64)
    stopped = False
    for i, (o, r) in enumerate(np.ndindex(done.shape)):

        def whole(share: float, before: int = i) -> bool:
            nonlocal stopped
            stopped = ask((before + share) / done.size)
            return stopped

        lane, lone = lanes[o], positions[:, o : o + 1, :, r : r + 1]
        try:
            done[o, r] = _walk(course, gradient, lane, lone, tolerance, whole, r)
        except (ArithmeticError, ValueError):
            # arrays go through inf and nan where floats raise
            done[o, r] = _march(course, [lane], lone, tolerance, whole, [r])
        if stopped:
            break
    return done


def _walk(
    course: Course, gradient: Gradient, lane: Lane, positions: Array, tolerance: float, ask: Pulse, run: int
) -> int:
    """Fill the `positions` ``(steps + 1, 1, d, 1)`` of one run on floats until it is over; the number of steps done."""
    steps = len(positions) - 1
    t = 0
    for piece in walk(course, gradient, lane, positions[0, 0, :, 0], steps, _FLOAT_CHUNK, run):
        positions[t + 1 : t + 1 + len(piece[0]), 0, :, 0] = piece.T
        t += len(piece[0])
        if ask(t / steps) or _all_over(course.objective, positions[t - 1], positions[t], tolerance):
            break
    return t


def _all_over(objective: Objective, before: Array, now: Array, tolerance: float) -> bool:
    """Return whether no run ``(optimizers, d, runs)`` has anything left to do: each has converged or is not finite."""
    over = ~np.isfinite(now).all(axis=1)
    if tolerance > 0:
        # the gradient, which costs more, is asked for only once every step is short
        short = norm(now - before, axis=1) <= tolerance
        if not (short | over).all():
            return False
        over |= short & (slopes_at(objective, now.swapaxes(0, 1)) <= tolerance)
    return bool(over.all())
