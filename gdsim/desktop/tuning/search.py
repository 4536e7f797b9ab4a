"""The search itself: done by the worker, which tells how far it is; it can be stopped, and keeps what is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.work_pulse import WorkPulse
from gdsim.desktop.compute.worker import Worker
from gdsim.errors import GdsimError
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.simulation.maps.tuning import Tuning
    from gdsim.simulation.maps.tuning_rule import TuningRule

_CHANNEL = "tune"
#: So often it is looked how far it is, in milliseconds.
_LOOKED = 100


class TuningSearch(QObject):
    """Has a race tuned."""

    #: The share that is done, and the seconds that remain, below 0 as long as nobody knows.
    progressed = Signal(float, float)
    #: A `Tuning`, or None, and what is wrong.
    ended = Signal(object, object)

    def __init__(self, worker: Worker, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._requests = worker, requests
        self._pulse: WorkPulse | None = None
        self._begun = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKED)
        self._timer.timeout.connect(self._look)

    @property
    def is_running(self) -> bool:
        """Return whether it goes on."""
        return self._pulse is not None

    def start(self, experiment: Experiment, rule: TuningRule) -> None:
        """Begin."""
        from gdsim.simulation.maps.tuning import tuned

        pulse = self._pulse = WorkPulse(self._worker)
        self._begun = time.perf_counter()
        self._timer.start()
        self._requests.send(_CHANNEL, lambda: tuned(experiment, rule, pulse), self._take, background=True, long=True)

    def stop(self) -> None:
        """End it where it is: what was tried counts."""
        if self._pulse is not None:
            self._pulse.stopped = True

    def forget(self) -> None:
        """Nobody wants it any more."""
        self.stop()
        self._timer.stop()
        self._requests.forget(_CHANNEL)
        self._pulse = None

    def _look(self) -> None:
        share = 0.0 if self._pulse is None else self._pulse.share
        spent = time.perf_counter() - self._begun
        self.progressed.emit(share, spent * (1 - share) / share if share > 0 else -1.0)

    def _take(self, tuning: Tuning | None, error: GdsimError | None) -> None:
        self._timer.stop()
        self._pulse = None
        self.ended.emit(tuning, error)
