import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from any_experiment import as_it_comes_back, experiments
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim import Entry, Experiment, GdsimError
from gdsim.objectives import CentralDifference
from gdsim.optimizers import Cosine, StepDecay
from gdsim.simulation.fields import FIELDS
from gdsim.storage.files import Document, dump, load, open_file, save
from gdsim.storage.migrations import MIGRATIONS, VERSION

RACE = Experiment(
    "ravine",
    start=(-7, 0.1),
    restarts=2,
    learning_rate=0.005,
    bounds=((-1, 1), (0, 2)),
    optimizers=(Entry("adam", {"beta2": 0.5, "beta1": 1 / 3}), Entry("rmsprop", {"centered": True}, enabled=False)),
)
WRITTEN = """\
{
  "gdsim": 2,
  "title": "A µ-race",
  "note": "",
  "function": "ravine",
  "start": [-7.0, 0.1],
  "restarts": 2,
  "seed": 0,
  "steps": 500,
  "tolerance": 1e-08,
  "learning_rate": 0.005,
  "momentum": null,
  "bounds": [[-1.0, 1.0], [0.0, 2.0]],
  "optimizers": [
    {"key": "adam", "enabled": true, "values": {"beta1": 0.3333333333333333, "beta2": 0.5}},
    {"key": "rmsprop", "enabled": false, "values": {"centered": true}}
  ]
}
"""

#: A race with everything that is written only where it is not the default.
RARE = Experiment(
    "bowl",
    steps=60,
    optimizers=(Entry("gd", schedule=StepDecay(every=20), clip=0.5), Entry("adam")),
    direction="ascent",
    gradient=CentralDifference(1e-5),
    noise=0.1,
    schedule=Cosine(steps=50),
    clip=2,
    name="My bowl",
)
TYPED = Experiment(
    "a*x^2 + log(y)/b",
    name="A valley",
    parameters={"a": 3, "b": 0.5},
    start=(1, 2),
    bounds=((-1, 1), (0, 3)),
    optimizers=(Entry("gd"),),
)
RARE_WRITTEN = """\
{
  "gdsim": 2,
  "title": "",
  "note": "",
  "function": "bowl",
  "name": "My bowl",
  "start": null,
  "restarts": 0,
  "seed": 0,
  "steps": 60,
  "tolerance": 1e-08,
  "learning_rate": null,
  "momentum": null,
  "bounds": null,
  "direction": "ascent",
  "gradient": {"key": "central", "h": 1e-05},
  "noise": 0.1,
  "schedule": {"key": "cosine", "steps": 50, "final": 0.0},
  "clip": 2.0,
  "optimizers": [
    {"key": "gd", "enabled": true, "values": {}, "schedule": {"key": "step", "every": 20, "gamma": 0.5}, "clip": 0.5},
    {"key": "adam", "enabled": true, "values": {}}
  ]
}
"""


def file(text="", **changes):
    """The bytes of a file: some text after the version, or fields."""
    if changes:
        return json.dumps({"gdsim": 2, **changes}).encode()
    return ('{"gdsim": 2' + text + "}").encode()


def test_a_file_is_written_so_that_it_can_be_read():
    assert dump(RACE, "A µ-race").decode() == WRITTEN
    assert dump(RARE).decode() == RARE_WRITTEN
    assert load(RARE_WRITTEN.encode()).experiment == RARE
    typed = dump(TYPED).decode()
    assert '  "function": "a*x^2 + log(y)/b",\n  "name": "A valley",\n  "parameters": {"a": 3.0, "b": 0.5},\n' in typed
    assert load(typed.encode()).experiment == TYPED


def test_a_document_comes_back():
    assert load(dump(RACE, "A title", "A note.\nOf two lines.")) == Document(RACE, "A title", "A note.\nOf two lines.")


@many_examples(150)
@given(experiments(), st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_any_experiment_comes_back_and_runs_to_the_same_bits(experiment, title):
    data = dump(experiment, title, title)
    document = load(data)
    experiment = as_it_comes_back(experiment)
    assert document == Document(experiment, title, title)
    assert hash(document) == hash(Document(experiment, title, title))
    assert dump(document.experiment, document.title, document.note) == data
    ours, theirs = experiment.run(), document.experiment.run()
    assert ours.positions.tobytes() == theirs.positions.tobytes()
    assert ours.losses.tobytes() == theirs.losses.tobytes()
    assert ours.kinds.tolist() == theirs.kinds.tolist()


def test_an_optimizer_that_says_nothing_is_not_written():
    off, named = Entry("gd", enabled=False), Entry("momentum", enabled=False, name="Heavy ball")
    tuned = Entry("rmsprop", {"decay": 0.5}, False)
    pair = Entry("adam", enabled=False), Entry("adam", number=2)  # without the first, the second is not called so
    experiment = Experiment(optimizers=(off, named, tuned, *pair, Entry("radam", enabled=False, number=2)))
    written = [(entry["key"], entry["enabled"]) for entry in json.loads(dump(experiment))["optimizers"]]
    assert written == [("momentum", False), ("rmsprop", False), ("adam", False), ("adam", True), ("radam", False)]
    read = load(dump(experiment)).experiment
    assert read == replace(experiment, optimizers=experiment.optimizers[1:])
    assert {id_: name for id_, name in experiment.names.items() if id_ != "gd"} == read.names
    assert json.loads(dump(Experiment(optimizers=(off,))))["optimizers"] == []


def test_a_zero_keeps_its_sign():
    start = load(dump(Experiment(start=(-0.0, 0.0)))).experiment.start
    assert np.signbit(start).tolist() == [True, False]


def test_a_formula_tells_its_bounds_even_where_they_are_its_own():
    formula = Experiment("x^4 - 3x^2 + x", optimizers=(Entry("adam"),))
    data = dump(formula)
    assert json.loads(data)["bounds"] == [[-2, 2]]
    assert load(data).experiment == formula
    # what an earlier version wrote of itself was seen from -5 to 5, and is
    for text in ('{"gdsim": 1, "function": "x^4 - 3x^2 + x", "bounds": null}', '{"gdsim": 1, "function": "x*log(x)"}'):
        assert load(text.encode()).experiment.objective.bounds.tolist() == [[-5, 5]]
    assert load(b'{"gdsim": 1, "function": "x^2 + y^2"}').experiment == Experiment("x^2 + y^2")
    assert json.loads(dump(Experiment("himmelblau")))["bounds"] is None


def test_only_what_differs_need_stand_in_a_file():
    assert load(b'{"gdsim": 1}') == Document(Experiment())
    short = '{"gdsim": 2, "start": [1, 2], "optimizers": [{"key": "adam"}, {"key": "adam", "values": {"beta1": 0}}]}'
    document = load(short.encode())
    assert document.experiment == Experiment(start=(1.0, 2.0), optimizers=(Entry("adam"), Entry("adam", {"beta1": 0})))
    assert [entry.id for entry in document.experiment.optimizers] == ["adam", "adam#2"]


def test_the_mark_that_some_editors_put_in_front_is_no_harm():
    assert load(b"\xef\xbb\xbf" + WRITTEN.encode()).experiment == RACE


def test_every_field_of_an_experiment_is_written():
    assert set(Experiment.__dataclass_fields__) == set(FIELDS)
    around = {"gdsim", "title", "note"}
    always = {name for name, field in FIELDS.items() if field.in_file(field, Experiment())}
    assert {*json.loads(WRITTEN)} == around | always
    assert {*json.loads(RARE_WRITTEN), "parameters", "data", "options", "batch"} <= around | {*FIELDS}


def test_a_key_alone_leaves_the_numbers_at_their_defaults():
    short = (
        '{"gdsim": 2, "gradient": "central", "schedule": "cosine", "optimizers": [{"key": "gd", "schedule": "step"}]}'
    )
    assert load(short.encode()).experiment == Experiment(
        gradient=CentralDifference(), schedule=Cosine(), optimizers=(Entry("gd", schedule=StepDecay()),)
    )


def test_a_python_function_cannot_be_saved(tmp_path):
    class Plane(gdsim.Objective):
        names, bounds, start = ("x", "y"), np.array([(-1.0, 1.0)] * 2), (0.0, 0.0)
        value = gradient = hessian = None

    with pytest.raises(GdsimError, match=r"^function is a Python object, which no file can hold: .* can be saved$"):
        save(Experiment(Plane()), tmp_path / "race.json")
    assert os.listdir(tmp_path) == []


def test_there_is_a_way_from_every_older_version():
    assert list(MIGRATIONS) == list(range(VERSION))


def test_version_0_spelled_the_learning_rate_lr():
    old = {"gdsim": 0, "lr": 0.5, "optimizers": [{"key": "gd", "values": {"lr": 0.1}}, {"key": "adam"}]}
    assert load(json.dumps(old).encode()).experiment == Experiment(
        learning_rate=0.5, optimizers=(Entry("gd", {"learning_rate": 0.1}), Entry("adam"))
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"gdsim": 0, "lr": 0.5, "learning_rate": 0.1}', "unknown field 'lr'; there are: gdsim, title, "),
        ('{"gdsim": 0, "optimizers": 3}', "optimizers must be a list, not 3"),
        ('{"gdsim": 0, "optimizers": [3, []]}', "optimizers[0] must be an object in braces, not 3"),
        ('{"gdsim": 0, "optimizers": [{"values": 3}]}', "optimizers[0].key is missing"),
        ('{"gdsim": 0, "lr": 1, "lr": 2}', "lr stands there twice"),
        ('{"gdsim": 2, "lr": 0.5}', "unknown field 'lr'; there are: gdsim, title, "),
    ],
)
def test_what_is_wrong_in_an_old_file_is_found(text, sentence):
    with pytest.raises(GdsimError) as error:
        load(text.encode())
    assert str(error.value).startswith(sentence)


BAD = {
    # no JSON
    b"": "the file is empty",
    b" \n": "the file is empty",
    b"\xff\xfe{": "the file is not UTF-8 text: byte 1",
    b'{"gdsim": 2,\n "steps" 5}': "the file is not JSON at line 2, column 10: a colon is missing",
    b'{"gdsim": 2,\n "steps": 0x5}': "the file is not JSON at line 2, column 12: a comma is missing",
    b'{"gdsim": 1} {': "the file is not JSON at line 1, column 14: there is more behind its end",
    b'{"title": "a\nb"}': "the file is not JSON at line 1, column 13: invalid control character",
    b"{'gdsim': 1}": "the file is not JSON at line 1, column 2: a name in double quotes is missing",
    b"\x89PNG\r\n": "the file is not UTF-8 text: byte 1",
    b"import os": "the file is not JSON at line 1, column 1: a value is missing",
    b'{"gdsim": 1': "the file ends before it is complete, at line 1, column 12: it may have been cut off",
    b'{"gdsim": 2,\n "ti': "the file ends before it is complete, at line 2, column 2: it may have been cut off",
    b"[" * 10_000: "brackets are nested deeper than 20 at line 1, column 21",
    b'{"gdsim":\n' + b'{"a":[' * 10_000: "brackets are nested deeper than 20 at line 2, column 60",
    b"[" * 10_000 + b"]" * 10_000: "brackets are nested deeper than 20 at line 1, column 21",
    b" " * 1_000_001: "the file is too large: 1 MB, where 1 MB is the most",
    b" " * 2_000_000: "the file is too large: 2 MB, where 1 MB is the most",
    # no gdsim file
    b"[]": "the file must hold one object in braces, not a list",
    b"3": "the file must hold one object in braces, not 3",
    b'{"steps": 3}': "the file has no field 'gdsim' with the number of its version: it is no file of gdsim",
    b'{"gdsim": 3}': "the file is of version 3; this gdsim reads up to version 2: install a newer one",
    b'{"gdsim": -1}': "gdsim must be the number of a version, such as 2, not -1",
    b'{"gdsim": 1.0}': "gdsim must be the number of a version, such as 2, not 1.0",
    b'{"gdsim": true}': "gdsim must be the number of a version, such as 2, not true",
    b'{"gdsim": 3, "new": {}}': "the file is of version 3; this gdsim reads up to version 2: install a newer one",
    # fields
    file(', "stpes": 5'): "unknown field 'stpes'; did you mean steps?",
    file(', "steps": 5, "steps": 6'): "steps stands there twice",
    file(', "steps": "5"'): 'steps must be a number, not "5"',
    file(', "steps": null'): "steps must be a number, not null",
    file(', "steps": true'): "steps must be a number, not true",
    file(', "steps": [1]'): "steps must be a number, not a list",
    file(', "steps": 0'): "steps must be from 1 to 10,000,000, not 0",
    file(', "steps": 2.5'): "steps must be a whole number, not 2.5",
    file(', "steps": NaN'): "steps must be a finite number, not nan",
    file(', "steps": 1e999'): "steps must be a finite number, not inf",
    file(', "steps": ' + "9" * 100_000): "steps must be a finite number, not inf",
    file(', "restarts": -1'): "restarts must be from 0 to 100,000, not -1",
    file(', "seed": 18446744073709551616'): "seed must be from 0 to 4,294,967,295, not 18,446,744,073,709,551,616",
    file(', "tolerance": -1'): "tolerance must be 0 or more, not -1",
    file(', "learning_rate": -Infinity'): "learning_rate must be a finite number, not -inf",
    file(', "learning_rate": "fast"'): 'learning_rate must be a number or null, not "fast"',
    file(', "momentum": 1.5'): "momentum must be from 0 to 1, not 1.5",
    file(', "function": "rosenbrok"'): "unknown function 'rosenbrok'; did you mean rosenbrock?",
    file(', "function": 3'): "function must be a text, not 3",
    file(', "start": [1]'): "start must be one number for each of x, y, not [1]",
    file(', "start": [1, "2"]'): 'start[1] must be a number, not "2"',
    file(', "start": [1, true]'): "start[1] must be a number, not true",
    file(', "start": [1, NaN]'): "start y must be a finite number, not nan",
    file(', "start": "12"'): 'start must be a list of numbers or null, not "12"',
    file(', "bounds": [[1, 0], [0, 1]]'): "bounds must have low < high and a finite width, not (1, 0)",
    file(', "bounds": [[1, 2], [1]]'): "bounds must be one pair (low, high) for each of x, y, not [[1, 2], [1]]",
    file(', "bounds": [1, 2]'): "bounds[0] must be a pair of numbers, not 1",
    file(', "bounds": [[0, 1], [0, "a"]]'): 'bounds[1][1] must be a number, not "a"',
    file(', "bounds": [[0, 1], [0, Infinity]]'): "bounds must be a finite number, not inf",
    file(', "restarts": 100000, "steps": 10000000'): "1 optimizers × 100,001 runs × 10,000,000 steps would take "
    "24,000.2 GB; the limit is 2.1 GB: at most 893 steps or 7 restarts fit",
    file(', "title": 3'): "title must be a text, not 3",
    file(', "title": "\\ud800"'): "title must be text that can be written, without halves of letters",
    file(title="x" * 201): "title must have at most 200 letters, not 201",
    # optimizers
    file(', "optimizers": {}'): "optimizers must be a list, not an object in braces",
    file(', "optimizers": ["gd"]'): 'optimizers[0] must be an object in braces, not "gd"',
    file(optimizers=[{}]): "optimizers[0].key is missing: it names an optimizer, such as adam",
    file(optimizers=[{"key": 3}]): "optimizers[0].key must be a text, not 3",
    file(optimizers=[{"key": "adm"}]): "optimizers[0].key: unknown optimizer 'adm'; did you mean adam, radam, nadam?",
    file(optimizers=[{"key": "gd", "valeus": 1}]): "optimizers[0].valeus: unknown field 'valeus'; did you mean values?",
    file(optimizers=[{"key": "gd", "values": []}]): "optimizers[0].values must be an object in braces, not a list",
    file(optimizers=[{"key": "gd", "enabled": 1}]): "optimizers[0].enabled must be true or false, not 1",
    file(optimizers=[{"key": "gd"}] * 2 + [{"key": "adam", "values": {"beta9": 1}}]): "optimizers[2].values.beta9: "
    "unknown hyperparameter of adam 'beta9'; did you mean beta2, beta1?",
    file(optimizers=[{"key": "adam", "values": {"beta1": 1}}]): "optimizers[0].values.beta1: "
    "adam.beta1 must be from 0 to 0.9999999, not 1",
    file(optimizers=[{"key": "adam", "values": {"beta1": "0.9"}}]): "optimizers[0].values.beta1 "
    'must be a number, true or false, not "0.9"',
    file(optimizers=[{"key": "adam", "values": {"beta1": True}}]): "optimizers[0].values.beta1: "
    "adam.beta1 must be a finite number, not True",
    file(optimizers=[{"key": "rmsprop", "values": {"centered": 1}}]): "optimizers[0].values.centered: "
    "rmsprop.centered must be true or false, not 1",
    file(', "optimizers": [{"key": "gd", "key": "adam"}]'): "optimizers[0].key stands there twice",
    file(', "optimizers": [{"key": "gd", "values": {"learning_rate": 1, "learning_rate": 2}}]'): "optimizers[0]"
    ".values.learning_rate stands there twice",
    # what is rarely set
    file(direction="up"): "direction must be descent or ascent, not 'up'",
    file(direction=1): "direction must be a text, not 1",
    file(noise=-1): "noise must be from 0 to 1000000, not -1",
    file(clip=None): "clip must be a number, not null",
    file(name="x" * 61): "name must be a text of at most 60 letters, not '" + "x" * 58 + "…",
    file(name="a\nb"): "name must be a text of at most 60 letters, not 'a\\nb'",
    file(gradient=None): "gradient must be an object in braces, not null",
    file(gradient={}): "gradient.key is missing: it names a gradient, such as central",
    file(gradient="centre"): "gradient.key: unknown gradient 'centre'; did you mean central?",
    file(gradient={"key": "central", "h": 2}): "gradient.h: h of a difference must be from 1e-12 to 1, not 2",
    file(gradient={"key": "central", "h": "small"}): 'gradient.h must be a number, not "small"',
    file(gradient={"key": "exact", "h": 1e-4}): "gradient.h: unknown field 'h'; there are: key",
    file(', "gradient": {"key": "central", "h": 1e-4, "h": 1e-5}'): "gradient.h stands there twice",
    file(schedule=3): "schedule must be an object in braces, not 3",
    file(schedule={"steps": 3}): "schedule.key is missing: it names a schedule, such as cosine",
    file(schedule={"key": 3}): "schedule.key must be a text, not 3",
    file(schedule={"key": "cosine", "steps": 2.5}): "schedule.steps: cosine.steps must be a whole number, not 2.5",
    file(schedule={"key": "cosine", "steps": -1}): "schedule.steps: cosine.steps must be from 0 to 10,000,000, not -1",
    file(schedule={"key": "cosine", "steps": True}): "schedule.steps must be a number, not true",
    file(schedule={"key": "cosine", "learning_rate": 1}): "schedule.learning_rate: unknown field 'learning_rate'; "
    "there are: key, steps, final",
    file(optimizers=[{"key": "gd"}, {"key": "gd", "schedule": {"key": "cosin"}}]): "optimizers[1].schedule.key: "
    "unknown schedule 'cosin'; did you mean cosine, warmup_cosine?",
    file(optimizers=[{"key": "gd", "schedule": {"key": "step", "gamma": 2}}]): "optimizers[0].schedule.gamma: "
    "step.gamma must be from 0 to 1, not 2",
    file(', "optimizers": [{"key": "gd", "schedule": {"key": "step", "key": "step"}}]'): "optimizers[0].schedule.key "
    "stands there twice",
    file(optimizers=[{"key": "gd", "clip": -1}]): "optimizers[0].clip: gd.clip must be from 0 to 1e+12, not -1",
    file(optimizers=[{"key": "gd", "clip": "1"}]): 'optimizers[0].clip must be a number or null, not "1"',
    file(parameters=[1]): "parameters must be an object in braces, not a list",
    file(parameters={"a": 1}, function="bowl"): "parameters.a: the function has no parameters",
    file(parameters={"a": None}): "parameters.a must be a number, not null",
    file(', "parameters": {"a": 1, "a": 2}'): "parameters.a stands there twice",
    file(', "parameters": {"a": NaN}'): "parameters.a must be a finite number, not nan",
    # what is long or cannot be printed stays one line of a sentence
    file(', "a\\n{b}\\u0000' + "c" * 1000 + '": 1'): "unknown field 'a {b} " + "c" * 53 + "…'; there are: gdsim, "
    f"title, note, {', '.join(FIELDS)}",
    # typed functions: a text is read, never evaluated
    file(
        function="x\n" * 200_000
    ): "function: the formula is too long: it has 400,000 letters, at most 20,000 are read",
    file(function=""): "function: the formula is empty: type one, such as x^2 + y^2",
    file(function="x^2 + sine(y)"): "function: unknown name 'sine' at column 7; did you mean sin?",
    file(function="__import__('os').abort()"): "function: '_' at column 1 cannot stand in a formula",
    file(function="x.__class__"): "function: '.' at column 2 cannot stand in a formula",
    file(function="x + 9**9**9**9"): "function: '9**9**9' at column 8 is not a finite real number",
    file(function="x + \u0445"): "function: '\u0445' (CYRILLIC SMALL LETTER HA) at column 5 looks like x but is not",
    file(function="(" * 9999 + "x"): "function: the formula has too many parts: at most 6,000 are read",
    file(function="himmelblow"): "unknown function 'himmelblow'; did you mean himmelblau?",
    file(function="a*x^2", parameters={"b": 1}): "parameters.b: unknown parameter 'b'; there are: a",
    file(function="a*x^2", parameters={"a": "1"}): 'parameters.a must be a number, not "1"',
    file(function="a*x^2", parameters={"a": [1]}): "parameters.a must be a number, not a list",
    file(function="a*x^2", start=[1, 2]): "start must be one number for each of x, not [1, 2]",
    file(
        function="a*x^2", bounds=[[0, 1], [0, 1]]
    ): "bounds must be one pair (low, high) for each of x, not [[0, 1], [0, 1]]",
}


@pytest.mark.parametrize("data", BAD, ids=lambda data: str(data[:60]))
def test_bad_input_is_one_sentence(data, tmp_path):
    with pytest.raises(GdsimError) as error:
        load(data)
    assert str(error.value) == BAD[data]
    (tmp_path / "race.json").write_bytes(data)
    with pytest.raises(GdsimError) as error:
        open_file(tmp_path / "race.json")
    # of one that is too large no more is looked at
    told = re.sub("^: the file is too", " is too", f": {BAD[data]}")
    assert str(error.value) == f"{tmp_path}/race.json{told}"


def test_an_error_carries_what_it_is_about():
    with pytest.raises(GdsimError) as error:
        load(file(optimizers=[{"key": "adam", "values": {"beta1": 1}}]))
    assert error.value.template == "{where}: {reason}"
    assert error.value.field == "adam.beta1"
    assert error.value.values["where"] == "optimizers[0].values.beta1"
    assert error.value.values["reason"].template == "{field} must be from {low:.9g} to {high:.9g}, not {given:.9g}"


@pytest.mark.parametrize(("title", "note"), [("x" * 201, ""), ("", "x" * 10_001), ("\ud800", ""), (3, "")])
def test_what_could_not_be_opened_again_is_not_saved(tmp_path, title, note):
    save(RACE, tmp_path / "race.json")
    with pytest.raises(GdsimError, match=r"^(title|note) must"):
        save(RACE, tmp_path / "race.json", title, note)
    assert open_file(tmp_path / "race.json") == Document(RACE)
    with pytest.raises(GdsimError, match=r"too large: 1\.\d+ MB"):
        dump(Experiment(steps=1, optimizers=(Entry("gd"),) * 30_000))


def test_a_file_comes_back(tmp_path):
    save(RACE, str(tmp_path / "race.json"), "Title", "Note")
    assert open_file(tmp_path / "race.json") == Document(RACE, "Title", "Note")
    assert os.listdir(tmp_path) == ["race.json"]


def test_permissions_and_links_are_kept(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.touch()
    real.chmod(0o666)  # more than a new file gets
    link.symlink_to("real.json")
    save(RACE, link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o666
    assert open_file(real) == open_file(link) == Document(RACE)


def test_what_cannot_be_read_is_a_sentence(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    for name, reason in {
        "missing.json": "No such file or directory",
        ".": "it is a folder",
        "pipe": "it is not an ordinary file",
        "file/race.json": "Not a directory",
        "loop": "Too many levels of symbolic links",
        "n" * 300: "File name too long",
        "null\0": "no name may hold a null character",
    }.items():
        with pytest.raises(GdsimError) as error:
            open_file(tmp_path / name)
        assert str(error.value) == f"cannot read {tmp_path / name}: {reason}".removesuffix("/.")


def test_a_file_without_permission_is_a_sentence(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "race.json").touch()
    monkeypatch.setattr("builtins.open", refuse)  # root may read anything
    with pytest.raises(GdsimError, match=r"^cannot read .*race\.json: Permission denied$"):
        open_file(tmp_path / "race.json")


def test_a_large_file_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "large.json"
    path.touch()
    os.truncate(path, 100_000_000)
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(GdsimError, match=r"large\.json is too large: 100 MB, where 1 MB is the most$"):
        open_file(path)


@pytest.mark.parametrize("step", ["pathlib.Path.write_bytes", "os.fsync", "os.replace"])
def test_a_full_disk_is_a_sentence_and_leaves_the_old_file(tmp_path, monkeypatch, step):
    def fail(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "race.json"
    path.write_text("old")
    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(GdsimError) as error:
            save(RACE, path)
    assert str(error.value) == f"cannot write {path}: No space left on device"
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["race.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux only")
def test_a_disk_that_is_really_full():
    with pytest.raises(GdsimError, match=r"^cannot write /dev/full: No space left on device$"):
        save(RACE, "/dev/full")
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("missing/a.json", "No such file or directory"),
        (".", "it is a folder"),
        ("a\0", "no name may hold a null character"),
    ],
)
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path, where, reason):
    with pytest.raises(GdsimError) as error:
        save(RACE, tmp_path / where)
    assert str(error.value) == f"cannot write {tmp_path / where}: {reason}"
    assert os.listdir(tmp_path) == []


def test_the_program_starts_without_them():
    code = (
        "import sys, gdsim.cli.main\n"
        "names = 'json', 'gdsim.storage.files', 'gdsim.storage.programs.gdsim_program', 'gdsim.storage.examples',"
        " 'msgspec'\n"
        "print([name for name in names if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
