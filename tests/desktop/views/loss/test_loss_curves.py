"""Tests of what the loss view shows of a race: right values, decided without Qt."""

import copy
import math
from dataclasses import replace

import numpy as np
import pytest
from example_counts import many_examples
from hypothesis import assume, given
from hypothesis import strategies as st

import gdsim
from gdsim.desktop.state.selection import bold_runs
from gdsim.desktop.views.loss.curves import Scale, curves_of
from gdsim.desktop.views.loss.cuts import cuts_of, marks_of, rows_of
from gdsim.desktop.views.loss.nearest_curve import heights_at, nearest_bold, nearest_run, step_at
from gdsim.desktop.views.loss.span import steady
from gdsim.storage.examples import examples

EXAMPLES = examples()


def gd(*rates):
    return [gdsim.GradientDescent(learning_rate=rate) for rate in rates]


def descend(function, rates, **more):
    return gdsim.descend(function, gd(*rates), **({"steps": 100, "tolerance": 0} | more))


def seen(race, logarithmic=True):
    """The curves of a race, and the arrows of the runs from the start and of the restarts."""
    curves = curves_of(race, logarithmic)
    return curves, cuts_of(race, curves, [0] * len(race.rules))


def inside(curves, optimizer, run=0):
    """The share of a curve that lies in the frame."""
    low, high = curves.span
    heights = curves.heights[:, optimizer, run]
    return float(((low <= heights) & (heights <= high)).mean())


def test_known_minima_keep_the_gap_to_them():
    race = descend("two_valleys", [0.01])
    curves, _ = seen(race)
    lowest = min(minimum.value for minimum in race.objective.minima)
    assert (curves.scale, curves.base) == (Scale.GAP, lowest)
    np.testing.assert_allclose(curves.heights, np.log10(np.maximum(race.losses - lowest, 1e-16)))


@pytest.mark.parametrize("function", ["x^2 + y^2 + 1", "1 + 3*hypot(x, y)", "exp(x) + 2", "(x - 1)^4 + 1e-3"])
@pytest.mark.parametrize("direction", ["descent", "ascent"])
def test_where_no_minimum_is_known_the_curve_ends_at_f_itself(function, direction):
    race = descend(function, [0.01, 0.1], direction=direction, restarts=2, steps=40)
    curves, _ = seen(race)
    assert (curves.scale, curves.base) == (Scale.LOG, 0.0)
    there = race.kinds != gdsim.Kind.DIVERGED
    np.testing.assert_allclose(10 ** curves.heights[-1][there], race.losses[-1][there], rtol=1e-9)
    assert there.any() or direction == "ascent"


def test_a_network_does_not_plunge_at_its_end():
    race = gdsim.descend("network", ["gd", "adam"], data="moons", options={"hidden": (4,)}, steps=30, seed=1)
    curves, cuts = seen(race)
    assert curves.scale is Scale.LOG
    np.testing.assert_allclose(10**curves.heights, race.losses)
    falls = -np.diff(curves.heights, axis=0)
    assert falls[-1].max() < 0.1
    assert not cuts


@pytest.mark.parametrize("function", ["x^2 - 4", "sin(x) - 2", "x^2 + y^2 - 1", "-exp(-x^2 - y^2)"])
def test_what_is_not_positive_is_shown_on_a_linear_axis(function):
    race = descend(function, [0.1], restarts=3)
    curves, cuts = seen(race)
    assert (curves.scale, curves.logs) == (Scale.LINEAR, Scale.LINEAR)
    np.testing.assert_array_equal(curves.heights, race.losses)
    assert not cuts


def test_a_loss_of_0_is_below_every_logarithm():
    race = descend("abs(x)", [0.5], start=(2.0,), steps=10)
    assert (race.losses[4:] == 0).all()
    curves, (cut,) = seen(race)
    assert curves.scale is Scale.LOG
    assert (cut.up, cut.value, cut.lost) == (False, 0.0, None)
    assert 3 <= cut.step <= 4


def test_rounding_below_a_known_minimum_is_no_reason_for_another_axis():
    race = descend("styblinski_tang", [0.01], steps=400)
    assert seen(race)[0].scale is Scale.GAP


def test_far_below_a_known_minimum_it_is_not_the_lowest():
    race = descend("himmelblau", [0.001], direction="ascent", start=(4.0, 4.0), steps=40)
    # beyond the hill that is known f grows without end
    assert race.losses.max() > race.objective.maxima[0].value
    curves, _ = seen(race)
    assert curves.scale is Scale.LOG


def test_if_all_grow_the_axis_shows_how():
    race = descend("bowl", [1.1], start=(1, 1), steps=60)
    assert race.losses[-1, 0, 0] == pytest.approx(6.3e9, rel=0.01)
    for logarithmic in (True, False):
        curves, cuts = seen(race, logarithmic)
        assert inside(curves, 0) == 1
        assert not cuts
    low, high = curves_of(race, True).span
    assert low < math.log10(2) < 9.7 < high < 11


def test_a_run_slightly_above_the_limit_that_is_never_lost():
    race = descend("ravine", [1.05], steps=300)
    assert race.losses[-1].max() > 1e20
    curves, cuts = seen(race)
    assert inside(curves, 0) == 1
    assert not cuts
    np.testing.assert_allclose(10 ** curves.heights[-1], race.losses[-1])


@pytest.mark.parametrize("logarithmic", [True, False])
def test_one_that_grows_beside_one_that_converges_is_cut_with_its_number(logarithmic):
    race, calm = descend("bowl", [1.2, 0.1], start=(1, 1)), descend("bowl", [0.1], start=(1, 1))
    curves, (cut,) = seen(race, logarithmic)
    assert (cut.optimizer, cut.up, cut.value, cut.lost) == (0, True, race.losses[-1, 0, 0], None)
    assert cut.value == pytest.approx(3.36e29, rel=0.01)
    assert inside(curves, 1) == 1
    (low, high), (known_low, known_high) = curves.span, curves_of(calm, logarithmic).span
    assert low == pytest.approx(known_low)
    assert known_high < high < known_high + 0.15 * (known_high - known_low)
    # the arrow is where the curve crosses the frame
    before, after = curves.heights[math.floor(cut.step), 0, 0], curves.heights[math.ceil(cut.step), 0, 0]
    assert before <= high <= after


def test_of_two_that_grow_the_slower_stays_readable():
    race = descend("bowl", [1.01, 1.5], start=(1, 1), steps=300)
    curves, (cut,) = seen(race)
    assert cut.optimizer == 1
    assert cut.value == race.losses[-1, 1, 0] > 1e100
    low, high = curves.span
    slow = curves.heights[:, 0, 0]
    assert np.ptp(slow) > 0.15 * (high - low)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_run_that_is_lost_goes_to_infinity_at_its_step(logarithmic):
    race = descend("himmelblau", [0.04])
    ended = int(race.ended[0, 0])
    assert race.kinds[0, 0] == gdsim.Kind.DIVERGED
    curves, (cut,) = seen(race, logarithmic)
    assert (cut.up, cut.value, cut.lost) == (True, math.inf, ended)
    assert cut.step < ended
    # its rise takes a good part of the frame, across and upward
    assert ended < curves.last < race.steps / 2
    low, high = curves.span
    known = curves.heights[np.isfinite(curves.heights)]
    assert min(known.max(), high) - known.min() > 0.5 * (high - low)


def test_the_axis_is_as_long_as_the_race_unless_all_are_lost_early():
    assert curves_of(descend("himmelblau", [0.04, 0.01]), True).last == 100
    assert curves_of(descend("himmelblau", [0.04], steps=14), True).last == 14
    assert curves_of(descend("himmelblau", [0.04], steps=10_000), True).last < 30


@pytest.mark.parametrize("logarithmic", [True, False])
def test_whoever_fell_and_ended_is_not_cut_for_one_that_hardly_moves(logarithmic):
    race = descend("sqrt(x)", [0.05, 1e-9], start=(0.2,))
    assert race.kinds[0, 0] == gdsim.Kind.LEFT_DOMAIN
    curves, cuts = seen(race, logarithmic)
    assert not cuts
    known = np.isfinite(curves.heights[:, 0, 0])
    assert inside(curves, 0) == known.mean()


@pytest.mark.parametrize("logarithmic", [True, False])
def test_what_falls_without_end_leaves_at_the_bottom(logarithmic):
    race = gdsim.descend("x^2 - y^2", [*gd(0.1), "rmsprop"], start=(1, 1e-3), steps=200)
    curves, (cut,) = seen(race, logarithmic)
    assert (cut.optimizer, cut.up, cut.value) == (0, False, race.losses[-1, 0, 0])
    assert inside(curves, 1) == 1
    # alone it has the frame for itself, and lost it goes to −∞
    assert inside(seen(descend("x^2 - y^2", [0.1], start=(1, 1e-3)), logarithmic)[0], 0) == 1
    race = gdsim.descend("x^2 - y^2", [*gd(0.1), "rmsprop"], start=(1, 1e-3), steps=5000)
    _, (cut,) = seen(race, logarithmic)
    assert (cut.up, cut.value, cut.lost) == (False, -math.inf, race.ended[0, 0])


def test_what_rises_without_end_uphill_is_the_mirror_image():
    up = descend("y^2 - x^2", [0.1, 1e-3], start=(1, 1e-3), steps=5000, direction="ascent")
    down = descend("x^2 - y^2", [0.1, 1e-3], start=(1, 1e-3), steps=5000)
    for rise, fall in zip(seen(up)[1], seen(down)[1], strict=True):
        assert (rise.up, rise.value, rise.lost) == (not fall.up, -fall.value, fall.lost)
    wild = descend("-(x^2) - y^2 - 1", [1.2, 0.1], start=(1, 1), direction="ascent")
    _, (cut,) = seen(wild)
    assert (cut.up, cut.value) == (False, wild.losses[-1, 0, 0])


def test_what_falls_away_from_a_known_maximum_uphill_rises_on_an_axis_of_gaps():
    hill = copy.copy(gdsim.function("-(x^2) - y^2"))
    hill.maxima = (gdsim.Minimum((0.0, 0.0), 0.0),)
    race = descend("-(x^2) - y^2", [1.2, 0.1], start=(1, 1), direction="ascent")
    race = replace(race, course=replace(race.course, objective=hill))
    curves, (cut,) = seen(race)
    assert curves.scale is Scale.GAP
    assert (cut.optimizer, cut.up, cut.value) == (0, True, race.losses[-1, 0, 0])
    assert cut.value < -1e29


def test_what_goes_beyond_a_known_maximum_that_is_not_the_highest_has_no_gap():
    race = descend("himmelblau", [0.001, 0.1], start=(1.0, 1.0), direction="ascent", steps=300)
    assert race.kinds[1, 0] == gdsim.Kind.DIVERGED
    curves, (cut,) = seen(race)
    assert (curves.scale, curves.base) == (Scale.GAP, race.objective.maxima[0].value)
    assert (cut.optimizer, cut.up, cut.value, cut.lost) == (1, False, math.inf, race.ended[1, 0])
    beyond = race.losses[: race.ended[1, 0], 1, 0] > curves.base + 1
    np.testing.assert_array_equal(curves.heights[: race.ended[1, 0], 1, 0] == -math.inf, beyond)
    assert inside(curves, 0) == 1


def test_sixteen_decades_are_enough_of_what_converges():
    race = descend("x^2 + y^2", [0.4, 0.01], start=(1, 1), steps=400)
    assert race.losses[-1, 0, 0] < 1e-300
    curves, (cut,) = seen(race)
    assert -20 < curves.span[0] <= -16
    assert (cut.up, cut.value) == (False, race.losses[-1, 0, 0])


def test_a_hump_of_a_run_that_comes_back_is_cut_with_the_top_of_it():
    race = gdsim.descend("x^2 + 50*y^2", [gdsim.Momentum(learning_rate=0.02, momentum=0.95)], start=(3, 0.3), steps=400)
    humps = seen(race, logarithmic=False)[1]
    for cut in humps:
        assert cut.value == race.losses.max()
    assert inside(seen(race)[0], 0) == 1


def test_restarts_that_leave_have_one_arrow_an_optimizer():
    race = gdsim.descend("himmelblau", gd(0.04), restarts=12, seed=1, steps=80, tolerance=0)
    lost = np.flatnonzero(race.kinds[0] == gdsim.Kind.DIVERGED)
    assert 2 < len(lost) < 13
    curves, _ = seen(race)
    cuts = cuts_of(race, curves, [int(lost[0])])
    bold, rest = sorted((cut for cut in cuts if cut.up), key=lambda cut: cut.restarts)
    assert (bold.restarts, bold.value, bold.lost) == (0, math.inf, race.ended[0, lost[0]])
    # one of them comes back
    assert (rest.restarts, rest.value) == (len(lost), math.inf)


def test_labels_do_not_lie_on_each_other():
    starts, widths = [0.0, 2.0, 60.0, 30.0, 1.0], [50.0] * 5
    rows = rows_of(starts, widths, 5.0, 3)
    assert rows == [0, 1, 0, 2, -1]


def test_lost_at_step_0():
    race = descend("log(x)", [0.1], start=(-1.0,))
    curves, (cut,) = seen(race)
    assert np.isnan(curves.heights).all()
    assert math.isnan(cut.value)
    assert (cut.step, cut.lost) == (0, 0)
    race = descend("exp(x^2)", [0.1], start=(30.0,))
    assert race.losses[0, 0, 0] == math.inf
    _, (cut,) = seen(race)
    assert (cut.up, cut.value, cut.step, cut.lost) == (True, math.inf, 0, 0)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_lost_in_its_first_step(logarithmic):
    race = descend("x^2*1e200", [1000.0], start=(1.0,))
    assert race.ended[0, 0] == 1
    curves, (cut,) = seen(race, logarithmic)
    assert (cut.up, cut.value, cut.lost) == (True, math.inf, 1)
    assert curves.span[0] < curves.span[1]


@pytest.mark.parametrize("logarithmic", [True, False])
@pytest.mark.parametrize("start", [1.0, -1.0, 1e308, -1e308, 1e-308])
def test_numbers_of_every_size(logarithmic, start):
    race = descend("x", [1e-3], start=(start,), steps=3)
    curves, cuts = seen(race, logarithmic)
    low, high = curves.span
    assert math.isfinite(high - low)
    assert low < high
    assert inside(curves, 0) or [cut.value for cut in cuts] == [pytest.approx(start)]


@pytest.mark.parametrize("logarithmic", [True, False])
@pytest.mark.parametrize("steps", [1, 2])
def test_races_of_one_step(logarithmic, steps):
    race = descend("bowl", [0.1, 1e3], start=(1, 1), steps=steps)
    curves, (cut,) = seen(race, logarithmic)
    assert (cut.optimizer, cut.up, cut.value) == (1, True, race.losses[-1, 1, 0])
    assert inside(curves, 0) == 1


def test_converged_runs_end_with_a_dot_and_lost_ones_with_a_cross():
    race = descend("sqrt(x)", [0.05, 1e-9], start=(0.2,))
    assert race.kinds[0, 0] == gdsim.Kind.LEFT_DOMAIN
    curves, _ = seen(race)
    marks = marks_of(race, curves)
    ended = int(race.ended[0, 0])
    assert (marks.optimizers.tolist(), marks.steps.tolist(), marks.lost.tolist()) == ([0], [ended - 1], [True])
    assert marks.heights[0] == pytest.approx(math.log10(race.losses[ended - 1, 0, 0]))
    race = gdsim.descend("bowl", gd(0.2, 0.0001), restarts=2, steps=200, tolerance=1e-3)
    curves = curves_of(race, True)
    marks = marks_of(race, curves)
    assert not marks.lost.any()
    np.testing.assert_array_equal(marks.steps, race.ended[0])
    np.testing.assert_array_equal(marks.heights, curves.heights[race.ended[0], 0, range(3)])
    assert marks.runs.tolist() == [0, 1, 2]


def is_seen(race, curves, cuts, optimizer):
    """Tell whether a curve has a point in the frame, or an arrow says where it is."""
    return inside(curves, optimizer) > 0 or any(cut.optimizer == optimizer and not cut.restarts for cut in cuts)


def check(race, logarithmic):
    curves, cuts = seen(race, logarithmic)
    low, high = curves.span
    assert math.isfinite(high - low)
    assert low < high
    for o in range(len(race.rules)):
        if np.isfinite(race.losses[0, o, 0]):
            assert is_seen(race, curves, cuts, o)
    for cut in cuts:
        if cut.lost is None:
            runs = [0] if not cut.restarts else range(1, race.runs)
            ends = [getattr(race.losses[:, cut.optimizer, run], how)() for run in runs for how in ("max", "min")]
            assert cut.value in ends
    # all that is cut has an arrow
    for o, run in np.argwhere((curves.heights > high).any(axis=0) | (curves.heights < low).any(axis=0)):
        assert any(cut.optimizer == o and bool(cut.restarts) == bool(run) for cut in cuts)
    return curves


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.path.stem)
def test_no_example_has_an_empty_plot(example):
    race = example.document.experiment.run()
    for logarithmic in (True, False):
        curves = check(race, logarithmic)
        low, high = curves.span
        for o in range(len(race.rules)):
            heights = curves.heights[: curves.row(curves.last) + 1, o, 0]
            shown = heights[(low <= heights) & (heights <= high)]
            assert shown.size
            # it moves, or it lasts: a curve of a few pixels at the edge would say nothing
            assert np.ptp(shown) > 0.1 * (high - low) or shown.size > 0.3 * curves.last


RATES = st.floats(-3, 3).map(lambda log: 10.0**log)
FUNCTIONS = st.sampled_from(
    ["bowl", "ravine", "himmelblau", "x^2 - y^2", "x^3 + y^2", "x^2 + y^2 - 3", "sqrt(x + 4) + y^2", "exp(x) + exp(-y)"]
)


@many_examples(150, derandomize=True)
@given(
    FUNCTIONS,
    st.lists(RATES, min_size=1, max_size=3),
    st.sampled_from(["descent", "ascent"]),
    st.integers(1, 60),
    st.integers(0, 2),
    st.booleans(),
)
def test_what_is_finite_is_seen_and_what_is_cut_is_told(function, rates, direction, steps, restarts, logarithmic):
    race = descend(function, rates, direction=direction, steps=steps, restarts=restarts, tolerance=1e-6)
    check(race, logarithmic)


@many_examples(60, derandomize=True)
@given(FUNCTIONS, st.lists(RATES, min_size=1, max_size=2), st.sampled_from(["descent", "ascent"]), st.booleans())
def test_heights_are_monotone_in_the_losses(function, rates, direction, logarithmic):
    race = descend(function, rates, direction=direction, steps=30, restarts=2, tolerance=1e-6)
    curves = curves_of(race, logarithmic)
    known = ~np.isnan(curves.heights)
    lost = np.arange(31)[:, None, None] >= race.ended
    lost &= np.isin(race.kinds, [gdsim.Kind.DIVERGED, gdsim.Kind.LEFT_DOMAIN])
    known &= ~lost
    assume(known.any())
    losses, heights = race.losses[known], curves.heights[known]
    order = np.argsort(losses)
    rises = np.array([b >= a for a, b in zip(heights[order], heights[order][1:], strict=False)])
    if curves.scale is Scale.GAP and curves.ascent:
        rises = np.array([b <= a for a, b in zip(heights[order], heights[order][1:], strict=False)])
    assert rises.all()


def test_the_chosen_run_is_bold_and_of_others_that_from_the_start():
    keys = ("gd", "adam", "adam#2")
    assert bold_runs(keys, 5, ("adam", 3)) == [0, 3, 0]
    assert bold_runs(keys, 3, ("adam", 3)) == [0, 0, 0]
    assert bold_runs(keys, 5, ("", 0)) == [0, 0, 0]


def test_curves_are_read_between_steps_too():
    race = descend("bowl", [0.1], start=(1, 1), steps=10)
    curves = curves_of(race, logarithmic=False)
    found = heights_at(curves, np.array([0.0, 2.5, 10.0]))[:, 0, 0]
    losses = race.losses[:, 0, 0]
    np.testing.assert_allclose(found, [losses[0], (losses[2] + losses[3]) / 2, losses[10]])
    assert [step_at(x, 10) for x in (-3.0, 2.4, 2.6, 99.0)] == [0, 2, 3, 10]


def test_the_nearest_curve_within_reach():
    race = descend("bowl", [0.01, 0.2], start=(1, 1), steps=10, restarts=1)
    curves = curves_of(race, logarithmic=False)
    slow, pixel = float(race.losses[5, 0, 0]), (0.05, 0.02)
    assert nearest_run(curves, (5.0, slow), pixel, 8) == (0, 0)
    assert nearest_run(curves, (5.0, slow + 0.1), pixel, 8) == (0, 0)
    assert nearest_run(curves, (5.0, slow + 0.1), pixel, 3) is None
    assert nearest_run(curves, (5.0, slow), pixel, 8, hidden=[0]) is None
    restart = float(race.losses[1, 0, 1])
    assert nearest_run(curves, (1.0, restart), pixel, 2) == (0, 1)
    assert nearest_run(curves, (1.0, restart), pixel, 2, bold=[0, 0]) is None
    assert nearest_run(curves, (1.0, restart), pixel, 8, bold=[1, 0]) == (0, 1)


def test_the_nearest_bold_curve_at_a_step():
    race = descend("bowl", [0.01, 0.2], start=(1, 1), steps=10, restarts=1)
    curves = curves_of(race, logarithmic=False)
    slow, fast = race.losses[5, :, 0]
    assert nearest_bold(curves, (5.0, slow - 0.01), [0, 0]) == 0
    assert nearest_bold(curves, (5.0, fast - 90), [0, 0]) == 1
    assert nearest_bold(curves, (5.0, fast - 90), [0, 0], hidden=[1]) == 0
    assert nearest_bold(curves, (5.0, fast - 90), [0, 0], hidden=[0, 1]) == -1
    lost = curves_of(descend("himmelblau", [0.04]), True)
    assert nearest_bold(lost, (60.0, 0.0), [0]) == -1


def test_the_ends_of_the_axis_are_round_and_stay_while_the_losses_move_a_little():
    rng = np.random.default_rng(0)
    for size in 10.0 ** rng.uniform(-6, 30, 200):
        low, high = np.sort(rng.normal(0, size, 2))
        below, above = steady(low, high)
        assert below <= low < high <= above
        assert (low - below) + (above - high) <= (high - low) / 32 * (1 + 1e-9)
        assert steady(-high, -low) == (-above, -below)
    assert len({steady(-16.7, 2 + k / 1000) for k in range(100)}) < 4
