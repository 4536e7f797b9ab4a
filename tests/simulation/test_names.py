"""Tests of what optimizers are called, and of what tells the entries of one rule apart."""

import csv
import io
import json

import pytest
from example_counts import many_examples
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim.cli.values import as_entry
from gdsim.simulation.names import LONGEST_NAME, Name
from gdsim.storage.files import dump, load
from gdsim.storage.programs.gdsim_program import python_code
from gdsim.storage.programs.torch_program import torch_code
from gdsim.storage.tables import labels, write_iterates, write_outcomes


def told(experiment):
    """Names by id, in words."""
    return {id_: name.typed or _made(name) for id_, name in experiment.names.items()}


def _made(name):
    facts = (f"{fact.symbol or fact.what} {fact.value}" for fact in name.facts)
    return (name.key, *facts, *([name.number] if name.number else []))


def test_a_rule_that_is_there_once_is_called_after_itself():
    experiment = gdsim.Experiment(optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam", {"learning_rate": 0.1})))
    assert experiment.names == {"gd": Name("gd"), "adam": Name("adam")}
    assert experiment.run().names == experiment.names


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (
            [("adam", {"learning_rate": 0.01}), ("adam", {"learning_rate": 0.1})],
            {"adam": ("adam", "η 0.01"), "adam#2": ("adam", "η 0.1")},
        ),
        (
            [("adam", {}), ("gd", {}), ("adam", {"learning_rate": 0.1})],  # one follows the shared η
            {"adam": ("adam", "η 0.5"), "gd": ("gd",), "adam#2": ("adam", "η 0.1")},
        ),
        ([("adam", {}), ("adam", {}), ("adam", {})], {"adam": ("adam",), "adam#2": ("adam", 2), "adam#3": ("adam", 3)}),
        (
            [("adam", {}), ("adam", {}), ("adam", {"beta1": 0.5})],
            {"adam": ("adam", "β₁ 0.9"), "adam#2": ("adam", "β₁ 0.9", 2), "adam#3": ("adam", "β₁ 0.5")},
        ),
        (
            [("rmsprop", {}), ("rmsprop", {"centered": True, "decay": 0.5, "learning_rate": 1e-7, "momentum": 0.1})],
            {"rmsprop": ("rmsprop", "η 0.5", "α 0.99"), "rmsprop#2": ("rmsprop", "η 1e-07", "α 0.5")},
        ),
        # what differs in no digit that is told, differs by number
        ([("gd", {"learning_rate": 0.1}), ("gd", {"learning_rate": 0.1 + 1e-12})], {"gd": ("gd",), "gd#2": ("gd", 2)}),
    ],
)
def test_names_are_made_of_what_differs(entries, expected):
    optimizers = tuple(gdsim.Entry(key, values) for key, values in entries)
    assert told(gdsim.Experiment(optimizers=optimizers, learning_rate=0.5)) == expected


def test_schedules_and_clipping_tell_apart_too():
    own = [{}, {"schedule": gdsim.Cosine(steps=50)}, {"schedule": gdsim.Cosine(steps=90)}, {"clip": 2.0}]
    entries = tuple(gdsim.Entry("gd", {"learning_rate": 0.1}, **fields) for fields in own)
    assert told(gdsim.Experiment(optimizers=entries[:2])) == {
        "gd": ("gd", "schedule Constant"),
        "gd#2": ("gd", "schedule Cosine"),
    }
    settings = [hyper.symbol for hyper in gdsim.Cosine.hypers() if hyper.name == "steps"]
    assert told(gdsim.Experiment(optimizers=entries[1:3])) == {
        "gd": ("gd", f"{settings[0]} 50"),
        "gd#2": ("gd", f"{settings[0]} 90"),
    }
    assert told(gdsim.Experiment(optimizers=entries[::3])) == {"gd": ("gd", "clip 0.0"), "gd#2": ("gd", "clip 2.0")}


def test_who_is_switched_off_has_a_name_and_gives_one():
    entries = (gdsim.Entry("adam", {"learning_rate": 0.1}, enabled=False), gdsim.Entry("adam", {"learning_rate": 0.2}))
    race = gdsim.Experiment(optimizers=entries).run()
    assert race.ids == ("adam#2",)
    assert [fact.value for fact in race.names["adam#2"].facts] == [0.2]


def test_a_typed_name_stands_for_itself():
    entries = (gdsim.Entry("adam", name=" Fast "), gdsim.Entry("adam", {"learning_rate": 0.2}))
    experiment = gdsim.Experiment(optimizers=entries)
    assert told(experiment) == {"adam": "Fast", "adam#2": ("adam",)}
    assert labels(experiment.lanes) == ["Fast", "adam"]


@pytest.mark.parametrize("name", ["x" * (LONGEST_NAME + 1), "two\nlines", "a\0", "\ud800", "a\u2028b", 3, None])
def test_names_that_are_none(name):
    with pytest.raises(gdsim.GdsimError, match=r"^adam\.name must be a text of one line, of at most 40 letters, not "):
        gdsim.Entry("adam", name=name)


def test_no_two_have_the_same_typed_name():
    entries = gdsim.Entry("adam", name="A"), gdsim.Entry("gd", name="A ")
    with pytest.raises(gdsim.GdsimError, match=r"^optimizers must have names of their own; two are called A$"):
        gdsim.Experiment(optimizers=entries)


numbers = st.lists(st.tuples(st.sampled_from(["gd", "adam", "rmsprop"]), st.integers(1, 4)), max_size=9)


@many_examples(150)
@given(numbers, st.data())
def test_ids_are_unique_and_stay_when_another_goes(pairs, data):
    experiment = gdsim.Experiment(optimizers=tuple(gdsim.Entry(key, number=n) for key, n in pairs))
    entries = experiment.optimizers
    ids = [entry.id for entry in entries]
    assert len(set(ids)) == len(ids)
    assert len(set(told(experiment).values())) == len(ids)
    first = {pair: i for i, pair in reversed(list(enumerate(pairs)))}
    assert all(entries[i].number == pair[1] for pair, i in first.items())  # the first of a number keeps it
    if ids:
        gone = data.draw(st.integers(0, len(ids) - 1))
        rest = gdsim.Experiment(optimizers=entries[:gone] + entries[gone + 1 :])
        assert [entry.id for entry in rest.optimizers] == ids[:gone] + ids[gone + 1 :]
    read = load(dump(experiment)).experiment
    assert read == experiment
    assert [entry.id for entry in read.optimizers] == ids


def test_files_hold_numbers_and_names_only_where_they_are_not_plain():
    plain = gdsim.Experiment(optimizers=(gdsim.Entry("adam"), gdsim.Entry("gd"), gdsim.Entry("adam", {"beta1": 0.5})))
    written = json.loads(dump(plain))["optimizers"]
    assert [sorted(entry) for entry in written] == [["enabled", "key", "values"]] * 3
    odd = gdsim.Experiment(optimizers=(gdsim.Entry("adam", number=3), gdsim.Entry("gd", name="Plain, 5 %")))
    written = json.loads(dump(odd))["optimizers"]
    assert [(entry.get("number"), entry.get("name")) for entry in written] == [(3, None), (None, "Plain, 5 %")]
    assert load(dump(odd)).experiment == odd


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"number": 0}, r"^optimizers\[0\]: adam\.number must be .* not 0"),
        ({"number": "2"}, r"^optimizers\[0\]\.number must be a number"),
        ({"number": 1.5}, r"^optimizers\[0\]: adam\.number must be "),
        ({"name": 2}, r"^optimizers\[0\]\.name must be a text"),
        ({"name": "a\nb"}, r"^optimizers\[0\]: adam\.name must be a text of one line"),
        ({"nmae": "a"}, "did you mean name"),
    ],
)
def test_what_a_file_may_not_say(entry, sentence):
    with pytest.raises(gdsim.GdsimError, match=sentence):
        load(json.dumps({"gdsim": 1, "optimizers": [{"key": "adam", **entry}]}).encode())


def test_two_of_a_kind_from_python_and_as_programs(capsys):
    race = gdsim.descend("himmelblau", [gdsim.Adam(0.01), gdsim.Adam(0.1)], steps=50)
    assert race.ids == ("adam", "adam#2")
    assert [[fact.value for fact in name.facts] for name in race.names.values()] == [[0.01], [0.1]]
    for name in ("", 'Quick "one", 5 %'):
        entries = gdsim.Entry("adam", {"learning_rate": 0.01}), gdsim.Entry("adam", {"learning_rate": 0.1}, name=name)
        experiment = gdsim.Experiment("himmelblau", optimizers=entries, steps=50)
        scope = {}
        exec(compile(python_code(experiment), "<program>", "exec"), scope)
        assert scope["positions"].tobytes() == race.positions.tobytes()
        assert labels(scope["race"].lanes) == labels(experiment.lanes)
        optimizers = torch_code(experiment).split("OPTIMIZERS = ")[1].split("\n}")[0] + "\n}"
        table = eval(optimizers)  # the lambdas in it are not called
        assert list(table) == labels(experiment.lanes)
        assert len(table) == 2


def test_an_entry_may_race_as_it_is():
    race = gdsim.descend("bowl", ["gd", gdsim.Entry("gd", name="Same")], steps=5, learning_rate=0.1)
    assert race.ids == ("gd", "gd#2")
    assert race.names["gd#2"].typed == "Same"
    assert race.positions[:, 0].tobytes() == race.positions[:, 1].tobytes()
    assert gdsim.descend("bowl", gdsim.Entry("adam", name="A"), steps=5).names["adam"].typed == "A"


def test_a_name_on_the_command_line():
    assert as_entry("adam:name=Quick one,learning_rate=0.1") == gdsim.Entry(
        "adam", {"learning_rate": 0.1}, name="Quick one"
    )
    with pytest.raises(gdsim.GdsimError, match=r"^adam\.name must be"):
        as_entry("adam:name=" + "x" * 50)


@pytest.mark.parametrize("write", [write_iterates, write_outcomes])
def test_typed_names_stand_in_tables_as_they_are(write):
    names = ['a, "b" %d', "adam", "plain"]
    entries = *(gdsim.Entry("gd", name=name) for name in names), gdsim.Entry("adam")
    race = gdsim.Experiment("bowl", optimizers=entries, steps=2).run()
    file = io.StringIO()
    write(race, file)
    rows = list(csv.reader(io.StringIO(file.getvalue())))
    assert list(dict.fromkeys(row[0] for row in rows[1:])) == [*names, "adam#2"]
    assert len({len(row) for row in rows}) == 1
