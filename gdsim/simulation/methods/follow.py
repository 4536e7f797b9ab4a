"""Running the methods of a race, one run after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gdsim.objectives.base import Array
from gdsim.objectives.interruption import InterruptedWorkError
from gdsim.optimizers.methods import Method
from gdsim.optimizers.methods.problem import EndedError
from gdsim.simulation.course import Course, Lane
from gdsim.simulation.methods.recorder import Recorder
from gdsim.simulation.methods.records import Record

#: So many numbers are kept of what the methods of a race tried: 128 MB.
_ROOM = 2**24


def follow(
    course: Course,
    lane: Lane,
    positions: Array,
    tolerance: float,
    ask: Callable[[float], bool],
    room: int = _ROOM,
) -> tuple[int, Record]:
    """Fill the `positions` ``(steps + 1, d)`` of one run from its first row on; the steps taken, and what it asked for.

    A run that goes no farther by itself stays where it is and has taken all steps; one that is stopped has not.
    """
    assert isinstance(lane.rule, Method)
    stopped = False

    def asked(share: float) -> bool:
        nonlocal stopped
        stopped = stopped or ask(share)
        return stopped

    recorder = Recorder(course, positions, tolerance, asked, room)
    try:
        lane.rule.run(recorder, positions[0].copy())
    except (EndedError, ArithmeticError, np.linalg.LinAlgError):
        pass  # the last: there is no next step that can be worked out
    except InterruptedWorkError:  # in the middle of an evaluation
        if not asked(recorder.done / (len(positions) - 1)):
            raise
    positions[recorder.done + 1 :] = positions[recorder.done]
    return recorder.done if stopped else len(positions) - 1, recorder.record()


def follow_all(
    course: Course,
    methods: Mapping[int, Lane],
    positions: Array,
    tolerance: float,
    done: NDArray[np.int64],
    ask: Callable[[float], bool],
) -> dict[tuple[int, int], Record]:
    """Fill `positions` ``(steps + 1, optimizers, d, runs)`` for the methods of a race, by their places.

    `done` ``(optimizers, runs)`` is filled with the steps that each of their runs took. What each asked for is given
    back, by optimizer and run.
    """
    runs = done.shape[1]
    records: dict[tuple[int, int], Record] = {}
    stopped, room = False, _ROOM
    for i, (o, r) in enumerate((o, r) for o in methods for r in range(runs)):

        def whole(share: float, before: int = i) -> bool:
            nonlocal stopped
            stopped = stopped or ask((before + share) / done.size)
            return stopped

        done[o, r], records[o, r] = follow(course, methods[o], positions[:, o, :, r], tolerance, whole, room)
        room -= records[o, r].size
        if whole(1.0):
            break
    return records


def methods_among(lanes: Sequence[Lane]) -> dict[int, Lane]:
    """The methods among some optimizers, by their places."""
    return {o: lane for o, lane in enumerate(lanes) if isinstance(lane.rule, Method)}
