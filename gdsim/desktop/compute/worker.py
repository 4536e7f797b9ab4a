"""The thread that computes: the latest request wins, and what is stale is dropped."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.asked_thread import AskedThread, SurfaceJob
from gdsim.desktop.compute.map_jobs import work_map_out
from gdsim.desktop.compute.race_pulse import PATIENT, RacePulse
from gdsim.desktop.compute.race_results import Fruitless, RaceResult, raced
from gdsim.desktop.compute.request import Request, done
from gdsim.desktop.compute.turns import SHORT
from gdsim.errors import GdsimError
from gdsim.objectives.interruption import InterruptedWorkError, interruptible
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.landscape import survey

#: A coarse surface is one that somebody waits for: the interpreter is left alone for so long while it is painted, but
#: no more often than that, or a race would get nowhere. In seconds.
_PAINTED, _ONCE_IN = 0.010, 0.030
#: A race that rests looks so often whether something is asked for, in seconds.
_BLINK = 0.0005


class Worker(AskedThread):
    """Runs races, samples surfaces, draws maps and does requests, one at a time.

    Connect its signals to methods of QObjects only: a plain function would run in this thread.
    """

    raced = Signal(object)
    sampled = Signal(object)
    advised = Signal(object)
    trying = Signal(object)
    failed = Signal(str)
    progressed = Signal(float)
    #: A race of which there is nothing to show.
    fruitless = Signal(object)
    returned = Signal(object)
    #: A map, and how much is done of one.
    mapped = Signal(object)
    map_progressed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Whether a race, a map or a long request is under way.
        self._racing = self._mapping = self._at_long = False
        self._gave_up = False
        self._left_alone = 0.0

    def run(self) -> None:
        """Serve requests until stopped."""
        with interruptible(lambda: self._stopping):
            while not self._stopping:
                self._guard(self._serve)

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except InterruptedWorkError:
            pass  # who gave it up knows
        except GdsimError as error:
            self.failed.emit(str(error))
        except Exception as error:
            # a defect must not end the thread: the window goes on with what it has
            self.failed.emit(f"{type(error).__name__}: {error}")

    def _serve(self) -> None:
        turn = self._take_turn()
        self._racing = turn.race is not None
        self._serve_requests()
        if turn.surface:
            self._sample(turn.surface, before_race=self._racing)
        if turn.race:
            self._race_on(turn.race)
        elif self._map is not None:
            self._draw_map()
            self._advice = self._advice or turn.advice
        elif turn.advice and not self._stopping:
            self._advise(turn.advice)
        if turn.asked:
            self._quiet_from = time.perf_counter()

    def _race_on(self, race: Experiment) -> None:
        self.rest()
        pulse, result = RacePulse(self, patient=self._gave_up), None
        try:
            with interruptible(pulse.again):
                result = raced(race, pulse)
        finally:
            self._gave_up = pulse.superseded
            # cut short for a newer request it is worth nothing; cut short by a person it is shown
            if result is not None and not self._stopping and not pulse.superseded:
                self._advice = result
                self.raced.emit(result)
            elif result is None and not self._stopping and not pulse.superseded:
                self.fruitless.emit(Fruitless(race, self._cancelled))

    def _advise(self, result: RaceResult) -> None:
        from gdsim.desktop.compute.advice_work import advise_on

        pulse = RacePulse(self, silent=True)
        with interruptible(pulse.again):
            advise_on(result, self, pulse)

    def _sample(self, surface: SurfaceJob, before_race: bool = False) -> None:
        def worked() -> None:
            try:
                self.sampled.emit(survey(*surface))
            except InterruptedWorkError:
                self._put_surface_off(surface)  # for a race that waits, or is stopped, it waits
                raise

        coarse, patient_until = surface[2], time.perf_counter() + PATIENT

        def left() -> bool:
            for_race = not coarse and (self.asked or before_race) and time.perf_counter() > patient_until
            return for_race or self._surface is not None or any(request.urgent for request in self.waiting)

        # a surface that fails must not take the race with it
        with interruptible(self._unless(left)):
            self._guard(worked)
        now = time.perf_counter()
        if coarse and now - self._left_alone > _ONCE_IN:
            self._left_alone = now
            time.sleep(_PAINTED)

    def serve_aside(self) -> None:
        """Do what was asked for meanwhile: a long race does not hold up zooming or typing."""
        self._serve_requests()
        if surface := self._take_surface():
            self._sample(surface)
        if self._asked_map_aside:
            self._draw_map()

    def _draw_map(self) -> None:
        self._mapping = True
        job = self._take_map()
        try:
            result = None if job is None or self._stopping else work_map_out(self, job)
        finally:
            self._mapping = False
        if result is not None:
            self.mapped.emit(result)
        else:
            self._put_map_back(job)  # for a race that waits, or is stopped, it waits

    @property
    def _asked_map_aside(self) -> bool:
        """Return whether a map is to be drawn in the midst of other work: in that of a race only a coarse one."""
        job = self._map
        return job is not None and not self._mapping and (job.coarse or not self._racing) and not self.stopped

    def _serve_requests(self) -> None:
        while not self._is_held_up and (request := self._take_request(self._may_begin)):
            with interruptible(self._unless(partial(self._is_overtaken, request))):
                self._guard(partial(self._do, request))

    def _may_begin(self, request: Request) -> bool:
        """Return whether a request is to be done now."""
        for_race = request.background and (self._racing or self.asked)
        return not for_race and not (request.long and (self._mapping or self._at_long))

    def _do(self, request: Request) -> None:
        before = self._at_long
        try:
            self._at_long = before or request.long
            self.returned.emit(done(request))
        except InterruptedWorkError:
            # for a race that waits, or is stopped, it waits; what gives itself up is done with
            if self._is_held_up or self._is_overtaken(request):
                self._put_back(request)
            raise
        finally:
            self._at_long = before

    def _is_overtaken(self, request: Request) -> bool:
        return request.channel in self._requests or (request.background and self.asked)

    def _unless(self, newer: Callable[[], bool]) -> Callable[[], bool]:
        """Return a test whether to give up what begins now: a newer one waits and it is long, or it is to end."""
        started = time.perf_counter()
        return lambda: self._is_held_up or (newer() and time.perf_counter() - started > SHORT)

    @property
    def _is_held_up(self) -> bool:
        """Return whether the end, or the end of a race, waits for what is done aside."""
        return self._stopping or (self._racing and self._cancelled)

    def rest(self) -> None:
        """Wait for what is expected or painted, but not for long."""
        while time.perf_counter() < self._rests_until and not (self.asked_aside or self.stopped):
            time.sleep(_BLINK)

    @property
    def asked_aside(self) -> bool:
        """Return whether a surface or a request is waiting, which a race makes room for at once."""
        small = self._surface is not None or any(self._may_begin(request) for request in self.waiting)
        return small or self._asked_map_aside
