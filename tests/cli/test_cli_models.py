"""Models on data from the command line."""

import csv
import os
import re
from types import SimpleNamespace

import numpy as np
import pytest

import gdsim
from gdsim.cli import main as cli
from gdsim.storage.files import save

POINTS = "age,dose,label\n1,2,no\n2,1,yes\n3,3,no\n,2,yes\n4,4,yes\n5,1,yes\n2,2,no\n"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "points.csv").write_text(POINTS, "utf-8")

    def run(line):
        status = cli.main(line.split())
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err)

    return run


def test_it_is_what_python_does(run, tmp_path):
    done = run(
        "run network --data moons:count=60,noise=0.2,seed=2,held_out=0.5 --option hidden=4,3 --option l2=0.01 "
        "--option standardise=true --batch 8 --seed 3 --steps 30 --optimizer adam --csv a.csv"
    )
    assert (done.status, done.err) == (0, "")
    race = gdsim.descend(
        "network",
        "adam",
        data=gdsim.Source("moons", count=60, noise=0.2, seed=2, held_out=0.5),
        options={"hidden": (4, 3), "l2": 0.01, "standardise": True},
        batch=8,
        seed=3,
        steps=30,
    )
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["optimizer", "run", "step", *race.objective.names, "loss"]
    assert np.array_equal([[float(cell) for cell in row[3:-1]] for row in rows], race.positions[:, 0, :, 0])
    title, _, heading, row = done.out.splitlines()[:4]
    assert (
        "30 examples of moons (noise 0.2, seed 2), 30 held out, 31 parameters, hidden = 4,3, l2 = 0.01, "
        "standardise = true, batches of 8, seed 3" in title
    )
    assert heading.split()[:4] == ["optimizer", "loss", "‖∇f‖", "distance"]
    found = [float(race.objective.accuracy(race.positions[-1, 0, :, 0], part)) for part in ("train", "held_out")]
    assert [float(cell) for cell in row.split()[4:6]] == pytest.approx(found, rel=1e-3)


def test_a_function_of_ten_variables(run, tmp_path):
    line = "run rosenbrock --option dimension=10 --optimizer adam:learning_rate=0.05 --steps 40 --restarts 2 "
    done = run(line + "--bounds=-1,1 --csv a.csv")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(
        "Rosenbrock from (-1.2, 1, -1.2, 1, …), dimension 10, random restarts: 2, seed 0, 40 steps"
    )
    adam, bounds = gdsim.Adam(learning_rate=0.05), [(-1, 1)] * 10
    race = gdsim.descend("rosenbrock", adam, options={"dimension": 10}, bounds=bounds, steps=40, restarts=2)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = [[float(cell) for cell in row[3:-1]] for row in csv.reader(file) if row[1] == "2"]
    assert np.array_equal(rows, race.positions[:, 0, :, 2])
    save(gdsim.Experiment("rosenbrock", options={"dimension": 10}, steps=5), tmp_path / "ten.json")
    assert "dimension 10, 7 steps" in run("run ten.json --steps 7").out


def test_few_parameters_have_columns(run):
    done = run("run linear --data line:held_out=0 --start=1,2 --bounds=0,1,0,1 --restarts 1")
    assert done.out.splitlines()[0].startswith("Linear regression from (1, 2), 40 examples of line, random restarts: 1")
    assert re.split(r"\s{2,}", done.out.splitlines()[2])[:7] == [
        "optimizer",
        "w",
        "b",
        "loss",
        "‖∇f‖",
        "distance",
        "MSE",
    ]
    assert "held out" not in done.out


def test_percentages_and_units_are_told(run, tmp_path):
    table = tmp_path / "sales.csv"
    table.write_text("weight,discount,price\n900 kg,3%,1\n950 kg,4%,2\n800 kg,5%,3\n700 kg,2%,2\n")
    done = run(f"run linear --data {table} --steps 5")
    told = "gdsim: in weight, numbers are in kg\ngdsim: in discount, percentages are fractions: 5 % is 0.05\n"
    assert (done.status, done.err) == (0, told)


def test_a_table(run):
    done = run("run logistic --data points.csv:held_out=0,seed=1 --target label --features dose --steps 5")
    assert (done.status, done.err) == (0, "gdsim: in label, no is coded 0 and yes is coded 1\n")
    assert "7 examples of points.csv (seed 1), standardise = true, 5 steps" in done.out
    done = run("run logistic --data points.csv --steps 5")
    assert (done.status, done.err) == (
        0,
        "gdsim: 1 row with gaps was left out\ngdsim: in label, no is coded 0 and yes is coded 1\n",
    )
    assert "w_age" in done.out


def test_a_file_with_options_on_top(run, tmp_path):
    saved = gdsim.Experiment(
        "network", data=gdsim.Source("xor", count=40), options={"hidden": (3,), "l2": 0.1}, steps=9
    )
    save(saved, tmp_path / "race.json")
    assert "hidden = 5, l2 = 0.1, batches of 4" in run("run race.json --option hidden=5 --batch 4").out
    assert "22 examples of moons, 8 held out" in run("run race.json --data moons:count=30").out


def test_lists(run):
    models, data = run("models").out, run("data").out
    for kind in gdsim.MODELS.values():
        assert f"{kind.key} – {kind.model.title}. " in models
        assert all(f"  {option.name} " in models for option in kind.options)
    for key in (*gdsim.DATASETS, *gdsim.SAMPLES):
        assert f"\n{key} " in f"\n{data}"


BAD = {
    "run linear --data blob": "unknown set of examples 'blob'; did you mean blobs?",
    "run linear --data line:cont=4": "unknown setting of line 'cont'; did you mean count?",
    "run linear --data line:count": "--data line:count: after the colon come settings such as line:count=200, "
    "not 'count'",
    "run linear --data line:noise=much": "data noise must be a finite number, not 'much'",
    "run linear --data iris:count=4": "iris is a real set of examples: it has no count to choose",
    "run linear --data line --target y": "--target is for a table of your own: line knows its columns",
    "run linear --features a": "--features is for a table of your own: name its file with --data",
    "run linear --data no.csv": "cannot read no.csv: No such file or directory",
    "run linear --data points.csv:header=maybe": "header of a file must be true or false, not 'maybe'",
    "run linear --data points.csv:count=9": "unknown setting of a file 'count'; there are: header, gaps, "
    "seed, held_out",
    "run linear --data points.csv:seed=1,x": "--data points.csv:seed=1,x: after the colon come settings such as "
    "points.csv:held_out=0.3, not 'x'",
    "run linear --data points.csv:gaps=reject": "points.csv: row 5, column 'age' is empty; rows with gaps: 1",
    "run logistic --data points.csv --target lable": "points.csv: unknown column 'lable'; did you mean label, age?",
    "run logistic --data points.csv --target dose --features age": "Logistic regression needs two "
    "classes, and dose of points.csv is a number: it must be 0 or 1, but is ",
    "run points.csv": "points.csv is a table: gdsim run linear --data points.csv, or another model, is trained on it",
    "run bowl --data line": "--data is for a model on data (linear, logistic, perceptron, network), not for 'bowl'",
    "run bowl --option l2=1": "bowl has no options, and so no 'l2': they belong to models on data, and a",
    "run ackley --option dimension=1": "ackley.dimension must be from 2 to 100, not 1",
    "run ackley --option dimension=ten": "ackley.dimension must be a finite number, not 'ten'",
    "run ackley --option dimension=3 --start=1,2": "--start must be 3 numbers (x1, x2, x3), such as",
    "run bowl --batch 4": "batch belongs to a model on data (linear, logistic, perceptron, network)",
    "run linear --batch all": "batch must be a finite number, not 'all'",
    "run network --option hidden": "--option must be a name and a value, such as --option l2=0.1, not 'hidden'",
    "run network --option l2=1 --option l2=2": "--option l2=2: l2 is set twice",
    "run network --option hiden=3": "unknown option of network 'hiden'; did you mean hidden?",
    "run network --option hidden=a,b": "network.hidden must be a finite number, not 'a'",
    "run network --option standardise=1": "network.standardise must be true or false, not '1'",
    "run network --start 1,2": "--start must be 33 numbers (W1[1,1], W1[1,2], W1[2,1], W1[2,2], W1[3,1], W1[3,2], …), "
    "such as --start=-1.5,2,0,0,0,0,…, not '1,2'",
    "run linear --parameter a=1": "parameters belong to a typed function; linear has none",
}


@pytest.mark.parametrize("line", BAD)
def test_bad_input_is_one_sentence(run, line):
    done = run(line)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"gdsim: {BAD[line]}")
    assert done.err.count("\n") == 1


def test_a_table_that_is_not_what_it_was(run, tmp_path):
    experiment = gdsim.Experiment("logistic", data=gdsim.read_csv(tmp_path / "points.csv")[0], steps=5)
    save(experiment, tmp_path / "race.json")
    (tmp_path / "points.csv").write_text(POINTS + "6,6,no\n", "utf-8")
    done = run("run race.json")
    assert done.status == 2
    assert f"has changed since it was chosen: choose it again; --table {tmp_path / 'points.csv'} takes" in done.err
    done = run(f"run race.json --table {tmp_path / 'points.csv'}")
    assert (done.status, done.err) == (0, "")
    (tmp_path / "points.csv").rename(tmp_path / "moved.csv")
    assert "No such file or directory; --table FILE reads another in its place" in run("run race.json").err
    assert run("run race.json --table moved.csv").out == done.out.replace("points.csv", "moved.csv")
    assert "--table is for a saved experiment" in run("run logistic --table moved.csv").err


def test_a_table_outside_the_folder_of_a_file_is_read_if_that_is_asked_for(run, tmp_path):
    table, folder = tmp_path / "points.csv", tmp_path / "sent"
    table.write_text("a,b\n1,2\n2,4\n3,7\n4,8\n5,10\n")
    folder.mkdir()
    (folder / "race.json").write_text('{"gdsim": 1, "function": "linear", "data": {"path": "../points.csv"}}')
    done = run(f"run {folder}/race.json")
    assert (done.status, done.out) == (2, "")
    told = f"data: the table {table} lies outside the folder of the experiment"
    assert done.err == f"gdsim: {folder}/race.json: {told}; --table {table} reads it all the same\n"
    assert run(f"run {folder}/race.json --table {table}").status == 0


def test_pipes_are_read(run, tmp_path):
    read, write = os.pipe()
    os.write(write, b"a,b\n1,2\n2,4\n3,7\n4,8\n5,10\n")
    os.close(write)
    assert "5 examples" in run(f"run linear --data /dev/fd/{read}").out
    os.close(read)


YEARS = "year,co2\n" + "".join(f"{1990 + i},{350 + 1.8 * i + i % 3}\n" for i in range(30))


def test_the_first_fit_of_a_table_is_that_of_the_window_and_is_told_of(run, tmp_path):
    (tmp_path / "years.csv").write_text(YEARS, "utf-8")
    line = "run linear --data years.csv --optimizer gd --optimizer adam --optimizer rmsprop:epsilon=1e-9 "
    done = run(line)
    assert done.status == 0
    assert done.out.startswith("Linear regression from (0, 0), 30 examples of years.csv, standardise = true, 500 steps")
    assert done.out.splitlines()[1] == (
        "chosen from the table: standardise = true, η = 0.2, adam: η = 20, rmsprop: η = 5; "
        "to choose otherwise: --option standardise=false, --learning-rate"
    )
    assert done.out.count("to a global minimum") + done.out.count("near a global minimum") == 3
    assert done.out.count("·year - ") == 3
    line += "--steps 5 "
    # whoever sets η is left alone, as Python is
    for words in ("--learning-rate 1e-7", "--optimizer momentum:learning_rate=1e-8"):
        done = run(line + words)
        assert "chosen from the table" not in done.out
        assert "standardise = true" not in done.out.splitlines()[0]
        # but told of what the first fit would have done
        assert done.out.splitlines()[1].endswith("--option standardise=true brings them to one size")
    for words in ("--option standardise=false", "--start=1,300"):
        assert "brings them" not in run(f"{line} --learning-rate 1e-7 {words}").out
    # and so are weights that are written as they are without standardising
    for words in ("--option standardise=false", "--start=1,300", "--bounds=0,1,300,400"):
        done = run(line + words)
        assert "standardise = true" not in done.out.split("\n\n")[0]
        assert done.out.splitlines()[1].startswith("chosen from the table: η = 5e-08, adam")
    assert "chosen from" not in run("run linear --data line").out


def test_a_run_that_is_lost_has_found_no_equation(run, tmp_path):
    (tmp_path / "years.csv").write_text(YEARS, "utf-8")
    done = run("run linear --data years.csv --optimizer gd:learning_rate=0.1 --optimizer adam:learning_rate=0.1")
    assert "diverged" in done.out
    assert [line.split()[0] for line in done.out.splitlines() if "·year" in line] == ["adam"]


def test_classes_that_a_line_parts_have_no_minimum(run, tmp_path):
    rows = "".join(f"{i},{'yes' if i > 4 else 'no'}\n" for i in range(10))
    (tmp_path / "parted.csv").write_text("dose,ill\n" + rows, "utf-8")
    told = "gd, adam: a line parts the classes: longer weights are better for ever, there is no minimum"
    assert told in run("run logistic --data parted.csv --optimizer gd --optimizer adam").out.splitlines()
    for more in ("--option l2=0.1", "--steps 1 --start=0,-9"):
        assert "parts the classes" not in run(f"run logistic --data parted.csv {more}").out
    (tmp_path / "parted.csv").write_text("dose,ill\n" + rows + "3,yes\n", "utf-8")
    assert "parts the classes" not in run("run logistic --data parted.csv").out
