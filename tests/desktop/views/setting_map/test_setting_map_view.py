"""The setting map in its dock: drawn, dragged, taken over, stopped, exported."""

import numpy as np
import pytest
from PySide6.QtWidgets import QDockWidget

import gdsim
from gdsim.desktop.compute.setting_work import FINEST


@pytest.fixture
def ravine():
    """Momentum on a ravine."""
    return gdsim.Experiment(
        function="x^2/2 + 10*y^2",
        start=(4.0, 1.0),
        steps=200,
        learning_rate=0.01,
        momentum=0.5,
        optimizers=(gdsim.Entry("momentum"), gdsim.Entry("adam", {"learning_rate": 0.1})),
    )


@pytest.fixture
def shown(open_window, ravine):
    """The window with the map, finished."""
    return opened(open_window(ravine))


def opened(driver):
    dock = driver.widget("setting_map_dock", QDockWidget)
    assert dock.view is None
    dock.toggleViewAction().trigger()
    driver.until(lambda: dock.view is not None and dock.view.isVisible())
    driver.view = dock.view
    finish(driver)
    return driver


def finish(driver):
    """Until the finest map is there."""
    maps = driver.view.maps
    driver.until(lambda: not maps.busy and maps.done is not None and maps.done.size == FINEST, 30_000)


def test_it_opens_and_shows_the_cells_of_the_engine(shown):
    done = shown.view.maps.done
    assert [axis.name for axis in done.axes] == ["learning_rate", "momentum"]
    assert (done.axes[0].low, done.axes[0].high, done.axes[0].log) == (1e-6, 10, True)
    found = gdsim.setting_map(
        "x^2/2 + 10*y^2",
        gdsim.Momentum(),
        ("learning_rate", 1e-6, 10),
        ("momentum", 0, 0.999),
        (4, 1),
        size=FINEST,
        steps=200,
    )
    np.testing.assert_array_equal(done.map.steps, found.steps)
    np.testing.assert_array_equal(done.map.end, found.end)
    assert done.best == found.best()
    shown.view.grab()
