"""A race that was stopped: said so, and asked for again when a person wants it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.race_results import Fruitless, RaceResult
from gdsim.desktop.compute.races import Races
from gdsim.desktop.compute.worker import Worker
from gdsim.simulation.endings.outcome_kinds import Kind
from gdsim.simulation.experiment import Experiment


@dataclass(frozen=True)
class Stopped:
    """Steps that a stopped race has made, None if there is nothing of it, and those that it was to make."""

    step: int | None
    of: int


def stopped_at(result: RaceResult) -> Stopped | None:
    """Return where a race was stopped; None if it ran to its end."""
    race = result.trajectories
    if not (race.kinds == Kind.CANCELLED).any():
        return None
    return Stopped(race.steps, result.experiment.steps)


class StoppedRace(QObject):
    """Knows whether the race that is wanted was stopped.

    Parameters
    ----------
    now
        Gives the experiment that is wanted.
    """

    #: A race was stopped, or one that was is asked for again or overtaken.
    changed = Signal()

    def __init__(self, races: Races, worker: Worker, now: Callable[[], Experiment], parent: QObject) -> None:
        super().__init__(parent)
        self._races, self._now = races, now
        self.stopped: Stopped | None = None
        races.asked.connect(self._forget)
        races.came.connect(self._take)
        worker.fruitless.connect(self._give_up)

    @property
    def is_nothing(self) -> bool:
        """Return whether there is nothing of the race that is wanted, because it was stopped."""
        return self.stopped is not None and self.stopped.step is None

    def run_again(self) -> None:
        """Have the race that was stopped run again, from its start."""
        if self.stopped is not None:
            self._races.ask(self._now())

    def sentence(self, command: str, keys: str) -> str:
        """Say how far it came and how to go on, by a command or by keys if there are any; "" if nothing was stopped."""
        stopped = self.stopped
        if stopped is None:
            return ""
        if stopped.step is None:
            told = self.tr("Stopped before the first step. Run > {command} computes it.")
            if keys:
                told = self.tr("Stopped before the first step. Press {keys}, or Run > {command}, to compute it.")
        elif stopped.step < stopped.of:
            told = self.tr("Stopped at step {step} of {steps}. Run > {command} computes all of it.")
        else:
            told = self.tr("Stopped before every run was computed. Run > {command} computes all of it.")
        return told.format(command=command, keys=keys, step=stopped.step, steps=stopped.of)

    def _forget(self) -> None:
        self._set(None)

    def _take(self, result: RaceResult) -> None:
        self._set(stopped_at(result) if result.experiment == self._now() else None)

    def _give_up(self, fruitless: Fruitless) -> None:
        if fruitless.stopped and fruitless.experiment == self._now():
            self._set(Stopped(None, fruitless.experiment.steps))

    def _set(self, stopped: Stopped | None) -> None:
        if stopped != self.stopped:
            self.stopped = stopped
            self.changed.emit()
