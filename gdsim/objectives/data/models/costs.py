"""Costs, which measure how far predictions are from targets, with their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdsim.errors import named
from gdsim.objectives.base import Array
from gdsim.objectives.data.models.activations import sigmoid


@dataclass(frozen=True)
class Cost:
    """A cost, as a mean over the examples; numpy's warnings are the caller's to silence.

    Attributes
    ----------
    key, title, text
        Its name in COSTS, its name on screen, and its formula.
    fill
        ``fill(a, y, out)`` writes the cost of every single example; out may be a.
    fill_slope
        ``fill_slope(a, y, out)`` writes its derivative by a; out may be a.
    """

    key: str
    title: str
    text: str
    fill: Callable[[Array, Array, Array], object]
    fill_slope: Callable[[Array, Array, Array], object]

    def value(self, a: Array, y: Array) -> Array:
        """Mean over the last axis of a ``(…, n)`` against targets ``(n,)``."""
        a = np.array(a, dtype=np.float64)
        with np.errstate(all="ignore"):
            self.fill(a, y, a)
        mean: Array = a.mean(axis=-1)
        return mean


def _square(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out=out)
    np.multiply(out, out, out=out)


def _square_slope(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out=out)
    np.multiply(out, 2.0, out=out)


def _cross_entropy(z: Array, y: Array, out: Array) -> None:
    # −log of what the true class is given: max(z, 0) − y·z + log(1 + exp(−|z|)); nothing cancels
    tail = np.abs(z)
    np.negative(tail, out=tail)
    np.exp(tail, out=tail)
    np.log1p(tail, out=tail)
    # before z is lost: out may be z
    part = y * z
    np.maximum(z, 0.0, out=out)
    np.subtract(out, part, out=out)
    np.add(out, tail, out=out)


def _cross_entropy_slope(z: Array, y: Array, out: Array) -> None:
    sigmoid(z, out)
    np.subtract(out, y, out=out)


#: By key. The squared error is (a − y)², not half of it; cross-entropy takes the logit a, whose class 1 has the
#: probability σ(a), and so stays finite where the probability is 0 or 1 to the last bit.
COSTS: dict[str, Cost] = {
    known.key: known
    for known in (
        Cost("mse", "Mean squared error", "(a − y)²", _square, _square_slope),
        Cost("cross_entropy", "Cross-entropy", "−y·log(p) − (1 − y)·log(1 − p)", _cross_entropy, _cross_entropy_slope),
    )
}


def cost_named(key: object) -> Cost:
    """The cost of a key, or `UnknownNameError`."""
    return named(COSTS, key, "cost", "cost")
