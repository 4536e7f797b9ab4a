"""Maps on request: worked out by the worker when no race waits, and dropped when they are overtaken."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gdsim.desktop.compute.request import as_error
from gdsim.desktop.compute.turns import SHORT, Turns
from gdsim.errors import GdsimError
from gdsim.objectives.interruption import InterruptedWorkError, interruptible
from gdsim.simulation.descend import Pulse

if TYPE_CHECKING:
    from gdsim.desktop.compute.worker import Worker


@dataclass(frozen=True, eq=False)
class MapJob:
    """A map to be worked out.

    Attributes
    ----------
    work
        Is given a pulse, and returns what there is by the time that says True.
    coarse
        Whether somebody waits for it: it is worked out in the midst of a long race, too.
    """

    work: Callable[[Pulse], Any]
    coarse: bool = True


@dataclass(frozen=True, eq=False)
class MapResult:
    """A map, or what is wrong.

    Attributes
    ----------
    stopped
        Whether a person stopped it before its end.
    seconds
        How long it took, of a processor: other programs take nothing away from it.
    """

    job: MapJob
    value: Any = None
    error: GdsimError | None = None
    stopped: bool = False
    seconds: float = 0.0


class MapPulse:
    """Lets the GUI and small requests have their turn now and then, and says whether to stop."""

    def __init__(self, worker: Worker, job: MapJob) -> None:
        self._worker, self._job = worker, job
        self.superseded = False
        self._share = 0.0
        self.started, self._turns = time.perf_counter(), Turns()

    def __call__(self, share: float) -> bool:
        """Take note of how much is done; whether to stop."""
        self._share = share
        if self._turns.is_due or self._worker.asked_aside:
            self._worker.map_progressed.emit(share)
            self._worker.serve_aside()
            self._turns.give()
        return self._is_superseded() or self._worker.stopped

    def again(self) -> bool:
        """Return whether nobody wants the map any more, which may be asked in the middle of a step."""
        self(self._share)
        return self.superseded or self._worker.stopping

    def _is_superseded(self) -> bool:
        # a coarse map that is short is finished even if it is overtaken
        is_long = not self._job.coarse or time.perf_counter() - self.started > SHORT
        self.superseded = self.superseded or (is_long and self._worker.overtakes_map)
        return self.superseded


def work_map_out(worker: Worker, job: MapJob) -> MapResult | None:
    """Work a map out; None if it was overtaken."""
    pulse, began = MapPulse(worker, job), time.thread_time()
    value, error = None, None
    try:
        with interruptible(pulse.again):
            value = job.work(pulse)
    except InterruptedWorkError:
        return None
    except GdsimError as wrong:
        error = wrong
    except Exception as wrong:
        error = as_error(wrong)
    if pulse.superseded or worker.stopping:
        return None
    return MapResult(job, value, error, worker.stopped, time.thread_time() - began)
