"""How a run ended: what it stands on, how it moved, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives import Exact
from gdsim.simulation.ground import Ground, ground_at, ground_near
from gdsim.simulation.limits import limit_of
from gdsim.simulation.motion import Motion, motion_of
from gdsim.simulation.outcomes import Kind, Outcome

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: A rule that is restless by itself moves to and fro over no more than this, for each unit of η, in so many steps.
_RESTLESS, _LAST = 1.1, 200


def outcome_of(race: Trajectories, optimizer: int, run: int) -> Outcome:
    """How one run of a race ended."""
    # numpy keeps text that is a Kind as text
    kind, step = Kind(race.kinds[optimizer, run]), int(race.ended[optimizer, run])
    point = race.positions[-1, optimizer, :, run]
    if kind in (Kind.CONVERGED, Kind.NO_GRADIENT):
        return Outcome(kind, step, ground_at(race.objective, point, race.ascent), race.ascent)
    if kind not in (Kind.OUT_OF_STEPS, Kind.DIVERGED) or step == 0:
        return Outcome(kind, step, ascent=race.ascent)
    ground, motion = Ground.SLOPE, motion_of(race, optimizer, run)
    if kind is Kind.OUT_OF_STEPS:
        ground = ground_near(race.objective, point, race.ascent)
        if ground is Ground.SLOPE and _is_frozen(race, optimizer, run):
            ground = Ground.ROUNDING
    limit, restless = None, ""
    if motion in (Motion.GROWING, Motion.CYCLING):
        limit = limit_of(race, optimizer, run)
        restless = _restless(race, optimizer, run) if limit is None and motion is Motion.CYCLING else ""
    return Outcome(kind, step, ground, race.ascent, motion, limit, restless)


def _restless(race: Trajectories, optimizer: int, run: int) -> str:
    """Why its rule does not settle, if it moves as it does by itself, at a bottom."""
    lane = race.lanes[optimizer]
    if lane.scheduled or lane.plateau or not lane.rule.restless:
        return ""
    widest = np.ptp(race.positions[-_LAST:, optimizer, :, run], axis=0).max()
    return lane.rule.restless if widest <= _RESTLESS * lane.rate else ""


def _is_frozen(race: Trajectories, optimizer: int, run: int) -> bool:
    """Whether a run stands where its numerical gradient is 0, and the exact one is not."""
    if isinstance(race.gradient_mode, Exact) or race.steps == 0:
        return False
    before, now = race.positions[-2:, optimizer, :, run]
    used, exact = race.used_gradient(optimizer, run, race.steps), race.objective.gradient(now)
    return bool((before == now).all() and not used.any() and exact.any())
