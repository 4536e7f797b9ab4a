"""Networks learn what one neuron cannot."""

import numpy as np
import pytest
from example_counts import example_count

import gdsim
from gdsim.objectives.data import DATASETS, LogisticRegression, Network, batched

EPOCHS, BATCH = 150, 16


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["moons", "xor"])
def test_two_hidden_layers(name):
    """2-16-16-1 with tanh, Adam at its defaults, 150 epochs in batches of 16, seeds 0 to 9 of data, weights, order."""
    scores, plain = [], []
    for seed in range(example_count(10)):
        data = DATASETS[name].make(seed=seed)
        model = Network.of(data, hidden=(16, 16), seed=seed)
        training = batched(model, BATCH, seed)
        race = gdsim.descend(training, "adam", steps=EPOCHS * training.epoch_steps, tolerance=0)
        scores.append(model.accuracy(race.positions[-1, 0, :, 0], "held_out"))
        line = LogisticRegression.of(data, l2=1e-3)
        plain.append(line.accuracy(np.array(line.minima[0].position), "held_out"))
    assert np.median(scores) >= 0.95
    assert np.median(plain) < 0.92
