"""Long work that nobody waits for any more is given up in the middle of it."""

import threading
import time
from functools import partial

import numpy as np
import pytest

import gdsim
from gdsim.desktop.compute.request import Request
from gdsim.desktop.compute.worker import Worker
from gdsim.objectives import Source
from gdsim.objectives.interruption import InterruptedWorkError, give_up_if_unwanted, interruptible
from gdsim.simulation.sampling.landscape import COARSE
from gdsim.simulation.sampling.projection import Cut, sliced

VIEW = (-1.0, 1.0, -1.0, 1.0)


class Endless:
    """A surface that is never done unless it is given up."""

    dimension, effort, text = 2, 1, ""

    def __init__(self):
        self.begun = threading.Event()
        self.given_up = False

    def value(self, points=None):
        self.begun.set()
        try:
            while True:
                give_up_if_unwanted()
                time.sleep(0.001)
        except InterruptedWorkError:
            self.given_up = True
            raise


@pytest.fixture
def worker(app):
    worker = Worker()
    worker.start()
    yield worker
    worker.stop()


def test_a_newer_one_takes_the_place_of_what_is_long(worker, qtbot):
    bowl, surface, request = gdsim.Experiment("bowl").objective, Endless(), Endless()
    complaints = []
    worker.failed.connect(complaints.append)
    worker.sample(surface, VIEW)
    assert surface.begun.wait(10)
    with qtbot.waitSignal(worker.sampled, timeout=10_000) as sampled:
        worker.sample(bowl, VIEW, True)
    assert len(sampled.args[0].x) == COARSE
    worker.send(Request("one", request.value))
    assert request.begun.wait(10)
    with qtbot.waitSignal(worker.returned, timeout=10_000) as returned:
        worker.send(Request("one", lambda: 1))
    assert returned.args[0].value == 1
    assert surface.given_up
    assert request.given_up
    assert complaints == []


class Slow:
    """A race that is asked for anew while it is under way, until there are no more."""

    objective = gdsim.Experiment("bowl").objective

    def __init__(self, worker, rest):
        self.worker, self.rest, self.cut_short, self.patient = worker, rest, [], []

    def run(self, pulse):
        if self.rest:
            self.worker.race(self.rest.pop())
        pulse.started -= 0.2
        self.cut_short.append(pulse(0.5))
        self.patient.append(pulse.patient)
        return gdsim.Experiment("bowl", steps=1).run()


def test_a_hand_that_is_never_still_sees_every_other_race(worker, qtbot):
    races = []
    first = Slow(worker, races)
    races += [first] * 4
    worker.race(first)
    qtbot.waitUntil(lambda: len(first.patient) == 5, timeout=10_000)
    assert first.cut_short == [True, False, True, False, False]
    assert first.patient == [False, True, False, True, False]


@pytest.mark.parametrize("ask", ["sample", "send"])
def test_it_stops_in_the_middle(app, ask):
    worker, endless = Worker(), Endless()
    worker.start()
    asked = (endless, VIEW) if ask == "sample" else (Request("one", endless.value),)
    getattr(worker, ask)(*asked)
    assert endless.begun.wait(10)
    worker.stop()
    assert endless.given_up


@pytest.fixture(scope="module")
def network():
    return gdsim.Experiment(
        "network",
        data=Source("moons", count=1000, held_out=0.2),
        options={"hidden": (16, 16)},
        restarts=7,
        steps=20,
        optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")),
    )


def test_models_ask_while_they_are_at_work(network):
    model, race = network.objective, network.run()
    points = race.positions[:6].transpose(2, 0, 1, 3)
    # all that the window has done of a model
    works = [partial(work, points) for work in (model.value, model.gradient, model.cost, model.error, model.accuracy)]
    for work in [*works, partial(sliced, race, Cut(), (0, 0))]:
        expected, count = work(), 0

        def unwanted():
            nonlocal count
            count += 1
            return count > 3

        with pytest.raises(InterruptedWorkError), interruptible(unwanted):
            work()
        assert count == 4
        # another time it is as it was
        if isinstance(expected, np.ndarray):
            assert work().tobytes() == expected.tobytes()


def test_a_long_surface_is_left_for_a_race_and_taken_up_again(worker, qtbot):
    bowl, surface = gdsim.Experiment("bowl", steps=5), Endless()
    worker.sample(surface, VIEW)
    assert surface.begun.wait(10)
    surface.begun.clear()
    with qtbot.waitSignal(worker.raced, timeout=10_000) as raced:
        worker.race(bowl)
    assert raced.args[0].experiment is bowl
    assert surface.given_up
    assert surface.begun.wait(10)
    surface.begun.clear()
    with qtbot.waitSignal(worker.returned, timeout=10_000):
        worker.send(Request("one", lambda: 1, urgent=True))
    assert surface.begun.wait(10)
    with qtbot.waitSignal(worker.sampled, timeout=10_000):
        worker.sample(bowl.objective, VIEW)
    with worker._wake:  # both at once
        worker.sample(surface, VIEW)
        worker.race(bowl)
    with qtbot.waitSignal(worker.raced, timeout=10_000):
        pass
    assert surface.begun.is_set()
