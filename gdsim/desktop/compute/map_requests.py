"""Setting maps on request: coarse ones first, some rows at a time, when no race waits."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.compute.setting_work import SIZES, AskedMap, DoneMap, finished, rows_of
from gdsim.errors import GdsimError

if TYPE_CHECKING:
    from gdsim.simulation.maps.settings import SettingMap

_CHANNEL = "setting map"
#: So long the rows take that are worked out at once, about, in seconds of a processor: a race, or whoever types, waits
#: for them, but of few runs at a time each step would take as long as of many.
_TURN = 0.15
#: So many runs are begun with, of a formula.
_FIRST = 1024
#: Fewer rows are never worked out at once: of rows that are all alike in a value the code for it is made anew.
_LEAST = 3
#: Fewer cells of a formula take as long as so many.
_FEW = 256
#: What has begun is finished for whoever moves on, if it takes no longer than this, in seconds.
_SOON = 1.0
#: A coarse map that took no longer than this, in seconds, is followed by the finest.
_QUICK = 0.01


@dataclass(eq=False)
class _Job:
    """A map that is being worked out."""

    asked: AskedMap
    size: int
    parts: list[SettingMap] = field(default_factory=list)
    #: Rows that take about a turn.
    rows: int = 1
    spent: float = 0.0
    dropped: bool = False

    @property
    def done(self) -> int:
        return sum(part.shape[0] for part in self.parts)


class SettingMaps(QObject):
    """Has the worker draw the map that is wanted, finer and finer, and keeps what there is of it.

    While the wanted map changes with every move of a hand a coarse one that is under way is finished, or none would
    ever be seen; a finer one is dropped at once.

    Attributes
    ----------
    done
        The last whole map; None before the first.
    error
        What is wrong with the wanted one.
    stopped
        Whether a person stopped it.
    """

    #: There is more of a map, or another, or none is worked on any more.
    changed = Signal()

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._asked: AskedMap | None = None
        self._job: _Job | None = None
        #: What there is of a finer map that was stopped.
        self._kept: tuple[SettingMap, ...] = ()
        self._spent = 0.0
        self.done: DoneMap | None = None
        self.error: GdsimError | None = None
        self.stopped = False

    @property
    def parts(self) -> tuple[SettingMap, ...]:
        """The rows there are of a finer map than `done`, from the lowest up."""
        job = self._job
        if job is None or self.done is None or job.asked is not self.done.asked:
            return self._kept
        return tuple(job.parts)

    @property
    def busy(self) -> bool:
        """Return whether a map is on its way."""
        return self._job is not None

    @property
    def share(self) -> float:
        """Tell how much of the map that is worked on is done."""
        return 0.0 if self._job is None else self._job.done / self._job.size

    @property
    def remaining(self) -> float:
        """The time that it will still take, about, in seconds."""
        job = self._job
        if job is None:
            return 0.0
        if not job.done:
            return self._spent * 4
        return job.spent * (job.size - job.done) / job.done

    def want(self, asked: AskedMap) -> None:
        """Have a map drawn; nothing is done for one that is drawn already, or on its way."""
        if asked == self._asked:
            return
        self._asked, self.stopped, self.error = asked, False, None
        job, done = self._job, self.done
        if done is not None and _differs_in_measure(asked, done):
            self._drop()
            self._finish(_Job(asked, done.size, [done.map]))
        elif job is None or job.size != SIZES[0] or self.remaining > _SOON:
            self._drop()
            self._begin(asked, SIZES[0])
        self.changed.emit()

    def stop(self) -> None:
        """Work no more on it, and keep what there is."""
        if self._job is not None:
            self._kept = self.parts
            self._drop()
            self.stopped = True
            self.changed.emit()

    def go_on(self) -> None:
        """Draw what was stopped after all."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self.want(asked)

    def forget(self) -> None:
        """Nobody looks: what is under way is dropped, and begun anew when it is wanted again."""
        if self._job is not None:
            self._drop()
            self._asked = None

    def _drop(self) -> None:
        if self._job is not None:
            self._job.dropped = True
            self._job = None
            self._requests.forget(_CHANNEL)

    def _begin(self, asked: AskedMap, size: int) -> None:
        rows = _FIRST // (size * asked.runs * asked.course.objective.effort)
        job = _Job(asked, size, rows=rows)
        if size > SIZES[0] and self._spent:
            job.rows = round(_TURN / self._spent * SIZES[0] ** 2 / size)
        self._go_on_with(job)

    def _go_on_with(self, job: _Job) -> None:
        self._job = job
        left = job.size - job.done
        count = max(job.rows, _LEAST, 0 if job.asked.course.objective.effort > 1 else _FEW // job.size)
        count = left if left - count < _LEAST else count
        work = partial(_timed_rows, job, job.done, count)
        self._requests.send(_CHANNEL, work, partial(self._take_rows, job), background=True)

    def _take_rows(self, job: _Job, found: tuple[SettingMap, float] | None, error: GdsimError | None) -> None:
        if found is None:
            self._fail(error)
            return
        part, seconds = found
        job.parts.append(part)
        job.spent += seconds
        job.rows = min(4 * part.shape[0], round(_TURN * part.shape[0] / max(seconds, 1e-6)))
        if job.done < job.size:
            self._go_on_with(job)
        else:
            if job.size == SIZES[0]:
                self._spent = job.spent
            self._finish(job)
        self.changed.emit()

    def _finish(self, job: _Job) -> None:
        self._job = job
        work = partial(finished, job.asked, list(job.parts), job.size, lambda: job.dropped)
        self._requests.send(_CHANNEL, work, partial(self._take_whole, job), background=True)

    def _take_whole(self, job: _Job, done: DoneMap | None, error: GdsimError | None) -> None:
        if done is None or self._asked is None:
            self._fail(error)
            return
        self.done, self._job, self._kept = done, None, ()
        if self._asked != done.asked:
            self._begin(self._asked, SIZES[0])
        elif done.size < SIZES[-1]:
            is_quick = done.size == SIZES[0] and job.spent < _QUICK
            finer = SIZES[-1] if is_quick else SIZES[SIZES.index(done.size) + 1]
            self._begin(done.asked, finer)
        self.changed.emit()

    def _fail(self, error: GdsimError | None) -> None:
        self._job, self.error = None, error
        self.changed.emit()


def _timed_rows(job: _Job, first: int, count: int) -> tuple[SettingMap, float]:
    began = time.thread_time()
    found = rows_of(job.asked, job.size, first, count, lambda: job.dropped)
    # other programs take nothing away from it
    return found, time.thread_time() - began


def _differs_in_measure(asked: AskedMap, done: DoneMap) -> bool:
    """Return whether all that is wanted of a map is in another already."""
    known = asked.measure != "rate" or done.map.is_rate_known
    return known and dataclasses.replace(asked, measure=done.asked.measure) == done.asked
