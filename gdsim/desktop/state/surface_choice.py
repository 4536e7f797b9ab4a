"""The surface that the landscape shows of a model on batches: that of all examples, or of the current batch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from gdsim.desktop.compute.requests import Requests
from gdsim.errors import GdsimError
from gdsim.objectives import Objective
from gdsim.simulation.experiment import Experiment
from gdsim.simulation.sampling.curve import Curve
from gdsim.simulation.sampling.landscape import Surface

if TYPE_CHECKING:
    from gdsim.objectives.data.planes import Plane
    from gdsim.simulation.sampling.batch_surface import BatchSurface

_CHANNEL = "batch_surface"
#: What the steps go by, the step, the surface of all examples, the plane, and whether a coarse one will do.
_Asked: TypeAlias = "tuple[Objective, int, Surface, Plane | None, bool]"


class SurfaceChoice(QObject):
    """State of the window, not of the experiment; the sampling is done by the worker.

    One surface is asked for at a time, and then that of the step that is shown by then: as many are seen while the
    race is played as there is time for.

    Attributes
    ----------
    batch
        What is seen of a batch; None where it is the surface of all examples that is seen.
    """

    #: Another surface is to be shown.
    changed = Signal()

    def __init__(self, requests: Requests, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = requests
        self._on = self._quick = self._busy = False
        self._source: tuple[Objective, int, int] | None = None
        self._stepwise: Objective | None = None
        #: The surface of all examples.
        self.whole: Surface | Curve | None = None
        self._plane: Plane | None = None
        self._step = 1
        self._asked: _Asked | None = None
        self.possible = False
        self.batch: BatchSurface | None = None

    @property
    def surface(self) -> Surface | Curve | None:
        """The surface that the landscape shows."""
        return self.whole if self.batch is None else self.batch.surface

    def set_experiment(self, experiment: Experiment) -> None:
        """Take what is raced now."""
        source = (experiment.objective, experiment.batch, experiment.seed)
        if self._source is not None and source == self._source:
            return
        if self._source is not None and source[0] is not self._source[0]:
            self.whole = None  # a surface of something else
        self._source = source
        course = experiment.course
        self.possible = course.epoch_steps > 1
        self._stepwise = course.stepwise if self.possible else None
        self._go_on()

    def set_whole(self, surface: Surface | Curve, plane: Plane | None) -> None:
        """The surface of all examples, of more than two weights on a plane."""
        self.whole, self._plane = surface, plane
        if self._wanted is None:
            self._leave()
            self.changed.emit()
        self._go_on()

    def forget_whole(self) -> None:
        """Another plane is seen: what is known of the one before is worth nothing."""
        self.whole = None
        self._leave()

    def set_on(self, on: bool) -> None:
        """Show the surface of the batch, or that of all examples."""
        self._on = on
        self._go_on()

    def set_step(self, step: int) -> None:
        """The step that is shown; at the start, the batch is that of the first."""
        self._step = max(step, 1)
        self._go_on()

    def set_quick(self, quick: bool) -> None:
        """Let it matter more that the surface follows than that it is fine, or not."""
        self._quick = quick
        self._go_on()

    @property
    def _wanted(self) -> _Asked | None:
        """The request for a surface; None where it is that of all examples that is to be seen."""
        if not self._on or self._stepwise is None or not isinstance(self.whole, Surface):
            return None
        if self._stepwise.dimension > 2 and self._plane is None:
            return None
        return self._stepwise, self._step, self.whole, self._plane, self._quick

    def _leave(self) -> None:
        self._requests.forget(_CHANNEL)
        self._busy, self._asked, self.batch = False, None, None

    def _go_on(self) -> None:
        wanted = self._wanted
        if wanted is None:
            was_seen = self.batch is not None
            self._leave()
            if was_seen:
                self.changed.emit()
            return
        if self._busy or wanted == self._asked:
            return
        from gdsim.simulation.sampling.batch_surface import batch_surface

        self._asked, self._busy = wanted, True
        self._requests.send(_CHANNEL, partial(batch_surface, *wanted), self._take)

    def _take(self, found: BatchSurface | None, error: GdsimError | None) -> None:
        self._busy = False
        # of another function it comes too late
        if found is not None and error is None and self._asked is not None and self._asked[0] is self._stepwise:
            self.batch = found
            self.changed.emit()
        self._go_on()
