"""Models on data from Python: as objects and by key, with the same numbers."""

import copy
import dataclasses
import pickle
import subprocess
import sys

import numpy as np
import pytest

import gdsim
from gdsim.objectives.data.lookup import dataset_of


def test_a_model_object_is_the_model_of_its_key():
    source = gdsim.Source("overlapping_blobs", count=120, seed=4)
    data = dataset_of(source)
    model = gdsim.LogisticRegression(data.X[data.train], data.y[data.train], l2=0.01)
    settings = {"steps": 40, "batch": 32, "seed": 7, "restarts": 2}
    ours = gdsim.descend(model, ["adam", gdsim.Momentum(learning_rate=0.1)], **settings)
    by_key = gdsim.descend(
        "logistic",
        ["adam", gdsim.Momentum(learning_rate=0.1)],
        data=source,
        options={"l2": 0.01},
        **settings,
    )
    assert ours.positions.shape == (41, 2, 3, 3)
    assert ours.positions.tobytes() == by_key.positions.tobytes()
    full = gdsim.descend(model, "adam", **settings | {"batch": 0})
    assert not np.array_equal(full.positions[-1, 0], ours.positions[-1, 0])
    assert by_key.objective.accuracy(by_key.positions[-1, 1, :, 0], "held_out") > 0.6


def test_each_step_goes_by_its_batch():
    race = gdsim.descend("network", "gd", batch=8, steps=60, seed=2, learning_rate=0.1)
    for step in (0, 1, 40):
        batch = race.course.stepwise.at(step + 1)
        here = race.positions[step, 0, :, 0]
        assert race.used_gradient(0, 0, step).tolist() == batch.gradient(here).tolist()
        assert (here - 0.1 * batch.gradient(here)).tolist() == race.positions[step + 1, 0, :, 0].tolist()


def test_options_are_kept_as_the_model_takes_them():
    experiment = gdsim.Experiment("network", options={"hidden": 4})
    assert experiment == gdsim.Experiment("network", options={"hidden": [4]})
    assert experiment.options == {"hidden": (4,)}
    with pytest.raises(gdsim.GdsimError, match=r"^unknown option of linear 'hidden'"):
        gdsim.Experiment("linear", options={"hidden": 4})


def test_the_key_of_a_set_will_do():
    by_key = gdsim.descend("logistic", "gd", data="blobs", steps=3)
    assert (
        by_key.positions.tobytes()
        == gdsim.descend("logistic", "gd", data=gdsim.Source("blobs"), steps=3).positions.tobytes()
    )
    assert gdsim.Experiment("logistic", data="iris").data == gdsim.Source("iris")
    assert gdsim.LogisticRegression.of("blobs").features == ("x1", "x2")
    for given, sentence in (
        ("blob", "unknown set of examples 'blob'; did you mean blobs?"),
        ("points.csv", "data names a file, points.csv: gdsim.read_csv reads it, and gives a Source"),
        (5, "data must be a Source or the key of a set of examples, not 5"),
    ):
        with pytest.raises(gdsim.GdsimError) as caught:
            gdsim.descend("logistic", "gd", data=given)
        assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"key": 5}, "data key must be a text, not 5"),
        ({"rows": [1, 2]}, "data must be rows of numbers: 'int' object is not iterable"),
        ({"rows": [["a", 1], [2, 3]]}, "data must be rows of numbers: could not convert string to float: 'a'"),
        ({"rows": [[1, 2], [2, 3]], "features": "abc"}, "data features must be a list of texts, not 'abc'"),
    ],
)
def test_a_source_that_is_none(fields, sentence):
    with pytest.raises(gdsim.GdsimError) as caught:
        gdsim.Source(**fields)
    assert str(caught.value) == sentence


def test_models_are_imported_when_asked_for():
    program = (
        "import sys, gdsim\n"
        "print('gdsim.objectives.data' in sys.modules, 'gdsim.storage' in sys.modules)\n"
        "print(all(hasattr(gdsim, name) for name in gdsim.__all__), hasattr(gdsim, 'nothing'))\n"
        "from gdsim import *\n"
        "print(Network.__name__, set(__import__('gdsim').__all__) <= set(dir(gdsim)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True", "False", "Network", "True"]


def test_an_experiment_is_sent_as_words_and_looks_its_function_up_once():
    experiment = gdsim.Experiment("linear", steps=5)
    assert experiment.objective is experiment.objective
    assert dataclasses.replace(experiment, options={"l2": 1.0}).objective.l2 == 1.0
    for other in (pickle.loads(pickle.dumps(experiment)), copy.deepcopy(experiment)):
        assert "objective" not in vars(other)
        assert other == experiment
        np.testing.assert_array_equal(other.run().losses, experiment.run().losses)


@pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("linear", {}),
        ("logistic", {"data": "diabetes_high", "clip": 0.5}),
        ("perceptron", {"data": gdsim.Source("blobs", count=77), "options": {"l2": 0.1}}),
        ("network", {"options": {"hidden": 3}, "noise": 0.1}),
        ("network", {"data": "diabetes", "options": {"hidden": (3, 5), "standardise": True}, "batch": 7}),
    ],
)
def test_one_more_run_or_optimizer_changes_no_other(key, settings):
    """To the last bit: what differs in rounding is another path after a thousand steps."""
    whole = gdsim.descend(key, ["gd", "adam", "momentum"], restarts=12, steps=30, tolerance=0, **settings)
    for racers, restarts in ((["adam"], 0), (["adam"], 1), (["gd", "adam"], 4), (["gd", "adam"], 9)):
        race = gdsim.descend(key, racers, restarts=restarts, steps=30, tolerance=0, **settings)
        expected = whole.positions[:, 1, :, : restarts + 1]
        np.testing.assert_array_equal(race.positions[:, len(racers) - 1], expected)
