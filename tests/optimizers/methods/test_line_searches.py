"""Line searches: the inequalities hold at every point that is taken, and what was tried is told."""

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import assume, given
from hypothesis import strategies as st

import gdsim
from gdsim.optimizers.methods import Backtracking, CoordinateDescent, LineSearchExact, StrongWolfe

FUNCTIONS = ["rosenbrock", "himmelblau", "beale", "rastrigin", "ackley", "log(1 + x^2) + exp(y) - y", "x^2 + 50*y^2"]
STARTS = st.tuples(st.floats(-3, 3), st.floats(-3, 3))
#: Of the numbers that were compared, the last digits are worked out anew here.
ROUNDING = 1e-12


def steps_of(race):
    """For every step that moved: x, g, f before and after it."""
    path = race.positions[:, 0, :, 0]
    moved = np.flatnonzero((np.diff(path, axis=0) != 0).any(axis=1))
    with np.errstate(all="ignore"):
        value, gradient = race.losses[:, 0, 0], race.objective.gradient(path.T).T
    return [(path[k], gradient[k], value[k], path[k + 1], gradient[k + 1], value[k + 1]) for k in moved]


@many_examples(60)
@given(st.sampled_from(FUNCTIONS), STARTS, st.floats(1e-6, 0.4), st.floats(0.1, 0.9), st.floats(0.01, 10))
def test_armijo(function, start, c1, shrinking, first):
    race = gdsim.descend(function, Backtracking(first=first, shrinking=shrinking, c1=c1), start, steps=60)
    for x, g, f, y, _, lower in steps_of(race):
        assert lower <= f + c1 * (g @ (y - x)) + ROUNDING * (1 + abs(f))


@many_examples(60)
@given(st.sampled_from(FUNCTIONS), STARTS, st.floats(1e-6, 0.099), st.floats(0.1, 0.95))
def test_strong_wolfe(function, start, c1, c2):
    race = gdsim.descend(function, StrongWolfe(c1=c1, c2=c2), start, steps=60)
    for x, g, f, y, h, lower in steps_of(race):
        assert lower <= f + c1 * (g @ (y - x)) + ROUNDING * (1 + abs(f))
        assert abs(h @ g) <= c2 * (g @ g) * (1 + ROUNDING)


@many_examples(40)
@given(st.sampled_from(FUNCTIONS), STARTS)
def test_exact_steps_are_at_right_angles(function, start):
    race = gdsim.descend(function, LineSearchExact(), start, steps=40)
    assume(function not in ("ackley",))  # which has a corner
    for _, g, f, _, h, lower in steps_of(race):
        assert lower <= f + 1e-14 * abs(f)
        assert abs(h @ g) <= 1e-6 * (g @ g) + 1e-10


@many_examples(40)
@given(st.sampled_from(FUNCTIONS), STARTS)
def test_one_coordinate_moves_a_step(function, start):
    race = gdsim.descend(function, CoordinateDescent(), start, steps=40)
    moves = np.diff(race.positions[:, 0, :, 0], axis=0)
    assert not moves[0::2, 1].any()
    assert not moves[1::2, 0].any()
    assert (np.diff(race.losses[:, 0, 0]) <= 1e-14 * np.abs(race.losses[:-1, 0, 0])).all()


def test_tried_points_end_with_the_one_that_is_taken():
    race = gdsim.descend("rosenbrock", Backtracking(), (-1.5, 2), steps=30)
    for step in (1, 2, 30):
        tried = race.tried(0, 0, step)
        np.testing.assert_array_equal(tried[:, -1], race.positions[step, 0, :, 0])
        x, ahead = race.positions[step - 1, 0, :, 0], tried if step > 1 else tried[:, 1:]
        direction = -race.objective.gradient(x)
        lengths = (ahead - x[:, None]) / direction[:, None]
        np.testing.assert_allclose(lengths, np.broadcast_to(0.5 ** np.arange(ahead.shape[1]), lengths.shape), rtol=1e-6)
    assert not race.tried(0, 0, 1).flags.writeable


@pytest.mark.parametrize("method", [LineSearchExact(), StrongWolfe(), Backtracking(), CoordinateDescent()])
def test_a_line_that_falls_without_end_is_followed(method):
    race = gdsim.descend("x^3 + y", method, (1, 1), steps=50)
    assert "without end" in str(race.outcome(0, 0))


def test_a_domain_is_not_left():
    for method in (LineSearchExact(), StrongWolfe(), Backtracking(), CoordinateDescent()):
        race = gdsim.descend("x - log(x) + y^2", method, (0.01, 3), steps=200)
        assert race.outcome(0, 0).arrived, method
