"""Models on data in files: their examples inside, by name or by path."""

import json
import os
import re
from dataclasses import replace

import pytest
from any_experiment import as_it_comes_back, models
from example_counts import many_examples
from hypothesis import given

from gdsim import Experiment, GdsimError, Source
from gdsim.objectives.table_reading import told
from gdsim.storage.csv.data import read_csv
from gdsim.storage.files import Document, dump, load, open_file, save

TABLE = Source(rows=((0.5, 0), (1.5, 1), (2.5, 0), (3.5, 1)), features=("dose",), target="ill", classes=("no", "yes"))


def file(**changes):
    return json.dumps({"gdsim": 1, **changes}).encode()


@many_examples(60)
@given(models())
def test_any_model_comes_back_and_runs_to_the_same_bits(experiment):
    data = dump(experiment)
    document = load(data)
    experiment = as_it_comes_back(experiment)
    assert document == Document(experiment)
    assert dump(document.experiment) == data
    ours, theirs = experiment.run(), document.experiment.run()
    assert ours.positions.tobytes() == theirs.positions.tobytes()
    assert ours.losses.tobytes() == theirs.losses.tobytes()


def test_it_reads_well():
    network = Experiment("network", data=Source("moons", noise=0.2), options={"hidden": 4, "l2": 0.1}, batch=16)
    assert (
        '  "function": "network",\n  "data": {"key": "moons", "noise": 0.2},\n'
        '  "options": {"hidden": [4], "l2": 0.1},\n  "batch": 16,\n  "start": null,\n'
    ) in dump(network).decode()
    assert (
        '  "data": {\n    "features": ["dose"],\n    "target": "ill",\n    "classes": ["no", "yes"],\n'
        '    "held_out": 0.0,\n    "rows": [\n      [0.5, 0.0],\n      [1.5, 1.0],\n      [2.5, 0.0],\n'
        "      [3.5, 1.0]\n    ]\n  },\n"
    ) in dump(Experiment("logistic", data=TABLE)).decode()
    assert load(file(function="linear", data="sine")).experiment == Experiment("linear", data=Source("sine"))
    assert b"data" not in dump(Experiment("linear"))


def test_what_two_values_of_a_feature_stand_for_is_kept(tmp_path):
    points = tmp_path / "points.csv"
    points.write_text("sex,age,ill\nmale,30,no\nfemale,40,yes\nmale,50,no\nfemale,60,yes\n", "utf-8")
    source = replace(read_csv(points)[0], path="", checksum="")
    data = dump(Experiment("logistic", data=source, steps=20))
    assert json.loads(data)["data"]["codes"] == {"sex": ["female", "male"]}
    again = load(data).experiment
    assert again.data == source
    assert told(again.data.reading) == ["in sex, female is coded 0 and male is coded 1"]
    assert dump(again) == data


def test_a_table_by_its_path(tmp_path):
    points, saved = tmp_path / "data" / "points.csv", tmp_path / "race.json"
    points.parent.mkdir()
    points.write_text("x,label\n1,no\n2,yes\n3,no\n,yes\n4,yes\n", "utf-8")
    experiment = Experiment("logistic", data=read_csv(points, seed=2, held_out=0.3)[0], steps=20)
    save(experiment, saved)
    tree = json.loads(saved.read_bytes())["data"]
    assert (tree["path"], "rows" in tree) == ("data/points.csv", False)
    assert open_file(saved).experiment == experiment
    # both may move together; from elsewhere the whole path is told
    moved = tmp_path / "moved"
    os.mkdir(moved)
    points.parent.rename(moved / "data")
    saved.rename(moved / "race.json")
    again = open_file(moved / "race.json").experiment
    assert again.data == replace(experiment.data, path=str(moved / "data" / "points.csv"))
    assert again.run().positions.tobytes() == experiment.run().positions.tobytes()
    assert json.loads(dump(again))["data"]["path"] == again.data.path
    # by hand no more is needed than where it is
    (moved / "short.json").write_bytes(file(function="logistic", data={"path": "data/points.csv"}))
    assert open_file(moved / "short.json").experiment.data.rows == experiment.data.rows

    there = re.escape(f"{moved}/race.json: data: ")
    with (moved / "data" / "points.csv").open("a") as file_of_points:
        file_of_points.write("9,no\n")
    with pytest.raises(GdsimError, match=f"^{there}points.csv: the file has changed since it was chosen"):
        open_file(moved / "race.json")
    # as it is now, if that is asked for
    now = open_file(moved / "race.json", moved / "data" / "points.csv").experiment
    assert now == replace(experiment, data=read_csv(moved / "data" / "points.csv", seed=2, held_out=0.3)[0])
    assert len(now.data.rows) == 5
    (moved / "data" / "points.csv").rename(moved / "other.csv")
    assert open_file(moved / "race.json", moved / "other.csv").experiment.data.rows == now.data.rows
    (moved / "none.csv").write_text("a,b\n1,2\n2,3\n")
    with pytest.raises(GdsimError, match="unknown column 'x'"):
        open_file(moved / "race.json", moved / "none.csv")
    for k, data in enumerate(({}, {"data": "blobs"})):
        (moved / f"{k}.json").write_bytes(file(function="logistic", **data))
        with pytest.raises(GdsimError, match="data: the experiment names no table by its path"):
            open_file(moved / f"{k}.json", moved / "other.csv")
    with pytest.raises(GdsimError, match=f"^{there}cannot read {moved}/data/points.csv: No such file"):
        open_file(moved / "race.json")


def test_a_table_too_large_for_a_file_is_refused():
    large = Source(rows=tuple((i / 7, i / 3) for i in range(30_000)))
    with pytest.raises(GdsimError, match=r"^the table of 30000 examples makes the file too large: .* a CSV file of"):
        dump(Experiment("linear", data=large, steps=1))
    with pytest.raises(GdsimError, match=r"^data\.features\[0\] must be a text of 1 to 200 letters"):
        dump(Experiment("linear", data=Source(rows=((1, 2), (2, 3)), features=("\ud800",))))


BAD = [
    ({"data": "blob"}, "data.key: unknown set of examples 'blob'; did you mean blobs?"),
    ({"data": 3}, "data must be an object in braces, not 3"),
    ({"data": {}}, "data must have a key, a path or rows"),
    ({"data": {"key": "line", "rows": []}}, "data.rows: unknown field 'rows'; there are: key, count, noise, seed, "),
    ({"data": {"key": "line", "count": 1}}, "data.count: data count must be from 2 to 100,000, not 1"),
    ({"data": {"key": "line", "count": True}}, "data.count must be a number, not true"),
    ({"data": {"key": "line", "noise": -1}}, "data.noise: data noise must be from 0 to 1e+06, not -1"),
    ({"data": {"key": "anscombe1", "count": 5}}, "data: anscombe1 is a real set of examples: it has no count"),
    (
        {"data": {"rows": [[1], [3]]}},
        "data: data must be two rows or more of one length, each with a feature and a target",
    ),
    ({"data": {"rows": [[1, 2], [3, "4"]]}}, 'data.rows[1][1] must be a number, not "4"'),
    ({"data": {"rows": [[1, 2], 3]}}, "data.rows[1] must be a list, not 3"),
    ({"data": {"rows": [[1, 2], [3, 4], [5, 6, 7]]}}, "data: data must be rows of one length; rows[2] has 3 numbers, "),
    ({"data": {"rows": [[1, 2], [3, float("nan")]]}}, "data: data must be finite numbers; rows[1][1] is nan"),
    ({"data": {"rows": [[1, 2], [3, 10**350]]}}, "data.rows: data must be finite numbers"),
    ({"data": {"rows": [[1, 2], [3, 4]], "features": ["a", "b"]}}, "data: features must be 1 names, not 2"),
    ({"data": {"rows": [[1, 2], [3, 4]], "target": 4}}, "data.target must be a text, not 4"),
    ({"data": {"rows": [[1, 2], [3, 4]], "classes": ["a", "b"]}}, "data: y must be 0 or 1, the two classes"),
    (
        {"data": {"rows": [[1, 2], [3, 4]], "features": ["a"], "codes": {"b": ["x", "y"]}}},
        "data.codes must be features",
    ),
    (
        {"data": {"rows": [[1, 2], [3, 4]], "features": ["a"], "codes": {"a": ["x"]}}},
        "data.codes.a must be two texts, not",
    ),
    ({"data": {"rows": [[1, 2], [3, 4]], "codes": 3}}, "data.codes must be an object in braces, not 3"),
    ({"data": {"path": "/nowhere/points.csv"}}, "data: cannot read /nowhere/points.csv: No such file or directory"),
    ({"data": {"path": "a\0b"}}, "data.path must be a path of 1 to 4096 letters, none of them the null character, not"),
    ({"options": []}, "options must be an object in braces, not a list"),
    ({"options": {"hiden": 3}}, "options.hiden: unknown option of network 'hiden'; did you mean hidden?"),
    ({"options": {"hidden": [0]}}, "options.hidden: network.hidden must be from 1 to 128, not 0"),
    ({"options": {"activation": "rely"}}, "options.activation: unknown activation 'rely'; did you mean relu?"),
    ({"options": {"standardise": 1}}, "options.standardise: network.standardise must be true or false, not 1"),
    ({"batch": -1}, "batch must be from 0 to 10,000,000, not -1"),
    ({"batch": "all"}, 'batch must be a number, not "all"'),
    ({"function": "bowl", "batch": 4}, "batch belongs to a model on data (linear, logistic, perceptron, network)"),
    ({"function": "bowl", "data": "line"}, "data belongs to a model on data (linear, logistic, perceptron, network)"),
    (
        {"function": "ackley", "options": {"dimension": 101}},
        "options.dimension: ackley.dimension must be from 2 to 100",
    ),
    ({"function": "ackley", "options": {"dimension": "3"}}, "options.dimension must be a number, not"),
    (
        {"function": "ackley", "options": {"hidden": 3}},
        "options.hidden: unknown option of ackley 'hidden'; there are: dim",
    ),
    (
        {"function": "bowl", "options": {"dimension": 3}},
        "options.dimension: bowl has no options, and so no 'dimension'",
    ),
    ({"parameters": {"a": 1}}, "parameters belong to a typed function; network has none"),
    (
        {"start": [1, 2]},
        "start must be one number for each of W1[1,1], W1[1,2], W1[2,1], W1[2,2], W1[3,1], W1[3,2], …, ",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD, ids=[sentence[:40] for _, sentence in BAD])
def test_what_is_wrong_is_said_with_its_path(changes, sentence):
    with pytest.raises(GdsimError, match="^" + re.escape(sentence)):
        load(file(**{"function": "network"} | changes))


def test_a_table_is_read_as_it_was_when_the_file_was_saved(tmp_path):
    """A file from before two numbers were classes, and columns that count the rows were left out, keeps its numbers."""
    points, saved = tmp_path / "points.csv", tmp_path / "race.json"
    points.write_text("id;x;y\n1;0.5;1\n2;1.5;2\n3;2.5;1\n4;0.75;2\n")
    now = Experiment("logistic", data=read_csv(points)[0], steps=3)
    save(now, saved)
    tree = json.loads(saved.read_bytes())
    assert tree["data"]["reading"] == 2
    assert open_file(saved).experiment == now
    assert open_file(saved).experiment.data.classes == ("1", "2")
    del tree["data"]["reading"], tree["data"]["features"]
    tree["function"] = "linear"
    saved.write_text(json.dumps(tree))
    old = open_file(saved).experiment
    assert (old.data.features, old.data.classes, old.data.rows[1]) == (("id", "x"), (), (2, 1.5, 2))
    save(old, saved)
    assert "reading" not in json.loads(saved.read_bytes())["data"]
    assert open_file(saved).experiment.data == old.data
    for wrong in (3, True, "2"):
        tree["data"]["reading"] = wrong
        saved.write_text(json.dumps(tree))
        with pytest.raises(GdsimError, match=r"data\.reading must be 1 or 2, not "):
            open_file(saved)
