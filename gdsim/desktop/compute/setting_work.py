"""Work on a setting map, done by the worker: some rows of it, and what is known once all are there."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import interruptible
from gdsim.simulation.experiment import Experiment

if TYPE_CHECKING:
    from gdsim.simulation.course import Course, Lane
    from gdsim.simulation.maps.axis import Axis
    from gdsim.simulation.maps.settings import SettingMap
    from gdsim.simulation.maps.theory import Theory

#: The GUI gets the interpreter for a moment after this much work, in seconds.
_SHARE = 0.008


@dataclass(frozen=True)
class AskedMap:
    """A setting map that is wanted, whatever its number of cells; equal if the map would be the same.

    Attributes
    ----------
    course, lane, steps, tolerance
        What is run. The lane's own values of what is on the axes count for nothing, and are always the same.
    x, y
        The hyperparameters along the columns and up the rows.
    measure
        What a cell is judged by: see `MEASURES`.
    starts
        ``(d, runs)``: where every cell is started.
    experiment
        The experiment that it was asked for.
    """

    course: Course
    lane: Lane
    steps: int
    tolerance: float
    x: Axis
    y: Axis
    measure: str
    starts: Array = field(compare=False)
    started: bytes = field(default=b"", repr=False)
    experiment: Experiment | None = field(default=None, compare=False, repr=False)

    @property
    def runs(self) -> int:
        """The number of runs of each cell."""
        return int(self.starts.shape[1])


@dataclass(frozen=True, eq=False)
class DoneMap:
    """A whole map, with what is looked up in it.

    Attributes
    ----------
    asked, map
        What was asked, and the map.
    best
        The row and the column of the best cell; None where there is none.
    theory
        What is known at the minimum that the runs of the best cell end in; None where nothing is.
    start_loss
        The median of f at the starts.
    """

    asked: AskedMap
    map: SettingMap
    best: tuple[int, int] | None
    theory: Theory | None
    start_loss: float

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The axes across and up."""
        return self.asked.x, self.asked.y

    @property
    def size(self) -> int:
        """The number of cells along each side."""
        return self.map.shape[0]


def asked_map(experiment: Experiment, key: str, axes: tuple[Axis, Axis], measure: str, median: bool) -> AskedMap:
    """Say which map is wanted of an optimizer, from the start alone or with the restarts; `GdsimError` if none can be.

    The starts are only ordered, not checked: that is done with the experiment.
    """
    from gdsim.simulation.maps.limits import check_work

    lane = next(lane for lane in experiment.lanes if lane.id == key)
    fixed = {axis.name: axis.low for axis in axes}
    lane = dataclasses.replace(lane, rule=dataclasses.replace(lane.rule, **fixed))
    starts = np.ascontiguousarray(experiment.starts if median else experiment.starts[:, :1])
    check_work(FINEST**2 * starts.shape[1], experiment.steps, experiment.objective.effort)
    course = experiment.course
    ends = experiment.steps, experiment.tolerance
    return AskedMap(course, lane, *ends, *axes, measure, starts, starts.tobytes(), experiment)


#: Cells along each side, from the coarse map to the finest.
SIZES = (32, 64, 128)
FINEST = SIZES[-1]


def rows_of(asked: AskedMap, size: int, first: int, count: int, unwanted: Callable[[], bool]) -> SettingMap:
    """Work some rows of a map out, from the one with the number `first` up, with all that is shown of them."""
    from gdsim.simulation.maps.parts import AxisPart
    from gdsim.simulation.maps.settings import settings_map

    axes = (asked.x, AxisPart.along(asked.y, size, first))
    with interruptible(_taking_turns(unwanted), besides=True):
        found = settings_map(asked.course, asked.lane, axes, asked.starts, (count, size), asked.steps, asked.tolerance)
        _look_up(found, asked.measure)
    return found


def finished(asked: AskedMap, parts: Sequence[SettingMap], size: int, unwanted: Callable[[], bool]) -> DoneMap:
    """Put the rows of a map together, and find its best cell and the theory there."""
    from gdsim.simulation.maps.parts import joined

    with interruptible(_taking_turns(unwanted), besides=True):
        return done_of(asked, joined(parts, asked.y, size))


def done_of(asked: AskedMap, found: SettingMap) -> DoneMap:
    """Look up in a whole map what is shown of it."""
    from gdsim.simulation.maps.theory_at import theory_at

    _look_up(found, asked.measure)
    best = found.best(asked.measure)
    # where none converges, the lowest end is the nearest to a minimum
    judged = best or found.best("loss")
    theory = None if judged is None else theory_at(found, *judged)
    losses = asked.course.objective.value(asked.starts)
    return DoneMap(asked, found, best, theory, float(np.median(losses)))


def _look_up(found: SettingMap, measure: str) -> None:
    """Have what is cached worked out here, and not where it is painted."""
    found.kind, found.median_steps, found.median_loss, found.measured(measure)


def _taking_turns(unwanted: Callable[[], bool]) -> Callable[[], bool]:
    """Return the test whether something is not wanted any more, which lets the GUI have its turn now and then."""
    turn = time.perf_counter()

    def asked() -> bool:
        nonlocal turn
        if time.perf_counter() - turn > _SHARE:
            # a loop in Python starves the GUI of the interpreter lock unless it lets go by itself
            time.sleep(0.001)
            turn = time.perf_counter()
        return unwanted()

    return asked
