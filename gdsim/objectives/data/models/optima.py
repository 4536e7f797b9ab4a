"""Parameters of the lowest cost of a model with one layer, in closed form or by Newton's method."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.base import Array
from gdsim.objectives.data.models.activations import sigmoid
from gdsim.objectives.data.models.layers import Examples
from gdsim.objectives.interruption import give_up_if_unwanted

_NEWTON_STEPS = 100
#: Beyond so many parameters, Newton's method takes seconds.
_MOST = 100
#: An eigenvalue of the Hessian below this share of the largest is none: the valley has no end.
_FLAT = 1e-10


def least_squares(examples: Examples, l2: float) -> tuple[Array, bool]:
    """The parameters ``(d,)`` of the lowest mean squared error, and whether there is only one such place."""
    inputs, targets = examples
    d = inputs.shape[1]
    # the penalty as further rows: l2/2·w² is (√(n·l2/2)·w)² in the sum of squares, divided by n
    root = np.sqrt(penalty(d, l2) * len(targets) / 2)
    rows = np.vstack([inputs, np.diag(root)]) if l2 else inputs
    # columns of like length, so that no feature looks like rounding beside another
    size = np.linalg.norm(rows, axis=0)
    size[size == 0] = 1.0
    found, _, rank, _ = np.linalg.lstsq(
        rows / size, np.concatenate([targets, np.zeros(len(rows) - len(targets))]), rcond=None
    )
    bottom: Array = found / size
    return bottom, bool(rank == d)


def logistic_hessian(examples: Examples, l2: float, points: Array) -> Array:
    """Second derivatives of the cross-entropy at points ``(d, lanes)``: ``(d, d, lanes)``."""
    inputs = examples.inputs
    n, d = inputs.shape
    share = inputs @ points
    sigmoid(share, share)
    share *= 1.0 - share
    pairs = (inputs[:, :, None] * inputs[:, None, :]).reshape(n, d * d)
    found = (pairs.T @ share / n).reshape(d, d, -1)
    second: Array = found + np.diag(penalty(d, l2))[:, :, None]
    return second


def logistic_optimum(examples: Examples, l2: float) -> Array | None:
    """The parameters ``(d,)`` of the lowest cross-entropy, by Newton's method with halved steps.

    None if there is no lowest: a line parts the classes, and longer weights are better for ever. None, too, for so
    many features that the search would keep a person waiting.
    """
    inputs, targets = examples
    n, d = inputs.shape
    if d > _MOST:
        return None
    scale = np.abs(inputs).max(axis=0)
    scale[scale < 1e-100] = 1.0  # the square of less may be 0
    inputs, weight = inputs / scale, penalty(d, l2) / scale**2
    theta = np.zeros(d)
    with np.errstate(all="ignore"):
        for _ in range(_NEWTON_STEPS):
            give_up_if_unwanted()
            p = inputs @ theta
            sigmoid(p, p)
            slope = inputs.T @ (p - targets) / n + weight * theta
            hessian = inputs.T @ (inputs * (p * (1 - p))[:, None]) / n + np.diag(weight)
            curvatures = np.linalg.eigvalsh(hessian)
            if not curvatures[0] > _FLAT * curvatures[-1]:
                return None
            step = np.linalg.solve(hessian, slope)
            theta = theta - step * _shortened(inputs, targets, weight, theta, step)
            if np.abs(step).max() <= 1e-12 * max(1.0, np.abs(theta).max()):
                break
        else:
            return None
    margins = (2 * targets - 1) * (inputs @ theta)
    if l2 == 0 and margins.min() > 0:
        return None
    found: Array = theta / scale
    return found


def _shortened(inputs: Array, targets: Array, weight: Array, theta: Array, step: Array) -> float:
    """The share of a step that does not lead uphill."""

    def loss(at: Array) -> float:
        z = inputs @ at
        return float(np.mean(np.logaddexp(0.0, z) - targets * z) + weight @ (at * at) / 2)

    share, here = 1.0, loss(theta)
    # rounding alone may lift the loss at the bottom; `not <=`, so that nan is halved, too
    while share > 1e-4 and not loss(theta - share * step) <= here + 1e-12 * abs(here):
        share /= 2
    return share


def penalty(d: int, l2: float) -> Array:
    """Factors ``(d,)`` of half the square of each parameter of one neuron: 0 for the bias."""
    factors = np.full(d, l2)
    factors[-1] = 0.0
    return factors
