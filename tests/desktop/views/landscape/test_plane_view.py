"""The landscape of many parameters: a plane through their space."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLabel

import gdsim
from gdsim.desktop.files.export import picture_of
from gdsim.desktop.picture import save_picture
from gdsim.desktop.text.slice_phrases import slice_text
from gdsim.desktop.views.table import lazy_views
from gdsim.objectives.data import many
from gdsim.simulation.sampling.projection import Cut, sliced


def network(**fields):
    """A race on a small network."""
    given = {
        "function": "network",
        "optimizers": tuple(gdsim.Entry(key) for key in ("gd", "momentum", "adam")),
        "steps": 40,
        "restarts": 1,
        "learning_rate": 0.05,
        "tolerance": 0,
    }
    return gdsim.Experiment(**{**given, **fields})


def choose(driver, name, index):
    box = driver.widget(name, QComboBox)
    box.setCurrentIndex(index)
    box.activated.emit(index)


def wait_for_slice(driver, kind):
    slicing = driver.window.session.plane
    driver.until(lambda: slicing.seen is not None and slicing.cut.kind == kind and shown(driver))
    return slicing.seen


def shown(driver):
    """Tell whether the landscape shows what the slicing says, with its surface."""
    window, seen = driver.window, driver.window.session.plane.seen
    known = seen is not None and window.landscape.objective is seen.objective
    return known and seen.race.steps == window.session.scene.race.steps and not window.session.requests.waiting


@pytest.fixture(scope="module")
def prepared():
    return network()


def test_a_network_is_seen_on_planes(open_window, prepared, tmp_path):
    driver = open_window(prepared)
    window = driver.window
    first = wait_for_slice(driver, "principal")
    assert f"{100 * first.explained:.0f} %" in driver.text("slice.text")
    assert "Gradient descent" in driver.text("slice.text")
    driver.wait_for_surface()
    # two weights: the axes are the weights themselves
    driver.widget("slice.kind")
    choose(driver, "slice.kind", 1)
    choose(driver, "slice.second", 5)
    driver.until(lambda: window.session.plane.seen.plane.names == prepared.objective.names[0:6:5])
    driver.wait_for_surface()
    seen = window.session.plane.seen
    np.testing.assert_allclose(seen.race.positions[:, :, 1], window.session.scene.race.positions[:, :, 5], atol=1e-12)
    # the start moves within the plane, and only those two weights with it
    before = np.array(prepared.objective.start)
    assert not driver.widget("start_many.reset").isVisible()
    window.session.move_start((0.5, -0.25))
    driver.wait_for_race()
    changed = np.flatnonzero(np.array(driver.experiment.start) != before)
    assert list(changed) == [0, 5]
    assert driver.experiment.start[0] == pytest.approx(0.5)
    driver.click("start_many.reset")
    assert driver.experiment.start is None
    assert not driver.widget("start_many.reset").isVisible()
    choose(driver, "slice.kind", 2)
    wait_for_slice(driver, "random")
    driver.until(lambda: window.session.plane.seen.plane.names == ("r₁", "r₂"))
    before_seed = window.session.plane.seen
    driver.type("slice.seed", "7")
    driver.until(lambda: window.session.plane.seen is not before_seed)
    assert window.session.plane.cut.seed == 7
    # the run that is looked at is the one the plane goes through
    window.session.selection.choose("adam", 1)
    driver.until(lambda: window.session.plane.seen.key == "adam")
    assert window.session.plane.seen.plane.distance(window.session.scene.race.positions[-1, 2, :, 1]) < 1e-9
    # reading, arrows, step, side by side, pictures
    driver.move(driver.viewport.rect().center())
    driver.until(lambda: "r₁ = " in driver.text("reading"))
    window.session.overlays.mark(arrows=True, components=True, angle=30.0)
    driver.until(lambda: window.landscape.plot.gradient.arrows.isVisible())
    assert window.landscape.plot.gradient.marks.figure() is None
    for step in (0, 1, 40):
        window.player.seek(step)
    window.landscape.grab()
    window.centre.show_side_by_side()
    driver.until(lambda: len(window.side_by_side.panels) == 3)
    assert all(
        panel.plot.paths.shown.paths is window.session.plane.seen.race for panel in window.side_by_side.panels.values()
    )
    for view in ("landscape", "side_by_side", "runs"):
        picture = picture_of(
            window.view_named(view), window.export_menu.words(view), QSize(500, 400), window.session.scene.theme
        )
        assert not picture.isNull()
    assert "of the movement" in window.export_menu.words("landscape").caption
    window.export_menu.write_table(tmp_path / "runs.csv")
    window.export_menu.write_iterates(tmp_path / "steps.csv")
    assert "Saved" in driver.message


def test_a_drag_keeps_the_plane_and_other_functions_put_it_away(open_window, prepared):
    driver = open_window(prepared)
    window = driver.window
    before = wait_for_slice(driver, "principal")
    window.store.drag.begin(window.centre)
    window.session.move_start((before.race.positions[0, 0, 0, 0] + 0.4, 0.3))
    driver.wait_for_race()
    driver.until(lambda: window.session.plane.seen is not before)
    assert window.session.plane.seen.plane is before.plane
    window.store.drag.end()
    driver.until(lambda: window.session.plane.seen.plane is not before.plane)
    assert driver.widget("slice_bar").isVisible()
    driver.change(function="himmelblau", start=None)
    assert not driver.widget("slice_bar").isVisible()
    assert window.session.plane.seen is None
    driver.wait_for_surface()
    driver.change(function="x^4 - x^2", start=None)
    driver.change(function="network", start=None, options={"hidden": (3,)})
    wait_for_slice(driver, "principal")
    assert window.session.plane.seen.plane.a.shape == (13,)
    driver.change(function="perceptron", options={}, learning_rate=900.0)
    driver.change(optimizers=())
    assert driver.window.isVisible()


def test_a_race_that_a_drag_has_overtaken_does_not_bring_back_its_surface(open_window):
    driver = open_window(network(function="logistic"))
    window, slicing = driver.window, driver.window.session.plane
    wait_for_slice(driver, "principal")
    overtaken = network(function="logistic", options={"l2": 0.3}, steps=25).run()
    window.store.drag.begin(window.centre, coarse=True)
    driver.change(options={"l2": 0.5})
    driver.until(lambda: slicing.seen.race.steps == 40 and not window.session.requests.waiting)
    now = slicing.seen
    assert now.objective.objective is driver.experiment.objective
    surfaces = len(driver.results.surfaces)
    slicing.set_race(overtaken)
    driver.until(lambda: slicing.seen is not now)
    assert slicing.seen.race.steps == 25
    assert window.landscape.objective is slicing.seen.objective is now.objective
    assert len(driver.results.surfaces) == surfaces
    window.store.drag.end()
    driver.until(lambda: not window.session.requests.waiting)


def test_every_dock_survives_337_parameters(open_window):
    driver = open_window(network(options={"hidden": (16, 16)}, steps=5, restarts=0))
    window = driver.window
    wait_for_slice(driver, "principal")
    few = {view.name for view in lazy_views() if view.few}
    for dock in window.lazy_docks:
        dock.show()
        dock.raise_()
        driver.until(lambda dock=dock: dock.view is not None)
        if dock.name in few:  # the others are for models of any size
            assert "one or two variables" in dock.widget().widget().text()
        window.player.seek(3)
    window.session.selection.choose("adam", 0)
    row = window.runs.tree.topLevelItem(0)
    driver.until(lambda: row.text(5).startswith("|θ| = "))
    assert "337" in driver.text("start_many")
    driver.change(function="bowl", options={}, start=None)
    last = [dock for dock in window.lazy_docks if dock.name in few][-1]
    driver.until(lambda: last.widget().widget() is last.view)


def test_a_plane_through_the_start_of_a_run_that_is_lost():
    race = network(learning_rate=900.0, optimizers=(gdsim.Entry("gd"),), options={"l2": 1.0}, steps=200).run()
    assert race.kinds[0, 0] == gdsim.Kind.DIVERGED
    text = slice_text(sliced(race, Cut(), (0, 0)))
    assert text.startswith("A slice through the start")


def test_functions_of_many_variables_and_pictures_without_a_window(open_window, app, tmp_path):
    experiment = gdsim.Experiment(function=many("rosenbrock", 6), optimizers=(gdsim.Entry("adam"),), steps=50)
    driver = open_window(experiment)
    assert wait_for_slice(driver, "principal").plane.a.shape == (6,)
    save_picture(experiment.run(), tmp_path / "slice.png")
    assert (tmp_path / "slice.png").stat().st_size > 10_000


def test_before_the_first_race_of_many_parameters_nothing_is_shown_that_is_not_so(open_window, prepared):
    driver = open_window(dataclasses.replace(prepared, steps=20_000), wait=False)
    plot, view = driver.window.landscape.plot, driver.window.landscape
    frame = (plot.handle, plot.getPlotItem().getAxis("left"), plot.getPlotItem().getAxis("bottom"))
    driver.until(lambda: view.reading.text() == "Being worked out: the plane in which the paths move.")
    assert view.objective is None
    assert [item.opacity() for item in frame] == [0, 0, 0]
    # the examples are there already
    data = next(dock for dock in driver.window.lazy_docks if dock.name == "data_view").view
    assert driver.widget("data_sentence", QLabel).isHidden()
    assert (data.plot.names.texts, driver.text("scores")) == (("x1", "x2"), "Accuracy by step")
    driver.change(steps=5)
    driver.wait_for_race()
    driver.until(lambda: view.objective is not None)
    assert [item.opacity() for item in frame] == [1, 1, 1]
    driver.until(lambda: view.reading.text().startswith("Drag the start"))
