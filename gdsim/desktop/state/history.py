"""The history: experiments that can be gone back and forward to, and what led from each to the next."""

from __future__ import annotations

from dataclasses import dataclass

from gdsim.desktop.text.changes import change_between
from gdsim.simulation.experiment import Experiment

#: So many changes can be undone.
DEPTH = 1000


@dataclass(frozen=True)
class Moment:
    """Entry of the history: an experiment and what led to it."""

    experiment: Experiment
    text: str = ""


class History:
    """A list of moments, and a place in it; the experiment at that place is the current one.

    Between `begin` and `end`, a gesture, all changes are one. So are changes of one burst that follow each other.

    Attributes
    ----------
    base
        The experiment it began with.
    place
        Where in the list the current experiment is.
    """

    def __init__(self, experiment: Experiment) -> None:
        self.base = experiment
        self.place = 0
        self._moments = [Moment(experiment)]
        #: Where the gesture began, and whether it has left a moment since.
        self._gesture_from: Experiment | None = None
        self._gesture_added = False
        self._burst: object = None

    @property
    def experiment(self) -> Experiment:
        """The current experiment."""
        return self._moments[self.place].experiment

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All that can be gone back or forward to, oldest first."""
        return tuple(self._moments)

    @property
    def is_in_gesture(self) -> bool:
        """Return whether a gesture is going on."""
        return self._gesture_from is not None

    def text_at(self, place: int) -> str:
        """Return what led to a place; "" where nothing did, or where there is none."""
        return self._moments[place].text if 0 < place < len(self._moments) else ""

    def add(self, experiment: Experiment, text: str = "", burst: object = None) -> None:
        """Put a change, which is one, behind the current experiment; what could be done again is gone."""
        before = self.experiment
        going_on = burst is not None and burst is self._burst and self.place == len(self._moments) - 1 > 0
        self._burst = burst
        # a change that goes on takes the place of what it has left so far
        if self._gesture_from is not None and self._gesture_added:
            before = self._gesture_from
            self.place -= 1
        elif going_on:
            self.place -= 1
            before = self.experiment
            if experiment == before:  # typed back to what it was
                del self._moments[self.place + 1 :]
                self._burst = None
                return
        self._append(Moment(experiment, text or change_between(before, experiment).text))
        self._gesture_added = self._gesture_from is not None

    def _append(self, moment: Moment) -> None:
        self._moments[self.place + 1 :] = [moment]
        self.place += 1
        if len(self._moments) > DEPTH + 1:
            del self._moments[0]
            self.place -= 1

    def begin(self) -> None:
        """Begin a gesture."""
        self.end()
        self._gesture_from = self.experiment
        self._gesture_added = False

    def end(self) -> bool:
        """End the gesture, if there is one; whether it came to nothing and has left the list."""
        begun, self._gesture_from = self._gesture_from, None
        if begun is None or not self._gesture_added or self.experiment != begun:
            return False
        # dragged back to where it was: nothing happened
        self.place -= 1
        del self._moments[self.place + 1 :]
        return True

    def go_to(self, place: int) -> bool:
        """Go to a place in the list; whether that is another one."""
        self._burst = None
        if not 0 <= place < len(self._moments) or place == self.place:
            return False
        self.place = place
        return True
