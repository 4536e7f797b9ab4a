"""Tests of what is drawn of sweeps."""

import numpy as np
import pytest

import gdsim
from gdsim.desktop.plotting.loss_heights import Scale, heights_of_losses
from gdsim.desktop.views.sweep.asked import SweepRange, asked_of, worked_out
from gdsim.desktop.views.sweep.shown import at_rate, rows_of
from gdsim.errors import GdsimError
from gdsim.objectives import objective_for


class Pulse:
    stopped = False

    def __call__(self, share):
        return False


EVERY = SweepRange()


def found(within=EVERY, whole=True, **fields):
    experiment = gdsim.Experiment("bowl", optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")), **fields)
    return {key: worked_out(asked, whole, None, Pulse()) for key, asked in asked_of(experiment, within).items()}


def test_heights_are_above_a_known_minimum_and_the_lost_leave_upwards():
    heights = heights_of_losses([np.array([2.0, 1e-3, np.inf])], objective_for("bowl"), False, 10.0)
    assert heights.scale is Scale.GAP
    y = heights.of(np.array([2.0, 1e-3, np.inf, np.nan]))
    assert y[:2] == pytest.approx(np.log10([2.0, 1e-3]))
    assert (y[2:] > heights.span[1]).all()


def test_heights_of_a_function_without_a_known_minimum():
    some = objective_for("x^3 + y")
    linear = heights_of_losses([np.array([-2.0, 5.0])], some, False, 3.0)
    assert linear.scale is Scale.LINEAR
    assert linear.of(np.array([-2.0]))[0] == -2
    assert heights_of_losses([np.array([0.5, 5.0])], some, False, 3.0).scale is Scale.LOG
    uphill = heights_of_losses([np.array([-2.0, 5.0])], some, True, -1.0)
    assert uphill.of(np.array([-np.inf]))[0] < uphill.span[0]
    assert heights_of_losses([], some, False, np.inf).span == (-1.0, 1.0)


def test_the_most_forgiving_comes_first():
    rows = rows_of(found(steps=300, tolerance=1e-4))
    assert [row.width for row in rows] == sorted([row.width for row in rows], reverse=True)
    assert all(row.is_whole for row in rows)


def test_a_first_sweep_is_coarse_and_of_few_starts():
    first = found(whole=False, restarts=20, steps=50)["gd"]
    assert first.sweep.loss.shape == (1, 25, 5)
    assert not first.whole
    assert first.test is not None
    small = found(SweepRange(count=20), whole=False, steps=50)["gd"]
    assert small.whole


def test_what_is_asked_does_not_depend_on_the_rate_in_use():
    one, other = (asked_of(gdsim.Experiment("bowl", learning_rate=rate), SweepRange()) for rate in (0.1, 0.2))
    assert one["gd"].lane == other["gd"].lane
    many = asked_of(gdsim.Experiment("bowl", restarts=1000), SweepRange())["gd"]
    assert many.runs == 100


def test_a_rate_works_or_not_and_beyond_the_axis_nobody_knows():
    sweep = found(steps=300, tolerance=1e-4)["gd"]
    assert at_rate(sweep, sweep.sweep.best_rate(0)) is True
    assert at_rate(sweep, 5.0) is False
    assert at_rate(sweep, 100.0) is None
    assert at_rate(sweep, None) is None


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("is no range", {"low": 1.0, "high": 0.1}),
        ("must be above 0", {"low": 0.0}),
        ("count must be from 2 to 2000", {"count": 1}),
        ("whole number", {"count": 2.5}),
        ("target must be a finite number", {"target": float("nan")}),
    ],
)
def test_bad_ranges_are_named(words, fields):
    with pytest.raises(GdsimError, match=words):
        SweepRange().changed(**fields)
