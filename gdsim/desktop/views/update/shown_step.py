"""The step of the chosen run that is looked at, worked out here or by the worker."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.request_queue import RequestQueue, work_of
from gdsim.desktop.compute.requests import Requests
from gdsim.desktop.views.run_point import RunPoint
from gdsim.desktop.views.update.histories import Histories, histories_of, taken_step
from gdsim.optimizers.methods.base import Method
from gdsim.simulation.terms.replay import Replay
from gdsim.simulation.terms.update_terms import TakenStep
from gdsim.simulation.trajectories import Trajectories

#: An operation on a float takes as long as so many points of a formula.
_OPERATION = 4


class ShownStep(QObject):
    """Takes the steps of a run apart, as they are looked at.

    Attributes
    ----------
    here
        The run, and where it is looked at; None for none.
    taken
        The step that leads on from there, at the end the last one; None where there is none, or it is still to come.
    histories
        All terms over the run; None until they are worked out.
    is_of_method
        Whether it is the run of a method, which has no terms.
    """

    #: There is another step.
    changed = Signal()
    #: The history is there, or gone.
    history_changed = Signal()

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = RequestQueue(requests, "update step")
        self._whole = RequestQueue(requests, "update history")
        self.here: RunPoint | None = None
        self.taken: TakenStep | None = None
        self.histories: Histories | None = None
        self.is_of_method = False
        self._replay: Replay | None = None

    @property
    def number(self) -> int:
        """Number of the step that is looked at; 0 if the run took none."""
        return 0 if self.here is None or self._replay is None else min(self.here.step + 1, self._replay.count)

    def look(self, here: RunPoint | None) -> None:
        """Look at a run, at a step."""
        before, self.here = self.here, here
        self.is_of_method = here is not None and isinstance(here.race.rules[here.optimizer], Method)
        if self.is_of_method:
            here = None
        if here is None:
            self.stop()
            self._replay = self.taken = self.histories = None
            self.history_changed.emit()
        elif before is None or self._replay is None or here[:3] != before[:3]:
            self._begin(here)
        self._look_at_step()

    def stop(self) -> None:
        """Work out nothing more; the next look begins anew."""
        self._steps.forget()
        self._whole.forget()
        self._replay = None

    def _begin(self, here: RunPoint) -> None:
        self._replay, self.taken = Replay(here.race, here.optimizer, here.run), None
        self._whole.forget()
        self._steps.forget()
        if here.race.objective.ready:
            self._whole.do(partial(histories_of, self._replay), self._work(), partial(self._take_whole, here.race))

    def _work(self) -> int:
        """About how much is gone through for all steps."""
        assert self.here is not None
        assert self._replay is not None
        race, columns = self.here.race, len(self._replay.named.terms)
        return self._replay.count * (_OPERATION * columns * race.objective.dimension + work_of(race.objective))

    def _look_at_step(self) -> None:
        here, replay = self.here, self._replay
        if here is None or replay is None or not self.number or not here.race.objective.ready:
            self.taken = None
            self.changed.emit()
            return
        self._steps.do(partial(taken_step, replay, self.number), self._work(), partial(self._take, here.race))

    def _take(self, race: Trajectories, taken: TakenStep | None, _: Any) -> None:
        if self.here is not None and race is self.here.race and taken is not None:
            self.taken = taken
            self.changed.emit()

    def _take_whole(self, race: Trajectories, found: Histories | None, _: Any) -> None:
        if self.here is not None and race is self.here.race and found is not None:
            self.histories = found
            self.history_changed.emit()
