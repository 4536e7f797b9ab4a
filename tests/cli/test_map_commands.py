"""`gdsim map` and `gdsim sweep`: the numbers of Python, printed and written."""

import io
import json
import os
import signal
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import gdsim
from gdsim.cli import main as cli
from gdsim.cli.maps.progress import Progress, bar, duration
from gdsim.simulation.maps import ends
from gdsim.storage.files import load, save


@pytest.fixture
def run(capsys):
    def run(*argv):
        status = cli.main([str(word) for word in argv])
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err)

    return run


def arrays(path):
    with np.load(path) as file:
        return dict(file)


def test_a_basin_map_has_the_numbers_of_python(run, tmp_path):
    words = ["himmelblau", "--optimizer", "momentum:momentum=0.8", "--learning-rate", "0.01", "--steps", 200]
    done = run("map", "basin", *words, "--size", 24, "--npz", tmp_path / "a.npz")
    assert (done.status, done.err) == (0, "")
    found = gdsim.basin_map("himmelblau", gdsim.Momentum(0.01, 0.8), size=24, steps=200)
    written = arrays(tmp_path / "a.npz")
    assert np.array_equal(written["end"], found.end)
    assert np.array_equal(written["minimum"], found.minimum)
    assert not written["partial"]
    head, *lines = done.out.splitlines()
    assert head == "Himmelblau from 24 × 24 starts over [-5, 5] × [-5, 5], 200 steps, η = 0.01"
    assert lines[0] == "Momentum: learning_rate = 0.01, momentum = 0.8"
    best = max(found.shares)
    row = next(line for line in lines if line.startswith("global"))
    assert f"{100 * best:.2f} %" in row
    assert f"shares are of all 576 starts of the grid; the median run took {np.median(found.steps):.4g} steps" in lines


def test_shares_of_all_else_are_printed(run):
    done = run("map", "basin", "himmelblau", "--optimizer", "gd:learning_rate=0.03", "--size", 16)
    found = gdsim.basin_map("himmelblau", gdsim.GradientDescent(0.03), size=16)
    assert f"{100 * found.other_shares['diverged']:.2f} %" in next(x for x in done.out.splitlines() if "diverged" in x)


def test_a_function_of_one_variable_has_one_row(run, tmp_path):
    done = run("map", "basin", "double_well", "--learning-rate", 0.01, "--size", 30, "--npz", tmp_path / "a.npz")
    assert "from 30 starts over [" in done.out
    assert arrays(tmp_path / "a.npz")["minimum"].shape == (30,)


def test_a_map_of_a_plane(run, tmp_path):
    words = ["rastrigin", "--option", "dimension=3", "--start=0.1,0.2,0.3", "--steps", 20, "--size", 6]
    done = run("map", "basin", *words, "--plane", "x3,x1", "--npz", tmp_path / "a.npz")
    assert done.status == 0
    assert "else as at (0.1, 0.2, 0.3)" in done.out
    written = arrays(tmp_path / "a.npz")
    assert written["directions"].tolist() == [[0, 1], [0, 0], [1, 0]]


def test_the_experiment_in_the_arrays_opens_again(run, tmp_path):
    run("map", "basin", "x^4 - a*x^2 + y^2", "--parameter", "a=2", "--size", 8, "--npz", tmp_path / "a.npz")
    written = arrays(tmp_path / "a.npz")
    opened = load(str(written["experiment"]).encode()).experiment
    assert opened.parameters == {"a": 2}
    assert dict(written["units"].tolist())["steps"] == "steps"
    assert written["kind_names"][written["kinds"][0, 0]] == written["outcome"][0, 0]


def test_a_setting_map_has_the_numbers_of_python(run, tmp_path):
    axes = ["--x", "learning_rate=1e-3,1", "--y", "momentum=0,0.99"]
    words = ["x^2 + 10*y^2", "--optimizer", "momentum", *axes, "--size", "9x7", "--start=1,1", "--tolerance", "1e-6"]
    done = run("map", "setting", *words, "--measure", "rate", "--npz", tmp_path / "a.npz")
    assert (done.status, done.err) == (0, "")
    found = gdsim.setting_map(
        "x^2 + 10*y^2",
        "momentum",
        ("learning_rate", 1e-3, 1),
        ("momentum", 0, 0.99),
        (1, 1),
        size=(9, 7),
        tolerance=1e-6,
    )
    written = arrays(tmp_path / "a.npz")
    assert written["steps"].shape == (1, 7, 9)
    assert np.array_equal(written["steps"], found.steps)
    assert np.array_equal(written["rate"], found.rate)
    assert written["x_name"] == "learning_rate"
    assert written["y_scale"] == "linear"
    assert "momentum" not in json.loads(str(written["hyperparameters"]))
    best = found.setting(*found.best("rate"))
    row = next(line for line in done.out.splitlines() if line.startswith("fastest"))
    assert row.split()[1:3] == [f"{best[name]:.4g}" for name in ("learning_rate", "momentum")]
    assert "theory (exact: f is quadratic), curvature from 2 to 20" in done.out
    assert "best pair: learning_rate = 0.1154, momentum = 0.2699" in done.out


def test_local_theory_is_called_local(run):
    axes = ["--x", "learning_rate=1e-3,1", "--y", "momentum=0,0.9"]
    done = run("map", "setting", "himmelblau", "--optimizer", "momentum", *axes, "--size", 8)
    assert "theory (local:" in done.out


def test_gradient_descent_has_a_best_rate_and_no_pair(run):
    axes = ["--x", "learning_rate=1e-3,1", "--y", "weight_decay=0,0.1"]
    done = run("map", "setting", "x^2 + 10*y^2", "--optimizer", "gd", *axes, "--size", 8)
    assert "best learning_rate: 0.09091, the error shrinks by a factor of 0.8182 a step" in done.out


def test_rates_with_noise_are_told_to_be_chance(run):
    words = ["--x", "learning_rate=1e-3,1", "--y", "momentum=0,0.9", "--size", 4, "--measure", "rate", "--steps", 50]
    done = run("map", "setting", "bowl", "--optimizer", "momentum", *words, "--noise", 0.1)
    assert "with noise no gradient shrinks for long" in done.out
    done = run("map", "setting", "linear", "--optimizer", "momentum", *words, "--batch", 8)
    assert "with batches no gradient shrinks for long" in done.out
    assert "shrinks for long" not in run("map", "setting", "bowl", "--optimizer", "momentum", *words).out


def test_uphill_maxima_are_told(run):
    done = run("map", "basin", "himmelblau", "--size", 8, "--steps", 30, "--ascent")
    assert "at no maximum" in done.out
    words = ["--tries", 2, "--steps", 5, "--criterion", "reached"]
    done = run("tune", "himmelblau", "--optimizer", "gd", *words, "--ascent")
    assert "by the share of runs at a global maximum" in done.out
    assert "minimum" not in done.out


def test_a_sweep_has_the_numbers_of_python(run, tmp_path):
    racers = ["--optimizer", "adam", "--optimizer", "momentum:momentum=0.8"]
    words = ["rosenbrock", *racers, "--rates", "1e-4,1", "--count", 7, "--restarts", 3, "--target", 0.5]
    done = run("sweep", *words, "--npz", tmp_path / "a.npz", "--csv", tmp_path / "a.csv")
    assert (done.status, done.err) == (0, "")
    found = gdsim.sweep(
        "rosenbrock",
        ["adam", gdsim.Momentum(momentum=0.8)],
        rates=(1e-4, 1),
        count=7,
        restarts=3,
        target=0.5,
    )
    written = arrays(tmp_path / "a.npz")
    assert np.array_equal(written["loss"], found.loss)
    assert np.array_equal(written["widths"], found.widths)
    assert written["optimizers"].tolist() == ["adam", "momentum"]
    assert written["range_losses"].shape == (2, 500)
    header, *rows = (tmp_path / "a.csv").read_text().splitlines()
    assert header == "optimizer,learning_rate,run,outcome,steps,loss"
    assert len(rows) == 2 * 7 * 4
    assert [float(row.split(",")[-1]) for row in rows] == found.loss.ravel().tolist()
    assert f"{found.best_rate(0):.4g}" in done.out
    assert f"{found.widths[1]:.2f}" in done.out


def test_the_column_of_a_table_is_named_apart_from_the_target(run, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("a,b,label\n" + "".join(f"{i % 5},{i % 7},{'ab'[i % 2]}\n" for i in range(40)), "utf-8")
    words = ["logistic", "--data", path, "--steps", 10, "--count", 3]
    done = run("sweep", *words, "--column", "label", "--target", 0.5)
    assert done.status == 0
    assert "end at 0.5 or better" in done.out


@pytest.fixture
def file(tmp_path):
    entries = (
        gdsim.Entry("adam", {"learning_rate": 0.02}, name="Fast"),
        gdsim.Entry("momentum", {"momentum": 0.7, "learning_rate": 0.003}),
    )
    path = tmp_path / "race.json"
    save(gdsim.Experiment("himmelblau", optimizers=entries, steps=30, restarts=4), path)
    return path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("momentum", "Momentum: learning_rate = 0.003, momentum = 0.7"),
        ("Fast", "Adam: learning_rate = 0.02"),
        ("momentum:momentum=0.1", "Momentum: learning_rate = 0.001, momentum = 0.1"),
        ("gd", "Gradient descent: learning_rate = 0.001"),
    ],
)
def test_of_a_file_the_optimizer_is_the_one_that_is_named(run, file, name, told):
    done = run("map", "basin", file, "--size", 4, "--optimizer", name)
    assert done.status == 0
    assert told in done.out


def test_where_no_setting_converges_the_best_loss_is_told(run):
    axes = ["--x", "learning_rate=1e-4,1e-3", "--y", "momentum=0,0.5"]
    words = ["rosenbrock", "--optimizer", "momentum", *axes, "--size", 5, "--steps", 20]
    done = run("map", "setting", *words)
    assert "no best setting: no setting converges" in done.out
    assert "best loss" in done.out


TUNED = ["rosenbrock", "--optimizer", "gd", "--optimizer", "momentum", "--steps", 100, "--tries", 6, "--starts", 2]


def test_a_tuning_has_the_numbers_of_python(run, tmp_path):
    ranges = ["--range", "momentum:learning_rate=1e-4,1e-2", "--range", "momentum:momentum=0,0.9"]
    words = [*TUNED, *ranges, "--search-seed", 3, "--restarts", 4]
    done = run("tune", *words, "--csv", tmp_path / "a.csv", "--save", tmp_path / "a.json", "--npz", tmp_path / "a.npz")
    assert (done.status, done.err) == (0, "")
    found = gdsim.tune(
        "rosenbrock",
        ["gd", "momentum"],
        tries=6,
        starts=2,
        search_seed=3,
        ranges={"momentum": [("learning_rate", 1e-4, 1e-2), ("momentum", 0, 0.9)]},
        steps=100,
        restarts=4,
    )
    saved = load((tmp_path / "a.json").read_bytes()).experiment
    assert saved.optimizers == found.experiment.optimizers
    assert saved.tuning == found.rule
    rows = (tmp_path / "a.csv").read_text().splitlines()[1:]
    assert [float(row.rpartition(",")[2]) for row in rows] == [s for each in found.optimizers for s in each.scores]
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["scores"].tolist() == [each.scores.tolist() for each in found.optimizers]
        assert load(bytes(str(arrays["experiment"]), "utf-8")).experiment == saved
    assert f"momentum {0.9:g}" in done.out
    assert "momentum holds gd (β = 0), so that tuned it should be no worse: from " in done.out
    assert f"--optimizer gd:learning_rate={found.optimizers[0].setting['learning_rate']!r}" in done.out


def test_a_file_brings_its_rule_along(run, tmp_path):
    run("tune", *TUNED, "--save", tmp_path / "a.json")
    done = run("tune", tmp_path / "a.json", "--criterion", "reached")
    assert "every optimizer: 6 tries, its present setting among them, each from 2 random starts" in done.out
    assert "the share of runs at a global minimum" in done.out


def test_a_tuning_that_is_stopped_is_kept(run, tmp_path, monkeypatch):
    pulse = Progress.pulse

    def interrupted(self, share):
        if share > 0.5:
            os.kill(os.getpid(), signal.SIGINT)
        return pulse(self, share)

    monkeypatch.setattr(Progress, "pulse", interrupted)
    done = run("tune", *TUNED, "--csv", tmp_path / "a.csv")
    assert done.status == 130
    assert "partial: it was stopped" in done.out
    assert done.err.startswith("gdsim: interrupted: this is partial, ")
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 13


BAD = {
    "tune": "gdsim tune needs a function, such as rosenbrock, or a file; gdsim functions lists them",
    "tune bowl --tries 1": "tries must be from 2 to 10,000, not 1",
    "tune bowl --starts many": "starts must be a finite number, not 'many'",
    "tune bowl --criterion best": "unknown criterion 'best'; ",
    "tune bowl --range gd": "--range must be an optimizer, a hyperparameter and its range, such as --range "
    "adam:learning_rate=1e-4,1, not 'gd'",
    "tune bowl --range adam:learning_rate=1e-4,1": "unknown optimizer of this race 'adam'; there are: gd",
    "tune bowl --range gd:rate=1e-4,1": "unknown hyperparameter of gd 'rate'; ",
    "tune bowl --range gd:learning_rate=1,0.1": "ranges of gd: 1 … 0.1 is no range",
    "tune bowl --save nowhere/a.json": "--save: cannot write nowhere/a.json: No such file or directory",
    "tune bowl --png a.jpg": "--png must name a file that ends in .png, not 'a.jpg'",
    "map": "gdsim map needs a kind: basin or setting, such as gdsim map basin himmelblau",
    "map bassin bowl": "unknown kind of map 'bassin'; did you mean basin?",
    "map basin": "gdsim map basin needs a function, such as rosenbrock, or a file; gdsim functions lists them",
    "map basin bowl --size 1": "size must be from 2 to 2048, not 1",
    "map basin bowl --size 3.5": "size must be a whole number, not 3.5",
    "map basin bowl --size big": "size must be a finite number, not 'big'",
    "map basin bowl --threads 0": "threads must be from 1 to 256, not 0",
    "map basin bowl --plane x,y": "plane is for more than two variables; Bowl has 2",
    "map basin bowl --plane x": "plane must be two variables, such as --plane x1,x2, not 'x'",
    "map basin bowl --restarts 3": "--restarts is not for gdsim map basin: a run starts from every pixel",
    "map basin bowl --measure loss": "unknown option '--measure'; did you mean ",
    "map basin bowl --optimizer gd --optimizer adam": "a map is of one optimizer, not of 2 (gd, adam): name one with "
    "--optimizer",
    "map basin race.json": "a map is of one optimizer, not of 2 (Fast, momentum): name one with --optimizer",
    "map basin race.json --optimizer Slow": "unknown optimizer 'Slow'; ",
    "map basin bowl --steps 1000000 --size 2048": "4,194,304 runs of 1,000,000 steps are 4.2e+12 steps, and at most "
    "1e+12 are worked out: fewer pixels, steps or restarts would do",
    "map basin bowl --npz nowhere/a.npz": "--npz: cannot write nowhere/a.npz: No such file or directory",
    "map basin bowl --png a.jpg": "--png must name a file that ends in .png, not 'a.jpg'",
    "map setting bowl": "--x is missing: it names a hyperparameter and its range, such as --x learning_rate=1e-4,1",
    "map setting bowl --x learning_rate=1e-4,1": "--y is missing: it names a hyperparameter and its range, such as ",
    "map setting bowl --x rate=1,2 --y momentum=0,1": "unknown hyperparameter of gd 'rate'; there are: ",
    "map setting bowl --optimizer momentum --x learning_rate=0,1 --y momentum=0,0.9": "x is logarithmic: its "
    "lowest value must be above 0, not 0",
    "map setting bowl --optimizer momentum --x learning_rate=1,1 --y momentum=0,0.9": "x: 1 … 1 is no range",
    "map setting bowl --optimizer momentum --x learning_rate=a,1 --y momentum=0,0.9": "x learning_rate must be a "
    "finite number, not 'a'",
    "map setting bowl --optimizer momentum --x learning_rate=1 --y momentum=0,0.9": "--x must be a hyperparameter and "
    "its range, such as --x learning_rate=1e-4,1, not 'learning_rate=1'",
    "map setting bowl --optimizer momentum --x momentum=0,0.5 --y momentum=0,0.9": "--x and --y must be two "
    "hyperparameters, not momentum twice",
    "map setting bowl --optimizer momentum --x learning_rate=1e-3,1 --y momentum=0,0.9 --size 3x4x5": "size must be a "
    "number or two, such as 128 or 200x100, not '3x4x5'",
    "map setting bowl --optimizer momentum --x learning_rate=1e-3,1 --y momentum=0,0.9 --size 20x": "size must be a "
    "number or two, such as 128 or 200x100, not '20x'",
    "map setting bowl --measure speed": "unknown measure 'speed'; ",
    "map setting bowl --optimizer momentum --x learning_rate=1e-3,1 --y momentum=0,1,log1m": "y is logarithmic in 1 − "
    "momentum: its highest value must be below 1, not 1",
    "sweep bowl --rates 1": "rates must be the least and the largest learning rate, such as --rates 1e-5,10, not '1'",
    "sweep bowl --rates 0,1": "rates is logarithmic: its lowest value must be above 0, not 0",
    "sweep bowl --rates 2,1": "rates: 2 … 1 is no range",
    "sweep bowl --count 1": "count must be from 2 to 2048, not 1",
    "sweep bowl --target low": "target must be a finite number, not 'low'",
    "sweep bowl --optimizer adadelta:learning_rate=x": "adadelta.learning_rate must be a finite number, not 'x'",
    "sweep bowl --csv a --npz a": "--csv and --npz name the same file, a",
    "sweep points.csv": "points.csv is a table: gdsim sweep linear --data points.csv, or another "
    "model, is trained on it",
}


@pytest.mark.parametrize("words", BAD)
def test_bad_input_is_one_sentence(run, words, file, monkeypatch):
    monkeypatch.chdir(file.parent)
    monkeypatch.setattr(ends, "_plans", lambda *_: pytest.fail("the map was worked out"))
    (file.parent / "points.csv").write_text("a,b\n1,2\n")
    done = run(*words.split())
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith(f"gdsim: {BAD[words]}")


def test_a_map_that_is_stopped_is_kept(run, tmp_path, monkeypatch):
    pulse = Progress.pulse

    def interrupted(self, share):
        if share > 0.3:
            os.kill(os.getpid(), signal.SIGINT)
        return pulse(self, share)

    monkeypatch.setattr(Progress, "pulse", interrupted)
    words = ["rastrigin", "--learning-rate", 0.001, "--size", 200, "--steps", 400, "--threads", 1]
    done = run("map", "basin", *words, "--npz", tmp_path / "a.npz")
    assert done.status == 130
    assert "partial: stopped with " in done.out
    assert "gdsim: interrupted: this is partial, " in done.err
    written = arrays(tmp_path / "a.npz")
    assert written["partial"]
    assert 0.2 < np.mean(written["outcome"] == "cancelled") < 0.9


def test_who_interrupts_twice_waits_no_longer(run, tmp_path, monkeypatch):
    monkeypatch.setattr(
        Progress, "pulse", lambda self, share: [os.kill(os.getpid(), signal.SIGINT) for _ in "12"] and 0
    )
    done = run("sweep", "bowl", "--npz", tmp_path / "a.npz")
    assert (done.status, done.out, done.err) == (130, "", "gdsim: interrupted\n")
    assert not (tmp_path / "a.npz").exists()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_is_erased(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("gdsim.cli.maps.progress.time.monotonic", lambda: now[0])
    screen = Terminal()
    with Progress(screen) as progress:
        progress.pulse(0.1)
        assert screen.getvalue() == ""
        now[0] = 3.0
        progress.pulse(0.25)
        assert screen.getvalue().endswith("]  25 %, 9 s left")
    written = screen.getvalue()
    assert written.endswith("\r" + " " * len("[#######.......................]  25 %, 9 s left") + "\r")


def test_without_a_terminal_there_is_no_bar():
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress._told = -1.0
        progress.pulse(0.5)
    assert stream.getvalue() == ""


def test_times_are_told_in_one_or_two_units():
    assert [duration(s) for s in (0.2, 59, 61, 3700)] == ["0 s", "59 s", "1 min 01 s", "1 h 01 min"]
    assert bar(1.0, 5).endswith("100 %, 0 s left")


@pytest.mark.parametrize("command", [["map", "basin"], ["map", "setting"], ["sweep"], ["tune"]])
def test_help_has_the_fields_and_an_example(run, command):
    done = run(*command, "--help")
    assert done.status == 0
    assert "--tolerance" in done.out
    assert "example:" in done.out
    assert "map basin" in run("map", "--help").out


def test_help_is_silent_on_options_that_are_refused(run):
    assert "--restarts" not in run("map", "basin", "--help").out
    assert "--restarts" in run("map", "setting", "--help").out


def test_qt_is_not_needed_for_numbers(monkeypatch, run, tmp_path):
    for module in ("PySide6", "pyqtgraph"):
        monkeypatch.setitem(sys.modules, module, None)
    assert run("map", "basin", "bowl", "--size", 4, "--npz", tmp_path / "a.npz").status == 0
