"""Tests of who works out a surface, and which one is shown."""

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest

import gdsim
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.objectives import Source
from gdsim.objectives.data.planes import Slice, named_plane
from gdsim.simulation.sampling.landscape import COARSE, is_soon_there, survey

VIEW = (-1.0, 1.0, -1.0, 1.0)
LINE = gdsim.Experiment("linear").objective
LOGISTIC = gdsim.Experiment("logistic").objective


class Asked(QObject):
    """Stands for the worker: notes what it is asked for."""

    sampled = Signal(object)

    def __init__(self):
        super().__init__()
        self.requests = []

    def sample(self, *request):
        self.requests.append(request)

    def let_paint(self):
        self.paints = True


class Hand:
    holds = False


@pytest.fixture
def worker(app):
    return Asked()


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def surfaces(worker, hand):
    return Surfaces(worker, lambda: hand.holds)


@pytest.fixture
def shown(surfaces):
    found = []
    surfaces.came.connect(found.append)
    return found


def test_the_worker_is_asked(surfaces, worker, shown):
    surfaces.ask(LINE, VIEW)
    assert worker.requests == [(LINE, VIEW, False)]
    assert shown == []
    surface = survey(LINE, VIEW)
    worker.sampled.emit(surface)
    assert shown == [surface]


def test_a_coarse_one_of_little_work_is_there_at_once(surfaces, worker, shown, hand):
    late = survey(LINE, VIEW)
    surfaces.ask(LINE, VIEW)
    hand.holds = True
    surfaces.ask(LINE, VIEW)
    assert len(worker.requests) == 1
    assert [len(surface.x) for surface in shown] == [COARSE]
    np.testing.assert_array_equal(shown[0].lines, survey(LINE, VIEW, coarse=True).lines)
    # what was asked for before comes after it: it is of a function that is no more
    worker.sampled.emit(late)
    assert len(shown) == 1
    hand.holds = False
    surfaces.ask(LINE, VIEW)
    worker.sampled.emit(late)
    assert shown[1:] == [late]


def test_another_function_is_seen_coarsely_at_once_and_then_finely(surfaces, worker, shown):
    bowl, ravine = gdsim.Experiment("bowl").objective, gdsim.Experiment("rosenbrock").objective
    surfaces.ask(bowl, VIEW)
    assert shown == []  # the opening one has nothing before it that would be out of date
    surfaces.ask(ravine, VIEW)
    assert [len(surface.x) for surface in shown] == [COARSE]
    # what was asked for before comes after it: it is of a function that is no more
    worker.sampled.emit(survey(bowl, VIEW))
    assert len(shown) == 1
    # the fine one is asked for once the coarse one is painted
    assert worker.requests == [(bowl, VIEW, False)]
    QTest.qWait(30)
    assert worker.requests == [(bowl, VIEW, False), (ravine, VIEW, False)]
    fine = survey(ravine, VIEW)
    worker.sampled.emit(fine)
    assert shown[1:] == [fine]
    # another part of the same function is left to the worker
    surfaces.ask(ravine, (0.0, 1.0, 0.0, 1.0))
    assert len(shown) == 2
    assert worker.requests[2:] == [(ravine, (0.0, 1.0, 0.0, 1.0), False)]


def test_of_two_functions_soon_after_each_other_only_the_last_is_seen_finely(surfaces, worker, shown):
    functions = [gdsim.Experiment(key).objective for key in ("bowl", "rosenbrock", "himmelblau")]
    for function in functions:
        surfaces.ask(function, VIEW)
    QTest.qWait(30)
    assert len(shown) == 2
    assert worker.requests == [(functions[0], VIEW, False), (functions[2], VIEW, False)]


def test_of_much_work_it_is_left_to_the_worker(surfaces, worker, shown, hand):
    large = gdsim.Experiment("network", options={"hidden": (16, 16)}, data=Source("moons", count=2000)).objective
    hand.holds = True
    surfaces.ask(large, VIEW)
    assert worker.requests == [(large, VIEW, True)]
    assert shown == []


def test_a_long_formula_that_has_to_be_compiled_first_is_much_work():
    short = gdsim.Experiment("x**2 + 0.123 * y**2 + sin(x * y)").objective
    long = gdsim.Experiment("sum(sin(i*x + 0.123*y), i, 1, 40)").objective
    assert not short.ready
    assert is_soon_there(short)
    assert not is_soon_there(long)
    assert is_soon_there(LINE)


def test_the_more_examples_the_fewer_points():
    plane = named_plane(LOGISTIC, "w1", "w2", np.zeros(3))
    points = []
    for count in (100, 1000, 4000):
        model = gdsim.Experiment("logistic", data=Source("overlapping_blobs", count=count)).objective
        points.append(len(survey(Slice(model, plane, [[-1, 1], [-1, 1]]), VIEW, coarse=True).x))
        # a rotation makes a few of any number of examples of a line
        line = gdsim.Experiment("linear", data=Source("line", count=count)).objective
        assert len(survey(line, VIEW, coarse=True).x) == COARSE
    assert points[0] > points[1] > points[2]
