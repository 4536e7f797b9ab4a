"""With a small η, gradient descent ends where the gradient flow does: integrated by SciPy, from every start."""

import numpy as np
from scipy.integrate import solve_ivp

import gdsim
from gdsim import GradientDescent
from gdsim.objectives import FUNCTIONS


def test_basins_of_himmelblau_are_those_of_the_flow():
    objective, size = FUNCTIONS["himmelblau"], 64
    found = gdsim.basin_map(objective, GradientDescent(learning_rate=1e-3), size=size, steps=6000, tolerance=0)
    assert found.end.shape == (2, size, size)

    def flow(_, points):
        x, y = points.reshape(2, -1)
        a, b = x * x + y - 11, x + y * y - 7
        return -np.concatenate([4 * x * a + 2 * b, 2 * a + 4 * y * b])

    x, y = np.meshgrid(found.grid.x, found.grid.y)
    # the flow of x and y: rows follow y, columns x
    limit = solve_ivp(flow, (0, 6), np.concatenate([x.ravel(), y.ravel()]), rtol=1e-6, atol=1e-9, t_eval=[6]).y[:, -1]
    places = np.array([place.position for place in found.minima])
    away = np.linalg.norm(limit.reshape(2, size, size) - places[:, :, None, None], axis=1)
    assert away.min(axis=0).max() < 1e-2
    agrees = away.argmin(axis=0) == found.minimum
    assert agrees.mean() >= 0.999
    assert len(np.unique(found.minimum)) == 4
