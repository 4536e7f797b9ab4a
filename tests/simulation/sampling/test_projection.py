"""Races of many parameters on a plane."""

import dataclasses

import numpy as np
import pytest

import gdsim
from gdsim.objectives.data import many
from gdsim.objectives.data.planes import principal_plane
from gdsim.simulation.sampling.landscape import survey
from gdsim.simulation.sampling.projection import KINDS, Cut, is_elsewhere, resting, sliced


@pytest.fixture(scope="module")
def race():
    entries = tuple(gdsim.Entry(key) for key in ("gd", "momentum", "adam"))
    return gdsim.Experiment(
        function="network", optimizers=entries, steps=40, restarts=2, learning_rate=0.05, tolerance=0
    ).run()


@pytest.mark.parametrize("kind", KINDS)
def test_paths_are_the_nearest_points_on_the_plane(race, kind):
    seen = sliced(race, Cut(kind, seed=3), (2, 1))
    assert seen.race.positions.shape == (41, 3, 2, 3)
    assert seen.race.losses is race.losses
    expected = seen.plane.project(np.moveaxis(race.positions, 2, 0))
    np.testing.assert_allclose(np.moveaxis(seen.race.positions, 2, 0), expected, rtol=1e-9, atol=1e-9)
    # the end of the chosen run lies in it, and the surface there is as high as the run
    end = seen.race.positions[-1, 2, :, 1]
    assert seen.plane.distance(race.positions[-1, 2, :, 1]) < 1e-9
    assert seen.objective.value(end) == pytest.approx(race.losses[-1, 2, 1])
    assert 0 < seen.explained <= 1
    low, high = seen.objective.bounds.T
    assert (low < end).all()
    assert (end < high).all()


def test_the_principal_plane_explains_most(race):
    shares = {kind: sliced(race, Cut(kind), (0, 0)).explained for kind in KINDS}
    assert shares["principal"] == max(shares.values())
    plane = principal_plane(race.objective, race.positions)
    assert shares["principal"] == pytest.approx(plane.explained, abs=1e-9)


def test_principal_directions_of_few_iterates_are_the_same():
    # fewer iterates than parameters: worked out from the smaller matrix
    rng = np.random.default_rng(0)
    objective = many("rastrigin", 30)
    few = rng.normal(size=(8, 1, 30, 1)) * np.linspace(1, 0.1, 30)[:, None]
    plane, same = principal_plane(objective, few), principal_plane(objective, np.repeat(few, 8, axis=0))
    assert plane.explained == pytest.approx(same.explained)
    assert abs(plane.a @ same.a) == pytest.approx(1)
    assert abs(plane.b @ same.b) == pytest.approx(1)
    assert principal_plane(objective, few[:1]).shares == (0.0, 0.0)


def test_a_start_moved_on_the_plane_keeps_its_distance_from_it(race):
    seen = sliced(race, Cut("random"), (0, 0))
    start = race.positions[0, 0, :, 0] + 0.3
    moved = seen.moved(tuple(start), (0.25, -0.5))
    np.testing.assert_allclose(seen.place(moved), (0.25, -0.5), atol=1e-12)
    assert seen.plane.distance(np.array(moved)) == pytest.approx(seen.plane.distance(start))


def test_a_held_plane_stays_and_what_is_in_view_stays_as_long_as_it_fits(race):
    before = sliced(race, Cut(), (0, 0))
    assert sliced(race, Cut("random"), (1, 0), before, held=True).objective is before.objective
    again = sliced(race, Cut(), (0, 0), before)
    np.testing.assert_array_equal(again.objective.bounds, before.objective.bounds)


def test_another_function_on_a_held_plane_is_seen_before_its_race(race):
    before = sliced(race, Cut(), (0, 0))
    other = gdsim.Experiment(function="network", options={"l2": 0.5}, steps=1)
    seen = resting(before, other.objective)
    assert seen.plane is before.plane
    assert seen.race.positions is before.race.positions
    np.testing.assert_array_equal(seen.objective.bounds, before.objective.bounds)
    points = np.random.default_rng(0).normal(size=(2, 5))
    expected = other.objective.value(before.plane.points(*points))
    np.testing.assert_allclose(seen.objective.value(points), expected, rtol=1e-12)
    # its race brings no other function, for which there would have to be another surface
    assert sliced(other.run(), Cut(), (0, 0), seen, held=True).objective is seen.objective


def test_functions_that_are_not_models_and_runs_that_are_lost():
    function = many("rosenbrock", 5)
    entries = (gdsim.Entry("gd", {"learning_rate": 5.0}), gdsim.Entry("adam"))
    lost = gdsim.Experiment(function=function, optimizers=entries, steps=60).run()
    for kind in KINDS:
        seen = sliced(lost, Cut(kind), (0, 0))
        assert np.isfinite(seen.objective.bounds).all()
        assert seen.plane.distance(lost.positions[0, 0, :, 0]) < 1e-9
        surface = survey(seen.objective, tuple(seen.objective.bounds.ravel()))
        assert np.isfinite(surface.shades).any()
    nobody = gdsim.Experiment(function=function, optimizers=(), steps=5).run()
    assert np.isfinite(sliced(nobody, Cut(), None).objective.bounds).all()
    assert np.isnan(sliced(nobody, Cut(), None).explained)


def test_sampling_a_slice_takes_fewer_points_the_more_there_is_to_do(race):
    small = sliced(race, Cut(), (0, 0)).objective
    wide = gdsim.Experiment(function="network", options={"hidden": (40, 40)}, steps=1).run()
    large = sliced(wide, Cut("random"), (0, 0)).objective
    assert large.resolution < small.resolution
    view = (-1.0, 1.0, -1.0, 1.0)
    coarse = [len(survey(each, view, coarse=True).x) for each in (small, large)]
    assert coarse[1] <= coarse[0] < small.resolution
    assert coarse[1] <= large.resolution
    points = np.random.default_rng(0).normal(size=(2, 7, 9))
    np.testing.assert_allclose(large.value(points), wide.objective.value(large.plane.points(*points)), rtol=1e-12)
    assert large.gradient(points).shape == (2, 7, 9)


def test_where_curvature_would_take_too_long_a_run_has_just_stopped():
    wide = gdsim.Experiment(function="network", options={"hidden": (80, 80)}, steps=3, tolerance=1e3).run()
    assert str(wide.outcomes[0][0]) == "stopped at step 1 where the gradient vanishes"


def test_a_picture_is_wrong_on_another_plane_but_not_on_one_nearby(race):
    seen = sliced(race, Cut("weights", "W1[1,1]", "W1[1,2]"), (0, 0))
    width = float(np.ptp(seen.objective.bounds))
    near, far = (dataclasses.replace(seen.plane, origin=seen.plane.origin + share * width) for share in (0.001, 1))
    assert not is_elsewhere(seen, dataclasses.replace(seen, plane=near))
    assert is_elsewhere(seen, dataclasses.replace(seen, plane=far))
    assert is_elsewhere(seen, sliced(race, Cut("weights", "W1[1,1]", "b1[1]"), (0, 0)))


def test_two_weights_are_those_of_the_most_telling_features():
    objective = gdsim.Experiment("linear", data="diabetes").objective
    cut = Cut("weights").fitted(objective)
    assert (cut.first, cut.second) == ("w_bmi", "w_bp")


@pytest.mark.parametrize("kind", KINDS)
def test_the_start_is_in_view_though_all_is_over_after_a_few_steps(kind):
    entries = tuple(gdsim.Entry(key) for key in ("gd", "nesterov"))
    quick = gdsim.Experiment(
        "linear",
        data=gdsim.Source("diabetes"),
        options={"standardise": True},
        optimizers=entries,
        steps=300,
        learning_rate=0.3,
        tolerance=0,
    ).run()
    for place in (None, (0, 0)):
        seen = sliced(quick, Cut(kind, seed=1), place)
        low, high = seen.objective.bounds.T
        start = seen.place(tuple(quick.positions[0, 0, :, 0]))
        assert (low < start).all()
        assert (start < high).all()
