"""The ends of very many runs: where, how and after how many steps each of them ends, as a race would have it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np

from gdsim.objectives.base import Array
from gdsim.optimizers import Method
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.maps.runs.array_runs import ARRAY_PORTION, run_arrays
from gdsim.simulation.maps.runs.found_ends import Ends, Pulse, Runs, within
from gdsim.simulation.maps.runs.kernel_runs import KERNEL_PORTION, run_kernel
from gdsim.simulation.maps.runs.kernel_steps import KernelSteps
from gdsim.simulation.maps.runs.method_runs import run_methods
from gdsim.simulation.maps.runs.plan import Plan
from gdsim.simulation.maps.runs.portions import run_portions


def ends_of(
    course: Course,
    lane: Lane,
    starts: Array,
    steps: int,
    tolerance: float,
    settings: Mapping[str, Array] | None = None,
    run: int = 0,
    pulse: Pulse | None = None,
    threads: int = 1,
    watched: tuple[int, ...] = (),
) -> Ends:
    """Run one optimizer from many starts, or with many settings, and keep the ends alone.

    Parameters
    ----------
    starts
        ``(d, runs)``.
    steps, tolerance
        As in a race.
    settings
        The values of some hyperparameters, by name: ``(runs,)`` each, in their ranges.
    run
        The number of the run in a race that each of them is: its noise goes by that.
    pulse
        Asked now and then; what has not ended when it says True is cancelled where it is.
    threads
        So many work at once; the numbers are the same.
    watched
        The steps after which the gradient is noted, in order.

    Returns
    -------
    Ends
        Each to the last bit the end of the single race with that start and these settings.
    """
    if course.batch or course.objective.effort > 1:
        threads = 1  # a model's sums are done by several already
    ends = Ends.cancelled(starts, len(watched))
    if isinstance(lane.rule, Method):
        run_methods(course, lane, starts, (steps, tolerance), settings or {}, ends, pulse, watched)
        return ends
    done, work = 0, starts.shape[1]
    with np.errstate(all="ignore"):
        for plan, runs, values in _plans(course, lane, (steps, tolerance), settings or {}, work, (run, watched)):
            count = work if isinstance(runs, slice) else len(runs)
            part = within(pulse, done / work, count / work)
            if not _run(plan, runs, count, starts, values, ends, part, threads):
                break
            done += count
    return ends


def _run(
    plan: Plan,
    runs: Runs,
    count: int,
    starts: Array,
    settings: Mapping[str, Array],
    ends: Ends,
    pulse: Pulse,
    threads: int,
) -> bool:
    """Run from some of the starts in portions; whether it came to the end."""
    kernel = KernelSteps(plan)

    def work(some: slice, ask: Pulse) -> None:
        which = some if isinstance(runs, slice) else runs[some]
        points, own = starts[:, which], ends.part(which)
        values = {name: value[some] for name, value in settings.items()}
        if kernel.kernel is None:
            run_arrays(plan, points, values, own, ask)
        else:
            run_kernel(plan, kernel, points, values, own, ask)
        ends.put(which, own)

    return run_portions(count, ARRAY_PORTION if kernel.kernel is None else KERNEL_PORTION, threads, pulse, work)


def _plans(
    course: Course,
    lane: Lane,
    ends: tuple[int, float],
    settings: Mapping[str, Array],
    count: int,
    rest: tuple[int, tuple[int, ...]],
) -> Iterator[tuple[Plan, Runs, dict[str, Array]]]:
    """The runs in groups whose rule is recorded alike, and what differs within each."""
    settings = {name: np.broadcast_to(np.asarray(v, dtype=np.float64), (count,)) for name, v in settings.items()}
    for runs in _alike(list(settings.values()), count):
        own = {name: values[runs] for name, values in settings.items()}
        same = {name: float(values[0]) for name, values in own.items() if (values == values[0]).all()}
        varying = {name: values for name, values in own.items() if name not in same}
        there = dataclasses.replace(lane, rule=dataclasses.replace(lane.rule, **same)) if same else lane
        yield Plan(course, there, *ends, tuple(varying), *rest), runs, varying


def _alike(settings: list[Array], count: int) -> list[Runs]:
    """Groups of runs: values of 0 and 1 are written into a record."""
    patterns = np.zeros(count, dtype=np.int32)
    for values in settings:
        patterns *= 3
        patterns += values == 0
        np.add(patterns, 2, out=patterns, where=values == 1)
    found = np.flatnonzero(np.bincount(patterns)) if settings or not count else [0]
    return [slice(None)] if len(found) == 1 else [np.flatnonzero(patterns == pattern) for pattern in found]
