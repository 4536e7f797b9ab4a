"""Pulse of a race, and of advice on one: others have their turn, and what is overtaken ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gdsim.desktop.compute.turns import SHORT, Turns

if TYPE_CHECKING:
    from gdsim.desktop.compute.worker import Worker

#: A race after one that was given up has longer than a short one, and rests for nobody: else a hand that is never still
#: would see none. So has a surface that a race waits for. In seconds.
PATIENT = 0.3


class RacePulse:
    """Lets the GUI have its turn now and then, and says whether to stop.

    Parameters
    ----------
    silent
        Of advice: nobody is told how far it is, and any newer race ends it.
    patient
        Of a race after one that was given up.

    Attributes
    ----------
    superseded
        Whether a newer one is wanted in its place.
    started
        The time at which it began.
    """

    def __init__(self, worker: Worker, silent: bool = False, patient: bool = False) -> None:
        self._worker = worker
        self._silent, self.patient = silent, patient
        self.superseded = False
        self._share = 0.0
        self.started, self._turns = time.perf_counter(), Turns()

    def __call__(self, share: float) -> bool:
        """Take note of how much is done; whether to stop."""
        self._share = share
        if not self.patient:
            self._worker.rest()
        now = time.perf_counter()
        if self._turns.is_due or self._worker.asked_aside:
            if not self._silent:
                self._worker.progressed.emit(share)
            self._worker.serve_aside()
            self._turns.give()
        # while something is dragged every short race is shown: else paths would wait for the mouse to rest
        allowed = PATIENT if self.patient else SHORT
        if self._worker.asked_again if self._silent else self._worker.asked and now - self.started > allowed:
            self.superseded = True
        return self.superseded or self._worker.stopped

    def again(self) -> bool:
        """Return the same in the middle of a step, which may take long."""
        return self(self._share)
