"""The search itself: done by the worker, which tells how far it is; it can be stopped, and keeps what is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.work_pulse import WorkPulse
from gdsim.desktop.compute.worker import Worker
from gdsim.desktop.state.long_works import LongWork, LongWorks, time_left
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

    def __init__(self, worker: Worker, requests: Requests, works: LongWorks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._requests, self._works = worker, requests, works
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
        self._requests.forget(_CHANNEL)
        self._end()

    def _look(self) -> None:
        share = 0.0 if self._pulse is None else self._pulse.share
        left = time_left(share, time.perf_counter() - self._begun)
        self._works.tell(_CHANNEL, LongWork(share, left, self.stop))
        self.progressed.emit(share, left)

    def _take(self, tuning: Tuning | None, error: GdsimError | None) -> None:
        self._end()
        self.ended.emit(tuning, error)

    def _end(self) -> None:
        self._timer.stop()
        self._pulse = None
        self._works.tell(_CHANNEL, None)
