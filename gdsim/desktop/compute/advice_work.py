"""Advice on a race, worked out by the worker when nothing has been asked for a while."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gdsim.desktop.compute.race_pulse import RacePulse
from gdsim.desktop.compute.race_results import AdviceResult, RaceResult, Trying

if TYPE_CHECKING:
    from gdsim.desktop.compute.worker import Worker
    from gdsim.simulation.advice.advice import Advice


def advise_on(result: RaceResult, worker: Worker, pulse: RacePulse) -> None:
    """Tell of advice for the optimizers that need it, and meanwhile for which of them it is worked out."""
    from gdsim.simulation.advice.advising import advise, needs_advice

    race = result.trajectories
    found: dict[int, Advice] = {}
    faulty = {o for o in range(len(race.rules)) if needs_advice(result.experiment, race, o)}

    def begun(*more: int) -> None:
        faulty.update(more)
        worker.trying.emit(Trying(result.experiment, frozenset(faulty)))

    if faulty:
        begun()
    try:
        for o in range(len(race.rules)):
            if pulse(0.0):
                return
            advice = advise(result.experiment, o, race, pulse, partial(begun, o))
            if advice:
                found[o] = advice
        if not (pulse.superseded or worker.stopped):
            faulty.clear()
            worker.advised.emit(AdviceResult(result.experiment, found))
    finally:
        if faulty:
            worker.trying.emit(Trying(result.experiment))
