"""Closing, cancelling and changing while a computation is under way, and computations that fail."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton

import gdsim
from gdsim.desktop.compute import worker
from gdsim.simulation.experiment import Experiment

STEPS = 3_000_000


@pytest.fixture
def long(small):
    """A race of many seconds on floats: one run of one optimizer."""
    entries = tuple(gdsim.Entry(key, enabled=key == "adam") for key in gdsim.OPTIMIZERS)
    return dataclasses.replace(small, function="rastrigin", restarts=0, steps=STEPS, optimizers=entries)


def under_way(driver):
    driver.until(lambda: driver.widget("progress", QProgressBar).isVisible())


def test_closing_in_mid_run(open_window, long):
    driver = open_window(long, wait=False)
    under_way(driver)
    driver.window.close()
    assert driver.window.session.worker.isFinished()
    # it was given up, not run to its end
    assert driver.results.races == []


def test_closing_in_mid_run_of_many(open_window, long):
    driver = open_window(dataclasses.replace(long, restarts=63, steps=30_000), wait=False)
    under_way(driver)
    driver.window.close()
    assert driver.window.session.worker.isFinished()
    assert driver.results.races == []


@pytest.mark.parametrize("how", ["button", "action"])
def test_cancelling_keeps_what_there_is(open_window, long, how):
    driver = open_window(long, wait=False)
    under_way(driver)
    driver.until(lambda: driver.widget("progress", QProgressBar).value() > 0)
    stop = driver.widget("stop_computing", QPushButton)
    assert stop.isVisible()
    if how == "button":
        driver.click(stop)
    else:
        driver.action("stop").trigger()
    driver.wait_for_race()
    race = driver.race
    assert race.kinds[0, 0] == gdsim.Kind.CANCELLED
    ended = int(race.ended[0, 0])
    assert 0 < ended < STEPS
    prefix = dataclasses.replace(long, steps=2000).run()
    assert ended >= 2000
    np.testing.assert_array_equal(race.positions[:2001], prefix.positions)
    assert (race.positions[ended:] == race.positions[ended]).all()
    assert not stop.isVisible()
    assert not driver.widget("progress").isVisible()
    # and the window goes on
    driver.change(steps=100)
    assert driver.race.steps == 100


def test_a_change_gives_up_the_race_under_way(open_window, long):
    driver = open_window(long, wait=False)
    under_way(driver)
    driver.change(steps=200)
    assert [result.experiment.steps for result in driver.results.races] == [200]
    assert not driver.widget("progress").isVisible()


def test_of_many_rapid_changes_the_last_counts(driver):
    player = driver.window.player
    player.set_speed(5)
    player.play()
    store = driver.window.store
    for k in range(200):
        store.change(start=(0.01 * k, 1.0 - 0.01 * k), learning_rate=0.001 * (1 + k % 7))
    last = store.experiment
    driver.wait_for_race()
    driver.until(lambda: driver.results.races[-1].experiment == last)
    np.testing.assert_array_equal(driver.race.positions, last.run().positions)
    assert driver.text("start_x") == "1.99"
    assert player.playing


def test_a_race_that_fails_says_so_and_the_window_lives_on(driver, monkeypatch):
    before = driver.race

    def run(*_):
        raise RuntimeError("out of luck")

    with monkeypatch.context() as broken:
        broken.setattr(Experiment, "run", run)
        driver.window.store.change(steps=50)
        driver.until(lambda: driver.message != "")
    assert driver.message == "The computation failed: RuntimeError: out of luck."
    assert driver.race is before
    assert driver.window.session.worker.isRunning()
    assert not driver.widget("progress").isVisible()
    driver.change(steps=40)
    assert driver.message == ""
    assert driver.race.steps == 40


def test_a_surface_that_fails_does_not_take_the_race_with_it(driver, monkeypatch):
    def sample(*_):
        raise RuntimeError("no ground")

    with monkeypatch.context() as broken:
        broken.setattr(worker, "survey", sample)
        driver.change(function="himmelblau")
        driver.until(lambda: "no ground" in driver.message)
    np.testing.assert_array_equal(driver.race.positions, driver.experiment.run().positions)
    driver.change(function="booth")
    driver.wait_for_surface()
    assert driver.message == ""


def test_a_race_without_memory_says_so(driver, monkeypatch):
    def run(*_):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(Experiment, "run", run)
        driver.window.store.change(steps=50)
        driver.until(lambda: "MemoryError" in driver.message)
    driver.change(steps=40)
