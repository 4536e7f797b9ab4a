"""The thread that computes: the latest request wins, and what is stale is dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QThread, Signal

from gdsim.desktop.compute.map_jobs import MapJob, work_map_out
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.objectives.interruption import InterruptedWorkError, interruptible
from gdsim.objectives.workspace import clear_workspace
from gdsim.simulation.descend import Pulse
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.landscape import View, survey
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.advice.advice import Advice

#: The GUI gets the interpreter for a moment after this much work, in seconds.
_SHARE = 0.008
#: A coarse surface is one that somebody waits for: the interpreter is left alone for so long while it is painted, but
#: no more often than that, or a race would get nowhere. In seconds.
_PAINTED, _ONCE_IN = 0.010, 0.030
#: While what the hand did is being worked into a request, a race rests: so long at most, in seconds, and looking so
#: often for the request.
_HAND, _BLINK = 0.03, 0.0005
#: What takes no longer is finished even if a newer one of its kind has been asked for, in seconds. A race after one
#: that was given up has longer, and rests for nobody: else a hand that is never still would see none. So has a surface
#: that a race waits for.
_SHORT, _PATIENT = 0.1, 0.3
#: Advice waits until nothing has been asked for this long, in seconds.
_QUIET = 0.15
#: Without anything to do for so long, in seconds, it rests.
_RESTING = 0.5


@dataclass(frozen=True, eq=False)
class RaceResult:
    """A finished race, and how many seconds of a processor it took."""

    experiment: Experiment
    trajectories: Trajectories
    seconds: float = 0.0


@dataclass(frozen=True, eq=False)
class Fruitless:
    """A race that came to nothing: it failed, or it was stopped before there was anything to show of it."""

    experiment: Experiment
    stopped: bool


@dataclass(frozen=True, eq=False)
class AdviceResult:
    """Advice for the optimizers that need it, by their place in the race."""

    experiment: Experiment
    advice: dict[int, Advice]


@dataclass(frozen=True, eq=False)
class Trying:
    """For which optimizers, by their place in the race, advice is being worked out; none once that is given up."""

    experiment: Experiment
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Request:
    """Something small to do; one that is waiting is forgotten for another of its channel.

    One that is done in the `background` is done when no race waits; for an `urgent` one a surface is left. One that is
    `long` lets others have their turn, and is not begun in the midst of another or of a map, which would wait for it.
    """

    channel: str
    work: Callable[[], Any]
    background: bool = False
    urgent: bool = False
    long: bool = False


@dataclass(frozen=True, eq=False)
class Returned:
    """Answer to a request, or what is wrong."""

    request: Request
    value: Any
    error: GdsimError | None


class Worker(QThread):
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
        self._wake = threading.Condition()
        self._race: Experiment | None = None
        self._surface: tuple[Objective, View, bool] | None = None
        #: One that was begun, and takes longer than the race it is left for.
        self._put_off: tuple[Objective, View, bool] | None = None
        self._requests: dict[str, Request] = {}
        self._map: MapJob | None = None
        #: Whether a map is worked on, and whether another has been asked for since.
        self._mapping = self._map_changed = False
        self._advice: RaceResult | None = None
        self._quiet_from = 0.0
        #: Whether a long request is under way.
        self._at_long = False
        self._stopping = False
        self._cancelled = False
        self._racing = False
        self._gave_up = False
        self._left_alone = 0.0
        self._expected = self._painted = 0.0

    def expect(self) -> None:
        """A race will be asked for in a moment: leave the interpreter to those who get it ready."""
        self._expected = time.perf_counter() + _HAND

    def let_paint(self) -> None:
        """Something is being painted that somebody waits for: leave the interpreter alone until more is asked for."""
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
        with self._wake:
            if self._race is None:
                self._surface, self._put_off = self._surface or self._put_off, None
            self._wait()
            race, self._race = self._race, None
            surface, self._surface = self._surface, None
            asked = bool(race or surface or self._requests)
            advice = self._advice if not asked and self._until_quiet <= 0 else None
            self._advice = None if race or advice else self._advice
            self._cancelled, self._racing = False, race is not None
        self._serve_errands()
        if surface:
            self._sample(surface, before_race=race is not None)
        if race:
            self._race_on(race)
        elif self._map is not None:
            self._draw_map()
            self._advice = self._advice or advice
        elif advice and not self._stopping:
            pulse = _Pulse(self, silent=True)
            with interruptible(pulse.again):
                self._advise(advice, pulse)
        if asked:
            self._quiet_from = time.perf_counter()

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

    def _race_on(self, race: Experiment) -> None:
        self.rest()
        pulse, result = _Pulse(self, patient=self._gave_up), None
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

    def _sample(self, surface: tuple[Objective, View, bool], before_race: bool = False) -> None:
        def worked() -> None:
            try:
                self.sampled.emit(survey(*surface))
            except InterruptedWorkError:
                with self._wake:  # for a race that waits, or is stopped, it waits
                    if self._surface is None:
                        self._put_off = surface
                raise

        coarse, patient_until = surface[2], time.perf_counter() + _PATIENT

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
        self._serve_errands()
        with self._wake:
            surface, self._surface = self._surface, None
        if surface:
            self._sample(surface)
        if self._asked_map_aside:
            self._draw_map()

    def _draw_map(self) -> None:
        with self._wake:
            job, self._map, self._map_changed = self._map, None, False
            self._mapping = True
        try:
            result = None if job is None or self._stopping else work_map_out(self, job)
        finally:
            self._mapping = False
        if result is not None:
            self.mapped.emit(result)
            return
        with self._wake:  # for a race that waits, or is stopped, it waits
            if not self._map_changed:
                self._map = job

    @property
    def _asked_map_aside(self) -> bool:
        """Return whether a map is to be drawn in the midst of other work: in that of a race only a coarse one."""
        job = self._map
        return job is not None and not self._mapping and (job.coarse or not self._racing) and not self.stopped

    @property
    def overtakes_map(self) -> bool:
        """Return whether another map, or none, or a race is wanted instead of the map that is worked on."""
        return self._map_changed or self.asked

    def _serve_errands(self) -> None:
        while not self._is_held_up:
            with self._wake:
                channel = next(self._channels_to_serve(), None)
                if channel is None:
                    return
                request = self._requests.pop(channel)
            with interruptible(self._unless(partial(self._is_overtaken, request))):
                self._guard(partial(self._do, request))

    def _channels_to_serve(self) -> Iterator[str]:
        """On which channels there is something to do now."""
        raced, deep = self._racing or self.asked, self._mapping or self._at_long
        waiting = (request for request in self.waiting if not (request.background and raced))
        return (request.channel for request in waiting if not (request.long and deep))

    @property
    def waiting(self) -> tuple[Request, ...]:
        """The requests that are not yet begun, or were held up."""
        # others may ask for more meanwhile
        return tuple(self._requests.values()) if self._requests else ()

    def _do(self, request: Request) -> None:
        before = self._at_long
        try:
            self._at_long = before or request.long
            self.returned.emit(_done(request))
        except InterruptedWorkError:
            # for a race that waits, or is stopped, it waits; what gives itself up is done with
            if self._is_held_up or self._is_overtaken(request):
                with self._wake:
                    self._requests.setdefault(request.channel, request)
            raise
        finally:
            self._at_long = before

    def _is_overtaken(self, request: Request) -> bool:
        return request.channel in self._requests or (request.background and self.asked)

    def _unless(self, newer: Callable[[], bool]) -> Callable[[], bool]:
        """Return a test whether to give up what begins now: a newer one waits and it is long, or it is to end."""
        started = time.perf_counter()
        return lambda: self._is_held_up or (newer() and time.perf_counter() - started > _SHORT)

    def _advise(self, result: RaceResult, pulse: _Pulse) -> None:
        from gdsim.simulation.advice.advising import advise, needs_advice

        race = result.trajectories
        found: dict[int, Advice] = {}
        faulty = {o for o in range(len(race.rules)) if needs_advice(result.experiment, race, o)}

        def begun(*more: int) -> None:
            faulty.update(more)
            self.trying.emit(Trying(result.experiment, frozenset(faulty)))

        if faulty:
            begun()
        try:
            for o in range(len(race.rules)):
                if pulse(0.0):
                    return
                advice = advise(result.experiment, o, race, pulse, partial(begun, o))
                if advice:
                    found[o] = advice
            if not (pulse.superseded or self.stopped):
                faulty.clear()
                self.advised.emit(AdviceResult(result.experiment, found))
        finally:
            if faulty:
                self.trying.emit(Trying(result.experiment))

    @property
    def _is_held_up(self) -> bool:
        """Return whether the end, or the end of a race, waits for what is done aside."""
        return self._stopping or (self._racing and self._cancelled)

    @property
    def stopping(self) -> bool:
        """Return whether the thread is to end."""
        return self._stopping

    @property
    def stopped(self) -> bool:
        """Return whether a person wants what is under way to end."""
        return self._stopping or self._cancelled

    def rest(self) -> None:
        """Wait for what is expected or painted, but not for long."""
        while time.perf_counter() < max(self._expected, self._painted) and not (self.asked_aside or self.stopped):
            time.sleep(_BLINK)

    @property
    def asked_aside(self) -> bool:
        """Return whether a surface or a request is waiting, which a race makes room for at once."""
        small = self._surface is not None or next(self._channels_to_serve(), None) is not None
        return small or self._asked_map_aside

    @property
    def asked(self) -> bool:
        """Return whether a newer race is waiting."""
        return self._race is not None

    @property
    def asked_again(self) -> bool:
        """Return whether advice that is being worked out is on a race that another has overtaken."""
        return self.asked or self._advice is not None

    @property
    def _until_quiet(self) -> float:
        """Seconds until nothing has been asked for a while."""
        return max(0.0, self._quiet_from + _QUIET - time.perf_counter())


def raced(experiment: Experiment, pulse: Pulse) -> RaceResult:
    """Run a race; what is cut short has the experiment it was to be of."""
    # the window asks for more than a race does, once the race is there
    experiment.objective.prepare()
    began = time.thread_time()
    trajectories = experiment.run(pulse)
    return RaceResult(experiment, trajectories, time.thread_time() - began)


def _done(request: Request) -> Returned:
    try:
        return Returned(request, request.work(), None)
    except InterruptedWorkError:
        raise
    except GdsimError as error:
        return Returned(request, None, error)
    except Exception as error:
        # a defect is told as what was asked for would be
        return Returned(request, None, GdsimError("{kind}: {reason}", kind=type(error).__name__, reason=str(error)))


class _Pulse:
    """Lets the GUI have its turn now and then, and says whether to stop."""

    def __init__(self, worker: Worker, silent: bool = False, patient: bool = False) -> None:
        self.worker = worker
        self.silent = silent
        self.patient = patient
        self.superseded = False
        self.share = 0.0
        self.started = self.turn = time.perf_counter()

    def __call__(self, share: float) -> bool:
        self.share = share
        if not self.patient:
            self.worker.rest()
        now = time.perf_counter()
        if now - self.turn > _SHARE or self.worker.asked_aside:
            if not self.silent:
                self.worker.progressed.emit(share)
            self.worker.serve_aside()
            # a loop in Python starves the GUI of the interpreter lock unless it lets go by itself
            time.sleep(0.001)
            self.turn = time.perf_counter()
        # while something is dragged every short race is shown: else paths would wait for the mouse to rest
        allowed = _PATIENT if self.patient else _SHORT
        if self.worker.asked_again if self.silent else self.worker.asked and now - self.started > allowed:
            self.superseded = True
        return self.superseded or self.worker.stopped

    def again(self) -> bool:
        """The same in the middle of a step, which may take long."""
        return self(self.share)
