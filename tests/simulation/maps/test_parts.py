"""Setting maps in parts: the same to the last bit, put together again."""

import numpy as np
import pytest

import gdsim
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.parts import AxisPart, joined
from gdsim.simulation.maps.settings import settings_map


@pytest.fixture
def asked():
    experiment = gdsim.Experiment(
        function="rosenbrock", steps=60, tolerance=0.1, restarts=1, optimizers=(gdsim.Entry("momentum"),)
    )
    rule = experiment.rules[0]
    axes = axis_of(("learning_rate", 1e-4, 0.1), rule, "x"), axis_of(("momentum", 0, 0.99), rule, "y")

    def draw(y, rows):
        of = experiment.course, experiment.lanes[0], (axes[0], y), experiment.starts, (rows, 9)
        return settings_map(*of, experiment.steps, experiment.tolerance)

    return draw, axes[1]


def test_parts_are_rows_of_the_whole(asked):
    draw, y = asked
    whole = draw(y, 11)
    parts = [draw(AxisPart.along(y, 11, first), rows) for first, rows in ((0, 3), (3, 1), (4, 7))]
    assert not joined(parts, y, 11).is_rate_known
    np.testing.assert_array_equal(np.concatenate([part.y_values for part in parts]), whole.y_values)
    rates = [part.rate for part in parts]
    again = joined(parts, y, 11)
    for name in ("end", "steps", "kinds", "loss", "median_steps", "median_loss"):
        np.testing.assert_array_equal(getattr(again, name), getattr(whole, name))
    assert again.is_rate_known
    np.testing.assert_array_equal(again.rate, np.concatenate(rates, axis=1))
    np.testing.assert_array_equal(again.rate, whole.rate)
    assert again.best() == whole.best()


def test_rows_that_are_missing_are_cancelled(asked):
    draw, y = asked
    found = joined([draw(AxisPart.along(y, 11, 0), 4)], y, 11)
    assert found.shape == (11, 9)
    assert (found.outcome[4:] == "cancelled").all()
    assert (found.outcome[:4] != "cancelled").all()
    assert np.isinf(found.median_steps[4:]).all()
