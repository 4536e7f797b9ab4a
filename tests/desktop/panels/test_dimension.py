"""Functions of any number of variables in the window: the dimension is chosen, planes are seen, starts are dragged."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QToolButton
from test_layout import cut_off
from test_plane_view import choose, wait_for_slice
from test_pseudo_language import english, pseudo  # noqa: F401

import gdsim
from gdsim.desktop.state.store import Store
from gdsim.desktop.text.changes import change_between
from gdsim.desktop.text.function_phrases import function_text
from gdsim.desktop.views.runs.row import POSITION
from gdsim.simulation.entry import without_idle
from gdsim.storage.files import Document, open_file
from gdsim.storage.files import save as save_file


def take_dimension(driver, d):
    box = driver.focus(driver.widget("dimension", QSpinBox))
    driver.type(box.lineEdit(), str(d))
    driver.wait_for_race()


def stars(scatter):
    return {(round(s.pos().x(), 6), round(s.pos().y(), 6)) for s in scatter.points()}


def test_rosenbrock_in_ten_dimensions(open_window, small, tmp_path):
    driver = open_window(small)
    window = driver.window
    box = driver.widget("dimension", QSpinBox)
    assert not box.isVisible()
    driver.change(function="rosenbrock", start=(-1.0, 1.5), bounds=((-2, 2), (-2, 2)), learning_rate=1e-4)
    assert (box.isVisible(), box.value()) == (True, 2)
    assert driver.widget("many_text", QLabel).isHidden()

    # 1 on the way to 10 is no dimension; all but start and bounds stays
    window.runs.wishes = {"position": True}
    before, wide = driver.experiment, window.runs.tree.header().sectionSize(POSITION)
    take_dimension(driver, 10)
    assert dict(driver.experiment.options) == {"dimension": 10}
    assert (driver.experiment.start, driver.experiment.bounds) == (None, None)
    assert driver.experiment.optimizers == before.optimizers
    assert (driver.experiment.steps, driver.experiment.learning_rate) == (before.steps, before.learning_rate)
    assert window.store.undo_text == "Dimension 2 → 10"
    assert (
        driver.text("many_text").replace("\N{NO-BREAK SPACE}", " ") == "Σ [100·(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²],  i = 1 … 9"
    )
    assert driver.text("formula_names") == "f(x₁, …, x₁₀) ="
    assert not window.parameters.findChild(QLabel, "formula_names").isHidden()
    assert driver.widget("start_all", QLineEdit).text().startswith("-1.2, 1, -1.2, 1")
    assert driver.race.positions.shape[2] == 10
    assert window.runs.tree.header().sectionSize(POSITION) < wide  # a length takes less room than a place

    # one row of bounds stands for all coordinates
    fold = driver.widget("bounds", QToolButton)
    assert fold.text() == "xᵢ −2 … 2"
    driver.click(fold)
    driver.type("bounds_x_low", "-1")
    assert driver.experiment.bounds == ((-1, 2),) * 10
    assert not driver.widget("bounds_y_low").isVisible()
    driver.click("bounds.reset")
    driver.wait_for_race()

    # the star of the minimum is faint where that lies off the plane
    seen = wait_for_slice(driver, "principal")
    plot = window.landscape.plot
    assert stars(plot.stars.known) == set()
    known = driver.experiment.objective.minima
    assert len(known) == 2
    assert stars(plot.stars.beside) == {tuple(np.round(seen.place(minimum.position), 6)) for minimum in known}
    assert "Faint star" in driver.text("slice.text")
    assert driver.widget("slice.kind", QComboBox).itemText(1) == "two coordinates"
    choose(driver, "slice.kind", 2)
    wait_for_slice(driver, "random")
    choose(driver, "slice.kind", 1)
    choose(driver, "slice.second", 7)
    driver.until(lambda: window.session.plane.seen.plane.names == ("x1", "x8"))
    driver.wait_for_surface()
    assert stars(plot.stars.beside) == {tuple(np.round(np.take(minimum.position, [0, 7]), 6)) for minimum in known}
    assert window.runs.tree.topLevelItem(0).text(5).startswith("|x| = ")

    # the start is dragged within the plane
    driver.press(driver.pixel(-1.2, 1.0))
    driver.move(driver.pixel(0.5, 0.75))
    driver.release(driver.pixel(0.5, 0.75))
    driver.wait_for_race()
    start = np.array(driver.experiment.start)
    changed = np.flatnonzero(start != np.array(driver.experiment.objective.start))
    assert list(changed) == [0, 7]
    assert np.abs(start[[0, 7]] - [0.5, 0.75]).max() < 0.1

    # it is in the file, with its numbers
    dragged = driver.experiment
    save_file(dragged, tmp_path / "ten.json")
    assert open_file(tmp_path / "ten.json") == Document(replace(dragged, optimizers=without_idle(dragged.optimizers)))
    driver.change(options={}, start=None)
    window.files.open_path(tmp_path / "ten.json")
    driver.until(lambda: driver.experiment == dragged)
    driver.wait_for_race()
    assert driver.race.positions.tobytes() == dragged.run().positions.tobytes()
    assert box.value() == 10

    # a start in the minimum: then the plane contains it
    choose(driver, "slice.kind", 0)
    driver.change(start=(1.0,) * 10)
    driver.until(lambda: len(stars(plot.stars.known)) == 1)
    assert len(stars(plot.stars.beside)) == 1  # the second minimum
    assert "Faint star" in driver.text("slice.text")

    # the dimension stays from one of these functions to another, and goes with others
    functions = driver.widget("function", QComboBox)
    functions.activated.emit(functions.findData("ackley"))
    driver.wait_for_race()
    assert (driver.experiment.function, driver.experiment.objective.dimension) == ("ackley", 10)
    functions.activated.emit(functions.findData("bowl"))
    driver.wait_for_race()
    assert not box.isVisible()
    assert driver.experiment.options == {}
    for _ in range(3):
        window.store.undo()
    driver.wait_for_race()
    assert (driver.experiment, box.value()) == (dragged, 10)

    # two variables, as in the catalogue, and back; what belongs to two variables says so
    take_dimension(driver, 2)
    driver.until(lambda: window.landscape.objective is gdsim.FUNCTIONS["rosenbrock"])
    assert driver.experiment.options == {}
    assert (driver.widget("formula").isVisible(), driver.widget("slice_bar").isVisible()) == (True, False)
    window.store.undo()
    driver.wait_for_race()
    wait_for_slice(driver, "principal")
    dock = next(dock for dock in window.lazy_docks if dock.name == "gradient_view")
    dock.show()
    dock.raise_()
    driver.until(lambda: dock.view is not None)
    assert "one or two variables" in dock.widget().widget().text()


def test_what_is_too_large_for_memory_is_refused(open_window, small, monkeypatch):
    driver = open_window(small)
    driver.change(function="rastrigin")
    monkeypatch.setattr("gdsim.simulation.trajectories.MEMORY_LIMIT", 100_000)
    box = driver.widget("dimension", QSpinBox)
    driver.type(driver.focus(box).lineEdit(), "100")
    assert "GB: at most " in driver.text("function_error")
    assert (box.value(), driver.experiment.options) == (2, {})


def test_every_text_is_translated(pseudo):  # noqa: F811
    pseudo.change(function="rastrigin", options={"dimension": 7}, start=None, bounds=None)
    wait_for_slice(pseudo, "principal")
    choose(pseudo, "slice.kind", 1)
    wait_for_slice(pseudo, "weights")
    assert cut_off(pseudo.window.parameters) == []
    bar = pseudo.widget("slice_bar")
    for part in (pseudo.window.parameters, pseudo.window.runs, *bar.findChildren(QComboBox), bar.text):
        assert english(part) == []


def test_a_start_of_another_dimension_is_not_gone_back_to():
    store = Store(gdsim.Experiment("ackley", start=(1, 2)))
    store.change(options={"dimension": 10}, start=None)
    store.change(start=(1.0,) * 10)
    store.reset("start")
    assert store.experiment.start is None


def test_what_is_told_of_many_coordinates_is_short():
    ten = gdsim.Experiment("ackley", options={"dimension": 10})
    moved = gdsim.Experiment("ackley", options={"dimension": 10}, start=(1.0,) * 10)
    assert change_between(ten, moved).text == "start (−3.4, 2.4, −3.4, …) → (1, 1, 1, …)"
    assert function_text(ten.objective).startswith("Ackley:  f(x₁, …, x₁₀) = 20 + e − 20·exp(")
