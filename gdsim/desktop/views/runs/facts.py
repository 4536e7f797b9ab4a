"""Numbers of a step for the table of runs, worked out where nobody waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.request_queue import MOST_WORK, RequestQueue, work_of
from gdsim.desktop.compute.requests import Requests
from gdsim.errors import GdsimError
from gdsim.objectives.base import Array
from gdsim.simulation.trajectories import Trajectories

_CHANNEL = "run facts"
#: So many runs are summed up within a frame.
_MOST_RUNS = 20_000
#: To see which minimum a run is at takes so many values of f.
_LOOKS = 11


@dataclass(frozen=True, eq=False)
class RunFacts:
    """The numbers of a step.

    Attributes
    ----------
    step
        The step.
    of_runs
        By name, ``(optimizers, runs)`` of the runs that are listed: loss, gradient, distance and, of a model, train and
        held_out.
    of_all
        By name, ``(optimizers,)``: best and median over all runs.
    """

    step: int
    of_runs: dict[str, Array]
    of_all: dict[str, Array]


class Facts(QObject):
    """Has the numbers of a race ready: at once where that takes no time, else those of the step that was last done."""

    #: There are newer ones.
    came = Signal()

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = RequestQueue(requests, _CHANNEL)
        self._race: Trajectories | None = None
        self._known: RunFacts | None = None
        self._asked: tuple[int, int] | None = None

    def at(self, race: Trajectories, step: int, listed: int) -> RunFacts:
        """The numbers of the first runs at a step or, until they are there, of one before."""
        if race is not self._race:
            self._race, self._known, self._asked = race, None, None
            self._turns.forget()
        if is_light(race, listed):
            return facts_of(race, step, listed)
        if self._asked != (step, listed):
            self._asked = step, listed
            self._turns.ask(partial(facts_of, race, step, listed), partial(self._take, race))
        known = self._known
        if known is None or known.of_runs["loss"].shape[1] < listed:
            return RunFacts(step, {"loss": race.losses[step, :, :listed]}, {})
        return known

    def stop(self) -> None:
        """Ask for nothing more."""
        self._turns.forget()

    def _take(self, race: Trajectories, facts: RunFacts | None, _: GdsimError | None) -> None:
        if race is self._race and facts is not None:
            self._known = facts
            self.came.emit()


def is_light(race: Trajectories, listed: int) -> bool:
    """Tell whether the numbers of so many runs take no longer than a moment, and which minimum all of them are at."""
    work = work_of(race.objective) * len(race.rules) * listed
    return work <= MOST_WORK and has_light_ends(race)


def has_light_ends(race: Trajectories) -> bool:
    """Tell whether it takes no longer than a moment to see what the runs reached; or it is known."""
    if "reached" in race.__dict__ and race.kinds.size <= _MOST_RUNS:
        return True
    known = race.runs > 1 and (race.objective.maxima if race.ascent else race.objective.minima)
    looks = race.kinds.size * (_LOOKS * race.objective.effort if known else 1)
    return race.kinds.size <= _MOST_RUNS and looks <= 10 * MOST_WORK


def facts_of(race: Trajectories, step: int, listed: int) -> RunFacts:
    """Work out the numbers of the first runs at a step."""
    of_runs = {
        "loss": race.losses[step, :, :listed],
        "gradient": race.gradient_norms(step, listed),
        "distance": race.distances(step, listed),
        **_scores(race, step, listed),
    }
    return RunFacts(step, of_runs, _of_all(race, step) if race.runs > 1 else {})


def _of_all(race: Trajectories, step: int) -> dict[str, Array]:
    """Best and median over all runs of each optimizer; lost runs count as infinitely bad."""
    losses = race.losses[step].copy()
    losses[race.reached.lost & (race.ended <= step)] = -np.inf if race.ascent else np.inf
    best = np.max if race.ascent else np.min
    return {"best": best(losses, axis=1), "median": _medians(losses)}


def _medians(losses: Array) -> Array:
    """Return the median over the last axis; numpy's own imports masked arrays, for which the first race would wait."""
    ordered = np.sort(losses, axis=-1)  # nan comes last
    count = losses.shape[-1]
    low, high = ordered[..., (count - 1) // 2], ordered[..., count // 2]
    with np.errstate(all="ignore"):
        middle: Array = np.where(low == high, low, (low + high) / 2)
    return np.where(np.isnan(ordered[..., -1]), np.nan, middle)


def _scores(race: Trajectories, step: int, listed: int) -> dict[str, Any]:
    """Scores of the first runs of a model, by part of the examples."""
    if not hasattr(race.objective, "is_classes"):
        return {}
    from gdsim.simulation.sampling.fits import score

    theta = race.positions[step, :, :, :listed].swapaxes(0, 1)
    return {part: score(race.objective, theta, part) for part in ("train", "held_out")}  # type: ignore[arg-type]
