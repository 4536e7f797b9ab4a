"""Activations and costs by themselves."""

import numpy as np
import pytest

from gdsim.errors import GdsimError
from gdsim.objectives.data import ACTIVATIONS, COSTS
from gdsim.objectives.data.models.activations import activation_named
from gdsim.objectives.data.models.costs import cost_named

Z = np.array([-800.0, -40.0, -3.0, -0.4, 0.3, 2.0, 40.0, 800.0])


@pytest.mark.parametrize("key", ACTIVATIONS)
def test_slopes(key):
    activation = ACTIVATIONS[key]
    near = Z[2:6]
    differences = (activation.value(near + 1e-6) - activation.value(near - 1e-6)) / 2e-6
    np.testing.assert_allclose(activation.slope(near), differences, atol=1e-9)
    assert np.isfinite(activation.value(Z)).all()
    assert np.isfinite(activation.slope(Z)).all()
    assert np.isnan(activation.value(np.array([np.nan]))).all()


def test_known_values():
    assert ACTIVATIONS["sigmoid"].value(np.array([-800.0, 0.0, 800.0])).tolist() == [0.0, 0.5, 1.0]
    # small values keep all their digits
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].value(np.array([-40.0])), np.exp(-40), rtol=1e-14)
    np.testing.assert_allclose(ACTIVATIONS["softplus"].value(np.array([-40.0, 40.0])), [np.exp(-40), 40], rtol=1e-14)
    assert ACTIVATIONS["step"].value(np.array([-1.0, 0.0, 1.0])).tolist() == [0.0, 0.0, 1.0]
    assert ACTIVATIONS["leaky_relu"].value(np.array([-2.0, 2.0])).tolist() == [-0.02, 2.0]


def test_costs():
    y = np.array([0.0, 1.0, 0.0, 1.0])
    assert COSTS["mse"].value(np.array([1.0, 1.0, 0.0, 3.0]), y) == 5 / 4
    z = np.array([-800.0, 800.0, 800.0, -800.0])
    assert COSTS["cross_entropy"].value(z, y) == 400.0
    # right and sure: as small as it is
    np.testing.assert_allclose(COSTS["cross_entropy"].value(np.array([-40.0, 40.0]), y[:2]), np.exp(-40), rtol=1e-12)


def test_names():
    for named in (activation_named, cost_named):
        with pytest.raises(GdsimError, match="unknown"):
            named("tahn")
        with pytest.raises(GdsimError, match="there are"):
            named(3)
