"""Tests of where arrows stand, and how long they are."""

import numpy as np
import pytest

import gdsim
from gdsim.objectives import objective_for
from gdsim.simulation.sampling.gradient_field import MOST, compressed, sample_arrows


def test_an_even_lattice_that_stays_where_it_is_while_the_view_moves():
    bowl = gdsim.FUNCTIONS["bowl"]
    arrows = sample_arrows(bowl, (-3.1, 3.3, -2.0, 2.0), (0.5, 0.25))
    assert np.allclose(arrows.points[0] % 0.5, 0)
    assert np.allclose(arrows.points[1] % 0.25, 0)
    # all of the view is covered, but the minimum has no direction
    assert arrows.points.shape[1] == 15 * 17 - 1
    np.testing.assert_allclose(arrows.gradients, 2 * arrows.points)
    moved = sample_arrows(bowl, (-2.9, 3.5, -2.0, 2.0), (0.5, 0.25))
    assert {tuple(p) for p in moved.points.T} & {tuple(p) for p in arrows.points.T}


def test_shares_are_in_the_order_of_the_steepness():
    steepness = np.array([1e-6, 1.0, 3.0, 1e4, 1e5, 2.0])
    shares = compressed(steepness)
    assert (np.argsort(shares) == np.argsort(steepness)).all()
    assert shares.max() == 1
    assert shares[1] > 0.05
    assert compressed(np.array([5.0, 5.0])).tolist() == [1, 1]
    assert compressed(np.empty(0)).size == 0
    assert np.isfinite(compressed(np.array([5e-324, 1e308]))).all()


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("log(x) + y^2", lambda x, y: x > 0),
        ("1/x + y", lambda x, y: x != 0),
        ("sqrt(x*y)", lambda x, y: x * y > 0),
    ],
)
def test_no_arrow_where_the_function_is_undefined(text, defined):
    arrows = sample_arrows(objective_for(text), (-5, 5, -5, 5), (1.0, 1.0))
    assert defined(*arrows.points).all()
    assert arrows.points.shape[1] == sum(
        bool(defined(x, y)) for x in range(-5, 6) for y in range(-5, 6) if text != "sqrt(x*y)" or x * y > 0
    )


@pytest.mark.parametrize("view", [(-1e300, 1e300, -1, 1), (-np.inf, np.inf, 0, 1), (1.0, 1.0 + 1e-13, 0.0, 1e-13)])
@pytest.mark.parametrize("spacing", [(1e-3, 1e-3), (0.0, 0.0), (np.nan, 1.0)])
def test_views_without_anything_to_see(view, spacing):
    arrows = sample_arrows(gdsim.FUNCTIONS["himmelblau"], view, spacing)
    assert arrows.points.shape[1] <= (MOST + 2) ** 2
    assert np.isfinite(arrows.shares).all()
