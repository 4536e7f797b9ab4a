"""The ends of very many runs: where, how and after how many steps each of them ends, as a race would have it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.optimizers import Method
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.maps.runs.array_runs import ARRAY_PORTION, run_arrays
from gdsim.simulation.maps.runs.found_ends import Ends, Indices, Pulse, within
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
    done, work = 0, max(1, starts.shape[1])
    if isinstance(lane.rule, Method):
        run_methods(course, lane, starts, (steps, tolerance), settings or {}, ends, pulse, watched)
        return ends
    with np.errstate(all="ignore"):
        for plan, runs, values in _plans(
            course, lane, (steps, tolerance), settings or {}, starts.shape[1], (run, watched)
        ):
            kernel = KernelSteps(plan)
            part = within(pulse, done / work, len(runs) / work)
            if not _run(plan, kernel, runs, starts, values, ends, part, threads):
                break
            done += len(runs)
    return ends


def _run(
    plan: Plan,
    kernel: KernelSteps,
    runs: Indices,
    starts: Array,
    settings: Mapping[str, Array],
    ends: Ends,
    pulse: Pulse,
    threads: int,
) -> bool:
    """Run some of the starts in portions; whether it came to the end."""

    def work(some: slice, ask: Pulse) -> None:
        values = {name: value[some] for name, value in settings.items()}
        if kernel.kernel is None:
            run_arrays(plan, runs[some], starts[:, runs[some]], values, ends, ask)
        else:
            run_kernel(plan, kernel, runs[some], starts[:, runs[some]], values, ends, ask)

    return run_portions(len(runs), ARRAY_PORTION if kernel.kernel is None else KERNEL_PORTION, threads, pulse, work)


def _plans(
    course: Course,
    lane: Lane,
    ends: tuple[int, float],
    settings: Mapping[str, Array],
    count: int,
    rest: tuple[int, tuple[int, ...]],
) -> Iterator[tuple[Plan, Indices, dict[str, Array]]]:
    """The runs in groups whose rule is recorded alike: values of 0 and 1 are written into a record."""
    settings = {name: np.broadcast_to(np.asarray(v, dtype=np.float64), (count,)) for name, v in settings.items()}
    patterns: NDArray[np.int64] = np.zeros(count, dtype=np.int64)
    for values in settings.values():
        patterns = patterns * 3 + (values == 0) + 2 * (values == 1)
    for pattern in np.unique(patterns):
        runs = np.flatnonzero(patterns == pattern)
        same = {name: float(v[runs[0]]) for name, v in settings.items() if (v[runs] == v[runs[0]]).all()}
        varying = tuple([name for name in settings if name not in same])
        own = dataclasses.replace(lane, rule=dataclasses.replace(lane.rule, **same)) if same else lane
        plan = Plan(course, own, *ends, varying, *rest)
        yield plan, runs, {name: settings[name][runs] for name in varying}
