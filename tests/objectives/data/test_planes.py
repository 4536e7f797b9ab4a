import numpy as np
import pytest
from differences import by_differences

import gdsim
from gdsim.errors import GdsimError
from gdsim.objectives.data import (
    DATASETS,
    SAMPLES,
    LogisticRegression,
    Network,
    Plane,
    Slice,
    batched,
    many,
    named_plane,
    principal_plane,
    random_plane,
)

NETWORK = Network.of(DATASETS["moons"].make(60), hidden=(4, 3))


def test_points_and_back():
    rng = np.random.default_rng(0)
    plane = Plane(*rng.normal(size=(3, 6)))
    u, v = rng.normal(size=(2, 4, 5))
    points = plane.points(u, v)
    assert points.shape == (6, 4, 5)
    np.testing.assert_allclose(plane.project(points), [u, v])
    np.testing.assert_allclose(plane.distance(points), 0, atol=1e-12)
    theta = rng.normal(size=6)
    foot = plane.points(*plane.project(theta))
    np.testing.assert_allclose(plane.distance(theta), np.linalg.norm(theta - foot))
    np.testing.assert_allclose((theta - foot) @ plane.directions, 0, atol=1e-12)
    with pytest.raises(GdsimError, match="not parallel"):
        Plane(theta, theta, -2 * theta)


def test_two_named_weights():
    model = LogisticRegression.of(SAMPLES["diabetes_high"].load(), standardise=True)
    plane = named_plane(model, "w_bp", "w_bmi", origin=[1, 2, 3, 4, 5])
    assert plane.points(0.5, -0.5).tolist() == [1, 2, -0.5, 0.5, 5]
    assert plane.project([9, 9, 7, 8, 9]).tolist() == pytest.approx([8, 7])
    with pytest.raises(GdsimError, match="unknown parameter 'w_bpm'; did you mean w_bp"):
        named_plane(model, "w_bpm", "b")
    with pytest.raises(GdsimError, match="twice"):
        named_plane(model, "b", "b")


def test_random_directions_are_as_long_as_the_weights():
    plane, again, other = (random_plane(NETWORK, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(plane.a, again.a)
    assert not np.array_equal(plane.a, other.a)
    start = np.array(NETWORK.start)
    for part in NETWORK.filters:
        for side in (plane.a, plane.b):
            np.testing.assert_allclose(np.linalg.norm(side[part]), np.linalg.norm(start[part]), rtol=1e-12)
    for objective in (many("rastrigin", 7), Network.of(DATASETS["moons"].make(60), init="zeros")):
        plane = random_plane(objective)
        half = np.ptp(objective.bounds, axis=1).mean() / 2
        np.testing.assert_allclose(np.linalg.norm(plane.directions, axis=0), half)


def test_principal_directions():
    rng = np.random.default_rng(3)
    objective = many("styblinski_tang", 9)
    sides = np.linalg.qr(rng.normal(size=(9, 3)))[0]
    walk = rng.normal(size=(40, 2, 3, 2)) * np.reshape([2.0, 1.0, 0.1], (3, 1))
    positions = np.einsum("ds,tosr->todr", sides, walk)
    positions[5, 0, :, 1] = np.inf
    positions[6, 0, :, 1] = 1e200
    plane = principal_plane(objective, positions)
    assert abs(plane.a @ sides[:, 0]) > 0.99
    assert abs(plane.b @ sides[:, 1]) > 0.99
    np.testing.assert_allclose(plane.explained, 5 / 5.01, rtol=2e-3)
    assert plane.shares[0] > plane.shares[1]
    # a run that never moved, and one that is lost altogether
    for still in (np.zeros((3, 1, 9, 1)), np.full((3, 1, 9, 1), np.nan)):
        assert principal_plane(objective, still).explained == 0
    race = gdsim.descend(NETWORK, "adam", steps=50)
    plane = principal_plane(NETWORK, race.positions)
    assert 0.5 < plane.explained <= 1
    assert plane.project(race.positions[-1, 0]).shape == (2, 1)


def test_the_objective_on_a_plane():
    training = batched(NETWORK, 10)
    plane = random_plane(NETWORK)
    seen = Slice(training, plane, ((-1, 1), (-1, 1)))
    at = np.random.default_rng(0).uniform(-1, 1, (2, 3))
    np.testing.assert_allclose(seen.value(at), NETWORK.value(plane.points(*at)))
    np.testing.assert_allclose(seen.gradient(at), by_differences(seen, at), atol=1e-8)
    assert seen.hessian(at).shape == (2, 2, 3)
    np.testing.assert_allclose(seen.at(3).value(at), training.at(3).value(plane.points(*at)))
    still = Slice(NETWORK, plane, ((-1, 1), (-1, 1)))
    assert still.at(3) is still


def test_known_minima_lie_in_the_plane_or_beside_it():
    objective = many("ackley", 4)
    box = [[-5, 5]] * 2
    through = Slice(objective, named_plane(objective, "x1", "x3", np.zeros(4)), box)
    assert [(known.position, known.value, known.corner) for known in through.minima] == [((0.0, 0.0), 0.0, True)]
    assert through.minima_beside == ()
    off = Slice(objective, named_plane(objective, "x1", "x3", (1, 2, 3, 4)), box)
    assert (off.minima, off.minima_beside[0].position) == ((), (0.0, 0.0))
