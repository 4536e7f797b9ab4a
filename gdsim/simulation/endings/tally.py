"""A tally of how runs ended, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcomes import Kind, Outcome

if TYPE_CHECKING:
    from gdsim.simulation.endings.reached import Reached
    from gdsim.simulation.trajectories import Trajectories

#: Of more runs of an optimizer than these one looks only at what is known of all at once.
MOST_TOLD = 500

_GLOBAL, _LOCAL = "{count} at a global minimum", "{count} at a local minimum"
_TOP, _LOCAL_TOP = "{count} at a global maximum", "{count} at a local maximum"
_ELSEWHERE, _OUT, _STILL = "{count} at rest elsewhere", "{count} still moving", "{count} standing still"
_NO_GRADIENT = "{count} where f has no gradient"
_FELL, _ROSE = "{count} fell without end", "{count} rose without end"
#: Words on runs that came to rest, by what they stand on.
_AT_REST = {
    Ground.GLOBAL_MINIMUM: _GLOBAL,
    Ground.VALLEY: _GLOBAL,
    Ground.GLOBAL_MAXIMUM: _TOP,
    Ground.LOCAL_MINIMUM: _LOCAL,
    Ground.LOCAL_MAXIMUM: _LOCAL_TOP,
    Ground.MINIMUM: "{count} at a minimum",
    Ground.MINIMA: "{count} at a minimum",
    Ground.MAXIMUM: "{count} at a maximum",
    Ground.SADDLE: "{count} on a saddle point",
    Ground.FLAT: "{count} on flat ground",
    Ground.UNTOLD: "{count} where the gradient vanishes",
}
#: Of runs that used up their steps, by what they are near, and whether they bounce round it, or else by how they move.
_NEAR = {
    Ground.GLOBAL_MINIMUM: "{count} near a global minimum",
    Ground.GLOBAL_MAXIMUM: "{count} near a global maximum",
    Ground.LOCAL_MINIMUM: "{count} near a local minimum",
    Ground.LOCAL_MAXIMUM: "{count} near a local maximum",
}
_ROUND = {
    Ground.GLOBAL_MINIMUM: "{count} bouncing round a global minimum",
    Ground.GLOBAL_MAXIMUM: "{count} bouncing round a global maximum",
    Ground.LOCAL_MINIMUM: "{count} bouncing round a local minimum",
    Ground.LOCAL_MAXIMUM: "{count} bouncing round a local maximum",
}
_MOVING = {
    Motion.SHRINKING: "{count} swinging less and less",
    Motion.ON_THE_WAY: "{count} still on the way",
    Motion.CREEPING: "{count} creeping",
    Motion.STILL: _STILL,
    Motion.ENDED: "{count} without a further step",
    Motion.NOISY: "{count} kept moving by noise",
    Motion.CYCLING: "{count} bouncing",
    Motion.FLUNG: "{count} flung far out",
    Motion.GROWING: "{count} diverging",
    Motion.RUNAWAY: "{count} falling without end",
}
_RISING = "{count} rising without end"
_ENDED = {
    Kind.DIVERGED: "{count} diverged",
    Kind.LEFT_DOMAIN: "{count} left the domain",
    Kind.CANCELLED: "{count} cancelled",
}
#: The order in which they are told, best first: the same for every optimizer, so that rows can be compared.
_ORDER = list(
    dict.fromkeys(
        [
            *_AT_REST.values(),
            _NO_GRADIENT,
            _ELSEWHERE,
            *_NEAR.values(),
            *_ROUND.values(),
            *_MOVING.values(),
            _RISING,
            _OUT,
            *_ENDED.values(),
            _FELL,
            _ROSE,
        ]
    )
)


@dataclass(frozen=True)
class Group:
    """Runs that ended in the same way.

    Attributes
    ----------
    template
        The words with ``{count}`` in them, for translation.
    count
        How many there are.
    """

    template: str
    count: int

    def __str__(self) -> str:
        return self.template.format(count=self.count)


def tally(race: Trajectories, optimizer: int) -> tuple[Group, ...]:
    """Count how all runs of an optimizer ended, the best first; of more than `MOST_TOLD`, what is known without a look.

    Every run counts once. Those of `Reached.best` are at a global minimum (uphill, maximum) if one is known, whether
    they had come to rest or not.
    """
    if race.runs > MOST_TOLD:
        return rough_tally(race, optimizer)
    return tally_of(race.reached, optimizer, [race.outcome(optimizer, run) for run in range(race.runs)])


def tally_of(reached: Reached, optimizer: int, outcomes: Sequence[Outcome]) -> tuple[Group, ...]:
    """The tally of outcomes that have been worked out: those of all runs of an optimizer."""
    there = reached.best[optimizer] & reached.known
    top = _TOP if reached.ascent else _GLOBAL
    words = (top if there[run] else _words_for(outcome) for run, outcome in enumerate(outcomes))
    return _groups(Counter(words))


def rough_tally(race: Trajectories, optimizer: int) -> tuple[Group, ...]:
    """The same from how the runs ended and which minima they reached, without what they stand on: at once."""
    reached, kinds = race.reached, race.kinds[optimizer]
    best = reached.best[optimizer] & reached.known
    local = (reached.at[optimizer] >= 0) & ~best
    rest = ~best & ~local
    counts = {
        _TOP if reached.ascent else _GLOBAL: np.count_nonzero(best),
        _LOCAL_TOP if reached.ascent else _LOCAL: np.count_nonzero(local),
    }
    for kind, words in {
        Kind.CONVERGED: _ELSEWHERE,
        Kind.NO_GRADIENT: _NO_GRADIENT,
        Kind.OUT_OF_STEPS: _OUT,
        **_ENDED,
    }.items():
        counts[words] = np.count_nonzero(rest & (kinds == kind))
    return _groups(counts)


def _words_for(outcome: Outcome) -> str:
    match outcome.kind:
        case Kind.CONVERGED:
            return _AT_REST.get(outcome.ground, _ELSEWHERE)
        case Kind.NO_GRADIENT:
            return _AT_REST[outcome.ground] if outcome.arrived else _NO_GRADIENT
        case Kind.OUT_OF_STEPS:
            return _out_of_steps(outcome)
        case Kind.DIVERGED if outcome.motion is Motion.RUNAWAY:
            return _ROSE if outcome.ascent else _FELL
    return _ENDED[outcome.kind]


def _out_of_steps(outcome: Outcome) -> str:
    if outcome.ground is Ground.ROUNDING:
        return _STILL
    if outcome.motion is Motion.RUNAWAY and outcome.ascent:
        return _RISING
    if outcome.motion in (Motion.GROWING, Motion.RUNAWAY, Motion.FLUNG):
        return _MOVING[outcome.motion]
    near = _ROUND if outcome.motion is Motion.CYCLING else _NEAR
    return near.get(outcome.ground, _MOVING[outcome.motion])


def _groups(counts: Mapping[str, int | np.integer[Any]]) -> tuple[Group, ...]:
    return tuple(Group(words, int(counts[words])) for words in _ORDER if counts.get(words))
