"""Tests of what the window makes of a table that is opened: a model that suits it, and settings that fit."""

from dataclasses import replace

import numpy as np
import pytest

from gdsim.desktop.edits.first_experiments import new_experiment, opening_experiment
from gdsim.desktop.edits.model_edits import own_start, retuned
from gdsim.desktop.files.open_data import with_data
from gdsim.objectives.source import Source

YEARS = Source(
    rows=tuple((1990.0 + i, 350 + 1.8 * i + 0.1 * (i % 3)) for i in range(30)), features=("year",), target="co2"
)
RENTS = Source(
    rows=tuple((40 + 7.3 * i % 60, 1950 + 11.0 * i % 70, 300 + 9 * (7.3 * i % 60) + 20 * (i % 4)) for i in range(40)),
    features=("area", "built"),
    target="rent",
)
CLASSES = Source(
    rows=tuple((float(i), float(i % 5), float(i + i % 7 > 20)) for i in range(40)),
    features=("a", "b"),
    target="class",
    classes=("no", "yes"),
)


def opened(source, now):
    return retuned(with_data(now, source), now, now)


@pytest.mark.parametrize("source", [YEARS, RENTS])
def test_all_that_race_arrive_in_the_first_picture(source):
    experiment = opened(source, replace(opening_experiment(), restarts=0))
    assert experiment.options == {"standardise": True}
    assert experiment.start == (0,) * experiment.objective.dimension
    race = experiment.run()
    assert len(race.ids) == 6
    variance = np.var([row[-1] for row in source.rows])
    lowest = experiment.objective.minima[0].value
    assert (race.losses[-1, :, 0] <= 1.1 * lowest + 1e-6 * variance).all()


def test_the_model_suits_the_table_whatever_was_open_before():
    bowl = new_experiment(100)
    for before in (bowl, opened(YEARS, bowl), opened(CLASSES, bowl)):
        assert opened(CLASSES, before).function == "logistic"
        assert opened(RENTS, before).function == "linear"
    assert opened(RENTS, opened(CLASSES, bowl)) == opened(RENTS, bowl)
    for key in ("perceptron", "network"):
        # whoever chose a neuron keeps it, where it can learn the target
        assert opened(CLASSES, replace(bowl, function=key)).function == key
        assert opened(RENTS, replace(bowl, function=key)).function == key
    strict = replace(bowl, function="perceptron", options={"cost": "cross_entropy", "l2": 0.1})
    assert opened(CLASSES, strict).options == {"cost": "cross_entropy", "l2": 0.1, "standardise": True}
    found = opened(RENTS, strict)
    assert (found.function, dict(found.options)) == ("linear", {"l2": 0.1, "standardise": True})


def test_an_eta_that_was_chosen_stays():
    mine = replace(new_experiment(100), learning_rate=0.3)
    assert retuned(with_data(mine, YEARS), mine, new_experiment(100)).learning_rate == 0.3


def test_a_start_that_was_moved_goes_back_to_weights_of_0_or_to_that_of_the_file():
    bowl = replace(new_experiment(100), start=(1.0, 2.0))
    table = opened(RENTS, bowl)
    assert own_start(bowl, bowl) == (1, 2)
    assert own_start(replace(table, start=(1.0, 2.0, 3.0)), bowl) == (0, 0, 0)
    saved = replace(table, start=None)
    assert own_start(table, saved) is None
    assert own_start(replace(table, function="bowl", data=None, options={}, start=None), bowl) == (1, 2)
    assert own_start(replace(table, function="rosenbrock", data=None, options={}, start=None), bowl) is None
