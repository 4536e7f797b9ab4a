"""Arrows all over the landscape, and the gradient with its components at the chosen run."""

import dataclasses
import math

import numpy as np
import pytest
from driving import pixels
from PySide6.QtCore import QRect
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QApplication

import gdsim
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.overlays import Marks
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.overlays.arrows import SPACING, ArrowsLayer, directions
from gdsim.desktop.views.landscape.overlays.gradient_figure import figure_at, largest_gradient
from gdsim.simulation.sampling.gradient_field import sample_arrows

#: 40 pixels a unit of x, 20 a unit of y, which points up.
MAPPING = Mapping(QTransform(40, 0, 0, -20, 200, 200), QRect(0, 0, 400, 400))


@pytest.mark.parametrize("uphill", [False, True])
def test_arrows_point_downhill_and_uphill_in_ascent(app, uphill):
    function = gdsim.FUNCTIONS["himmelblau"]
    layer, arrows = ArrowsLayer(), sample_arrows(function, (-5, 5, -10, 10), (0.85, 1.7))
    experiment = gdsim.Experiment("himmelblau", direction="ascent" if uphill else "descent")
    scene = Scene(experiment, LIGHT, marks=Marks(arrows=True), arrows=arrows)
    layer.show_scene(scene)
    tails, _, tips, _ = layer.shapes(MAPPING)
    # in a plane that is drawn out, too, an arrow goes where a step goes
    step = np.stack([(tips - tails)[0] / 40, (tips - tails)[1] / -20])
    gradient = layer.arrows.gradients
    along = (step * gradient).sum(axis=0) / np.hypot(*step) / np.hypot(*gradient)
    np.testing.assert_allclose(along, 1 if uphill else -1, atol=1e-9)
    lengths = np.hypot(*(tips - tails))
    assert (np.diff(lengths[np.argsort(np.hypot(*gradient))]) >= -1e-9).all()
    assert lengths.max() < SPACING < 1000 * lengths.min()
    layer.show_scene(scene.with_(marks=Marks(arrows=True, alike=True)))
    tails, _, tips, _ = layer.shapes(MAPPING)
    assert np.ptp(np.hypot(*(tips - tails))) < 1e-9


def test_directions_of_any_size():
    vectors = np.array([[3e300, 0.0, np.nan, 1e-320], [4e300, 0.0, 1.0, 0.0]])
    found = directions(vectors, Mapping(QTransform(1, 0, 0, -1, 0, 0), QRect()))
    np.testing.assert_allclose(found, [[0.6, 0, 0, 1], [-0.8, 0, 0, 0]])


def test_a_run_that_diverges_does_not_shrink_the_arrow():
    race = gdsim.descend("himmelblau", ["gd"], learning_rate=0.5, start=(-4.5, 4.5), steps=30)
    most = largest_gradient(race, (0, 0))
    assert most < 1e4
    assert figure_at(race, (0, 0), 0, most).share > 0.9
    assert figure_at(race, None, 0, most) is None


def test_the_window_draws_arrows_of_an_even_density_and_components(driver):
    window, landscape = driver.window, driver.window.landscape
    layer = landscape.plot.gradient.arrows

    def picture():
        QApplication.processEvents()
        return pixels(landscape.picture.grab().toImage())

    before = picture()
    assert layer.arrows is None
    driver.action("arrows").trigger()
    driver.until(lambda: layer.arrows is not None)
    assert layer.isVisible()
    assert (picture() != before).any(axis=-1).mean() > 0.02

    def density():
        driver.until(lambda: layer.arrows is not None and spaced() == pytest.approx(SPACING, abs=0.6))
        box = landscape.plot.box
        left, right, bottom, top = landscape.view()
        x, y = layer.arrows.points
        seen = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        return seen.sum() / (box.width() * box.height()) * SPACING**2

    def spaced():
        places = np.unique(layer.arrows.points[0])
        return np.diff(places).min() / landscape.plot.box.viewPixelSize()[0]

    assert 0.9 < density() < 1.1
    driver.wheel(driver.pixel(1.0, 1.0), 5)
    assert 0.9 < density() < 1.1
    driver.action("equal_aspect").trigger()
    window.resize(1100, 760)
    assert 0.9 < density() < 1.1
    driver.action("arrows_alike").trigger()
    assert layer.shown.marks.alike
    driver.change(direction="ascent", learning_rate=1e-3)
    assert layer.shown.paths.ascent

    driver.action("side_by_side").trigger()
    maps = [panel.plot for panel in window.side_by_side.panels.values()]
    driver.until(lambda: all(m.gradient.arrows.arrows is not None for m in maps))
    driver.action("side_by_side").trigger()

    driver.action("components").trigger()
    window.session.selection.choose("momentum", 1)
    window.player.seek(7)
    marks = landscape.plot.gradient.marks
    assert marks.isVisible()
    point = driver.race.positions[7, 1, :, 1]
    np.testing.assert_array_equal(marks.figure().point, point)
    np.testing.assert_allclose(marks.figure().arrow, 2 * point)
    window.session.overlays.mark(angle=math.degrees(math.pi / 4))
    shown = picture()
    driver.action("components").trigger()
    driver.action("arrows").trigger()
    assert layer.arrows is None
    assert not layer.isVisible()
    window.session.overlays.mark(angle=None)
    assert not marks.isVisible()
    assert (picture() != shown).any(axis=-1).mean() > 0.02


def test_arrows_go_with_the_function_and_into_pictures(open_window, small):
    driver = open_window(dataclasses.replace(small, function="saddle"), theme=DARK)
    window = driver.window
    driver.action("arrows").trigger()
    driver.action("components").trigger()
    layer = window.landscape.plot.gradient.arrows
    driver.until(lambda: layer.arrows is not None)
    # a view that is not seen is drawn with them, too
    window.view_named("side_by_side")
    assert all(panel.plot.gradient.arrows.arrows is not None for panel in window.side_by_side.panels.values())
    first = layer.arrows
    driver.change(function="bowl", start=None)
    driver.until(lambda: layer.arrows is not first)
    np.testing.assert_allclose(layer.arrows.gradients, 2 * layer.arrows.points)
    driver.change(optimizers=tuple(dataclasses.replace(e, enabled=False) for e in driver.experiment.optimizers))
    window.landscape.grab()
