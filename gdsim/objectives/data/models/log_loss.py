"""Cross-entropy of one neuron at many points: what a surface asks for."""

from __future__ import annotations

import numpy as np

from gdsim.objectives.base import Array

#: Numbers that are worked on at a time.
_BLOCK = 2**17
#: A product of factors 1 + exp(q) stays below exp of this: it does not overflow.
_LARGEST = 700.0
#: Fewer factors than this to one logarithm are not worth it.
_FEWEST = 4
#: Below this, a product of factors near 1 has lost digits.
_SMALL = 1e-4


def log_loss(signed: Array, points: Array) -> Array:
    """The mean of log(1 + exp(q)), q = signed · points, ``(lanes,)``; not a number where that takes more care.

    One logarithm of a product does for many examples: half the time of a logarithm for each. What comes out small, or
    is too far out for products, has to be worked out one by one.

    Parameters
    ----------
    signed
        ``(n, d)``: the inputs of each example, times −1 for class 1 and 1 for class 0.
    points
        ``(d, lanes)``.
    """
    n, lanes = len(signed), points.shape[1]
    farthest = np.abs(signed).max(axis=0) @ np.abs(points)
    out = np.full(lanes, np.nan)
    size = max(1, min(_BLOCK // n, lanes))
    # one for all pieces: new memory costs as much as what is worked out in it
    room = np.empty((n, size))
    for first in range(0, lanes, size):
        piece = slice(first, min(first + size, lanes))
        # nan too gives no factors
        # log(1 + exp(q)) is |q| + log 2 at most
        most = _LARGEST / (float(farthest[piece].max()) + np.log(2.0))
        if most >= _FEWEST:
            q = np.matmul(signed, points[:, piece], out=room[:, : piece.stop - first])
            out[piece] = _by_products(q, min(n, int(most))) / n
    out[~(out > _SMALL)] = np.nan
    return out


def _by_products(q: Array, factors: int) -> Array:
    """The sum of log(1 + exp(q)) ``(lanes,)`` over ``(n, lanes)``, which is used up; so many factors to a product."""
    np.exp(q, out=q)
    np.add(q, 1.0, out=q)
    # all whole groups in one call: each call lets go of the interpreter, and may have to wait for it
    whole, rest = divmod(len(q), factors)
    products = np.empty((whole + (rest > 0), q.shape[1]))
    np.multiply.reduce(q[: whole * factors].reshape(whole, factors, -1), axis=1, out=products[:whole])
    if rest:
        np.multiply.reduce(q[whole * factors :], axis=0, out=products[-1])
    np.log(products, out=products)
    total: Array = products.sum(axis=0)
    return total
