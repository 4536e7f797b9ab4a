"""Long work among the small: how far it is, that it makes room for all else, and that it can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdsim.desktop.compute.turns import Turns
from gdsim.objectives.interruption import give_up_if_unwanted

if TYPE_CHECKING:
    from gdsim.desktop.compute.worker import Worker


class WorkPulse:
    """Pulse of long work that the worker does on request; nothing of the window, which may end meanwhile.

    Attributes
    ----------
    share
        How much is done, from 0 to 1.
    stopped
        Whether nobody wants the rest: set by whoever asked.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.share, self.stopped = 0.0, False
        self._turns = Turns()

    def __call__(self, share: float) -> bool:
        """Take note of how much is done, and let others have their turn; whether to stop."""
        self.share = share
        if not self.stopped and self._turns.is_due:
            give_up_if_unwanted()
            if self._worker.asked_aside:
                self._worker.serve_aside()
            self._turns.give()
        return self.stopped
