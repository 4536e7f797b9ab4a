"""Running a race."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array, Objective
from gdsim.objectives.interruption import InterruptedWorkError, allowed
from gdsim.simulation.arrays import ALL, Places, march
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.end_finder import EndFinder
from gdsim.simulation.floats import Gradient, walk
from gdsim.simulation.methods.follow import follow_all, methods_among
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
    done = np.zeros((len(lanes), starts.shape[1]), dtype=np.int64)
    methods = methods_among(lanes)
    with np.errstate(all="ignore"):
        # first, as the ends of all are looked for while the rules go on
        records = follow_all(course, methods, positions, tolerance, done, ask)
        rules = {o: lane for o, lane in enumerate(lanes) if o not in methods}
        if rules and not stopped:
            _race_rules(course, rules, positions, done, ends, ask)
        with allowed(_LAST) if stopped else nullcontext():
            raced = ends.trajectories(course, tuple(lanes), done, None if stopped else ask)
    return replace(raced, records=records) if records else raced


def _race_rules(
    course: Course, rules: Mapping[int, Lane], positions: Array, done: NDArray[np.int64], ends: EndFinder, ask: Pulse
) -> None:
    """Fill `positions` for the update rules, by their places, and `done` with the steps of each of their runs."""
    before = 1 - len(rules) / len(done)

    def part(share: float) -> bool:
        return ask(before + share * (1 - before))

    gradient = _float_gradient(course, rules.values()) if done.shape[1] <= FLOAT_RUNS else None
    if gradient is not None:
        _race_floats(course, gradient, rules, positions, ends.tolerance, done, part)
    else:
        places = slice(None) if len(rules) == len(done) else list(rules)
        lanes = list(rules.values())
        done[places] = _march(course, lanes, positions, ends.tolerance, part, None, ends.follow, places)


def _float_gradient(course: Course, lanes: Iterable[Lane]) -> Gradient | None:
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
    places: Places = ALL,
) -> int:
    """Fill `positions` on arrays until all is over; the number of steps done, of which `follow` is told."""
    steps, done = len(positions) - 1, 0
    # a step of a model can take as long as many of a formula
    chunk = 1 if course.objective.effort > 1 else _ARRAY_CHUNK
    try:
        for t in march(course, lanes, positions, chunk, runs, places):
            done = t
            if ask(t / steps) or (
                t % _LOOK == 0
                and _all_over(course.objective, positions[t - 1, places], positions[t, places], tolerance)
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
    lanes: Mapping[int, Lane],
    positions: Array,
    tolerance: float,
    done: NDArray[np.int64],
    ask: Pulse,
) -> None:
    """Fill `positions` path by path, for optimizers by their places, and `done` with the steps that each took."""
    runs = done.shape[1]
    stopped = False
    for i, (o, r) in enumerate((o, r) for o in lanes for r in range(runs)):

        def whole(share: float, before: int = i) -> bool:
            nonlocal stopped
            stopped = ask((before + share) / (len(lanes) * runs))
            return stopped

        lane, lone = lanes[o], positions[:, o : o + 1, :, r : r + 1]
        try:
            done[o, r] = _walk(course, gradient, lane, lone, tolerance, whole, r)
        except (ArithmeticError, ValueError):
            # arrays go through inf and nan where floats raise
            done[o, r] = _march(course, [lane], lone, tolerance, whole, [r])
        if stopped:
            break


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
