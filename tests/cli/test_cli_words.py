"""Tests of the words of `gdsim run`: they come to an experiment, or to a sentence."""

from dataclasses import replace

import numpy as np
import pytest

import gdsim
from gdsim import CentralDifference, Cosine, Entry, Experiment, ForwardDifference, ReduceOnPlateau, StepDecay
from gdsim.cli import main as cli
from gdsim.cli.arguments import experiment
from gdsim.cli.command_line import parse
from gdsim.storage.files import save

BOWL = Experiment("bowl")


def read(words):
    return experiment(parse(["run", *words.split()]))


@pytest.fixture
def run(capsys):
    def run(words):
        status = cli.main(["run", *words.split()])
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("", {}),
        ("--ascent", {"direction": "ascent"}),
        ("--descent", {}),
        ("--gradient exact", {}),
        ("--gradient central", {"gradient": CentralDifference()}),
        ("--gradient central:h=1e-5", {"gradient": CentralDifference(1e-5)}),
        ("--gradient forward:h=1", {"gradient": ForwardDifference(1)}),
        ("--noise 0.1 --clip 2", {"noise": 0.1, "clip": 2.0}),
        ("--schedule cosine", {"schedule": Cosine()}),
        ("--schedule step:every=20,gamma=0.1", {"schedule": StepDecay(every=20, gamma=0.1)}),
        ("--optimizer gd:schedule=plateau", {"optimizers": (Entry("gd", schedule=ReduceOnPlateau()),)}),
        (
            "--optimizer adam:schedule.steps=300,learning_rate=0.1,schedule=cosine,clip=1 --optimizer gd:clip=0",
            {
                "optimizers": (
                    Entry("adam", {"learning_rate": 0.1}, schedule=Cosine(steps=300), clip=1.0),
                    Entry("gd", clip=0.0),
                )
            },
        ),
    ],
)
def test_options_are_fields(words, fields):
    assert read(f"bowl {words}") == replace(BOWL, **fields)


def test_one_variable_takes_one_number():
    assert read("cosine --start -1 --bounds=-2,2") == Experiment("cosine", start=(-1.0,), bounds=((-2.0, 2.0),))


def test_options_stand_in_place_of_what_a_file_says(tmp_path):
    saved = replace(BOWL, direction="ascent", schedule=Cosine(), gradient=CentralDifference(), noise=1.0, clip=2.0)
    save(saved, tmp_path / "a.json")
    assert read(f"{tmp_path}/a.json") == saved
    assert read(f"{tmp_path}/a.json --descent --gradient exact --noise 0 --clip 0") == replace(BOWL, schedule=Cosine())
    changed = replace(saved, schedule=StepDecay(every=3), optimizers=(Entry("adam"),))
    assert read(f"{tmp_path}/a.json --schedule step:every=3 --optimizer adam") == changed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("x^2+y^2", Experiment("x^2+y^2")),
        ("-x^2 --ascent --start -1", Experiment("-x^2", direction="ascent", start=(-1.0,))),
        ("--ascent -2x*x", Experiment("-2x*x", direction="ascent")),
        ("--ascent -x", Experiment("-x", direction="ascent")),
        ("a*x^2+b --parameter a=-3 --parameter b=.5", Experiment("a*x^2+b", parameters={"a": -3, "b": 0.5})),
        (
            "sin(x)*y --bounds=-1,1,0,2 --start 1,2",
            Experiment("sin(x)*y", bounds=((-1, 1), (0, 2)), start=(1, 2)),
        ),
    ],
)
def test_a_formula_stands_where_a_name_does(words, expected):
    assert read(words) == expected


def test_names_come_before_files_and_files_before_formulas(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    typed = Experiment("a*x", parameters={"a": 2.0})
    for name in ("bowl", "x"):
        save(typed, name)
    assert read("bowl") == BOWL
    assert read("x") == typed
    assert read("x --parameter a=3") == replace(typed, parameters={"a": 3.0})
    assert read("y") == Experiment("y")


BAD = {
    "sine(x)": "unknown name 'sine' at column 1; did you mean sin?",
    "x^2+": "the formula ends at column 5 where a number, a name or a bracket is missing",
    "x+__import__('os')": "'_' at column 3 cannot stand in a formula",
    "bowll": "unknown function 'bowll'; did you mean bowl, double_well?",
    "a*x --parameter b=1": "the formula has no parameter 'b'; it has: a",
    "a*x --parameter a=much": "parameter a must be a finite number, not 'much'",
    "bowl --parameter a=1": "bowl has no parameter 'a'",
    "bowl --ascent --descent": "--descent: not allowed with argument --ascent",
    "bowl --gradient centre": "unknown gradient 'centre'; did you mean central?",
    "bowl --gradient central:1e-4": "--gradient central:1e-4: after the colon come settings such as central:h=0.0001, "
    "not '1e-4'",
    "bowl --gradient central:k=1": "unknown setting of central 'k'; there are: h",
    "bowl --gradient central:h=2": "h of a difference must be from 1e-12 to 1, not 2",
    "bowl --gradient central:h=small": "gradient h must be a finite number, not 'small'",
    "bowl --gradient exact:h=1": "exact has no settings, and so no 'h'",
    "bowl --noise=-1": "noise must be from 0 to 1000000, not -1",
    "bowl --noise loud": "noise must be a finite number, not 'loud'",
    "bowl --clip=-1": "clip must be from 0 to 1e+12, not -1",
    "bowl --schedule cosin": "unknown schedule 'cosin'; did you mean cosine, warmup_cosine?",
    "bowl --schedule cosine:stesp=3": "unknown setting of cosine 'stesp'; did you mean steps?",
    "bowl --schedule cosine:steps=2.5": "cosine.steps must be a whole number, not 2.5",
    "bowl --schedule cosine:steps=3,steps=4": "--schedule cosine:steps=3,steps=4: steps is set twice",
    "bowl --schedule cosine:learning_rate=1": "unknown setting of cosine 'learning_rate'; there are: steps, final",
    "bowl --optimizer adam:schedule=cosin": "unknown schedule 'cosin'; did you mean cosine, warmup_cosine?",
    "bowl --optimizer adam:schedule.steps=3": "--optimizer adam:schedule.steps=3: schedule.steps is set, but no "
    "schedule: write schedule=cosine, or another, too",
    "bowl --optimizer adam:clip=far": "adam.clip must be a finite number, not 'far'",
    "bowl --optimizer adam:clipp=1": "unknown hyperparameter of adam 'clipp'; did you mean clip?",
    "bowl --optimizer adam:clip.x=1": "unknown hyperparameter of adam 'clip.x'; did you mean clip?",
    "bowl --digits 0": "digits must be from 1 to 17, not 0",
    "bowl --digits some": "digits must be a finite number, not 'some'",
    "bowl --parameter a": "--parameter must be a name and a value, such as --parameter a=3, not 'a'",
    "bowl --parameter a=1 --parameter a=2": "--parameter a=2: a is set twice",
    "cosine --start 1,2": "--start must be 1 number (x), such as --start=-1.5, not '1,2'",
    "cosine --bounds 1": "--bounds must be 2 numbers (x low, x high), such as --bounds=-2,2, not '1'",
}


@pytest.mark.parametrize("words", BAD)
def test_bad_input_is_one_sentence(run, words):
    assert run(words) == (2, "", f"gdsim: {BAD[words]}\n")


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("0.1 --gradient central:h=1e-4", ["-6.11110793e-10", "8.14814391e-10"]),
        ("10 --gradient central:h=1e-4", ["-2.58983747e+13", "-1.29524862e+12"]),
        ("1e-10 --gradient central:h=1e-4", ["-2.99999994", "3.99999992"]),
        ("10", ["-2.25154873e+128", "3.00206497e+128"]),
    ],
)
def test_the_textbook_table_comes_out_to_every_digit(run, words, end):
    race = "--start=-3,4 --steps 100 --tolerance 0 --digits 9"
    status, out, err = run(f"bowl {race} --optimizer gd:learning_rate={words}")
    assert (status, err) == (0, "")
    assert out.splitlines()[3].split()[1:3] == end


def test_the_title_names_all_that_is_not_as_usual(run):
    _, out, _ = run("cosine --ascent --steps 1 --gradient central:h=1e-4 --noise 0.1 --schedule step:every=3 --clip 1")
    assert out.splitlines()[0] == (
        f"Cosine, ascent from ({gdsim.FUNCTIONS['cosine'].start[0]:g}), seed 0, 1 step, central difference with "
        "h = 0.0001, noise σ = 0.1, schedule step with every = 3, gamma = 0.5, gradient cut to 1"
    )


def test_a_formula_names_itself_and_its_parameters(run):
    _, out, _ = run("a*x^2+b*y^2 --parameter a=3 --steps 5 --start 1,2")
    assert out.splitlines()[0] == "a*x^2+b*y^2 from (1, 2), a = 3, 5 steps"
    assert out.splitlines()[1] == "b = 1 (not set: --parameter b=…)"
    assert out.splitlines()[4].split()[0] == "gd"
    _, out, _ = run("X^2+θ_1*y^2 --parameter θ₁=3 --steps 5 --start 1,2")
    assert out.splitlines()[:3] == [
        "X^2+θ_1*y^2 from (1, 2), theta1 = 3, 5 steps",
        "X is a parameter, not the coordinate x",
        "X = 1 (not set: --parameter X=…)",
    ]
    _, out, _ = run("x^2y+z --steps 5 --start 1,2")
    assert out.splitlines()[1:4] == [
        "read as f(x, y) = x²·y + z",
        "z is a parameter (f(x, y, z) = … makes it a coordinate)",
        "z = 1 (not set: --parameter z=…)",
    ]


def test_a_longer_name_is_a_question(run):
    status, _, err = run("velocity*x --steps 5")
    assert status == 2
    assert "parameters={" in err
    assert "--parameter velocity=1" in err
    assert "v·e·l·o·c·i·t·y" in err
    status, out, _ = run("velocity*x --steps 5 --parameter velocity=2 --bounds=-1,1 --start 0.5")
    assert status == 0
    assert out.splitlines()[0] == "velocity*x from (0.5), velocity = 2, 5 steps, bounds [-1, 1]"


def test_a_run_that_leaves_the_domain_is_told(run):
    status, out, _ = run("log(x) --start 1 --learning-rate 2")
    assert status == 0
    assert out.splitlines()[3].endswith("left the domain at step 1")


def test_uphill_the_best_is_the_highest(run):
    _, out, _ = run("cosine --ascent --restarts 3 --learning-rate 0.1")
    _, _, header, row, _, _, told = out.splitlines()
    assert header.split()[:5] == ["optimizer", "x", "loss", "‖∇f‖", "distance"]
    assert row.split()[5:8] == ["1", "1", "4/4"]
    assert "global maximum  outcome" in header
    assert "4 at a global maximum" in told
    assert told.endswith("100 % (44 to 100 %)")
    assert row.endswith("maximum")


def test_one_variable_has_one_column(run, tmp_path):
    words = "double_well --restarts 9 --steps 20 --schedule cosine --optimizer gd --optimizer momentum:schedule=plateau"
    assert run(f"{words} --csv {tmp_path}/a.csv --npz {tmp_path}/a.npz")[0] == 0
    race = read(words).run()
    header, *rows = (tmp_path / "a.csv").read_text().splitlines()
    assert header == "optimizer,run,step,x,loss"
    assert [float(row.split(",")[3]) for row in rows] == race.positions[:, :, 0].transpose(1, 2, 0).ravel().tolist()
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["positions"].tobytes() == race.positions.tobytes()


def test_schedules_are_listed(capsys):
    assert cli.main(["schedules"]) == 0
    blocks = capsys.readouterr().out.split("\n\n")
    for block, (key, schedule) in zip(blocks, gdsim.SCHEDULES.items(), strict=True):
        title, *lines = block.splitlines()
        assert title == f"{key} – {schedule.title}. {schedule.summary}"
        assert [line.split()[0] for line in lines] == [hyper.name for hyper in schedule.hypers()]
