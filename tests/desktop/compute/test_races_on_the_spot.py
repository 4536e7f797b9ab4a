"""Tests of who runs a race, and which one is shown."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

import gdsim
from gdsim.desktop.compute import races as module
from gdsim.desktop.compute.race_results import RaceResult
from gdsim.desktop.compute.races import Races
from gdsim.desktop.compute.worker import Worker

BOWL = gdsim.Experiment("bowl", steps=50, optimizers=(gdsim.Entry("gd"), gdsim.Entry("adam")))
LATER = dataclasses.replace(BOWL, start=(1.0, 2.0))


class Asked(QObject):
    """Stands for the worker: notes what it is asked for."""

    raced = Signal(object)
    fruitless = Signal(object)

    def __init__(self):
        super().__init__()
        self.requests, self.considered = [], []

    def race(self, experiment):
        self.requests.append(experiment)

    def consider(self, result):
        self.considered.append(result)


class Hand:
    holds = False


@pytest.fixture
def worker(app):
    return Asked()


@pytest.fixture
def hand():
    return Hand()


@pytest.fixture
def races(worker, hand):
    return Races(worker, lambda: hand.holds)


@pytest.fixture
def shown(races):
    found = []
    races.came.connect(found.append)
    return found


@pytest.fixture
def held(races, worker, shown, hand):
    """A hand holds something, and the last race took 2 ms."""
    worker.raced.emit(RaceResult(BOWL, BOWL.run(), 0.002))
    hand.holds = True
    shown.clear()
    return races


def test_the_worker_is_asked(races, worker, shown):
    races.ask(BOWL)
    assert worker.requests == [BOWL]
    assert shown == []
    result = RaceResult(BOWL, BOWL.run(), 0.002)
    worker.raced.emit(result)
    assert shown == [result]
    races.ask(LATER)  # short, but nobody's hand waits for it
    assert worker.requests == [BOWL, LATER]


def test_while_a_hand_waits_a_short_race_is_there_at_once(held, worker, shown):
    held.ask(LATER)
    assert worker.requests == []
    (result,) = shown
    assert worker.considered == [result]
    assert result.experiment is LATER
    np.testing.assert_array_equal(result.trajectories.positions, LATER.run().positions)


@pytest.mark.parametrize(
    "fields",
    [
        {"steps": 51},
        {"restarts": 1},
        {"optimizers": (*BOWL.optimizers, gdsim.Entry("momentum"))},
        {"function": "x^2 + y^2"},
        {"bounds": ((-1.0, 1.0), (-1.0, 1.0))},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_how_long_another_race_takes_is_not_known(held, worker, shown, fields):
    other = dataclasses.replace(LATER, **fields)
    held.ask(other)
    assert worker.requests == [other]
    assert shown == []


def test_after_a_long_race_the_worker_is_asked(held, worker, shown):
    worker.raced.emit(RaceResult(BOWL, BOWL.run(), 0.5))
    shown.clear()
    held.ask(LATER)
    assert worker.requests == [LATER]
    assert shown == []


def test_a_race_that_turns_out_to_be_long_is_left_to_the_worker(held, worker, shown, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    held.ask(LATER)
    assert worker.requests == [LATER]
    assert shown == []
    assert worker.considered == []


def test_a_race_that_fails_is_left_to_the_worker_who_tells_of_it(held, worker, shown, monkeypatch):
    monkeypatch.setattr(gdsim.Experiment, "run", lambda experiment, pulse=None: 1 / 0)
    held.ask(LATER)
    assert worker.requests == [LATER]
    assert shown == []


def test_what_was_asked_for_before_the_race_that_is_shown_comes_too_late(held, worker, shown, hand):
    held.ask(LATER)
    shown.clear()
    worker.raced.emit(RaceResult(BOWL, BOWL.run(), 0.002))
    assert shown == []
    hand.holds = False
    held.ask(BOWL)
    result = RaceResult(BOWL, BOWL.run(), 0.002)
    worker.raced.emit(result)
    assert shown == [result]


def test_the_worker_gives_advice_on_a_race_that_was_run_elsewhere(app, qtbot):
    worker = Worker()
    experiment = dataclasses.replace(BOWL, learning_rate=1e-3)
    result, newer = (RaceResult(experiment, experiment.run()) for _ in range(2))
    worker.start()
    try:
        with qtbot.waitSignal(worker.advised, timeout=10_000) as caught:
            worker.consider(result)
            worker.consider(newer)
        assert caught.args[0].experiment is newer.experiment
        assert not worker.asked_again
    finally:
        worker.stop()
