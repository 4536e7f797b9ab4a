"""Advice was tried out, and holds: who takes it has arrived, and is not advised the like again."""

import dataclasses
import itertools
from pathlib import Path

import numpy as np
import pytest

import gdsim
from gdsim.simulation.advice import trials
from gdsim.simulation.advice.advice import Found
from gdsim.simulation.advice.problems import SOLVABLE, Problem, problem_of
from gdsim.storage.files import open_file

Entry, Experiment = gdsim.Entry, gdsim.Experiment


def problems(race, optimizer=0):
    return [problem_of(race, optimizer, run) for run in range(race.runs)]


def names(advice):
    return {name for name, _ in advice.changes}


def grows(race, optimizer=0):
    """Tell whether some run is lost that took a step, or ends higher than it starts, however that is called."""
    losses = race.losses[:, optimizer] * (-1 if race.ascent else 1)
    lost = np.isin(race.kinds[optimizer], [gdsim.Kind.DIVERGED, gdsim.Kind.LEFT_DOMAIN])
    return bool(((lost & (race.ended[optimizer] > 0)) | (losses[-1] > losses[0])).any())


def counted(race, optimizer, *words):
    """Count the runs that the tally says end in one of some ways."""
    return sum(group.count for group in race.tally(optimizer) if any(word in group.template for word in words))


def at_or_near(race, optimizer):
    extremum = "maximum" if race.ascent else "minimum"
    return counted(
        race, optimizer, *(f" {p} {w}{extremum}" for p in ("at", "near") for w in ("a ", "a global ", "a local "))
    )


def known(race):
    return race.reached.known or bool(race.objective.maxima if race.ascent else race.objective.minima)


def nowhere(race, optimizer):
    """Tell whether the loss of the first run is none that one would come to; or it has arrived, and stays."""
    problem, loss = problem_of(race, optimizer, 0), race.losses[-1, optimizer, 0]
    return problem in (Problem.LOST, Problem.RUNAWAY, Problem.NONE) or np.isnan(loss)


def agrees(advice, race, optimizer):
    """The numbers of an advice are those of the tally, and of the column of the global minimum."""
    assert advice.arrived == at_or_near(race, optimizer)
    assert advice.best == (race.reached.counts[optimizer] if race.reached.known else None)
    assert advice.endless == counted(race, optimizer, "without end")


def follows(experiment, optimizer=0):
    """Take what is advised, and see to it that it holds; the advice, and the race after it."""
    race = experiment.run()
    advice = gdsim.advise(experiment, optimizer, race)
    before = problems(race, optimizer)
    if advice is None:
        return None, race
    assert any(problem in SOLVABLE for problem in before) or (
        before[0] is Problem.STRANDED and names(advice) == {"start"}
    )
    assert (advice.runs, advice.of) == (race.runs, race.runs)
    if not advice.changes:
        assert advice.found in (Found.NOTHING, Found.RUNAWAY)
        agrees(advice, race, optimizer)
        return advice, race
    rate, sign = race.lanes[optimizer].rate, -1 if race.ascent else 1
    # features of one size make another function, of another curvature
    if (grows(race, optimizer) or Problem.RUNAWAY in before) and "standardise" not in names(advice):
        assert dict(advice.changes).get("learning_rate", 0.0) < rate
    after = advice.applied(experiment)
    again = after.run()
    ended = problems(again, optimizer)
    agrees(advice, again, optimizer)
    assert advice.before == at_or_near(race, optimizer)
    if not known(race):
        # a run that bounces may end at the very bottom by chance
        ends = [sign * each.losses[-1, optimizer, 0] for each in (again, race)]
        by_chance = before[0] is Problem.CYCLING and ends[0] < ends[1] + 1e-6
        assert nowhere(race, optimizer) or by_chance or ends[0] < ends[1]
    if advice.found in (Found.ARRIVES, Found.NEAR):
        assert not set(ended) & {*SOLVABLE}
        assert ended.count(Problem.NONE) == advice.arrived > before.count(Problem.NONE) == advice.before
    if advice.found is Found.NEAR:
        assert again.outcome(optimizer, 0).kind is gdsim.Kind.OUT_OF_STEPS
    if advice.found is Found.MORE:
        assert ended.count(Problem.NONE) == advice.arrived > before.count(Problem.NONE)
    if advice.found is Found.LOWER:
        assert not set(ended) & {Problem.LOST, Problem.RUNAWAY}
        assert np.median(again.losses[-1, optimizer]) == advice.loss
        assert sign * advice.loss < sign * advice.loss_before
    further = gdsim.advise(after, optimizer, again)
    assert further is None or not names(further) & names(advice)
    return advice, again


@pytest.mark.parametrize(("rate", "steps"), [(1.2, 100), (1.5, 300)])
def test_a_rate_above_the_limit_of_a_bowl(rate, steps):
    advice, race = follows(Experiment("bowl", start=(1.0, 1.0), learning_rate=rate, steps=steps))
    assert advice.changes == (("learning_rate", 0.5),)
    assert str(advice) == "try η = 0.5 (tried: it arrives at step 2 at a global minimum)"
    assert str(race.outcomes[0][0]) == "converged at step 2 to a global minimum"


def test_the_shipped_ravine():
    advice, race = follows(Experiment("ravine", learning_rate=1.05))
    assert advice.changes == (("learning_rate", 0.5),)
    assert race.outcomes[0][0].kind is gdsim.Kind.CONVERGED


@pytest.mark.parametrize("rate", [0.05, 0.02, 0.01])
def test_no_chain_of_smaller_and_smaller_rates(rate):
    """0.05 → 0.02 → 0.01 → 0.002 it was, on Rosenbrock's function."""
    advice, race = follows(Experiment("rosenbrock", learning_rate=rate))
    assert advice.changes == (("learning_rate", 0.002),)
    assert race.outcomes[0][0].arrived


@pytest.mark.parametrize("rate", [1e-4, 0.01, 0.1, 1.0])
def test_rastrigin_is_not_sent_to_rates_that_go_nowhere(rate):
    advice, race = follows(Experiment("rastrigin", learning_rate=rate, restarts=10))
    assert advice.changes == (("learning_rate", 0.002),)
    assert [outcome.kind for outcome in race.outcomes[0]] == 11 * [gdsim.Kind.CONVERGED]


@pytest.mark.parametrize("rate", [1e-3, 0.1, 1.0, 10.0])
@pytest.mark.parametrize("function", ["x^2 - y^2", "saddle"])
def test_a_saddle_is_never_told_a_rate(function, rate):
    advice, _ = follows(Experiment(function, start=(1.0, 0.1), learning_rate=rate))
    assert advice.changes == ()


@pytest.mark.parametrize("rate", [1.5, 5.0, 100.0])
def test_linear_regression_above_its_limit(rate):
    advice, race = follows(Experiment("linear", learning_rate=rate))
    assert advice.changes == (("learning_rate", 0.1),)
    assert str(race.outcomes[0][0]) == "converged at step 315 to a global minimum"


def test_a_network_with_much_penalty():
    """Weights under λ = 10 go to nothing as long as η is below 2/λ."""
    advice, race = follows(Experiment("network", options={"l2": 10.0}, learning_rate=0.5, steps=200))
    assert dict(advice.changes)["learning_rate"] < 0.2
    assert race.losses[-1, 0, 0] == pytest.approx(np.log(2), abs=1e-3)


def raw_table():
    x = np.linspace(1000.0, 4000.0, 30)
    rows = tuple((float(a), 2 * float(a) + 100.0 * np.sin(k)) for k, a in enumerate(x))
    return gdsim.Source(rows=rows)


@pytest.mark.parametrize("rate", [0.05, 1e-8])
def test_features_as_they_are_in_a_table(rate):
    """No rate suits both the slope and the intercept: the features are to be standardised."""
    advice, race = follows(Experiment("linear", data=raw_table(), learning_rate=rate))
    assert dict(advice.changes)["standardise"] is True
    assert "standardising (tried: it arrives at step" in str(advice)
    assert race.outcomes[0][0].arrived


@pytest.mark.parametrize("direction", ["descent", "ascent"])
def test_where_there_is_no_end_that_is_said(direction):
    text = "x^2 - y^2" if direction == "descent" else "y^2 - x^2"
    told = {
        "descent": "no η helps: f falls without end this way, there may be no minimum",
        "ascent": "no η helps: f rises without end this way, there may be no maximum",
    }
    for rate in (0.1, 1.0):
        advice, _ = follows(Experiment(text, start=(1.0, 0.1), learning_rate=rate, direction=direction))
        assert str(advice) == told[direction]
    # whose outcome does not say so is told so by no advice
    advice, race = follows(Experiment(text, start=(1.0, 0.1), learning_rate=1e-3, direction=direction))
    assert race.outcome(0, 0).motion is not gdsim.Motion.RUNAWAY
    assert str(advice).startswith("none of ")


def test_a_step_too_long_over_a_ridge_is_not_the_end():
    """x³ − 3x has no lowest value, and a bottom at 1: whoever leaps over the ridge at −1 falls without end."""
    advice, race = follows(Experiment("x^3 - 3x + y^2", start=(2.0, 1.0), learning_rate=0.4))
    assert advice.changes == (("learning_rate", 0.2),)
    assert race.positions[-1, 0, 0, 0] == pytest.approx(1.0)
    beyond = Experiment("x^3 - 3x + y^2", start=(2.0, 1.0), bounds=((-3, 3), (-2, 2)), restarts=20, learning_rate=0.4)
    advice, race = follows(beyond)
    assert advice.found is Found.MORE
    assert advice.arrived == sum(race.positions[0, 0, 0] > -1)
    left = gdsim.advise(advice.applied(beyond))
    assert str(left) == f"no η helps: f falls without end in {21 - advice.arrived} of 21 runs, there may be no minimum"


def test_a_domain_that_one_falls_out_of():
    advice, _ = follows(Experiment("log(x) + y^2", start=(1.0, 1.0), learning_rate=0.1, steps=100))
    assert str(advice) == f"none of {advice.tried} changes that were tried brings it to a minimum"
    assert advice.tried > 10


@pytest.mark.parametrize(
    ("function", "start", "direction"),
    [
        ("x^4 - 2x^2 + y^2", (0.0, 1.0), "descent"),  # along the ridge to the saddle
        ("cos(x) + cos(y)", (0.0, 0.0), "descent"),  # on a maximum
        ("himmelblau", (3.0, 2.0), "ascent"),  # on a minimum
        ("sqrt(x) + 1/x + y^2", (-0.1, 1.0), "descent"),  # outside the domain
    ],
)
def test_who_rests_where_it_should_not_is_told_another_start(function, start, direction):
    rate = 0.01 if function == "himmelblau" else 0.1
    told = Experiment(function, start=start, direction=direction, learning_rate=rate)
    advice, race = follows(told)
    assert names(advice) == {"start"}
    assert race.outcomes[0][0].arrived
    assert str(advice).startswith("try start (")


def test_a_fault_of_restarts_alone_is_mended():
    experiment = Experiment("himmelblau", learning_rate=0.022, start=(3.0, 2.0), restarts=20, steps=200)
    race = experiment.run()
    assert race.outcomes[0][0].arrived
    assert Problem.CYCLING in problems(race)
    advice, race = follows(experiment)
    assert advice.found is Found.ARRIVES
    assert advice.runs == advice.arrived == 21
    assert f"(tried: 21 of 21 runs end at a global minimum, before: {advice.before})" in str(advice)


def test_of_many_restarts_some_are_tried_and_that_is_said():
    experiment = Experiment("bowl", learning_rate=1.2, restarts=499, steps=60)
    advice, race = follows_sample(experiment)
    assert (advice.runs, advice.of) == (trials.SAMPLE, 500)
    counts = f"tried on {trials.SAMPLE} of 500 runs: {trials.SAMPLE} end at a global minimum, before: 0"
    assert str(advice) == f"try η = 0.5 ({counts})"
    assert set(problems(race)) == {Problem.NONE}


def follows_sample(experiment):
    advice = gdsim.advise(experiment)
    return advice, advice.applied(experiment).run()


FUNCTIONS = [
    "bowl",
    "ravine",
    "rosenbrock",
    "himmelblau",
    "rastrigin",
    "x^2 - y^2",
    "x^4 + y^4",
    "(x - 1)^4 + y^2",
    "x*log(x) + y^2",
    "abs(x) + abs(y)",
    "easom",
    "linear",
]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_advised_holds(function):
    """Over rules and rates; every rule is asked at every rate of some function."""
    found = []
    for k, (rule, rate) in enumerate(itertools.product(gdsim.optimizers.RULES, [1e-4, 1e-2, 0.3, 10.0])):
        if (k + FUNCTIONS.index(function)) % 5:
            continue
        start = (2.0, 1.5) if "log" in function else None
        experiment = Experiment(
            function, start=start, restarts=k % 3, steps=150, seed=k, optimizers=(Entry(rule, {"learning_rate": rate}),)
        )
        advice, _ = follows(experiment)
        found.append(advice and advice.found)
    assert any(each is not None for each in found)


def test_who_is_asked_about():
    experiment = Experiment(
        "bowl", steps=1000, optimizers=(Entry("gd", {"learning_rate": 0.1}), Entry("gd", {"learning_rate": 7.0}))
    )
    race = experiment.run()
    assert gdsim.advise(experiment, 0, race) is None
    advice = gdsim.advise(experiment, 1, race)
    assert advice.optimizer == "gd#2"
    first, second = advice.applied(experiment).optimizers
    assert (first, second.values) == (experiment.optimizers[0], {"learning_rate": 0.5})


def test_it_runs_the_race_if_there_is_none():
    experiment = Experiment("bowl", learning_rate=1.2)
    assert gdsim.advise(experiment) == gdsim.advise(experiment, 0, experiment.run())


def test_it_can_be_stopped_at_once():
    experiment = Experiment("rosenbrock", learning_rate=1e-5, steps=5000)
    race, asked = experiment.run(), []
    assert gdsim.advise(experiment, 0, race, lambda share: asked.append(share) or True) is None
    assert len(asked) == 1


def test_what_is_spent_has_an_end(monkeypatch):
    spent = []
    run = trials.race

    def counted(course, lanes, starts, steps, *rest):
        spent.append(steps * starts.shape[1])
        return run(course, lanes, starts, steps, *rest)

    monkeypatch.setattr(trials, "race", counted)
    gdsim.advise(Experiment("x^2 - y^2", start=(1.0, 0.1), learning_rate=1e-5, steps=20_000, restarts=3))
    assert 0 < sum(spent) < 2e6
    spent.clear()
    gdsim.advise(Experiment("rosenbrock", learning_rate=1e-7, steps=2_000_000))
    assert spent == []


def test_a_cancelled_race_is_told_nothing():
    experiment = dataclasses.replace(Experiment("rosenbrock", learning_rate=1e-5), steps=50_000)
    race = experiment.run(lambda share: share > 0.1)
    assert race.steps < 50_000
    assert gdsim.advise(experiment, 0, race) is None


def test_a_saturated_network_has_not_arrived():
    told = open_file(Path(__file__).parents[3] / "resources/examples/24-overfitting.json").experiment
    adam = [entry.id for entry in told.racing].index("adam")
    assert gdsim.advise(told, adam) is None
    # at the rate that was advised it rests, with a worse loss
    before = told.run().losses[-1, adam, 0]
    entries = (Entry("adam", {"learning_rate": 1.0}),)
    race = dataclasses.replace(told, optimizers=entries).run()
    assert race.kinds[0, 0] == gdsim.Kind.CONVERGED
    assert race.losses[-1, 0, 0] > 6 * before
    assert problem_of(race, 0, 0) is Problem.UNTOLD


@pytest.mark.parametrize("restarts", [0, 5])
def test_exp_falls_for_ever_and_that_is_no_fall_without_end(restarts):
    told = Experiment("exp(-x)", learning_rate=0.1, restarts=restarts)
    advice, race = follows(told)
    assert not counted(race, 0, "without end")
    assert advice is None or "without end" not in str(advice)


@pytest.mark.parametrize(
    ("function", "rate", "rule"),
    [
        ("hypot(x, y)", 0.08, "gd"),
        ("hypot(x, y)", 3.0, "gd"),
        ("abs(x)", 0.3, "gd"),
        ("abs(x) + abs(y)", 0.08, "gd"),
        ("abs(x) + abs(y)", 3.0, "momentum"),
        ("abs(x) + abs(y)", 0.3, "adam"),
    ],
)
@pytest.mark.parametrize("restarts", [0, 10])
def test_at_a_corner_a_schedule_helps(function, rate, rule, restarts):
    told = Experiment(function, restarts=restarts, optimizers=(Entry(rule, {"learning_rate": rate}),))
    advice, race = follows(told)
    assert names(advice) == {"schedule"}
    assert advice.loss_before > 0.02
    assert np.median(race.losses[-1, 0]) == advice.loss < 1e-5
    loss, before = f"{advice.loss:.4g}", f"{advice.loss_before:.4g}"
    words = f"it ends at {loss}, before: bouncing up to {before}"
    of_many = f"half of {restarts + 1} runs end at {loss} or better, before: {before}"
    assert str(advice).endswith(f"(tried: {of_many if restarts else words})")
    assert gdsim.advise(advice.applied(told)) is None


def test_advice_tally_and_column_count_alike():
    entries = (Entry("adam", {"learning_rate": 0.05}),)
    told = Experiment("rosenbrock", options={"dimension": 10}, restarts=20, steps=5000, optimizers=entries)
    advice, race = follows(told)
    assert (advice.found, advice.arrived, advice.best) == (Found.NOTHING, 18, 16)
    assert race.reached.counts[0] == counted(race, 0, "at a global minimum") == 16
    assert str(advice) == (
        f"none of {advice.tried} changes that were tried brings all runs to a minimum; "
        "18 of 21 runs are at or near one; 16 at the global one"
    )


def test_it_says_at_which_minima():
    advice, race = follows(Experiment("rastrigin", learning_rate=0.1, restarts=50))
    assert race.reached.counts[0] == 1
    assert str(advice) == (
        "try η = 0.002 (tried: 51 of 51 runs end at or near a minimum, before: 0; 1 at the global one, before: 0)"
    )
