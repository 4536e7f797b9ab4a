import numpy as np
import pytest

import gdsim
from gdsim.errors import GdsimError
from gdsim.objectives.data import DATASETS, LinearRegression, LogisticRegression, Network, batched

DATA = DATASETS["overlapping_blobs"].make(60, held_out=0.0)
MODELS = [LogisticRegression.of(DATA, l2=0.2), LinearRegression.of(DATA), Network.of(DATA, hidden=(3,), l2=0.1)]


@pytest.mark.parametrize("model", MODELS, ids=repr)
@pytest.mark.parametrize("batch", [1, 12, 60, 100])
def test_an_epoch_averages_to_the_whole(model, batch):
    training = batched(model, batch, seed=2)
    theta = np.random.default_rng(0).normal(size=(model.dimension, 2))
    for epoch in (0, 1):
        steps = range(epoch * training.epoch_steps + 1, (epoch + 1) * training.epoch_steps + 1)
        mean = np.mean([training.at(t).gradient(theta) for t in steps], axis=0)
        np.testing.assert_allclose(mean, model.gradient(theta), atol=1e-12)
        np.testing.assert_allclose(np.mean([training.at(t).value(theta) for t in steps], axis=0), model.value(theta))
    np.testing.assert_array_equal(training.value(theta), model.value(theta))


def test_order():
    training = batched(MODELS[0], 25, seed=2)
    assert training.epoch_steps == 3

    def epoch(of, k):
        return np.concatenate([of.at(t).examples.inputs for t in range(3 * k + 1, 3 * k + 4)])

    first, second = epoch(training, 0), epoch(training, 1)
    assert [len(training.at(t).examples.targets) for t in (1, 2, 3, 4)] == [25, 25, 10, 25]
    np.testing.assert_array_equal(np.sort(first, axis=0), np.sort(MODELS[0].examples.inputs, axis=0))
    assert not np.array_equal(first, second)
    # any step may be asked again, by anybody
    for k in range(8):
        epoch(training, k)
    np.testing.assert_array_equal(epoch(training, 0), first)
    np.testing.assert_array_equal(epoch(batched(MODELS[2], 25, seed=2), 1), second)
    assert not np.array_equal(epoch(batched(MODELS[0], 25, seed=3), 0), first)
    assert training.at(5).examples.inputs.base is training.at(4).examples.inputs.base


def test_a_race_on_batches():
    training = batched(MODELS[0], 10, seed=4)
    race = gdsim.descend(training, ["gd", "adam"], restarts=2, steps=30, tolerance=0)
    theta = race.positions[0, 0, :, 1]
    for t in range(1, 31):
        theta = theta - 1e-3 * training.at(t).gradient(theta)
    np.testing.assert_allclose(race.positions[-1, 0, :, 1], theta, rtol=1e-12)
    np.testing.assert_allclose(race.losses[-1, 1], MODELS[0].value(race.positions[-1, 1]))
    # runs alone and in company see the same batches
    alone = gdsim.descend(training, "adam", steps=30, tolerance=0)
    np.testing.assert_allclose(alone.positions[:, 0, :, 0], race.positions[:, 1, :, 0], rtol=1e-12)
    shaky = gdsim.descend(training, "gd", steps=30, tolerance=0, gradient=gdsim.CentralDifference(1e-5))
    np.testing.assert_allclose(shaky.positions[-1, 0], race.positions[-1, 0, :, :1], atol=1e-8)


def test_bad_batches():
    with pytest.raises(GdsimError, match="batch must be from 1"):
        batched(MODELS[0], 0)
    with pytest.raises(GdsimError, match="batch needs a model on data"):
        batched(gdsim.FUNCTIONS["bowl"], 5)
