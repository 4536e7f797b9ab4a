"""Tests of what the walk says of a step: how it goes by the examples, and the numbers that the race has."""

import numpy as np
import pytest

from gdsim.desktop.views.graphs.pass_texts import stop_texts
from gdsim.desktop.views.run_point import RunPoint
from gdsim.objectives import CentralDifference, Source
from gdsim.objectives.data.walkthrough.passes import passes_of
from gdsim.objectives.data.walkthrough.walk import Walk
from gdsim.optimizers import StepDecay
from gdsim.simulation.experiment import Entry, Experiment


def plain(x):
    return f"{x:.15g}".replace("-", "−")


def told(step=3, example=0, optimizer=0, run=1, order=None, **fields):
    fields = {"function": "logistic", "optimizers": (Entry("gd"), Entry("adam")), "learning_rate": 0.1} | fields
    race = Experiment(steps=12, restarts=1, **fields).run()
    passes = passes_of(race.objective)
    place = RunPoint(race, optimizer, run, step)
    worked = passes.work(place.point, example)
    said = stop_texts(Walk(passes, plain), place, worked, passes.stages[-1], passes.rows[1][0], example, order)
    return said, race, race.positions[step + 1, optimizer, :2, run]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"direction": "ascent"},
        {"batch": 16},
        {"batch": 1},
        {"options": {"l2": 0.3}},
        {"schedule": StepDecay(every=2)},
        {"function": "network", "data": Source("moons"), "options": {"hidden": (16, 16)}},
    ],
)
def test_plain_descent_comes_out_as_the_race_goes_on(fields):
    said, _, after = told(**fields)
    lines = said.outcome.removesuffix("  …").split("\n")[1:]
    numbers = [float(line.split(" = ")[-1].replace("−", "-")) for line in lines]
    assert numbers == pytest.approx(after.tolist(), rel=1e-9)
    assert "mean(" in lines[0]
    assert said.formula


@pytest.mark.parametrize(
    "fields",
    [
        {"optimizer": 1},
        {"noise": 0.1},
        {"clip": 0.01},
        {"gradient": CentralDifference(1e-3)},
        {"optimizers": (Entry("gd", {"weight_decay": 0.1}),)},
    ],
)
def test_other_steps_are_told_as_they_are(fields):
    said, race, after = told(**fields)
    before = race.positions[3, fields.get("optimizer", 0), 0, 1]
    assert said.outcome.split("\n")[1] == f"w1: {plain(before)} → {plain(after[0])}"


def test_whose_mean_it_is():
    first = told()[0].outcome
    assert first.startswith("Gradient descent goes by the mean over all 150 examples:")
    _, race, _ = told(batch=16)
    members = race.course.stepwise.members(4)
    others = sorted(set(range(150)) - set(members.tolist()))
    assert "batch of 16, this example among them:" in told(batch=16, example=int(members[5]))[0].outcome
    assert "batch of 16 other examples:" in told(batch=16, example=others[0])[0].outcome
    _, race, _ = told(batch=1)
    one = int(race.course.stepwise.members(4)[0])
    said, _, _ = told(batch=1, example=one)
    assert "goes by this example alone" in said.outcome
    # and then what is told of it and of the step is the same
    assert [line.split(" = ")[-1] for line in said.formula.split("\n")] == [
        line.split(" = ")[-1] for line in said.outcome.split("\n")[1:]
    ]
    assert f"one other example, number {one + 1}:" in told(batch=1, example=one + 1)[0].outcome
    rows = np.arange(200)[::-1]
    assert f"number {rows[one] + 1}:" in told(batch=1, example=one + 1, order=rows)[0].outcome
    said, _, _ = told(example=170)
    assert "held out" in said.words
    assert said.formula == ""
    assert "has ended here" in told(tolerance=1e3)[0].words
