"""Tests of how many runs reached the global minimum, and how all of them ended."""

import dataclasses
from itertools import product

import numpy as np
import pytest

import gdsim
from gdsim.simulation.endings.critical_points import Ground
from gdsim.simulation.endings.motion import Motion
from gdsim.simulation.endings.outcomes import Kind, Outcome
from gdsim.simulation.endings.tally import MOST_TOLD, rough_tally, tally, tally_of

RULES = [
    gdsim.GradientDescent(learning_rate=0.002),
    gdsim.Adam(learning_rate=0.1),
    gdsim.RMSProp(learning_rate=0.05),
    gdsim.Adam(learning_rate=1.5),
]


def ended_at(race, o, place, away):
    """Runs of an optimizer that stand no farther from a place than so much, lost ones left out."""
    kept = ~np.isin(race.kinds[o], [Kind.DIVERGED, Kind.LEFT_DOMAIN])
    ends = race.positions[-1, o]
    return kept & (np.linalg.norm(ends - np.reshape(place, (-1, 1)), axis=0) < away)


@pytest.mark.parametrize(("half", "counts"), [(5.12, [1, 1, 0, 0]), (1.5, [5, 5, 0, 0])])
def test_of_fifty_restarts_on_rastrigin(half, counts):
    race = gdsim.descend("rastrigin", RULES, restarts=50, steps=500, tolerance=1e-8, bounds=2 * ((-half, half),))
    assert [int(ended_at(race, o, (0, 0), 2e-3 * 2**0.5 * half).sum()) for o in range(4)] == counts
    reached = race.reached
    assert reached.counts.tolist() == counts
    assert (reached.aim, reached.known, reached.value) == ("global minimum", True, 0.0)
    assert reached.best.shape == reached.at.shape == (4, 51)
    # every count is that of runs whose loss is next to nothing, where the next hollow is 0.99 higher
    assert all(race.losses[-1][reached.best] < 0.03)
    assert not ((race.losses[-1] < 1e-6) & ~reached.best).any()


def test_himmelblau_by_minimum():
    rules = [gdsim.Adam(learning_rate=0.1), gdsim.GradientDescent(learning_rate=0.01)]
    race = gdsim.descend("himmelblau", rules, restarts=50, steps=800, tolerance=1e-8)
    reached = race.reached
    assert reached.counts_at.shape == (2, 4)
    for o in range(2):
        for k, minimum in enumerate(race.objective.minima):
            assert reached.counts_at[o, k] == ended_at(race, o, minimum.position, 1e-3).sum()
        assert (reached.counts_at[o] > 0).all()
        assert reached.counts_at[o].sum() == reached.counts[o]
    assert reached.counts[0] == 51
    assert [reached.places[k] for k in reached.at[0]] == [
        min(race.objective.minima, key=lambda m, r=r: np.hypot(*(race.positions[-1, 0, :, r] - m.position)))
        for r in range(51)
    ]


def test_a_local_minimum_counts_for_itself():
    race = gdsim.descend(
        "three_hump_camel", gdsim.GradientDescent(learning_rate=0.02), restarts=60, steps=2000, tolerance=1e-9
    )
    reached = race.reached
    expected = [int(ended_at(race, 0, place.position, 1e-3).sum()) for place in race.objective.minima]
    assert reached.counts_at[0].tolist() == expected
    assert reached.counts[0] == expected[0] < sum(expected)
    words = [reached.word(0, r) for r in range(61)]
    assert (words.count("global minimum"), words.count("local minimum")) == (expected[0], sum(expected[1:]))
    assert [str(group) for group in tally(race, 0)] == [
        f"{expected[0]} at a global minimum",
        f"{sum(expected[1:])} at a local minimum",
    ]


def test_where_no_minimum_is_known_it_is_the_lowest_that_any_run_found():
    rules = [gdsim.Adam(learning_rate=0.05), gdsim.GradientDescent(learning_rate=0.05)]
    race = gdsim.descend("sin(3x) + x^2/4 + y^2", rules, restarts=40, steps=1500, tolerance=1e-9)
    reached = race.reached
    assert (reached.aim, reached.known, reached.places) == ("lowest found", False, ())
    assert reached.value == race.losses[-1].min()
    counts = (np.abs(race.losses[-1] - race.losses[-1].min()) < 1e-6).sum(axis=1)
    assert reached.counts.tolist() == counts.tolist()
    assert (counts > 0).all()
    assert (counts < 41).all()
    assert {reached.word(0, r) for r in range(41)} == {"lowest found", "elsewhere"}
    # nothing is claimed of what is not known
    assert not any("global" in str(group) for group in tally(race, 0))


def test_a_run_on_its_way_to_the_lowest_counts_if_it_is_as_good_as_there():
    race = gdsim.descend("(x - 1)^2 + y^2 + 7", gdsim.GradientDescent(learning_rate=0.05), restarts=20, steps=60)
    assert race.reached.counts[0] == 21
    short = gdsim.descend("(x - 1)^2 + y^2 + 7", gdsim.GradientDescent(learning_rate=0.05), restarts=20, steps=3)
    assert short.reached.counts[0] == 1


def test_uphill_it_is_maxima():
    race = gdsim.descend(
        "cosine", "adam", learning_rate=0.1, restarts=30, steps=600, tolerance=1e-7, direction="ascent"
    )
    reached = race.reached
    assert (reached.aim, reached.places) == ("global maximum", race.objective.maxima)
    inside = [ended_at(race, 0, place.position, 1e-3).sum() for place in race.objective.maxima]
    assert reached.counts_at[0].tolist() == inside
    assert reached.counts[0] == sum(inside) > 0
    assert str(tally(race, 0)[0]) == f"{sum(inside)} at a global maximum"


def test_uphill_where_only_local_maxima_are_known_it_is_the_highest_found():
    race = gdsim.descend(
        "six_hump_camel",
        gdsim.GradientDescent(learning_rate=0.01),
        restarts=30,
        steps=800,
        tolerance=1e-9,
        direction="ascent",
    )
    reached = race.reached
    assert (reached.aim, reached.known) == ("highest found", False)
    kept = ~np.isin(race.kinds, [Kind.DIVERGED, Kind.LEFT_DOMAIN])
    assert reached.value == race.losses[-1][kept].max()
    assert reached.counts[0] == (race.losses[-1][kept] > reached.value - 1e-6).sum()
    at_hills = sum(ended_at(race, 0, place.position, 1e-3).sum() for place in race.objective.maxima)
    assert (reached.at[0] >= 0).sum() == at_hills > 0


def test_a_valley_of_minima_counts_by_its_value():
    rng = np.random.default_rng(0)
    x = rng.normal(size=30)
    model = gdsim.LinearRegression(np.stack([x, x], axis=1), 2 * x + rng.normal(size=30))
    assert model.lowest is not None
    rules = [gdsim.Adam(learning_rate=0.1), gdsim.GradientDescent(learning_rate=1e-4)]
    race = gdsim.descend(model, rules, restarts=15, steps=800)
    reached = race.reached
    low = race.losses[-1] - model.lowest < 1e-6
    assert (reached.aim, reached.known, reached.value) == ("global minimum", True, model.lowest)
    assert reached.best.tolist() == low.tolist()
    assert reached.counts.tolist() == [16, 0]
    assert str(tally(race, 0)[0]) == "16 at a global minimum"


def test_linear_regression():
    race = gdsim.descend("linear", [gdsim.GradientDescent(learning_rate=0.1), "gd"], restarts=8, steps=600)
    (bottom,) = race.objective.minima
    counts = [int(ended_at(race, o, bottom.position, 1e-3).sum()) for o in range(2)]
    assert race.reached.counts.tolist() == counts == [9, 0]


def test_lost_runs_have_reached_nothing():
    race = gdsim.descend("himmelblau", gdsim.GradientDescent(learning_rate=0.03), restarts=50, seed=1, steps=200)
    lost = race.kinds[0] == Kind.DIVERGED
    assert 0 < lost.sum() < 51
    assert race.reached.lost[0].tolist() == lost.tolist()
    assert not race.reached.best[0, lost].any()
    assert f"{lost.sum()} diverged" in [str(group) for group in tally(race, 0)]
    # even if it was there before
    there = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), restarts=4, steps=300)
    assert there.reached.counts[0] == 5
    for kind in (Kind.DIVERGED, Kind.LEFT_DOMAIN):
        kinds = there.kinds.copy()
        kinds[0, 2] = kind
        told = dataclasses.replace(there, kinds=kinds).reached
        assert told.counts[0] == 4
        assert told.word(0, 2) == "lost"


def test_where_all_are_lost_there_is_no_lowest():
    race = gdsim.descend("x^2 + y^2", gdsim.GradientDescent(learning_rate=9.0), restarts=3, steps=900)
    reached = race.reached
    assert np.isnan(reached.value)
    assert (reached.counts[0], reached.lost.sum()) == (0, 4)
    assert [str(group) for group in tally(race, 0)] == ["4 diverged"]


def test_the_nearest_minimum_counts_and_its_value():
    # at these bounds the minima at 3 and at 840 lie within a thousandth of the bounds of each other
    race = gdsim.descend(
        "goldstein_price",
        gdsim.GradientDescent(learning_rate=1e-6),
        start=(1.2, 0.8),
        steps=50,
        bounds=((-1000, 1000), (-1000, 1000)),
    )
    assert race.losses[-1, 0, 0] == pytest.approx(840)
    assert race.reached.word(0, 0) == "local minimum"
    assert race.reached.counts[0] == 0


def test_distances_go_by_the_width_of_each_bound():
    narrow = gdsim.objective(
        lambda p: 1e-6 * p[0] ** 2 + p[1] ** 2, bounds=((-1e5, 1e5), (-1, 1)), minima=[gdsim.Minimum((0.0, 0.0), 0.0)]
    )
    still = gdsim.GradientDescent(learning_rate=1e-12)
    # 90 is nothing of 200000, 0.5 is a quarter of 2
    assert gdsim.descend(narrow, still, start=(90.0, 0.0), steps=1).reached.counts[0] == 1
    assert gdsim.descend(narrow, still, start=(0.0, 0.5), steps=1).reached.counts[0] == 0


def test_a_race_without_optimizers_or_restarts():
    nobody = gdsim.Experiment(optimizers=(), steps=3).run()
    assert nobody.reached.counts.tolist() == []
    assert nobody.reached.counts_at.shape[0] == 0
    alone = gdsim.descend("bowl", gdsim.GradientDescent(learning_rate=0.1), steps=200)
    assert alone.reached.counts.tolist() == [1]


def test_the_tally_counts_every_run_once_and_in_the_words_of_its_outcome():
    race = gdsim.descend(
        "himmelblau",
        gdsim.GradientDescent(learning_rate=0.022),
        restarts=50,
        steps=60,
        seed=1,
        bounds=((-6, 6), (-6, 6)),
    )
    groups = tally(race, 0)
    assert sum(group.count for group in groups) == 51
    outcomes = [race.outcome(0, r) for r in range(51)]
    told = {str(group).split(" ", 1)[1]: group.count for group in groups}
    assert told["at a global minimum"] == race.reached.counts[0]
    assert told["diverged"] == sum(outcome.kind is Kind.DIVERGED for outcome in outcomes)
    assert len(told) > 2


ALL = [
    Outcome(kind, 7, ground, ascent, motion)
    for kind, ground, motion, ascent in product(Kind, Ground, Motion, (False, True))
]


def test_there_are_words_for_every_outcome():
    race = gdsim.descend("monkey_saddle", "gd", restarts=3, steps=2)
    for outcome in ALL:
        (group,) = tally_of(race.reached, 0, [outcome] * 4)
        assert group.count == 4
        assert str(group) == group.template.format(count=4)
        if outcome.kind in (Kind.DIVERGED, Kind.LEFT_DOMAIN, Kind.CANCELLED):
            said = {"left_domain": "4 left the domain"}.get(outcome.kind, f"4 {outcome.kind}")
            endless = outcome.kind is Kind.DIVERGED and outcome.motion is Motion.RUNAWAY
            assert str(group) == (("4 rose" if outcome.ascent else "4 fell") + " without end" if endless else said)
        if outcome.kind is Kind.OUT_OF_STEPS:
            # at step 10 nobody is told that they are out of steps
            assert "out of steps" not in str(group)
            assert (" at a " in str(group)) is False
        if outcome.kind is Kind.CONVERGED and "global minimum" in outcome.ground:
            assert str(group) == "4 at a global minimum"


def test_the_order_of_the_words_is_the_same_whatever_the_counts():
    race = gdsim.descend("monkey_saddle", "gd", restarts=3, steps=2)
    at, lost = Outcome(Kind.CONVERGED, 5, Ground.LOCAL_MINIMUM), Outcome(Kind.DIVERGED, 5)
    for outcomes in ([at, lost, lost, lost], [lost, at, at, at]):
        words = [group.template for group in tally_of(race.reached, 0, outcomes)]
        assert words == ["{count} at a local minimum", "{count} diverged"]


def test_five_thousand_restarts():
    rules = [gdsim.Adam(learning_rate=0.1), gdsim.GradientDescent(learning_rate=0.03)]
    race = gdsim.descend("himmelblau", rules, restarts=5000, steps=100)
    assert race.runs > MOST_TOLD
    for o in range(2):
        count = sum(ended_at(race, o, minimum.position, 0.01 * 2**0.5).sum() for minimum in race.objective.minima)
        assert race.reached.counts[o] == count > 0
        groups = tally(race, o)
        assert groups == rough_tally(race, o)
        assert sum(group.count for group in groups) == 5001
        assert str(groups[0]) == f"{count} at a global minimum"
    assert sum(race.kinds[1] == Kind.DIVERGED) == groups[-1].count


def test_without_a_look_the_same_runs_are_told_in_fewer_words():
    race = gdsim.descend("three_hump_camel", RULES, restarts=40, steps=300)
    for o in range(len(RULES)):
        rough, full = rough_tally(race, o), tally(race, o)
        assert sum(group.count for group in rough) == sum(group.count for group in full) == 41
        for words in ("at a global minimum", "diverged"):
            counts = [[g.count for g in groups if g.template.endswith(words)] for groups in (rough, full)]
            assert counts[0] == counts[1]
