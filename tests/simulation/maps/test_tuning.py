"""Tuning: the same budget for every optimizer, and what is said of the result."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gdsim
from gdsim import Entry, GdsimError, descend
from gdsim.optimizers import RULES
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.tuning import Containment, expected_best
from gdsim.simulation.maps.tuning_rule import drawn_settings, usual_ranges


@pytest.fixture(scope="module")
def found():
    return gdsim.tune("rosenbrock", ["gd", "momentum", "adam"], tries=32, starts=4, restarts=10, steps=200, seed=5)


def test_the_result_is_the_race_with_the_best_settings(found):
    race = found.experiment.run()
    for o, each in enumerate(found.optimizers):
        assert found.experiment.racing[o].values.items() >= each.setting.items()
        losses = np.where(race.reached.lost[o], np.inf, race.losses[-1, o])
        np.testing.assert_array_equal(each.after.loss, losses)
        np.testing.assert_array_equal(each.after.reached, race.reached.best[o])


def test_before_is_the_race_as_it_was(found):
    race = descend("rosenbrock", ["gd", "momentum", "adam"], restarts=10, steps=200, seed=5)
    for o, each in enumerate(found.optimizers):
        np.testing.assert_array_equal(each.before.loss, np.where(race.reached.lost[o], np.inf, race.losses[-1, o]))


def test_every_optimizer_has_the_same_budget_and_keeps_the_best(found):
    for each in found.optimizers:
        assert each.tried.shape == (32, len(each.axes))
        assert each.scores[each.best] == each.scores.min()
        # the setting it had is one of those that are tried
        rule = RULES[each.entry.key]()
        assert each.tried[0].tolist() == [getattr(rule, axis.name) for axis in each.axes]
        for axis, column in zip(each.axes, each.tried.T, strict=True):
            assert (column[1:] >= axis.low).all()
            assert (column[1:] <= axis.high).all()


def test_it_repeats_exactly_and_follows_its_own_seed():
    runs = [gdsim.tune("bowl", ["momentum"], tries=16, starts=2, steps=50, search_seed=seed) for seed in (1, 1, 2)]
    one, again, other = (run.optimizers[0] for run in runs)
    np.testing.assert_array_equal(one.tried, again.tried)
    np.testing.assert_array_equal(one.scores, again.scores)
    assert (one.tried[1:] != other.tried[1:]).all()


def test_tuned_gradient_descent_comes_near_the_best_rate():
    found = gdsim.tune("x^2 + 10*y^2", ["gd"], (1, 1), tries=200, starts=4, steps=100, criterion="loss")
    assert found.optimizers[0].setting["learning_rate"] == pytest.approx(2 / 22, rel=0.1)
    assert not found.containments


def test_steps_and_reached_are_criteria_of_their_own():
    steps = gdsim.tune("bowl", ["gd"], tries=64, starts=3, steps=100, criterion="steps").optimizers[0]
    assert steps.scores[steps.best] == pytest.approx(1, abs=10)
    hits = gdsim.tune("rastrigin", ["momentum"], tries=64, starts=20, steps=300, criterion="reached").optimizers[0]
    assert -1 <= hits.scores[hits.best] < 0


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_expected_best_is_the_mean_over_all_choices(scores):
    from itertools import combinations

    found = expected_best(np.array(scores))
    for k in range(1, len(scores) + 1):
        bests = [min(chosen) for chosen in combinations(scores, k)]
        assert found[k - 1] == pytest.approx(sum(bests) / len(bests), rel=1e-9, abs=1e-12)


def test_expected_best_is_infinite_while_all_tries_may_fail():
    found = expected_best(np.array([1.0, np.inf, np.inf, 3.0]))
    assert np.isinf(found[:2]).all()
    assert found[2:].tolist() == pytest.approx([(3 * 1 + 3) / 4, 1])


def test_the_larger_optimizer_is_compared_with_what_it_contains(found):
    (pair,) = found.containments
    assert (pair.larger, pair.smaller) == ("momentum", "gd")
    assert not Containment("momentum", "gd", worse=5, better=4).is_worse
    assert Containment("momentum", "gd", worse=9, better=1).is_worse
    assert not Containment("momentum", "gd", worse=0, better=0).is_worse


def test_a_momentum_alone_holds_no_gradient_descent():
    ranges = {"rmsprop": [("learning_rate", 0.01, 1), ("momentum", 0, 0.9)]}
    found = gdsim.tune("bowl", ["gd", "rmsprop", "nesterov"], tries=3, starts=1, steps=20, ranges=ranges)
    assert [(pair.larger, pair.smaller) for pair in found.containments] == [("nesterov", "gd")]


def test_how_long_a_rule_remembers_is_searched():
    assert [words[0] for words in usual_ranges(RULES["rmsprop"]())] == ["learning_rate", "decay"]
    assert [words[0] for words in usual_ranges(RULES["adagrad"]())] == ["learning_rate"]


def test_a_budget_too_small_for_momentum_is_said():
    """It finds nothing as good as gradient descent where its range of η holds only what diverges."""
    found = gdsim.tune(
        "bowl",
        [Entry("gd", {"learning_rate": 0.3}), Entry("momentum", {"learning_rate": 30})],
        tries=4,
        starts=2,
        restarts=20,
        steps=50,
        ranges={"momentum": [("learning_rate", 20, 40), ("momentum", 0, 0.5)]},
    )
    assert found.containments[0].is_worse


def test_settings_are_spread_evenly():
    axes = (
        axis_of(("learning_rate", 1e-4, 1), RULES["momentum"], "x"),
        axis_of(("momentum", 0, 1), RULES["momentum"], "y"),
    )
    values = drawn_settings(axes, 256, 3)
    cells = (np.log10(values["learning_rate"]) + 4) // 0.5 * 8 + values["momentum"] // 0.125
    assert len(np.unique(cells)) == 64
    first = {name: column[:20] for name, column in values.items()}
    assert all(np.array_equal(first[name], column) for name, column in drawn_settings(axes, 20, 3).items())


@pytest.mark.parametrize("key", list(RULES))
def test_usual_ranges_are_axes(key):
    rule = RULES[key]()
    names = [axis_of(words, rule, "x").name for words in usual_ranges(rule)]
    assert names[0] == "learning_rate"
    assert len(names) == len(set(names))


def test_stopping_keeps_what_was_tried():
    found = gdsim.tune("rastrigin", ["gd", "adam"], tries=64, starts=4, steps=400, pulse=lambda share: share > 0.3)
    assert not found.is_whole
    assert len(found.optimizers) == 2
    assert found.optimizers[1].best == 0


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("tries must be from 2 to 10,000", {"tries": 1}),
        ("starts must be from 1", {"starts": 0}),
        ("criterion must be loss, steps or reached, not 'best'", {"criterion": "best"}),
        ("ranges are given for adam, which does not race: gd do", {"ranges": {"adam": [("learning_rate", 0.1, 1)]}}),
        ("ranges of gd: 1 … 0.1 is no range", {"ranges": {"gd": [("learning_rate", 1, 0.1)]}}),
        ("stands there twice", {"ranges": {"gd": [("learning_rate", 0.1, 1)] * 2}}),
        ("steps are", {"tries": 10_000, "starts": 10_000, "steps": 1_000_000}),
    ],
)
def test_bad_rules_are_named(words, arguments):
    with pytest.raises(GdsimError, match=words):
        gdsim.tune("bowl", ["gd"], **arguments)


def test_noise_of_the_search_is_not_that_of_the_race():
    found = gdsim.tune("bowl", ["gd"], tries=2, starts=1, steps=20, noise=1.0, seed=0, search_seed=0)
    assert math.isfinite(found.optimizers[0].scores[0])
    race = descend("bowl", ["gd"], steps=20, noise=1.0)
    assert found.optimizers[0].before.loss[0] == race.losses[-1, 0, 0]


def test_expected_best_of_very_many_tries_of_which_some_failed():
    scores = np.concatenate([np.arange(1500.0), np.full(500, np.inf)])
    found = expected_best(scores)
    # no more than 500 tries may all have failed
    assert np.isinf(found[:500]).all()
    assert np.isfinite(found[500:]).all()
    assert (np.diff(found[500:]) <= 1e-9).all()
    assert found[-1] == 0


def test_what_is_contained_is_compared_by_the_criterion_of_the_search():
    """Tuned for few steps it may end a little higher, and is no worse for that."""
    for criterion in ("loss", "steps", "reached"):
        found = gdsim.tune(
            "himmelblau", ["gd", "momentum"], tries=24, starts=4, restarts=12, steps=200, criterion=criterion
        )
        gd, momentum = (each.after.judged(found.rule.criterion) for each in found.optimizers)
        (pair,) = found.containments
        with np.errstate(invalid="ignore"):
            alike = (momentum == gd) | (np.abs(momentum - gd) <= 1e-6 * np.maximum(1, np.abs(gd)))
        assert pair.worse == np.count_nonzero((momentum > gd) & ~alike)
        assert pair.better == np.count_nonzero((momentum < gd) & ~alike)
