"""Methods in a race: counted, kept, stopped in time, and refused where they cannot be."""

import time

import numpy as np
import pytest

import gdsim
from gdsim import GdsimError, Kind
from gdsim.optimizers import METHODS
from gdsim.simulation import descend as descending
from gdsim.simulation.methods import follow as following

KEYS = [method.key for method in METHODS]
BOTH_PATHS = pytest.mark.parametrize("float_runs", [8, 0], ids=["floats", "arrays"])
HARD = [
    ("log(x^2 + y^2)", (1, 1)),
    ("sqrt(x)*(x - 2)^2 + y^2", (0.5, 3)),
    ("3 + 0*x*y", (1, 1)),
    ("x^2 - y^2", (1, 0.5)),
    ("abs(x) + abs(y)", (1, 0.3)),
    ("1/(x^2 + y^2)", (1, 1)),
    ("exp(exp(x)) + y^2", (5, 1)),
    ("x^3", (1,)),
    ("log(x)", (-1,)),
    ("exp(-x^2)", (3,)),
    ("floor(x) + y^2", (1.5, 1)),
    ("tan(x) + y^2", (1, 1)),
]


@BOTH_PATHS
@pytest.mark.parametrize("key", KEYS)
def test_beside_rules_it_does_the_same_as_alone(key, float_runs, monkeypatch):
    monkeypatch.setattr(descending, "FLOAT_RUNS", float_runs)
    together = gdsim.descend("himmelblau", ["adam", key, "gd"], (0, 0), restarts=3, steps=70)
    alone = [gdsim.descend("himmelblau", each, (0, 0), restarts=3, steps=70) for each in ("adam", key, "gd")]
    for o, race in enumerate(alone):
        np.testing.assert_array_equal(together.positions[:, o], race.positions[:, 0])
        np.testing.assert_array_equal(together.kinds[o], race.kinds[0])
        np.testing.assert_array_equal(together.ended[o], race.ended[0])
    assert not together.positions.flags.writeable


@pytest.mark.parametrize("key", KEYS)
def test_adding_a_restart_changes_no_other_run(key):
    few, many = (gdsim.descend("rastrigin", key, restarts=n, steps=40) for n in (1, 3))
    np.testing.assert_array_equal(few.positions, many.positions[..., :2])


@pytest.mark.parametrize(("function", "start"), HARD)
@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_too_hard(key, function, start):
    race = gdsim.descend(function, key, start, steps=60, restarts=2)
    assert [str(outcome) for outcome in race.outcomes[0]]
    assert race.evaluations.total[-1].max() < 100_000


@pytest.mark.parametrize("key", KEYS)
def test_uphill_it_does_what_it_does_on_the_negative_downhill(key):
    up = gdsim.descend("-(x - 1)^2 - 3*(y + x)^2", key, (3, 1), direction="ascent", steps=300)
    down = gdsim.descend("(x - 1)^2 + 3*(y + x)^2", key, (3, 1), steps=300)
    np.testing.assert_allclose(up.positions, down.positions, rtol=1e-9, atol=1e-9)
    assert "maximum" in str(up.outcome(0, 0))


@pytest.mark.parametrize("key", KEYS)
def test_it_stands_where_its_steps_are_used_up(key):
    short, long = (gdsim.descend("rosenbrock", key, (-1.5, 2), steps=n) for n in (5, 9))
    np.testing.assert_array_equal(short.positions, long.positions[:6])
    counts = [np.array(race.evaluations)[:, :5, 0, 0] for race in (short, long)]
    np.testing.assert_array_equal(*counts)


@pytest.mark.parametrize("key", [k for k in KEYS if k != "powell"])
def test_a_hundred_variables(key):
    race = gdsim.descend("rosenbrock", key, options={"dimension": 100}, steps=5)
    assert race.positions.shape == (6, 1, 100, 1)
    assert race.losses[-1, 0, 0] < race.losses[0, 0, 0]


def test_evaluations_of_rules_are_a_gradient_a_step():
    entries = [gdsim.Entry("gd"), gdsim.Entry("gd", schedule=gdsim.ReduceOnPlateau())]
    race = gdsim.descend("bowl", entries, (1, 2), steps=4, tolerance=0)
    np.testing.assert_array_equal(race.evaluations.gradients[:, 0, 0], range(5))
    assert race.evaluations.values[-1, :, 0].tolist() == [0, 4]
    assert not race.evaluations.hessians.any()
    assert race.tried(0, 0, 1).shape == (2, 0)
    assert race.simplex(0, 0, 1) is None


def test_the_points_tried_are_found_again_where_they_were_too_many_to_keep(monkeypatch):
    kept = gdsim.descend("himmelblau", ["nelder_mead", "wolfe"], (0, 0), steps=30)
    monkeypatch.setattr(following, "_ROOM", 10)
    again = gdsim.descend("himmelblau", ["nelder_mead", "wolfe"], (0, 0), steps=30)
    assert again.records[0, 0].marks is None
    for o, step in ((0, 1), (0, 20), (1, 7)):
        np.testing.assert_array_equal(again.tried(o, 0, step), kept.tried(o, 0, step))
    np.testing.assert_array_equal(again.simplex(0, 0, 9), kept.simplex(0, 0, 9))


@pytest.mark.parametrize("key", KEYS)
def test_it_stops_soon(key):
    experiment = gdsim.Experiment("rosenbrock", restarts=500, steps=20000, tolerance=0, optimizers=(gdsim.Entry(key),))
    asked, stopped = [], []

    def pulse(share):
        asked.append(time.thread_time())
        if len(asked) == 20:
            stopped.append(time.thread_time())
        return len(asked) >= 20

    race = experiment.run(pulse)
    assert time.thread_time() - stopped[0] < 0.5 + 0.25  # a quarter of a second to end in good order
    assert (race.kinds == Kind.CANCELLED).any()


def test_progress_goes_from_nothing_to_all():
    shares = []
    gdsim.Experiment("himmelblau", restarts=9, optimizers=(gdsim.Entry("bfgs"), gdsim.Entry("gd"))).run(
        lambda share: shares.append(share)
    )
    assert shares == sorted(shares)
    assert 0 <= shares[0] < 0.2
    assert shares[-1] == 1


def test_what_cannot_be_is_said_before_the_race():
    with pytest.raises(GdsimError, match="noise must be 0"):
        gdsim.Experiment("bowl", noise=0.1, optimizers=(gdsim.Entry("bfgs"),))
    with pytest.raises(GdsimError, match="batch must be 0"):
        gdsim.Experiment("linear", batch=4, optimizers=(gdsim.Entry("newton"),))
    with pytest.raises(GdsimError, match="at most 1000 parameters will do: take L-BFGS"):
        gdsim.Experiment("network", options={"hidden": (40, 40)}, optimizers=(gdsim.Entry("newton"),))
    with pytest.raises(GdsimError, match="no schedule"):
        gdsim.Entry("wolfe", schedule=gdsim.Cosine())
    with pytest.raises(GdsimError, match="no clipping"):
        gdsim.Entry("cg", clip=1.0)
    gdsim.Experiment("bowl", noise=0.1, optimizers=(gdsim.Entry("bfgs", enabled=False), gdsim.Entry("gd")))


def test_shared_values_pass_it_by():
    plain = gdsim.descend("himmelblau", "bfgs", (0, 0))
    shared = gdsim.descend("himmelblau", "bfgs", (0, 0), learning_rate=0.3, schedule=gdsim.Cosine(), clip=1.0)
    np.testing.assert_array_equal(plain.positions, shared.positions)
    assert np.isnan(plain.learning_rates(0)).all()


@pytest.mark.parametrize("key", KEYS)
def test_models(key):
    race = gdsim.descend("logistic", key, (0.1, 0.2, 0.1), data="blobs", steps=60)
    assert race.losses[-1, 0, 0] < race.losses[0, 0, 0]
    assert race.evaluations.total[-1, 0, 0] < 20_000


def test_a_method_that_gave_up_says_so():
    race = gdsim.descend("abs(x) + abs(y)", "bfgs", (1, 0.3), steps=60)
    assert str(race.outcome(0, 0)) == "found no further step"
    assert race.gave_up(0, 0)
