"""Endings of the runs of a race, worked out by the worker while nothing else is asked of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gdsim.desktop.compute.requests import Answer, Requests
from gdsim.desktop.views.runs.facts import has_light_ends
from gdsim.errors import GdsimError
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.endings.outcomes import Outcome
    from gdsim.simulation.endings.reached import Reached
    from gdsim.simulation.endings.tally import Group

_CHANNEL = "ends"
#: While the start is dragged race follows race, and nobody reads: it begins when one has stayed for so long, in
#: milliseconds.
_STAYED = 150
#: A race that is asked for meanwhile waits no longer than this, in seconds.
_AT_ONCE = 0.008


class RunEndings(QObject):
    """Knows the outcomes of the runs of a race, and how many ended in which way, as far as they are worked out."""

    #: There is something new of an optimizer, by its place.
    came = Signal(int)

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._race: Trajectories | None = None
        self._outcomes: list[list[Outcome]] = []
        self._tallies: dict[int, tuple[Group, ...]] = {}
        self._rough: dict[int, tuple[Group, ...]] = {}
        #: How many runs of each optimizer are listed.
        self._wanted: list[int] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYED)
        self._timer.timeout.connect(self._ask)

    def set_race(self, race: Trajectories) -> None:
        """Begin with another race; nothing is known of it yet."""
        self._race = race
        self._outcomes = [[] for _ in race.rules]
        self._wanted = [0] * len(race.rules)
        self._tallies, self._rough = {}, {}
        self._requests.forget(_CHANNEL)
        self._timer.start()

    def want(self, optimizer: int, runs: int) -> None:
        """Work out the outcomes of the first runs of an optimizer."""
        if runs > self._wanted[optimizer]:
            self._wanted[optimizer] = runs
            self._timer.start()

    def _wanted_of(self, race: Trajectories, optimizer: int) -> int:
        """Return how many outcomes of an optimizer are worked out: of few runs all, of many those listed."""
        return race.runs if _is_told(race) else self._wanted[optimizer]

    def outcome(self, optimizer: int, run: int) -> Outcome | None:
        """Return how a run ended; None if that is not known yet."""
        known = self._outcomes[optimizer]
        return known[run] if run < len(known) else None

    def tally(self, optimizer: int) -> tuple[Group, ...] | None:
        """Return how all runs of an optimizer ended; None if that is not known yet."""
        return self._tallies.get(optimizer)

    def rough_tally(self, optimizer: int) -> tuple[Group, ...] | None:
        """The same as far as it is known at once; None for so many runs that it takes a while."""
        from gdsim.simulation.endings.tally import rough_tally

        race = self._race
        if race is not None and _is_told(race) and self.reached is not None and optimizer not in self._rough:
            self._rough[optimizer] = rough_tally(race, optimizer)
        return self._rough.get(optimizer)

    @property
    def reached(self) -> Reached | None:
        """The minima that the runs reached; None if that is not known yet."""
        race = self._race
        if race is None or not ("reached" in race.__dict__ or has_light_ends(race)):
            return None
        return race.reached

    def stop(self) -> None:
        """Ask for nothing more."""
        self._timer.stop()
        self._requests.forget(_CHANNEL)

    def _ask(self) -> None:
        race = self._race
        if race is None:
            return
        from gdsim.simulation.endings.tally import rough_tally

        if race.runs > 1 and self.reached is None:
            self._send(partial(getattr, race, "reached"), partial(self._take_reached, race))
            return
        for o, known in enumerate(self._outcomes):
            wanted = self._wanted_of(race, o)
            if not _is_told(race) and o not in self._tallies:
                self._send(partial(rough_tally, race, o), partial(self._take_tally, race, o))
                return
            if len(known) < wanted:
                work = partial(_outcomes, race, o, len(known), wanted)
                self._send(work, partial(self._take_outcomes, race, o))
                return

    def _send(self, work: Callable[[], object], answer: Answer) -> None:
        self._requests.send(_CHANNEL, work, answer, background=True)

    def _take_reached(self, race: Trajectories, reached: Reached | None, _: GdsimError | None) -> None:
        if race is self._race and reached is not None:
            for o in range(len(race.rules)):
                self.came.emit(o)
            self._ask()

    def _take_tally(self, race: Trajectories, o: int, tally: tuple[Group, ...] | None, _: GdsimError | None) -> None:
        if race is self._race and tally is not None:
            self._tallies[o] = tally
            self.came.emit(o)
            self._ask()

    def _take_outcomes(self, race: Trajectories, o: int, outcomes: list[Outcome] | None, _: GdsimError | None) -> None:
        if race is not self._race or outcomes is None:
            return
        from gdsim.simulation.endings.tally import tally_of

        self._outcomes[o] += outcomes
        if len(self._outcomes[o]) == race.runs > 1 and _is_told(race):
            self._tallies[o] = tally_of(race.reached, o, self._outcomes[o])
        if len(self._outcomes[o]) >= self._wanted_of(race, o):
            self.came.emit(o)
        self._ask()


def _is_told(race: Trajectories) -> bool:
    """Return whether each of its runs is looked at, and not only what is known of all at once."""
    from gdsim.simulation.endings.tally import MOST_TOLD

    return race.runs <= MOST_TOLD


def _outcomes(race: Trajectories, optimizer: int, first: int, last: int) -> list[Outcome]:
    """The outcomes of some runs, from the first on: as many as there is time for, and one at least."""
    end = time.perf_counter() + _AT_ONCE
    found: list[Outcome] = []
    for run in range(first, last):
        found.append(race.outcome(optimizer, run))
        if time.perf_counter() > end:
            break
    return found
