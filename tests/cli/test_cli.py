import csv
import dataclasses
import io
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import gdsim
from gdsim.cli import main as cli
from gdsim.cli.terminal import legible, number
from gdsim.objectives.surfaces.high_dimensional import MANY
from gdsim.simulation.endings.tally import tally
from gdsim.simulation.entry import without_idle
from gdsim.storage.files import save

ROOT = Path(__file__).parents[2]


def process(*argv, code=None, **options):
    """The program as a process of its own."""
    what = ["-m", "gdsim"] if code is None else ["-c", code]
    return subprocess.Popen(
        [sys.executable, *what, *map(str, argv)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding=options.get("PYTHONIOENCODING", "utf-8"),
        env=os.environ | options,
        # what is run in the background of a shell would hand down that it is deaf to interrupts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def blocking(*modules):
    """A program that is gdsim where some modules cannot be imported."""
    return f"import sys\nfor m in {modules!r}: sys.modules[m] = None\nimport gdsim.cli.main as c\nsys.exit(c.main())"


@pytest.fixture
def run(capsys):
    def run(*argv):
        status = cli.main([str(word) for word in argv])
        out, err = capsys.readouterr()
        return SimpleNamespace(status=status, out=out, err=err)

    return run


@pytest.fixture
def pictures(monkeypatch):
    """The pictures asked for, instead of the module that draws them."""
    asked = []

    def save_picture(race, path):
        asked.append((race, path))
        path.write_bytes(b"picture")

    monkeypatch.setitem(sys.modules, "gdsim.desktop.picture", SimpleNamespace(save_picture=save_picture))
    return asked


def columns(path):
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


@pytest.mark.parametrize("restarts", [0, 3, 15])
def test_the_csv_holds_the_numbers_of_python(run, tmp_path, restarts):
    path = tmp_path / "paths.csv"
    optimizers = ["--optimizer", "adam:learning_rate=0.05", "--optimizer", "momentum:learning_rate=1e-3,momentum=0.8"]
    done = run(
        "run",
        "rosenbrock",
        *optimizers,
        "--start=-1.5,2",
        "--restarts",
        restarts,
        "--seed",
        3,
        "--steps",
        120,
        "--tolerance",
        "1e-6",
        "--bounds=-1,1,0,2",
        "--csv",
        path,
    )
    assert (done.status, done.err) == (0, "")
    race = gdsim.descend(
        "rosenbrock",
        [gdsim.Adam(learning_rate=0.05), gdsim.Momentum(learning_rate=1e-3, momentum=0.8)],
        start=(-1.5, 2.0),
        restarts=restarts,
        seed=3,
        steps=120,
        tolerance=1e-6,
        bounds=((-1, 1), (0, 2)),
    )
    header, rows = columns(path)
    assert header == ["optimizer", "run", "step", "x", "y", "loss"]
    numbers = np.array([[float(cell) for cell in row[3:]] for row in rows]).reshape(2, restarts + 1, 121, 3)
    assert np.array_equal(numbers[..., :2].transpose(2, 0, 3, 1), race.positions)
    assert np.array_equal(numbers[..., 2].transpose(2, 0, 1), race.losses)
    assert [row[0] for row in rows[:: 121 * (restarts + 1)]] == ["adam", "momentum"]


def test_without_options_it_is_what_python_does_without_arguments(run, tmp_path):
    run("run", "himmelblau", "--csv", tmp_path / "a.csv")
    _, rows = columns(tmp_path / "a.csv")
    race = gdsim.descend("himmelblau", "gd")
    assert [[float(cell) for cell in row[3:5]] for row in rows] == race.positions[:, 0, :, 0].tolist()


def test_shared_values_reach_what_follows_them(run, tmp_path):
    run(
        "run",
        "bowl",
        "--optimizer",
        "gd",
        "--optimizer",
        "nesterov",
        "--learning-rate",
        0.2,
        "--momentum",
        0.5,
        "--csv",
        tmp_path / "a.csv",
    )
    _, rows = columns(tmp_path / "a.csv")
    race = gdsim.descend("bowl", ["gd", "nesterov"], learning_rate=0.2, momentum=0.5)
    assert [float(row[5]) for row in rows] == race.losses[:, :, 0].T.ravel().tolist()


def test_a_switch_is_true_or_false(run, tmp_path):
    run("run", "bowl", "--optimizer", "rmsprop:centered=True", "--csv", tmp_path / "a.csv")
    _, rows = columns(tmp_path / "a.csv")
    race = gdsim.descend("bowl", gdsim.RMSProp(centered=True))
    assert [float(row[5]) for row in rows] == race.losses[:, 0, 0].tolist()


def test_two_entries_of_one_key_are_told_apart(run, tmp_path):
    done = run("run", "bowl", "--optimizer", "gd:learning_rate=0.1", "--optimizer", "gd", "--csv", tmp_path / "a.csv")
    _, rows = columns(tmp_path / "a.csv")
    assert {row[0] for row in rows} == {"gd:learning_rate=0.1", "gd:learning_rate=0.001"}
    assert "gd:learning_rate=0.1 " in done.out


def test_a_minus_may_follow_an_option(run, tmp_path):
    run("run", "bowl", "--start", "-1,2", "--csv", tmp_path / "a.csv")
    assert columns(tmp_path / "a.csv")[1][0][3:] == ["-1.0", "2.0", "5.0"]


SAVED = gdsim.Experiment(
    "rosenbrock",
    start=(-1.5, 2.0),
    restarts=2,
    seed=3,
    steps=60,
    learning_rate=1e-3,
    bounds=((-1, 1), (0, 2)),
    optimizers=(
        gdsim.Entry("adam", {"learning_rate": 0.05}),
        gdsim.Entry("gd"),
        gdsim.Entry("radam", {"beta1": 0.8}, False),
    ),
)


@pytest.fixture
def race(tmp_path, monkeypatch):
    save(SAVED, tmp_path / "race.json")
    monkeypatch.chdir(tmp_path)
    return "race.json"


@pytest.mark.parametrize(
    ("words", "experiment"),
    [
        ("", SAVED),
        ("--steps 30 --seed 4", replace(SAVED, steps=30, seed=4)),
        ("--start=1,2 --restarts 0", replace(SAVED, start=(1, 2), restarts=0)),
        ("--bounds=0,1,0,1 --learning-rate 0.0005", replace(SAVED, bounds=((0, 1), (0, 1)), learning_rate=5e-4)),
        ("--optimizer adamw", replace(SAVED, optimizers=(gdsim.Entry("adamw"),))),
    ],
)
def test_a_file_runs_to_the_same_bits(run, race, words, experiment):
    done = run("run", race, *words.split(), "--npz", "a.npz", "--csv", "a.csv")
    assert (done.status, done.err) == (0, "")
    expected = experiment.run()
    with np.load("a.npz") as arrays:
        assert arrays["positions"].tobytes() == expected.positions.tobytes()
        assert arrays["losses"].tobytes() == expected.losses.tobytes()
    _, rows = columns(Path("a.csv"))
    assert [float(row[5]) for row in rows] == expected.losses.transpose(1, 2, 0).ravel().tolist()
    assert sorted(os.listdir()) == ["a.csv", "a.npz", "race.json"]


def test_what_is_wrong_in_a_file_is_bad_input(run, race, tmp_path):
    Path(race).write_text('{"gdsim": 1, "optimizers": [{"key": "adam", "values": {"beta9": 1}}]}')
    for words in (["run", race], [race]):
        done = run(*words)
        assert (done.status, done.out) == (2, "")
        assert done.err == (
            "gdsim: race.json: optimizers[0].values.beta9: unknown hyperparameter of adam 'beta9'; did you mean beta2, "
            "beta1?\n"
        )


def test_a_value_that_does_not_fit_a_file_is_bad_input(run, race):
    assert run("run", race, "--start=1").err.startswith("gdsim: --start must be 2 numbers (x, y)")
    assert run("run", race, "--steps=0").err == "gdsim: steps must be from 1 to 10,000,000, not 0\n"


def test_names_stay_names_whatever_lies_about(run, race):
    for name in ("bowl", "functions", "run"):
        Path(name).write_text("no experiment")
    assert run("run", "bowl", "--steps", 3).status == 0
    assert run("functions").status == 0
    os.rename(race, "race")
    assert run("run", "race").status == 0


def test_a_long_name_is_no_file(run):
    assert run("n" * 5000).err.startswith("gdsim: unknown command 'nnn")


def test_the_table_says_how_it_ended(run):
    done = run("run", "bowl", "--optimizer", "gd:learning_rate=0.1", "--optimizer", "gd:learning_rate=900")
    assert done.out == (
        "Bowl from (-3, 4), 500 steps\n"
        "\n"
        "optimizer                        x            y        loss        ‖∇f‖    distance  outcome\n"
        "gd:learning_rate=0.1    -2.914e-09    3.885e-09   2.359e-17   9.713e-09   4.857e-09"
        "  converged at step 93 to a global minimum\n"
        "gd:learning_rate=900.0  2.908e+153  -3.877e+153  2.349e+307  9.693e+153  4.847e+153"
        "  diverged at step 48, as η = 900 is above 2/λmax = 1\n"
        "\n"
        "gd:learning_rate=900.0: try η = 0.5 (tried: it arrives at step 2 at a global minimum): "
        "--optimizer gd:learning_rate=0.5\n"
    )


def test_restarts_are_summed_up(run):
    done = run("run", "himmelblau", "--optimizer", "adam", "--restarts", 8, "--steps", 50, "--seed", 5)
    title, _, header, row, _, heading, told, *_ = done.out.splitlines()
    assert title.endswith("random restarts: 8, seed 5, 50 steps")
    race = gdsim.descend("himmelblau", "adam", restarts=8, steps=50, seed=5)
    losses = race.losses[-1, 0]
    assert header.split("  ")[-4:] == ["best of 9", "median of 9", "global minimum", "outcome"]
    assert row.split()[6:9] == [f"{losses.min():.4g}", f"{np.median(losses):.4g}", "0/9"]
    assert re.split("  +", heading) == ["optimizer", "outcomes of 9", "chance of a global minimum (95 % interval)"]
    assert re.split("  +", told) == ["adam", ", ".join(map(str, tally(race, 0))), "0 % (0 to 32 %)"]


def test_how_many_of_fifty_restarts_reached_the_global_minimum(run):
    rules = ["--optimizer", "gd:learning_rate=0.002", "--optimizer", "adam:learning_rate=0.1"]
    done = run("run", "rastrigin", *rules, "--restarts", 50, "--tolerance", "1e-8", "--bounds=-1.5,1.5,-1.5,1.5")
    table, told = done.out.split("\n\n")[1:]
    assert [line.split()[8] for line in table.splitlines()[1:]] == ["5/51", "5/51"]
    # the run from the start point is no random one
    told_of_each = [re.split("  +", line)[1:] for line in told.splitlines()[1:]]
    assert told_of_each == [["5 at a global minimum, 46 at a local minimum", "10 % (4.3 to 21 %)"]] * 2


def test_where_no_minimum_is_known_the_lowest_found_is_told(run):
    formula = "sin(3x) + x^2/4 + y^2"
    done = run("run", formula, "--optimizer", "gd:learning_rate=0.05", "--restarts", 40, "--steps", 900)
    losses = gdsim.descend(formula, gdsim.GradientDescent(learning_rate=0.05), restarts=40, steps=900).losses[-1, 0]
    header, row = done.out.splitlines()[2:4]
    assert header.split("  ")[-2:] == ["lowest found", "outcome"]
    assert row.split()[8] == f"{(losses < losses.min() + 1e-6).sum()}/41"
    assert done.out.splitlines()[-1] == f"lowest found: {losses.min():.4g}; no global minimum is known"


def test_without_restarts_there_is_nothing_to_count(run):
    out = run("run", "rastrigin", "--optimizer", "adam").out
    assert "global minimum" not in out
    assert "outcomes of" not in out


def test_a_surface_without_minima_has_no_distance(run):
    assert run("run", "saddle", "--steps", 3).out.splitlines()[3].split()[5] == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (1 / 3, "0.3333"), (12345.678, "1.235e+04"), (-1e-9, "-1e-09"), (np.nan, "–")],
)
def test_numbers_have_four_digits(value, text):
    assert number(value) == text


def test_functions_are_listed(run):
    done = run("functions")
    assert done.status == 0
    for key, function in gdsim.FUNCTIONS.items():
        for words in (key, function.title, function.summary, f"f({', '.join(function.names)}) = {function.text}\n"):
            assert words in done.out
    assert done.out.count("--option dimension=d, 2 to 100:  f = ") == len(MANY)
    assert len(done.out.splitlines()) == 2 * len(gdsim.FUNCTIONS) + len(MANY)


def test_optimizers_are_listed_with_their_hyperparameters(run):
    blocks = run("optimizers").out.split("\n\n")
    assert len(blocks) == len(gdsim.OPTIMIZERS)
    for block, (key, rule) in zip(blocks, gdsim.OPTIMIZERS.items(), strict=True):
        title, *lines = block.splitlines()
        assert title == f"{key} – {rule.title}. {rule.summary}"
        for line, hyper in zip(lines, rule.hypers(), strict=True):
            assert line.split()[:3] == [hyper.name, hyper.symbol, "default"]
            assert line.endswith(hyper.meaning)
    assert re.search(r" beta1 +β₁ +default +0\.9  0 to 0\.9999999  ", blocks[list(gdsim.OPTIMIZERS).index("adam")])


def test_help_shows_the_example(run):
    for words in (["--help"], ["run", "-h"]):
        done = run(*words)
        assert done.status == 0
        assert "gdsim run rosenbrock --optimizer adam:learning_rate=0.05" in done.out
    assert "\n  functions    List" in run("--help").out
    assert "usage: gdsim run [-h]" in run("run", "--help").out


def test_the_example_of_the_help_runs(run, tmp_path, monkeypatch, pictures):
    monkeypatch.chdir(tmp_path)
    example = run("--help").out.partition("example:")[2].partition("\n\n")[0].replace("\\\n", " ").split()
    assert example[0] == "gdsim"
    assert run(*example[1:]).status == 0
    assert sorted(os.listdir()) == ["paths.csv", "picture.png"]


def test_the_version_is_told(run):
    assert run("--version").out == f"gdsim {gdsim.__version__}\n"


BAD = {
    "rnu": "unknown command 'rnu'; did you mean run?",
    "zzz": "unknown command 'zzz'; there are: run, map, sweep, tune, functions, optimizers, schedules, models, data",
    "--foo": "unknown option '--foo'; there are: --help, --version",
    "functions bowl": "unexpected argument 'bowl'",
    "functions --csv=a": "unknown option '--csv'; there are: --help",
    "run": "gdsim run needs a function, such as rosenbrock, or a file; gdsim functions lists them",
    "race.json": "cannot read race.json: No such file or directory",
    "race.json --steps 5": "unexpected argument '--steps' after the file to open",
    "run race.json": "cannot read race.json: No such file or directory",
    "run ..": "cannot read ..: it is a folder",
    ".": "cannot read .: it is a folder",
    "run rosenbrok": "unknown function 'rosenbrok'; did you mean rosenbrock?",
    "run bowl bowl": "unexpected argument 'bowl'",
    "run bowl --stesp 5": "unknown option '--stesp'; did you mean --steps, --seed, --help?",
    "run bowl --step 5": "unknown option '--step'; did you mean --steps, --seed, --help?",
    "run bowl --steps": "--steps: a value is missing after it",
    "run bowl --steps 0": "steps must be from 1 to 10,000,000, not 0",
    "run bowl --steps 2.5": "steps must be a whole number, not 2.5",
    "run bowl --steps many": "steps must be a finite number, not 'many'",
    "run bowl --restarts=-1": "restarts must be from 0 to 100,000, not -1",
    "run bowl --restarts -1": "restarts must be from 0 to 100,000, not -1",
    "run bowl --seed=-1": "seed must be from 0 to 4,294,967,295, not -1",
    "run bowl --tolerance=-1": "tolerance must be 0 or more, not -1",
    "run bowl --learning-rate=-1": "learning_rate must be from 0 to 1000, not -1",
    "run bowl --momentum=1.5": "momentum must be from 0 to 1, not 1.5",
    "run bowl --start 1": "--start must be 2 numbers (x, y), such as --start=-1.5,2, not '1'",
    "run bowl --start=1,2,3": "--start must be 2 numbers (x, y), such as --start=-1.5,2, not '1,2,3'",
    "run bowl --start=1,nan": "start y must be a finite number, not nan",
    "run bowl --start=1e999,0": "start x must be a finite number, not inf",
    "run bowl --start=a,0": "start x must be a finite number, not 'a'",
    "run bowl --bounds=1,2": "--bounds must be 4 numbers (x low, x high, y low, y high), "
    "such as --bounds=-2,2,-1,3, not '1,2'",
    "run bowl --optimizer adm": "unknown optimizer 'adm'; did you mean adam, radam, nadam?",
    "run bowl --optimizer adam:": "--optimizer adam:: after the colon come settings such as adam:learning_rate=0.001, "
    "not ''",
    "run bowl --optimizer adam:0.1": "--optimizer adam:0.1: after the colon come settings such as "
    "adam:learning_rate=0.001, not '0.1'",
    "run bowl --optimizer adam:beta9=1": "unknown hyperparameter of adam 'beta9'; did you mean beta2, beta1?",
    "run bowl --optimizer adam:learning_rate=fast": "adam.learning_rate must be a finite number, not 'fast'",
    "run bowl --optimizer adam:learning_rate=": "adam.learning_rate must be a finite number, not ''",
    "run bowl --optimizer adam:beta1=1": "adam.beta1 must be from 0 to 0.9999999, not 1",
    "run bowl --optimizer gd:learning_rate=1,learning_rate=2": "--optimizer gd:learning_rate=1,learning_rate=2: "
    "learning_rate is set twice",
    "run bowl --optimizer rmsprop:centered=1": "rmsprop.centered must be true or false, not '1'",
    "run bowl --restarts 100000 --steps 10000000": "1 optimizers × 100,001 runs × 10,000,000 steps would take "
    "24,000.2 GB; the limit is 2.1 GB: at most 893 steps or 7 restarts fit",
    "run bowl --csv nowhere/a.csv": "--csv: cannot write nowhere/a.csv: No such file or directory",
    "run bowl --csv=.": "--csv: cannot write .: it is a folder",
    "run bowl --npz nowhere/a.npz": "--npz: cannot write nowhere/a.npz: No such file or directory",
    "run bowl --png a.jpg": "--png must name a file that ends in .png, not 'a.jpg'",
    "run bowl --png nowhere/a.png": "--png: cannot write nowhere/a.png: No such file or directory",
}


@pytest.mark.parametrize("words", BAD)
def test_bad_input_is_one_sentence(run, words, tmp_path, monkeypatch, pictures):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gdsim.Experiment, "run", lambda self: pytest.fail("the race was run"))
    done = run(*words.split())
    assert (done.status, done.out, done.err) == (2, "", f"gdsim: {BAD[words]}\n")
    assert os.listdir() == []


def test_bounds_that_are_no_box_are_bad_input(run):
    done = run("run", "bowl", "--bounds=1,0,0,1")
    assert done.status == 2
    assert done.err.startswith("gdsim: bounds must have low < high")
    assert "(1, 0)" in done.err


def test_braces_and_line_breaks_in_bad_input_do_no_harm(run):
    assert run("run", "{0}\n{field}").err == "gdsim: a control character at column 4 cannot stand in a formula\n"
    assert run("run", "bowl", "--optimizer", "{0}\n{field}").err.startswith("gdsim: unknown optimizer '{0} {field}'; ")


def test_a_read_only_file_is_bad_input(run, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anything
    done = run("run", "bowl", "--csv", path)
    assert (done.status, done.err) == (2, f"gdsim: --csv: cannot write {path}: it is read-only\n")
    assert path.read_text() == "old"


@pytest.fixture
def failing(monkeypatch):
    def run(self):
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(gdsim.Experiment, "run", run)


def test_a_failure_is_a_sentence_and_leaves_files_alone(run, failing, tmp_path):
    (tmp_path / "a.csv").write_text("old")
    done = run("run", "bowl", "--csv", tmp_path / "a.csv")
    assert done.status == 1
    assert done.err == "gdsim: failed: ZeroDivisionError: of all things (GDSIM_DEBUG=1 shows where)\n"
    assert os.listdir(tmp_path) == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "old"


def test_a_failure_shows_where_if_asked(run, failing, monkeypatch):
    monkeypatch.setenv("GDSIM_DEBUG", "1")
    done = run("run", "bowl")
    assert done.status == 1
    assert done.err.startswith("Traceback")
    assert "test_cli.py" in done.err


def test_a_picture_that_fails_leaves_no_table_behind(run, tmp_path, monkeypatch):
    def save_picture(race, path):
        path.write_bytes(b"half")
        raise RuntimeError("no paint")

    monkeypatch.setitem(sys.modules, "gdsim.desktop.picture", SimpleNamespace(save_picture=save_picture))
    done = run("run", "bowl", "--csv", tmp_path / "a.csv", "--png", tmp_path / "a.png")
    assert done.status == 1
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            ImportError("libEGL.so.1: cannot open shared object file: No such file or directory"),
            "gdsim: Qt cannot be loaded (libEGL.so.1: cannot open shared object file: No such file or directory); "
            "on Debian and Ubuntu: sudo apt install libdbus-1-3 libegl1 ",
        ),
        (
            ModuleNotFoundError("No module named 'PySide6'", name="PySide6"),
            "gdsim: the window and pictures need PySide6: ",
        ),
        (ModuleNotFoundError("No module named 'gdsim.x'", name="gdsim.x"), "gdsim: failed: ModuleNotFoundError: "),
    ],
)
@pytest.mark.parametrize("words", ["", "run bowl --png a.png"])
def test_missing_qt_is_a_sentence(run, error, sentence, words, tmp_path, monkeypatch):
    def import_module(name):
        assert name.startswith("gdsim.desktop.")
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "import_module", import_module)
    monkeypatch.setattr(cli, "why_no_window", lambda: None)
    done = run(*words.split())
    assert done.status == 1
    assert done.err.startswith(sentence)
    assert len(done.err.splitlines()) == 1
    assert os.listdir() == []


def test_without_a_command_the_window_opens(run, monkeypatch):
    opened = []

    def run_window(experiment):
        opened.append(experiment)
        return 7

    monkeypatch.setitem(sys.modules, "gdsim.desktop.app", SimpleNamespace(run_window=run_window))
    monkeypatch.setattr(cli, "why_no_window", lambda: None)
    assert run().status == 7
    assert opened == [None]


def test_a_file_opens_in_the_window(run, race, monkeypatch):
    opened = []
    window = SimpleNamespace(run_window=lambda **given: opened.append(given) or 7)
    monkeypatch.setitem(sys.modules, "gdsim.desktop.app", window)
    monkeypatch.setattr(cli, "why_no_window", lambda: None)
    assert run(race).status == 7
    # a file leaves out what is off and has nothing set on it
    saved = dataclasses.replace(SAVED, optimizers=without_idle(SAVED.optimizers))
    assert opened == [{"experiment": saved, "path": Path(race)}]


def test_a_table_opens_in_the_window_which_asks_for_its_columns(run, tmp_path, monkeypatch):
    table, opened = tmp_path / "points.csv", []
    window = SimpleNamespace(run_window=lambda **given: opened.append(given) or 7)
    monkeypatch.setitem(sys.modules, "gdsim.desktop.app", window)
    monkeypatch.setattr(cli, "why_no_window", lambda: None)
    missing = run(table)
    assert missing.status == 2
    assert "No such file" in missing.err
    table.write_text("x,y\n1,2\n2,3\n")
    assert run(table).status == 7
    assert opened == [{"experiment": None, "path": table}]


def test_the_picture_is_of_the_race_and_moved_into_place(run, tmp_path, pictures):
    path = tmp_path / "picture.png"
    assert run("run", "beale", "--restarts", 2, "--png", path).status == 0
    [(race, temporary)] = pictures
    assert (race.objective.key, race.runs) == ("beale", 3)
    assert temporary != path
    assert temporary.suffix == ".png"
    assert path.read_bytes() == b"picture"
    assert os.listdir(tmp_path) == ["picture.png"]


def test_neither_qt_nor_sympy_is_needed_for_numbers(tmp_path):
    code = blocking("PySide6", "pyqtgraph", "sympy", "contourpy")
    path = tmp_path / "a.csv"
    for words in (["run", "ackley", "--restarts", 9, "--csv", path], ["functions"], ["optimizers"]):
        program = process(*words, code=code)
        assert program.communicate()[1] == ""
        assert program.returncode == 0
    assert path.exists()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_every_encoding_will_do(encoding, monkeypatch):
    for name in ("stdout", "stderr"):
        # it would raise at the first letter that the encoding does not have
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding, errors="strict"))
    for words in (["functions"], ["optimizers"], ["schedules"], ["run", "bowl"], ["--help"], ["run", "--help"]):
        assert cli.main(words) == 0
    assert cli.main(["run", "bøwl"]) == 2
    out, err = (stream.buffer.getvalue().decode(encoding) for stream in (sys.stdout, sys.stderr) if not stream.flush())
    assert "?" not in out
    assert " at column 2 cannot stand in a formula" in err
    assert "beta1" in legible("β₁", SimpleNamespace(encoding=encoding))


def test_the_encoding_of_a_process():
    program = process("optimizers", PYTHONIOENCODING="ascii")
    out, err = program.communicate()
    assert (program.returncode, err) == (0, "")
    assert "beta1" in out


@pytest.mark.parametrize("words", ["functions", "run bowl", "--help"])
def test_a_reader_may_leave_early(words):
    read, write = os.pipe()
    os.close(read)
    program = subprocess.run(
        [sys.executable, "-m", "gdsim", *words.split()], cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True
    )
    os.close(write)
    assert (program.returncode, program.stderr) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux only")
def test_a_full_disk_is_a_failure():
    with open("/dev/full", "w") as full:
        program = subprocess.run(
            [sys.executable, "-m", "gdsim", "functions"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert program.returncode == 1
    assert program.stderr == "gdsim: cannot write what is printed: No space left on device\n"


@pytest.mark.parametrize(
    ("size", "writing"),
    [
        (["--steps", 10_000_000], False),  # floats
        (["--steps", 2_000_000, "--restarts", 20], False),  # arrays
        (["--steps", 1_000_000, "--restarts", 20], True),
    ],
)
def test_an_interrupt_ends_cleanly(tmp_path, size, writing):
    path = tmp_path / "paths.csv"
    path.write_text("old")
    if writing:
        # a short race, and a table that takes long to write
        code = (
            "import sys, time, gdsim.cli.main as c, gdsim.storage.tables as t\n"
            "def write(race, file):\n"
            "    while True: file.write('x' * 9999); file.flush(); time.sleep(0.01)\n"
            "t.write_iterates = write\n"
            "sys.exit(c.main())"
        )
        program = process("run", "bowl", "--csv", path, code=code)
    else:
        program = process("run", "rastrigin", *size, "--tolerance", 0, "--csv", path)
    began = time.monotonic()

    def under_way():
        begun = [name for name in tmp_path.iterdir() if name != path]
        return begun and (not writing or begun[0].stat().st_size > 0)

    while not under_way():
        assert time.monotonic() - began < 30
        time.sleep(0.01)
    time.sleep(0.3)
    assert program.poll() is None, "it was over before it could be interrupted"
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=10)
    assert (program.returncode, out, err) == (130, "", "gdsim: interrupted\n")
    assert os.listdir(tmp_path) == ["paths.csv"]
    assert path.read_text() == "old"


def test_the_list_of_functions_waits_for_nothing_heavy():
    code = (
        "import sys, gdsim.cli.main as c\n"
        "c.main(['functions'])\n"
        "sys.stderr.write(str(sorted({'sympy', 'contourpy', 'ziamath', 'PySide6', 'pyqtgraph'} & set(sys.modules))))"
    )
    assert process(code=code).communicate(timeout=60)[1] == "[]"


def test_one_file_is_not_written_twice(tmp_path, capsys):
    path = str(tmp_path / "a")
    assert cli.main(["run", "bowl", "--csv", path, "--npz", path]) == 2
    assert capsys.readouterr().err == f"gdsim: --csv and --npz name the same file, {path}\n"
