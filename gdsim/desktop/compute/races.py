"""Races on request: run by the worker or, while a hand drags something, on the spot."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.race_results import Fruitless, RaceResult, raced
from gdsim.desktop.compute.worker import Worker
from gdsim.objectives.surfaces.high_dimensional import DIMENSION
from gdsim.simulation.experiment import Experiment

#: A race like one that took no longer is run on the spot, in seconds of a processor; one that takes so much longer is
#: left to the worker.
_SHORT, _PATIENCE = 0.010, 2.0


class Races(QObject):
    """Asks for races, and tells of them.

    While a hand waits for it a race of little work is run on the spot: two threads that hand it to each other, and have
    only one interpreter, take longer, and the window would be painted twice, once for the hand and once for the race.

    Parameters
    ----------
    is_held
        Tells whether a hand drags something.
    """

    #: A race with its experiment.
    came = Signal(object)
    #: One is left to the worker.
    asked = Signal()

    def __init__(self, worker: Worker, is_held: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._is_held = worker, is_held
        self._last: RaceResult | None = None
        self._on_the_spot = False
        #: What the worker has been asked for and has not answered.
        self._awaited: Experiment | None = None
        worker.raced.connect(self._take)
        worker.fruitless.connect(self._forget)

    @property
    def waits(self) -> bool:
        """Return whether a race is on its way."""
        return self._awaited is not None

    def ask(self, experiment: Experiment) -> None:
        """Have a race run."""
        result = self._run(experiment) if self._is_held() and self._is_short(experiment) else None
        self._on_the_spot = result is not None
        if result is None:
            self._awaited = experiment
            self._worker.race(experiment)
            self.asked.emit()
        else:
            self._last, self._awaited = result, None
            self._worker.consider(result)
            self.came.emit(result)

    def _is_short(self, experiment: Experiment) -> bool:
        """Return whether it is like the last one, which was."""
        last = self._last
        return last is not None and last.seconds <= _SHORT and _shape(last.experiment) == _shape(experiment)

    def _run(self, experiment: Experiment) -> RaceResult | None:
        """The race, or None if it takes too long."""
        until = time.perf_counter() + _PATIENCE * _SHORT
        gave_up = False

        def pulse(share: float) -> bool:
            nonlocal gave_up
            del share
            gave_up = gave_up or time.perf_counter() > until
            return gave_up

        try:
            result = raced(experiment, pulse)
        except Exception:
            return None  # the worker meets with the same, and tells of it
        if gave_up and self._last is not None:
            self._last = replace(self._last, seconds=_PATIENCE * _SHORT)
        return None if gave_up else result

    def _take(self, result: RaceResult) -> None:
        if not self._on_the_spot:  # else it was asked for before the one that is shown
            self._last = result
            if result.experiment is self._awaited:
                self._awaited = None
            self.came.emit(result)

    def _forget(self, fruitless: Fruitless) -> None:
        if fruitless.experiment is self._awaited:
            self._awaited = None


def same_racers(one: Experiment, other: Experiment) -> bool:
    """Tell whether two experiments are the same optimizers on the same function."""
    same = surface_of(one) == surface_of(other)
    return same and [e.id for e in one.racing] == [e.id for e in other.racing]


def surface_of(experiment: Experiment) -> tuple[object, object]:
    """Return what says which surface an experiment is about."""
    return experiment.function, experiment.options.get(DIMENSION)


def _shape(experiment: Experiment) -> tuple[object, ...]:
    """Return what says how long a race takes."""
    entries = tuple([entry.id for entry in experiment.racing])
    return id(experiment.objective), experiment.steps, experiment.restarts, experiment.batch, entries
