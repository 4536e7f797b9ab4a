"""Callables of somebody else's: in whatever way they take points, each point gets its own value."""

from types import SimpleNamespace

import numpy as np
import pytest

import gdsim
from gdsim.errors import GdsimError
from gdsim.objectives.surfaces.asking import COLUMNS, ROWS, SINGLY

MATRIX = np.array([[2.0, 0.5], [0.5, 1.0]])


def _loops(x):
    return sum(float(v) * float(v) for v in np.ravel(x)) if np.ndim(x) == 1 else 1 / 0


def _branches(x):
    return x[0] ** 2 if x[0] > 0 else x[1] ** 2


def _coupled(x):
    return x[0] ** 2 + x[1] - x[1].mean()


SQUARES = {
    "all at once": (lambda x: np.sum(x**2), SINGLY),
    "norm": (lambda x: np.linalg.norm(x) ** 2, SINGLY),
    "the last axis": (lambda x: np.sum(x**2, axis=-1), ROWS),
    "rows": (lambda x: np.sum(x**2, axis=1), ROWS),
    "columns of rows": (lambda x: x[:, 0] ** 2 + x[:, 1] ** 2, ROWS),
    "columns": (lambda x: x[0] ** 2 + x[1] ** 2, COLUMNS),
    "a list": (lambda x: [a * a + b * b for a, b in x.T], COLUMNS),
    "one row": (lambda x: np.sum(x**2, axis=0)[None], COLUMNS),
    "a loop": (_loops, SINGLY),
}


@pytest.mark.parametrize("name", SQUARES)
def test_each_point_gets_its_own_value(name):
    function, way = SQUARES[name]
    objective = gdsim.objective(function, bounds=((-5, 5), (-5, 5)))
    assert objective.value(np.array([[3.0, 1.0], [4.0, 1.0]])).tolist() == pytest.approx([25, 2], rel=1e-15)
    assert objective._value.way == way
    for n in (1, 2, 3, 7):
        points = np.random.default_rng(n).normal(size=(2, n))
        np.testing.assert_allclose(objective.value(points), (points**2).sum(axis=0))
        np.testing.assert_allclose(objective.gradient(points), 2 * points, rtol=1e-6, atol=1e-8)


def test_what_holds_no_columns():
    where = np.array([[3.0, -1.0, -2.0], [4.0, 1.0, 5.0]])
    assert gdsim.objective(_branches).value(where).tolist() == [9, 1, 25]
    # what is said of a point may not depend on those beside it
    assert gdsim.objective(_coupled).value(where).tolist() == [9, 1, 4]
    form = gdsim.objective(lambda x: x @ MATRIX @ x)
    np.testing.assert_allclose(form.value(where), [(p @ MATRIX @ p) for p in where.T])
    assert gdsim.objective(lambda x: x**2, bounds=((-1, 1),)).value(np.array([[1.0, 2.0]])).tolist() == [1, 4]


def test_a_constant_need_not_say_itself_for_every_point():
    flat = gdsim.objective(lambda x: 3, lambda x: [0, 1], lambda x: np.zeros((2, 2)))
    points = np.ones((2, 5))
    assert flat.value(points).tolist() == [3] * 5
    assert flat.gradient(points).tolist() == [[0] * 5, [1] * 5]
    assert flat.hessian(points).shape == (2, 2, 5)


def test_a_noisy_callable_is_believed():
    noise = np.random.default_rng(0)
    objective = gdsim.objective(lambda x: x[0] + noise.normal(size=x.shape[1:]))
    assert objective.value(np.zeros((2, 4))).shape == (4,)
    assert objective._value.way == COLUMNS


def test_gradients_of_rows_and_of_single_points():
    def rows(x):
        return np.stack([2 * x[:, 0], 8 * x[:, 1]], axis=1)

    points = np.array([[3.0, 1.0], [4.0, 2.0]])  # as many as coordinates
    for gradient in (rows, lambda x: np.array([2 * x[0], 8 * x[1]]), lambda x: [2 * float(x[0]), 8 * float(x[1])]):
        objective = gdsim.objective(lambda x: x[0] ** 2 + 4 * x[1] ** 2, gradient)
        assert objective.gradient(points).tolist() == [[6, 2], [32, 16]]
    hessian = gdsim.objective(np.sum, None, lambda x: np.diag(6 * x))
    assert hessian.hessian(points).tolist() == [[[18, 6], [0, 0]], [[0, 0], [24, 12]]]


def test_a_race_of_a_callable_that_takes_single_points():
    plain = gdsim.descend(gdsim.objective(lambda x: np.sum(x**2)), ["gd"], start=(3, 4), restarts=2, steps=30)
    whole = gdsim.descend(gdsim.objective(lambda x: np.sum(x**2, axis=0)), ["gd"], start=(3, 4), restarts=2, steps=30)
    np.testing.assert_allclose(plain.positions, whole.positions, rtol=1e-9, atol=1e-9)


class _Ioh:
    """As ioh's: points as rows, nan for points of another length."""

    def __init__(self, direction="MIN", place=(0.25, -1.5), value=79.0):
        kind = SimpleNamespace(name=direction)
        self.meta_data = SimpleNamespace(name="Sphere", n_variables=2, optimization_type=kind)
        self.bounds = SimpleNamespace(lb=np.array([-4.0, -5.0]), ub=np.array([4.0, 5.0]))
        self.optimum = SimpleNamespace(x=np.array(place), y=value)
        self._sign = 1 if direction == "MIN" else -1

    def __call__(self, x):
        points = np.atleast_2d(x)
        values = 79 + self._sign * ((points - [0.25, -1.5]) ** 2).sum(axis=1) if points.shape[1] == 2 else None
        found = np.full(len(points), np.nan) if values is None else values
        return float(found[0]) if np.ndim(x) == 1 else found


class _Coco:
    """As cocoex's: one point at a time."""

    name, dimension = "BBOB suite problem f1 instance 1 in 2D", 2
    number_of_constraints = 0
    lower_bounds, upper_bounds = np.array([-5.0, -5.0]), np.array([5.0, 5.0])

    def __init__(self, objectives=1):
        self.number_of_objectives = objectives

    def __call__(self, x):
        if np.shape(x) != (2,):
            raise ValueError("Buffer has wrong number of dimensions (expected 1)")
        return np.float64(np.sum((np.asarray(x) - 1) ** 2))


class _Bare:
    """As cocoex.BareProblem: no box, and an optimum that is told by methods."""

    id, dimension = "bbob_f001_i01_d02", 2

    def best_parameter(self):
        return np.array([1.0, 1.0])

    def best_value(self):
        return 0.0

    def __call__(self, x):
        assert np.shape(x) == (2,)  # it reads beyond the end of what is shorter
        return float(np.sum((np.asarray(x) - 1) ** 2))


def test_a_problem_of_ioh_works_as_it_is_given():
    objective = gdsim.objective(_Ioh())
    assert objective.title == "Sphere"
    assert objective.bounds.tolist() == [[-4, 4], [-5, 5]]
    assert objective.minima == (gdsim.Minimum((0.25, -1.5), 79.0),)
    assert objective.value(np.array([[0.25, 1.25], [-1.5, -1.5]])).tolist() == [79, 80]
    race = gdsim.descend(objective, "gd", steps=200, learning_rate=0.1)
    assert str(race.outcomes[0][0]).startswith("converged")
    np.testing.assert_allclose(race.positions[-1, 0, :, 0], (0.25, -1.5), atol=1e-6)
    assert gdsim.objective(_Ioh(), bounds=((-1, 1), (-2, 2))).bounds.tolist() == [[-1, 1], [-2, 2]]


def test_a_problem_may_be_one_of_a_maximum_or_not_tell_of_its_optimum():
    highest = gdsim.objective(_Ioh("MAX"))
    assert not highest.minima
    assert highest.maxima[0].position == (0.25, -1.5)
    assert not gdsim.objective(_Ioh(place=(np.nan, np.nan), value=-np.inf)).minima


def test_a_problem_of_coco_works_as_it_is_given():
    objective = gdsim.objective(_Coco())
    assert objective.title == "BBOB suite problem f1 instance 1 in 2D"
    assert objective.bounds.tolist() == [[-5, 5], [-5, 5]]
    assert objective.value(np.array([[1.0, 2.0, 1.0], [1.0, 3.0, 0.0]])).tolist() == [0, 5, 1]
    bare = gdsim.objective(_Bare())
    assert (bare.title, bare.minima) == ("bbob_f001_i01_d02", (gdsim.Minimum((1.0, 1.0), 0.0),))
    assert bare.value(np.array([[1.0, 2.0], [1.0, 3.0]])).tolist() == [0, 5]
    with pytest.raises(GdsimError, match="a problem with number_of_objectives 1, not 2: BBOB suite problem f1"):
        gdsim.objective(_Coco(objectives=2))


def test_a_bare_callable_is_told_what_makes_a_function_of_it():
    with pytest.raises(GdsimError, match=r"of a Python function gdsim\.objective makes one"):
        gdsim.descend(lambda p: p[0] ** 2 + p[1] ** 2, "gd")
