"""Bad input to maps, sweeps and tuning is told in one sentence."""

import numpy as np
import pytest

import gdsim
from gdsim.errors import GdsimError
from gdsim.optimizers import GradientDescent
from gdsim.simulation.maps.axis import axis_of

ETA, BETA = ("learning_rate", 1e-4, 1), ("momentum", 0, 0.9)


@pytest.mark.parametrize("threads", ["a", None, float("nan"), True, 0, -1, 1.5, [1], 10**9])
def test_threads(threads):
    with pytest.raises(GdsimError, match="threads must be"):
        gdsim.basin_map("himmelblau", "gd", size=4, steps=3, threads=threads)


@pytest.mark.parametrize("plane", [5, "ab", ("x1",), ("x1", "x2", "x3"), (1, 2), ("x1", "x1")])
def test_planes(plane):
    with pytest.raises(GdsimError):
        gdsim.basin_map("x1^2 + x2^2 + x3^2", "gd", [1, 1, 1], size=4, steps=3, plane=plane)


@pytest.mark.parametrize("size", ["abc", None, np.nan, True, (4,), (4, 5, 6), ("a", 4), (4, None), 1, (4, 9999)])
def test_sizes_of_setting_maps(size):
    with pytest.raises(GdsimError, match="size must be"):
        gdsim.setting_map("himmelblau", "momentum", ETA, BETA, size=size, steps=3)


@pytest.mark.parametrize("size", [np.int64(4), np.array(4), np.array([4, 4]), [4, 4], 4.0])
def test_sizes_as_numpy_has_them(size):
    assert gdsim.setting_map("himmelblau", "momentum", ETA, BETA, size=size, steps=3).shape == (4, 4)


@pytest.mark.parametrize("rates", [None, 5, "ab", (1,), (1e-5, 1, 2), (1e-5, 1, "linear"), (0, 1), (1, 1e-5), ("a", 1)])
def test_rates_of_sweeps(rates):
    with pytest.raises(GdsimError, match=r"rates|learning_rate"):
        gdsim.sweep("himmelblau", "gd", rates=rates, count=4, steps=3)


@pytest.mark.parametrize("ranges", [["gd"], 5, "gd", {"gd": 5}, {"gd": None}, {"gd": "momentum"}, {"gd": [5]}])
def test_ranges_of_tuning(ranges):
    with pytest.raises(GdsimError, match="ranges"):
        gdsim.tune("himmelblau", "gd", tries=3, starts=2, steps=3, ranges=ranges)


def test_no_value_of_a_narrow_axis_is_beyond_its_ends():
    for high in 1000 * (1 - np.arange(100) * 1e-16):
        axis = axis_of(("learning_rate", high * (1 - 4e-16), 1000), GradientDescent(), "x")
        values = axis.values(40)
        assert values.min() >= axis.low
        assert values.max() <= axis.high


def test_more_ends_than_fit_into_memory():
    with pytest.raises(GdsimError, match="numbers, and at most"):
        gdsim.setting_map("himmelblau", "momentum", ETA, BETA, size=2048, steps=1, restarts=100)


def test_restarts_are_not_for_a_map_of_starts():
    with pytest.raises(GdsimError, match="restarts are not for a basin map"):
        gdsim.basin_map("himmelblau", "gd", size=4, steps=3, restarts=2)


@pytest.mark.parametrize(
    ("name", "words"), [("basin_map", ()), ("setting_map", (ETA, BETA)), ("sweep", ()), ("tune", ())]
)
def test_an_unknown_argument_is_told_of_the_function_that_was_called(name, words):
    with pytest.raises(TypeError, match=rf"^{name}\(\) got an unexpected keyword argument 'restart'"):
        getattr(gdsim, name)("himmelblau", "momentum", *words, restart=3)
