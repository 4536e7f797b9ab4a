"""Results of a race: its course, that there is none, and advice on it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gdsim.simulation.descend import Pulse
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice


@dataclass(frozen=True, eq=False)
class RaceResult:
    """A finished race, and how many seconds of a processor it took."""

    experiment: Experiment
    trajectories: Trajectories
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Fruitless:
    """A race that came to nothing: it failed, or it was stopped before there was anything to show of it."""

    experiment: Experiment
    stopped: bool


@dataclass(frozen=True, eq=False)
class AdviceResult:
    """Advice for the optimizers that need it, by their place in the race."""

    experiment: Experiment
    advice: dict[int, Advice]


@dataclass(frozen=True, eq=False)
class Trying:
    """For which optimizers, by their place in the race, advice is being worked out; none once that is given up."""

    experiment: Experiment
    places: frozenset[int] = frozenset()


def raced(experiment: Experiment, pulse: Pulse) -> RaceResult:
    """Run a race; what is cut short has the experiment it was to be of."""
    # the window asks for more than a race does, once the race is there
    experiment.objective.prepare()
    began = time.thread_time()
    trajectories = experiment.run(pulse)
    return RaceResult(experiment, trajectories, time.thread_time() - began)
