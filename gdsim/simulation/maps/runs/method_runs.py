"""The ends of very many runs of a method: one after the other, as in a race."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from gdsim.objectives.base import Array
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.maps.runs.found_ends import Ends, Pulse
from gdsim.simulation.maps.runs.plan import Plan
from gdsim.simulation.methods.follow import follow


def run_methods(
    course: Course,
    lane: Lane,
    starts: Array,
    ending: tuple[int, float],
    settings: Mapping[str, Array],
    ends: Ends,
    pulse: Pulse | None,
    watched: tuple[int, ...] = (),
) -> None:
    """Run a method from every start ``(d, runs)``, each with its own settings, until it is over or stopped.

    Parameters
    ----------
    ending
        The number of steps, and the tolerance.
    """
    runs = starts.shape[1]
    plan = Plan(course, lane, *ending, watched=watched)
    with np.errstate(all="ignore"):
        for r in range(runs):

            def ask(share: float, before: int = r) -> bool:
                return pulse is not None and pulse((before + share) / runs)

            if ask(0.0) or not _run(plan, _with(lane, settings, r), starts, r, ends, ask):
                return


def _run(plan: Plan, lane: Lane, starts: Array, r: int, ends: Ends, ask: Pulse) -> bool:
    """Run one of them, and note how it ends; whether it came to that."""
    positions = np.empty((plan.steps + 1, len(starts), 1))
    positions[0] = starts[:, r : r + 1]
    done, record = follow(plan.course, lane, positions[:, :, 0], plan.tolerance, ask, room=0)
    if done < plan.steps:
        return False
    run = np.array([r])
    for t in plan.watched:
        ends.watch(plan, run, t, positions[t])
    # from the row after its last move on all are the same
    rows = min(len(record.counts) + 1, len(positions))
    if not ends.find(plan, run, positions[:rows], 0)[0]:
        ends.note(run, positions[-1], plan.steps, Kind.OUT_OF_STEPS)
    return True


def _with(lane: Lane, settings: Mapping[str, Array], r: int) -> Lane:
    """The method with the settings of one run; whole numbers stay whole."""
    if not settings:
        return lane
    own = {name: float(values[r] if np.ndim(values) else values) for name, values in settings.items()}
    whole = {
        name: round(value) if isinstance(lane.rule.hyper(name).default, int) else value for name, value in own.items()
    }
    return dataclasses.replace(lane, rule=dataclasses.replace(lane.rule, **whole))
