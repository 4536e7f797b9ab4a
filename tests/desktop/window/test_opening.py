"""Tests of what a person sees who has just opened the window."""

import dataclasses

import numpy as np
import pytest
from driving import colours_of, count, pixels

import gdsim
from gdsim.desktop.compute.race_results import RaceResult
from gdsim.desktop.compute.surfaces import Surfaces
from gdsim.desktop.look.style import LIGHT, optimizer_color
from gdsim.desktop.views.landscape.landscape_plot import LandscapePlot


def test_it_opens_on_a_race_worth_watching(open_window):
    driver = open_window()
    player = driver.window.player
    assert player.playing
    assert len(driver.experiment.racing) >= 4
    assert driver.experiment.restarts >= 1
    assert len(driver.experiment.objective.minima) > 1
    first = player.step
    driver.until(lambda: player.step > first + 2)
    # not everyone ends in the same place
    ends = driver.race.positions[-1].swapaxes(0, 1).reshape(2, -1)
    assert len(np.unique(ends.round(1), axis=1).T) > 1


def test_one_surface_is_worked_out_and_seen_with_the_first_frame(open_window, monkeypatch):
    asked, painted = [], []
    ask, paint = Surfaces.ask, LandscapePlot.paintEvent
    monkeypatch.setattr(Surfaces, "ask", lambda self, *what: (asked.append(what), ask(self, *what)))

    def paint_and_tell(plot, event):
        painted.append(plot.shown.surface is not None)
        paint(plot, event)

    monkeypatch.setattr(LandscapePlot, "paintEvent", paint_and_tell)
    driver = open_window()
    surface = driver.wait_for_surface()
    driver.until(lambda: len(painted) > 2)
    assert all(painted)
    assert len(asked) == 1
    left, right, bottom, top = driver.window.landscape.plot.view()
    assert (surface.x[0], surface.x[-1]) == pytest.approx((left, right))
    assert (surface.y[0], surface.y[-1]) == pytest.approx((bottom, top))


def test_surface_lines_paths_and_heads_are_there(open_window):
    driver = open_window()
    surface = driver.wait_for_surface()
    assert np.isfinite(surface.shades).all()
    assert np.isfinite(surface.lines).all(axis=0).sum() > 1000
    driver.window.player.seek(driver.window.player.last)
    picture = driver.viewport.grab()
    assert colours_of(pixels(picture.toImage())) > 200
    drawn = [entry.key for entry in driver.experiment.racing if count(picture, optimizer_color(entry.key, LIGHT))]
    # heads that end in the same minimum hide one another, paths do not
    assert drawn == [entry.key for entry in driver.experiment.racing]


def test_the_numbers_are_those_of_the_python_interface(open_window):
    driver = open_window()
    e = driver.experiment
    shared = {"learning_rate": e.learning_rate, "momentum": e.momentum}
    race = gdsim.descend(
        e.function,
        [entry.rule(shared) for entry in e.racing],
        restarts=e.restarts,
        seed=e.seed,
        steps=e.steps,
        tolerance=e.tolerance,
    )
    np.testing.assert_array_equal(driver.race.positions, race.positions)
    np.testing.assert_array_equal(driver.race.losses, race.losses)
    assert (driver.race.kinds == race.kinds).all()


def test_many_runs_are_the_same_numbers_too(open_window, small):
    experiment = dataclasses.replace(small, function="himmelblau", restarts=40, learning_rate=0.01)
    driver = open_window(experiment)
    np.testing.assert_array_equal(driver.race.positions, experiment.run().positions)


def test_the_race_comes_to_its_end(open_window, small):
    driver = open_window(small)
    player = driver.window.player
    player.set_speed(1000)
    driver.until(lambda: not player.playing)
    assert player.step == player.last == small.steps
    assert driver.action("play").text() == "&Play"


def test_the_window_closes_before_its_first_race(open_window):
    open_window(wait=False)


def test_a_race_that_arrives_while_the_window_closes_starts_nothing(open_window):
    driver = open_window(wait=False)
    driver.window.close()
    driver.window.session.worker.raced.emit(RaceResult(driver.experiment, driver.experiment.run()))
    assert not driver.window.player.playing


def test_the_landscape_has_its_size_before_the_first_race(open_window):
    driver = open_window(wait=False)
    footer = driver.window.landscape.footer
    driver.until(lambda: footer.geometry().height() == footer.sizeHint().height() <= 24)
    before = driver.viewport.size()
    driver.wait_for_race()
    driver.wait_for_surface()
    assert driver.viewport.size() == before
