"""Pictures of maps and sweeps, drawn without a window."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from gdsim.desktop.look.basin_colours import basin_shades
from gdsim.desktop.look.setting_colours import setting_shades
from gdsim.desktop.map_pictures import save_basins, save_settings
from gdsim.desktop.sweep_picture import save_sweep
from gdsim.desktop.tuning_picture import save_tuning
from gdsim.simulation.experiment import Entry, Experiment
from gdsim.simulation.maps.api import basins_of, grid_of
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.range_tests import range_test
from gdsim.simulation.maps.settings import settings_map
from gdsim.simulation.maps.sweeps import sweep_of
from gdsim.simulation.maps.tuning import tuned
from gdsim.simulation.maps.tuning_rule import TuningRule


def pixels(path):
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGBA8888)
    assert (image.width(), image.height()) == (1200, 1000)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)


def share_near(seen, colors, reach=12):
    """The share of pixels that have one of some colours, but for lines that are drawn over them."""
    some = seen[::8, ::8, :3].reshape(-1, 1, 3)
    return (np.abs(some - np.asarray(colors)[None, ::4, :3].astype(int)).max(axis=2) <= reach).any(axis=1).mean()


@pytest.mark.parametrize(
    ("experiment", "least"),
    [
        (Experiment("himmelblau", learning_rate=0.01), 0.08),
        (Experiment("double_well", learning_rate=0.01), 0.003),
        (Experiment("styblinski_tang", options={"dimension": 3}, learning_rate=0.01, start=(-2, -2, -2)), 0.04),
    ],
)
def test_basins_are_drawn_in_their_colours(qtbot, tmp_path, experiment, least):
    found = basins_of(experiment, "gd", grid_of(experiment, 32))
    save_basins(experiment, found, tmp_path / "a.png")
    seen = pixels(tmp_path / "a.png")
    for place in range(2):
        assert share_near(seen, basin_shades(place, False)) > least


@pytest.mark.parametrize("measure", ["steps", "loss", "rate"])
def test_settings_are_drawn_in_their_colours(qtbot, tmp_path, measure):
    experiment = Experiment("bowl", optimizers=(Entry("momentum"),), steps=300)
    lane = experiment.lanes[0]
    axes = axis_of(("learning_rate", 1e-3, 1), lane.rule, "x"), axis_of(("momentum", 0, 0.99), lane.rule, "y")
    found = settings_map(experiment.course, lane, axes, experiment.starts, (12, 20), 300, 1e-8)
    save_settings(experiment, found, measure, tmp_path / "a.png")
    assert share_near(pixels(tmp_path / "a.png"), setting_shades(False)) > 0.2


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_sweep_is_drawn_with_its_range_tests(qtbot, tmp_path, is_whole):
    experiment = Experiment("bowl", optimizers=(Entry("gd"), Entry("adam"), Entry("adam")), restarts=3, steps=100)
    lanes, starts = experiment.lanes, experiment.starts
    axis = axis_of(("learning_rate", 1e-4, 1), lanes[0].rule, "rates")
    found = sweep_of(experiment.course, lanes, axis, 9, starts, 100, 1e-8, pulse=lambda share: not is_whole)
    tests = [range_test(experiment.course, lane, starts[:, 0], 1e-4, 1, 100) for lane in lanes] if is_whole else []
    save_sweep(experiment, found, tests, tmp_path / "a.png")
    pixels(tmp_path / "a.png")


def test_a_tuning_is_drawn(qtbot, tmp_path):
    experiment = Experiment("bowl", optimizers=(Entry("gd"), Entry("momentum")), restarts=3, steps=40)
    save_tuning(experiment, tuned(experiment, TuningRule(8, 2)), tmp_path / "a.png")
    assert pixels(tmp_path / "a.png").std() > 1
