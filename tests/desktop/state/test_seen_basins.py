"""Basin maps as they are seen: colours, numbers and shades that stay what they are."""

import dataclasses

import numpy as np
import pytest

import gdsim
from gdsim.desktop.compute.basin_work import Asked, draw_basins
from gdsim.desktop.state.map_sizes import MOST, MOST_OF_ONE, SIZES, first_size, most_pixels, next_size, runs_of
from gdsim.desktop.state.seen_basins import common_knots, seen_together


def drawn(size=16, key="gd", view=((-5, 5), (-5, 5)), **fields):
    fields = {"function": "himmelblau", "learning_rate": 0.01, "steps": 200, **fields}
    experiment = gdsim.Experiment(optimizers=(gdsim.Entry(key),), **fields)
    asked = Asked(experiment.course, experiment.lanes[0], experiment.steps, experiment.tolerance, view)
    return draw_basins(asked, size, None, lambda share: False)


def test_minima_are_numbered_and_coloured_in_their_order():
    seen, colours = seen_together({"gd": drawn()}, (), 8)
    assert seen["gd"].colours == (0, 1, 2, 3)
    assert seen["gd"].numbers == (1, 2, 3, 4)
    assert len(colours) == 4


def test_a_place_keeps_its_colour_where_it_has_moved_a_little():
    formula = "(x^2 - 4)^2 + (y - a)^2"
    before = drawn(function=formula, parameters={"a": 0.0}, view=((-4, 4), (-4, 4)))
    after = drawn(function=formula, parameters={"a": 0.01}, view=((-4, 4), (-4, 4)))
    first, colours = seen_together({"gd": before}, (), 8)
    at = dict(zip([m.position[0] > 0 for m in before.map.minima], first["gd"].colours, strict=True))
    turned = tuple((position, 7 - colour) for position, colour in colours)
    second, _ = seen_together({"gd": after}, turned, 8)
    for place, colour in zip(after.map.minima, second["gd"].colours, strict=True):
        assert colour == 7 - at[place.position[0] > 0]


def test_maps_side_by_side_have_the_same_colours_and_shades():
    maps = {"gd": drawn(), "adam": drawn(key="adam", learning_rate=0.1)}
    seen, _ = seen_together(maps, (), 8)
    assert seen["gd"].colours == seen["adam"].colours
    assert seen["gd"].knots == seen["adam"].knots


def test_more_minima_than_colours_have_the_colour_that_is_farthest_away():
    many = drawn(32, function="rastrigin", learning_rate=0.001, view=((-2.5, 2.5), (-2.5, 2.5)))
    seen, _ = seen_together({"gd": many}, (), 8)
    reached = [k for k in many.reached if many.map.counts[k]]
    assert len(reached) > 16
    assert len({seen["gd"].numbers[k] for k in reached}) == len(reached)
    places = np.array([many.map.minima[k].position for k in reached])
    colours = np.array([seen["gd"].colours[k] for k in reached])
    away = np.linalg.norm(places[:, None] - places, axis=-1) + np.where(colours[:, None] == colours, 0, 99)
    np.fill_diagonal(away, 99)
    # neighbours, which are 1 apart, differ
    assert away.min() > 1.2


def test_the_same_map_is_the_same_object():
    one = drawn()
    seen, colours = seen_together({"gd": one}, (), 8)
    again, _ = seen_together({"gd": one}, colours, 8, seen)
    assert again["gd"] is seen["gd"]
    other, _ = seen_together({"gd": dataclasses.replace(one)}, colours, 8, seen)
    assert other["gd"] is not seen["gd"]


def test_shades_go_from_few_steps_to_many():
    seen, _ = seen_together({"gd": drawn(32)}, (), 8)
    shades, steps = seen["gd"].shades, seen["gd"].map.steps
    assert shades.shape == steps.shape
    assert shades.min() == 0
    assert shades.max() == 1
    order = np.argsort(steps, axis=None)
    assert (np.diff(shades.ravel()[order]) >= 0).all()
    # as many are lighter than half way as are darker
    assert 0.35 < (shades < 0.5).mean() < 0.65


def test_knots_are_ascending_whatever_they_are_made_of():
    for each in ([], [(5.0, 5.0, 5.0)], [(1.0, 2.0, 3.0), (2.0, 2.0, 9.0)]):
        knots = common_knots(each)
        assert (np.diff(knots) > 0).all()


def test_a_pixel_is_found_at_its_place():
    seen = seen_together({"gd": drawn(8)}, (), 8)[0]["gd"]
    grid = seen.map.grid
    assert seen.pixel_at(grid.x[3], grid.y[6]) == (6, 3)
    assert seen.pixel_at(grid.x[3] + 0.6, grid.y[6] - 0.6) == (6, 3)
    assert seen.pixel_at(5.01, 0) is None
    assert seen.pixel_at(float("nan"), 0) is None
    assert seen.start_at(grid.x[3] + 0.6, grid.y[6]) == (grid.x[3], grid.y[6])
    assert seen.start_at(99.0, 1.0) == (99.0, 1.0)


def test_a_row_of_one_variable():
    one = drawn(16, function="x^4 - 4*x^2 + x", view=((-3, 3),), learning_rate=0.02)
    seen = seen_together({"gd": one}, (), 8)[0]["gd"]
    assert seen.pixel_at(one.map.grid.x[5], 99.0) == (5,)
    assert seen.start_at(one.map.grid.x[5] + 0.01, 99.0) == (one.map.grid.x[5],)


@pytest.mark.parametrize(("seconds", "size"), [(None, 64), (1e-7, 128), (1e-6, 64), (1e-5, 16), (1e-3, 8)])
def test_the_first_map_is_as_fine_as_is_soon_there(seconds, size):
    assert first_size(512, 2, 400, seconds) == size


def test_a_small_map_does_not_say_that_no_larger_one_is_soon_there():
    # by numpy, 300 steps: 4 ms of 8², most of which all sizes take
    assert first_size(512, 2, 300, 0.004 / runs_of(8, 2)) == 32
    assert first_size(512, 2, 300, 0.009 / runs_of(32, 2)) == 32
    # of a heavy model it is the runs that take long
    assert first_size(512, 2, 300, 0.006 / runs_of(8, 2, 10_000), effort=10_000) == 8


def test_a_heavy_model_begins_with_few_pixels():
    assert first_size(512, 2, 200 * 7425, None) == SIZES[0]


def test_maps_get_finer_up_to_the_pane():
    sizes = [32]
    while (finer := next_size(sizes[-1], 500, 2, 1e-6)) is not None:
        sizes.append(finer)
    assert sizes == [32, 64, 128, 500]
    assert next_size(64, 500, 2, 1.0) is None
    assert most_pixels(900, 2) == MOST
    assert most_pixels(9000, 1) == MOST_OF_ONE
    assert most_pixels(900, 1000) < 100
