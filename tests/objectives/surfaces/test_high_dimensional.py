"""Functions of the catalogue in any number of dimensions."""

import subprocess
import sys

import numpy as np
import pytest

import gdsim
from gdsim import CentralDifference, Experiment, GdsimError
from gdsim.objectives.surfaces.high_dimensional import MANY, many
from gdsim.simulation.endings.critical_points import Ground, ground_near

#: Published minima (Surjanovic & Bingham): the coordinate, the same for all, and the value by dimension.
PUBLISHED = {
    "rosenbrock": (1.0, 0.0),
    "rastrigin": (0.0, 0.0),
    "ackley": (0.0, 0.0),
    "styblinski_tang": (-2.903534, -39.16616570377142),
    "griewank": (0.0, 0.0),
}


@pytest.mark.parametrize("key", MANY)
@pytest.mark.parametrize("dimension", [2, 3, 10, 100])
def test_derivatives_and_minima(key, dimension):
    objective = many(key, dimension)
    low, high = objective.bounds[0]
    at = np.random.default_rng(0).uniform(low, high, (dimension, 3))
    found = objective.gradient(at)
    differences = CentralDifference(1e-5).gradient(objective, at)
    assert np.abs(found - differences).max() <= 1e-9 * max(1e3, np.abs(found).max())
    place, value = PUBLISHED[key]
    assert objective.minima[0].position == pytest.approx([place] * dimension, abs=1e-6)
    assert objective.minima[0].value == pytest.approx(value * dimension, abs=1e-9)
    for known in objective.minima:
        place = np.array(known.position)
        assert np.abs(objective.gradient(place)).max() < 1e-10
        near = place[:, None] + np.random.default_rng(1).normal(0, 1e-3, (dimension, 20))
        assert (objective.value(near) > known.value).all()
    assert (objective.value(at) > objective.minima[0].value).all()
    assert np.isfinite(objective.gradient(np.array(objective.start))).all()
    objective.value(np.full(dimension, 1e300))


@pytest.mark.parametrize("key", MANY)
def test_curvatures(key):
    objective = many(key, 5)
    at = np.random.default_rng(0).uniform(-2, 2, (5, 2))
    for i in range(5):
        h = np.zeros((5, 1))
        h[i] = 1e-5
        differences = (objective.gradient(at + h) - objective.gradient(at - h)) / 2e-5
        np.testing.assert_allclose(objective.hessian(at)[i], differences, atol=1e-4)


@pytest.mark.parametrize("key", MANY)
def test_two_variables_are_those_of_the_catalogue(key):
    known = gdsim.FUNCTIONS[key]
    assert Experiment(key, options={"dimension": 2}).objective is known
    at = np.random.default_rng(0).uniform(-2, 2, (2, 9))
    ours = many(key, 2)
    np.testing.assert_allclose(ours.gradient(at), known.gradient(at), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.value(at), known.value(at), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("key", MANY)
def test_a_run_is_the_same_whoever_runs_beside_it(key):
    options = {"dimension": 17}
    alone = gdsim.descend(key, "adam", options=options, steps=40)
    among = gdsim.descend(key, ["gd", "adam"], options=options, steps=40, restarts=9)
    assert among.positions[:, 1, :, 0].tobytes() == alone.positions[:, 0, :, 0].tobytes()
    assert among.losses[:, 1, 0].tobytes() == alone.losses[:, 0, 0].tobytes()
    made = gdsim.descend(many(key, 17), "adam", steps=40)
    assert made.positions.tobytes() == alone.positions.tobytes()


def test_the_second_minimum_and_another_name():
    named = Experiment("rosenbrock", options={"dimension": 5}, name="Valley").objective
    assert (named.title, many("rosenbrock", 5).title) == ("Valley", "Rosenbrock")
    assert [known.is_global for known in named.minima] == [True, False]
    box = ((-1.0, 1.0),) * 5
    assert Experiment("rosenbrock", options={"dimension": 5}, bounds=box).objective.bounds.tolist() == [[-1, 1]] * 5


def test_the_next_dent_is_not_the_minimum():
    objective = many("rastrigin", 100)
    beside = np.zeros(100)
    beside[3] = 0.995
    assert ground_near(objective, beside) is Ground.SLOPE
    assert ground_near(objective, beside / 20) is Ground.GLOBAL_MINIMUM


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"options": {"dimension": 101}}, "rosenbrock.dimension must be from 2 to 100, not 101"),
        ({"options": {"dimension": 1}}, "rosenbrock.dimension must be from 2 to 100, not 1"),
        ({"options": {"dimension": 2.5}}, "rosenbrock.dimension must be a whole number, not 2.5"),
        ({"options": {"dimension": "many"}}, "rosenbrock.dimension must be a finite number, not 'many'"),
        ({"options": {"hidden": 3}}, "unknown option of rosenbrock 'hidden'; there are: dimension"),
        ({"options": {"dimension": 3}, "parameters": {"a": 1}}, "parameters belong to a typed function"),
        ({"options": {"dimension": 3}, "start": (1, 2)}, "start must be one number for each of x1, x2, x3"),
        (
            {"options": {"dimension": 30}, "bounds": [(1, 2)]},
            "bounds must be one pair (low, high) for each of x1, x2, x3, x4, x5, x6, …, not",
        ),
        ({"function": "himmelblau", "options": {"dimension": 3}}, "himmelblau has no options, and so no 'dimension'"),
        ({"function": "x^2 + y", "options": {"dimension": 3}}, "x^2 + y has no options"),
        ({"function": "rosenbrok", "options": {"dimension": 3}}, "unknown function 'rosenbrok'; did you mean"),
    ],
)
def test_bad_dimensions(fields, sentence):
    with pytest.raises(GdsimError) as caught:
        Experiment(**{"function": "rosenbrock"} | fields)
    assert str(caught.value).startswith(sentence)


def test_bad_keys():
    for key, dimension in (("ackley", 101), ("ackley", 0), ("rosenbrock", 1), ("ackly", 2)):
        with pytest.raises(GdsimError):
            many(key, dimension)


def test_a_race_in_ten_dimensions_needs_no_model():
    program = (
        "import sys, gdsim\n"
        "gdsim.descend('ackley', 'adam', options={'dimension': 10}, steps=3)\n"
        "print('gdsim.objectives.data' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
