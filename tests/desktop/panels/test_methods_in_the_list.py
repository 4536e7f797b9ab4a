"""Methods in the list of optimizers: no η, what they have instead, and what they cannot do with."""

import dataclasses

import pytest
from PySide6.QtWidgets import QDockWidget

import gdsim
from gdsim.desktop.panels.rate_words import rate_words
from gdsim.desktop.views.table import lazy_views
from gdsim.optimizers import METHODS

KEYS = [method.key for method in METHODS]


def test_the_row_says_what_was_set_and_no_rate(app):
    plain, tuned = gdsim.Entry("bfgs"), gdsim.Entry("wolfe", {"c1": 0.01, "c2": 0.5})
    experiment = gdsim.Experiment(optimizers=(plain, tuned), learning_rate=0.1)
    words = rate_words(plain, experiment)
    assert words.texts == ("", "", "")
    assert words.followed
    assert "no η" in words.tip
    assert rate_words(tuned, experiment).texts == ("c₁ 0.01  c₂ 0.5", "c₁ 0.01  …", "…")


@pytest.mark.parametrize("key", KEYS)
def test_it_races_in_the_window_and_its_values_are_set_there(open_window, small, key):
    driver = open_window(dataclasses.replace(small, optimizers=(gdsim.Entry(key),)))
    assert driver.race.rules[0].key == key
    driver.click(f"{key}.fold")
    form = driver.window.parameters.optimizers.rows[key]
    assert not [child for child in form.children() if child.objectName() in (f"{key}.schedule", f"{key}.clip")]
    for hyper in gdsim.OPTIMIZERS[key].hypers():
        value = type(hyper.default)(hyper.default * 2) if hyper.default * 2 <= hyper.high else hyper.default / 2
        driver.type(f"{key}.{hyper.name}", f"{value:g}")
        assert driver.experiment.optimizers[0].values[hyper.name] == value
        driver.wait_for_race()
        assert getattr(driver.race.rules[0], hyper.name) == value
    driver.window.parameters.optimizers.duplicate(key)
    assert [entry.id for entry in driver.experiment.racing] == [key, f"{key}#2"]


def test_noise_and_a_method_are_refused_where_they_are_asked_for(open_window, small):
    driver = open_window(dataclasses.replace(small, noise=0.1))
    before = driver.experiment
    panel = driver.window.parameters.optimizers
    panel.race("newton")
    assert driver.experiment is before
    assert "noise must be 0" in driver.text("newton.error")
    driver.change(noise=0.0)
    panel.race("newton")
    assert "newton" in [entry.key for entry in driver.experiment.racing]


@pytest.mark.parametrize("function", ["himmelblau", "x^4 - 3x^2 + x", "logistic"])
def test_every_dock_shows_methods(open_window, small, function):
    entries = tuple(gdsim.Entry(key) for key in ("newton", "wolfe", "nelder_mead", "bfgs"))
    driver = open_window(dataclasses.replace(small, function=function, start=None, bounds=None, optimizers=entries))
    for spec in lazy_views():
        dock = driver.widget(f"{spec.name}_dock", QDockWidget)
        if not dock.toggleViewAction().isEnabled():
            continue
        dock.toggleViewAction().trigger()
        driver.until(lambda dock=dock: dock.view is not None)
        for step in (0, 3, driver.race.steps):
            driver.window.player.seek(step)
        for key in ("newton", "nelder_mead"):
            driver.window.session.selection.choose(key, 0)
        driver.wait_for_race()
    assert driver.message == ""


def test_a_map_of_settings_is_of_who_has_two(open_window, small):
    driver = open_window(dataclasses.replace(small, optimizers=(gdsim.Entry("newton"), gdsim.Entry("cg"))))
    dock = driver.widget("setting_map_dock", QDockWidget)
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.maps.done is not None, 30_000)
    assert dock.view.maps.done.map.lane.rule.key == "cg"
    driver.change(optimizers=(gdsim.Entry("newton"),))
    assert "None of the optimizers" in dock.view.error.text()
