"""The race the window opens with."""

from __future__ import annotations

from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.experiment import Entry, Experiment

_RACING = ("gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
#: Adaptive rules step about η whatever the slope: they need a longer one than descent does here.
_OWN = {"adagrad": {"learning_rate": 0.5}, "rmsprop": {"learning_rate": 0.03}, "adam": {"learning_rate": 0.1}}


def opening_experiment() -> Experiment:
    """Six optimizers and some restarts between the four minima of Himmelblau's function."""
    return Experiment(
        function="himmelblau",
        restarts=4,
        seed=7,
        steps=400,
        tolerance=1e-6,
        learning_rate=0.005,
        momentum=0.9,
        optimizers=tuple(Entry(key, _OWN.get(key, {}), key in _RACING) for key in OPTIMIZERS),
    )
