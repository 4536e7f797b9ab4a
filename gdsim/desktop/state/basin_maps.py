"""The basin maps of what is seen: asked for while anything is turned, coarse at first, and finer while nothing is."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.basin_work import Asked, Drawn, draw_basins
from gdsim.desktop.compute.map_jobs import MapJob, MapResult
from gdsim.desktop.compute.races import surface_of
from gdsim.desktop.look.basin_colours import COUNT
from gdsim.desktop.state.long_works import time_left
from gdsim.desktop.state.map_sizes import first_size, most_pixels, next_size, runs_of
from gdsim.desktop.state.seen_basins import Colours, SeenBasins, SeenMap, seen_together
from gdsim.desktop.state.wanted_maps import effort_of, wanted_maps, work_of_run
from gdsim.desktop.text.phrases import error_text
from gdsim.errors import GdsimError

if TYPE_CHECKING:
    from gdsim.desktop.session import Session
    from gdsim.objectives.base import Minimum

#: What takes no longer is not spoken of; a finer map waits until what is there has been painted. In milliseconds.
_NOTICED, _PAINTED = 300, 30


class BasinMaps(QObject):
    """State of the window, not of the experiment; the worker draws the maps, one at a time.

    Attributes
    ----------
    on
        Whether maps are seen.
    busy, share
        Whether maps have been worked on for a while, and how much is done of the one that is.
    """

    #: `on`, `busy` or `share` is another.
    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.on = self.busy = False
        self.share = 0.0
        self._begun = 0.0
        self._beside = self._halted = self._refused = False
        self._surface: object = None
        self._wanted: dict[str, Asked] = {}
        self._drawn: dict[str, Drawn] = {}
        #: Seconds that a run took for its work, and the maps that cannot be made finer, or not at all.
        self._rates: dict[str, float] = {}
        self._finest: dict[str, Asked] = {}
        self._colours: Colours = ()
        self._job: tuple[MapJob, str, Asked, int] | None = None
        self._noticed, self._later = self._timer(_NOTICED, self._notice), self._timer(_PAINTED, self._go_on)
        #: Maps are shown from a timer: painted among what was posted, after a move of the hand and its painting, they
        #: would keep other events waiting twice as long.
        self._came: MapResult | None = None
        self._taken = self._timer(0, self._take)
        session.worker.mapped.connect(self._note)
        session.worker.map_progressed.connect(self._progress)
        session.shown.connect(self._look)
        session.overlays.view_changed.connect(self._look)

    def _timer(self, interval: int, what: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(what)
        return timer

    @property
    def remaining(self) -> float:
        """Seconds that the map that is worked on still takes, about; below 0 as long as nobody knows."""
        return time_left(self.share, time.perf_counter() - self._begun)

    @property
    def seen(self) -> SeenMap | None:
        """The map of the chosen optimizer."""
        basins = self._session.scene.basins
        return None if basins is None else basins.seen

    def set_on(self, on: bool) -> None:
        """Show maps, or the landscape."""
        self.on, self._refused = on, False
        self._look()
        self._show()
        self.changed.emit()

    def set_side_by_side(self, on: bool) -> None:
        """Show a map an optimizer, or that of the chosen one."""
        self._beside = on
        self._look()

    def stop(self) -> None:
        """Ask for nothing more."""
        for timer in (self._noticed, self._later, self._taken):
            timer.stop()
        self.on, self._wanted, self._job = False, {}, None
        self._session.worker.draw_map(None)

    def _look(self) -> None:
        """Find out which maps are wanted now."""
        if self._session.is_over:
            return
        scene, view = self._session.scene, self._session.overlays.view
        wanted = wanted_maps(scene, view, self._beside) if self.on else {}
        if wanted == self._wanted and list(wanted) == list(self._wanted):
            return
        if not self._is_any_old:
            self._wait_anew()
        self._wanted, self._halted = wanted, False
        if surface_of(scene.experiment) != self._surface:
            self._surface, self._drawn, self._colours, self._rates = surface_of(scene.experiment), {}, (), {}
        self._drawn = {key: self._drawn[key] for key in wanted if key in self._drawn}
        self._show()
        self._later.stop()
        self._go_on()

    def _show(self) -> None:
        """Put the maps that there are into the scene."""
        if not self.on or (self._refused and not self._drawn):
            self._session.show(basins=None)
            return
        before = self._session.scene.basins
        maps: dict[str, SeenMap] = {}
        if self._drawn:
            known = {} if before is None else before.maps
            maps, self._colours = seen_together(self._drawn, self._colours, COUNT, known)
        stale = self.busy and bool(maps) and any(map(self._is_old, self._wanted))
        self._session.show(basins=SeenBasins(maps, next(iter(self._wanted), ""), stale))

    def _is_old(self, key: str) -> bool:
        """Return whether the map of an optimizer is one of what was turned since, or not there."""
        drawn = self._drawn.get(key)
        return drawn is None or drawn.asked != self._wanted[key]

    def _is_finest(self, key: str) -> bool:
        """Return whether there is no finer map of an optimizer, and maybe none at all."""
        return self._finest.get(key) == self._wanted[key]

    def _go_on(self) -> None:
        """Have the next map drawn."""
        upcoming = None if self._halted else self._next()
        if upcoming is None:
            self._rest()
            return
        key, size, coarse = upcoming
        asked = self._wanted[key]
        if self._job is not None and self._job[1:] == (key, asked, size):
            return
        work = partial(draw_basins, asked, size, self._found_before(key, coarse))
        self._job = (MapJob(work, coarse), key, asked, size)
        self._begun, self.share = time.perf_counter(), 0.0
        if not (self._noticed.isActive() or self.busy):
            self._noticed.start()
        self._session.worker.draw_map(self._job[0])

    def _next(self) -> tuple[str, int, bool] | None:
        """The optimizer whose map is next, its number of pixels, and whether somebody waits for it."""
        old = [key for key in self._wanted if self._is_old(key) and not self._is_finest(key)]
        for key in old:
            asked = self._wanted[key]
            dimension, work = len(asked.view), work_of_run(asked)
            rate = self._rates.get(key)
            seconds = None if rate is None else rate * work
            maps, effort = len(self._wanted), effort_of(asked)
            return key, first_size(self._most(asked), dimension, work, seconds, maps, effort), True
        finer = [(size, key) for key in self._wanted if (size := self._finer(key)) is not None]
        return (*min(finer)[::-1], False) if finer else None

    def _finer(self, key: str) -> int | None:
        drawn = self._drawn.get(key)
        if drawn is None or self._is_finest(key):
            return None
        seconds = self._rates.get(key, 0.0) * work_of_run(drawn.asked)
        dimension, effort = len(drawn.asked.view), effort_of(drawn.asked)
        return next_size(drawn.size, self._most(drawn.asked), dimension, seconds, effort)

    def _most(self, asked: Asked) -> int:
        return most_pixels(self._session.visible_area.pixels, asked.course.objective.dimension)

    def _found_before(self, key: str, coarse: bool) -> tuple[Minimum, ...] | None:
        """The minima that were found before, where only the runs are others since: looking for them takes longest."""
        drawn = self._drawn.get(key)
        if drawn is None or not coarse:
            return None
        then, now = drawn.asked, self._wanted[key]
        same = (then.course.objective, then.course.ascent, then.view) == (
            now.course.objective,
            now.course.ascent,
            now.view,
        )
        return drawn.map.minima[drawn.map.known :] if same else None

    def _note(self, result: MapResult) -> None:
        self._came = result
        self._taken.start()

    def _take(self) -> None:
        result, self._came = self._came, None
        if result is None or self._job is None or result.job is not self._job[0] or self._session.is_over:
            return  # it was overtaken on its way
        _, key, asked, size = self._job
        self._job = None
        if result.error is not None:
            self._refuse(key, asked, result.error)
        elif not result.stopped:
            runs = runs_of(size, len(asked.view), effort_of(asked))
            self._rates[key] = result.seconds / (runs * work_of_run(asked))
        self._halted = result.stopped
        # of one that was stopped a coarser one that is whole shows more
        if result.value is not None and (not result.stopped or self._is_old(key)):
            self._drawn = {
                k: self._drawn[k] if k != key else result.value for k in self._wanted if k in self._drawn
            } | {key: result.value}
            self._refused = False
            if result.job.coarse and not self._is_any_old:
                self._wait_anew()
            self._show()
        if self._halted or self._is_any_old:
            self._go_on()
        else:
            self._later.start()

    @property
    def _is_any_old(self) -> bool:
        return any(self._is_old(key) and not self._is_finest(key) for key in self._wanted)

    def _refuse(self, key: str, asked: Asked, error: GdsimError) -> None:
        """Say why there is no map, unless there is a coarser one."""
        self._finest[key] = asked
        if self._is_old(key):
            self._drawn.pop(key, None)
            # until there is one again: a legend that comes and goes changes what is in view, for which one is drawn
            self._refused = True
            self._show()
            self._session.say(error_text(error))

    def _progress(self, share: float) -> None:
        if self._job is not None:
            is_other = round(100 * share) != round(100 * self.share)
            self.share = share
            if self.busy and is_other:
                self.changed.emit()

    def _notice(self) -> None:
        self.busy = True
        self._show()
        self.changed.emit()

    def _wait_anew(self) -> None:
        """Say nothing until one has waited for what comes next."""
        self._noticed.stop()
        if self.busy:
            self.busy = False
            self.changed.emit()

    def _rest(self) -> None:
        """Rest, as nothing is to be drawn any more."""
        if self._job is not None:
            self._job = None
            self._session.worker.draw_map(None)
        was_busy = self.busy
        self._wait_anew()
        if was_busy:
            self._show()
