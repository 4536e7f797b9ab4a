"""The races the window begins with."""

from __future__ import annotations

from dataclasses import replace

from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.suited_rates import switched_on

_RACING = ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
#: The η that gets along between the minima of Himmelblau's function, and on most surfaces.
LEARNING_RATE = 0.005


def opening_experiment() -> Experiment:
    """Six optimizers and some restarts between the four minima of Himmelblau's function."""
    opening = Experiment(
        function="himmelblau",
        restarts=4,
        seed=7,
        steps=400,
        tolerance=1e-6,
        learning_rate=LEARNING_RATE,
        momentum=0.9,
    )
    return replace(opening, optimizers=tuple(switched_on(Entry(key), opening) for key in _RACING))


def new_experiment(steps: int) -> Experiment:
    """A bowl and plain descent, to begin with."""
    return Experiment(
        function="bowl",
        steps=steps,
        tolerance=1e-6,
        learning_rate=0.05,
        momentum=0.9,
        optimizers=(Entry("gd"),),
    )
