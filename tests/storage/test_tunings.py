"""The rule of a tuning in a file."""

import json

import pytest

from gdsim import Experiment, TuningRule
from gdsim.errors import GdsimError
from gdsim.storage.files import dump, load

RULE = TuningRule(9, 3, "steps", 1, {"adam 2": [("beta1", 0, 0.9), ("learning_rate", 1e-3, 1, "linear")]})


def file(**tuning):
    return json.dumps({"gdsim": 1, "function": "bowl", "tuning": tuning}).encode()


def test_it_comes_back_and_an_old_file_has_none():
    assert load(dump(Experiment("bowl", tuning=RULE))).experiment.tuning == RULE
    assert "tuning" not in json.loads(dump(Experiment("bowl")))
    assert load(b'{"gdsim": 1, "function": "bowl", "tuning": null}').experiment.tuning is None
    assert load(file()).experiment.tuning == TuningRule()


@pytest.mark.parametrize(
    ("sentence", "tuning"),
    [
        ("tuning.tries: tries must be from 2", {"tries": 1}),
        ("tuning.tries must be a number, not true", {"tries": True}),
        ("tuning.criterion: criterion must be loss, steps or reached", {"criterion": "best"}),
        ("tuning.ranges must be an object in braces", {"ranges": []}),
        (r"tuning.ranges.gd must be a list", {"ranges": {"gd": 1}}),
        (r"tuning.ranges.gd\[0\] must be a hyperparameter's name", {"ranges": {"gd": [["learning_rate", 1]]}}),
        (r"tuning.ranges.gd\[0\]\[2\] must be a number", {"ranges": {"gd": [["learning_rate", 1, "2"]]}}),
        (r"tuning.ranges.gd\[0\] must be log, linear or log1m", {"ranges": {"gd": [["learning_rate", 1, 2, "lin"]]}}),
        ("'trise'", {"trise": 1}),
    ],
)
def test_what_is_wrong_is_told_by_its_path(sentence, tuning):
    with pytest.raises(GdsimError, match=sentence):
        load(file(**tuning))


def test_it_is_a_rule_or_nothing():
    with pytest.raises(GdsimError, match="tuning must be a TuningRule or None, not 3"):
        Experiment("bowl", tuning=3)
