"""The surface of landscapes that stand side by side is painted once."""

import gc

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QTransform

import gdsim
from gdsim.desktop.look.style import DARK, LIGHT
from gdsim.desktop.plotting.mapping import Mapping
from gdsim.desktop.state.scene import Scene
from gdsim.desktop.views.landscape.surface_layer import _PICTURES, SurfaceLayer
from gdsim.simulation.sampling.landscape import sample


def at(left, width=120):
    """A landscape of the bowl so far to the right."""
    return Mapping(QTransform(10, 0, 0, -10, left + 60, 50), QRect(left, 0, width, 100))


def test_one_picture_for_all_of_one_size(app):
    surface = sample(gdsim.FUNCTIONS["bowl"], (-5, 5, -5, 5), 40)
    scene = Scene(gdsim.Experiment("bowl"), LIGHT, surface=surface)
    layers = [SurfaceLayer() for _ in range(3)]
    for layer in layers:
        layer.show_scene(scene)
    first = layers[0].rendered(at(0), 1.0)
    assert first.size() == QSize(120, 100)
    assert layers[1].rendered(at(500), 1.0).cacheKey() == first.cacheKey()
    assert layers[1].rendered(at(0, 121), 1.0).cacheKey() != first.cacheKey()
    assert layers[1].rendered(at(0), 2.0).size() == QSize(240, 200)
    layers[2].show_scene(scene.with_(theme=DARK))
    dark = layers[2].rendered(at(0), 1.0).toImage()
    assert dark.pixelColor(60, 50) != first.toImage().pixelColor(60, 50)
    for more in range(9):
        layers[0].rendered(at(0, 130 + more), 1.0)
    assert list(_PICTURES[surface].values()) == [first]  # and none that nobody has
    other = sample(gdsim.FUNCTIONS["ravine"], (-5, 5, -5, 5), 40)
    layers[0].show_scene(scene.with_(surface=other))
    assert layers[0].rendered(at(0), 1.0).toImage() != first.toImage()


def test_pictures_go_with_their_surface(app):
    surface = sample(gdsim.FUNCTIONS["bowl"], (-5, 5, -5, 5), 40)
    layer, empty = SurfaceLayer(), Scene(gdsim.Experiment("bowl"), LIGHT)
    layer.show_scene(empty.with_(surface=surface))
    layer.rendered(at(0), 1.0)
    before = len(_PICTURES)
    layer.show_scene(empty)
    del surface
    gc.collect()
    assert len(_PICTURES) < before
    assert layer.rendered(at(0), 1.0).size() == QSize(120, 100)
