"""The derivative at a point of a run, and the step that follows."""

import math

import numpy as np
import pytest

import gdsim
from gdsim.simulation.sampling.tangent import next_step, tangent_at


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"noise": 0.3},
        {"direction": "ascent"},
        {"gradient": gdsim.ForwardDifference(0.1)},
        {"schedule": gdsim.Cosine(steps=20)},
        {"clip": 0.5},
    ],
    ids=str,
)
def test_a_step_of_plain_descent_is_rate_times_gradient(more):
    race = gdsim.descend(
        "sine_hill", ["gd", "momentum"], start=(3.0,), restarts=2, steps=20, learning_rate=0.02, tolerance=0, **more
    )
    sign = 1 if race.ascent else -1
    for run in range(3):
        rates = race.learning_rates(0, run)
        for t in range(20):
            step = next_step(race, 0, run, t, rates)
            x = race.positions[t, 0, 0, run]
            assert step.plain
            assert step.to - x == pytest.approx(sign * step.rate * step.gradient, rel=1e-9, abs=1e-15)
            exact = float(race.objective.gradient(np.array([x]))[0])
            assert (step.gradient == exact) == (not more.keys() & {"noise", "gradient", "clip"})
    assert not next_step(race, 1, 0, 3, race.learning_rates(1)).plain
    assert next_step(race, 0, 0, 20, rates).ended


def test_the_last_step_of_a_run_that_is_lost_leads_nowhere():
    race = gdsim.descend("log(x)", "gd", start=(1.0,), steps=50, learning_rate=0.3)
    last = int(race.ended[0, 0])
    rates = race.learning_rates(0)
    before, end = next_step(race, 0, 0, last - 1, rates), next_step(race, 0, 0, last, rates)
    assert before.lost
    assert math.isnan(before.to)
    assert math.isfinite(before.rate * before.gradient)
    assert end.ended


def test_where_there_is_no_value_there_is_no_slope():
    log = gdsim.function("log(x)")
    seen = tangent_at(log, -1.0, 2.0)
    assert math.isnan(seen.y)
    assert math.isnan(seen.slope)
    assert math.isnan(seen.quotient)
    assert seen.beyond == 0
    pole = tangent_at(gdsim.function("1/x"), 0.0, 1.0)
    assert not math.isfinite(pole.y)
