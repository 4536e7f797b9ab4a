"""A thread that others ask for work: of each kind only the latest waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread

from gdsim.desktop.compute.map_jobs import MapJob
from gdsim.desktop.compute.race_results import RaceResult
from gdsim.desktop.compute.request import Request
from gdsim.objectives import Objective
from gdsim.objectives.workspace import clear_workspace
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.landscape import View

#: While what the hand did is being worked into a request, a race rests: so long at most, in seconds.
_HAND = 0.03
#: Advice waits until nothing has been asked for this long, in seconds.
_QUIET = 0.15
#: Without anything to do for so long, in seconds, it rests.
_RESTING = 0.5

#: A surface that is asked for: of what, where, and whether a coarse one will do.
SurfaceJob = tuple[Objective, View, bool]


@dataclass(frozen=True, eq=False)
class Turn:
    """Work that is begun together, and whether anybody asked for it: advice comes by itself."""

    race: Experiment | None
    surface: SurfaceJob | None
    advice: RaceResult | None
    asked: bool


class AskedThread(QThread):
    """Keeps what it is asked for until it is taken; a newer one of its kind takes the place of one that waits.

    What begins with `_take` or `_put` is for its own `run`, all else for other threads.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._race: Experiment | None = None
        self._surface: SurfaceJob | None = None
        #: One that was begun, and takes longer than the race it is left for.
        self._put_off: SurfaceJob | None = None
        self._requests: dict[str, Request] = {}
        self._map: MapJob | None = None
        #: Whether another map has been asked for since one was begun.
        self._map_changed = False
        self._advice: RaceResult | None = None
        self._quiet_from = 0.0
        self._stopping = self._cancelled = False
        self._expected = self._painted = 0.0

    def expect(self) -> None:
        """Leave the interpreter to those who get a race ready, which will be asked for in a moment."""
        self._expected = time.perf_counter() + _HAND

    def let_paint(self) -> None:
        """Leave the interpreter alone until more is asked for: something is being painted that somebody waits for."""
        self._painted = time.perf_counter() + _HAND

    def race(self, experiment: Experiment) -> None:
        """Ask for a race; one that is under way is finished if it is short, else given up."""
        with self._wake:
            self._race = experiment
            self._expected = 0.0
            self._wake.notify()

    def consider(self, result: RaceResult) -> None:
        """Work out advice on a race that was run elsewhere, once nothing has been asked for a while."""
        with self._wake:
            waiting, self._advice = self._advice, result
            self._quiet_from = time.perf_counter()
            if waiting is None:  # else it looks again by itself
                self._wake.notify()

    def sample(self, objective: Objective, view: View, coarse: bool = False) -> None:
        """Ask for a surface, maybe a coarse one; one that is waiting is forgotten."""
        with self._wake:
            self._surface, self._put_off = (objective, view, coarse), None
            self._wake.notify()

    def send(self, request: Request) -> None:
        """Ask for something small: it is done before the next race, or between two chunks of a long one."""
        with self._wake:
            self._requests[request.channel] = request
            self._wake.notify()

    def draw_map(self, job: MapJob | None) -> None:
        """Ask for a map, in place of the one asked for before; None for no more."""
        with self._wake:
            self._map = job
            self._map_changed = True
            self._wake.notify()

    def cancel(self) -> None:
        """End the race that is under way where it is, and show what there is of it."""
        self._cancelled = True

    def stop(self, patience: int | None = None) -> None:
        """End the thread, within some 20 ms, and wait for it; no longer than `patience`, in milliseconds."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self.wait() if patience is None else self.wait(patience)

    @property
    def waiting(self) -> tuple[Request, ...]:
        """The requests that are not yet begun, or were held up."""
        # others may ask for more meanwhile
        return tuple(self._requests.values()) if self._requests else ()

    @property
    def stopping(self) -> bool:
        """Return whether the thread is to end."""
        return self._stopping

    @property
    def stopped(self) -> bool:
        """Return whether a person wants what is under way to end."""
        return self._stopping or self._cancelled

    @property
    def asked(self) -> bool:
        """Return whether a newer race is waiting."""
        return self._race is not None

    @property
    def asked_again(self) -> bool:
        """Return whether advice that is being worked out is on a race that another has overtaken."""
        return self.asked or self._advice is not None

    @property
    def overtakes_map(self) -> bool:
        """Return whether another map, or none, or a race is wanted instead of the map that is worked on."""
        return self._map_changed or self.asked

    @property
    def _rests_until(self) -> float:
        """The time until which the interpreter is left to others."""
        return max(self._expected, self._painted)

    def _take_turn(self) -> Turn:
        """Wait for something to do, and take it; requests and maps are taken one by one."""
        with self._wake:
            if self._race is None:
                self._surface, self._put_off = self._surface or self._put_off, None
            self._wait()
            race, self._race = self._race, None
            surface, self._surface = self._surface, None
            asked = bool(race or surface or self._requests)
            advice = self._advice if not asked and self._until_quiet <= 0 else None
            self._advice = None if race or advice else self._advice
            self._cancelled = False
        return Turn(race, surface, advice, asked)

    def _wait(self) -> None:
        """Wait for something to do; after a while without, give up the memory that was worked in."""
        if self._is_needed:
            return
        if self._advice:
            self._wake.wait(self._until_quiet)
        elif not self._wake.wait(_RESTING):
            clear_workspace()
            if not (self._is_needed or self._advice):  # somebody may have asked just as the time was over
                self._wake.wait()

    @property
    def _is_needed(self) -> bool:
        return bool(self._race or self._surface or self._requests or self._map or self._stopping)

    @property
    def _until_quiet(self) -> float:
        """Seconds until nothing has been asked for a while."""
        return max(0.0, self._quiet_from + _QUIET - time.perf_counter())

    def _take_surface(self) -> SurfaceJob | None:
        with self._wake:
            surface, self._surface = self._surface, None
        return surface

    def _put_surface_off(self, surface: SurfaceJob) -> None:
        """Keep a surface for when no race waits, unless another is wanted."""
        with self._wake:
            if self._surface is None:
                self._put_off = surface

    def _take_request(self, may_begin: Callable[[Request], bool]) -> Request | None:
        with self._wake:
            channel = next((request.channel for request in self.waiting if may_begin(request)), None)
            return None if channel is None else self._requests.pop(channel)

    def _put_back(self, request: Request) -> None:
        with self._wake:
            self._requests.setdefault(request.channel, request)

    def _take_map(self) -> MapJob | None:
        with self._wake:
            job, self._map, self._map_changed = self._map, None, False
        return job

    def _put_map_back(self, job: MapJob | None) -> None:
        with self._wake:
            if not self._map_changed:
                self._map = job
