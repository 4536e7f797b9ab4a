"""Sweeps over η, and the range test."""

import numpy as np
import pytest

import gdsim
from gdsim import Cosine, Entry, Experiment, GdsimError, descend
from gdsim.simulation.maps.range_tests import range_test


def test_every_run_of_a_sweep_is_the_race_with_its_rate():
    found = gdsim.sweep(
        "himmelblau",
        ["gd", Entry("adam", schedule=Cosine())],
        rates=(0.001, 1),
        count=5,
        steps=60,
        restarts=3,
        seed=2,
        noise=0.1,
    )
    assert found.loss.shape == (2, 5, 4)
    for k, rate in enumerate(found.rates):
        single = descend(
            "himmelblau",
            ["gd", Entry("adam", schedule=Cosine())],
            steps=60,
            restarts=3,
            seed=2,
            noise=0.1,
            learning_rate=float(rate),
        )
        lost = single.kinds == "diverged"
        np.testing.assert_array_equal(found.loss[:, k], np.where(lost, np.inf, single.losses[-1]))
        np.testing.assert_array_equal(found.steps[:, k], single.ended)


def test_width_of_workable_rates_of_gradient_descent():
    """On x² with curvature 2 it converges from |1 − 2η|ⁿ small enough on up to η = 1."""
    found = gdsim.sweep("x^2", ["gd"], (1.0,), rates=(1e-3, 10), count=2001, steps=100, tolerance=1e-6)
    # 2|x| ≤ 1e-6 and a step no longer: |1 − 2η|¹⁰⁰ ≤ 5e-7, from η = 0.0676 to 0.9324
    edge = (1 - 5e-7**0.01) / 2
    assert found.widths[0] == pytest.approx(np.log10((1 - edge) / edge), abs=0.01)
    assert found.best_rate(0) == pytest.approx(0.5, rel=0.01)


def test_a_target_in_place_of_the_tolerance():
    arguments = {"rates": (1e-4, 10), "count": 61, "steps": 200, "tolerance": 0.0}
    settled = gdsim.sweep("bowl", ["rmsprop"], (-3, 4), **arguments)
    assert settled.widths[0] == 0
    assert gdsim.sweep("bowl", ["rmsprop"], (-3, 4), target=0.5, **arguments).widths[0] > 0.5


def test_a_lone_rate_has_no_width():
    found = gdsim.sweep("x^2", ["gd"], (1.0,), rates=(0.5, 50), count=2, steps=100)
    assert found.workable[0].tolist() == [True, False]
    assert found.widths[0] == 0


def test_quantiles_are_of_the_runs_and_lost_ones_infinite():
    found = gdsim.sweep("rosenbrock", ["gd"], rates=(1e-5, 10), count=7, steps=50, restarts=10)
    low, middle, high = found.loss_quantiles()[:, 0]
    assert (low <= middle).all()
    assert (middle <= high).all()
    assert np.isinf(high[-1])
    assert np.isfinite(low[0])
    assert middle[0] == np.sort(found.loss[0, 0])[5]


def test_range_test_of_gradient_descent_on_a_bowl():
    """One step with η multiplies x² by (1 − 2η)²: least where the products turn to grow, at η = 1."""
    experiment = Experiment(function="x^2", optimizers=(Entry("gd"),), start=(1.0,))
    found = range_test(experiment.course, experiment.lanes[0], experiment.starts[:, 0], 1e-4, 100, 121)
    assert found.rates[[0, -1]].tolist() == pytest.approx([1e-4, 100])
    x = np.cumprod(1 - 2 * found.rates[:50])
    np.testing.assert_allclose(found.losses[:50], x * x)
    assert found.at_least_loss == pytest.approx(1, rel=0.15)
    assert found.a_tenth == found.at_least_loss / 10
    assert 1e-3 < found.steepest < 0.5


def test_a_lost_run_has_no_loss_from_there_on():
    experiment = Experiment(function="x^4", optimizers=(Entry("gd"),), start=(3.0,))
    found = range_test(experiment.course, experiment.lanes[0], experiment.starts[:, 0], 0.1, 100, 60)
    lost = np.flatnonzero(np.isnan(found.losses))
    assert lost.size
    assert np.isnan(found.losses[lost[0] :]).all()
    assert np.isfinite(found.losses[: lost[0]]).all()


def test_bad_ranges_are_named():
    for words, arguments in (
        ("rates: 1 … 0.1 is no range", {"rates": (1, 0.1)}),
        ("rates is logarithmic: its lowest value must be above 0, not 0", {"rates": (0, 1)}),
        ("count must be from 2 to 2048", {"count": 1}),
        ("target must be a finite number", {"target": float("nan")}),
    ):
        with pytest.raises(GdsimError, match=words):
            gdsim.sweep("bowl", ["gd"], **arguments)


@pytest.mark.parametrize("restarts", [1, 3, 5])
def test_medians_of_an_even_number_of_runs_are_the_lower_ones(restarts):
    found = gdsim.sweep("himmelblau", "gd", rates=(1e-3, 0.1), count=3, steps=20, restarts=restarts)
    ordered = np.sort(found.loss, axis=-1)
    np.testing.assert_array_equal(found.loss_quantiles([0.5])[0], ordered[..., restarts // 2])
