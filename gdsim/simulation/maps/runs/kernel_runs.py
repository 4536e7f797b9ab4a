"""Runs by machine code, in portions that several threads may work on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.simulation.endings.lost import LostRuns
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.found_ends import CODES, Ends, Indices, Pulse
from gdsim.simulation.maps.runs.kernel_code import CONVERGED, GOES_ON, LOST
from gdsim.simulation.maps.runs.kernel_steps import KernelRows, KernelSteps
from gdsim.simulation.maps.runs.plan import Plan

#: So many runs are a portion, and so many steps are taken between two looks at whether to go on: fewer where each run
#: has numbers of its own in every step.
KERNEL_PORTION, _BLOCK, _FED = 2**14, 128, 16


def run_kernel(
    plan: Plan, kernel: KernelSteps, starts: Array, settings: dict[str, Array], ends: Ends, pulse: Pulse
) -> None:
    """Fill the ends of a portion of runs from starts ``(d, runs)``."""
    rows, t, goes_on = kernel.begin(starts, settings), 0, True
    lost = _lost_at_first(plan, starts)
    # no later look at these
    rows.status[lost] = CONVERGED
    while t < plan.steps and goes_on:
        count = plan.block(t, _FED if rows.powers else _BLOCK)
        goes_on = kernel.advance(rows, t, count)
        t += count
        ends.watch(plan, slice(None), t, rows.x[:, : starts.shape[1]])
        if t < plan.steps and pulse(t / plan.steps):
            break
    kind = Kind.OUT_OF_STEPS if t == plan.steps or not goes_on else Kind.CANCELLED
    _note(plan, rows, ends, t, kind)
    if lost.size:
        ends.find(plan, lost, starts[None][:, :, lost], 0)
    pulse(1.0)


def _lost_at_first(plan: Plan, starts: Array) -> Indices:
    """The runs that are lost before their first step."""
    if plan.radius > 0 and (np.abs(starts) <= plan.radius).all():
        return np.empty(0, dtype=np.int64)
    values = plan.course.objective.value(starts)
    return np.flatnonzero(~(np.isfinite(values) & np.isfinite(starts).all(axis=0)))


def _note(plan: Plan, rows: KernelRows, ends: Ends, t: int, kind: Kind) -> None:
    """Note how all runs ended; those that have not are of one kind, after t steps."""
    runs = len(ends.steps)
    status = rows.status[:runs]
    ends.positions[:], ends.steps[:] = rows.x[:, :runs], rows.ended[:runs]
    ends.kinds[:] = CODES[Kind.CONVERGED]
    going, lost = status == GOES_ON, status == LOST
    np.copyto(ends.steps, t, where=going)
    np.copyto(ends.kinds, CODES[kind], where=going)
    if lost.any():
        _note_lost(plan, rows.left[:, :runs], rows.x[:, :runs], lost, ends)


def _note_lost(plan: Plan, left: Array, here: Array, lost: NDArray[np.bool_], ends: Ends) -> None:
    """Note how some of the runs were lost on the way between points ``(d, runs)``, as `EndFinder` has it."""
    objective, how = plan.course.objective, LostRuns(plan.course.objective)
    np.copyto(ends.positions, left, where=lost)
    np.copyto(ends.kinds, CODES[Kind.DIVERGED], where=lost)
    near = np.flatnonzero(lost & how.near(left, here))
    if not near.size:
        return
    left, here = left[:, near], here[:, near]
    ends.kinds[near[how.left_domain(left, here, objective.value(here))]] = CODES[Kind.LEFT_DOMAIN]
    none = near[how.has_no_gradient(left)]
    ends.kinds[none] = CODES[Kind.NO_GRADIENT]
    ends.steps[none] -= 1
