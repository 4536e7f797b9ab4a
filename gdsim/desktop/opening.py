"""The races the window begins with."""

from __future__ import annotations

from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import Entry, Experiment

_RACING = ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
#: Adaptive rules step about η whatever the slope: they need a longer one than descent does here.
_OWN = {"adagrad": {"learning_rate": 0.5}, "rmsprop": {"learning_rate": 0.03}, "adam": {"learning_rate": 0.1}}

#: The η that gets along between the minima of Himmelblau's function, and on most surfaces.
LEARNING_RATE = 0.005


def opening_experiment() -> Experiment:
    """Six optimizers and some restarts between the four minima of Himmelblau's function."""
    return Experiment(
        function="himmelblau",
        restarts=4,
        seed=7,
        steps=400,
        tolerance=1e-6,
        learning_rate=LEARNING_RATE,
        momentum=0.9,
        optimizers=tuple(Entry(key, _OWN.get(key, {}), key in _RACING) for key in OPTIMIZERS),
    )


def new_experiment(steps: int) -> Experiment:
    """A bowl and plain descent, to begin with."""
    return Experiment(
        function="bowl",
        steps=steps,
        tolerance=1e-6,
        learning_rate=0.05,
        momentum=0.9,
        optimizers=tuple(Entry(key, enabled=key == "gd") for key in OPTIMIZERS),
    )
