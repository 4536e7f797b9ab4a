"""Runs by machine code, in portions that several threads may work on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import give_up_if_unwanted
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.found_ends import Ends, Indices, Pulse
from gdsim.simulation.maps.kernel_code import CONVERGED, GOES_ON, LOST
from gdsim.simulation.maps.kernel_steps import KernelRows, KernelSteps
from gdsim.simulation.maps.plan import Plan

#: So many runs are a portion, and so many steps are taken between two looks at whether to go on.
_PORTION, _BLOCK = 2**14, 32


def run_kernel(
    plan: Plan,
    kernel: KernelSteps,
    runs: Indices,
    starts: Array,
    settings: dict[str, Array],
    ends: Ends,
    pulse: Pulse,
    threads: int = 1,
) -> bool:
    """Fill the ends of some runs from starts ``(d, runs)``; whether it came to the end."""
    portions = [slice(first, min(first + _PORTION, len(runs))) for first in range(0, len(runs), _PORTION)]
    done = [0.0] * len(portions)
    stopped = False

    def ask(k: int, share: float) -> bool:
        nonlocal stopped
        done[k] = share
        stopped = stopped or pulse(sum(done) / len(portions))
        return stopped

    def run(k: int) -> None:
        some = portions[k]
        values = {name: value[some] for name, value in settings.items()}
        if not stopped:
            _run(plan, kernel, runs[some], starts[:, some], values, ends, lambda share: ask(k, share))

    if threads == 1 or len(portions) == 1:
        for k in range(len(portions)):
            give_up_if_unwanted()
            run(k)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, range(len(portions))))
    return not stopped


def _run(
    plan: Plan,
    kernel: KernelSteps,
    runs: Indices,
    starts: Array,
    settings: dict[str, Array],
    ends: Ends,
    pulse: Pulse,
) -> None:
    """Run one portion."""
    with np.errstate(all="ignore"):  # each thread has its own
        rows, t = kernel.begin(starts, settings), 0
        _look_at_starts(plan, runs, starts, rows, ends)
        while t < plan.steps and rows.goes_on:
            count = plan.block(t, _BLOCK)
            kernel.advance(rows, t, count)
            t += count
            ends.watch(plan, runs, t, rows.x[:, : len(runs)])
            if t < plan.steps and pulse(t / plan.steps):
                break
        kind = Kind.OUT_OF_STEPS if t == plan.steps or not rows.goes_on else Kind.CANCELLED
        _note(plan, runs, rows, ends, t, kind)
        pulse(1.0)


def _look_at_starts(plan: Plan, runs: Indices, starts: Array, rows: KernelRows, ends: Ends) -> None:
    """Note the runs that are lost before their first step."""
    if plan.radius > 0 and (np.abs(starts) <= plan.radius).all():
        return
    values = plan.course.objective.value(starts)
    lost = np.flatnonzero(~(np.isfinite(values) & np.isfinite(starts).all(axis=0)))
    if lost.size:
        ends.find(plan, runs[lost], starts[None][:, :, lost], 0)
        # no later look at these
        rows.status[lost] = -1.0


def _note(plan: Plan, runs: Indices, rows: KernelRows, ends: Ends, t: int, kind: Kind) -> None:
    """Note how all runs ended; those that have not are of one kind, after t steps."""
    status = rows.status[: len(runs)]
    for of, how in ((GOES_ON, kind), (CONVERGED, Kind.CONVERGED)):
        some = np.flatnonzero(status == of)
        steps = t if of == GOES_ON else rows.ended[some].astype(np.int64)
        ends.note(runs[some], rows.x[:, some], steps, how)
    lost = np.flatnonzero(status == LOST)
    if lost.size:
        positions = np.stack([rows.left[:, lost], rows.x[:, lost]])
        ends.find(plan, runs[lost], positions, rows.ended[lost].astype(np.int64) - 1)
