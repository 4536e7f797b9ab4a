"""The cost of batches along a race, and their surfaces."""

from dataclasses import replace

import numpy as np
import pytest

import gdsim
from gdsim.objectives.data.planes import Slice, named_plane
from gdsim.simulation.batch_losses import batch_losses
from gdsim.simulation.sampling.batch_surface import batch_surface
from gdsim.simulation.sampling.landscape import sample


def race_of(function="logistic", **fields):
    given = {"batch": 30, "steps": 40, "restarts": 1, "learning_rate": 0.3, "tolerance": 0}
    entries = (gdsim.Entry("gd"), gdsim.Entry("adam"))
    return gdsim.Experiment(function, optimizers=entries, **{**given, **fields}).run()


def test_an_epoch_of_batches_at_one_place_costs_what_the_whole_does():
    race = race_of()
    n, epoch = len(race.objective.y), race.course.epoch_steps
    assert (n % 30, epoch) == (0, n // 30)
    still = replace(race, positions=np.repeat(race.positions[7:8], race.steps + 1, axis=0))
    found = batch_losses(still, [1, 0])
    assert found.shape == (40, 2)
    for first in (0, epoch):
        mean = found[first : first + epoch].mean(axis=0)
        np.testing.assert_allclose(mean, race.losses[7, [0, 1], [1, 0]], rtol=1e-12)


def test_each_step_is_costed_where_it_starts():
    race = race_of()
    found = batch_losses(race, [0, 1], [1, 17])
    for row, t in zip(found, (1, 17), strict=True):
        batch = race.course.stepwise.at(t)
        expected = [batch.value(race.positions[t - 1, o, :, run]) for o, run in ((0, 0), (1, 1))]
        np.testing.assert_allclose(row, expected, rtol=1e-12)
    # what has ended takes no more steps
    lost = race_of("linear", learning_rate=1000, steps=400, batch=4)
    end = int(lost.ended[0, 0])
    assert end < 400
    assert np.isnan(batch_losses(lost, [0, 0])[end:, 0]).all()
    assert batch_losses(replace(race, lanes=()), []).shape == (40, 0)


def test_epochs():
    assert race_of(batch=0).course.epoch_steps == 1
    assert race_of(batch=10_000).course.epoch_steps == 1
    assert gdsim.descend("bowl", "gd", steps=3).course.epoch_steps == 1


@pytest.mark.parametrize("quick", [False, True])
def test_the_surface_of_a_batch_keeps_place_and_scale(quick):
    race = race_of("linear", batch=3)
    (left, right), (bottom, top) = race.objective.bounds
    whole = sample(race.objective, (left, right, bottom, top), 120)
    seen = batch_surface(race.course.stepwise, 5, whole, quick=quick)
    assert (seen.step, seen.surface.scale) == (5, whole.scale)
    assert (seen.surface.x[0], seen.surface.y[-1]) == (left, top)
    assert len(seen.surface.x) == (96 if quick else 120)
    shades = seen.surface.shades
    # lower than the whole ever is: the deepest colour, and no hole
    assert np.isfinite(shades).all()
    assert 0 <= shades.min() <= shades.max() <= 1
    value = race.course.stepwise.at(5).value(np.array([seen.surface.x[40], seen.surface.y[50]]))
    assert shades[50, 40] == pytest.approx(np.clip(whole.scale.shade(np.clip(value, whole.scale.low, None)), 0, 1))


def test_the_surface_of_a_batch_on_a_plane():
    race = race_of("network", options={"hidden": (3,)}, batch=8, steps=3)
    plane = named_plane(race.objective, *race.objective.names[:2])
    whole = sample(Slice(race.objective, plane, ((-2, 2), (-1, 1))), (-2, 2, -1, 1), 30)
    seen = batch_surface(race.course.stepwise, 2, whole, plane)
    at = np.array([[0.5], [0.25]])
    np.testing.assert_allclose(seen.objective.value(at), race.course.stepwise.at(2).value(plane.points(*at)))
    assert seen.surface.shades.shape == (30, 30)
