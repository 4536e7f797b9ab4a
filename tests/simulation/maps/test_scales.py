"""Scales of axes: places and values there and back, and values that lie evenly."""

import numpy as np
import pytest

import gdsim
from gdsim.optimizers import OPTIMIZERS
from gdsim.simulation.maps.axis import axis_of
from gdsim.simulation.maps.scales import Scale, logarithm_of

NEAR_ONE = {
    "momentum": {"momentum"},
    "nesterov": {"momentum"},
    "adam": {"beta1", "beta2"},
    "adadelta": {"rho"},
    "rmsprop": {"decay", "momentum"},
    "gd": set(),
}


@pytest.mark.parametrize(
    ("scale", "values"),
    [(Scale.LINEAR, [0, 0.5, 2]), (Scale.LOG, [1e-9, 1, 30]), (Scale.LOG1M, [0, 0.5, 0.9, 0.99999])],
)
def test_places_and_values_there_and_back(scale, values):
    places = scale.places(np.array(values))
    assert (np.diff(places) > 0).all()
    np.testing.assert_allclose(scale.values(places), values, rtol=1e-12, atol=1e-15)


def test_factors_of_the_distance_from_1_lie_evenly():
    axis = axis_of(("momentum", 0, 0.999, "log1m"), OPTIMIZERS["momentum"], "y")
    np.testing.assert_allclose(axis.values(4), [0, 0.9, 0.99, 0.999], rtol=1e-12)
    assert axis.values(7)[[0, -1]].tolist() == [0, 0.999]
    np.testing.assert_allclose(axis.at(np.array([0, 1 / 3, 1])), [0, 0.9, 0.999], rtol=1e-12)
    np.testing.assert_allclose([axis.place(v) for v in (0, 0.9, 0.99)], [0, 1, 2], atol=1e-12)
    # it has no place, and is shown at the end
    assert axis.place(1.0) == pytest.approx(3)


@pytest.mark.parametrize("key", NEAR_ONE)
def test_which_hyperparameters_are_told_by_their_distance_from_1(key):
    rule = OPTIMIZERS[key]
    assert {hyper.name for hyper in rule.hypers() if hyper.near_one} == NEAR_ONE[key]
    assert logarithm_of(rule.hyper("learning_rate")) is Scale.LOG


def test_a_cell_is_the_race_with_its_setting():
    found = gdsim.setting_map(
        "x^2/2 + 10*y^2",
        gdsim.Momentum(),
        ("learning_rate", 1e-3, 0.5),
        ("momentum", 0, 0.999, "log1m"),
        (1, 1),
        size=5,
        steps=60,
    )
    assert found.y.scale is Scale.LOG1M
    for row, column in ((0, 3), (2, 2), (4, 1)):
        race = gdsim.descend("x^2/2 + 10*y^2", gdsim.Momentum(**found.setting(row, column)), (1, 1), steps=60)
        assert race.positions[-1, 0, :, 0].tolist() == found.end[:, 0, row, column].tolist()


def test_the_distance_from_1_must_not_be_0():
    with pytest.raises(
        gdsim.GdsimError, match="y is logarithmic in 1 − momentum: its highest value must be below 1, not 1"
    ):
        axis_of(("momentum", 0, 1, "log1m"), OPTIMIZERS["momentum"], "y")


def test_a_tuning_searches_on_it():
    found = gdsim.tune(
        "bowl", ["momentum"], tries=20, starts=1, steps=20, ranges={"momentum": [("momentum", 0, 0.999, "log1m")]}
    )
    tried = found.optimizers[0].tried[1:, 0]
    # a third of the tries to each decade of 1 − β
    assert 4 <= (tried > 0.99).sum() <= 9
