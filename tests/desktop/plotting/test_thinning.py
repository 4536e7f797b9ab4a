"""Tests of what is drawn of a race: decided without Qt."""

from itertools import pairwise, product

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QGraphicsScene

import gdsim
from gdsim.desktop.look.style import DARK, LIGHT, optimizer_color, ring_color
from gdsim.desktop.plotting.decade_axis import DecadeAxis, decades_between, log_ticks
from gdsim.desktop.plotting.number_axis import NumberAxis
from gdsim.desktop.plotting.thinning import MOST_POINTS, MOST_RUNS, drawn, kept_points
from gdsim.desktop.views.landscape.level_texts import level_texts
from gdsim.desktop.views.landscape.spots import shrunk, start_look
from gdsim.desktop.views.loss.curves import Scale, batch_heights, curves_of
from gdsim.desktop.views.loss.epoch_axis import epoch_marks
from gdsim.simulation.sampling.tangent import judge


def test_short_races_are_drawn_whole():
    race = gdsim.descend("bowl", ["gd", "adam"], restarts=3, steps=50)
    shown = drawn(race)
    np.testing.assert_array_equal(shown.steps, np.arange(51))
    np.testing.assert_array_equal(shown.positions, race.positions)
    np.testing.assert_array_equal(shown.losses, race.losses)


@pytest.mark.parametrize(("restarts", "steps"), [(200, 7), (0, 400_001), (99, 6001)])
def test_long_races_are_thinned_to_a_limit(restarts, steps):
    race = gdsim.descend("bowl", "gd", restarts=restarts, steps=steps, tolerance=0)
    shown = drawn(race)
    assert shown.runs == min(restarts + 1, MOST_RUNS)
    assert shown.positions.shape == (len(shown.steps), 1, 2, shown.runs)
    assert shown.losses.size <= 1.02 * MOST_POINTS
    assert shown.steps[0] == 0
    assert shown.steps[-1] == steps
    assert (np.diff(shown.steps) > 0).all()
    np.testing.assert_array_equal(shown.positions, race.positions[shown.steps][..., : shown.runs])
    np.testing.assert_array_equal(shown.losses, race.losses[shown.steps][..., : shown.runs])


def test_points_in_one_place_are_drawn_once():
    rng = np.random.default_rng(0)
    x = 300 + 200 * np.exp(-np.arange(2000)[:, None] / 40) * rng.choice([-1, 1], (1, 3))
    y = np.full_like(x, 100.0)
    keep = kept_points(x, y)
    assert keep[0].all()
    assert 0.02 < keep.mean() < 0.3
    # every point that is left out lies within a pixel of the one kept before it
    for run in range(3):
        last = np.maximum.accumulate(np.where(keep[:, run], np.arange(2000), 0))
        assert np.abs(x[:, run] - x[last, run]).max() <= 1


def test_nothing_is_left_out_of_a_path_of_long_steps():
    x = np.arange(0.0, 500.0, 3.0)[:, None]
    assert kept_points(x, 0 * x).all()


def race_of(*rates, **rest):
    return gdsim.descend(
        "himmelblau",
        [gdsim.GradientDescent(learning_rate=rate) for rate in rates],
        **({"steps": 100, "tolerance": 0} | rest),
    )


@pytest.mark.parametrize("logarithmic", [True, False])
def test_curves_show_the_losses(logarithmic):
    race = race_of(0.001, 0.01, restarts=4, seed=3)
    curves = curves_of(race, logarithmic)
    heights = np.log10(np.maximum(race.losses, 1e-16)) if logarithmic else race.losses
    np.testing.assert_allclose(curves.heights, heights)
    np.testing.assert_array_equal(curves.best, race.losses[-1].argmin(axis=-1))
    low, high = curves.span
    assert low < heights.min()
    assert heights[0].max() < high


def test_the_lowest_of_a_race_without_a_known_minimum_does_not_spoil_the_axis():
    race = gdsim.descend("log(x)", [gdsim.GradientDescent(learning_rate=0.1)], start=(2.0,), steps=10)
    low, high = curves_of(race, logarithmic=True).span
    assert high - low < 5


@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_diverging_run_does_not_spoil_the_axis(logarithmic):
    calm, wild = race_of(0.005), race_of(0.005, 5.0)
    assert wild.kinds[1, 0] == gdsim.Kind.DIVERGED
    curves = curves_of(wild, logarithmic)
    (low, high), (known_low, known_high) = curves.span, curves_of(calm, logarithmic).span
    # some room above, where it is seen to leave
    assert low == pytest.approx(known_low)
    assert known_high < high < known_high + 0.15 * (known_high - known_low)
    ended = wild.ended[1, 0]
    assert curves.heights[ended, 1] == np.inf
    assert np.isnan(curves.heights[ended + 1 :, 1]).all()
    assert np.isfinite(curves.heights[:, 0]).all()


@pytest.mark.parametrize("logarithmic", [True, False])
def test_the_axis_of_a_race_that_stands_still_has_a_height(logarithmic):
    race = gdsim.descend("bowl", "gd", start=(0, 0), steps=5)
    low, high = curves_of(race, logarithmic).span
    assert np.isfinite([low, high]).all()
    assert low < high


def test_the_logarithm_is_of_the_height_above_the_lowest_known_minimum():
    race = gdsim.descend("two_valleys", "gd", steps=50)
    curves = curves_of(race, logarithmic=True)
    lowest = min(minimum.value for minimum in race.objective.minima)
    assert curves.base == pytest.approx(lowest)
    np.testing.assert_allclose(10.0**curves.heights, race.losses - lowest, rtol=1e-9)


def test_lost_runs_are_not_the_best():
    race = gdsim.descend(
        "himmelblau", gdsim.GradientDescent(learning_rate=0.04), restarts=12, seed=1, steps=80, tolerance=0
    )
    lost = race.kinds[0] == gdsim.Kind.DIVERGED
    assert lost.any()
    assert not lost.all()
    assert not lost[curves_of(race, logarithmic=True).best[0]]


@pytest.mark.parametrize("logarithmic", [True, False])
def test_nobody_races(logarithmic):
    race = gdsim.Experiment("bowl", steps=10, optimizers=()).run()
    low, high = curves_of(race, logarithmic).span
    assert low < high


def test_decades_are_as_many_as_there_is_room_for():
    assert decades_between(-3.2, 1.1, 10) == [-3, -2, -1, 0, 1]
    assert decades_between(-12, 0, 4) == [-12, -9, -6, -3, 0]
    assert decades_between(0.2, 0.8, 5) == []
    assert decades_between(-1.5, 1.5, 0) == [0]


def test_numbers_of_a_narrow_logarithmic_axis_do_not_lie_on_each_other():
    assert log_ticks(-16, 2, 9) == decades_between(-16, 2, 9)
    for low, high, most in ((-2.1, -0.6, 9), (-0.4, 0.65, 3), (-7.2, -6.1, 12), (0.2, 0.4, 6), (3.1, 3.2, 1)):
        ticks = log_ticks(low, high, most)
        assert all(low <= tick <= high for tick in ticks)
        assert np.diff(ticks).min(initial=np.inf) >= 0.999 * (high - low) / most
    np.testing.assert_allclose(10.0 ** np.array(log_ticks(-2.1, -0.6, 9)), [0.01, 0.02, 0.05, 0.1, 0.2])


def test_numbers_of_a_logarithmic_axis_are_whole(app):
    axis = DecadeAxis("left")
    axis.logMode = True
    assert axis.tickStrings([-4, -3, 0, 3, 4, np.log10(0.02)], 1, 1) == ["10⁻⁴", "0.001", "1", "1000", "10⁴", "0.02"]
    assert axis.tickValues(-2, 3.01, 500) == [(1.0, [-2, -1, 0, 1, 2])]
    assert axis.tickValues(-2, 3.5, 500) == [(1.0, [-2, -1, 0, 1, 2, 3])]


@pytest.mark.parametrize("points", [7.0, 9.5, 16.6, 24.0])
@pytest.mark.parametrize("side", ["left", "bottom"])
def test_numbers_of_an_axis_keep_their_distance(app, points, side):
    font = QFont(app.font())
    font.setPointSizeF(points)
    metrics = QFontMetricsF(font)
    ranges = [
        (-12.3, 2.5),
        (-0.07, 0.11),
        (9.4, 12.2),
        (0, 400),
        (-4.4, -1.7),
        (1e6, 1e6 + 3),
        (3e-7, 8e-7),
        (-1e9, 5e9),
    ]
    for logarithmic in (False, True):
        axis = DecadeAxis(side)
        axis.setTickFont(font)
        axis.logMode = logarithmic
        for (low, high), size in product(ranges if not logarithmic else ranges[:4], (40, 90, 140, 260, 700)):
            ((step, values),) = axis.tickValues(low, high, size)
            texts = axis.tickStrings(values, 1.0, step)
            assert 1 <= len(set(texts)) == len(values)
            assert all(low <= value <= high for value in values)
            places = [(value - low) * size / (high - low) for value in values]
            if side == "left":
                assert np.diff(places).min(initial=np.inf) >= metrics.height()
                continue
            ends = [
                (at - w / 2, at + w / 2) for at, w in zip(places, map(metrics.horizontalAdvance, texts), strict=True)
            ]
            assert all(after[0] - before[1] >= metrics.horizontalAdvance("0") for before, after in pairwise(ends))


def test_numbers_of_an_axis_are_round(app):
    axis = NumberAxis("bottom")
    assert axis.tickValues(-1.1, 2.05, 400) == [(0.5, [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0])]
    assert axis.tickValues(3.0, 3.0, 300) == axis.tickValues(0, np.inf, 300) == []
    assert axis.tickStrings([1e6, 1e6 + 1], 1.0, 1.0) == ["1000000", "1000001"]


def test_numbers_that_are_wider_than_their_axis_are_powers(app):
    axis = NumberAxis("left")
    assert axis.tickStrings([-200000.0, 0.0], 1.0, 1e5) == ["−200000", "0"]
    axis.setWidth(axis.metrics.horizontalAdvance("−99999") + 12)
    assert axis.tickStrings([-1200.0, 1000.0], 1.0, 200.0) == ["−1200", "1000"]
    texts = axis.tickStrings([-200000.0, -150000.0, -50000.0, 0.0], 1.0, 50000.0)
    assert texts == ["−2e5", "−1.5e5", "−5e4", "0"]
    assert axis.tickStrings([-0.0003, -0.00015, 0.0], 1.0, 5e-5) == ["−3e−4", "−1.5e−4", "0"]


def test_no_number_of_an_axis_is_cut_by_the_edge(app):
    scene = QGraphicsScene(QRectF(0, 0, 100, 200))
    for side, whole in (("left", [False, True, True, False]), ("bottom", [True] * 4)):
        axis = NumberAxis(side)
        scene.addItem(axis)
        places = [QRectF(2, top, 30, 20) for top in (-8, -2, 100, 190)]
        assert [axis._is_whole(place) for place in places] == whole


def test_uphill_the_curves_are_those_of_the_function_turned_round():
    up = gdsim.descend("cos(x)", ["gd", "adam"], restarts=3, steps=60, direction="ascent", start=(2.0,))
    down = gdsim.descend("-cos(x)", ["gd", "adam"], restarts=3, steps=60, start=(2.0,))
    curves, turned = curves_of(up, logarithmic=False), curves_of(down, logarithmic=False)
    np.testing.assert_allclose(curves.heights, -turned.heights, rtol=1e-9)
    np.testing.assert_array_equal(curves.best, turned.best)
    assert curves.scale is turned.scale is Scale.LINEAR
    assert curves.span == pytest.approx(tuple(sorted(-end for end in turned.span)))


def test_uphill_the_gap_is_that_to_the_highest_known_maximum():
    race = gdsim.descend("cosine", ["gd", "adam"], restarts=3, steps=60, direction="ascent", start=(2.0,))
    curves = curves_of(race, logarithmic=True)
    assert (curves.scale, curves.base) == (Scale.GAP, 1.0)
    np.testing.assert_allclose(curves.heights, np.log10(np.maximum(1 - race.losses, 1e-16)))


def test_a_step_crawls_reaches_or_overshoots():
    extrema = np.array([-1.0, 2.0])
    words = [judge(0.0, to, extrema) for to in (0.05, 1.0, 2.01, 2.5, -0.05, -0.5, -1.0, -7.0, 0.0, np.nan)]
    expected = ["crawls", "", "reaches", "overshoots", "crawls", "", "reaches", "overshoots", "", ""]
    assert words == expected
    assert judge(3.0, 9.0, extrema) == ""


def wide(text):
    return 7.0 * len(text)


@pytest.mark.parametrize("pixels", [60, 170, 330, 1200])
@pytest.mark.parametrize(("epoch_steps", "last"), [(2, 40), (10, 400), (10, 399), (7, 100_000), (150, 500), (400, 400)])
def test_epochs_are_marked_without_labels_on_each_other(epoch_steps, last, pixels):
    marks = epoch_marks(epoch_steps, last, pixels, wide, "epoch {n}")
    assert marks
    steps = [step for step, _ in marks]
    stride = steps[0] // epoch_steps
    assert steps == [stride * epoch_steps * (k + 1) for k in range(len(steps))]
    assert str(stride).rstrip("0") in ("1", "2", "5")
    assert steps[-1] <= last < steps[-1] + steps[0]
    shown = [(step * pixels / last, text) for step, text in marks if text]
    ends = [(at - wide(text) / 2, at + wide(text) / 2) for at, text in shown]
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    assert all(left >= 0 and right <= pixels for left, right in ends)
    names = [text for _, text in shown]
    assert names[:1] == [f"epoch {step // epoch_steps}" for step, text in marks if text][:1]
    assert names[1:] == [str(step // epoch_steps) for step, text in marks if text][1:]


def test_few_epochs_are_all_marked_and_none_where_none_ends():
    assert epoch_marks(100, 450, 400, wide, "epoch {n}") == [(100, "epoch 1"), (200, "2"), (300, "3"), (400, "4")]
    assert epoch_marks(100, 99, 400, wide) == []
    assert epoch_marks(10, 100, 0, wide) == []


def test_batches_below_the_lowest_minimum_lie_at_the_bottom_of_a_logarithmic_axis():
    race = gdsim.descend("bowl", "gd", steps=5)
    losses = np.array([[race.losses[0, 0, 0]], [-1.0], [np.nan], [np.inf]])
    curves = curves_of(race, logarithmic=True)
    heights = batch_heights(losses, curves)[:, 0]
    assert heights[0] == pytest.approx(np.log10(race.losses[0, 0, 0]))
    assert heights[1] == curves.span[0]
    assert np.isnan(heights[2])
    assert batch_heights(losses, curves_of(race, logarithmic=False)) is losses
    uphill = gdsim.descend("cosine", "gd", start=(2.0,), steps=5, direction="ascent")
    turned = batch_heights(np.full((4, 1), 2.0), curves_of(uphill, logarithmic=True))[:, 0]
    assert turned[1] == curves_of(uphill, logarithmic=True).span[0]


def test_with_batches_a_logarithmic_axis_is_of_the_loss_itself():
    race = race_of(0.001, 0.002, 5.0, steps=200)
    assert race.kinds[2, 0] == gdsim.Kind.DIVERGED
    full = race.losses[:, 0, 0]
    rng = np.random.default_rng(0)
    batches = full[:-1, None] * rng.lognormal(size=(200, 3))
    batches[5], batches[6] = 0.0, -1.0
    batches[7:60, 2] = 1e200
    curves = curves_of(race, True, batches)
    assert curves.scale is Scale.LOG
    assert curves.base == 0
    np.testing.assert_allclose(10.0 ** curves.heights[:, 0, 0], full)
    heights = batch_heights(batches, curves)
    np.testing.assert_allclose(heights[10:], np.log10(batches[10:]))
    assert np.isnan(heights[5:7]).all()
    # all of the full losses, most of the batches', and nothing of what is lost
    low, high = curves.span
    finite = curves.heights[np.isfinite(curves.heights)]
    assert finite.min() - 1.3 < low < finite.min()
    assert curves.heights[0].max() < high < curves.heights[0].max() + 2
    assert ((low < heights[10:, :2]) & (heights[10:, :2] < high)).mean() > 0.9
    # before any batch is known, and where nothing has a logarithm
    assert curves_of(race, True, np.empty((0, 3))).scale is Scale.LOG
    below = gdsim.descend("x^2 + y^2 - 100", "gd", steps=5)
    assert curves_of(below, True, np.empty((0, 1))).scale is Scale.LINEAR


def test_numbers_beside_the_colour_bar_can_be_told_apart():
    def nine(text):
        return len(text) <= 9

    def twelve(text):
        return len(text) <= 12

    assert level_texts([], 0.0, nine, twelve) == ([], "f")
    assert level_texts([0.25, 1.0, 30.0], 0.1, nine, twelve) == (["0.250", "1.00", "30.0"], "f")
    assert level_texts([0.6931, 0.6932, 0.694], 0.6931, nine, twelve)[0] == ["0.6931", "0.6932", "0.6940"]
    heights = [2e-9, 7e-9, 3e-5]
    told = level_texts([np.log(2) + height for height in heights], np.log(2), nine, twelve)
    assert told == (["2.00e−9", "7.00e−9", "3.00e−5"], "f − 0.693147")
    assert level_texts([-5 + height for height in heights], -5.0, nine, twelve)[1] == "f + 5.000000"
    # nothing but rounding: one number
    assert level_texts([0.7 + 1e-16 * k for k in range(5)], 0.7, nine, twelve) == (["", "", "0.700", "", ""], "f")


def test_many_starts_are_smaller_and_fainter():
    shares = [shrunk(restarts) for restarts in (0, 1, 16, 60, 100, 300, 1000, 30_000)]
    assert shares[:4] == [1, 1, 1, 1]
    assert shares == sorted(shares, reverse=True)
    assert 0.4 == shares[-1] < shares[5] < shares[4] < 1
    few, many = (start_look(LIGHT, restarts) for restarts in (4, 400))
    assert few == start_look(LIGHT)
    assert many[0] < 0.5 * few[0]
    assert many[2].color().alphaF() < 0.5 * few[2].color().alphaF()


def test_a_pale_head_has_a_dark_ring_on_a_light_ground():
    for theme in (LIGHT, DARK):
        rings = {key: ring_color(optimizer_color(key, theme), theme).lightnessF() for key in gdsim.optimizers.USUAL}
        assert {key for key, lightness in rings.items() if lightness < 0.5} == (set() if theme.dark else {"adam"})
