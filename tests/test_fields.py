"""Each field of an Experiment, changed alone, is kept, read, written and told everywhere."""

import inspect
import io
import sys
from dataclasses import fields, replace

import pytest

import gdsim
from gdsim.cli.arguments import experiment
from gdsim.cli.command_line import parse
from gdsim.cli.heading import heading
from gdsim.cli.outcome_table import outcomes
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.captions import caption_of, title_of
from gdsim.desktop.text.changes import change_between
from gdsim.objectives import CentralDifference
from gdsim.optimizers import Cosine
from gdsim.simulation.fields import FIELDS, FieldValues
from gdsim.simulation.maps.tuning_rule import TuningRule
from gdsim.storage.files import dump, load
from gdsim.storage.programs.gdsim_program import python_code

BOWL = gdsim.Experiment("bowl", steps=20)
FORMULA = gdsim.Experiment("a*x^2 + y^2", steps=20)
NETWORK = gdsim.Experiment("network", data=gdsim.Source("moons", count=40), options={"hidden": (2,)}, steps=3)
#: By field: an experiment that it says something to, another value, and the words that give it on the command line.
CHANGES = {
    "function": (BOWL, "cosine", None),
    "name": (FORMULA, "Mine", ["--name", "Mine"]),
    "parameters": (FORMULA, {"a": 3.0}, ["--parameter", "a=3"]),
    "data": (NETWORK, gdsim.Source("moons", count=30), ["--data", "moons:count=30"]),
    "options": (NETWORK, {"hidden": (3,)}, ["--option", "hidden=3"]),
    "batch": (NETWORK, 8, ["--batch", "8"]),
    "start": (BOWL, (1.0, 2.0), ["--start", "1,2"]),
    "restarts": (BOWL, 3, ["--restarts", "3"]),
    "seed": (NETWORK, 7, ["--seed", "7"]),
    "steps": (BOWL, 30, ["--steps", "30"]),
    "tolerance": (BOWL, 1e-3, ["--tolerance", "1e-3"]),
    "learning_rate": (BOWL, 0.25, ["--learning-rate", "0.25"]),
    "momentum": (replace(BOWL, optimizers=(gdsim.Entry("momentum"),)), 0.5, ["--momentum", "0.5"]),
    "bounds": (BOWL, ((-1.0, 2.0), (-3.0, 4.0)), ["--bounds", "-1,2,-3,4"]),
    "direction": (BOWL, "ascent", ["--ascent"]),
    "gradient": (BOWL, CentralDifference(1e-3), ["--gradient", "central:h=1e-3"]),
    "noise": (BOWL, 0.5, ["--noise", "0.5"]),
    "schedule": (BOWL, Cosine(steps=9), ["--schedule", "cosine:steps=9"]),
    "clip": (BOWL, 2.0, ["--clip", "2"]),
    "optimizers": (BOWL, (gdsim.Entry("adam", {"beta1": 0.5}),), ["--optimizer", "adam:beta1=0.5"]),
    "tuning": (BOWL, TuningRule(9, 3, "steps", 1, {"gd": [("learning_rate", 1e-3, 1)]}), None),
}
#: What a program of the same race has nobody to tell.
NOT_IN_PROGRAMS = ("name", "tuning")
#: The races are the same whatever its value: nobody but a file and the history is told.
NOT_OF_RACES = ("tuning",)


@pytest.fixture(params=FIELDS)
def change(request):
    """The name of a field, an experiment, and the same with another value of this field alone."""
    return _changed(request.param)


@pytest.fixture(params=[name for name in FIELDS if name not in NOT_OF_RACES])
def change_of_race(request):
    """The same of the fields that a race goes by."""
    return _changed(request.param)


def _changed(name):
    before, value, _ = CHANGES[name]
    return name, before, replace(before, **{name: value})


def test_there_is_a_row_for_each_field_and_no_other():
    assert {field.name for field in fields(gdsim.Experiment)} == set(FIELDS) == set(CHANGES)
    for name, field in FIELDS.items():
        assert getattr(gdsim.Experiment(), name) == field.default


def test_a_race_in_one_call_takes_every_field():
    positional = {"function", "optimizers", "start"}
    assert set(FieldValues.__annotations__) | positional == set(FIELDS) - set(NOT_OF_RACES)
    shown = inspect.signature(gdsim.descend).parameters
    assert set(shown) == set(FIELDS) - set(NOT_OF_RACES)
    assert shown["steps"].default == 500
    with pytest.raises(TypeError, match="unexpected keyword argument 'stpes'"):
        gdsim.descend("bowl", "gd", stpes=3)


def test_a_race_in_one_call_is_that_of_the_experiment(change):
    name, _, after = change
    apart = ("function", "optimizers", *NOT_OF_RACES)
    values = {other: getattr(after, other) for other in FIELDS if other not in apart}
    race = gdsim.descend(after.function, after.optimizers, **values)
    assert (race.positions == after.run().positions).all(), name


def test_a_file_keeps_it(change):
    name, before, after = change
    assert load(dump(after)).experiment == after
    assert dump(after) != dump(before), name


def test_the_command_line_gives_it(change_of_race, tmp_path):
    name, before, after = change_of_race
    (tmp_path / "race.json").write_bytes(dump(before))
    if name == "function":
        asked = experiment(parse(["run", after.function, "--steps", "20"]))
    else:
        asked = experiment(parse(["run", str(tmp_path / "race.json"), *CHANGES[name][2]]))
    assert asked == after


def test_the_help_of_the_command_line_tells_it(change_of_race, capsys):
    name, *_ = change_of_race
    field = FIELDS[name]
    with pytest.raises(SystemExit):
        parse(["run", "--help"])
    told = capsys.readouterr().out
    words = [f"--{flag}" for flag, _, _ in field.flags] or ([] if name == "function" else [f"{field.flag} "])
    assert [word for word in words if f"  {word}" not in told] == []


def test_a_program_has_it(change):
    name, before, after = change
    if name in NOT_IN_PROGRAMS:
        assert python_code(after) == python_code(before)
        return
    text = python_code(after)
    assert text != python_code(before)
    scope = {}
    text = text.replace("rule.key, *end", "end")  # what it prints is tested elsewhere
    stdout, sys.stdout = sys.stdout, io.StringIO()
    try:
        exec(compile(text, name, "exec"), scope)
    finally:
        sys.stdout = stdout
    assert (scope["positions"] == after.run().positions).all()


def test_the_history_tells_it(change):
    name, before, after = change
    there, back = change_between(before, after), change_between(after, before)
    assert there.text != "several values" or name == "optimizers"
    assert there.what.partition(".")[0] == name or name == "optimizers"
    assert there.text
    assert back.text


def test_a_caption_tells_it(change):
    name, before, after = change
    told = [(title_of(each), caption_of(each)) for each in (before, after)]
    assert (told[0] != told[1]) is (name not in NOT_OF_RACES)


def test_the_heading_of_the_terminal_tells_it(change):
    name, before, after = change
    if name == "optimizers":  # each has a line of the table below
        printed = [outcomes(e, e.run(), None) for e in (before, after)]
        assert "\nadam " in printed[1]
        assert "\nadam " not in printed[0]
    else:
        assert (heading(before) != heading(after)) is (name not in NOT_OF_RACES)


def test_it_is_reset(change, qapp):
    name, before, after = change
    store = Store(before)
    store.replace(after)
    store.reset(name)
    assert store.experiment == before
    store.replace(after)
    store.reset()
    assert store.experiment == before


def test_another_default_of_a_value_is_checked():
    for name, field in FIELDS.items():
        assert field.check(field.default) == field.default, name
