"""The chance that a random restart reaches the global minimum, with its uncertainty."""

import math
from statistics import NormalDist

import numpy as np
import pytest

import gdsim
from gdsim.simulation.endings.chance import _Z, COVERED, Chance

# Brown, Cai, DasGupta, "Interval estimation for a binomial proportion", Stat. Sci. 16 (2001), give the formula; these
# figures are those of SciPy 1.17.1, binomtest(hits, tries).proportion_ci(0.95, "wilson")
FIGURES = [
    (3, 50, 0.0206150, 0.1621709),
    (11, 50, 0.1275392, 0.3524155),
    (1, 4, 0.0455873, 0.6993582),
    (0, 50, 0.0, 0.0713476),
    (50, 50, 0.9286524, 1.0),
]


@pytest.mark.parametrize(("hits", "tries", "low", "high"), FIGURES)
def test_the_interval_of_wilson(hits, tries, low, high):
    chance = Chance(hits, tries)
    assert chance.share == hits / tries
    assert chance.interval == pytest.approx((low, high), abs=1e-6)


def test_so_many_deviations_cover_so_much():
    assert pytest.approx(NormalDist().inv_cdf((1 + COVERED) / 2), rel=1e-15) == _Z


@pytest.mark.parametrize("tries", [1, 7, 50, 1000])
def test_it_is_where_the_estimate_is_as_far_off_as_chance_allows(tries):
    for hits in range(1, tries):
        for end in Chance(hits, tries).interval:
            assert 0 <= end <= 1
            assert abs(hits / tries - end) == pytest.approx(1.959964 * math.sqrt(end * (1 - end) / tries), rel=1e-5)


def test_the_run_from_the_chosen_start_does_not_count():
    race = gdsim.descend("himmelblau", [gdsim.Adam(learning_rate=0.1)], restarts=20, steps=800, tolerance=1e-8)
    assert race.reached.counts.tolist() == [21]
    assert race.reached.chance(0) == Chance(20, 20)
    # a start at a minimum that no restart finds says nothing on restarts
    race = gdsim.descend("rastrigin", ["gd"], (0.0, 0.0), restarts=30, steps=200, learning_rate=1e-3, seed=1)
    assert bool(race.reached.best[0, 0])
    hits = int(np.count_nonzero(race.reached.best[0, 1:]))
    assert race.reached.chance(0) == Chance(hits, 30)


def test_where_there_is_nothing_to_estimate():
    assert gdsim.descend("bowl", ["gd"], steps=5).reached.chance(0) is None
    unknown = gdsim.descend("sin(x)*sin(y) + 0.1*x^2 + 0.1*y^2", ["gd"], restarts=5, steps=5).reached
    assert not unknown.known
    assert unknown.chance(0) is None


def test_of_a_race_that_was_stopped_nothing_is_estimated():
    experiment = gdsim.Experiment("himmelblau", restarts=20, steps=100_000, tolerance=0.0)
    stopped = experiment.run(lambda share: share > 0).reached
    assert stopped.known
    assert stopped.cut_short
    assert stopped.chance(0) is None


def test_it_is_read_in_per_cent():
    assert Chance(3, 50).percents == ("6.0", "2.1", "16")
    assert Chance(0, 50).percents == ("0", "0", "7.1")
    assert Chance(50, 50).percents == ("100", "93", "100")
