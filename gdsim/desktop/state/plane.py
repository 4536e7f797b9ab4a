"""The plane that is seen of a function of more than two parameters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.state.drag import Drag
from gdsim.desktop.state.selection import Selection
from gdsim.desktop.text.function_phrases import is_of_weights
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.trajectories import Trajectories

if TYPE_CHECKING:
    from gdsim.simulation.sampling.projection import Cut, Sliced

_CHANNEL = "slice"


class PlaneState(QObject):
    """State of the window, not of the experiment; the projecting is done by the worker.

    The plane goes through the end of the chosen run; while something is dragged it stays where it is.

    Attributes
    ----------
    seen
        What is seen on it; None for functions of one or two variables, and before the first race.
    """

    #: Something else is seen.
    changed = Signal()

    def __init__(self, requests: Requests, selection: Selection, drag: Drag, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests, self._selection, self._drag = requests, selection, drag
        self._race: Trajectories | None = None
        self._objective: Objective | None = None
        self._cut: Cut | None = None
        self.seen: Sliced | None = None
        selection.changed.connect(self._again)
        # the plane may go where it belongs again
        drag.ended.connect(self._again)

    @property
    def cut(self) -> Cut:
        """The choice of the plane."""
        if self._cut is None:  # most functions have two variables, and nothing to be cut
            from gdsim.simulation.sampling.projection import Cut

            self._cut = Cut()
        return self._cut

    @cut.setter
    def cut(self, cut: Cut) -> None:
        self._cut = cut

    def set_experiment(self, experiment: Experiment) -> None:
        """Take what is raced now; what is seen waits for the race."""
        before, self._objective = self._objective, experiment.objective
        if before is not None and before.names == self._objective.names:
            if self._drag.is_active and self.seen is not None and before is not self._objective:
                from gdsim.simulation.sampling.projection import resting

                self.seen = resting(self.seen, self._objective)
            return
        self.seen = self._race = None
        self._requests.forget(_CHANNEL)
        if self._objective.dimension > 2:
            self.cut = self.cut.fitted(self._objective)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parameters; none where there is nothing to be cut."""
        return self._objective.names if self._objective is not None and self._objective.dimension > 2 else ()

    @property
    def shown_names(self) -> tuple[str, ...]:
        """The same as a person writes them."""
        return self._objective.shown_names if self._objective is not None and self.names else ()

    @property
    def weights(self) -> bool:
        """Return whether the parameters are the weights of a model."""
        return self._objective is not None and is_of_weights(self._objective)

    def set_race(self, race: Trajectories) -> None:
        """Show another race."""
        if self._objective is not None and race.objective.names == self._objective.names:
            self._race = race if race.objective.dimension > 2 else None
            self._again()

    def choose(self, **fields: Any) -> None:
        """Choose the plane otherwise."""
        if self._objective is None or not self.names:
            return
        if fields.get("second") == self.cut.first and "first" not in fields:
            fields["first"] = self.cut.second
        cut = replace(self.cut, **fields).fitted(self._objective)
        if cut != self.cut:
            self.cut = cut
            self._again()

    def _again(self) -> None:
        race = self._race
        if race is None:
            return
        from gdsim.simulation.sampling.projection import sliced

        place = self._selection.place_in(race)
        work = partial(sliced, race, self.cut, place, self.seen, self._drag.is_active)
        self._requests.send(_CHANNEL, work, self._take)

    def _take(self, seen: Sliced | None, error: GdsimError | None) -> None:
        if seen is not None and error is None:
            before = self.seen if self._drag.is_active else None
            if before is not None and before.plane is seen.plane and self._is_now(before):
                from gdsim.simulation.sampling.projection import on_function

                # the race may be one that the hand has overtaken: its paths are seen, on the function of now
                seen = on_function(seen, before.objective)
            self.seen = seen
            self.changed.emit()

    def _is_now(self, seen: Sliced) -> bool:
        """Return whether it is a slice of what is raced now."""
        return getattr(seen.objective, "objective", None) is self._objective
