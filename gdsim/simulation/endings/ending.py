"""The end of one run: what it stands on, how it moved, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives import Exact
from gdsim.optimizers import AdaDelta
from gdsim.simulation.endings.critical_points import Ground, ground_at, ground_near
from gdsim.simulation.endings.limits import CurvaturePlace, limit_of
from gdsim.simulation.endings.motion import Motion, motion_of
from gdsim.simulation.endings.outcomes import Kind, Outcome

if TYPE_CHECKING:
    from gdsim.simulation.trajectories import Trajectories

#: A run is near a minimum if it was in its last so many steps, too.
_NEAR = 8
#: A rule that is restless by itself swings by no more than it is said to, and by a little, in any so many of its last
#: steps; in between it may move on along a valley.
_RESTLESS, _SWINGS, _LAST = 1.3, 100, 2000


def outcome_of(race: Trajectories, optimizer: int, run: int) -> Outcome:
    """Find out how one run of a race ended."""
    # numpy keeps text that is a Kind as text
    kind, step = Kind(race.kinds[optimizer, run]), int(race.ended[optimizer, run])
    point = race.positions[-1, optimizer, :, run]
    if kind in (Kind.CONVERGED, Kind.NO_GRADIENT):
        return Outcome(kind, step, ground_at(race.objective, point, race.ascent), race.ascent)
    if kind not in (Kind.OUT_OF_STEPS, Kind.DIVERGED) or step == 0:
        return Outcome(kind, step, ascent=race.ascent)
    ground, motion = Ground.SLOPE, motion_of(race, optimizer, run)
    if kind is Kind.OUT_OF_STEPS:
        # one that only passes by is not near
        ground = ground_near(race.objective, race.positions[-_NEAR:, optimizer, :, run].T, race.ascent)
        if ground is Ground.SLOPE and _is_frozen(race, optimizer, run):
            ground = Ground.ROUNDING
    limit, restless = None, ""
    if motion in (Motion.GROWING, Motion.CYCLING):
        limit = limit_of(race, optimizer, run)
        # clipped steps stay as short as they are, and AdaDelta's by its averages: these bounce for ever
        free = not race.lanes[optimizer].clip and race.lanes[optimizer].rule.key != AdaDelta.key
        if free and limit is not None and limit.place is CurvaturePlace.ALIKE and not limit.is_reached:
            motion = Motion.GROWING  # on a parabola it does in the end, though other directions hide it yet
        restless = _restless(race, optimizer, run) if limit is None and motion is Motion.CYCLING else ""
    return Outcome(kind, step, ground, race.ascent, motion, limit, restless)


def _restless(race: Trajectories, optimizer: int, run: int) -> str:
    """Why its rule does not settle, if it moves as it does by itself, at a bottom."""
    lane = race.lanes[optimizer]
    if lane.scheduled or lane.plateau or not lane.rule.restless:
        return ""
    path = race.positions[-_LAST:, optimizer, :, run]
    widest = max(float(np.ptp(path[first : first + _SWINGS], axis=0).max()) for first in range(0, len(path), _SWINGS))
    return lane.rule.restless if widest <= 2 * _RESTLESS * lane.rule.swing * lane.rate else ""


def _is_frozen(race: Trajectories, optimizer: int, run: int) -> bool:
    """Return whether a run stands where its numerical gradient is 0, and the exact one is not."""
    if isinstance(race.gradient_mode, Exact) or race.steps == 0:
        return False
    before, now = race.positions[-2:, optimizer, :, run]
    used, exact = race.used_gradient(optimizer, run, race.steps), race.objective.gradient(now)
    return bool((before == now).all() and not used.any() and exact.any())
