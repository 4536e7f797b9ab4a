"""Runs by machine code, in portions that several threads may work on."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.endings.lost import LostRuns
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.found_ends import CODES, Ends, Indices, Pulse
from gdsim.simulation.maps.runs.kernel_code import CONVERGED, GOES_ON, LOST
from gdsim.simulation.maps.runs.kernel_steps import KernelRows, KernelSteps
from gdsim.simulation.maps.runs.plan import Plan

#: So many runs are a portion, and so many steps are taken between two looks at whether to go on: fewer where each run
#: has numbers of its own in every step.
KERNEL_PORTION, _BLOCK, _FED = 2**11, 1024, 16


def run_kernel(
    plan: Plan,
    kernel: KernelSteps,
    runs: Indices,
    starts: Array,
    settings: dict[str, Array],
    ends: Ends,
    pulse: Pulse,
) -> None:
    """Fill the ends of a portion of runs from starts ``(d, runs)``."""
    rows, t = kernel.begin(starts, settings), 0
    _look_at_starts(plan, runs, starts, rows, ends)
    while t < plan.steps and rows.goes_on:
        count = plan.block(t, _FED if rows.powers else _BLOCK)
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
        _note_lost(plan, runs[lost], rows, lost, ends)


def _note_lost(plan: Plan, runs: Indices, rows: KernelRows, lost: Indices, ends: Ends) -> None:
    """Note how some runs were lost, as `EndFinder` has it."""
    objective, left, here = plan.course.objective, rows.left[:, lost], rows.x[:, lost]
    how, steps = LostRuns(objective), rows.ended[lost].astype(np.int64)
    ends.note(runs, left, steps, Kind.DIVERGED)
    ends.kinds[runs[how.left_domain(left, here, objective.value(here))]] = CODES[Kind.LEFT_DOMAIN]
    none = how.has_no_gradient(left)
    ends.kinds[runs[none]] = CODES[Kind.NO_GRADIENT]
    ends.steps[runs[none]] -= 1
