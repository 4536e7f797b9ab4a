"""Maps of methods: every pixel is the single race, found the slow way."""

import numpy as np
import pytest

import gdsim
from gdsim import GdsimError
from gdsim.optimizers import METHODS
from gdsim.simulation.maps.runs.found_ends import KINDS


@pytest.mark.parametrize("key", [method.key for method in METHODS])
def test_each_pixel_of_a_basin_map_is_the_race_from_there(key):
    found = gdsim.basin_map("himmelblau", key, size=4, steps=30)
    for k, (row, column) in enumerate(np.ndindex(4, 4)):
        start = found.grid.starts[:, k]
        race = gdsim.descend("himmelblau", key, start.tolist(), steps=30)
        np.testing.assert_array_equal(found.end[:, row, column], race.positions[-1, 0, :, 0])
        assert found.steps[row, column] == race.ended[0, 0]
        assert KINDS[found.kinds[row, column]] == race.kinds[0, 0]


def test_each_cell_of_a_setting_map_is_the_race_with_these_settings():
    found = gdsim.setting_map("beale", "cg", x=("c1", 1e-6, 0.09), y=("c2", 0.1, 0.9), start=(1, 1), size=3, steps=20)
    for row, column in np.ndindex(3, 3):
        race = gdsim.descend("beale", gdsim.ConjugateGradient(**found.setting(row, column)), (1, 1), steps=20)
        assert found.loss[0, row, column] == race.losses[-1, 0, 0]


def test_a_map_stops_and_keeps_what_is_there():
    found = gdsim.basin_map("himmelblau", "newton", size=16, steps=50, pulse=lambda share: share > 0.5)
    assert 0.3 < (found.outcome == "cancelled").mean() < 0.6


def test_what_goes_by_the_learning_rate_is_refused():
    with pytest.raises(GdsimError, match="BFGS has no learning rate"):
        gdsim.sweep("bowl", ["bfgs", "gd"])
    with pytest.raises(GdsimError, match="leave it out of the tuning"):
        gdsim.tune("bowl", ["newton", "gd"])
    tuning = gdsim.tune("bowl", "wolfe", tries=3, starts=2, ranges={"wolfe": [("c2", 0.2, 0.9)]}, steps=30)
    assert tuning.experiment.optimizers[0].values.keys() == {"c2"}
