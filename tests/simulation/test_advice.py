"""Advice was tried out, and holds."""

import dataclasses

import numpy as np
import pytest

import gdsim
from gdsim.simulation.advice import HIGHEST, LOWEST, advise
from gdsim.simulation.outcomes import Kind


def raced(function, rule, steps, tolerance=1e-8):
    return gdsim.descend(function, rule, steps=steps, tolerance=tolerance)


@pytest.mark.parametrize(
    "function", ["bowl", "ravine", "rosenbrock", "himmelblau", "beale", "matyas", "three_hump_camel"]
)
@pytest.mark.parametrize("key", ["gd", "momentum", "adam"])
@pytest.mark.parametrize("rate", [1e-5, 1e-2, 0.9, 5.0])
def test_it_holds(function, key, rate):
    race = raced(function, gdsim.OPTIMIZERS[key](learning_rate=rate), 60)
    kind = race.kinds[0, 0]
    advice = advise(race, 0, 1e-8)
    if kind == Kind.CONVERGED:
        assert advice is None
    if advice is None:
        assert kind != Kind.DIVERGED
        return
    assert advice.name in ("learning_rate", "steps")
    if advice.name == "steps":
        assert advice.value == 120
        again = raced(function, race.rules[0], int(advice.value))
    else:
        assert LOWEST <= advice.value <= HIGHEST
        # a number one can say: 1, 2 or 5 times a power of ten
        assert f"{advice.value:e}".split("e")[0] in ("1.000000", "2.000000", "5.000000")
        again = raced(function, dataclasses.replace(race.rules[0], learning_rate=advice.value), 60)
    assert again.kinds[0, 0] in (Kind.CONVERGED, Kind.OUT_OF_STEPS)
    before = race.losses[0, 0, 0] if kind == Kind.DIVERGED else race.losses[-1, 0, 0]
    assert again.losses[-1, 0, 0] < before


def test_the_largest_rate_that_does_not_diverge():
    race = raced("bowl", gdsim.GradientDescent(learning_rate=7.0), 1000)
    assert race.kinds[0, 0] == Kind.DIVERGED
    # on x² + y² descent is stable below 1
    assert advise(race, 0, 1e-8).value == 0.5


def test_which_optimizer_is_asked_about():
    race = gdsim.descend("bowl", [gdsim.GradientDescent(learning_rate=0.1), gdsim.GradientDescent(learning_rate=7.0)],
                         steps=1000)  # fmt: skip
    assert advise(race, 0, 1e-8) is None
    assert advise(race, 1, 1e-8).name == "learning_rate"


def test_it_can_be_stopped():
    race = raced("rosenbrock", gdsim.GradientDescent(learning_rate=1e-5), 5000)
    asked = []

    def pulse(share):
        asked.append(share)
        return True

    advice = advise(race, 0, 1e-8, pulse)
    assert asked
    assert advice is None or np.isfinite(advice.value)
