"""Tests of what `gdsim run` advises: it can be typed."""

from pathlib import Path

import pytest

import gdsim
from gdsim.cli.advice_text import entry_words, options_of
from gdsim.cli.arguments import experiment
from gdsim.cli.command_line import parse
from gdsim.cli.main import main
from gdsim.cli.values import as_entry


def read(words):
    return experiment(parse(["run", *words]))


@pytest.mark.parametrize(
    "words",
    [
        ["bowl", "--start=1,1", "--learning-rate=1.2", "--steps=100"],
        ["rosenbrock", "--steps=300", "--learning-rate=1e-5"],
        ["himmelblau", "--ascent", "--start=-1,0.5", "--learning-rate=5"],
        ["x^4-2x^2+y^2", "--start=0,1", "--learning-rate=0.1"],
        ["linear", "--data=line", "--option=l2=0.1", "--learning-rate=5"],
        ["rastrigin", "--optimizer=nesterov:momentum=0.99,weight_decay=0.001", "--learning-rate=0.3", "--restarts=4"],
        ["x*log(x)+y^2", "--start=2,2", "--optimizer=gd:learning_rate=5,clip=100"],
    ],
)
def test_what_is_advised_can_be_typed(words):
    told = read(words)
    advice = gdsim.advise(told)
    assert advice.changes
    options = [word for option in options_of(told, advice) for word in option.split(" ", 1)]
    kept = [w for w in words if not any(w.startswith(option + "=") for option in options)]
    assert read([*kept, *options]).run().positions.tobytes() == advice.applied(told).run().positions.tobytes()


@pytest.mark.parametrize(
    "entry",
    [
        gdsim.Entry("adam"),
        gdsim.Entry("adam", {"learning_rate": 0.1 + 0.2, "beta1": 0.8}, clip=0.0),
        gdsim.Entry("rmsprop", {"centered": True}, schedule=gdsim.Cosine(), clip=1.5),
        gdsim.Entry("gd", {}, schedule=gdsim.Exponential(gamma=0.96)),
        gdsim.Entry("adam", {"learning_rate": 0.5}, name="The big one"),
    ],
)
def test_an_optimizer_as_it_is_typed(entry):
    assert as_entry(entry_words(entry)) == entry


def test_a_name_is_kept_and_quoted(capsys):
    assert main(["run", "bowl", "--optimizer=gd:learning_rate=3,name=Too big", "--optimizer=gd:learning_rate=0.1"]) == 0
    *_, advice = capsys.readouterr().out.split("\n\n")
    assert advice.startswith("Too big: try η = 0.5 (")
    assert advice.endswith(": --optimizer 'gd:learning_rate=0.5,name=Too big'\n")


def test_it_stands_under_the_table(capsys):
    assert main(["run", "bowl", "--start=1,1", "--learning-rate=1.2", "--steps=100", "--restarts=3"]) == 0
    *_, table, advice = capsys.readouterr().out.split("\n\n")
    assert table.startswith("optimizer")
    assert (
        advice
        == "gd: try η = 0.5 (tried: 4 of 4 runs end at a global minimum, before: 0): --optimizer gd:learning_rate=0.5\n"
    )


def test_who_has_arrived_is_told_nothing(capsys):
    assert main(["run", "bowl", "--learning-rate=0.1"]) == 0
    _, table = capsys.readouterr().out.split("\n\n")
    assert table.count("\n") == 2


def test_where_nothing_helps_that_is_said(capsys):
    assert main(["run", "log(x)+y^2", "--start=1,1", "--learning-rate=0.1", "--steps=100"]) == 0
    *_, advice = capsys.readouterr().out.split("\n\n")
    assert advice.startswith("gd: none of ")
    assert advice.endswith(" changes that were tried brings it to a minimum\n")


def test_what_is_for_all_optimizers_is_said(capsys):
    words = ["run", "rosenbrock", "--learning-rate=1.2", "--restarts=10", "--optimizer=gd", "--optimizer=adam"]
    assert main(words) == 0
    *_, advice = capsys.readouterr().out.split("\n\n")
    assert advice.splitlines()[0] == (
        "gd: try η = 0.002, 5000 steps (tried: 11 of 11 runs end at or near a minimum, before: 0; 4 at the global one, "
        "before: 0; for all optimizers: 5000 steps): --optimizer gd:learning_rate=0.002 --steps 5000"
    )


def test_no_saturated_network_is_advised(capsys):
    """Adam at η = 1 rests after 315 steps where the gradient vanishes, with seven times the loss."""
    assert main(["run", str(Path(__file__).parents[2] / "resources/examples/24-overfitting.json")]) == 0
    assert "try" not in capsys.readouterr().out
